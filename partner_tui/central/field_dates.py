"""Which commit gave each field of a config the value that it has now, and so which of two sides is newer.

A commit whose change did not come through a merge is passed over: it is the value that counts, not who touched the field last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from partner_tui.central.partners_json import FieldSides, field_of
from partner_tui.comparison.changes import ABSENT
from partner_tui.manifest.text.values import same

By = TypeVar("By")


@dataclass(frozen=True, slots=True)
class ConfigChange(Generic[By]):
    """A config before and after a commit; of a merge, before it on each side.

    Attributes:
        by: The commit.
    """

    by: By
    before: Sequence[Mapping[str, Any]]
    after: Mapping[str, Any]


def last_changes(
    now: Mapping[str, Any], keys: Collection[str], changes: Iterable[ConfigChange[By]]
) -> dict[str, By]:
    """The newest change of some fields to the value that they have now, or to none; what never changed is not in it.

    Args:
        changes: Newest first; no more of them are read than are needed.
    """
    found: dict[str, By] = {}
    wanted = set(keys)
    if not wanted:
        return found
    for change in changes:
        for key in sorted(wanted):
            value = field_of(now, key)
            if same(field_of(change.after, key), value) and not any(
                same(field_of(before, key), value) for before in change.before
            ):
                found[key] = change.by
                wanted.remove(key)
        if not wanted:
            break
    return found


def newer_side(
    field: FieldSides, here: datetime | None, central: datetime | None
) -> Literal["here", "central"] | None:
    """Which side was changed later; None where both are equal, were changed at once, or it is not known.

    Args:
        here, central: When the field got its value on each side; a side that never had the field has no date.
    """
    if field.is_equal or here == central:
        return None
    if here is None or central is None:
        if here is not None and field.central is ABSENT:
            return "here"
        return "central" if central is not None and field.here is ABSENT else None
    return "here" if here > central else "central"
