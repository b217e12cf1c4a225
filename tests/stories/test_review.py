"""Reviewing what others send: commented on, asked for changes, merged where git alone cannot, undone, and pushed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contributed import FERN, IVY, make_contributed
from tests.real_git import git, make_clone, push_from_elsewhere
from tests.stories import acts
from tests.stories.terminal import Terminal


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return make_contributed(tmp_path)


@pytest.fixture
def clone(remote: Path) -> Path:
    made = make_clone(remote, remote.parent / "clone")
    git("config", "user.name", "Ada", cwd=made)
    git("config", "user.email", "ada@example.org", cwd=made)
    return made


def review(app: Terminal, title: str, number: str) -> None:
    """Open the review of a contribution from the list of those that wait."""
    app.rests().keys("escape").sees("To review", number).rests()
    app.keys("/").rests().type(number).keys("enter").rests().keys("enter")
    app.sees(f"Review {number}", title, "entries +").sees_no_more("checking…").rests()


def merge(app: Terminal, number: str) -> None:
    app.rests().keys("v").sees(f"Verdict on {number}").rests().keys("enter")
    app.sees(f"Merge pull request {number}").rests().keys("ctrl+s").sees(f"Merged {number}").rests()


@pytest.mark.slow
def test_two_are_merged_that_git_cannot_merge_one_is_undone_and_the_rest_is_pushed(
    home: Path, remote: Path, clone: Path
) -> None:
    with Terminal(str(clone), home=home) as app:
        app.sees("petal-nuclei").rests().keys("2").sees("To review 6").rests()
        app.keys("f5").sees("To review 6").rests()
        review(app, "Change .github/workflows/ci.yml", "#3")
        app.sees("It changes what CI runs").keys("enter").rests().keys("c").sees("line 1").rests()
        app.type("Please, without this.").keys("ctrl+s").sees_no_more("Save ^s").rests()
        app.keys("v").sees("Verdict on #3").rests().keys("down", "down", "down", "enter")
        app.sees("tell the author").rests().keys("escape").sees("changes requested").rests()
        app.keys("escape").rests().keys("escape").sees_no_more("Review  #3")
        for number in ("#5", "#7"):
            review(app, "Change", number)
            merge(app, number)
            app.keys("escape").sees_no_more(f"Review  {number}").rests()
        review(app, "Change collection.yaml", "#2")
        app.keys("v").sees("Verdict on #2").rests().keys("down", "enter").sees("Squash").rests()
        app.keys("ctrl+s").sees("Squashed #2").rests()
        app.keys("ctrl+z").sees("Undo the merge?").rests().keys("y").sees("Undone: the merge of #2").rests()
        app.keys("escape").sees_no_more("Review  #2").rests()
        app.keys("5").sees("Remote").rests().keys("P").sees("Pushed")
        acts.leave(app)
    pushed = git("show", "main:collection.yaml", cwd=remote)
    assert [name for name in ("moss", "fern", "ivy") if f"id: {name}" in pushed] == ["moss", "fern", "ivy"]
    assert "splash_title: The Meadow" in pushed and "id: leaf-veins" in pushed
    assert git("show", "main:docs/ivy.md", cwd=remote) == "Ivy"
    authors = git("log", "--format=%an", "main", cwd=remote).splitlines()
    assert {"Author 5", "Author 7"} <= set(authors) and "Author 2" not in authors


@pytest.mark.slow
def test_what_arrived_is_marked_as_seen_and_one_entry_of_it_is_reverted_and_pushed(
    home: Path, remote: Path, clone: Path
) -> None:
    elsewhere = make_clone(remote, remote.parent / "elsewhere")  # where `push_from_elsewhere` commits
    before = git("show", "main:collection.yaml", cwd=remote) + "\n"
    with Terminal(str(clone), home=home) as app:
        app.sees("petal-nuclei").rests().keys("2").sees("To review 6").rests()
        assert "Arrived" not in app.text
        _is(elsewhere, "Bob", "bob@example.org")
        push_from_elsewhere(
            remote, "collection.yaml", before + FERN + IVY.replace("type: dataset", "type: 5")
        )
        _is(elsewhere, "meadow[bot]", "bot@example.org")
        push_from_elsewhere(remote, "docs/list.md", "Fern, ivy\n")
        app.keys("f5").sees("Arrived 2").rests()
        app.presses_until("j", "Arrived 2", "docs/list.md").rests().keys("G", "k").rests()
        app.sees("meadow[bot] (bot)").keys("n").sees("as seen", "Arrived 1").rests()
        app.keys("5").sees("Remote").rests().keys("p").sees("Pulled").rests()
        app.keys("2").sees("Arrived 1").rests().keys("G", "enter").sees(
            "Elsewhere collection.yaml", "pushed to main"
        )
        app.sees("fern", "ivy", "entries +").sees_no_more("checking…").rests().keys("v").sees(
            "Revert entries"
        ).rests().keys("down", "enter")
        app.sees("Revert entries of", "Marked entries").rests().keys("ctrl+s")
        app.sees("Revert ivy of").rests().keys("ctrl+s").sees("Reverted ivy").rests()
        app.keys("escape").sees("To review 6").sees_no_more("Arrived").rests()
        app.keys("5").sees("Remote").rests().keys("P").sees("Pushed")
        acts.leave(app)
    assert git("show", "main:collection.yaml", cwd=remote) + "\n" == before + FERN
    assert git("log", "-1", "--format=%an", "main", cwd=remote) == "Ada"
    with Terminal(str(clone), home=home) as app:
        app.sees("petal-nuclei").rests().keys("2").sees("To review 6").rests().keys("t").sees("Seen 2")
        acts.leave(app)


def _is(clone: Path, name: str, email: str) -> None:
    """Whoever commits in a clone is somebody else from now on."""
    git("config", "user.name", name, cwd=clone)
    git("config", "user.email", email, cwd=clone)
