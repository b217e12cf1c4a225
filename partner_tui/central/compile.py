"""Compiles a manifest by the rules that are wished."""

from __future__ import annotations

from partner_tui.central.compiled import NEWEST, Cause, Compiled, Rules
from partner_tui.central.home import home_of
from partner_tui.central.rules_2021 import compile_2021
from partner_tui.central.rules_2024 import compile_2024
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Document

_BY_RULES = {"2024": compile_2024, "2021": compile_2021}


def compile_manifest(
    document: Document, files: CloneFiles, rules: Rules = NEWEST, branch: str | None = None
) -> Compiled:
    """What becomes of a manifest.

    Args:
        files: The clone, with what was fetched beside it; nothing else is read.
        branch: The clone's default branch, where the partner is not a known one.
    """
    root = document.data if isinstance(document.data, dict) else {}
    return _BY_RULES[rules](document, files, home_of(root, files, document.name, branch))


def unreadable(error: ManifestParseError, rules: Rules = NEWEST) -> Compiled:
    """What becomes of a manifest that cannot be read: nothing."""
    why = f"The CI could not read the manifest: {error.message.rstrip('.')}"
    return Compiled(rules, {}, ignored=Cause("unreadable", (), error.line, why, error.hint.rstrip(".")))
