"""One open repository: its manifest as it is on disk, the steps that edit it, and what the checks say.

Every write goes through `save`, which refuses when a file is not as it was read: two instances, or an editor beside the
app, never overwrite each other. Methods block; the app calls them in threads.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Unpack

from partner_tui.compliance.checker import Checker, OnChecked, OnKnown
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck, Status, count_statuses
from partner_tui.errors import FileChangedOutside, ManifestParseError, PartnerTuiError, Untrusted
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles, FetchedOverlay
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.sound import sound_manifest, why_unsound
from partner_tui.manifest.text.document import Document
from partner_tui.repository.process.git_log import GitLog
from partner_tui.workspace.entries.fetched import Fetch, FetchCache, download
from partner_tui.workspace.entries.remote_pictures import RemotePictures
from partner_tui.workspace.steps.form_drafts import Drafts
from partner_tui.workspace.steps.on_disk import OnDisk
from partner_tui.workspace.steps.step import FileChange, Step
from partner_tui.workspace.steps.steps import Steps
from partner_tui.workspace.steps.writing import read_file, real_path, refuse_link

if TYPE_CHECKING:
    from partner_tui.manifest.editing.edits import Edit
    from partner_tui.repository.git import Watch
    from partner_tui.repository.repository import Repository

LARGE = 1_000_000
"""A manifest of this many characters, some thousand entries, is felt in keys."""


class Workspace:
    """A manifest in a folder, and all that the app knows about it.

    Args:
        folder: The work tree (or, outside a repository, the folder of the manifest file).
        manifest_name: Relative to the folder.
        state: Where journal, drafts and the lock of this clone are kept.

    Attributes:
        manifest: As it was read last; while `broken`, as it could be read last, or an empty one.
        content: The manifest's bytes as they were read last; None where there was none.
        broken: Why the manifest on disk cannot be read; nothing is edited, checked or committed meanwhile. Else None.
        log: The git commands that changed something, from the clone on; the repository adds to it.
        forges: What the user said that hosts run, see `addresses.forge.kind_of`.
        unread: Why the repository could not be read the last time that this was tried; None when it could.
        place: The remote's address, and where the clone stands against it (``main ↑1 ↓0``); empty before `open_repository`.

    Raises:
        PartnerTuiError: The manifest cannot be read, and `even_broken` is not set.
    """

    why_read_only: str | None = None
    """Why nothing of it can be changed; None when it can."""

    def __init__(
        self,
        folder: Path,
        manifest_name: str,
        files: CloneFiles,
        checker: Checker,
        state: Path,
        *,
        even_broken: bool = False,
        pictures: RemotePictures | None = None,
    ) -> None:
        self.folder = folder
        self.manifest_name = manifest_name
        self.fetched = FetchCache(state / "fetched")
        self.pictures = pictures or RemotePictures(state)
        self.files = FetchedOverlay(files, self.fetched.read, self.pictures.read)
        self.checker = checker
        self.repository: Repository | None = None
        self.log = GitLog()
        self.forges: Mapping[str, str] = {}
        self.unread: PartnerTuiError | None = None
        self.place = ("", "")
        self.state = state
        self.steps = Steps(folder, state)
        self.drafts = Drafts(state)
        self.on_disk = OnDisk(folder)
        self.checks: dict[int, EntryCheck] = {}
        self.findings: tuple[Finding, ...] = ()
        self.content: bytes | None = None
        self.broken: PartnerTuiError | None = None
        self._unreadable = ""
        self._version: Manifest | None = None
        self.manifest: Manifest = read_manifest(Document.parse("", manifest_name))
        self.load()
        if self.broken is not None and not even_broken:
            raise self.broken

    # The manifest as it is on disk

    def load(self) -> None:
        """Read the manifest again, or say in `broken` why that is impossible; checks of entries are forgotten."""
        self.broken, self._unreadable = None, ""
        try:
            self.content = self._read_manifest()
            self.manifest = sound_manifest(self.content, self.manifest_name)
        except ManifestParseError as error:
            self.broken = error
        except PartnerTuiError as error:
            self.broken, self._unreadable = error, str(error)
        self._resolved: dict[int, Resolved] = {}
        self.on_disk.forget()
        self.checks, self.findings = {}, ()
        if len(self.document.text) > LARGE:
            gc.freeze()  # or the collector walks a million nodes now and then, while a key waits

    @property
    def document(self) -> Document:
        return self.manifest.document

    @property
    def manifest_path(self) -> Path:
        """The manifest's file, for an editor."""
        return self.folder / self.manifest_name

    def is_changed_outside(self) -> bool:
        """Whether the manifest on disk is another one than the one that was read."""
        try:
            return self._read_manifest() != self.content or bool(self._unreadable)
        except PartnerTuiError as error:
            return str(error) != self._unreadable

    def broken_on_disk(self) -> PartnerTuiError | None:
        """Why the manifest cannot be read as it is on disk now."""
        try:
            data = self._read_manifest()
            if data == self.content and not self._unreadable:  # as it was loaded, and judged
                return self.broken
            return why_unsound(data, self.manifest_name)
        except PartnerTuiError as error:
            return error

    def changed_outside(self) -> tuple[str, ...]:
        """The manifest, the RDFs and the plugins that others changed since they were read."""
        manifest = (self.manifest_name,) if self.is_changed_outside() else ()
        return (*manifest, *self.on_disk.changed())

    def _read_manifest(self) -> bytes | None:
        """The manifest's bytes, None where there is none. Raises PartnerTuiError when it is no file of its own."""
        refuse_link(self.folder, self.manifest_name)
        return self.read(self.manifest_name)

    def sound_on_disk(self) -> Manifest:
        """The manifest as it is on disk now, which may be another one than `manifest`.

        Raises:
            PartnerTuiError: It cannot be read.
        """
        data, known = self._read_manifest(), self.manifest
        if self.broken is None and data == known.document.encode():
            return known
        return sound_manifest(data, self.manifest_name)

    def read_version(self, data: bytes) -> Manifest:
        """The manifest as it is in some commit, or in another version; the one on disk and the last one are read once.

        Raises:
            ManifestParseError: It cannot be read.
        """
        if data == (now := self.manifest).document.encode():
            return now
        known = self._version
        if known is None or data != known.document.encode():
            known = self._version = read_manifest(Document.decode(data, self.manifest_name))
        return known

    def resolved(self, entry: Entry) -> Resolved:
        """The entry with its RDF and the root fields under it; read once."""
        known = self._resolved  # that of now: another thread may read the manifest again meanwhile
        found = known.get(entry.index)
        if found is None or found.entry is not entry:
            found = known[entry.index] = resolve(entry, self.manifest, self.files)
            self.on_disk.note(found, self.files)
        return found

    def fetch_source(
        self,
        reference: str,
        fetch: Fetch | None = None,
        on_address: Callable[[str], None] = lambda address: None,
    ) -> None:
        """Download one of `remote_sources`: the user said so. The entries that need it are read with it from now on.

        Raises:
            PartnerTuiError: It is refused, cannot be reached, or is no text of a fitting size.
        """
        if fetch is None:
            from partner_tui.repository.remotes.remote_file import fetch_text  # ssl takes a while to import

            fetch = fetch_text
        self.fetched.keep(reference, download(reference, fetch, on_address))
        self._resolved = {}

    # The repository around it

    def open_repository(self) -> None:
        """Read where the clone stands; not done before the first screen, since git takes a while.

        Raises:
            SourceError: The folder is in no repository.
        """
        from partner_tui.repository.repository import Repository
        from partner_tui.repository.stale_files import remove_leftovers
        from partner_tui.repository.trust.decision import untrusted

        repository = self.repository or Repository.open(self.folder, self.log)
        repository.forges = self.forges
        remove_leftovers(repository.git_folder, "index")
        self.on_disk.note_repository()
        try:
            repository.refresh()
        except PartnerTuiError as error:
            self.unread = error
            raise
        self.unread = None
        standing = repository.state.standing + ("  not trusted" if untrusted(self.folder) else "")
        unknown = "remote not trusted" if isinstance(repository.why_no_remote, Untrusted) else "no remote"
        self.place = (repository.slug or repository.remote_url or unknown, standing)
        self.repository = repository
        self.steps.forget_committed(repository, self.read)

    @property
    def in_repository(self) -> bool:
        """Whether there is anything to commit to; a manifest may lie in a folder of its own."""
        return (self.folder / ".git").exists()

    @property
    def has_remote(self) -> bool:
        return self.repository is not None and self.repository.remote is not None

    @property
    def behind(self) -> int:
        """How many commits of the remote the branch lacks, as of the last fetch."""
        return self.repository.state.behind if self.repository else 0

    def fetch(self, **watch: Unpack[Watch]) -> None:
        """Fetch the remote's branches, pull and merge requests; the work tree stays as it is. Raises GitError, Cancelled."""
        if self.repository is not None:
            self.repository.fetch(with_pulls=True, **watch)
            self.open_repository()

    # Checks

    def check(self, on_checked: OnChecked, cancelled: Event, on_known: OnKnown = lambda: None) -> None:
        """Judge the manifest and every entry, known results first; see `Checker.check_entries`."""
        if self.broken is not None:
            return
        manifest = self.manifest
        findings = self.checker.check_manifest(manifest, self.files)
        if manifest is self.manifest:
            self.findings = findings

        def remember(check: EntryCheck) -> None:
            if manifest is self.manifest:
                self.checks[check.index] = check
                on_checked(check)

        self.checker.check_entries(manifest, self.files, None, remember, cancelled, on_known)

    def status(self, entry: Entry) -> Status:
        check = self.checks.get(entry.index)
        return check.status if check else Status.UNCHECKED

    def status_counts(self) -> dict[Status, int]:
        """How many entries have each status, all statuses present."""
        checks = list(self.checks.values())
        counts = count_statuses(check.status for check in checks)
        counts[Status.UNCHECKED] += len(self.manifest.entries) - len(checks)
        return counts

    # Steps

    def close(self) -> None:
        """End the checker's child process, and begin no more downloads."""
        self.checker.close()
        self.pictures.close()

    def edit(self, title: str, edits: Sequence[Edit]) -> Step | None:
        """Patch the manifest and save it; None when nothing would change.

        Raises:
            PatchError: An edit does not fit; nothing was written.
            PartnerTuiError: As `save`.
        """
        from partner_tui.manifest.editing.patch import apply

        return self.save(title, {self.manifest_name: apply(self.document, edits).encode()})

    def save(self, title: str, contents: Mapping[str, bytes | None]) -> Step | None:
        """Write files as one step; None as content removes one. Paths are relative to the folder.

        Returns:
            None when nothing would change.

        Raises:
            FileChangedOutside: A file is not as it was read; nothing was written.
            PartnerTuiError: One cannot be written; nothing was changed.
        """
        if self.broken is not None and self.manifest_name in contents:
            raise PartnerTuiError(
                f"Nothing was written: {self.broken.message}", "Correct the manifest first, then repeat this."
            )
        if self.manifest_name in contents:
            refuse_link(self.folder, self.manifest_name)
        meant: dict[str, bytes | None] = {}
        for path, after in contents.items():
            real = real_path(self.folder, path)  # behind a link the file that it leads to
            if meant.setdefault(real, after) != after:
                raise PartnerTuiError(
                    f"{path} has two names, and their contents differ.", "Write one of them."
                )
        changes = tuple(
            FileChange(path, before, after)
            # The manifest last: what it names is there by then, whenever a crash comes.
            for path, after in sorted(meant.items(), key=lambda one: one[0] == self.manifest_name)
            if (before := self._known(path)) != after
        )
        return self._run(title, changes)

    def replace_broken(self, title: str, content: bytes | None) -> Step | None:
        """Write the whole manifest as one step in place of one that cannot be read. Raises as `save`."""
        if self.broken is None:
            raise FileChangedOutside("The manifest is valid YAML again.", "Press ctrl+r to reload it.")
        if content == self.content:
            return None
        return self._run(title, (FileChange(self.manifest_name, self.content, content),))

    def _run(self, title: str, changes: tuple[FileChange, ...]) -> Step | None:
        if not changes:
            return None
        step = self.steps.run(title, changes)
        self.load()
        return step

    def record_external_edit(self, title: str) -> Step | None:
        """Take up what others wrote into the manifest, or into files of steps, as a step that can be undone.

        Where the manifest could not be read, and others corrected it, that is one step with the one that broke it.

        Returns:
            None when nothing was written. The manifest may be `broken` now, and undo restores it.
        """
        self.steps.refresh()
        newest = self.steps.done[-1].files if self.steps.done else ()
        manifest = next((change for change in newest if change.path == self.manifest_name), None)
        corrects = self.broken is not None and manifest is not None and manifest.after == self.content
        left = {self.manifest_name: self.content, **self.steps.left}
        if corrects:
            left |= {change.path: change.before for change in newest}
        changes = tuple(self._changed_outside(left))
        try:
            if corrects or changes or self.steps.undone:
                return self.steps.record_external_edit(title, changes, in_place_of_newest=corrects)
            return None
        finally:
            self.load()

    def _changed_outside(self, left: Mapping[str, bytes | None]) -> Iterator[FileChange]:
        """What others made of files since they were left like this."""
        for path, was in left.items():
            with contextlib.suppress(PartnerTuiError):  # no plain file now: `load` says so of the manifest
                if (now := self.read(path)) != was:
                    yield FileChange(path, was, now)

    def undo(self) -> Step | None:
        """Undo the newest step; None when there is none left."""
        step = self.steps.undo()
        self.load()
        return step

    def redo(self) -> Step | None:
        """Redo the step that was undone last; None when there is none."""
        step = self.steps.redo()
        self.load()
        return step

    def _known(self, path: str) -> bytes | None:
        return self.document.encode() if path == self.manifest_name else self.read(path)

    def read(self, path: str) -> bytes | None:
        """A file of the folder as it is on disk; None when it is not there. Raises PartnerTuiError, see `read_file`."""
        return read_file(self.folder, path)
