"""A URL ends in a punctuation mark.

Source: 14 historic entries name ``https://github.com/fiji/fiji,``; the spec accepts it, and the link leads nowhere.
"""

from __future__ import annotations

import re

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, within
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Path, spelled

NAME = "url-punctuation"

_MARKS = (*",;.>\"']|)",)
_URL = re.compile(r"https?://\S+?([,;.>\"'\]|]+|\)+)")


def check_text(
    inside: Path, key: str | int, text: str, manifest: Manifest, files: CloneFiles
) -> Finding | None:
    found = _URL.fullmatch(text) if text.endswith(_MARKS) else None
    if found is None or (found[1].startswith(")") and text.count("(") >= text.count(")")):
        return None
    path = (*inside, key)
    return finding(
        NAME,
        Severity.WARNING,
        manifest,
        path,
        f"{spelled(within(manifest, path))} ends with a stray {found[1]}",
        "Remove it: it is part of the URL",
        NAME,
    )
