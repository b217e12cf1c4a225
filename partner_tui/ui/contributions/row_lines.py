"""Draws a contribution in the list: what it is, and what is known of it by now, in the cells of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from textual.content import Content
from textual.style import Style

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import State
from partner_tui.plain import short_age, visible
from partner_tui.ui.contributions.columns import GAP, INDENT, Layout, ListColumn
from partner_tui.ui.review.about import number
from partner_tui.ui.widgets.distinct import cut
from partner_tui.workspace.contributions.listed import Row

QUIET = "$foreground 60%"
CHECKS = {"success": ("✓", "$success"), "failure": ("✗", "$error"), "pending": ("…", "$warning")}
"""What checks said taken together, as a sign and its style."""
STATES = {
    State.OPEN: ("●", "$success"),
    State.PROBABLY_OPEN: ("○", "$success"),
    State.UNKNOWN: ("?", QUIET),
}
"""What is known of the state of one that waits."""
MERGES_SHORT = {
    "git": ("✓ by git", "$success"),
    "entries": ("✓ by entry", "$success"),
    "decision": ("▲ decision", "$warning"),
    "no": ("✗ cannot", "$error"),
}
TAKES_CARE = frozenset({"workflow", "executable", "hook", "link", "manifest", "script", "submodule"})
"""Of what a summary touches."""
NONE = Content.styled("–", QUIET)
"""In a cell: that there is nothing."""


def now() -> datetime:
    """What ages are counted to."""
    return datetime.now().astimezone()


def draw_heading(layout: Layout, sort: tuple[str, bool]) -> Content:
    """The headings of the columns, each a place to click; the one that is sorted by has an arrow."""

    def heading(column: ListColumn) -> Content:
        is_sorted = column.key == sort[0]
        words = f"{column.heading} {arrow(sort[1])}" if is_sorted else column.heading
        style = "bold $accent" if is_sorted else QUIET
        if column.key == "age":  # its cells are at the right, too
            words = words.rjust(column.width)
        cell = Content.styled(words, style).truncate(column.width + GAP - 1, pad=True)
        return cell.stylize(Style.from_meta({"column": column.key}))

    return _joined([[heading(column) for column in line] for line in layout], gap=1)


def arrow(is_reversed: bool) -> str:
    """Points where a column's largest is."""
    return "▾" if is_reversed else "▴"


def draw_row(row: Row, layout: Layout) -> Content:
    """A contribution in the lines of a layout."""
    return _joined(
        [
            [
                _CELLS[column.key](row, column.width).truncate(column.width, ellipsis=True, pad=True)
                for column in line
            ]
            for line in layout
        ],
        gap=GAP,
    )


def _joined(lines: Sequence[Sequence[Content]], *, gap: int) -> Content:
    first, *rest = [Content(" " * gap).join(line) for line in lines]
    return Content("\n" + " " * INDENT).join([first, *rest])


def _unknown(row: Row) -> Content:
    """What was not reviewed: what is over never will be, unless somebody selects it."""
    return Content("" if row.is_over else "…").stylize(QUIET)


def _number(row: Row, width: int) -> Content:
    sign, style = STATES.get(row.one.state, (" ", ""))
    return Content.assemble((sign, style), " ", (cut(number(row.one), width - 2), "bold $accent"))


def _title(row: Row, width: int) -> Content:
    is_draft = row.pull is not None and row.pull.is_draft and not row.is_over
    return Content.assemble(("draft ", "$warning") if is_draft else "", visible(row.one.heading, 200))


def _author(row: Row, width: int) -> Content:
    by_bot = " (bot)" if isinstance(row.one, Arrival) and row.one.by_bot else ""
    return Content.styled(f"{cut(visible(row.one.author, 80), max(4, width - len(by_bot)))}{by_bot}", QUIET)


def _age(row: Row, width: int) -> Content:
    return Content.styled(short_age(row.one.date, now()).rjust(width), QUIET)


def _entries(row: Row, width: int) -> Content:
    summary = row.summary
    if summary is None:
        return _unknown(row)
    if not summary.readable:
        return Content.styled("unreadable", "$error")
    counts = (("+", summary.added), ("~", summary.changed), ("-", summary.removed))
    words = " ".join(f"{sign}{count}" for sign, count in counts if count)
    return Content(words) if words else NONE


def _findings(row: Row, width: int) -> Content:
    summary = row.summary
    if summary is None:
        return _unknown(row)
    found = (
        ("✗", summary.errors, "$error"),
        ("▲", summary.warnings, "$warning"),
        ("✓", summary.resolved, "$success"),
    )
    words = [Content.styled(f"{sign}{count}", style) for sign, count, style in found if count]
    return Content(" ").join(words) if words else NONE


def _touches(row: Row, width: int) -> Content:
    if row.summary is None:
        return _unknown(row)
    words = [
        Content.styled("CI" if one == "workflow" else one, "$warning" if one in TAKES_CARE else "")
        for one in row.summary.touches
    ]
    return Content(", ").join(words) if words else NONE


def _merges(row: Row, width: int) -> Content:
    if row.is_over:
        return Content.styled("seen" if isinstance(row.one, Arrival) else str(row.one.state), QUIET)
    if not row.is_mergeable:
        return NONE
    return _unknown(row) if row.summary is None else Content.styled(*MERGES_SHORT[row.summary.merges])


def _forge(row: Row, width: int) -> Content:
    pull = row.pull
    if pull is None or row.is_over:
        return NONE
    words = [Content.styled("newer commits", "$warning")] if pull.head != row.one.head else []
    if pull.checks in CHECKS:
        words.append(Content.styled(f"checks {CHECKS[pull.checks][0]}", CHECKS[pull.checks][1]))
    words += [Content.styled(visible(one, 40), "$accent") for one in pull.reviews[:2]]
    words += [Content.styled(visible(one, 20), "$secondary") for one in pull.labels[:3]]
    return Content(", ").join(words) if words else NONE


def _verdict(row: Row, width: int) -> Content:
    return Content.styled(row.verdict, "$accent")


_CELLS: Mapping[str, Callable[[Row, int], Content]] = {
    "number": _number,
    "title": _title,
    "author": _author,
    "age": _age,
    "entries": _entries,
    "findings": _findings,
    "touches": _touches,
    "merges": _merges,
    "forge": _forge,
    "verdict": _verdict,
}
"""By the key of a column; each fits a width, in cells, as well as it can."""
