"""One line below the tabs of every view for as long as the manifest cannot be read: where, and what that keeps from working."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from partner_tui.errors import ManifestParseError, PartnerTuiError
from partner_tui.plain import visible


class BrokenLine(Static):
    """Takes no room while the manifest can be read."""

    DEFAULT_CSS = """
    BrokenLine {
        height: 1; padding: 0 1; display: none; text-wrap: nowrap; text-overflow: ellipsis;
        background: $error 25%; color: $text;
    }
    """

    def show(self, name: str, broken: PartnerTuiError | None) -> None:
        """Show why the manifest of this name cannot be read; None when it can."""
        self.display = broken is not None
        if broken is not None:
            line = broken.line if isinstance(broken, ManifestParseError) else 0
            place = f", line {line}," if line else ""
            said = f"{visible(name)}{place} cannot be read. Not checked, not committed."
            self.update(Content.assemble(("✗ ", "bold $error"), said))
