"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.atomic import of_the_machine, replace_file
from tests.real_git import write


def test_content_is_replaced_and_the_mode_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "m.yaml", "old")
    path.chmod(0o640)
    replace_file(path, b"new\r\n")
    assert path.read_bytes() == b"new\r\n" and stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.yaml"]


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_full_disk_is_told_and_the_old_content_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "m.yaml", "old")
    # A limit on file sizes is the nearest thing to a full disk that a test can have.
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(PartnerTuiError, match="disk is full") as caught:
            replace_file(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.hint
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.getuid() == 0, reason="permissions do not bind root")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "m.yaml", "old")
    tmp_path.chmod(0o500)
    with pytest.raises(PartnerTuiError, match="read-only"):
        replace_file(path, b"new")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("tempfile.mkstemp", refuse)  # no test can mount a disk
    with pytest.raises(PartnerTuiError, match="read-only"):
        replace_file(tmp_path / "m.yaml", b"new")


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").mkdir()
    with pytest.raises(PartnerTuiError, match="not saved"):
        replace_file(tmp_path / "m.yaml", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.yaml"]


def test_what_a_killed_save_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    path = write(tmp_path, "m.yaml", "old")
    ended = subprocess.Popen(["true"])
    ended.wait()
    write(tmp_path, f".partner-tui-save-{ended.pid}-abc", "half")
    living = write(tmp_path, f".partner-tui-save-{os.getppid()}-abc", "another app's")
    replace_file(path, b"new")
    assert {entry.name for entry in tmp_path.iterdir()} == {"m.yaml", living.name}


@pytest.mark.parametrize(
    ("number", "message", "hint"),
    [
        (errno.ENOSPC, "the disk is full", "Free some space, also for temporary files"),
        (errno.EDQUOT, "the disk is full", "Free some space, also for temporary files"),
        (errno.EMFILE, "Too many open files", "Close other programs"),
        (errno.ENOMEM, "Cannot allocate memory", "Close other programs"),
        (errno.EROFS, "/x/a is read-only", "Ask for write permission"),
        (errno.EIO, "Input/output error", "Check the disk"),
        (errno.ESTALE, os.strerror(errno.ESTALE), "Check the disk"),
    ],
)
def test_what_this_machine_cannot_do_is_told_with_a_fitting_hint(
    number: int, message: str, hint: str
) -> None:
    told = of_the_machine(OSError(number, os.strerror(number), "/x/a"))
    assert told is not None
    assert told.message == f"It could not be done: {message}."
    assert told.hint.startswith(hint)


def test_the_name_of_a_read_only_file_is_told_without_its_escapes() -> None:
    for name in ("/x/\x1b[31ma", b"/x/\x1b[31ma", 7):
        told = of_the_machine(OSError(errno.EROFS, "", name))
        assert told is not None and told.message.endswith("is read-only.") and "\x1b" not in told.message
