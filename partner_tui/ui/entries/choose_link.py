"""Dialog to choose one of an entry's links: each with the field it is in, and nothing opened before one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.splash.card import Link
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.widgets.box import Box


class ChooseLinkScreen(ChoosingScreen[str]):
    """Dismissed with the address, None when given up."""

    CSS = """
    ChooseLinkScreen {
        Box { width: 100; padding: 1 1 0 1; }
        OptionList {
            max-height: 16; margin-top: 0; text-wrap: nowrap; text-overflow: ellipsis;
        }
        OptionList > .option-list--option { padding: 0 1; }
        .quiet { padding: 1 1 0 1; }
    }
    """
    HELP = "The links of one entry. Press enter to open one in your browser."
    BINDINGS = [
        bind("y", "copy", "Copy", "links.copy", "Copy the link"),
    ]

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__([link.url for link in links])
        self._links = links

    def compose(self) -> ComposeResult:
        width = min(24, max(len(link.label) for link in self._links))
        with Box("Open in the browser"):
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            (visible(link.label, width).ljust(width + 2), "$foreground 60%"),
                            visible(link.url, 400),
                        )
                    )
                    for link in self._links
                ),
                markup=False,
            )
            yield Static("enter open   y copy   esc back", classes="quiet", markup=False)

    def action_copy(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            url = self.answers[highlighted]
            self.app.copy_to_clipboard(url)
            self.notify(visible(url, 200), title="Copied", markup=False)
