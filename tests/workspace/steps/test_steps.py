"""A step is written, undone and redone as a whole, outlives the app, and leaves nothing behind when it fails."""

from __future__ import annotations

import itertools
import json
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from partner_tui.errors import FileChangedOutside, PartnerTuiError
from partner_tui.workspace.steps import journal
from partner_tui.workspace.steps.step import FileChange, Step
from partner_tui.workspace.steps.steps import Steps


class Clone:
    """A folder with `a` in it, and a state folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "clone"
        self.state = folder / "state"
        self.root.mkdir()
        self.state.mkdir()
        self.write("a", b"1")

    def write(self, path: str, data: bytes) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)

    @property
    def files(self) -> dict[str, bytes | None]:
        """Contents by path; folders as None."""
        found = sorted(self.root.rglob("*"))
        return {
            path.relative_to(self.root).as_posix(): None if path.is_dir() else path.read_bytes()
            for path in found
        }

    def open(self) -> Steps:
        return Steps(self.root, self.state)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def edit(path: str, before: bytes | None, after: bytes | None) -> tuple[FileChange, ...]:
    return (FileChange(path, before, after),)


THREE = (
    FileChange("a", b"1", b"2"),
    FileChange("new/deep/b", None, b"b"),
    FileChange("z", None, b"z"),
)


def test_undo_takes_steps_back_newest_first_and_redo_does_them_again(clone: Clone) -> None:
    steps = clone.open()
    steps.run("one", edit("a", b"1", b"2"))
    steps.run("two", edit("b", None, b"new"))
    steps.undo()
    assert clone.files == {"a": b"2"}
    steps.undo()
    assert clone.files == {"a": b"1"}
    assert steps.undo() is None
    steps.redo()
    steps.redo()
    assert clone.files == {"a": b"2", "b": b"new"}
    assert steps.redo() is None


def test_a_new_step_forgets_what_was_undone(clone: Clone) -> None:
    steps = clone.open()
    steps.run("one", edit("a", b"1", b"2"))
    steps.undo()
    steps.run("two", edit("a", b"1", b"3"))
    assert steps.redo() is None
    assert clone.files == {"a": b"3"}


def test_two_steps_outlive_the_app_until_they_are_committed(clone: Clone) -> None:
    steps = clone.open()
    steps.run("one", edit("a", b"1", b"\xff\x00"))
    steps.run("two", edit("a", b"\xff\x00", b""))
    again = clone.open()
    assert again.touched == {"a"} and [step.title for step in again.done] == ["one", "two"]
    again.undo()
    again.undo()
    assert clone.files == {"a": b"1"}
    clone.open().forget()
    assert not (clone.state / "steps.json").exists() and clone.open().touched == frozenset()


def test_a_journal_that_is_too_large_loses_its_oldest_steps_and_no_path(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_JOURNAL_BYTES", 2_000)
    steps = clone.open()
    contents = [b"1", *(os.urandom(500) for _ in range(4))]
    steps.run("other", edit("other", None, b"x"))
    for number, (before, after) in enumerate(itertools.pairwise(contents)):
        steps.run(str(number), edit("a", before, after))
    again = clone.open()
    titles = [step.title for step in again.done]
    assert titles and titles == ["other", "0", "1", "2", "3"][-len(titles) :] and len(titles) < 5
    assert again.touched == {"a", "other"}
    again.undo()
    assert clone.files["a"] == contents[3]


def test_a_torn_journal_is_no_steps(clone: Clone) -> None:
    (clone.state / "steps.json").write_bytes(b'{"done": [{"ti')
    assert clone.open().done == ()


def test_a_journal_of_the_version_before_is_read(clone: Clone) -> None:
    packed = [journal._pack(data) for data in (b"0", b"1")]
    old = {"schema": 2, "done": [{"title": "old", "files": [["a", 0, 1]]}], "undone": [], "contents": packed}
    (clone.state / "steps.json").write_text(json.dumps(old))
    steps = clone.open()
    assert steps.done == (Step("old", edit("a", b"0", b"1")),) and steps.touched == {"a"}
    steps.undo()
    assert clone.files == {"a": b"0"}


def test_folders_that_a_step_made_go_when_it_is_undone_and_others_stay(clone: Clone) -> None:
    (clone.root / "empty").mkdir()
    steps = clone.open()
    before = clone.files
    steps.run("three", (*THREE, FileChange("empty/c", None, b"c")))
    clone.open().undo()
    assert clone.files == before
    clone.open().redo()
    clone.write("new/mine", b"mine")
    clone.open().undo()
    assert clone.files == {**before, "new": None, "new/mine": b"mine"}


def test_a_file_that_is_removed_later_takes_the_folder_along_that_was_made_for_it(clone: Clone) -> None:
    steps = clone.open()
    steps.run("made", edit("docs/a.md", None, b"a"))
    steps.run("discarded", edit("docs/a.md", b"a", None))
    assert clone.files == {"a": b"1"}
    steps.undo()
    assert clone.files == {"a": b"1", "docs": None, "docs/a.md": b"a"}


def test_what_another_process_did_is_undone_here(clone: Clone) -> None:
    mine, other = clone.open(), clone.open()
    other.run("set", edit("a", b"1", b"2"))
    mine.run("mine", edit("b", None, b"b"))
    assert [step.title for step in mine.done] == ["set", "mine"] and mine.touched == {"a", "b"}
    mine.undo()
    mine.undo()
    assert clone.files == {"a": b"1"}


def test_a_file_that_others_changed_is_never_overwritten(clone: Clone) -> None:
    steps = clone.open()
    clone.write("z", b"mine")
    before = clone.files
    with pytest.raises(FileChangedOutside, match="z was changed by another program"):
        steps.run("three", THREE)
    assert clone.files == before and steps.done == () and not steps.touched


# Errors: all is as it was, and the message is true


def fails(clone: Clone, match: str) -> None:
    before = clone.files
    steps = clone.open()
    with pytest.raises(PartnerTuiError, match=match) as caught:
        steps.run("three", THREE)
    assert caught.value.hint
    assert clone.files == before and steps.done == () and steps.touched == frozenset()
    again = clone.open()
    assert again.done == () and again.recovered == "" and clone.files == before


def test_a_file_where_a_folder_is_needed_is_told(clone: Clone) -> None:
    clone.write("new/deep", b"a file")
    fails(
        clone,
        r"^new/deep cannot be written: there is a file where a folder is needed\. Nothing was changed\.",
    )


def test_a_folder_where_a_file_is_needed_is_told(clone: Clone) -> None:
    (clone.root / "z").mkdir()
    fails(clone, "^z is not a regular file")


def test_a_full_disk_is_told(clone: Clone) -> None:
    changes = (THREE[0], THREE[1], FileChange("z", None, os.urandom(50_000)))
    before = clone.files
    with (
        at_most(60_000),  # enough for neither the journal ...
        pytest.raises(PartnerTuiError, match=r"undo could not be prepared: .*disk is full"),
    ):
        clone.open().run("three", changes)
    repeated = (*THREE[:2], FileChange("z", None, b"z" * 50_000))
    with (
        at_most(40_000),  # ... nor, where that is short, for the file
        pytest.raises(PartnerTuiError, match=r"^z cannot be written: the disk is full\. Nothing was changed"),
    ):
        clone.open().run("three", repeated)
    assert clone.files == before and clone.open().done == () and clone.open().recovered == ""


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """A limit on file sizes is the nearest thing to a full disk that a test can have."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_rename_that_fails_puts_back_what_was_renamed_before(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "z":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refuse)  # a disk that fails at this very moment is not to be had
    fails(clone, r"^z cannot be written: Input/output error\. Nothing was changed\.")


