"""Checks that an upgrade neither loses nor adds values: every scalar of the old entry is found in the new one, and the reverse.

A fix may respell a scalar, drop one that stands elsewhere, or add one, only by saying so on the draft; whatever else
differs stops the write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any

from partner_tui.manifest.text.scalars import as_text, other_text
from partner_tui.manifest.text.tokens import YAML_1_2
from partner_tui.manifest.text.values import frozen, scalars_in
from partner_tui.upgrade.draft import Draft


def scalars(value: Any) -> list[Any]:
    """Every scalar in a value that says something; null and empty text do not."""
    return [one for one in scalars_in(value) if one is not None and one != ""]


def lost(draft: Draft, contents: Iterable[str] = ()) -> tuple[str, ...]:
    """The scalars of the old data that are nowhere in the new.

    Args:
        draft: After all fixes.
        contents: The texts of the files that were created for it.
    """
    texts = list(contents)
    left = Counter(map(frozen, scalars(draft.data)))
    present = frozenset(left)
    missing = [old for old in scalars([draft.old, draft.kept]) if not _take(left, frozen(old))]
    accepted = _accepted(draft)
    respelled = [(frozen(old), frozen(new)) for old, new in accepted]
    repeated = [(frozen(gone), frozen(standing)) for gone, standing in draft.repeated]
    return tuple(
        str(old)
        for old in missing
        if not any(
            _take(left, spelling) or _repeats(spelling, repeated, respelled, present)
            for spelling in _spellings(frozen(old), respelled)
        )
        and not any(str(one) in text for one in [old, *_respelled(old, accepted)] for text in texts)
    )


def invented(draft: Draft) -> tuple[str, ...]:
    """The scalars of the new data that come from nowhere."""
    known = {frozen(one) for one in scalars([draft.old, draft.kept, draft.added])}
    known |= {frozen(new) for _, new in _accepted(draft)}
    return tuple(str(new) for new in scalars(draft.data) if frozen(new) not in known)


def _respelled(old: Any, accepted: list[tuple[Any, Any]]) -> list[Any]:
    """What a scalar was respelled to at once."""
    return [after for before, after in accepted if frozen(before) == frozen(old)]


def _accepted(draft: Draft) -> list[tuple[Any, Any]]:
    """The respellings that can be: text from text by the fix's rule, what was answered or looked up, and the value itself."""
    added = {frozen(one) for one in scalars(draft.added)}
    return [pair for pair in draft.respelled if frozen(pair[1]) in added or _is_respelling(*pair)]


def _is_respelling(old: Any, new: Any) -> bool:
    """Whether of two scalars that are not both text, the text is the other's token, or reads as it."""
    if isinstance(old, str) is isinstance(new, str):
        return isinstance(old, str) or bool(old == new)
    text, value = (old, new) if isinstance(old, str) else (new, old)
    if text == as_text(value) or (not isinstance(value, set | tuple) and text == other_text(value)):
        return True
    token = text.strip()
    try:
        return frozen(YAML_1_2.value(YAML_1_2.tag(token), token)) == frozen(value)
    except (KeyError, ValueError):
        return False


def _take(counter: Counter[Hashable], key: Hashable) -> bool:
    if counter[key] > 0:
        counter[key] -= 1
        return True
    return False


def _spellings(scalar: Hashable, respelled: list[tuple[Hashable, Hashable]]) -> list[Hashable]:
    """A scalar and all that it was respelled to, one after the other."""
    found = [scalar]
    for spelling in found:
        found += [after for before, after in respelled if before == spelling and after not in found]
    return found


def _repeats(
    scalar: Hashable,
    repeated: list[tuple[Hashable, Hashable]],
    respelled: list[tuple[Hashable, Hashable]],
    present: frozenset[Hashable],
) -> bool:
    """Whether the scalar was removed for one that is still there; each removal serves once."""
    for place, (gone, standing) in enumerate(repeated):
        if gone == scalar and present.intersection(_spellings(standing, respelled)):
            del repeated[place]
            return True
    return False
