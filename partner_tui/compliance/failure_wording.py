"""Words for an entry that the spec library's own code stops at: it says no place.

Source: what model v0_4 and v0_5 raise besides their errors for values of another type.
"""

from __future__ import annotations

import re

from partner_tui.compliance.place import Place, Words


def of_a_failure(place: Place) -> Words | None:
    """Words for an exception of Python that the library gives as an error; None for all others."""
    if place.loc or not any(
        re.fullmatch(r"[A-Z]\w*(?:Error|Exception)", error.kind) for error in place.errors
    ):
        return None
    if place.has("OSError"):
        return Words("A file name is too long to be one", "Shorten it")
    return Words(
        "The spec library cannot read this entry: a value is of another type than it expects",
        "Compare it with the spec of its format",
    )
