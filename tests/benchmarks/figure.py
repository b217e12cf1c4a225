"""The lines that the benchmarks print."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and what it is held to, both in `unit`; None when it is only told."""

    section: str
    what: str
    value: float
    limit: float | None
    unit: str
    beside: str = ""

    def __str__(self) -> str:
        verdict = "" if self.limit is None else "ok" if self.value <= self.limit else "TOO MUCH"
        limit = "" if self.limit is None else f"{self.limit:g} {self.unit}"
        return f"{self.section:<7} {self.what:<52} {self.value:>8.2f} {self.unit:<4} {limit:>8} {verdict:<8} {self.beside}".rstrip()


def key_figure(
    section: str,
    presses: Sequence[float],
    when: str = "while entries are being checked",
    limit: float = 50,
) -> Figure:
    """How long it takes until a key is shown, of some presses in milliseconds."""
    ordered = sorted(presses)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    beside = f"median {statistics.median(ordered):.0f}, most {ordered[-1]:.0f}, {len(ordered)} presses"
    return Figure(section, f"a key is shown (95 %), {when}", p95, limit, "ms", beside)
