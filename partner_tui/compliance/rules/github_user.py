"""A person's ``github_user`` is the word None, or nothing.

Source: scripts wrote Python's None as text; the website then links to the account of that name.
"""

from __future__ import annotations

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Path

NAME = "github-user-none"

_NOBODY = {"", "none", "null", "n/a", "na", "-"}


def check_text(
    inside: Path, key: str | int, text: str, manifest: Manifest, files: CloneFiles
) -> Finding | None:
    if key != "github_user" or text.strip().lower() not in _NOBODY:
        return None
    return finding(
        NAME,
        Severity.WARNING,
        manifest,
        (*inside, key),
        f"github_user is “{text.strip()}”, a placeholder, not an account",
        "Remove the line, or name the account",
    )
