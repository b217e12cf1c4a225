"""What the Changes view shows, loaded in one go in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass

from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.repository.config import Author
from partner_tui.repository.last_commit import LastCommit, read_last_commit
from partner_tui.ui.changes.change_list import ChangeRow, change_rows
from partner_tui.ui.changes.remote_box import Standing
from partner_tui.workspace import history
from partner_tui.workspace.history import ChangedFile
from partner_tui.workspace.soundness import why_not_committed
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Known:
    """The changes and the repository at one moment.

    Args:
        others: How many more files the user changed.
        message: The proposed one.
        problem: Why nothing can be committed or pushed now, in one line.
        unsound: Why what is edited cannot be committed as it is, in one line.
        taken: Names of branches that a new one must not be in the way of.
        last: The last commit, which may be amended or undone.
    """

    files: tuple[ChangedFile, ...]
    rows: tuple[ChangeRow, ...]
    others: int
    message: str
    author: Author | None
    standing: Standing
    problem: str | None
    unsound: str | None = None
    taken: frozenset[str] = frozenset()
    last: LastCommit | None = None

    @property
    def count(self) -> int:
        """How many changes there are; a file that is no manifest is one."""
        return sum(len(file.changes) or 1 for file in self.files)

    def hunks(self, file: ChangedFile) -> tuple[Hunk, ...]:
        return read_diff(file.diff)

    def why_not(self, action: str) -> str | None:
        """Why an act cannot be done now, in one sentence; None when it can."""
        state = self.standing.state
        match action:
            case "discard":
                return None if self.rows else "No changes to discard."
            case _ if self.problem:
                return self.problem
            case "amend" | "undo_commit":
                return self._why_last_stays or (self.unsound if action == "amend" else None)
            case "commit":
                return self.unsound if self.rows else "No changes to commit."
            case _ if self.standing.remote is None:
                return "This clone has no remote. Add one: git remote add origin <url>"
            case "bring_in" if not state.behind and not self.standing.new_default:
                return "Nothing to pull. Press f5 to fetch."
            case "bring_in":
                return "Commit or discard your changes before you pull." if self.rows else None
            case _ if self.standing.unpushed:
                return None
            case _ if self.rows:
                return "No commits to push. Commit your changes first (c)."
            case _:
                return "No commits to push."

    @property
    def _why_last_stays(self) -> str | None:
        if self.last is None:
            return "There is no commit yet."
        return " ".join(self.last.problem) if self.last.problem else None


def read_known(workspace: Workspace) -> Known:
    """Read it all; blocks. Raises GitError."""
    repository = history.the_repository(workspace)
    files = history.changed_files(workspace)
    others = history.other_changes(workspace)
    state = repository.state
    problem = " ".join(state.problem) if state.problem else None
    if problem is None and repository.read_only:
        problem = "The folder is read-only."
    unsound = why_not_committed(workspace, [file.path for file in files])
    return Known(
        files,
        change_rows(files),
        others,
        history.propose_message(files, workspace.steps.done),
        repository.author(),
        Standing(
            state,
            repository.remote_url,
            repository.unpushed(),
            new_default=str(new) if (new := repository.new_default()) else None,
        ),
        problem,
        f"{unsound.message} {unsound.hint}" if unsound else None,
        repository.taken_names(),
        read_last_commit(repository.root),
    )