def test_what_cannot_be_put_back_is_told_and_settled_at_the_next_start(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace
    broken = False

    def refuse(self: Path, target: Path) -> Path:
        nonlocal broken
        broken = broken or target.name == "z"
        if broken:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        steps = clone.open()
        with pytest.raises(PartnerTuiError, match=r"Input/output error, and .* could not be restored: a\."):
            steps.run("three", THREE)
        with pytest.raises(PartnerTuiError, match="“three” was interrupted, and can neither"):
            steps.run("more", edit("more", None, b"m"))
        assert "can neither be finished nor rolled back" in clone.open().recovered
    assert "“three” (3 files). It was finished." in clone.open().recovered
    assert clone.files["a"] == b"2" and [step.title for step in clone.open().done] == ["three"]


def as_nobody(act: Callable[[Path], str | None]) -> None:
    """Run a test in a fork as a user whom permissions bind, in a folder of its own; it returns what is wrong."""
    folder = Path(tempfile.mkdtemp(prefix="partner-tui-steps-"))
    folder.chmod(0o777)
    try:
        child = os.fork()
        if child == 0:
            try:
                if os.getuid() == 0:
                    os.setgroups([])
                    os.setgid(65534)
                    os.setuid(65534)
                wrong = act(folder)
            except BaseException as error:
                wrong = repr(error)
            os.write(2, (wrong or "").encode())
            os._exit(1 if wrong else 0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        ("clone/new", "new/deep cannot be written: it, or its folder, is read-only. Nothing was changed."),
        ("clone", "new cannot be written: it, or its folder, is read-only. Nothing was changed."),
        ("state", "Nothing was changed"),
    ],
)
def test_a_folder_that_may_not_be_written_is_told(locked: str, said: str) -> None:
    def act(folder: Path) -> str | None:
        clone = Clone(folder)
        if locked == "clone/new":
            (clone.root / "new").mkdir()
        steps = clone.open()
        before = clone.files
        (folder / locked).chmod(0o500)
        try:
            steps.run("three", THREE)
        except PartnerTuiError as error:
            wrong = "" if said in error.message else error.message
        else:
            wrong = "it was written"
        finally:
            (folder / locked).chmod(0o700)
        if clone.files != before:
            wrong = f"not as before: {clone.files}"
        return wrong or clone.open().recovered or None

    as_nobody(act)
