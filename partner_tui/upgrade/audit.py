"""Nothing lost, nothing invented: every scalar of the old entry is found in the new one, and the reverse.

A fix may respell a scalar, drop one that stands elsewhere, or add one, only by saying so on the draft; whatever else
differs stops the write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from partner_tui.manifest.values import frozen
from partner_tui.upgrade.draft import Draft


def scalars(value: Any) -> Iterator[Any]:
    """Every scalar in a value that says something; null and empty text do not."""
    if isinstance(value, dict):
        for one in value.values():
            yield from scalars(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from scalars(one)
    elif value is not None and value != "":
        yield value


def lost(draft: Draft, contents: Iterable[str] = ()) -> tuple[str, ...]:
    """The scalars of the old data that are nowhere in the new.

    Args:
        draft: After all fixes.
        contents: The texts of the files that were created for it.
    """
    texts = list(contents)
    left = Counter(map(frozen, scalars(draft.data)))
    present = frozenset(left)
    missing = [old for old in scalars(draft.old) if not _take(left, frozen(old))]
    respelled = [(frozen(old), frozen(new)) for old, new in draft.respelled]
    repeated = Counter(map(frozen, draft.repeated))
    return tuple(
        str(old)
        for old in missing
        if not _respelled(frozen(old), respelled, left)
        and not (frozen(old) in present and _take(repeated, frozen(old)))
        and not any(str(old) in text for text in texts)
    )


def invented(draft: Draft) -> tuple[str, ...]:
    """The scalars of the new data that come from nowhere."""
    known = {frozen(one) for one in scalars([draft.old, draft.added])}
    known |= {frozen(new) for _, new in draft.respelled}
    return tuple(str(new) for new in scalars(draft.data) if frozen(new) not in known)


def _take(counter: Counter[Hashable], key: Hashable) -> bool:
    if counter[key] > 0:
        counter[key] -= 1
        return True
    return False


def _respelled(old: Hashable, pairs: list[tuple[Hashable, Hashable]], left: Counter[Hashable]) -> bool:
    """Whether a chain of respellings leads from a scalar to one that is there; each link serves once."""
    for place, (before, after) in enumerate(pairs):
        if before == old:
            rest = pairs[:place] + pairs[place + 1 :]
            if _take(left, after) or _respelled(after, rest, left):
                pairs.remove((before, after))
                return True
    return False
