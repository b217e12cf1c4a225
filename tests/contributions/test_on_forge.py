"""What a forge says of a contribution, beside what git knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from partner_tui.contributions.contribution import Contribution, State, as_on_forge
from partner_tui.contributions.on_forge import ForgeState, PullRequest

ONE = Contribution(
    "7", "pull", "a" * 40, "Ada", datetime(2026, 1, 1, tzinfo=UTC), "wip", State.UNKNOWN, "git"
)
PULL = PullRequest("7", "Add a model", "ada", "", "open", False, (), "a" * 40, "")


@pytest.mark.parametrize(
    ("git", "forge", "state", "why"),
    [
        (State.UNKNOWN, "open", State.OPEN, "the forge reports it"),
        (State.PROBABLY_OPEN, "open", State.OPEN, "the forge reports it"),
        (State.PROBABLY_OPEN, "closed", State.CLOSED, "the forge reports it as closed"),
        (State.UNKNOWN, "merged", State.CLOSED, "the forge reports it as merged"),
        (State.MERGED, "open", State.MERGED, "git"),
        (State.MERGED, "closed", State.MERGED, "git"),
    ],
)
def test_the_forge_says_what_git_does_not_know(git: State, forge: ForgeState, state: State, why: str) -> None:
    known = as_on_forge(replace(ONE, state=git), replace(PULL, state=forge))
    assert (known.state, known.why, known.title, known.author) == (state, why, "Add a model", "ada")


def test_a_draft_is_said_and_a_branch_has_no_pull_request() -> None:
    assert as_on_forge(ONE, replace(PULL, is_draft=True)).why == "the forge reports it, as a draft"
    assert as_on_forge(ONE, None) == ONE
    branch = replace(ONE, kind="branch")
    assert as_on_forge(branch, PULL) == branch
