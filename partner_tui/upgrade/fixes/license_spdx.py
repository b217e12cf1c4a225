"""Licenses as SPDX ids: spellings of one are mended, anything else is asked, and never made up."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from packaging.licenses import _spdx

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

IN_CONFIG = "config"
_IDS: dict[str, str] = {id.lower(): one["id"] for id, one in _spdx.LICENSES.items()}
_SPELLINGS = {
    "bsd2": "BSD-2-Clause",
    "bsd3": "BSD-3-Clause",
    "2clausebsd": "BSD-2-Clause",
    "3clausebsd": "BSD-3-Clause",
    "newbsd": "BSD-3-Clause",
    "simplifiedbsd": "BSD-2-Clause",
    "cc0": "CC0-1.0",
    "cczero10universal": "CC0-1.0",
}
"""Spellings that can mean one license alone and have nothing of its id, without case and punctuation."""
_ABBREVIATED = {
    "apachesoftware": "apache",
    "creativecommons": "cc",
    "attribution": "by",
    "noncommercial": "nc",
    "noderivatives": "nd",
    "noderivs": "nd",
    "sharealike": "sa",
    "international": "",
    "unported": "",
    "lessergeneralpublic": "lgpl",
    "afferogeneralpublic": "agpl",
    "generalpublic": "gpl",
    "mozillapublic": "mpl",
    "gnu": "",
}
"""Words of a license's full name, and what its id has for them."""

_PAGE = re.compile(r"https?://(?:www\.)?(?:(creativecommons)|opensource|spdx)\.org/licen[cs]es?/")
"""A license's page; its id stands behind, for Creative Commons without the CC."""


def spdx(text: str) -> str | None:
    """The id that a spelling can only mean; None for anything else."""
    given = text.strip().lower()
    if given in _IDS:
        return _IDS[given]
    letters = re.sub(r"^the\b|licen[cs]e|version|v(?=\d)|[^a-z0-9+]", "", _PAGE.sub(r"\1", given))
    for word, short in _ABBREVIATED.items():
        letters = letters.replace(word, short)
    if letters in _SPELLINGS:
        return _SPELLINGS[letters]
    return _BY_LETTERS.get(letters) or _BY_LETTERS.get(f"{letters}0")


_LETTERS = {lower: re.sub(r"[^a-z0-9+]", "", lower) for lower in _IDS}
_SHARED = {letters for letters, count in Counter(_LETTERS.values()).items() if count > 1}
_BY_LETTERS = {letters: _IDS[lower] for lower, letters in _LETTERS.items() if letters not in _SHARED}
"""The ids by their letters and digits; those that share them are left out."""


@fix(
    "license-spdx",
    "Use SPDX license ids",
    "A license is an id of spdx.org/licenses, such as CC-BY-4.0 or MIT.",
    FixKind.AUTO,
)
def license_spdx(draft: Draft) -> None:
    license = draft.data.get("license")
    if not isinstance(license, str) or license in _IDS.values():
        return
    answer = spdx(license)
    if answer is None:
        answer = draft.ask(
            f"{license_spdx.name}:{license}",
            license_spdx.name,
            f"Which SPDX license is “{license[:80]}”?",
            license_spdx.why,
            proposal=IN_CONFIG,
            derived="not a known license; the text would be moved to config",
            check=_objection,
        )
        if answer == IN_CONFIG:
            draft.to_config("license", draft.data.pop("license"))
            return
    draft.data["license"] = draft.respell(license, draft.adds(answer))


def _objection(answer: Any) -> str | None:
    if answer == IN_CONFIG or answer in _IDS.values():
        return None
    return "Type an id of spdx.org/licenses as it is spelled there, or config to keep the text there."
