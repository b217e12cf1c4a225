"""An item as JSON, each field with where it comes from; or why there is none."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from partner_tui.central.compiled import Layer, Origin, Outcome
from partner_tui.plain import plural, visible
from partner_tui.ui.central.outcome_list import SIGNS, WORDS
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.side_list import scroll_keys

_STYLES: dict[Layer, str] = {
    "entry": "$success",
    "root": "$warning",
    "rdf_source": "$accent",
    "plugin": "$accent",
    "rule": "$foreground 60%",
}
_MOST_LINES = 60


class ReadingPane(VerticalScroll):
    """A text that is scrolled with keys."""

    TITLE = "Item"
    DEFAULT_CSS = """
    ReadingPane { padding: 0 1; scrollbar-size-vertical: 1; Static { height: auto; } }
    """
    BINDINGS = [*scroll_keys("item")]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)


class ItemView(ReadingPane):
    """The JSON of an item, or the causes that there is none."""

    _row: Outcome | None = None

    def show(self, row: Outcome, fix: str) -> None:
        """Show a row, and what f does about it: "" for nothing but going to the line."""
        if self._row is not row:
            self.scroll_home(animate=False)
        self._row = row
        is_item = row.state == "item"
        self.query_one(Static).update(
            item_lines(self.app, row) if is_item else cause_lines(self.app, row, fix)
        )


def as_json(value: Any) -> str:
    """A value as the JSON of an item has it."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def item_lines(app: App[Any], outcome: Outcome) -> RenderableType:
    """The JSON, field by field; where a field comes from is behind the first line of it, or behind all of a long text."""
    lines = [Text("{")]
    last = len(outcome.item) - 1
    for number, (name, value) in enumerate(outcome.item.items()):
        written = visible(f"{json.dumps(name)}: {as_json(value)}", 20_000, lines=True).split("\n")
        if len(written) > _MOST_LINES:
            written = [*written[:_MOST_LINES], f"… {plural(len(written) - _MOST_LINES, 'more line')}"]
        shown = [Text(f"  {line}") for line in written]
        shown[0].stylize(theme_style(app, "$secondary"), 2, 2 + len(name) + 2)
        shown[-1].append("," if number < last else "")
        origin = _origin(app, outcome.origins.get(name, Origin("rule")))
        shown[0] = Text.assemble(shown[0], "  ← ", origin)
        lines += shown
    return Group(*lines, Text("}"))


def _origin(app: App[Any], origin: Origin) -> Text:
    note = f", {origin.note}" if origin.note else ""
    return Text.assemble(
        (origin.layer, theme_style(app, _STYLES[origin.layer])),
        (visible(note, 100), theme_style(app, "$foreground 60%")),
    )


def cause_lines(app: App[Any], row: Outcome, fix: str) -> RenderableType:
    """Why there is no item, each cause with its place, and what to do."""
    quiet = theme_style(app, "$foreground 60%")
    sign, style = SIGNS[row.state]
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column()
    grid.add_column(ratio=1, overflow="fold")
    for cause in row.causes:
        grid.add_row(Text(f"L{cause.line}", quiet), Text(visible(cause.why, 600)))
        grid.add_row("", Text(visible(cause.hint, 600), quiet))
        grid.add_row("", Text(f"rule {cause.rule}", quiet))
        grid.add_row("", "")
    parts: list[RenderableType] = [
        Text.assemble((f"{sign} {WORDS[row.state]}", theme_style(app, style, bold=True))),
        Text(""),
        grid,
    ]
    if fix:
        parts.append(Text.assemble(("f ", theme_style(app, "$accent", bold=True)), visible(fix, 200)))
    return Group(*parts)
