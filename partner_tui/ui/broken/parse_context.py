"""Shows the source lines around a YAML error: the lines around it, the line itself bright, a mark below the column."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.parse_context import context_lines

_STYLES = {
    "beside": ("$foreground 45%", "$foreground 75%"),
    "here": ("$error", "bold"),
    "mark": ("$error", "$error"),
}


class ParseContext(Static):
    """Takes no room for an error without a place."""

    DEFAULT_CSS = """
    ParseContext { margin: 1 0; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def show(self, error: ManifestParseError) -> None:
        lines = []
        for line in context_lines(error):
            gutter, text = _STYLES[line.role]
            lines.append(Content.assemble((line.gutter, gutter), (line.text, text)))
        self.display = bool(lines)
        self.update(Content("\n").join(lines))
