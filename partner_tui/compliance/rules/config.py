"""The manifest has no `config`, or an empty one.

Source: `config` holds the partner: id, name, icon and the whole splash screen come from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "config"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    data = manifest.document.data
    if not isinstance(data, dict):
        yield finding(
            NAME,
            Severity.ERROR,
            manifest,
            (),
            "The manifest is not a mapping",
            "Write it as `key: value` lines",
        )
    elif not isinstance(config := data.get("config"), dict):
        what = (
            "No config"
            if "config" not in data
            else "config is empty"
            if not config
            else "config is not a mapping"
        )
        yield finding(
            NAME,
            Severity.ERROR,
            manifest,
            ("config",),
            what,
            "It contains the partner's id, name and splash",
        )
