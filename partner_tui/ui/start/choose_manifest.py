"""Dialog to choose the manifest, when no file has a known name or several have one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.errors import ManifestNotFound
from partner_tui.plain import visible
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.widgets.box import Box, Choices


class ChooseManifestScreen(ChoosingScreen[str]):
    """The YAML files that were found; the chosen one's path, or None to go back."""

    HELP = "Choose the manifest, the file that lists the entries. Your choice is remembered for this clone."

    def __init__(self, error: ManifestNotFound) -> None:
        super().__init__(error.found)
        self._error = error

    def compose(self) -> ComposeResult:
        error = self._error
        with Box("Choose the manifest"):
            yield Static(Content(visible(error.message)))
            if error.looked_for:
                yield Static(Content(f"Looked for {', '.join(error.looked_for)}."), classes="quiet")
            yield OptionList(*(Option(Content(visible(path))) for path in error.found), markup=False)
            yield Choices(("choose", "Open", "⏎"), ("dismiss", "Back", "esc"))
