"""Keeps broken files in: no commit has a file that cannot be read, and no push one that nobody agreed to.

`committing.commit` is the one place that commits, and `push` here the one that pushes; both ask here first. Commits made by
git beside the app are met by the push.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any

from partner_tui.errors import Cancelled, GitError, ManifestParseError, NeedsConsent, PartnerTuiError
from partner_tui.manifest.sound import sound_document, sound_manifest
from partner_tui.manifest.text.document import Document, Path
from partner_tui.plain import visible
from partner_tui.repository.git import run
from partner_tui.repository.remotes import pushing
from partner_tui.repository.remotes.push import unpushed_pointers

if TYPE_CHECKING:
    from partner_tui.repository.remotes.push import Pushed
    from partner_tui.repository.repository import Repository
    from partner_tui.workspace.workspace import Workspace

MOST_COMMITS = 50
"""Older ones are not looked at: a file may take a second to read."""
_SHOWN = 3
_DUPLICATES_HINT = "YAML parsers keep one of the values, or reject the file. Repair it: M in the app, or `partner-tui repair`."


def why_not_committed(workspace: Workspace, paths: Sequence[str]) -> PartnerTuiError | None:
    """Why a commit of these files would not be sound; None when it would be."""
    for path in paths:
        try:
            _read(workspace, path)
        except PartnerTuiError as error:
            return PartnerTuiError(
                f"Nothing can be committed: {error.message}",
                f"{error.hint} Or discard the change of {path}.".strip(),
            )
    return None


def refuse_unsound(workspace: Workspace, paths: Sequence[str], *, consented: bool) -> None:
    """Refuse a commit that would not be sound.

    Raises:
        PartnerTuiError: A file cannot be read.
        NeedsConsent: A key is there twice that was not so in the last commit; readers drop one of its values.
    """
    if error := why_not_committed(workspace, paths):
        raise error
    if consented:
        return
    assert workspace.repository is not None
    told = [
        f"{path}, {line}"
        for path in paths
        if (document := _read(workspace, path)) is not None
        for line in _new_duplicates(workspace.repository, document, path, ["HEAD"])
    ]
    if told:
        raise NeedsConsent("\n".join(_few(told)), _DUPLICATES_HINT)


def _read(workspace: Workspace, path: str) -> Document | None:
    """A file that is to be committed; None where it is no YAML. Raises PartnerTuiError when it cannot be read."""
    if path == workspace.manifest_name:
        return workspace.sound_on_disk().document
    data = workspace.read(path)
    return sound_document(data, path) if data is not None and path.endswith((".yaml", ".yml")) else None


def _new_duplicates(
    repository: Repository, document: Document, path: str, before: Collection[str]
) -> Iterator[str]:
    """What is said of keys that are there twice.

    Args:
        before: Revisions of the file as it was; what was so in one of them is not told.
    """
    if not document.duplicate_count:
        return
    known: set[tuple[Path, str]] = set()
    for rev in before:
        with suppress(PartnerTuiError):  # it was not there, or could not be read
            old = Document.decode(repository.read(rev, path), path)
            known |= {(one.path, one.key) for one in old.duplicates}
    for one in document.duplicates:
        if (one.path, one.key) not in known:
            yield f"line {one.again.line}: “{one.key}” is a duplicate key, first in line {one.first.line}."


def push(workspace: Workspace, repository: Repository, *, consented: bool = False, **options: Any) -> Pushed:
    """Push as `pushing.push` does.

    Raises:
        NeedsConsent: A commit that would be pushed has a manifest that cannot be read, makes a key of it a duplicate, or has
            a file that is kept in LFS.
        GitError: As `pushing.push`.
    """
    if not consented:
        ask_about_commits(workspace, repository, options.get("cancelled"))
    return pushing.push(repository, **options)


def ask_about_commits(workspace: Workspace, repository: Repository, cancelled: Event | None) -> None:
    """Raise `NeedsConsent` with all that is to be said of the commits that would be pushed."""
    said, hints = [], []
    unreadable, duplicates = _doubts(workspace, repository, cancelled)
    if unreadable:
        said += _few(unreadable)
        hints.append(
            "The central repository cannot read it. Correct the manifest and commit again, then push."
        )
    if duplicates:
        said += _few(duplicates)
        hints.append(_DUPLICATES_HINT)
    if repository.state.commit and (
        pointers := unpushed_pointers(repository.root, repository.state.known, cancelled=cancelled)
    ):
        said += _few(
            [f"{visible(path)}: its content is kept in Git LFS and is not uploaded." for path in pointers]
        )
        remote = repository.remote or "origin"
        hints.append(
            f"Run `git lfs push {remote} HEAD` first, or push with git: others could not get the content."
        )
    if said:
        raise NeedsConsent("\n".join(said), " ".join(hints))


def _few(lines: list[str]) -> list[str]:
    return lines[:_SHOWN] + ([f"… and {len(lines) - _SHOWN} more."] if len(lines) > _SHOWN else [])


def _doubts(
    workspace: Workspace, repository: Repository, cancelled: Event | None
) -> tuple[list[str], list[str]]:
    """What is said of the commits that are not pushed, newest first: whose manifest cannot be read, and what duplicate keys
    each of them brings.
    """
    name = workspace.manifest_name
    unreadable: list[str] = []
    duplicates: list[str] = []
    repository.refresh()
    for commit in repository.unpushed((name,))[:MOST_COMMITS]:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        which = f"{commit.short} “{commit.subject}”: "
        try:
            data: bytes | None = repository.read(commit.hash, name)
        except GitError:
            data = None
        try:
            document = sound_manifest(data, name).document
        except ManifestParseError as problem:
            unreadable.append(which + problem.message)
        else:
            if document.duplicate_count:  # a merge brings none that one of its parents had
                parents = run(["rev-parse", f"{commit.hash}^@"], cwd=repository.root).split()
                found = _new_duplicates(repository, document, name, parents)
                duplicates += [which + line for line in found]
    return unreadable, duplicates
