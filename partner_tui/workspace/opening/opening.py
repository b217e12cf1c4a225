"""From what the user asked for to an open workspace: where it lies, which file is the manifest, where its state is kept.

No git is run here, so that a clone that is there is on the screen at once. Functions block; the app calls them in threads.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partner_tui.compliance.cache import StatusCache
from partner_tui.compliance.checker import Checker
from partner_tui.errors import ManifestNotFound, ManifestParseError, SourceError, UsageError
from partner_tui.manifest.discovery import KNOWN_NAMES, find_manifests
from partner_tui.manifest.files import CloneFiles, FetchedOverlay
from partner_tui.repository.clone_files import FolderFiles, RepositoryFiles, contained, manifest_path
from partner_tui.repository.clones.source import Source, find_root, parse_source
from partner_tui.repository.private_files import keep_private
from partner_tui.settings import Directories
from partner_tui.workspace.entries.fetched import FetchCache
from partner_tui.workspace.entries.remote_pictures import RemotePictures
from partner_tui.workspace.opening.trusting import TrustQuestion, ask_for_trust, recall
from partner_tui.workspace.steps.writing import MAX_BYTES
from partner_tui.workspace.workspace import Workspace

MAX_CHOICES = 200
MAX_DEPTH = 3
JUDGES = min(4, os.cpu_count() or 1)
"""How many entries are judged at a time where no screen is drawn meanwhile; each judge takes about 100 MiB."""


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """Where a source lies on this machine.

    Args:
        folder: The folder to open; of a remote, where its clone is or will be.
        is_there: Whether it can be opened at once; otherwise it is to be cloned into the folder.
    """

    source: Source
    folder: Path
    is_there: bool


@dataclass(frozen=True, slots=True)
class ManifestLocation:
    """One manifest on this machine.

    Args:
        folder: The top of the work tree; outside a repository, the manifest's own folder.
        manifest_name: Relative to the folder, POSIX.
        in_repository: Whether the folder is a work tree of git.
    """

    folder: Path
    manifest_name: str
    in_repository: bool

    def require_repository(self) -> None:
        """Raises UsageError where the manifest is in no repository of git."""
        if not self.in_repository:
            raise UsageError(
                f"{self.manifest_name} is not in a git repository.", "Name a clone, or a URL to clone."
            )


def resolve_source(text: str, directories: Directories) -> ResolvedSource:
    """Read what the user asked for and look whether it is on this machine.

    Raises:
        SourceError: It is none of the things that can be opened.
    """
    source = parse_source(text)
    if source.kind == "remote":
        folder = source.clone_folder(directories.clones)
        return ResolvedSource(source, folder, (folder / ".git").exists())
    path = source.path or Path.cwd()
    return ResolvedSource(source, path.parent if path.is_file() else path, True)


def trust_question(folder: Path, directories: Directories) -> TrustQuestion | None:
    """What is to be asked before the repository of a folder is used with its own git settings; None when nothing is.

    Raises:
        GitError: Its configuration cannot be read.
    """
    root = find_root(folder)
    return ask_for_trust(root, state_folder(root, directories)) if root else None


def find_manifest(
    located: ResolvedSource, manifest_name: str | None, directories: Directories
) -> ManifestLocation:
    """Find the manifest of a source that is on this machine.

    Args:
        manifest_name: What the user named, or chose from several; relative to the opened folder or to the work tree.

    Raises:
        ManifestNotFound: None has a known name, several have one, or the one that was named is not there.
        SourceError: The folder cannot be read.
    """
    opened, source = located.folder.absolute(), located.source
    root = find_root(opened) or opened
    in_repository = find_root(opened) is not None
    recall(root, state_folder(root, directories))
    bases = (opened, root) if opened != root else (root,)
    if wanted := manifest_name or (source.manifest if source.kind != "remote" else None):
        for base in bases:
            if os.path.lexists(base / wanted):
                return _place(root, _relative(base / wanted, root), in_repository)
        names = tuple(dict.fromkeys(_relative(base / wanted, root) for base in reversed(bases)))
        raise _not_found(f"There is no {wanted} in {opened}.", root, names, is_named=True)
    known = (*source.manifests, _remembered(state_folder(root, directories)))
    for preferred in known:
        if preferred and (root / preferred).is_file():
            return _place(root, preferred, in_repository)
    for base in bases:
        match _manifests_in(base, root):
            case ():
                continue
            case (name,):
                return _place(root, _relative(base / name, root), in_repository)
            case names:
                found = tuple(_relative(base / name, root) for name in names)
                message = f"More than one file could be the manifest: {', '.join(found)}."
                raise ManifestNotFound(message, "Choose one: --manifest NAME.", (), found)
    looked_for = tuple(dict.fromkeys((*filter(None, known), *KNOWN_NAMES)))
    if [path.name for path in root.iterdir()] == [".git"]:
        raise ManifestNotFound(
            f"The repository in {root} is empty.",
            "Add a manifest (for example collection.yaml), or pull one, then open it again.",
            looked_for,
            (),
        )
    where = "" if in_repository else ", which is not in a git repository"
    raise _not_found(f"There is no manifest in {opened}{where}.", root, looked_for)


def _place(root: Path, name: str, in_repository: bool) -> ManifestLocation:
    """The manifest of this name; behind a link the file that it leads to, since that is what is edited and committed."""
    real = contained(root, name)
    if real is None or not _is_file(real):
        return ManifestLocation(root, name, in_repository)  # opening it says what is wrong with it
    return ManifestLocation(root, real.relative_to(root.resolve()).as_posix(), in_repository)


def open_at_once(source: str, manifest_name: str | None, directories: Directories) -> Workspace | None:
    """Open a source that is on this machine; None when it is to be cloned first. Raises what the three steps raise."""
    located = resolve_source(source, directories)
    if not located.is_there:
        return None
    return open_workspace(find_manifest(located, manifest_name, directories), directories, even_broken=True)


def open_files(place: ManifestLocation) -> CloneFiles:
    """The files around a manifest: the clone's, or outside a repository those beside it."""
    root = find_root(place.folder) if place.in_repository else None
    return RepositoryFiles(root, lambda: _slug(root)) if root else FolderFiles(place.folder)


