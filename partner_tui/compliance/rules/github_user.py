"""A person's ``github_user`` is the word None, or nothing.

Source: scripts wrote Python's None as text; the website then links to the account of that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding, texts
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "github-user-none"

_NOBODY = {"", "none", "null", "n/a", "na", "-"}


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for path, text in texts(manifest):
        if path[-1] == "github_user" and text.strip().lower() in _NOBODY:
            yield finding(
                NAME,
                Severity.WARNING,
                manifest,
                path,
                f"github_user is “{text.strip()}”, which is nobody",
                "Remove the line, or name the account",
            )
