"""The seen commits of the default branch, kept between starts in the clone's folder of the user's state."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from partner_tui.contributions.kept import is_hash
from partner_tui.repository.private_files import read_kept, write_private

_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen.

    Attributes:
        head: All that this commit has was seen, as a full hash.
        date: When that was committed, with its zone; for when the commit itself is gone.
        commits: Hashes of newer commits that were marked one by one.
    """

    head: str
    date: datetime
    commits: frozenset[str] = frozenset()

    def marked(self, commits: Collection[str], is_seen: bool) -> Self:
        """With commits seen, or not seen again."""
        marked = self.commits.union(commits) if is_seen else self.commits.difference(commits)
        return replace(self, commits=marked)


def find_seen(state: Path) -> Seen | None:
    """What was seen; None at the first sight of a repository, or where it cannot be read."""
    data = read_kept(state / "seen.json", _LARGEST)
    try:
        hashes = [data["head"], *data["commits"]]
        date = datetime.fromisoformat(data["date"])
    except (ValueError, TypeError, KeyError):
        return None
    if date.tzinfo is None or not all(map(is_hash, hashes)):
        return None
    return Seen(hashes[0], date, frozenset(hashes[1:]))


def keep_seen(state: Path, seen: Seen) -> None:
    """Keep what was seen in place of what was before.

    Raises:
        PartnerTuiError: It cannot be written; what was kept before is there.
    """
    data = {"schema": 1, "head": seen.head, "date": seen.date.isoformat(), "commits": sorted(seen.commits)}
    write_private(state / "seen.json", json.dumps(data).encode())
