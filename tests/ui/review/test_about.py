"""The lines above a review: nothing of the title is cut, and of what was merged here nothing is said that it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from textual.widgets import Static

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.contributions.kept import KeptReview
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.ui.review.about import about
from partner_tui.ui.review.rows import finding_words
from tests.ui.review.conftest import Reviewing

TITLE = (
    "Say how each of the images was taken, by whom, and which of the stains and objectives were used for it"
)
HEAD = "a" * 40
ONE = Contribution(
    "7", "pull", HEAD, "Ivy", datetime(2024, 3, 1, tzinfo=UTC), TITLE, State.PROBABLY_OPEN, "a test merge"
)
REVIEW = Review(ONE, "b" * 40, (), (), FindingChanges(), (), Mergeability("decision", "both sides"), ())


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (KeptReview(), "entries +0 ~0 -0  ·  ▲ needs a decision: both sides  ·  probably open: a test merge"),
        (KeptReview().decided("merged", HEAD, ("c" * 40, "d" * 40)), "merged  ·  entries +0 ~0 -0"),
        (
            KeptReview().decided("approved", HEAD),
            "approved  ·  entries +0 ~0 -0  ·  ▲ needs a decision: both sides  ·  probably open: a test merge",
        ),
    ],
)
def test_what_was_merged_here_is_said_to_be_merged_alone(kept: KeptReview, said: str) -> None:
    assert about(ONE, REVIEW, kept).plain == f"{TITLE}\n{said}"


@pytest.mark.slow
async def test_all_of_it_is_readable_in_a_narrow_terminal(reviewing: Reviewing) -> None:
    async with reviewing("7", (80, 24)) as (pilot, screen):
        shown = screen.query_one("#about", Static)
        shown.update(about(ONE, REVIEW, KeptReview()))
        await pilot.pause()
        assert shown.size.height == 4  # two of the title, two of the facts
        assert shown.region.bottom <= screen.query_one("#page").region.y


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({Severity.ERROR: 2}, "  ✗ 2 new"),
        ({Severity.WARNING: 1, Severity.ERROR: 2}, "  ✗ 2  ▲ 1 new"),
        ({Severity.INFO: 1}, "  i 1 new"),
        ({}, ""),
    ],
)
def test_new_findings_are_counted_by_their_severity(new: Mapping[Severity, int], said: str) -> None:
    found = [Finding("rule", one, (), 1, 1, "wrong") for one in Counter(new).elements()]
    assert finding_words(FindingChanges(new=tuple(found))).plain == said
