"""Fields that both sides changed, side by side, for a person to choose from. Nothing is done before all are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff import value_text
from partner_tui.ui.widgets.diff_lines import emphasis

MAX_VALUE = 1_500


class SideBox(Static):
    """One side's value; a click chooses it."""

    def __init__(self, side: Side, title: str, content: Content) -> None:
        super().__init__(content, markup=False, classes="side")
        self.side: Side = side
        self.title = self.border_title = title

    def on_click(self, event: events.Click) -> None:
        event.stop()
        card = self.query_ancestor(ConflictCard)
        card.focus()
        card.action_choose(self.side)


class ConflictCard(Vertical, can_focus=True):
    """One field: what it was, and both sides' values."""

    TITLE = "Conflict"
    DEFAULT_CSS = """
    ConflictCard {
        height: auto; padding: 0 1; margin-bottom: 1; border-left: outer $border-blurred;
        &:focus { border-left: outer $accent; }
        .label { height: 1; text-style: bold; }
        .base { height: auto; max-height: 3; color: $foreground 55%; }
        .sides { height: auto; }
        .side {
            width: 1fr; height: auto; min-height: 3; padding: 0 1; border: round $border-blurred;
            border-title-color: $foreground 65%;
            &.-chosen { border: round $success; border-title-color: $success; border-title-style: bold; }
            &.-other { opacity: 55%; }
        }
    }
    """
    BINDINGS = [
        bind("left,h", "choose('ours')", "Mine", "conflict.mine", "Keep my value"),
        bind("right,l", "choose('theirs')", "Other", "conflict.remote", "Use the value of the other side"),
    ]

    class Chosen(Message):
        """A side was chosen."""

    def __init__(self, conflict: Conflict, other: str) -> None:
        super().__init__()
        self.conflict = conflict
        self.other = other
        self.side: Side | None = None

    def compose(self) -> ComposeResult:
        conflict = self.conflict
        theirs, ours = _text(conflict.theirs), _text(conflict.ours)
        out, into = emphasis(theirs, ours)
        yield Static(visible(conflict.label, 200), classes="label", markup=False)
        yield Static(f"Base: {visible(_text(conflict.base), 300)}", classes="base", markup=False)
        with Horizontal(classes="sides"):
            yield SideBox("ours", "Mine", _marked(ours, into))
            yield SideBox("theirs", self.other, _marked(theirs, out))

    def action_choose(self, side: Side) -> None:
        """Choose a side; the focus stays, since it may have gone on to the next card already."""
        self.side = side
        for box in self.query(SideBox):
            chosen = box.side == side
            box.set_class(chosen, "-chosen").set_class(not chosen, "-other")
            box.border_title = box.title + (" ✓ kept" if chosen else "")
        self.post_message(self.Chosen())


class ConflictCards(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The cards; up and down go from one to the other, and do not scroll."""

    BINDINGS = [
        hidden("pageup", "page_up", "Page up", "conflict.page_up", "Scroll up"),
        hidden("pagedown", "page_down", "Page down", "conflict.page_down", "Scroll down"),
    ]


class ConflictsScreen(PromptScreen[dict[str, Side]]):
    """Dismissed with a side for each conflict's key; None gives up and leaves everything as it is.

    Args:
        arrived: Subjects of the remote's commits; none where the other side is not the remote.
        other: What the other side is called.
    """

    DEFAULT_CSS = """
    ConflictsScreen {
        .head { height: auto; max-height: 5; padding: 0 1; margin-bottom: 1; }
        ConflictCards { height: 1fr; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS = [
        hidden("down,j", "app.focus_next", "Next", "conflict.next", "Go to the next field"),
        hidden("up,k", "app.focus_previous", "Previous", "conflict.previous", "Go to the previous field"),
        bind("O", "all('ours')", "All mine", "conflict.all_mine", "Keep my value for every field"),
        bind("T", "all('theirs')", "All other", "conflict.all_remote", "Use the other side for every field"),
        bind("ctrl+s", "done", "Continue", "conflict.done", "Continue with the chosen values"),
    ]

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        arrived: Sequence[str],
        *,
        other: str = "Remote",
        title: str = "Conflicts with the remote",
    ) -> None:
        super().__init__()
        self._conflicts = conflicts
        self._arrived = arrived
        self._other = other
        self._title = title

    def compose(self) -> ComposeResult:
        with Box(self._title, large=True):
            yield Static(self._head(), classes="head", markup=False)
            with ConflictCards():
                for conflict in self._conflicts:
                    yield ConflictCard(conflict, self._other)
            yield Choices(
                ("all-ours", "All mine", "O"),
                ("all-theirs", f"All {self._other.lower()}", "T"),
                ("done", "Continue", "^s"),
                ("cancel", "Cancel", "esc"),
            )

    def on_mount(self) -> None:
        for side in ("ours", "theirs"):
            self.query_one(f"#all-{side}", Button).action = f"screen.all('{side}')"
        self.query(ConflictCard).first().focus()
        self._show_left()

    def _head(self) -> Content:
        count = len(self._arrived)
        lines = [Content(f"{plural(count, 'new commit')} from the remote:")] if count else []
        lines += [Content.styled(f"  {visible(subject, 120)}", "$secondary") for subject in self._arrived[:3]]
        if count > 3:
            lines.append(Content.styled(f"  and {count - 3} more", "$foreground 60%"))
        lines.append(
            Content.styled(
                f"← mine   → {self._other.lower()}   ↓ next field   Nothing changes until you continue.",
                "$foreground 60%",
            )
        )
        return Content("\n").join(lines)

    @on(ConflictCard.Chosen)
    def _show_left(self) -> None:
        left = sum(card.side is None for card in self.query(ConflictCard))
        self.query_one(Box).border_subtitle = f"{left} undecided" if left else "all decided"
        self.query_one("#done", Button).disabled = bool(left)

    def action_all(self, side: Side) -> None:
        for card in self.query(ConflictCard):
            card.action_choose(side)

    def action_done(self) -> None:
        choices = {card.conflict.key: card.side for card in self.query(ConflictCard) if card.side is not None}
        if len(choices) == len(self._conflicts):
            self.dismiss(choices)
        else:
            self.notify("Choose a side for every field first.", severity="warning")


def _text(value: Any) -> str:
    return "(absent)" if value is ABSENT else visible(value_text(value), MAX_VALUE, lines=True)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Content:
    content = Content(text)
    for start, end in spans:
        content = content.stylize("bold $accent", start, end)
    return content
