"""Every commit that changed one entry, or the splash: what it changed by field, read from the log newest first.

The log is a graph. At a merge the entry is followed to the side that it is from, or to all where sides were merged. A version
whose manifest cannot be read is told and skipped: what changed in between belongs to the next commit that can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Unpack

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.tracing import Seen, Trace, is_same, seen_in
from partner_tui.contributions.entry_changes import ValueChange, field_changes
from partner_tui.errors import Cancelled, ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.values import same
from partner_tui.repository.commits.commit import Commit, commits_of, head_of
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.file_log import MAX_COMMITS, LoggedCommit, cut_off, read_file_log
from partner_tui.repository.git import Watch
from partner_tui.workspace.contributions.side import find_manifest, read_once
from partner_tui.workspace.entries.older_manifests import KINDS, Changes, OlderManifests
from partner_tui.workspace.entries.rdf_versions import Rdf, rdf_before, rdf_now

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

Change: TypeAlias = Literal["added", "changed", "renamed", "removed", "oldest", "unreadable"]

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The entry, or the splash, in one version."""

    seen: Seen
    rdf: Rdf | None = None

    @property
    def is_there(self) -> bool:
        return self.seen.is_there

    @property
    def rdf_fields(self) -> Mapping[str, Any]:
        return self.rdf.fields if self.rdf else _NOTHING


@dataclass(frozen=True, slots=True)
class Version:
    """A commit that changed it.

    Attributes:
        commit: None for what is not committed yet.
        change: ``oldest`` where it was there already and nothing older is known, ``unreadable`` where the manifest of this
            commit cannot be read; `problem` says why then, and `more` how many commits before it cannot be either.
    """

    commit: Commit | None
    change: Change
    before: Snapshot
    after: Snapshot
    fields: tuple[ValueChange, ...] = ()
    rdf_fields: tuple[ValueChange, ...] = ()
    problem: str = ""
    more: int = 0

    @property
    def name(self) -> str:
        """How the entry is called after the commit, or was where it is gone; "" for the splash."""
        return self.after.seen.name

    @property
    def was(self) -> str | None:
        """How it was called before, where that is another name."""
        return self.before.seen.name if self.change == "renamed" else None


@dataclass(frozen=True, slots=True)
class _At:
    """The entry at one commit, on the way back.

    Attributes:
        manifest: The path of the manifest there; `blob` is the hash of its content, "" where there is none.
        by: The commit that a difference from the parents belongs to: this one, or a newer one where this cannot be read; ""
            for what is not committed.
        read: The hash of the newest manifest at or after this commit that can be read; "" for the one in the work tree.
        unread: The commits, newest first, from `by` to this one whose manifest cannot be read, each with the reason.
    """

    snapshot: Snapshot
    manifest: str
    blob: str
    by: str
    read: str = ""
    unread: tuple[tuple[str, str], ...] = ()


