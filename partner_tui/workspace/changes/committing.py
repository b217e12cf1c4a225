"""Uncommitted changes in the field's words and as a diff; committing and discarding them.

Only the manifest and the files that partner-tui wrote are ours to commit. Everything else that the user changed in the clone
is left alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import lexists
from typing import TYPE_CHECKING, Literal, Unpack

from partner_tui.comparison.changes import ManifestChange
from partner_tui.comparison.comparison import Comparison
from partner_tui.comparison.hunks import read_diff
from partner_tui.errors import GitError, PartnerTuiError
from partner_tui.manifest.discovery import find_manifests
from partner_tui.manifest.text.document import Document
from partner_tui.plain import plural
from partner_tui.repository.commits.commit import check_committable
from partner_tui.workspace.changes.soundness import refuse_unsound
from partner_tui.workspace.steps.step import FileChange, Step
from partner_tui.workspace.upgrade.plan_summary import UPGRADE
from partner_tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from partner_tui.repository.commits.checked_out import Versions
    from partner_tui.repository.commits.commit import Commit
    from partner_tui.repository.config import Author
    from partner_tui.repository.git import Watch
    from partner_tui.repository.repository import Repository

Verb = Literal["added", "changed", "removed"]
SUBJECT_LENGTH = 72
_IMPERATIVES = {"changed": "edit", "added": "add", "removed": "remove"}


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the clone that is not as in the last commit.

    Args:
        comparison: For the manifest, with the last commit; None for other files, and where one version cannot be read.
        diff: Unified, without a header.
    """

    path: str
    verb: Verb
    comparison: Comparison | None
    diff: str
    added: int
    removed: int

    @property
    def changes(self) -> tuple[ManifestChange, ...]:
        """For the manifest, what changed by field and entry."""
        return self.comparison.changes if self.comparison else ()


def changed_files(workspace: Workspace) -> tuple[ChangedFile, ...]:
    """The manifest and the files that partner-tui touched, where they are not as committed; the manifest first."""
    return read_changes(workspace)[0]


def read_changes(workspace: Workspace) -> tuple[tuple[ChangedFile, ...], int]:
    """The same, and how many more files of the clone are changed; they are the user's own and are left alone."""
    repository, ours = the_repository(workspace), _ours(workspace)
    files = tuple(
        _changed_file(workspace, path, versions)
        for path in (workspace.manifest_name, *sorted(ours - {workspace.manifest_name}))
        if (versions := repository.compare(path, workspace.read(path))) is not None
    )
    return files, len(set(repository.state.dirty) - ours)


def _ours(workspace: Workspace) -> frozenset[str]:
    """What is ours to commit, as the clone is now.

    The old name of a renamed manifest is, too: with both, nobody knows which one it is.
    """
    ours, repository = workspace.steps.touched | {workspace.manifest_name}, the_repository(workspace)
    gone = [
        path for path in find_manifests(repository.refresh().dirty) if not lexists(workspace.folder / path)
    ]
    versions = repository.compare(workspace.manifest_name, workspace.content) if gone else None
    return ours.union(gone if versions and versions.before is None else ())


def propose_message(files: Sequence[ChangedFile], steps: Sequence[Step] = ()) -> str:
    """A commit message from the changes: one line where it fits, else a summary and a list.

    Args:
        steps: What made the changes; upgrades among them give the subject.
    """
    words = [change.summary for file in files for change in file.changes]
    words += [f"{file.path} {file.verb}" for file in files if not file.changes]
    if not words:
        return ""
    if upgrades := list(dict.fromkeys(step.title for step in steps if step.title.startswith(UPGRADE))):
        subject = "; ".join([*upgrades, *_splash_part(files)])
        subject = subject if len(subject) <= SUBJECT_LENGTH else upgrades[0]
        is_all = all(step.title in upgrades for step in steps)
        return subject if is_all else "\n".join([subject, "", *(f"- {word}" for word in words)])
    if len(line := _capital("; ".join(words))) <= SUBJECT_LENGTH:
        return line
    return "\n".join([_summary(files), "", *(f"- {word}" for word in words)])


def commit(
    workspace: Workspace,
    message: str,
    author: Author | None,
    sign_off: bool,
    new_branch: str | None = None,
    *,
    amend: str | None = None,
    consented: bool = False,
    **watch: Unpack[Watch],
) -> str:
    """Commit what `changed_files` lists, and nothing else; the steps become history.

    Args:
        author: Where git's configuration has none, or another one is meant.
        new_branch: Started for the commit; None for the current branch.
        amend: The last commit, to be made again with this message and what has changed since, if anything.

    Returns:
        The commit's full hash.

    Raises:
        PartnerTuiError: There is nothing to commit, a file of it cannot be read, or the message is empty.
        NeedsConsent: See `refuse_unsound`.
        GitError: Git refused.
    """
    paths = paths_to_commit(workspace, message, amends=amend is not None, consented=consented)
    repository = the_repository(workspace)
    # It may be there already, when the commit failed after the branch was started.
    if new_branch is not None and new_branch != repository.refresh().branch:
        repository.start_branch(new_branch)
    commit_hash = repository.commit(paths, message, author=author, sign_off=sign_off, amend=amend, **watch)
    with contextlib.suppress(PartnerTuiError):  # it is committed all the same
        workspace.steps.forget()
    return commit_hash


