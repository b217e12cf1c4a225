"""`config.icon` is something that the website cannot show.

Source: the partner strip shows `icon` as a picture of 48 by 48; an emoji or a path ends in the site's own icon.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "icon"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    icon = manifest.partner.config.get("icon")
    if icon is None or (isinstance(icon, str) and icon.startswith(("https://", "http://", "static/"))):
        return
    what = "an emoji" if isinstance(icon, str) and icon and not icon.isascii() else "no URL"
    yield finding(
        NAME,
        Severity.WARNING,
        manifest,
        ("config", "icon"),
        f"The icon is {what}: the website shows its own instead",
        "Give the URL of a square picture",
    )
