"""A finding: one message about one place in the manifest or in an RDF of the clone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters: an error makes an entry or the page fail, a warning misleads its readers."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def glyph(self) -> str:
        return {Severity.ERROR: "✗", Severity.WARNING: "▲", Severity.INFO: "i"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and what to do.

    Args:
        rule: The rule's name, as in ``compliance/rules``, or ``spec`` for the spec library's own.
        path: Keys and indices from the root of the file.
        line: 1-based.
        column: 1-based.
        fix: The name of the fix that mends it, if one is known.
        file: The RDF's path in the clone; None for the manifest.
    """

    rule: str
    severity: Severity
    path: tuple[str | int, ...]
    line: int
    column: int
    message: str
    hint: str = ""
    fix: str | None = None
    file: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The shape that ``partner-tui check --format json`` documents."""
        shape: dict[str, Any] = {
            "rule": self.rule,
            "severity": str(self.severity),
            "path": list(self.path),
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
            "fix": self.fix,
        }
        if self.file is not None:
            shape["file"] = self.file
        return shape
