"""Fields under names that earlier formats and ImJoy plugins gave them."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_NAMES = {
    "cover": "covers",
    "author": "authors",
    "badge": "badges",
    "maintainer": "maintainers",
    "tag": "tags",
}


@fix(
    "old-names",
    "Rename old fields",
    "The fields are now called covers, authors and badges.",
    FixKind.AUTO,
)
def old_names(draft: Draft) -> None:
    for old, new in _NAMES.items():
        if old in draft.data and new not in draft.data:
            draft.data[new] = draft.data.pop(old)
