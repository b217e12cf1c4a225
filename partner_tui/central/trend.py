"""How many entries were latest, outdated and invalid over the manifest's history, and which commits changed that.

A version that cannot be read has no counts: what changed in it belongs to the next commit whose version can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from partner_tui.comparison.matching import entry_name, match_entries
from partner_tui.compliance.status import Status
from partner_tui.manifest.entry import Manifest
from partner_tui.plain import plural, visible


@dataclass(frozen=True, slots=True)
class Judged:
    """A version of the manifest, and the status of each of its entries in file order."""

    manifest: Manifest
    statuses: Sequence[Status]


@dataclass(frozen=True, slots=True)
class Point:
    """A commit that changed the manifest, and what it did to the statuses.

    Attributes:
        counts: Of each status; none where the manifest cannot be read, and `problem` says why.
        upgraded: The entries that were there and became latest.
        broken: The entries that became invalid, or came so.
        added, removed: How many entries.
        is_cut: Whether what was before is not known.
    """

    commit: str
    author: str
    date: datetime
    subject: str
    counts: Mapping[Status, int] = field(default_factory=dict)
    upgraded: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    problem: str = ""
    is_cut: bool = False

    @property
    def entries(self) -> int:
        return sum(self.counts.values())

    def to_json(self) -> dict[str, Any]:
        return {
            "commit": self.commit,
            "author": self.author,
            "date": self.date.isoformat(),
            "subject": self.subject,
            "entries": self.entries,
            "statuses": {str(status): self.counts.get(status, 0) for status in Status},
            "became_latest": list(self.upgraded),
            "became_invalid": list(self.broken),
            "added": self.added,
            "removed": self.removed,
            "why": self.problem or None,
        }


@dataclass(frozen=True, slots=True)
class Trend:
    """A whole trend.

    Attributes:
        points: Newest first.
        is_cut: Whether older commits are not in this clone, or were not read.
        judge: Which release of the spec library judged.
    """

    branch: str
    points: Sequence[Point]
    is_cut: bool
    judge: str

    def by_author(self) -> dict[str, tuple[int, int]]:
        """How many entries became latest and how many invalid by each author's commits; who upgraded most comes first."""
        upgraded, broken = Counter[str](), Counter[str]()
        for point in self.points:
            upgraded[point.author] += len(point.upgraded)
            broken[point.author] += len(point.broken)
        names = sorted({*+upgraded, *+broken}, key=lambda name: (-upgraded[name], broken[name], name))
        return {name: (upgraded[name], broken[name]) for name in names}

    @property
    def title(self) -> str:
        """``12 commits of main that changed the manifest, 2020-07-03 to 2023-12-05``."""
        since = f", {self.points[-1].date:%Y-%m-%d} to {self.points[0].date:%Y-%m-%d}" if self.points else ""
        cut = "; there may be older ones" if self.is_cut else ""
        return f"{plural(len(self.points), 'commit')} of {visible(self.branch, 60)} that changed the manifest{since}{cut}"

    @property
    def note(self) -> str:
        return f"Judged by bioimageio.spec {self.judge}"

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``trend --format json``."""
        return {
            "schema": 1,
            "branch": self.branch,
            "complete": not self.is_cut,
            "bioimageio.spec": self.judge,
            "authors": [
                {"author": name, "became_latest": latest, "became_invalid": invalid}
                for name, (latest, invalid) in self.by_author().items()
            ],
            "commits": [point.to_json() for point in self.points],
        }


def read_points(versions: Iterable[tuple[Point, Judged | None]]) -> Iterator[Point]:
    """The points with their counts; each as soon as the version before it is known.

    Args:
        versions: Newest first: a point without counts, and the manifest after it; None where that cannot be read.
    """
    newer: tuple[Point, Judged] | None = None
    unread: list[Point] = []
    for point, judged in versions:
        if judged is None and newer is not None:
            unread.append(point)
            continue
        if newer is not None:
            yield _counted(*newer, judged)
        yield from unread
        unread.clear()
        newer = None if judged is None else (point, judged)
        if newer is None:
            yield point
    if newer is not None:
        yield _counted(*newer, None)
    yield from unread


def _counted(point: Point, after: Judged, before: Judged | None) -> Point:
    counted = Counter(after.statuses)
    point = replace(point, counts={status: counted[status] for status in Status if counted[status]})
    if before is None and point.is_cut:
        return point
    upgraded, broken, added, removed = [], [], 0, 0
    for old, new in _pairs(before, after):
        was = before.statuses[old.index] if before and old else None
        now = after.statuses[new.index] if new else None
        added += old is None
        removed += new is None
        if new is not None and was != now:
            if now is Status.LATEST and was is not None:
                upgraded.append(entry_name(new))
            elif now is Status.INVALID:
                broken.append(entry_name(new))
    return replace(
        point, upgraded=tuple(upgraded), broken=tuple(broken), added=added, removed=removed, is_cut=False
    )


def _pairs(before: Judged | None, after: Judged) -> Iterable[tuple[Any, Any]]:
    if before is None:
        return ((None, entry) for entry in after.manifest.entries)
    return match_entries(before.manifest, after.manifest)
