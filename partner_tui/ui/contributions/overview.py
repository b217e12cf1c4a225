"""One contribution in short, beside the list: who sends it, what needs care, and what it does to entries and findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from partner_tui.compliance.finding import Finding
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.kept import KeptReview
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.review import Review
from partner_tui.plain import plural, visible
from partner_tui.ui.contributions.row_lines import CHECKS, QUIET
from partner_tui.ui.review.about import cautions, merges_words, number
from partner_tui.ui.review.rows import rows_of
from partner_tui.ui.themes import SEVERITY_STYLES
from partner_tui.workspace.contributions.listed import Row

_MOST = 100
_LONGEST = 1_200
"""Characters of a description; all of it is in the discussion (d in the review)."""


def overview(row: Row, review: Review | None, problem: str = "") -> Content:
    """A contribution in short.

    Args:
        review: None while it is worked out, or where it cannot be.
    """
    return Content("\n").join(_lines(row, review, problem))


def _lines(row: Row, review: Review | None, problem: str) -> Iterator[Content]:
    one = row.one
    yield Content.assemble((f"{number(one)}  ", "bold $accent"), (visible(one.heading, 400), "bold"))
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
        yield merges_words(review.merges, 400)
    yield from cautions(review)
    yield Content("")
    rows = list(rows_of(review, KeptReview()))
    for title, part in (("entry", "Entries"), ("file", "Files")):
        if some := [one.label for one in rows if one.part == part]:
            yield from _listed(title, some)
            yield Content("")
    new = [_finding(name, finding) for name, found in review.found for finding in found.new]
    yield from _listed("new finding", new) if new else ()


def _finding(name: str, finding: Finding) -> Content:
    return Content.assemble(
        (f"{finding.severity.glyph} ", SEVERITY_STYLES[finding.severity]),
        (f"{visible(name, 60)}: ", QUIET),
        visible(finding.message, 400),
    )


def _listed(noun: str, lines: Sequence[Content]) -> Iterator[Content]:
    yield Content.styled(plural(len(lines), noun), "bold")
    yield from (Content("  ") + line for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield Content.styled(f"  and {len(lines) - _MOST} more", QUIET)
