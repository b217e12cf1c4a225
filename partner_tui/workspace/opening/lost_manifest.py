"""A repository without a manifest: where its last one is, so that there is always a way on.

The places are looked at in the order of how little was lost: the index and the last commit, the commit that removed it, the
branches that have one. Git is asked, nothing is changed; `regaining` acts on what is found.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Literal, Unpack

from partner_tui.errors import ManifestNotFound
from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.plain import few
from partner_tui.repository.branches.switching import Branch, list_branches
from partner_tui.repository.clones.source import Source, find_root
from partner_tui.repository.commits.commit_files import names_in
from partner_tui.repository.commits.file_log import cut_off
from partner_tui.repository.commits.removed import Removal, find_removal, removed_paths
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import (
    ManifestLocation,
    ResolvedSource,
    find_manifest,
    state_folder,
)
from partner_tui.workspace.steps.steps import Steps

_MOST_RENAMES = 5
_INDEX = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A manifest that git has, although the work tree does not.

    Args:
        rev: The commit, in git's notation; empty for what is staged.
        path: From the root.
    """

    rev: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The manifest of the last commit, or a staged one; only its file is missing.

    Args:
        how: It was ``deleted`` in the work tree, its deletion is ``staged``, this clone's sparse checkout leaves it out
            (``sparse``), or it was staged and deleted before the first commit that has it (``uncommitted``).
    """

    version: Version
    how: Literal["deleted", "staged", "sparse", "uncommitted"]


@dataclass(frozen=True, slots=True)
class Holder:
    """A branch that has a manifest, and its path there."""

    branch: Branch
    path: str


@dataclass(frozen=True, slots=True)
class LostManifest:
    """What is known about a manifest that is not where it should be.

    Args:
        folder: The top of the work tree, or a folder outside any repository.
        standing: The branch, ``HEAD`` when it is detached; empty outside a repository.
        message: What is so, in one line.
        kept, removal, holders: Where one is; see there.
        renamed_to: A file of the work tree that the removed manifest became.
        others: YAML files of the work tree.
        shallow: Whether older commits could not be looked at.
        has_remote: Whether a fetch may bring more.
    """

    source: Source
    folder: Path
    standing: str
    message: str
    kept: Kept | None = None
    removal: Removal | None = None
    renamed_to: str | None = None
    holders: tuple[Holder, ...] = ()
    others: tuple[str, ...] = ()
    shallow: bool = False
    has_remote: bool = False

    @property
    def last_version(self) -> Version | None:
        """The newest manifest of this branch's history that can be shown or restored."""
        if self.kept or self.removal is None:
            return self.kept.version if self.kept else None
        commit, path = self.removal.commit, self.removal.path
        return Version(self.removal.before, path, f"{path} before {commit.short} ({commit.date:%Y-%m-%d})")

    @property
    def error(self) -> ManifestNotFound:
        """The same for the command line: one line, and the git commands that help."""
        return ManifestNotFound(self.message, " ".join(_hints(self)), (), self.others)


def find_or_explain(
    located: ResolvedSource,
    manifest_name: str | None,
    directories: Directories,
    tell: Callable[[str], None],
    **watch: Unpack[Watch],
) -> ManifestLocation | LostManifest:
    """The manifest of a source that is on this machine, or where it went.

    Args:
        tell: Takes one line about what a killed partner-tui left half done; it is finished or rolled back first, since a
            manifest may come back by it.

    Raises:
        ManifestNotFound: Several files may be the manifest.
        GitError: Git cannot read the repository.
        SourceError: The folder cannot be read.
    """
    root = find_root(located.folder) or located.folder
    if said := Steps(root, state_folder(root, directories)).recovered:
        tell(said)
    try:
        return find_manifest(located, manifest_name, directories)
    except ManifestNotFound as error:
        if not error.looked_for:
            raise
        return look_for_manifest(located, error, **watch)


def look_for_manifest(
    located: ResolvedSource, error: ManifestNotFound, **watch: Unpack[Watch]
) -> LostManifest:
    """Find out where the manifest went that `find_manifest` did not find.

    Args:
        error: What `find_manifest` raised; it says which names would have been taken.

    Raises:
        GitError: Git cannot read the repository.
    """
    root = find_root(located.folder)
    if root is None:
        return LostManifest(located.source, located.folder, "", error.message, others=error.found)
    repository = Repository.open(root)
    state = repository.refresh()
    standing = state.branch or "HEAD"
    kept = _kept(root, error, has_commit=state.commit is not None)
    removal = None
    if kept is None and state.commit is not None:
        removal = _removal(root, error, **watch)
    renamed = removal.renamed_to if removal and removal.renamed_to else None
    if renamed and not (root / renamed).is_file():
        renamed = None
    folders = {dirname(path) for path in (*error.looked_for, *([removal.path] if removal else []))}
    return LostManifest(
        located.source,
        root,
        standing,
        _message(error, standing, state.commit is None, kept, removal, renamed),
        kept,
        removal,
        renamed,
        _holders(root, error, folders, f"refs/heads/{state.branch}"),
        tuple(path for path in error.found if path != renamed),
        shallow=state.commit is not None and kept is None and removal is None and bool(cut_off(root)),
        has_remote=repository.remote is not None,
    )


