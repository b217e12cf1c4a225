"""Small manifests, compiled; what the tables of the rules begin with."""

from __future__ import annotations

from collections.abc import Mapping

from partner_tui.central.compile import compile_manifest
from partner_tui.central.compiled import Compiled, Rules
from partner_tui.manifest.files import CloneFiles, FetchedOverlay
from partner_tui.manifest.text.document import Document
from tests.manifest.clone import Files

RAW = "https://raw.githubusercontent.com/owner/name/main"
ROOT = """\
format_version: 0.2.2
type: collection
name: Zoo
description: All of it
config: {id: zoo, logo: l.png}
"""


def compiled(
    text: str,
    texts: Mapping[str, str] | None = None,
    rules: Rules = "2024",
    *,
    slug: str | None = "owner/name",
    fetched: Mapping[str, str] | None = None,
) -> Compiled:
    """Compile a manifest in a clone that has some files, and some that were fetched."""
    files: CloneFiles = FetchedOverlay(Files(texts or {}, slug), (fetched or {}).get)
    return compile_manifest(Document.parse(text, "collection.yaml"), files, rules, "main")


def with_entries(entries: str) -> str:
    """A sound root, and entries below it, written as a block."""
    return f"{ROOT}collection:\n{entries}"
