"""One contribution in short, beside the list: who sends it, what needs care, and what it does to entries and findings."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.kept import KeptReview
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.review import Review
from partner_tui.plain import plural, visible
from partner_tui.ui.contributions.row_lines import CHECKS, QUIET
from partner_tui.ui.review.about import MERGES, cautions, number
from partner_tui.ui.review.rows import EntryRow, FileRow, rows_of
from partner_tui.ui.themes import SEVERITY_STYLES
from partner_tui.workspace.contributions.listed import Row

_MOST = 100
_LONGEST = 1_200
"""Characters of a description; all of it is in the discussion (d in the review)."""


def overview(row: Row, review: Review | None, problem: str = "") -> Content:
    """A contribution in short.

    Args:
        review: None while it is worked out, or where it cannot be.
        problem: Why it cannot be.
    """
    return Content("\n").join(_lines(row, review, problem))


def _lines(row: Row, review: Review | None, problem: str) -> Iterator[Content]:
    one = row.one
    yield Content.assemble((f"{number(one)}  ", "bold $accent"), (visible(one.title, 400), "bold"))
    by_bot = " (bot)" if isinstance(one, Arrival) and one.by_bot else ""
    yield Content.styled(
        f"{visible(one.author, 80)}{by_bot}, {one.date:%Y-%m-%d %H:%M}, {one.head[:7]}", QUIET
    )
    yield Content.styled(visible(one.standing, 200), QUIET)
    if row.verdict:
        yield Content.styled(row.verdict, "bold $accent")
    if row.pull is not None:
        yield from _on_forge(row, row.pull)
    yield Content("")
    if problem:
        yield Content.styled(problem, "$error")
    elif review is None:
        yield Content.styled("Reading the contribution…", QUIET)
    else:
        yield from _reviewed(row, review)


def _on_forge(row: Row, pull: PullRequest) -> Iterator[Content]:
    if pull.head != row.one.head:
        yield Content.styled("The forge has newer commits: press f5 to fetch them.", "$warning")
    if pull.labels:
        yield Content.styled(f"Labels: {', '.join(visible(one, 60) for one in pull.labels)}", QUIET)
    if pull.checks in CHECKS:
        sign, style = CHECKS[pull.checks]
        yield Content.styled(f"{sign} checks: {pull.checks}", style)
    for one in pull.reviews:
        yield Content.styled(visible(one, 100), "$accent")
    if pull.body.strip():
        yield Content("")
        yield Content(visible(pull.body.strip(), _LONGEST, lines=True))


def _reviewed(row: Row, review: Review) -> Iterator[Content]:
    if not (row.is_over or isinstance(row.one, Arrival)):
        words, style = MERGES[review.merges.how]
        why = f": {visible(review.merges.why, 400)}" if review.merges.why else ""
        yield Content.styled(f"{words}{why}", style)
    yield from cautions(review)
    yield Content("")
    rows = list(rows_of(review, KeptReview()))
    for title, kind in (("entry", EntryRow), ("file", FileRow)):
        some = [one for one in rows if isinstance(one, kind)]
        if some:
            yield Content.styled(f"{plural(len(some), title)}", "bold")
            yield from (Content("  ") + one.label() for one in some[:_MOST])
            if len(some) > _MOST:
                yield Content.styled(f"  and {len(some) - _MOST} more", QUIET)
            yield Content("")
    yield from _findings(review)


def _findings(review: Review) -> Iterator[Content]:
    new = [(name, finding) for name, found in review.found for finding in found.new]
    if not new:
        return
    yield Content.styled(f"{plural(len(new), 'new finding')}", "bold")
    for name, finding in new[:_MOST]:
        yield Content.assemble(
            (f"  {finding.severity.glyph} ", SEVERITY_STYLES[finding.severity]),
            (f"{visible(name, 60)}: ", QUIET),
            visible(finding.message, 400),
        )
    if len(new) > _MOST:
        yield Content.styled(f"  and {len(new) - _MOST} more", QUIET)
