"""One contribution as a list shows it, and the filter over such rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.summary import Summary


@dataclass(frozen=True, slots=True)
class Row:
    """A contribution, what is known of it by now, and what the reviewer decided.

    Attributes:
        summary: None while it is not reviewed by the machine.
        verdict: The reviewer's, in a word or two; "" where there is none.
        pull: What the forge said of it last; None where it said nothing.
    """

    one: Contribution
    summary: Summary | None = None
    verdict: str = ""
    pull: PullRequest | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by, whatever becomes known of it."""
        return self.one.kind, self.one.name

    @property
    def is_over(self) -> bool:
        """Whether it was merged, closed or seen."""
        return self.one.is_over

    @property
    def is_merged_here(self) -> bool:
        """Whether it was merged on this machine; it is over once that is pushed."""
        return not self.is_over and self.verdict in ("merged", "squashed")

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be reviewed."""
        return not self.is_over and not self.is_merged_here

    @property
    def is_mergeable(self) -> bool:
        """Whether it is still to be merged; what arrived by itself is on the branch already."""
        return self.is_waiting and not isinstance(self.one, Arrival)

    @property
    def order(self) -> tuple[bool, datetime]:
        """For a list that begins with the largest: those that are open first, then the newest."""
        return self.one.is_open, self.one.date


def count_waiting(rows: Iterable[Row]) -> int:
    """How many are still to be reviewed, what arrived among them: as the tab of the view and the start screen say it."""
    return sum(row.is_waiting for row in rows)


_ALSO: Mapping[str, str] = {
    "probably-open": "open",
    "workflow": "ci",
    "docs": "documentation",
    "entries": "entry",
    "no": "cannot",
}
"""What else a value is called, as in the list."""
_ANYWHERE = ("author", "label")
"""Keys whose value may begin anywhere in a word."""
_TESTS: Mapping[str, Callable[[Row], Iterable[str]]] = {
    "state": lambda row: [str(row.one.state)],
    "author": lambda row: [row.one.author.casefold()],
    "type": lambda row: row.summary.types if row.summary else (),
    "touches": lambda row: row.summary.touches if row.summary else (),
    "new": lambda row: [one for one in ("errors", "warnings") if row.summary and getattr(row.summary, one)],
    "label": lambda row: [one.casefold() for one in row.pull.labels] if row.pull else (),
    "checks": lambda row: [row.pull.checks] if row.pull else (),
    "draft": lambda row: ["yes" if row.pull and row.pull.is_draft else "not"],
    "merges": lambda row: [row.summary.merges] if row.summary else (),
}
KEYS = tuple(_TESTS)
_PART = re.compile(r'(-?)(?:([a-z]+):)?("[^"]*"?|[^\s"]+)', re.IGNORECASE)


def select(rows: Iterable[Row], line: str) -> tuple[Sequence[Row], str]:
    """The rows that a filter line leaves, and what in the line is not understood, in a sentence.

    A line such as ``state:open touches:ci -author:bot words``; a comma means "or".
    """
    parts = [
        (sign == "-", key.casefold(), [one for one in value.strip('"').casefold().split(",") if one])
        for sign, key, value in _PART.findall(line)
        if key or value.rstrip(":").casefold() not in _TESTS  # what follows the colon is not typed yet
    ]
    unknown = next((key for _, key, _ in parts if key and key not in _TESTS), None)
    problem = f"“{unknown}:” is not a filter. Filters: {', '.join(KEYS)}." if unknown else ""

    def fits(row: Row) -> bool:
        return all(_fits(row, key, values) != negated for negated, key, values in parts if key != unknown)

    return [row for row in rows if fits(row)], problem


def _fits(row: Row, key: str, values: Sequence[str]) -> bool:
    if not key:
        words = f"{row.one.name}\n{row.one.title}\n{row.one.author}".casefold()
        return all(
            value in words or (value[0] in "#!" and row.one.name.casefold().startswith(value[1:]))
            for value in values
        )
    said = [*_TESTS[key](row)]
    said += [_ALSO[word] for word in said if word in _ALSO]
    begins = str.__contains__ if key in _ANYWHERE else str.startswith
    return any(begins(word, value) for word in said for value in values)


_MERGES = ("git", "entries", "decision", "no")
_CHECKS = ("failure", "pending", "success")
ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "number": lambda row: (
        not row.one.name.isdigit(),
        int(row.one.name[:18]) if row.one.name.isdigit() else 0,
    ),
    "title": lambda row: row.one.title.casefold(),
    "author": lambda row: row.one.author.casefold(),
    "age": lambda row: row.one.date,
    "entries": lambda row: (
        -(row.summary.added + row.summary.changed + row.summary.removed) if row.summary else 1
    ),
    "findings": lambda row: (-row.summary.errors, -row.summary.warnings) if row.summary else (1, 0),
    "touches": lambda row: (
        -len(row.summary.touches) if row.summary else 1,
        row.summary.touches if row.summary else (),
    ),
    "merges": lambda row: _MERGES.index(row.summary.merges) if row.summary else len(_MERGES),
    "forge": lambda row: (
        _CHECKS.index(row.pull.checks) if row.pull and row.pull.checks in _CHECKS else len(_CHECKS)
    ),
    "verdict": lambda row: (not row.verdict, row.verdict),
}


def sort_rows(rows: Iterable[Row], column: str, reverse: bool) -> list[Row]:
    """Rows in the order of a column (a key of ORDERS; "" is the order that they have): what is most comes first."""
    order = ORDERS.get(column)
    if order is None:
        return list(reversed(list(rows))) if reverse else list(rows)
    return sorted(rows, key=order, reverse=reverse)
