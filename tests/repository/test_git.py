"""Running git: what is passed, what is left out, and how it is ended."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, GitError, SourceError
from partner_tui.repository.git import run, run_bytes
from partner_tui.repository.process.command import command_line, environment
from partner_tui.repository.process.failures.kinds import GitMissing
from partner_tui.repository.process.git_log import GitLog, LoggedCommand
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from tests.real_git import git, write


def settings(command: list[str]) -> list[str]:
    return [value for flag, value in pairwise(command) if flag == "-c"]


def test_a_command_runs_nothing_of_the_clones() -> None:
    command = command_line(["status"])
    assert command[0] == "git" and command[-1] == "status"
    assert {"core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.ext.allow=never"} <= set(
        settings(command)
    )
    assert {"filter.lfs.smudge=", "filter.lfs.required=false", "submodule.recurse=false"} <= set(
        settings(command)
    )
    assert "--literal-pathspecs" in command


def test_git_variables_of_the_callers_shell_are_taken_out() -> None:
    inherited = {"GIT_DIR": "/x", "GIT_EXTERNAL_DIFF": "evil", "GIT_SSH_COMMAND": "ssh -v", "PATH": "/bin"}
    assert command_line(["status"], inherited)[:6] == [
        "env",
        "-u",
        "GIT_DIR",
        "-u",
        "GIT_EXTERNAL_DIFF",
        "git",
    ]


def test_nothing_is_asked_on_the_terminal_and_nothing_is_locked_by_reading() -> None:
    assert (
        environment() | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        == environment()
    )
    assert environment()["GIT_ASKPASS"] == environment()["SSH_ASKPASS"] == ""


def test_an_inherited_git_dir_does_not_lead_astray(
    users: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert users.refresh().branch == "main"


def test_hooks_filters_and_monitors_in_the_clone_are_not_run(users: Repository, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for hook in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "post-checkout",
        "reference-transaction",
    ):
        script = write(users.root, f".git/hooks/{hook}", f"#!/bin/sh\ntouch {ran}\n")
        script.chmod(0o755)
    git("config", "core.fsmonitor", f"touch {ran}; false", cwd=users.root)
    git("config", "core.editor", f"touch {ran}", cwd=users.root)
    git("config", "diff.external", f"touch {ran}", cwd=users.root)
    git("config", "filter.lfs.smudge", f"touch {ran}", cwd=users.root)
    git("config", "filter.lfs.process", f"touch {ran}", cwd=users.root)
    write(users.root, ".gitattributes", "*.bin filter=lfs diff=lfs\n")
    write(users.root, "collection.yaml", "id: changed\n")
    users.commit(["collection.yaml", ".gitattributes"], "Change")
    users.start_branch("other")
    push(users)
    users.unpushed()
    assert not ran.exists()


def test_commands_that_change_something_are_logged_with_their_result(users: Repository) -> None:
    seen: list[str] = []
    log = GitLog()
    log.on_change = lambda logged: seen.append(logged.command)
    run(["config", "a.b", "c"], cwd=users.root, log=log)
    with pytest.raises(GitError):
        run(["push", "https://ada:secret@host.invalid/x"], cwd=users.root, log=log)
    assert [(logged.command, logged.ok) for logged in log.commands] == [
        ("git config a.b c", True),
        ("git push https://host.invalid/x", False),
    ]
    assert seen == [logged.command for logged in log.commands]


@pytest.mark.parametrize(
    ("command", "brief"),
    [
        (
            "git push --progress --no-verify --end-of-options origin refs/heads/main:refs/heads/main",
            "git push origin main",
        ),
        ("git push origin refs/heads/a:refs/heads/ab", "git push origin refs/heads/a:refs/heads/ab"),
        ("git -c user.useConfigOnly=true commit --only --file=- -- 'a b.yaml'", "git commit 'a b.yaml'"),
        ("git switch --quiet --create new", "git switch --create new"),
        ("git reset --hard main", "git reset --hard main"),
    ],
)
def test_a_logged_command_is_told_as_a_person_types_it(command: str, brief: str) -> None:
    assert LoggedCommand(datetime.now().astimezone(), command, True).brief == brief


def test_an_error_has_one_line_a_hint_and_what_git_said(users: Repository) -> None:
    with pytest.raises(GitError) as caught:
        run(["no-such-command"], cwd=users.root)
    assert "\n" not in caught.value.message
    assert caught.value.hint and caught.value.code and "no-such-command" in caught.value.output


def test_output_is_bounded(users: Repository) -> None:
    with pytest.raises(GitError, match="more than 10 bytes"):
        run_bytes(["cat-file", "blob", "HEAD:model/cover.png"], cwd=users.root, limit=10)


def test_a_missing_folder_does_not_run_git_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        run(["status"], cwd=tmp_path / "none")


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match="not installed"):
        run(["status"], cwd=tmp_path)


def test_cancelling_ends_the_children_too(users: Repository, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = write(tmp_path, "slow", f"#!/bin/sh\necho $$ > {note}.new; mv {note}.new {note}\nsleep 60\n")
    script.chmod(0o755)
    git("config", "alias.slow", f"!{script}", cwd=users.root)
    cancelled = threading.Event()
    threading.Thread(target=_set_when_there, args=(cancelled, note), daemon=True).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        run(["slow"], cwd=users.root, cancelled=cancelled)
    assert time.monotonic() - started < 30
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def _set_when_there(cancelled: threading.Event, path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)
    cancelled.set()


def test_a_command_that_was_cancelled_before_does_not_start(users: Repository) -> None:
    cancelled = threading.Event()
    cancelled.set()
    log = GitLog()
    with pytest.raises(Cancelled):
        run(["config", "a.b", "c"], cwd=users.root, cancelled=cancelled, log=log)
    assert git("config", "a.b", cwd=users.root, check=False) == ""


def test_opening_a_repository_imports_no_gitpython(users: Repository) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from partner_tui.repository.repository import Repository\n"
        f"Repository.open(Path({str(users.root)!r}))\n"
        "assert 'git' not in sys.modules and 'textual' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_askpass_program_lies_in_a_private_folder() -> None:
    from partner_tui.repository.process.credentials import AskpassServer

    with AskpassServer(lambda request: None) as server:
        program = Path(server.environment["GIT_ASKPASS"])
        assert stat.S_IMODE(program.parent.stat().st_mode) == 0o700
    assert not program.parent.exists()


def test_a_broken_installation_of_the_library_is_no_failure_of_git() -> None:
    code = (
        "import sys; from pathlib import Path; sys.modules['gitdb'] = None\n"
        "from partner_tui.repository.git import run; run(['version'], cwd=Path('.'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ModuleNotFoundError") and "gitdb" in last


def test_a_git_that_the_library_cannot_use_is_told_as_a_failure_of_git() -> None:
    code = "from pathlib import Path; from partner_tui.repository.git import run; run(['version'], cwd=Path('.'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GIT_PYTHON_GIT_EXECUTABLE": "/nonexistent/git"},
    )
    assert done.stderr.splitlines()[-1].startswith("partner_tui.errors.GitError")
