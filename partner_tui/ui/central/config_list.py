"""The fields of a config, this repository's value beside the central one; what differs comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual.widgets.option_list import Option

from partner_tui.manifest.editing.showing import as_yaml
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.review.field_list import SIDE_BY_SIDE, marked, sides, two_columns
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.diff_lines import Span
from partner_tui.ui.widgets.distinct import cut
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.workspace.central.config_sides import DatedField

HERE, CENTRAL = "This repository", "Central repository"
_FRAME = 3
"""Cells of a row that are its padding and the scrollbar."""
_INDENT = (0, 0, 0, 4)


class ConfigList(SideList):
    """One field to a row; marked ones are to be proposed centrally."""

    TITLE = "Fields"
    DEFAULT_CSS = "ConfigList { text-wrap: wrap; }"
    BINDINGS = [
        bind("space,enter", "select", "Mark", "config.mark", "Mark it for the central branch, or unmark it"),
        *cursor_keys("config", "field"),
    ]

    fields: Sequence[DatedField] = ()
    _marked: Collection[str] = ()

    @property
    def chosen(self) -> DatedField | None:
        """The field under the cursor."""
        at = self.highlighted
        return self.fields[at] if at is not None and at < len(self.fields) else None

    def show(self, fields: Sequence[DatedField], marked: Collection[str]) -> None:
        """Show fields; the cursor stays on its field, else at its line."""
        kept, place = self.chosen, self.highlighted or 0
        self.fields = sorted(fields, key=lambda one: one.sides.is_equal)
        self._marked = marked
        keys = [one.sides.key for one in self.fields]
        self._draw()
        found = keys.index(kept.sides.key) if kept and kept.sides.key in keys else place
        self.highlighted = min(found, len(keys) - 1) if keys else None

    def draw_all_again(self) -> None:
        at = self.highlighted
        self._draw()
        self.highlighted = at

    def _draw(self) -> None:
        self.set_options(Option(self._row(one)) for one in self.fields)

    def _row(self, field: DatedField) -> Group | Text:
        quiet, key = theme_style(self.app, "$foreground 60%"), visible(field.sides.key, 40)
        if field.sides.is_equal:
            value = field.sides.here
            words = visible(value if isinstance(value, str) else as_yaml(value, on_one_line=True))
            return Text(cut(f"  = {key:<20} {words}", max(1, self.size.width - _FRAME)), quiet)
        newer = theme_style(self.app, "$warning")
        mark = (
            ("✓ ", theme_style(self.app, "$accent", bold=True)) if field.sides.key in self._marked else "  "
        )
        name = Text.assemble(mark, ("≠ ", newer), (key, theme_style(self.app, "$secondary", bold=True)), "  ")
        old, new, out, into = sides(field.sides.here, field.sides.central)
        here, central = self._value(old, out), self._value(new, into)
        dates = [
            Text(_date(field.here, field.newer == "here", field.is_uncommitted)),
            Text(_date(field.central, field.newer == "central")),
        ]
        for side, date in zip(("here", "central"), dates, strict=True):
            date.stylize(newer if field.newer == side else quiet)
        if self.size.width >= SIDE_BY_SIDE:
            return Group(two_columns(name + dates[0], Text("    ") + dates[1], here, central), Text(""))
        heads = [Text.assemble((f"    {label}  ", quiet)) for label in (HERE, CENTRAL)]
        return Group(name, heads[0] + dates[0], here, heads[1] + dates[1], central, Text(""))

    def _value(self, text: str | None, spans: Sequence[Span]) -> Padding:
        """A value, with what differs in it marked; a value that stands alone is marked as a whole."""
        style = theme_style(self.app, "$accent")
        if text is None:
            return Padding(Text("not there", theme_style(self.app, "$foreground 60%")), _INDENT)
        return Padding(marked(text, spans, style), _INDENT)


def _date(date: datetime | None, is_newer: bool, is_uncommitted: bool = False) -> str:
    words = "uncommitted" if is_uncommitted else f"{date:%Y-%m-%d}" if date else ""
    return f"{words}  newer".strip() if is_newer else words
