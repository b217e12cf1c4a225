"""kill -9 at any moment: files and repositories are whole, what was typed is offered again, and the app opens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import ROOT, Terminal

ROUNDS = 10

WORK = """
import sys
from pathlib import Path
from partner_tui.repository.remotes.pushing import push
from partner_tui.settings import Directories
from partner_tui.workspace.changes import committing
from partner_tui.workspace.opening.opening import find_manifest, resolve_source, open_workspace
from partner_tui.manifest.editing.edits import Replace
directories = Directories.of_user()
workspace = open_workspace(find_manifest(resolve_source(sys.argv[1], directories), None, directories), directories)
workspace.open_repository()
print("ready", flush=True)
for number in range(1000):
    workspace.drafts.keep("splash", {"number": number})
    title = f"{sys.argv[2]} {number} " + "x" * 2000
    workspace.edit("splash: title", [Replace(("config", "splash_title"), title)])
    committing.commit(workspace, f"Round {sys.argv[2]} {number}", None, False)
    push(committing.the_repository(workspace))
    workspace.drafts.drop("splash")
"""


@pytest.mark.slow
def test_what_was_typed_and_not_saved_is_offered_at_the_next_start(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.type_into(app, "Title", "Half a thou")
        app.waits(lambda: "Half a thou" in drafts(home), "no draft was kept")
        app.kill()
    assert partner.manifest == MANIFEST
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei", "Unsaved splash edits found").rests()
        app.keys("3").sees("draft", "title", "Restore", "Discard").rests()
        app.click("Restore", right=2).sees("Half a thouMicroscopy Meadow", "edited, not saved")
        acts.save(app)
        acts.leave(app)
    assert "splash_title: Half a thouMicroscopy Meadow  # on the site" in partner.manifest
    assert "Half" not in drafts(home)


@pytest.mark.slow
def test_killed_while_pushing_the_commit_is_whole_and_pushed_at_the_next_start(
    home: Path, partner: Partner, tmp_path: Path
) -> None:
    acts.set_title(partner, home, "The Meadow")
    hook = partner.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\ntouch "{tmp_path}/arrived"\nwhile [ ! -e "{tmp_path}/go" ]; do sleep 0.05; done\nexit 1\n'
    )
    hook.chmod(0o755)
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.commit(app)
        app.rests().keys("P").waits((tmp_path / "arrived").exists, "the push never arrived")
        app.kill()
    hook.unlink()
    (tmp_path / "go").touch()
    assert partner.pushed() + "\n" == MANIFEST
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei").rests().keys("5").sees("No uncommitted changes")
        acts.push(app)
        acts.leave(app)
    assert "splash_title: The Meadow" in partner.pushed() and partner.is_whole()


def test_killed_while_committing_the_lock_that_git_left_is_named_with_what_to_do(
    home: Path, partner: Partner, tmp_path: Path
) -> None:
    acts.set_title(partner, home, "The Meadow")
    real = subprocess.run(
        ["sh", "-c", "command -v git"], capture_output=True, text=True, check=True
    ).stdout.strip()
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    # As git does between taking the lock and giving it back, for as long as it takes to be killed.
    slow.write_text(
        f'#!/bin/sh\ncase " $* " in *" commit "*) touch "{partner.clone}/.git/index.lock"; echo $$ > "{tmp_path}/git.pid"; '
        f'exec sleep 600;; esac\nexec {real} "$@"\n'
    )
    slow.chmod(0o755)
    path = f"{slow.parent}{os.pathsep}{os.environ['PATH']}"
    with Terminal(str(partner.clone), home=home, env={"PATH": path}) as app:
        app.sees("petal-nuclei")
        app.keys("5").sees("~ splash_title").rests().keys("c").sees("Signed-off-by").rests().keys("ctrl+s")
        app.waits(
            lambda: (tmp_path / "git.pid").exists() and (tmp_path / "git.pid").read_text() != "", "no commit"
        )
        app.kill()
    os.kill(int((tmp_path / "git.pid").read_text()), signal.SIGKILL)

    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei").rests().keys("5").sees("~ splash_title").rests()
        app.keys("c").sees("index.lock", "remove that file")
        (partner.clone / ".git" / "index.lock").unlink()
        app.keys("f5").sees("Fetched")
        acts.commit(app)
        acts.push(app)
        acts.leave(app)
    assert partner.pushed_lines() == [
        "-  splash_title: Microscopy Meadow  # on the site",
        "+  splash_title: The Meadow  # on the site",
    ]


@pytest.mark.slow
def test_killed_at_random_moments_nothing_is_torn(home: Path, partner: Partner) -> None:
    moments = random.Random(20)
    for number in range(ROUNDS):
        work = subprocess.Popen(
            [sys.executable, "-c", WORK, str(partner.clone), str(number)],
            env={
                **os.environ,
                "PARTNER_TUI_HOME": str(home),
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert work.stdout is not None and work.stderr is not None
        assert work.stdout.readline() == "ready\n", work.stderr.read()
        try:
            work.wait(timeout=moments.uniform(0.0, 0.5))
        except subprocess.TimeoutExpired:
            work.kill()
        _, said = work.communicate()
        assert not said, said
        wait_for_git(partner)

        assert untitled(partner.manifest) == untitled(MANIFEST)
        for left in partner.clone.glob(".git/**/*.lock"):
            left.unlink()
    assert partner.is_whole()
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei", "Entries 2").rests()
        acts.leave(app)
    assert not list(partner.clone.glob(".partner-tui-*")), "a temporary file was left"


def wait_for_git(partner: Partner) -> None:
    """What git was told before the kill it does, as a git of its own: wait until none is at work here."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(
        is_at_work(process, partner) for process in Path("/proc").glob("[0-9]*")
    ):
        time.sleep(0.02)


def is_at_work(process: Path, partner: Partner) -> bool:
    try:
        return (process / "cwd").readlink().is_relative_to(partner.clone.parent)
    except OSError:
        return False


def untitled(manifest: str) -> list[str]:
    return [line for line in manifest.splitlines() if "splash_title: " not in line]


def drafts(home: Path) -> str:
    return "".join(path.read_text("utf-8") for path in home.glob("state/clones/*/draft-*.json"))
