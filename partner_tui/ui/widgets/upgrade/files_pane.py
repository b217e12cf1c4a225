"""The files that an upgrade creates, each with its content; they are confirmed once, and never go over one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.upgrade.draft import NewFile

MAX_SHOWN = 20_000


class FilesPane(Horizontal):
    """Left the paths, right the content of the chosen one."""

    DEFAULT_CSS = """
    FilesPane {
        #paths { width: 2fr; }
        #content { width: 3fr; }
        OptionList, OptionList:focus { height: 1fr; border: none; padding: 0 1; background: transparent; }
        #files-state { height: auto; padding: 0 1; border-top: solid $border-blurred; color: $foreground 65%; }
        #file-content { padding: 0 1; height: auto; }
        &.-narrow { layout: vertical; #paths, #content { width: 1fr; height: 1fr; } }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y", "confirm", "Create these", id="files.confirm", tooltip="Agree that these files are created"
        )
    ]

    class Confirmed(Message):
        """The user agrees that the files are created."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._files: tuple[NewFile, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="paths", classes="panel") as panel:
            panel.border_title = "Files to create"
            yield OptionList()
            yield Static(id="files-state", markup=False)
        with Vertical(id="content", classes="panel") as panel:
            panel.border_title = "Content"
            with VerticalScroll():
                yield Static(id="file-content", markup=False)

    def show(self, files: Sequence[NewFile], confirmed: bool) -> None:
        state = "No files to create."
        if files:
            state = "✓ They will be created." if confirmed else "y agrees that they are created."
        self.query_one("#files-state", Static).update(state)
        if tuple(files) == self._files:
            return
        self._files = tuple(files)
        paths = self.query_one(OptionList)
        paths.clear_options()
        paths.add_options(
            [Option(Content.assemble(("+ ", "$success"), visible(one.path, 200))) for one in files]
        )
        paths.highlighted = 0 if files else None
        self._show_content()

    def action_confirm(self) -> None:
        if self._files:
            self.post_message(self.Confirmed())

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._show_content()

    def _show_content(self) -> None:
        at = self.query_one(OptionList).highlighted
        text = self._files[at].content if at is not None and at < len(self._files) else ""
        self.query_one("#file-content", Static).update(Content(visible(text, MAX_SHOWN, lines=True)))
