"""Rules of the sites for the fields of `config`: the same list as the splash form's, with the same severities.

Source: `splash/site_rules.py`. What is only good to know while a field is typed (info) is left to the form.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.splash.site_rules import check_config

NAME = "site"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    if not manifest.partner.config:
        return
    for key, notices in check_config(manifest.partner.config).items():
        for notice in notices:
            if notice.severity == "info":
                continue
            path = ("config", key) if notice.index is None else ("config", key, notice.index)
            label = key if notice.index is None else f"{key}[{notice.index}]"
            message = f"{label}: {notice.text.removesuffix('.')}"
            yield finding(
                NAME, Severity(notice.severity), manifest, path, message, notice.hint.removesuffix(".")
            )
