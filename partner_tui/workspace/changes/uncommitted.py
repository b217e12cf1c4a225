"""The uncommitted changes, in rows, and the branch against its remote at one moment, loaded in one go in a worker thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partner_tui.comparison.changes import ManifestChange
from partner_tui.repository.commits.commit import Commit
from partner_tui.repository.commits.last_commit import LastCommit, read_last_commit
from partner_tui.repository.config import Author
from partner_tui.repository.state import State
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.committing import ChangedFile
from partner_tui.workspace.changes.soundness import why_not_committed
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row: a file as a whole, or one change of the manifest."""

    file: ChangedFile
    change: ManifestChange | None
    added: int
    removed: int

    @property
    def words(self) -> str:
        if self.change is not None:
            return self.change.summary
        words = {
            "added": " created",
            "removed": " removed",
            "changed": "" if self.file.changes else " changed",
        }
        return self.file.path + words[self.file.verb]

    @property
    def verb(self) -> str:
        return self.change.verb if self.change else self.file.verb

    @property
    def key(self) -> str:
        """What it is known by when the list is made anew."""
        return f"{self.file.path}\n{self.change.area}\n{self.change.name}" if self.change else self.file.path


def _rows(files: Iterable[ChangedFile]) -> Iterator[ChangeRow]:
    """The rows of these files; the changes of the manifest stand below it."""
    for file in files:
        yield ChangeRow(file, None, file.added, file.removed)
        for change in file.changes:
            signs = [line.sign for line in file.comparison.lines(change)] if file.comparison else []
            yield ChangeRow(file, change, signs.count("+"), signs.count("-"))


def discard(workspace: Workspace, row: ChangeRow) -> Step | None:
    """Make what a row is about as it is in the last commit, as a step. Raises as `committing.discard`."""
    if row.change is None or row.file.comparison is None:
        return committing.discard(workspace, [row.file.path])
    return committing.discard_change(workspace, row.file.comparison, row.change)


@dataclass(frozen=True, slots=True)
class BranchStatus:
    """What is known of the branch and its remote.

    Args:
        unpushed: Newest first.
        link: Where a pull request is opened from the branch that was pushed last.
        new_default: The remote's default branch, where it is no longer the one that is followed.
        no_remote: Why there is no remote, in one line; None when there is one.
        may_request: Whether a pull request could be opened: the branch is another one than the remote's default.
    """

    state: State
    unpushed: tuple[Commit, ...]
    link: str | None = None
    new_default: str | None = None
    no_remote: str | None = None
    may_request: bool = False


@dataclass(frozen=True, slots=True)
class ChangesState:
    """The changes and the repository at one moment.

    Args:
        others: How many more files the user changed.
        message: The proposed one.
        problem: Why nothing can be committed or pushed now, in one line.
        unsound: Why what is edited cannot be committed as it is, in one line.
        taken: Names of branches that a new one must not be in the way of.
    """

    files: tuple[ChangedFile, ...]
    rows: tuple[ChangeRow, ...]
    others: int
    message: str
    author: Author | None
    standing: BranchStatus
    problem: str | None
    unsound: str | None = None
    taken: frozenset[str] = frozenset()
    last: LastCommit | None = None

    @property
    def count(self) -> int:
        """How many changes there are; a file that is no manifest is one."""
        return sum(len(file.changes) or 1 for file in self.files)


def load_changes_state(workspace: Workspace) -> ChangesState:
    """Read it all; blocks. Raises GitError."""
    repository = committing.the_repository(workspace)
    files, others = committing.read_changes(workspace)
    state = repository.state
    problem = " ".join(state.problem) if state.problem else None
    if problem is None and repository.read_only:
        problem = "The folder is read-only."
    unsound = why_not_committed(workspace, [file.path for file in files])
    return ChangesState(
        files,
        tuple(_rows(files)),
        others,
        committing.propose_message(files, workspace.steps.done),
        repository.author(),
        BranchStatus(
            state,
            repository.unpushed(),
            new_default=str(new) if (new := repository.new_default()) else None,
            no_remote=f"{why.message} {why.hint}" if (why := repository.why_no_remote) else None,
            may_request=state.branch not in (None, repository.default_branch()),
        ),
        problem,
        f"{unsound.message} {unsound.hint}" if unsound else None,
        repository.taken_names(),
        read_last_commit(repository.root),
    )
