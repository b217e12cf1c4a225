"""A contribution in a few lines, and what needs care in words."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.kept import KeptReview
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.plain import plural, visible
from partner_tui.workspace.contributions.since import Since

MERGES = {
    "git": ("✓ merges", "$success"),
    "entries": ("✓ merges by entry", "$success"),
    "decision": ("▲ needs a decision", "$warning"),
    "no": ("✗ does not merge", "$error"),
}
CHECKING = "checking…"
"""Said where findings, the checklist and whether it merges are not known yet."""


def number(one: Contribution) -> str:
    """How a contribution is called, fit to show."""
    return visible(one.reference, 60)


def about(one: Contribution, review: Review | None, kept: KeptReview) -> Content:
    """The title, and below it the verdict so far, the entries, whether it merges, and the state.

    Of what was merged here, and what came of it, the verdict says enough.
    """
    parts = [] if kept.merged else [Content.styled(one.standing, "$foreground 70%")]
    if review is not None:
        is_there = one.is_over or one.state is State.ARRIVED or kept.merged is not None
        merges = [] if is_there else [merges_words(review.merges, 120)]
        merges = merges if review.is_checked else [Content.styled(CHECKING, "$foreground 60%")]
        parts = [Content.styled(f"entries {review.counts}", "bold"), *merges, *parts]
    if verdict := kept.verdict_words(one.head):
        parts.insert(0, Content.styled(verdict, "bold $accent"))
    facts = Content.styled("  ·  ", "$foreground 40%").join(parts)
    return Content.styled(visible(one.heading, 200), "bold") + "\n" + facts


def merges_words(merges: Mergeability, most: int) -> Content:
    """Whether it merges, and in so many characters why not by git alone."""
    words, colour = MERGES[merges.how]
    return Content.styled(f"{words}: {visible(merges.why, most)}" if merges.why else words, colour)


def cautions(review: Review) -> Iterator[Content]:
    """What needs care, a line each."""
    for words in review.cautions():
        yield Content.assemble(("▲ ", "bold $warning"), (visible(words, 400), "$foreground"))


def since_words(since: Since | None) -> Iterator[Content]:
    """What became of it since the last look, in a line."""
    if since is None:
        return
    if not since.head:
        words = "It was replaced since you looked, and that version is gone: look at all of it again."
    elif since.entries or since.files:
        parts = (plural(len(since.entries), "entry"), plural(len(since.files), "file"))
        words = f"Since you looked at {since.head[:7]}, {' and '.join(parts)} changed. They are first in the list."
    else:
        words = f"It was updated since you looked at {since.head[:7]}, without a change to what it touches."
    yield Content.assemble(("● ", "bold $secondary"), (words, "$foreground"))