def _candidates(paths: Iterable[str], error: ManifestNotFound) -> tuple[str, ...]:
    """Of these paths those that would be the manifest, the likeliest first; only the one that the user named, if any."""
    paths = tuple(dict.fromkeys(paths))
    wanted = tuple(path for path in paths if path in error.looked_for)
    return wanted if error.is_named else tuple(dict.fromkeys((*find_manifests_anywhere(paths), *wanted)))


def _kept(root: Path, error: ManifestNotFound, *, has_commit: bool) -> Kept | None:
    listed = run(["ls-files", "-z", "-t"], cwd=root).split("\0")[:-1]
    staged = {path: tag for tag, _, path in (line.partition(" ") for line in listed)}
    committed: tuple[str, ...] = ()
    if has_commit:
        printed = run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD"], cwd=root)
        committed = tuple(printed.split("\0")[:-1])
    for path in _candidates((*staged, *committed), error):
        if (root / path).exists():
            continue
        if path not in staged:
            return Kept(Version("HEAD", path, f"{path} of the last commit"), "staged")
        index = Version(_INDEX, path, f"{path} as it is staged")
        if staged[path] == "S":
            return Kept(index, "sparse")
        return Kept(index, "deleted" if path in committed else "uncommitted")
    return None


def _removal(root: Path, error: ManifestNotFound, **watch: Unpack[Watch]) -> Removal | None:
    """The newest removal of a manifest; where it was a rename, what became of the new name."""
    candidates = [path for path in _candidates(removed_paths(root), error) if not (root / path).exists()]
    found = None
    for likely in _tiers(candidates):
        if found := find_removal(root, likely, **watch):
            break
    for _ in range(_MOST_RENAMES):
        if found is None or found.renamed_to is None or (root / found.renamed_to).exists():
            break
        later = find_removal(root, [found.renamed_to], **watch)
        if later is None:
            break
        found = later
    return found


def _tiers(paths: Sequence[str]) -> Iterable[Sequence[str]]:
    """At the root first, then in folders: what was removed last is not always what the repository was about."""
    rdfs = [path for path in paths if path == "rdf.yaml"]
    yield [path for path in paths if "/" not in path and path not in rdfs]
    yield [path for path in paths if "/" in path]
    yield rdfs


def _holders(root: Path, error: ManifestNotFound, folders: Iterable[str], current: str) -> tuple[Holder, ...]:
    branches = [branch for branch in list_branches(root) if branch.ref != current]
    commits = list(dict.fromkeys(branch.commit for branch in branches))
    paths: dict[str, list[str]] = {commit: [] for commit in commits}
    for folder in sorted(folders):
        for commit, names in names_in(root, commits, folder).items():
            paths[commit] += [f"{folder}/{name}" if folder else name for name in names]
    found = ((branch, _candidates(paths[branch.commit], error)) for branch in branches)
    holders = [Holder(branch, likely[0]) for branch, likely in found if likely]
    own = {holder.branch.name for holder in holders if holder.branch.remote is None}
    return tuple(one for one in holders if one.branch.remote is None or one.branch.name not in own)


# In words


def _message(
    error: ManifestNotFound,
    standing: str,
    unborn: bool,
    kept: Kept | None,
    removal: Removal | None,
    renamed: str | None,
) -> str:
    if kept:
        path = kept.version.path
        return {
            "deleted": f"{path} was deleted in the work tree. It is still in the last commit.",
            "staged": f"{path} was deleted, and the deletion is staged. It is still in the last commit.",
            "sparse": f"{path} is in the last commit, but the sparse checkout of this clone excludes it.",
            "uncommitted": f"{path} was staged, then deleted before it was committed.",
        }[kept.how]
    if removal:
        commit = f"commit {removal.commit.short} ({removal.commit.date:%Y-%m-%d})"
        if renamed:
            return (
                f"{standing} has no manifest with a known name: {commit} renamed {removal.path} to {renamed}."
            )
        return f"{standing} has no manifest: {commit} removed {removal.path}."
    return f"{standing} has no commits yet, and no manifest." if unborn else error.message


def _hints(lost: LostManifest) -> Iterable[str]:
    """What to do without the app: git's commands, which can be copied."""
    if lost.renamed_to:
        yield f"Use it with --manifest {shlex.quote(lost.renamed_to)}."
    elif version := lost.last_version:
        rev = f"{lost.removal.commit.short}^" if lost.removal else version.rev
        how = f"git checkout {rev}" if rev else "git restore"
        if lost.kept and lost.kept.how == "sparse":
            how += " --ignore-skip-worktree-bits"
        yield f"Restore it with `{how} -- {shlex.quote(version.path)}`."
    if lost.holders:
        yield f"Branches with a manifest: {few([holder.branch.label for holder in lost.holders], 3, 200)}."
    if lost.shallow:
        yield "This clone has only a part of the history: `git fetch --unshallow` gets the rest."
    if lost.others:
        yield f"YAML files: {few(lost.others, 5, 200)}; to use one of them, pass --manifest NAME."
    yield "The app offers all this, and a new manifest: `partner-tui SOURCE`."
