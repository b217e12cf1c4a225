"""A version is text: of `version: 1.20` YAML makes the number 1.2. What is no version is kept in config."""

from __future__ import annotations

from packaging.version import InvalidVersion, Version

from partner_tui.upgrade.draft import Draft

NAME = "version-to-text"
TITLE = "Quote versions"
WHY = "A version is text, written as it is in the file."
CLASS = "auto"


def fix(draft: Draft) -> None:
    version = draft.data.get("version")
    if version is None or isinstance(version, dict | list):
        return
    text = version if isinstance(version, str) else draft.context.token(("version",)) or str(version)
    try:
        Version(text)
    except InvalidVersion:
        return
    draft.data["version"] = draft.respell(version, text)
