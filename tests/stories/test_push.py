"""Pushing when somebody else was faster, and when the remote asks who one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_git import git, push_from_elsewhere
from tests.repository.http_remote import HttpRemote
from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.conftest import NAME, Partner
from tests.stories.terminal import Terminal

TITLE = "splash_title: Microscopy Meadow"


def test_another_field_that_was_pushed_meanwhile_stays(unfetched: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=unfetched) as app:
        app.sees("petal-nuclei")
        push_from_elsewhere(partner.remote, NAME, MANIFEST.replace("Interactive", "Swift"))
        acts.type_into(app, "Title", "The ")
        acts.save(app)
        acts.commit(app)
        app.rests().keys("P").sees("Push again?", "1 new commit from the remote", "Elsewhere collection.yaml")
        app.rests().keys("y").sees("Pushed")
        acts.leave(app)
    assert partner.pushed() + "\n" == MANIFEST.replace("Interactive", "Swift").replace(
        TITLE, "splash_title: The Microscopy Meadow"
    )
    assert [line.strip("+- ").split(":")[0] for line in partner.pushed_lines()] == ["splash_title"] * 2
    assert git("log", "--format=%p", "-1", "main", cwd=partner.remote).count(" ") == 0, "a merge commit"


@pytest.mark.slow
def test_the_same_field_on_both_sides_is_shown_to_choose_from(unfetched: Path, partner: Partner) -> None:
    acts.set_title(partner, unfetched, "Our Meadow")
    with Terminal(str(partner.clone), home=unfetched, size=(80, 24)) as app:
        app.sees("petal-nuclei")
        theirs = push_from_elsewhere(
            partner.remote, NAME, MANIFEST.replace(TITLE, "splash_title: Their Meadow")
        )
        acts.commit(app)
        ours = git("rev-parse", "HEAD", cwd=partner.clone)
        app.rests().keys("P").sees("Mine", "Remote", "Our Meadow", "Their Meadow")

        app.rests().keys("escape").sees("Nothing was pushed")
        assert git("rev-parse", "HEAD", cwd=partner.clone) == ours
        assert git("rev-parse", "main", cwd=partner.remote) == theirs

        app.rests().keys("P").sees("Mine", "Remote")
        app.rests().keys("left").rests().keys("ctrl+s").sees("Push again?")
        app.rests().keys("y").sees("Pushed")
        acts.leave(app)
    assert partner.pushed() + "\n" == MANIFEST.replace(TITLE, "splash_title: Our Meadow")


@pytest.mark.slow
def test_user_and_token_are_asked_for_in_the_app_and_asked_again_when_wrong(
    home: Path, partner: Partner
) -> None:
    acts.set_title(partner, home, "The Meadow")
    with HttpRemote(partner.remote.parent, user="ada", password="s3cret-token") as server:
        git("remote", "set-url", "origin", server.url("meadow.git"), cwd=partner.clone)
        with Terminal(str(partner.clone), home=home) as app:
            # The fetch at the start takes no keys: it says which one leads to its question.
            app.sees("petal-nuclei", "Fetch needs your password  f5").rests()
            app.keys("f5").sees("User name", "for  " + server.url("").rstrip("/")).rests()
            app.keys("escape").sees_no_more("User name").sees("petal-nuclei")
            acts.commit(app)
            assert partner.pushed() + "\n" == MANIFEST
            app.rests().keys("P").sees("User name").rests()
            app.type("ada").keys("enter").sees("Token or password").rests()
            app.type("wrong-token").keys("enter").sees("rejected your last answer", "User name").rests()
            app.type("ada").keys("enter").sees("Token or password").rests()
            app.type("s3cret-token").keys("enter").sees("Pushed")
            acts.leave(app)
    assert "splash_title: The Meadow" in partner.pushed()
    assert b"s3cret-token" not in app.written and b"wrong-token" not in app.written
    kept = [path for folder in (home, partner.clone) for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"s3cret-token" in path.read_bytes()]
