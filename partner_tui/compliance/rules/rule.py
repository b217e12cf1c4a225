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

    def check_text(self, path: Path, text: str, manifest: Manifest, files: CloneFiles, /) -> Finding | None:
        """What it finds in the text at a path."""
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


def texts(manifest: Manifest) -> Iterator[tuple[Path, str]]:
    """Every text of the manifest with its path: of the root and `config` first, then entry by entry."""
    lists = manifest.entry_lists
    for name, value in manifest.fields.items():
        if isinstance(name, str) and name not in lists:
            yield from _texts(value, (name,))
    for entry in manifest.entries:
        yield from _texts(entry.own, entry.path)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    # No generator in a generator in a generator: entries are many, and aliases may nest deeply.
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        here, value = waiting.pop()
        if isinstance(value, str):
            yield here, value
        elif isinstance(value, dict):
            waiting += [((*here, key), part) for key, part in reversed(value.items()) if isinstance(key, str)]
        elif isinstance(value, list):
            waiting += [((*here, place), part) for place, part in reversed([*enumerate(value)])]


def within(manifest: Manifest, path: Path) -> Path:
    """A path without the part that leads to its entry."""
    lists = {entry.path[0] for entry in (*manifest.entries[:1], *manifest.entries[-1:]) if entry.path}
    if path and path[0] in lists:
        cut = next((place for place, part in enumerate(path) if isinstance(part, int)), -1) + 1
        return path[cut:]
    return path
