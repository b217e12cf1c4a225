"""A review in a few numbers, as a list shows it and as it is kept between starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self, get_args

from partner_tui.compliance.finding import Severity
from partner_tui.contributions.files import care
from partner_tui.contributions.review import Merges, Review

_DOCUMENTS = (".md", ".rst", ".txt")
_NUMBERS = ("added", "changed", "removed", "errors", "warnings", "resolved")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a contribution does.

    Attributes:
        added, changed, removed: Entries; a renamed one is changed.
        errors, warnings: New findings; `resolved` are those that go.
        why: What keeps git from merging it, in one line; "" where nothing does.
        types: Of the entries that it touches.
        touches: What it changes besides entries: ``config``, ``docs``, ``files`` and the kinds of `files.care`.
        readable: Whether the manifest can be read on both sides.
    """

    added: int
    changed: int
    removed: int
    errors: int
    warnings: int
    resolved: int
    merges: Merges
    why: str = ""
    types: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    readable: bool = True

    @classmethod
    def of(cls, review: Review) -> Self:
        """Sum up a review."""
        there = (change.after or change.before for change, _ in review.touched)
        found = [changes for _, changes in review.found]
        new = [finding.severity for changes in found for finding in changes.new]
        return cls(
            *review.entry_counts,
            new.count(Severity.ERROR),
            new.count(Severity.WARNING),
            sum(len(changes.resolved) for changes in found),
            review.merges.how,
            review.merges.why or "",
            tuple(dict.fromkeys(one.type for one in there if one is not None and one.type)),
            tuple(dict.fromkeys(_touches(review))),
            not review.unreadable,
        )

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Any) -> Self | None:
        """What `to_json` gave; None for anything else, such as what an older version wrote."""
        try:
            made = cls(**{**data, "types": tuple(data["types"]), "touches": tuple(data["touches"])})
        except (TypeError, KeyError):
            return None
        sound = (
            all(isinstance(getattr(made, name), int) for name in _NUMBERS)
            and made.merges in get_args(Merges)
            and isinstance(made.why, str)
            and all(isinstance(word, str) for word in (*made.types, *made.touches))
        )
        return made if sound else None


def _touches(review: Review) -> Iterator[str]:
    if review.config:
        yield "config"
    for file in review.files:
        if kind := care(file, review.manifests):
            yield kind
        elif file.path not in review.manifests:
            yield "docs" if file.path.lower().endswith(_DOCUMENTS) else "files"
