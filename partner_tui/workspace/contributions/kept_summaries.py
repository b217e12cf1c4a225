"""Summaries of reviews, kept by content: a second start shows what is known at once."""

from __future__ import annotations

import json
from pathlib import Path

from partner_tui.compliance.cache import CHECKER_VERSION
from partner_tui.contributions.summary import Summary
from partner_tui.repository.private_files import keep_private, read_kept

_COUNTED = 2
"""Raise it where a review is summed up otherwise: what was kept before is worked out again."""
_MOST = 2000
_LARGEST = 20_000_000


class KeptSummaries:
    """The summaries of one clone.

    Args:
        library_version: Of the spec library: other ones find other things.
    """

    def __init__(self, state: Path, library_version: str) -> None:
        self._path = state / "contributions.json"
        self._version = f"{_COUNTED} {CHECKER_VERSION} {library_version}"
        self._kept: dict[str, Summary] = {}
        data = read_kept(self._path, _LARGEST)
        try:
            if data["version"] == self._version:
                read = ((key, Summary.from_json(value)) for key, value in data["summaries"].items())
                self._kept = {key: summary for key, summary in read if summary is not None}
        except (TypeError, KeyError, AttributeError):
            pass  # it is made again

    def find(self, head: str, target: str) -> Summary | None:
        """What is known of a head against a branch, both as commits."""
        return self._kept.get(f"{head} {target}")

    def add(self, head: str, target: str, summary: Summary) -> None:
        """Remember a summary; `keep` writes it."""
        self._kept[f"{head} {target}"] = summary
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]

    def keep(self) -> None:
        """Write all that is known, where anything can be written. Blocks; more may be added meanwhile."""
        kept = list(self._kept.items())
        data = {"version": self._version, "summaries": {key: summary.to_json() for key, summary in kept}}
        keep_private(self._path, json.dumps(data).encode())
