"""The steps of one clone: run, undone and redone, each as a whole, whatever happens meanwhile.

This is the one place that writes files of a clone. A step is in the journal, with the old and new contents of all its
files, before the first of them changes; so a crash leaves nothing half done that the next start cannot finish or roll back,
and never costs undo.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import plural
from partner_tui.workspace.steps.journal import Journal
from partner_tui.workspace.steps.lock import locked
from partner_tui.workspace.steps.step import FileChange, History, Step
from partner_tui.workspace.steps.writing import (
    NotPutBack,
    StepOutcome,
    check_before,
    missing_folders,
    remove_empty,
    settle,
    write,
)

if TYPE_CHECKING:
    from partner_tui.repository.repository import Repository


class Steps:
    """The steps done since the last commit, and those undone.

    Every act takes the clone's lock, and begins with what other processes did: a `set` in a shell is undone in the app.

    Attributes:
        recovered: What became of a step that a crash interrupted, in one line, and why where that was impossible; empty
            where there was none.
    """

    def __init__(self, root: Path, state: Path) -> None:
        self._root = root
        self._state = state
        self._journal = Journal(state)
        self._version: tuple[int, ...] = ()
        self._history = History()
        self.recovered = ""
        try:
            self.refresh()
        except PartnerTuiError as error:
            self.recovered = f"{error.message} {error.hint}"
            self._look()

    def take_recovered(self) -> str:
        """What is in `recovered`, once."""
        said, self.recovered = self.recovered, ""
        return said

    @property
    def done(self) -> tuple[Step, ...]:
        """Newest last."""
        return self._history.done

    @property
    def undone(self) -> tuple[Step, ...]:
        """Newest last."""
        return self._history.undone

    @property
    def touched(self) -> frozenset[str]:
        """Every path that a step wrote, undone or not."""
        return self._history.touched

    @property
    def left(self) -> dict[str, bytes | None]:
        """What the steps left in each file that they wrote."""
        return self._history.left

    # What writes files

    def run(self, title: str, changes: tuple[FileChange, ...]) -> Step:
        """Write files as one step; steps undone before it are gone.

        Raises:
            FileChangedOutside: A file is not as it was before; nothing was written.
            PartnerTuiError: A file, or the journal, cannot be written; nothing was changed.
        """
        with self._exclusively():
            step = Step(title, changes, missing_folders(self._root, changes))
            self._write(step, self._history.after(step, self._head()))
        return step

    def undo(self) -> Step | None:
        """Undo the newest step; None when there is none. Raises as `run`."""
        with self._exclusively():
            done, undone = self._history.done, self._history.undone
            if not done:
                return None
            self._write(
                done[-1].reversed(), replace(self._history, done=done[:-1], undone=(*undone, done[-1]))
            )
        return done[-1]

    def redo(self) -> Step | None:
        """Redo the step that was undone last; None when there is none. Raises as `run`."""
        with self._exclusively():
            done, undone = self._history.done, self._history.undone
            if not undone:
                return None
            self._write(undone[-1], replace(self._history, done=(*done, undone[-1]), undone=undone[:-1]))
        return undone[-1]

    def _head(self) -> str:
        # Imported late: the first rows do not wait for what commits.
        from partner_tui.repository.commits.commit import head_of

        with contextlib.suppress(PartnerTuiError):  # an edit is saved whatever git says
            return head_of(self._root)
        return ""

    def _write(self, step: Step, history: History) -> None:
        """Write a step's files, which leads to a history: before the first file changes, both are in the journal."""
        check_before(self._root, step.files)
        self._journal.begin(replace(history, writing=step))
        try:
            write(self._root, step, self._folders)
        except NotPutBack:
            raise  # it stays in the journal, to be settled as soon as that is possible
        except BaseException:
            with contextlib.suppress(OSError):
                self._journal.give_up()
            raise
        self._history = history
        with contextlib.suppress(OSError):  # all is on the disk, and the next act ends it
            self._journal.end()
        self._version = self._journal.version

    @property
    def _folders(self) -> frozenset[str]:
        """The folders that steps made."""
        return frozenset(folder for step in self._history.steps for folder in step.folders)

    # What writes the history alone

    def record_external_edit(
        self, title: str, changes: tuple[FileChange, ...], *, in_place_of_newest: bool = False
    ) -> Step | None:
        """Take up what others wrote into files as a step that can be undone; None where nothing is changed.

        An undone step that others have made impossible to redo is forgotten.

        Args:
            in_place_of_newest: Whether it replaces the newest step, of which it is a correction.
        """
        with self._exclusively():
            history = self._history
            if in_place_of_newest:
                history = replace(history, done=history.done[:-1])
            step = Step(title, changes) if changes else None
            if step is not None:
                history = history.after(step, self._head())
            elif history.undone and not self._fits(history.undone[-1]):
                history = replace(history, undone=())
            if history != self._history:
                self._keep(history)
        return step

    def _fits(self, step: Step) -> bool:
        try:
            check_before(self._root, step.files)
        except PartnerTuiError:
            return False
        return True

    def put_first(self, step: Step) -> None:
        """Take up what was committed, and is not any more, as the oldest step. Raises as `run`."""
        with self._exclusively():
            history = self._history
            touched = history.touched | {change.path for change in step.files}
            done = (step, *history.done)
            self._keep(replace(history, done=done, touched=touched, base=self._head()))

    def forget(self) -> None:
        """The steps are committed: they are history now, and git has it."""
        with self._exclusively():
            self._keep(History())

    def forget_committed(self, repository: Repository, read: Callable[[str], bytes | None]) -> None:
        """Forget them when HEAD has moved since the newest was made, and git sees none of their files as changed.

        Another git may have committed them, or a pull put other files in place: undoing would edit what is committed.
        """
        base = self._history.base
        if not self.touched or not base or base == repository.state.commit:
            return
        with contextlib.suppress(PartnerTuiError):  # what cannot be read or forgotten now can be undone
            if all(repository.compare(path, read(path)) is None for path in self.touched):
                self.forget()

    def refresh(self) -> None:
        """See what other processes did, and settle what a crash left. Raises PartnerTuiError where that is impossible."""
        if self._journal.is_interrupted:
            with self._exclusively():
                return
        self._look()

    def _keep(self, history: History) -> None:
        self._history = history
        self._journal.keep(history)
        self._version = self._journal.version

    def _look(self) -> None:
        version = self._journal.version
        if version != self._version:
            self._history, self._version = self._journal.load(), version

    # One at a time, and after a crash

    @contextlib.contextmanager
    def _exclusively(self) -> Iterator[None]:
        """Hold the clone's lock, settle what a crash left, and see what others did."""
        with locked(self._state):
            if self._journal.is_interrupted:
                self._recover()
            self._look()
            yield

    def _recover(self) -> None:
        """Finish the step in whose midst a process died, or roll it back.

        Raises:
            PartnerTuiError: Neither is possible now. It stays in the journal, and nothing else is written before it.
        """
        begun = self._journal.begun()
        if begun is None or begun.writing is None:
            self._journal.give_up()  # of another version of partner-tui, or torn by a disk that lied
            return
        step = begun.writing
        folders = {folder for one in begun.steps for folder in one.folders}
        try:
            settled = settle(self._root, step, folders)
            if settled.finished:
                self._journal.end()
            else:
                self._journal.give_up()
        except (PartnerTuiError, OSError) as error:
            raise PartnerTuiError(
                f"“{step.title}” was interrupted, and can neither be finished nor rolled back now: {error}",
                "Nothing else is written before it is. Make its files writable, then try again.",
            ) from error
        if not settled.finished:
            remove_empty(self._root, step.folders)
        self.recovered = _words(begun, step, settled)


def _words(begun: History, step: Step, settled: StepOutcome) -> str:
    """One line: what was interrupted, and what became of it."""
    act = "" if begun.done[-1:] == (step,) else "the undo of "
    end = "finished" if settled.finished else "rolled back"
    said = f"partner-tui was interrupted during {act}“{step.title}” ({plural(len(step.files), 'file')}). It was {end}."
    return (
        f"{said} Not touched, since other programs changed them: {', '.join(settled.kept)}."
        if settled.kept
        else said
    )
