"""Draws a contribution in the list: what it is, and below it what is known of it by now."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.summary import Summary
from partner_tui.plain import age, visible
from partner_tui.ui.review.about import MERGES, number
from partner_tui.workspace.contributions.listed import Row

QUIET = "$foreground 60%"
CHECKS = {"success": ("✓", "$success"), "failure": ("✗", "$error"), "pending": ("…", "$warning")}
"""What checks said taken together, as a sign and its style."""


def now() -> datetime:
    """What ages are counted to."""
    return datetime.now().astimezone()


def two_lines(row: Row, width: int) -> Content:
    """A contribution in two lines of a width, in cells."""
    when = age(row.one.date, now())
    name = visible(number(row.one), 24)
    room = max(8, width - cell_len(name) - 2 - len(when) - 1)
    title = Content(visible(row.one.title, 200)).truncate(room, ellipsis=True)
    gap = " " * max(1, room - cell_len(title.plain) + 1)
    first = Content.assemble((name, "bold $accent"), "  ", title, gap, (when, QUIET))
    second = Content("  ") + Content.styled(" · ", QUIET).join(_known_words(row))
    return Content("\n").join([first, second.truncate(width, ellipsis=True)])


def _known_words(row: Row) -> list[Content]:
    """What is known of a contribution in a few words, what matters most first."""
    words = [Content.styled(row.verdict, "$accent")] if row.verdict else []
    if isinstance(row.one, Arrival) and row.summary is not None:
        if row.summary.counts == "+0 ~0 -0":
            words.append(Content.styled("entries unchanged", QUIET))
    elif row.is_over:
        words.append(Content.styled(str(row.one.state), QUIET))
    elif row.summary is None:
        words.append(Content.styled("not reviewed yet", QUIET))
    else:
        words.append(Content.styled(*MERGES[row.summary.merges]))
    if row.pull is not None and not row.is_over:
        words += _of_forge(row, row.pull)
    if row.summary is not None:
        words += _of_summary(row.summary)
    by_bot = " (bot)" if isinstance(row.one, Arrival) and row.one.by_bot else ""
    words.append(Content.styled(f"{visible(row.one.author, 24)}{by_bot}", QUIET))
    return words


def _of_forge(row: Row, pull: PullRequest) -> list[Content]:
    words = [Content.styled("draft", "$warning")] if pull.is_draft else []
    if pull.head != row.one.head:
        words.append(Content.styled("newer on the forge", "$warning"))
    if pull.checks in CHECKS:
        words.append(Content.styled(f"checks {CHECKS[pull.checks][0]}", CHECKS[pull.checks][1]))
    words += [Content.styled(visible(one, 40), "$accent") for one in pull.reviews[:2]]
    return words + [Content.styled(visible(one, 20), "$secondary") for one in pull.labels[:3]]


def _of_summary(summary: Summary) -> list[Content]:
    words = [Content(summary.counts)] if summary.added or summary.changed or summary.removed else []
    if not summary.readable:
        words.append(Content.styled("manifest not readable", "$error"))
    if summary.errors:
        words.append(Content.styled(f"✗ {summary.errors} new", "$error"))
    if summary.warnings:
        words.append(Content.styled(f"▲ {summary.warnings} new", "$warning"))
    if summary.resolved:
        words.append(Content.styled(f"✓ {summary.resolved} resolved", "$success"))
    if summary.touches:
        others = ["CI" if one == "workflow" else one for one in summary.touches]
        words.append(Content(", ".join(others)))
    return words
