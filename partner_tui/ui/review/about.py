"""What a contribution is in one line, and what needs care in words."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.plain import visible

MERGES = {
    "git": ("✓ merges", "$success"),
    "entries": ("✓ merges by entry", "$success"),
    "decision": ("▲ needs a decision", "$warning"),
    "no": ("✗ does not merge", "$error"),
}


def about(one: Contribution, review: Review | None) -> Content:
    """Who, when, the state, the entries, and whether it merges."""
    quiet = "$foreground 70%"
    parts = [
        Content(visible(one.author, 40)),
        Content(one.date.strftime("%Y-%m-%d")),
        Content(f"{one.state}: {one.why}"),
    ]
    if review is not None:
        parts = [Content.styled(f"entries {review.counts}", "bold"), _merges(review.merges), *parts]
    return Content.styled("  ·  ", "$foreground 40%").join([part.stylize_before(quiet) for part in parts])


def _merges(merges: Mergeability) -> Content:
    words, colour = MERGES[merges.how]
    return Content.styled(f"{words}: {visible(merges.why, 120)}" if merges.why else words, colour)


def cautions(review: Review) -> Iterator[Content]:
    """What needs care, a line each."""
    for words in review.cautions():
        yield Content.assemble(("▲ ", "bold $warning"), (visible(words, 400), "$foreground"))