def open_overlay(
    place: ManifestLocation, directories: Directories, pictures: RemotePictures | None = None
) -> FetchedOverlay:
    """The files around a manifest, and the texts, and pictures, that were fetched for it; nothing is fetched here."""
    fetched = FetchCache(state_folder(place.folder, directories) / "fetched")
    overlay = FetchedOverlay(open_files(place), fetched.read)
    return overlay if pictures is None else FetchedOverlay(overlay, fetched.read, pictures.read)


def _slug(root: Path) -> str | None:
    """The slug of a clone; git is asked again when its settings or its branch may be others, and while there is none."""
    # Imported late: the first rows do not wait for what runs git.
    from partner_tui.repository.repository import Repository

    try:
        stamps = tuple((root / ".git" / name).stat().st_mtime_ns for name in ("config", "HEAD"))
    except OSError:  # another work tree of a repository
        return Repository.open(root).slug
    known, slug = _slugs.get(root, ((), None))
    if slug is None or known != stamps:
        slug = Repository.open(root).slug
        _slugs[root] = (stamps, slug)
    return slug


_slugs: dict[Path, tuple[tuple[int, ...], str | None]] = {}
"""Each entry that names an RDF by its URL asks."""


def open_workspace(
    place: ManifestLocation,
    directories: Directories,
    *,
    remember: bool = True,
    judges: int = 1,
    even_broken: bool = False,
) -> Workspace:
    """Open a manifest with everything that belongs to it; statuses come later, from its checker.

    Args:
        remember: Whether it is the manifest to open here the next time; an RDF never is.
        even_broken: Whether to open one that cannot be read, too; see `Workspace.broken`.

    Raises:
        ManifestParseError: It cannot be read, and `even_broken` is not set; or it is too large.
        SourceError: It is a link out of the repository, or no plain file.
    """
    check_readable(place)
    files, state = open_files(place), state_folder(place.folder, directories)
    checker = open_checker(directories, judges)
    pictures = open_pictures(place.folder, directories)
    workspace = Workspace(
        place.folder, place.manifest_name, files, checker, state, even_broken=even_broken, pictures=pictures
    )
    if remember and not workspace.manifest.is_rdf:
        _remember(state, place.manifest_name)
    return workspace


def open_checker(directories: Directories, judges: int = 1) -> Checker:
    """A checker whose verdicts are kept for the next start."""
    return Checker(verdict_cache(directories), judges=judges)


