"""What a killed run left is removed at the next start; what a living one uses, and git's own locks, are not."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import partner_tui
from partner_tui.confined.sandbox import FOLDER_PREFIX
from partner_tui.repository.process.credentials import AskpassServer
from partner_tui.repository.repository import Repository
from partner_tui.repository.stale_files import (
    Kind,
    remove_leftovers,
    remove_leftovers_at_start,
    temporary_prefix,
)
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source

_MAKERS = {"TemporaryDirectory", "NamedTemporaryFile", "mkdtemp", "mkstemp"}


@pytest.fixture
def dead() -> int:
    ended = subprocess.Popen(["true"])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("kind", get_args(Kind))
def test_only_what_dead_processes_left_is_removed(tmp_path: Path, dead: int, kind: Kind) -> None:
    (tmp_path / f".partner-tui-{kind}-{dead}-abc").mkdir()
    (tmp_path / f".partner-tui-{kind}-{dead}-abc" / "file").write_text("")
    (tmp_path / f"partner-tui-{kind}-{dead}-1").write_text("")
    (tmp_path / "outside").mkdir()
    (tmp_path / f".partner-tui-{kind}-{dead}-link").symlink_to(tmp_path / "outside")
    kept = {
        f".partner-tui-{kind}-{os.getppid()}-abc",
        f"{temporary_prefix(kind)}abc",
        f".partner-tui-{kind}-x-abc",
        f"my-partner-tui-{kind}-{dead}-1",
        "index.lock",
    }
    for name in kept:
        (tmp_path / name).write_text("")
    remove_leftovers(tmp_path, kind)
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "outside"}


def test_a_start_looks_everywhere(tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    left = [
        tmp_path / "tmp" / f".partner-tui-ask-{dead}-a",
        tmp_path / "tmp" / f".partner-tui-demo-{dead}-a",
        tmp_path / "tmp" / f".partner-tui-diff-{dead}-a",
        tmp_path / "tmp" / f".partner-tui-worker-{dead}-a",
        tmp_path / "clones" / "host" / "owner" / f".partner-tui-clone-{dead}-a",
        tmp_path / "states" / "zoo-1" / f".partner-tui-save-{dead}-a",
        tmp_path / "states" / "zoo-1" / "past" / f".partner-tui-save-{dead}-a",
    ]
    for path in left:
        path.mkdir(parents=True)
    remove_leftovers_at_start(tmp_path / "clones", tmp_path / "states")
    assert [path for path in left if path.exists()] == []


def test_a_question_of_git_leaves_nothing_but_what_a_kill_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with AskpassServer(lambda request: None):
        assert [path.name.startswith(temporary_prefix("ask")) for path in tmp_path.iterdir()] == [True]
    assert list(tmp_path.iterdir()) == []
    code = (
        "import os, tempfile; tempfile.tempdir = os.environ['T']\n"
        "from partner_tui.repository.process.credentials import AskpassServer\n"
        "AskpassServer(lambda request: None).__enter__(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "T": str(tmp_path)}, check=False)
    assert list(tmp_path.iterdir())
    remove_leftovers_at_start(tmp_path / "clones", tmp_path / "states")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_child_goes_when_both_were_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = (
        "import os, tempfile; tempfile.tempdir = os.environ['T']\n"
        "from partner_tui.confined.worker import Worker\n"
        "worker = Worker('partner_tui.pictures.decoding', 60); worker.ask(b'{}')\n"
        "os.kill(worker._child._process.pid, 9); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "T": str(tmp_path)}, check=False)
    assert [path.name.startswith(FOLDER_PREFIX) for path in tmp_path.iterdir()] == [True]
    remove_leftovers_at_start(tmp_path / "clones", tmp_path / "states")
    assert list(tmp_path.iterdir()) == []


def test_everything_temporary_is_named_so_that_it_is_found_again() -> None:
    unnamed = [
        f"{path.name}:{call.lineno}"
        for path in Path(partner_tui.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in _MAKERS
        if not any(
            word.arg == "prefix" and not isinstance(word.value, ast.Constant) for word in call.keywords
        )
    ]
    assert unnamed == []


def test_the_index_of_a_killed_replay_goes_and_a_lock_of_git_stays_and_is_said(
    users: Repository, dead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "app"))
    for name in (f"partner-tui-index-{dead}-1", f".partner-tui-index-{dead}-1.lock", "index.lock"):
        (users.git_folder / name).write_text("")
    directories = Directories.of_user()
    place = find_manifest(resolve_source(str(users.root), directories), None, directories)
    workspace = open_workspace(place, directories)
    workspace.open_repository()
    assert not list(users.git_folder.glob("*partner-tui-index*"))
    assert (users.git_folder / "index.lock").exists()
    assert workspace.repository is not None and workspace.repository.state.problem is not None
    assert "index.lock" in workspace.repository.state.problem[0]
    workspace.checker.close()