def paths_to_commit(
    workspace: Workspace, message: str, *, amends: bool = False, consented: bool
) -> list[str]:
    """What a commit would take, which is refused as `commit` refuses it."""
    paths = [file.path for file in changed_files(workspace)]
    if not paths and not amends:
        raise PartnerTuiError("Nothing to commit.", "Edit an entry or the splash first.")
    if not message.strip():
        raise PartnerTuiError("The commit has no message.", "Describe the changes in one line.")
    refuse_unsound(workspace, paths, consented=consented)
    if paths:
        check_committable(the_repository(workspace).root, paths)
    return paths


def undo_commit(workspace: Workspace, commit: Commit) -> Step:
    """Undo the last commit. No file is touched; what it changed is the first of the steps again.

    Raises:
        GitError: It is pushed, a merge, the first one, or not the last one any more; nothing was changed.
    """
    from partner_tui.repository.commits.last_commit import undo_last_commit

    repository = the_repository(workspace)
    if problem := repository.refresh().problem:
        raise GitError(*problem)
    files = undo_last_commit(repository.root, commit.hash, repository.log)
    repository.changed()
    changes = tuple(FileChange(*file) for file in files)
    step = Step(f"undid the commit “{commit.subject}”", changes)
    if changes:
        workspace.steps.put_first(step)
    workspace.open_repository()
    return step


def discard(workspace: Workspace, paths: Iterable[str]) -> Step | None:
    """Put files back as they were committed, as a step that can be taken back."""
    repository = the_repository(workspace)
    contents = {
        path: versions.before
        for path in paths
        if (versions := repository.compare(path, workspace.read(path))) is not None
    }
    title = f"discarded {', '.join(contents)}"
    if workspace.broken is not None and contents.keys() == {workspace.manifest_name}:
        return workspace.replace_broken(title, contents[workspace.manifest_name])
    return workspace.save(title, contents)


def discard_change(workspace: Workspace, comparison: Comparison, change: ManifestChange) -> Step | None:
    """Discard one change of the manifest, and leave the others, as a step.

    Raises:
        PartnerTuiError: The manifest is not as it was compared, or the change shares its lines with another.
    """
    if comparison.after.document.text != workspace.document.text:
        raise PartnerTuiError("The manifest has changed since.", "Select the change again, then discard it.")
    document = Document.parse(comparison.without(change), workspace.manifest_name)
    return workspace.save(f"discarded: {change.summary}", {workspace.manifest_name: document.encode()})


def the_repository(workspace: Workspace) -> Repository:
    """The workspace's repository.

    Raises:
        PartnerTuiError: It is not read yet, or the manifest lies outside any.
    """
    if workspace.repository is None:
        raise PartnerTuiError("Still reading the repository.", "Try again in a moment.")
    return workspace.repository


def _changed_file(workspace: Workspace, path: str, versions: Versions) -> ChangedFile:
    before, after = versions.before, versions.after
    verb: Verb = "added" if before is None else "removed" if after is None else "changed"
    lines = versions.diff.split("\n")
    return ChangedFile(
        path,
        verb,
        _comparison(workspace, versions) if path == workspace.manifest_name else None,
        versions.diff,
        sum(line.startswith("+") for line in lines),
        sum(line.startswith("-") for line in lines),
    )


def _comparison(workspace: Workspace, versions: Versions) -> Comparison | None:
    if versions.before is None or versions.after is None:
        return None
    try:
        before, after = workspace.read_version(versions.before), workspace.read_version(versions.after)
    except PartnerTuiError:
        return None  # one of them does not parse: the diff is still shown
    return Comparison(before, after, read_diff(versions.diff))


def _summary(files: Sequence[ChangedFile]) -> str:
    changes = [change for file in files for change in file.changes]
    counts = {
        verb: sum(change.area == "entry" and change.verb == verb for change in changes)
        for verb in _IMPERATIVES
    }
    parts = [f"{_IMPERATIVES[verb]} {plural(count, 'entry')}" for verb, count in counts.items() if count]
    parts += _splash_part(files)
    if new := sum(not file.changes for file in files):
        parts.append(plural(new, "more file"))
    return _capital("; ".join(parts) or "Edit the manifest")


def _splash_part(files: Sequence[ChangedFile]) -> list[str]:
    splash = [change.name for file in files for change in file.changes if change.area == "splash"]
    if not splash:
        return []
    return [f"update {splash[0]}" if len(splash) == 1 else f"update {len(splash)} splash fields"]


def _capital(text: str) -> str:
    """The first letter as a capital, unless the text begins with the name of a field or a file."""
    first = text.split()[0] if text else ""
    return text if set("_./") & set(first) else text[:1].upper() + text[1:]
