"""Who may join, as questions; what is ticked goes into the request. Nobody is kept from going on: the admins decide."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.central.joining import BENEFITS, DUTIES, WHO_MAY_JOIN
from partner_tui.ui.widgets.toggles import CheckBox

_NOBODY = (
    "Tick what you are. If you are neither, you can still contribute resources to the existing partners."
)
_PARTLY = "The admins of bioimage.io decide about requests, and what a partner is responsible for counts."
_FITS = "✓ This is what partners are. The admins of bioimage.io decide about requests."


class WhoPage(VerticalScroll, can_focus=False):
    """A check box for each thing that a partner is or does."""

    BORDER_TITLE = "Who may join"
    DEFAULT_CSS = """
    WhoPage {
        scrollbar-size-vertical: 1;
        & > * { height: auto; padding: 0 1; }
        .heading { text-style: bold; margin-top: 1; }
        CheckBox { width: 100%; }
        #advice { margin-top: 1; color: $foreground 65%; &.-fits { color: $success; } }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(Content(" ".join(BENEFITS.split())))
        yield Static("A community partner is", classes="heading")
        for claim in WHO_MAY_JOIN:
            yield CheckBox(Content(claim), name=claim)
        yield Static("and will", classes="heading")
        for claim in DUTIES:
            yield CheckBox(Content(claim), name=claim)
        yield Static(_NOBODY, id="advice")

    @property
    def claims(self) -> tuple[str, ...]:
        """What is ticked, in the words of the questions."""
        return tuple(box.name for box in self.query(CheckBox) if box.value and box.name)

    def on_checkbox_changed(self) -> None:
        claims = self.claims
        advice = self.query_one("#advice", Static)
        fits = set(DUTIES) <= set(claims)
        advice.update(_NOBODY if not set(WHO_MAY_JOIN) & set(claims) else _FITS if fits else _PARTLY)
        advice.set_class(advice.content == _FITS, "-fits")
