"""The system ends the app: what was typed last is offered at the next start, and the terminal is given back as it was."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import PATIENCE, Terminal
from tests.stories.test_killed import drafts


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_what_was_typed_last_is_kept_and_the_terminal_given_back(
    home: Path, partner: Partner, number: signal.Signals
) -> None:
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.type_into(app, "Title", "Half a ")
        app.type("thou").sees("Half a thou").signal(number)
        assert app.ends() == 128 + number
        assert app.is_given_back
        assert "Traceback" not in app.text
    assert "Half a thou" in drafts(home)
    assert partner.manifest == MANIFEST
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei", "Unsaved splash edits found").rests()
        acts.leave(app)


def test_a_window_that_is_closed_ends_the_app_and_keeps_what_was_typed(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.type_into(app, "Title", "Half a ")
        app.type("thou").sees("Half a thou").hang_up()
    assert "Half a thou" in drafts(home)


@pytest.mark.slow
def test_a_commit_message_is_kept_too(home: Path, partner: Partner) -> None:
    acts.set_title(partner, home, "The Meadow")
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei").keys("5").sees("~ splash_title").rests().keys("c").sees("new branch").rests()
        app.type("Why the title").sees("Why the title").signal(signal.SIGTERM).ends()
        assert app.is_given_back
    assert "Why the title" in drafts(home)


@pytest.mark.slow
def test_who_types_without_a_pause_has_a_draft_all_the_same(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.type_into(app, "Title", "a")
        deadline = time.monotonic() + PATIENCE
        while "abb" not in drafts(home):
            assert time.monotonic() < deadline
            app.type("b")  # every 40 ms or so, which is no pause
        app.kill()