class History:
    """The history of one entry, or of the splash.

    Args:
        start: As it is now, committed or not.
        slug: As of the repository, to know the URLs of its own files.

    Attributes:
        is_cut: Whether there is more than was read, since the clone is shallow or has too many commits; known at the end.
    """

    def __init__(
        self,
        root: Path,
        start: Snapshot,
        manifest_name: str,
        slug: Callable[[], str | None] = lambda: None,
        **watch: Unpack[Watch],
    ) -> None:
        self._root = root
        self._start = start
        self._manifest_name = manifest_name
        self._slug = slug
        self._watch = watch
        self._manifests = OlderManifests(root, watch)
        self._active: dict[str, _At] = {}
        self._waiting: dict[str, LoggedCommit] = {}
        self._passed: set[str] = set()
        self._found: list[tuple[str, Version]] = []
        self._told_unread: set[str] = set()
        self._shallow: frozenset[str] = frozenset()
        self._trace: Trace | None = None
        self.is_cut = False

    def versions(self) -> Iterator[Sequence[Version]]:
        """The versions, newest first, in groups as they are found.

        Raises:
            GitError: The log, or an older version, cannot be read.
            Cancelled: It was stopped.
        """
        head = head_of(self._root)
        if not head:
            return
        self._shallow = cut_off(self._root)
        here = self._committed(head)
        yield self._told()
        listed, is_first = 0, True
        for commits in read_file_log(self._root, head, KINDS, self._manifest_name, **self._watch):
            if not listed:  # the commit is the first one of the log, or has the same files
                self._active[commits[0].hash] = replace(here, by=commits[0].hash if here.by else "")
            listed += len(commits)
            self._manifests.read_ahead(commits, self._names())
            for commit in commits:
                self._waiting[commit.hash] = commit
                self._follow(commit.hash)
                if is_first and self._found:  # one that changed long ago is not waited for until all is read
                    is_first = False
                    yield self._told()
            yield self._told()
        for at in self._active.values():
            self.is_cut = True
            self._end(at, "oldest")
        self.is_cut = self.is_cut or listed >= MAX_COMMITS
        yield self._told()

    def _names(self) -> set[str]:
        """The files that are wanted next, as they are called in the newest commits that are left."""
        names = {self._manifest_name}
        for at in self._active.values():
            names |= {at.manifest} | ({at.snapshot.rdf.path} if at.snapshot.rdf else set())
        return names

    # The way back

    def _committed(self, head: str) -> _At:
        """The entry in the newest commit, from what it is in the work tree."""
        files = self._files(head)
        name = find_manifest(files, self._manifest_name) or self._manifest_name
        now = _At(self._start, self._manifest_name, "", "")
        blob = files.blob(name) or ""
        seen, problem = self._read(now, name, blob)
        if problem:
            return self._unreadable(now, head, name, blob, problem)
        snapshot = Snapshot(seen, rdf_now(seen, files))
        here = _At(snapshot, name, blob, head, blob)
        if not _is_same(snapshot, self._start):
            self._tell(now, [here])
        return here

    def _follow(self, commit: str) -> None:
        """Go on from a commit, and from those of its parents that were listed before it, where clocks were wrong."""
        waiting = [commit]
        while waiting:
            hash = waiting.pop()
            if hash in self._active and hash in self._waiting:
                self._passed.add(hash)
                waiting += self._pass(self._waiting.pop(hash), self._active.pop(hash))

    def _pass(self, commit: LoggedCommit, at: _At) -> Sequence[str]:
        """Compare a commit with its parents; returns those in which it goes on."""
        stopped = self._watch.get("cancelled")
        if stopped is not None and stopped.is_set():
            raise Cancelled
        if not commit.parents:
            is_oldest = commit.hash in self._shallow
            self.is_cut = self.is_cut or is_oldest
            self._end(at, "oldest" if is_oldest else "added")
            return ()
        before = {
            parent: self._in_parent(commit, at, parent, changes)
            for parent, changes in zip(commit.parents, commit.changes, strict=True)
        }
        unchanged = next((one for one, was in before.items() if _is_same(was.snapshot, at.snapshot)), None)
        if unchanged is not None:
            before = {unchanged: before[unchanged]}
        else:
            self._tell(at, list(before.values()))
        if any(not was.unread for was in before.values()):
            self._tell_unread(at)
        for parent, was in before.items():
            if parent not in self._passed:
                self._active.setdefault(parent, was)
        return tuple(before)

    def _in_parent(self, commit: LoggedCommit, at: _At, parent: str, changes: Changes) -> _At:
        """The entry in a parent of a commit."""
        name, blob = self._manifests.before(commit.hash, parent, at.manifest, at.blob, changes)
        by, read = parent if at.by == commit.hash else at.by, at.read
        seen = at.snapshot.seen
        if blob != at.blob or name != at.manifest:
            seen, problem = self._read(at, name, blob)
            if problem:
                return self._unreadable(at, parent, name, blob, problem)
            by, read = parent, blob
        rdf = at.snapshot.rdf
        changed = changes.get(rdf.path) if rdf else None
        if changed or seen is not at.snapshot.seen:
            rdf = rdf_before(rdf, seen, self._files(parent), changed)
        return _At(Snapshot(seen, rdf), name, blob, by, read, at.unread if by != parent else ())

    def _unreadable(self, at: _At, commit: str, name: str, blob: str, problem: str) -> _At:
        """A version that cannot be read: as far as anybody knows it is as the one after it."""
        return _At(at.snapshot, name, blob, at.by, at.read, (*at.unread, (commit, problem)))

    def _read(self, at: _At, name: str, blob: str) -> tuple[Seen, str]:
        """The entry in an older manifest, or why that cannot be read."""
        newer = at.snapshot.seen
        if not blob:
            return replace(newer, is_there=False), ""
        content = self._manifests.content(blob)
        if content is None:
            return newer, f"{name} is too large, or not a file."
        if self._trace is None or self._trace.newer is not newer:
            self._trace = Trace(newer)
        if self._trace.is_same(content.decode("utf-8", "surrogateescape")):
            return newer, ""
        version = read_once(content, name)
        if isinstance(version, ManifestParseError):
            return newer, version.message
        return seen_in(self._among_others(at), read_manifest(version)), ""

    def _among_others(self, at: _At) -> Seen:
        """The entry among those of its own commit, not of a newer one in which its lines are the same: it is matched with them."""
        seen = at.snapshot.seen
        content = self._manifests.content(at.read) if at.read and seen.entry and seen.is_there else None
        version = read_once(content, seen.manifest.document.name) if content else None
        if version is None or isinstance(version, ManifestParseError):
            return seen
        manifest = read_manifest(version)
        found = (Seen(manifest, entry) for entry in manifest.entries)
        return next((one for one in found if is_same(one, seen)), seen)

    def _files(self, commit: str) -> CommitFiles:
        return CommitFiles(self._root, commit, self._slug)

    # What is found

    def _tell(self, at: _At, parents: Sequence[_At]) -> None:
        """Note what a commit changed: of a merge, the values that are those of none of its sides."""
        after = at.snapshot
        there = [one.snapshot for one in parents if one.snapshot.is_there]
        before = there[0] if there else parents[0].snapshot
        fields = field_changes(before.seen.fields, after.seen.fields)
        rdf_fields = field_changes(before.rdf_fields, after.rdf_fields)
        change: Change = "changed"
        if not after.is_there:
            change = "removed"
        elif not there:
            change = "added"
        else:
            for side in there[1:]:
                fields = _unlike(side.seen.fields, after.seen.fields, fields)
                rdf_fields = _unlike(side.rdf_fields, after.rdf_fields, rdf_fields)
            if not (fields or rdf_fields):
                return
            old, new = before.seen.entry, after.seen.entry
            if old and new and old.id != new.id:
                change = "renamed"
        self._found.append((at.by, Version(None, change, before, after, fields, rdf_fields)))

    def _end(self, at: _At, change: Change) -> None:
        """Nothing older has it."""
        after = at.snapshot
        if after.is_there:
            before = Snapshot(replace(after.seen, is_there=False))
            fields = field_changes(_NOTHING, after.seen.fields), field_changes(_NOTHING, after.rdf_fields)
            self._found.append((at.by, Version(None, change, before, after, *fields)))
        self._tell_unread(at)

    def _tell_unread(self, at: _At) -> None:
        """Note the commits that could not be read on the way to this one, once, where the entry may have changed in them."""
        if not at.snapshot.is_there:
            return
        unread = [one for one in at.unread if one[0] not in self._told_unread]
        self._told_unread.update(commit for commit, _ in unread)
        if unread:
            commit, problem = unread[0]
            version = Version(None, "unreadable", at.snapshot, at.snapshot, problem=problem)
            self._found.append((commit, replace(version, more=len(unread) - 1)))

    def _told(self) -> Sequence[Version]:
        """What was found since, each with its commit."""
        found, self._found = self._found, []
        known = commits_of(self._root, (hash for hash, _ in found if hash))
        return [replace(version, commit=known.get(hash)) for hash, version in found]


def history_of(workspace: Workspace, seen: Seen, **watch: Unpack[Watch]) -> History:
    """The history of what is seen in a workspace's manifest."""
    rdf = rdf_now(seen, workspace.files)
    name, files = workspace.manifest_name, workspace.files
    return History(workspace.folder, Snapshot(seen, rdf), name, lambda: files.slug, **watch)


def _is_same(one: Snapshot, other: Snapshot) -> bool:
    return is_same(one.seen, other.seen) and same(dict(one.rdf_fields), dict(other.rdf_fields))


def _unlike(
    side: Mapping[str, Any], after: Mapping[str, Any], changes: Sequence[ValueChange]
) -> tuple[ValueChange, ...]:
    """The changes of fields that another side does not have as they are after it."""
    return tuple(
        change
        for change in changes
        if not same(side.get(str(change.path[0]), ABSENT), after.get(str(change.path[0]), ABSENT))
    )
