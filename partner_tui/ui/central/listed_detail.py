"""One entry's item in full: where it is, since when, what it shows otherwise, and what each tool made of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.widgets import Static

from partner_tui.central.listed import Row
from partner_tui.plain import plural, visible
from partner_tui.splash.card import site_link
from partner_tui.ui.central.item_view import ReadingPane
from partner_tui.ui.central.listed_list import RESULTS, STATES
from partner_tui.ui.review.field_list import FieldList, change_rows
from partner_tui.ui.theme_style import theme_style


class ListedDetail(ReadingPane):
    """What is known of the selected one."""

    _row: Row | None = None
    _tool = ""

    def show(self, row: Row | None, tool: str) -> None:
        """Show a row, the results of a tool first: the partner's own; None where there is none."""
        self._row, self._tool = row, tool
        self.scroll_home(animate=False)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        row = self._row
        self.query_one(Static).update(Group(*self._parts(row)) if row is not None else "")

    def _parts(self, row: Row) -> Iterator[RenderableType]:
        sign, style, words = STATES[row.state]
        yield Text(f"{sign} {words.capitalize()}", theme_style(self.app, style, bold=True))
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column()
        grid.add_column(ratio=1, overflow="fold")
        for name, value in _facts(row):
            grid.add_row(Text(name, theme_style(self.app, "$foreground 60%")), Text(visible(value, 600)))
        yield from (Text(""), grid, Text(""))
        if row.differences:
            yield self._heading(plural(len(row.differences), "difference"), "− site  + manifest")
            for change in row.differences[: FieldList.MOST]:
                yield change_rows(self.app, change, self.content_size.width)
            if (more := len(row.differences) - FieldList.MOST) > 0:
                yield Text(f"… and {more} more\n")
        if row.reports:
            yield self._heading("Compatibility", "newest release of each tool")
            yield from self._reports(row)

    def _heading(self, words: str, about: str) -> Text:
        quiet = theme_style(self.app, "$foreground 60%")
        return Text.assemble((words, theme_style(self.app, "$accent", bold=True)), (f"  {about}", quiet))

    def _reports(self, row: Row) -> Iterator[RenderableType]:
        quiet = theme_style(self.app, "$foreground 60%")
        for report in sorted(row.newest_reports, key=lambda one: one.tool.casefold() != self._tool):
            sign, style = RESULTS[report.result]
            words = f"{sign} {visible(report.tool, 30)} {visible(report.release, 30)}"
            score = "" if report.score is None else f"  score {report.score:.2f}"
            result = (report.result or "result not known").replace("-", " ")
            yield Text.assemble((words, theme_style(self.app, style)), (f"  {result}{score}", quiet))
            if report.error:
                yield Padding(Text(visible(report.error, 1_000, lines=True)), (0, 0, 0, 2))


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    """What is said of a row, line by line."""
    if row.state == "absent":
        yield "Why", "No item of bioimage.io has its id, nickname, DOI, source or name, or links to it."
    elif row.state == "unknown":
        yield "Why", "No item was found yet. Not every item has a summary here: press F to fetch them."
    elif row.state == "ambiguous":
        which = "item shares" if len(row.others) == 1 else "items share"
        yield "Why", f"{len(row.others)} {which} its {row.how}, and it is not clear which one it is."
        yield "Items", ", ".join(row.others)
    if (item := row.item) is None:
        return
    if row.name:
        yield "Name", row.name
    yield "Page", site_link(item.name)
    yield ("Named by" if row.index is None else "Found by"), row.how
    yield "Type", item.type
    first, newest = item.versions[0], item.newest
    since = f", since {newest.created:%Y-%m-%d}" if newest.created else ""
    yield "Version", f"{newest.name}{since}" + (f": {newest.comment}" if newest.comment else "")
    if first is not newest and first.created:
        yield "First listed", f"{first.created:%Y-%m-%d}, as {first.name}"
    if row.version is None:
        yield "Summary", "Not here, so nothing is compared. Press F to fetch it."
    elif row.is_partial:
        yield "Compared", "The entry's own fields: its source is not here. Press F in Entries to download it."
    if row.version is not None and row.version is not newest:
        yield "Summary", f"Of {row.version.name}: {newest.name} has none here."
    elif row.is_stale:
        yield "Summary", "The RDF was changed after the summary was made."
