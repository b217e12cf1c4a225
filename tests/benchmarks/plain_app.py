"""The measure for the app: what Textual itself takes to show the same table. Run it with a JSON file of rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer


class PlainApp(App[None]):
    """One DataTable with the columns of the Entries view and nothing else."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Id", "Name", "Type", "Format", "Status", "!")
        table.add_rows(json.loads(Path(sys.argv[1]).read_text("utf-8")))


if __name__ == "__main__":
    PlainApp().run()
