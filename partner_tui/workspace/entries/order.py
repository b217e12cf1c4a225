"""The order of entries by one column: what is worst or most comes first, what is missing last, ties in file order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from partner_tui.workspace.entries.filter import EntryFacts


def _text(text: str) -> tuple[bool, str]:
    return not text, text.casefold()


def _version(text: str) -> tuple[bool, tuple[int, ...], str]:
    return not text, tuple(int(part[:9]) for part in re.findall(r"\d+", text)), text


ORDERS: Mapping[str, Callable[[EntryFacts], object]] = {
    "id": lambda facts: _text(facts.id),
    "name": lambda facts: _text(facts.name),
    "type": lambda facts: _text(facts.type),
    "format": lambda facts: _version(facts.format_version),
    "status": lambda facts: facts.status.rank,
    "findings": lambda facts: -facts.findings,
}


def sort_entries(entries: Iterable[EntryFacts], column: str, reverse: bool) -> list[int]:
    """The indices of entries in the order of a column (a key of ORDERS; "" is file order)."""
    by_index = sorted(entries, key=lambda facts: facts.index)
    order = ORDERS.get(column)
    if order is not None:
        by_index.sort(key=order, reverse=reverse)  # type: ignore[arg-type]
    elif reverse:
        by_index.reverse()
    return [facts.index for facts in by_index]
