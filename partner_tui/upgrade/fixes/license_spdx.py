"""Licenses as SPDX ids: spellings of one are mended, anything else is asked, and never made up."""

from __future__ import annotations

import re
from typing import Any

from packaging.licenses import _spdx

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.question import Question

NAME = "license-spdx"
TITLE = "SPDX license ids"
WHY = "A license is an id of spdx.org/licenses, such as CC-BY-4.0 or MIT."
CLASS = "auto"

IN_CONFIG = "config"
_IDS: dict[str, str] = {id.lower(): one["id"] for id, one in _spdx.LICENSES.items()}
_SPELLINGS = {
    "apache": "Apache-2.0",
    "apache2": "Apache-2.0",
    "apache20": "Apache-2.0",
    "apachev2": "Apache-2.0",
    "apacheversion20": "Apache-2.0",
    "bsd2": "BSD-2-Clause",
    "bsd2clause": "BSD-2-Clause",
    "bsd3": "BSD-3-Clause",
    "bsd3clause": "BSD-3-Clause",
    "newbsd": "BSD-3-Clause",
    "simplifiedbsd": "BSD-2-Clause",
    "cc0": "CC0-1.0",
    "cc010": "CC0-1.0",
    "gplv2": "GPL-2.0",
    "gpl2": "GPL-2.0",
    "gplv3": "GPL-3.0",
    "gpl3": "GPL-3.0",
    "gnugplv3": "GPL-3.0",
    "gnugpl30": "GPL-3.0",
    "lgplv3": "LGPL-3.0",
    "lgpl3": "LGPL-3.0",
    "agplv3": "AGPL-3.0",
    "agpl3": "AGPL-3.0",
}
"""Spellings that can mean one license alone, without case and punctuation."""
del _SPELLINGS["apache"]


def spdx(text: str) -> str | None:
    """The id that a spelling can only mean; None for anything else."""
    given = text.strip()
    if given.lower() in _IDS:
        return _IDS[given.lower()]
    letters = re.sub(r"^the|licen[cs]e|version", "", re.sub(r"[^a-z0-9]", "", given.lower()))
    if letters in _SPELLINGS:
        return _SPELLINGS[letters]
    same = {id for lower, id in _IDS.items() if re.sub(r"[^a-z0-9]", "", lower) == letters}
    return same.pop() if len(same) == 1 else None


def fix(draft: Draft) -> None:
    license = draft.data.get("license")
    if not isinstance(license, str) or license in _IDS.values():
        return
    answer = spdx(license)
    if answer is None:
        answer = draft.ask(
            Question(
                f"{NAME}:{license}",
                NAME,
                f"Which SPDX license is “{license[:80]}”?",
                WHY,
                proposal=IN_CONFIG,
                derived="it is no SPDX id and no known spelling of one; it would be kept word for word in config",
                check=_objection,
            )
        )
        if answer == IN_CONFIG:
            draft.to_config("license", draft.data.pop("license"))
            return
    draft.data["license"] = draft.respell(license, draft.adds(answer))


def _objection(answer: Any) -> str | None:
    if answer == IN_CONFIG or answer in _IDS.values():
        return None
    return "Type an id of spdx.org/licenses as it is spelled there, or config to keep the text there."
