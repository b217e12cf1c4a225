"""The page Files: every file of the clone that a description names with a checksum, and whether that is right.

The files are read in the background once the page was looked at, and again when the manifest changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from partner_tui.central.checksums import NamedFile, State
from partner_tui.errors import Cancelled
from partner_tui.plain import plural, visible
from partner_tui.ui.background import Running
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.workspace.central.checksums import list_named, read_named, write_checksums

_STATES: dict[State, tuple[str, str, str]] = {
    "wrong": ("✗", "$error", "wrong sha256"),
    "absent": ("?", "$warning", "no such file"),
    "unstated": ("◐", "$warning", "no sha256"),
    "right": ("●", "$success", "right"),
}
"""Sign, colour and words of each, in the order of the list."""
_LONGEST = 40


class FilesList(SideList):
    """The files, one line each; what is not right first."""

    TITLE = "Files"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="files.open", tooltip="Show the entry that names the file"),
        *cursor_keys("files", "file"),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.named: list[NamedFile] = []

    @property
    def chosen(self) -> NamedFile | None:
        """The file under the cursor."""
        at = self.highlighted
        return self.named[at] if at is not None and at < len(self.named) else None

    def show(self, named: Sequence[NamedFile], ids: Sequence[str]) -> None:
        """Show files; the cursor stays at its line.

        Args:
            ids: What each entry is called, by index.
        """
        order = list(_STATES)
        place = self.highlighted or 0
        self.named = sorted(named, key=lambda one: order.index(one.state or "right"))
        width = max((len(visible(one.file, _LONGEST)) for one in self.named), default=0)
        self.set_options(Option(_drawn(one, ids[one.entry], width)) for one in self.named)
        self.highlighted = min(place, len(self.named) - 1) if self.named else None


class FilesPage(ReadPage):
    """Files of the clone and their checksums."""

    TITLE = "Files"
    HELP = """
    Every file in the clone that an entry or its RDF names with a sha256, or should: ✗ the sha256 is another file's, ◐ it is not
    stated, ? there is no such file. w writes the right ones as one step.
    """
    DEFAULT_CSS = """
    FilesPage #about { height: auto; padding: 0 1; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w", "write", "Write sha256", id="files.write", tooltip="Write the right sha256 of every file"
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._is_read = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel") as panel:
            panel.border_title = "Files"
            yield Static("Reading …", id="about", markup=False)
            yield FilesList()

    @property
    def files(self) -> FilesList:
        return self.query_one(FilesList)

    # What the frame tells

    def focus_main(self) -> None:
        for one in self.query(FilesList):
            one.focus()

    @work(exclusive=True, group="files")
    async def read(self) -> None:
        workspace, document = self.workspace, self.workspace.document
        self._is_read = False
        with self.app.errors_shown():
            running = Running("reading files")

            def read() -> list[NamedFile]:
                named = list_named(workspace, running.cancelled)

                def tell(done: int) -> None:
                    running.detail = f"{done}/{len(named)}"

                return read_named(workspace, named, running.cancelled, tell)

            try:
                found = await self.app.background.run(running, read)
            except Cancelled:
                self._say("Stopped. Press ctrl+r to read the files again.")
                return
            if not self.is_attached or workspace.document is not document:
                return
            self._is_read = True
            ids = [entry.id or f"(line {entry.line})" for entry in workspace.manifest.entries]
            self.files.show(found, ids)
            self._say(_about(found))
            self.refresh_bindings()

    def _say(self, words: str | Content) -> None:
        for one in self.query("#about").results(Static):
            one.update(words)

    # What can be done

    def disabled_reason(self, action: str) -> str | None:
        if action == "write":
            if not self._is_read:
                return "The files are being read."
            if not self._to_write:
                return "Every sha256 is right."
        return super().disabled_reason(action)

    @property
    def _to_write(self) -> list[NamedFile]:
        return [one for one in self.files.named if one.state in ("wrong", "unstated")]

    @work(exclusive=True, group="write")
    async def action_write(self) -> None:
        """Write the right checksums; it is one step."""
        named, workspace = self._to_write, self.workspace
        step = await self.workspace_screen.run_and_refresh(
            "writing sha256", lambda: write_checksums(workspace, named)
        )
        if step is not None:
            self.notify(f"sha256 of {plural(len(named), 'file')} written. Press ctrl+z to undo.")

    @on(FilesList.Opened)
    @work(exclusive=True, group="open")
    async def _opened(self) -> None:
        one, entries = self.files.chosen, self.workspace.manifest.entries
        if one is None or one.entry >= len(entries):
            return
        if entry_id := entries[one.entry].id:
            await self.workspace_screen.show_entries(f"id:{entry_id}")
        else:
            self.notify("The entry has no id to find it by.", severity="warning")


def _about(named: Sequence[NamedFile]) -> Content:
    """How many there are of each state."""
    if not named:
        return Content.styled(
            "No entry names a file of this repository that has a sha256.", "$foreground 60%"
        )
    parts: list[tuple[str, str]] = [(plural(len({one.file for one in named}), "file"), "bold")]
    for state, (sign, style, words) in _STATES.items():
        if number := sum(one.state == state for one in named):
            parts.append((f"  {sign} {number} {words}", style))
    return Content.assemble(*parts)


def _drawn(named: NamedFile, entry: str, width: int) -> Content:
    sign, style, words = _STATES[named.state or "right"]
    return Content.assemble(
        (f"{sign} ", style),
        f"{visible(named.file, _LONGEST):<{width}}  ",
        (f"{words:<12}  ", style if named.state != "right" else "$foreground 60%"),
        (f"{visible(entry, _LONGEST)}  {visible(named.document, _LONGEST)} L{named.line}", "$foreground 60%"),
    )
