"""A URL ends in a punctuation mark.

Source: 14 historic entries name ``https://github.com/fiji/fiji,``; the spec accepts it, and the link leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, spelled, texts, within
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "url-punctuation"

_URL = re.compile(r"https?://\S+?([,;.>\"'\]|]+|\)+)")


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for path, text in texts(manifest):
        found = _URL.fullmatch(text)
        if found and not (found[1].startswith(")") and text.count("(") >= text.count(")")):
            yield finding(
                NAME,
                Severity.WARNING,
                manifest,
                path,
                f"{spelled(within(manifest, path))} ends in {found[1]}",
                "Remove it: it became part of the URL",
                NAME,
            )
