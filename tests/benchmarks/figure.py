"""One line of what the benchmarks print."""

from __future__ import annotations

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
