"""A partner that is not on this machine: cloned from the start screen, with progress, and stopped without a trace."""

from __future__ import annotations

import os
from pathlib import Path

from tests.real_git import git
from tests.repository.http_remote import HttpRemote
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal


def test_an_address_typed_on_the_start_screen_is_cloned_and_known_afterwards(
    home: Path, partner: Partner
) -> None:
    with HttpRemote(partner.remote.parent) as server:
        with Terminal(home=home, size=(80, 24)) as app:
            app.sees("Known partners", "No recent repositories").rests()
            app.type(server.url("meadow.git")).keys("enter")
            app.sees("petal-nuclei", "Entries 2")
            acts.leave(app)
        with Terminal(home=home, size=(80, 24)) as app:
            app.sees("Recent", "Microscopy Meadow").rests().keys("enter").sees("petal-nuclei")
            acts.leave(app)


def test_a_clone_that_is_stopped_leaves_nothing_behind(home: Path, partner: Partner) -> None:
    (partner.clone / "cover.png").write_bytes(os.urandom(400_000))
    git("add", "cover.png", cwd=partner.clone)
    git("commit", "--quiet", "--message=A large picture", cwd=partner.clone)
    git("push", "--quiet", cwd=partner.clone)
    with (
        HttpRemote(partner.remote.parent, delay=0.05, piece=64) as server,
        Terminal(server.url("meadow.git"), home=home) as app,
    ):
        app.sees("Cloning", "Receiving objects").rests()
        app.keys("escape").sees("Known partners")
        acts.leave(app)
    clones = home / "data" / "clones"
    assert not [path for path in clones.rglob("*") if path.is_file() or path.name.startswith(".")]


def test_a_remote_that_is_not_there_is_said_with_what_to_do(home: Path, partner: Partner) -> None:
    with (
        HttpRemote(partner.remote.parent) as server,
        Terminal(server.url("moor.git"), home=home, size=(80, 24)) as app,
    ):
        app.sees("cannot be opened", "The repository does not exist", "Check owner and name", "Retry")
        app.rests().keys("escape").sees("Known partners")
        acts.leave(app)
    assert not list((home / "data").rglob("*.git"))
