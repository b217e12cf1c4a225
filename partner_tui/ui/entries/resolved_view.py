"""Every field of an entry with where it comes from: the entry, the manifest's root, or its RDF."""

from __future__ import annotations

from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from partner_tui.manifest.editing.showing import as_yaml
from partner_tui.manifest.resolve import Origin, Resolved
from partner_tui.plain import plural, visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.side_list import scroll_keys

MAX_LINES = 40
MAX_FIELDS = 200


class ResolvedView(VerticalScroll):
    """A table of fields: name, value, origin in words."""

    DEFAULT_CSS = """
    ResolvedView { padding: 0 1; scrollbar-size-vertical: 1; Static { height: auto; } }
    """
    BINDINGS = [*scroll_keys("resolved")]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, resolved: Resolved) -> None:
        self.query_one(Static).update(
            self._fields(resolved) if resolved.data else Text("This entry has no fields.")
        )

    def _fields(self, resolved: Resolved) -> Group:
        name_style = theme_style(self.app, "$foreground 60%")
        width = min(20, max(len(str(field)) for field in resolved.data))
        parts: list[Text | Table] = []
        for origin, title in self._origins(resolved):
            fields = [field for field in resolved.data if resolved.origins.get(field, "own") == origin]
            if not fields:
                continue
            table = Table.grid(padding=(0, 2), expand=True)
            table.add_column(width=width, overflow="fold")
            table.add_column(ratio=1, overflow="fold")
            for field in fields[:MAX_FIELDS]:
                table.add_row(Text(visible(str(field), 60), name_style), Text(readable(resolved.data[field])))
            parts += [Text(title, theme_style(self.app, "$accent", bold=True)), table, Text("")]
        return Group(*parts)

    def _origins(self, resolved: Resolved) -> list[tuple[Origin, str]]:
        """Where fields come from, in words, what overrides first."""
        return [
            ("own", "From this entry"),
            ("rdf", f"From {visible(resolved.rdf_path or _elsewhere(resolved), 120)}"),
            ("root", "From the manifest's root"),
        ]


def _elsewhere(resolved: Resolved) -> str:
    """The address that its RDF was fetched from."""
    own = resolved.entry.own
    address = own.get("rdf_source") or own.get("source")
    return f"{address} (fetched copy)" if isinstance(address, str) else "its RDF"


def readable(value: Any) -> str:
    """A value as one would write it, bounded: texts as they are, lists and mappings as YAML."""
    text = value if isinstance(value, str) else as_yaml(value)
    lines = visible(text.rstrip("\n"), 20_000, lines=True).split("\n")
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"… {plural(len(lines) - MAX_LINES, 'more line')}"]
    return "\n".join(lines)