def open_pictures(folder: Path, directories: Directories) -> RemotePictures:
    """The pictures of a repository that are elsewhere: its hosts, and what was downloaded for any repository."""
    return RemotePictures(state_folder(folder, directories), directories.cache / "pictures")


def verdict_cache(directories: Directories) -> StatusCache:
    """Where the spec library's verdicts are kept."""
    return StatusCache(directories.cache / "verdicts.sqlite")


def check_readable(place: ManifestLocation) -> Path:
    """The manifest's file, links followed.

    Raises:
        ManifestParseError: It is larger than any manifest.
        SourceError: It leads out of the folder, is no plain file, or cannot be read: permission denied.
    """
    path = manifest_path(place.folder, place.manifest_name)
    try:
        status = path.stat()
    except OSError as error:
        raise SourceError(
            f"{place.manifest_name} cannot be read: {error.strerror}.", "Check the path."
        ) from error
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(
            f"{place.manifest_name} is not a regular file.", "Name the manifest with --manifest."
        )
    if not os.access(path, os.R_OK):
        raise SourceError(
            f"{place.manifest_name} cannot be read: permission denied.", "Check the file's permissions."
        )
    if status.st_size > MAX_BYTES:
        megabytes = status.st_size / 1e6
        raise ManifestParseError(
            f"{place.manifest_name} is too large to be a manifest ({megabytes:.0f} MB).",
            "Name the manifest with --manifest.",
            kind="size",
        )
    return path


def state_folder(root: Path, directories: Directories) -> Path:
    """Where journal, drafts and lock of one clone lie: the folder's name, and a hash of its real path."""
    real = os.path.realpath(root)
    name = "".join(letter if letter.isalnum() else "-" for letter in Path(real).name)[:40]
    return directories.state / "clones" / f"{name}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:12]}"


def _remembered(state: Path) -> str | None:
    """The manifest that was opened in this clone last, so that several are asked about once."""
    try:
        return (state / "manifest").read_text("utf-8").strip() or None
    except (OSError, ValueError):
        return None


def _remember(state: Path, manifest_name: str) -> None:
    if _remembered(state) != manifest_name:
        keep_private(state / "manifest", manifest_name.encode())


def _manifests_in(folder: Path, root: Path) -> tuple[str, ...]:
    """Its files that may be the manifest. What is no file (a pipe, a link that leads nowhere or out of the root) only where
    no file is, so that opening it says what is wrong with it."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be read: {error.strerror}.", "Check the path and its permissions."
        ) from error
    below = folder.relative_to(root)
    files = find_manifests(
        entry.name
        for entry in entries
        if _is_file(entry) and contained(root, (below / entry.name).as_posix()) is not None
    )
    return files or find_manifests(entry.name for entry in entries if not _is_folder(entry))


def _is_file(entry: os.DirEntry[str] | Path) -> bool:
    """Whether it is a plain file, links followed; a link in a circle, or with too long a name, is none, and no error."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder itself; a link to one is not, and where it leads is told."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _not_found(
    message: str, root: Path, looked_for: tuple[str, ...], *, is_named: bool = False
) -> ManifestNotFound:
    found = tuple(sorted(_yaml_files(root, MAX_DEPTH), key=lambda path: (path.count("/"), path)))[
        :MAX_CHOICES
    ]
    looked = f"Looked for {', '.join(looked_for)}." if looked_for else ""
    some = f"{', '.join(found[:5])}{', …' if len(found) > 5 else ''}"
    there = f" YAML files there: {some}; to use one of them, pass --manifest NAME."
    return ManifestNotFound(
        message,
        looked + (there if found else " No YAML files found; add a collection.yaml."),
        looked_for,
        found,
        is_named=is_named,
    )


def _yaml_files(root: Path, depth: int, below: str = "") -> Iterator[str]:
    """YAML files of a folder, relative to it; no hidden folders, no links to folders."""
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        if entry.name.endswith((".yaml", ".yml")) and _is_file(entry):
            yield path
        elif depth > 1 and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _yaml_files(root, depth - 1, f"{path}/")


def _relative(path: Path, root: Path) -> str:
    try:
        return Path(os.path.normpath(path)).relative_to(root).as_posix()
    except ValueError as error:
        raise SourceError(f"{path} is not in {root}.", "Name a file of the repository.") from error
