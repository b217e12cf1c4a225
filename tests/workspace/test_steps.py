"""Undo and redo hold whole files, and outlive the app."""

from __future__ import annotations

from pathlib import Path

from partner_tui.workspace.steps import FileChange, Step, Steps


class Disk:
    """Files as a dictionary, written by steps."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | None] = {"a": b"1"}

    def write(self, step: Step) -> None:
        for change in step.files:
            assert self.files.get(change.path) == change.before
            self.files[change.path] = change.after


def edit(path: str, before: bytes | None, after: bytes | None) -> Step:
    return Step(f"{path} edited", (FileChange(path, before, after),))


def test_undo_takes_steps_back_newest_first_and_redo_does_them_again() -> None:
    disk, steps = Disk(), Steps()
    steps.run(edit("a", b"1", b"2"), disk.write)
    steps.run(edit("b", None, b"new"), disk.write)
    steps.undo(disk.write)
    assert disk.files == {"a": b"2", "b": None}
    steps.undo(disk.write)
    assert disk.files["a"] == b"1"
    assert steps.undo(disk.write) is None
    steps.redo(disk.write)
    steps.redo(disk.write)
    assert disk.files == {"a": b"2", "b": b"new"}
    assert steps.redo(disk.write) is None


def test_a_new_step_forgets_what_was_taken_back() -> None:
    disk, steps = Disk(), Steps()
    steps.run(edit("a", b"1", b"2"), disk.write)
    steps.undo(disk.write)
    steps.run(edit("a", b"1", b"3"), disk.write)
    assert steps.redo(disk.write) is None
    assert disk.files["a"] == b"3"


def test_steps_outlive_the_app_until_they_are_committed(tmp_path: Path) -> None:
    journal, disk = tmp_path / "steps.json", Disk()
    Steps(journal).run(edit("a", b"1", b"\xff\x00"), disk.write)
    again = Steps(journal)
    assert again.touched == {"a"}
    again.undo(disk.write)
    assert disk.files["a"] == b"1"
    Steps(journal).forget()
    assert not journal.exists()


def test_a_torn_journal_is_no_steps(tmp_path: Path) -> None:
    journal = tmp_path / "steps.json"
    journal.write_bytes(b'{"done": [{"ti')
    assert Steps(journal).done == ()
