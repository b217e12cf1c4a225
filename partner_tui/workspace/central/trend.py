"""Reads the versions of the manifest on the default branch, newest first, and judges what is new in each.

A merge stands for what it brought. Most entries of a version are those of the next one: each content is judged once, and its
verdict kept for the next start. What no clone has of a version's RDFs is fetched from the remote, as git does by itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from threading import Event
from typing import Unpack

from partner_tui.central.trend import Judged, Point, Trend, read_points
from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, GitError, ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import FetchedOverlay
from partner_tui.repository.commits.blobs import fetch_missing, read_blobs
from partner_tui.repository.commits.commit import Commit, commits_of, head_of
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.file_log import MAX_COMMITS, LoggedCommit, cut_off, read_file_log
from partner_tui.repository.git import Watch, offline
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.side import find_manifest, read_by_parts
from partner_tui.workspace.entries.older_manifests import KINDS, OlderManifests
from partner_tui.workspace.steps.writing import MAX_BYTES
from partner_tui.workspace.workspace import Workspace


class TrendReader:
    """Reads the trend of a workspace's manifest once, in a thread.

    Raises:
        GitError: Nothing is committed here.

    Attributes:
        count: How many commits there are; known when the first point is.
        is_cut: Whether there is more than was read, since the clone is shallow or has too many commits; known with `count`.
    """

    def __init__(self, workspace: Workspace, repository: Repository, **watch: Unpack[Watch]) -> None:
        self._workspace = workspace
        self._root = repository.root
        self._watch = watch
        self._manifests = OlderManifests(self._root, watch)
        self._known: dict[str, Status] = {}
        self.tip, self.branch = _tip(workspace, repository)
        slug = repository.slug  # asked for with each address of an RDF
        self._files = CommitFiles(self._root, self.tip, lambda: slug)
        self.count = 0
        self.is_cut = False

    def points(self) -> Iterator[Point]:
        """Each commit that changed the manifest, newest first, as it is judged.

        Raises:
            GitError: The log, or an older version, cannot be read.
            Cancelled: It was stopped.
        """
        return read_points(self._versions())

    def trend(self, points: Sequence[Point]) -> Trend:
        """What was read of it so far, as a value."""
        is_cut = self.is_cut or len(points) < self.count
        return Trend(self.branch, points, is_cut, self._workspace.checker.library_version)

    def _versions(self) -> Iterator[tuple[Point, Judged | None]]:
        name = find_manifest(self._files, self._workspace.manifest_name) or self._workspace.manifest_name
        blob = self._files.blob(name) or ""
        logged = [
            one
            for some in read_file_log(self._root, self.tip, KINDS, name, first_parents=True, **self._watch)
            for one in some
        ]
        changed: list[tuple[str, str, str]] = []
        for one in logged:
            before = self._before(one, name, blob)
            if before != (name, blob):
                changed.append((one.hash, name, blob))
            name, blob = before
        self.count = len(changed)
        self.is_cut = bool(logged) and (len(logged) >= MAX_COMMITS or logged[-1].hash in cut_off(self._root))
        # RDFs, too: one by one, each that a partial clone lacks would be a fetch of its own.
        sides = (
            side
            for one in logged
            for change in one.changes[0].values()
            for side in (change.before, change.after)
        )
        with contextlib.suppress(GitError):  # what is not here is told of each version
            fetch_missing(self._root, [side.hash for side in sides if side.is_file], **self._watch)
        with contextlib.suppress(GitError):
            self._manifests.read_ahead(logged, {path for _, path, _ in changed})
        commits = commits_of(self._root, (commit for commit, _, _ in changed))
        for commit, path, content in changed:
            yield self._version(commits[commit], path, content, self.is_cut and commit == changed[-1][0])

    def _before(self, one: LoggedCommit, name: str, blob: str) -> tuple[str, str]:
        """Path and hash of the manifest before a commit; "" as the hash where there is none."""
        if not one.parents:
            return name, ""
        return self._manifests.before(one.hash, one.parents[0], name, blob, one.changes[0])

    def _version(self, commit: Commit, name: str, blob: str, is_cut: bool) -> tuple[Point, Judged | None]:
        cancelled = self._watch.get("cancelled")
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        about = (commit.hash, commit.author.name or commit.author.email, commit.date, commit.subject)
        with offline(cancelled or Event()):
            judged, problem = self._judged(commit.hash, name, blob)
        return Point(*about, problem=problem, is_cut=is_cut), judged

    def _judged(self, commit: str, name: str, blob: str) -> tuple[Judged | None, str]:
        """A version of the manifest, or why it cannot be read; what was not fetched by now is not."""
        content = self._content(blob) if blob else None
        if content is None:
            why = f"{name} is too large, no file, or not in this clone." if blob else f"There is no {name}."
            return None, why
        version = read_by_parts(content, name)
        if isinstance(version, ManifestParseError):
            return None, version.message
        manifest = read_manifest(version)
        files = FetchedOverlay(self._files.at(commit), self._workspace.fetched.read)
        cancelled = self._watch.get("cancelled")
        return Judged(manifest, self._workspace.checker.statuses(manifest, files, self._known, cancelled)), ""

    def _content(self, blob: str) -> bytes | None:
        """A version's content; where others that are read along with it are not here, it is read alone."""
        with contextlib.suppress(GitError):
            if (content := self._manifests.content(blob)) is not None:
                return content
        with contextlib.suppress(GitError):
            return dict(read_blobs(self._root, [blob], MAX_BYTES, **self._watch)).get(blob)
        return None


def _tip(workspace: Workspace, repository: Repository) -> tuple[str, str]:
    """The newest commit of the default branch, and how that is called: with what is not pushed where it is checked out."""
    default, own = repository.default_branch(), repository.state.branch
    known = Contributions(repository.root, workspace.checker, workspace.manifest_name, repository)
    if default in (own, None) and head_of(repository.root) == known.tip:
        return known.tip, own or "HEAD"
    return known.tip, f"{repository.remote}/{default}" if known.tip == known.target else str(default)
