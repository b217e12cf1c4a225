"""Draws a trend as stacked bars: as cells for a terminal, and as SVG for a report.

Blocks of our own, and no plotting library: a status is told by its cell without a colour, and the selected bar is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from partner_tui.central.trend import Point, Trend
from partner_tui.compliance.status import Status, sum_in_words
from partner_tui.plain import visible
from partner_tui.splash.drawing.embedding import markup

Run: TypeAlias = tuple[str, Status | None]
"""Cells of one look."""

UNREAD = "!"
"""In place of a bar where the manifest cannot be read."""
_WIDEST = 6
_WIDTH, _HEIGHT, _LEFT, _TOP = 960, 360, 48, 40


def draw_cells(
    points: Sequence[Point], count: int, width: int, height: int, selected: int | None = None
) -> list[list[Run]]:
    """The lines of a chart, the oldest bar on the left.

    Args:
        points: Newest first; those that are not known yet have an empty place.
        count: How many there will be.
        width, height: In cells; the last two lines are a mark below the selected bar, and the dates.
    """
    most = max((point.entries for point in points), default=0)
    label, shares = _columns(points, count, width)
    columns = len(shares)
    oldest_first: list[Point | None] = [*[None] * (count - len(points)), *reversed(points)]
    at = -1 if selected is None else count - 1 - selected
    shown = [
        oldest_first[at] if at in share else _shown(oldest_first[share.start : share.stop])
        for share in shares
    ]
    if columns >= 3 * count:  # a blank column ends each bar
        ends = [place for place, share in enumerate(shares) if shares[place + 1 : place + 2] != [share]]
        shown = [None if place in ends else point for place, point in enumerate(shown)]
    stacks = [_stack(point, most, height - 2) if point else () for point in shown]
    lines: list[list[Run]] = []
    for row in range(height - 3, -1, -1):
        number = most if row == height - 3 else 0 if row == 0 else ""
        line: list[Run] = [(f"{number:>{label - 1}} ", None)]
        for point, stack in zip(shown, stacks, strict=True):
            if row < len(stack):
                line.append((stack[row].fill, stack[row]))
            else:
                line.append((UNREAD if point and point.problem and not row else " ", None))
        lines.append(line)
    mark = next((place for place, share in enumerate(shares) if at in share), None)
    dates = [f"{points[end].date:%Y-%m-%d}" for end in (-1, 0)] if points else []
    foot = dates[-1:] if columns < 21 else [dates[0], " " * (columns - 20), dates[1]] if dates else []
    blank = " " * label
    marked = blank + ("" if mark is None else " " * mark + "▲")
    return [*lines, [(marked, None)], [(blank + "".join(foot), None)]]


def commit_at(points: Sequence[Point], count: int, width: int, column: int) -> int | None:
    """Which of some points has the bar in a column of a chart, as `draw_cells` draws it; None where there is no bar."""
    label, shares = _columns(points, count, width)
    share = shares[column - label] if 0 <= column - label < len(shares) else range(0)
    known = {count - 1 - at: points[count - 1 - at] for at in share if count - 1 - at < len(points)}
    return next((at for at in sorted(known) if not known[at].problem), min(known, default=None))


def _columns(points: Sequence[Point], count: int, width: int) -> tuple[int, list[range]]:
    """How wide the numbers at the left are, and which commits each column beside them is of."""
    label = len(str(max((point.entries for point in points), default=0))) + 1
    return label, _shares(count, max(1, min(width - label, count * _WIDEST)))


def _shares(count: int, columns: int) -> list[range]:
    """Which commits each column is of, from the oldest: neighbours share a column where there are few, or have several."""
    starts = [column * count // columns for column in range(columns + 1)]
    return [range(start, max(start + 1, end)) for start, end in pairwise(starts)]


def _shown(points: Sequence[Point | None]) -> Point | None:
    """The newest of some that can be read."""
    known = [point for point in points if point is not None]
    return next((point for point in reversed(known) if not point.problem), known[-1] if known else None)


def _stack(point: Point, most: int, height: int) -> tuple[Status, ...]:
    """The cells of a bar from its foot: as many as its entries need, one at least for each status that there is."""
    there = [status for status in Status if point.counts.get(status)]
    if not there:
        return ()
    room = max(len(there), round(point.entries * height / most))
    cells = {status: max(1, int(room * point.counts[status] / point.entries)) for status in there}
    while (left := room - sum(cells.values())) != 0:
        exact = {status: room * point.counts[status] / point.entries - cells[status] for status in there}
        if left > 0:
            cells[max(there, key=exact.__getitem__)] += 1
        else:
            cells[min((one for one in there if cells[one] > 1), key=exact.__getitem__)] -= 1
    return tuple(status for status in there for _ in range(cells[status]))


def draw_svg(trend: Trend) -> str:
    """The same as a picture that loads nothing; each bar tells its commit and numbers where it is pointed at."""
    points = trend.points
    most = max((point.entries for point in points), default=0) or 1
    room, foot = _WIDTH - _LEFT - 16, _HEIGHT - 56
    shares = _shares(len(points), max(1, min(len(points), room // 2)))
    shown = [_shown(points[::-1][share.start : share.stop]) for share in shares]
    step = room / max(1, len(shown))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        ' font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#1f2933">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">{_text(trend.title)}</text>',
        f'<path d="M{_LEFT} {_TOP}V{foot}H{_WIDTH - 16}" fill="none" stroke="#39434d"/>',
        *(
            f'<text x="{_LEFT - 6}" y="{y}" text-anchor="end">{number}</text>'
            for number, y in ((most, _TOP + 10), (0, foot))
        ),
    ]
    for place, point in enumerate(filter(None, shown)):
        lines += _svg_bar(point, _LEFT + 1 + place * step, step, foot, (foot - _TOP) / most)
    if points:
        dates = ((points[-1], _LEFT, "start"), (points[0], _WIDTH - 16, "end"))
        lines += (
            f'<text x="{x}" y="{foot + 16}" text-anchor="{anchor}">{point.date:%Y-%m-%d}</text>'
            for point, x, anchor in dates
        )
    for place, status in enumerate(Status):
        x = _LEFT + place * 110
        lines += (
            f'<rect x="{x}" y="{foot + 28}" width="11" height="11" fill="{status.ink}"/>',
            f'<text x="{x + 16}" y="{foot + 38}">{status}</text>',
        )
    lines.append(
        f'<text x="{_WIDTH - 16}" y="{foot + 38}" text-anchor="end" fill="#5a6672">{_text(trend.note)}</text>'
    )
    return "\n".join((*lines, "</svg>\n"))


def _svg_bar(point: Point, x: float, step: float, foot: int, scale: float) -> Iterator[str]:
    yield f"<g><title>{_text(f'{point.commit[:7]} {point.date:%Y-%m-%d} {point.author}: {sum_in_words(point.counts) or point.problem}')}</title>"
    y = float(foot)
    for status in Status:
        if number := point.counts.get(status, 0):
            y -= number * scale
            width = max(0.5, step - (1 if step > 3 else 0))
            yield (
                f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{number * scale:.2f}" fill="{status.ink}"/>'
            )
    yield "</g>"


def _text(text: str) -> str:
    return markup(visible(text, 200))
