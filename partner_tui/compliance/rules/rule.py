"""The type of a rule, and what rules share: placing a finding, and walking the texts of a manifest.

A rule looks at a whole manifest and yields findings by path; those inside an entry are shown with that entry, the
others with the manifest. It fetches nothing and changes no status: only the spec library's verdict does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Path, Position


class Rule(Protocol):
    """A module of this package: one thing that is asked of manifests.

    Attributes:
        NAME: How findings and the documentation name it.
    """

    NAME: str

    def check(self, manifest: Manifest, files: CloneFiles, /) -> Iterator[Finding]:
        """Its findings, in file order."""
        ...


class TextRule(Protocol):
    """A module that looks at one text at a time, wherever it stands; the manifest is walked once for all of them."""

    NAME: str

    def check_text(
        self, inside: Path, key: str | int, text: str, manifest: Manifest, files: CloneFiles, /
    ) -> Finding | None:
        """What it finds in a text.

        Args:
            inside: The path of the mapping or list that has the text; most texts are fine, and need no path of their own.
            key: The key or index of the text there.
        """
        ...


def finding(
    rule: str,
    severity: Severity,
    manifest: Manifest,
    path: Path,
    message: str,
    hint: str = "",
    fix: str | None = None,
    position: Position | None = None,
) -> Finding:
    """A finding at a path of the manifest; at its nearest parent when nothing stands there."""
    where = position or manifest.document.position(path)
    return Finding(rule, severity, path, where.line, where.column, message, hint, fix)


def texts(manifest: Manifest) -> Iterator[tuple[Path, str | int, str]]:
    """Every text of the manifest with the path of what holds it and its key: first the root's, then entry by entry."""
    lists = manifest.entry_lists
    fields = manifest.fields.items()
    waiting: list[tuple[Path, Any]] = [(entry.path, entry.own) for entry in reversed(manifest.entries)]
    waiting.append(((), {name: value for name, value in fields if name not in lists}))
    while waiting:
        here, value = waiting.pop()
        is_list = isinstance(value, list)
        for key, part in enumerate(value) if is_list else value.items():
            if not (is_list or isinstance(key, str)):  # what has no text for a key is a finding of its own
                continue
            if isinstance(part, str):
                yield here, key, part
            elif isinstance(part, dict | list):
                waiting.append(((*here, key), part))


def within(manifest: Manifest, path: Path) -> Path:
    """A path without the part that leads to its entry."""
    lists = {entry.path[0] for entry in (*manifest.entries[:1], *manifest.entries[-1:]) if entry.path}
    if path and path[0] in lists:
        cut = next((place for place, part in enumerate(path) if isinstance(part, int)), -1) + 1
        return path[cut:]
    return path
