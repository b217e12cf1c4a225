"""From the start screen to a partner that is pushed, valid, compiled, and on a branch of the central repository."""

from __future__ import annotations

import base64
from contextlib import ExitStack
from pathlib import Path

import pytest

from partner_tui.central.partners_json import FILE, CentralPartners
from tests.central.central_file import branch_lines, make_central
from tests.real_git import git
from tests.repository.http_remote import HttpRemote
from tests.stories import acts
from tests.stories.terminal import Terminal

ANSWERS = ("Leaf Lab", "", "Segments leaves", "https://leaf.org", "leaf/zoo")
"""After the folder; the id is the one that is proposed."""


@pytest.mark.parametrize(
    ("size", "over_http"),
    [pytest.param((120, 36), False, marks=pytest.mark.slow), ((80, 24), True)],
    ids=["120x36 file", "80x24 http"],
)
def test_a_new_partner_is_pushed_valid_and_compiled(
    tmp_path: Path, home: Path, size: tuple[int, int], over_http: bool
) -> None:
    central, clone, remote = make_central(tmp_path / "collection"), tmp_path / "leaf", tmp_path / "leaf.git"
    git("init", "--quiet", "--bare", "--initial-branch=main", str(remote), cwd=tmp_path)
    with ExitStack() as stack:
        url = str(remote)
        if over_http:
            url = stack.enter_context(HttpRemote(tmp_path)).url(remote.name)
        app = stack.enter_context(Terminal(home=home, size=size))
        app.click("Become a community partner").sees("1 of 3", "A team behind a software").rests()
        app.keys(" ", "down", "down", " ", "ctrl+s").sees("2 of 3", "A new folder").rests()
        app.type(str(clone)).sees("is created")
        for answer in ANSWERS:
            app.keys("enter").type(answer)
        app.keys("enter").type(url).keys("enter").type("Ada Lovelace").keys("enter", "enter")
        app.keys(*["down"] * 6).sees("A clone of bioimage-io/collection").rests()
        app.type(str(central)).sees("your object is added").rests()
        app.keys("ctrl+s").sees("3 of 3", "Adds 5 files", "+ collection.yaml").rests()
        app.keys("G", "k").sees("branch partner-leaf-lab", '"id": "leaf-lab"').rests()
        assert not clone.exists()
        assert git("branch", "--list", "partner-leaf-lab", cwd=central) == ""

        app.keys("ctrl+s").sees("Written to", "Community partner: Leaf Lab").rests()
        app.keys("y").sees("Copied the request")
        app.keys("ctrl+s").sees("Leaf Lab", "● 1" if size[0] < 100 else "1 latest").rests()
        app.keys("4").sees("Items 1", "leaf-lab", "application").rests()
        app.keys("5").sees("Uncommitted changes", "+ collection.yaml").rests()
        app.keys("c").sees("new branch").rests().keys("ctrl+s").sees("Committed ", "not pushed")
        acts.push(app)
        acts.leave(app)

    assert sorted(git("ls-tree", "-r", "--name-only", "main", cwd=remote).split()) == [
        ".github/workflows/partner-tui.yml",
        "LICENSE",
        "README.md",
        "collection.yaml",
        "images/logo.svg",
    ]
    assert git("status", "--porcelain", cwd=clone) == ""
    copied = app.written.rpartition(b"\x1b]52;c;")[2].partition(b"\a")[0]
    assert b"# Community partner: Leaf Lab" in base64.b64decode(copied)
    after = CentralPartners(git("show", f"partner-leaf-lab:{FILE}", cwd=central))
    added = after.partner("leaf-lab")
    assert added is not None
    assert added["resource_types"] == ["model", "application"]
    removed = [line for line in branch_lines(central, "partner-leaf-lab") if line[0] == "-"]
    assert len(removed) <= 1, "more than the comma after the last partner"
