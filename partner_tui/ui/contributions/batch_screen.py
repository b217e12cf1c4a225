"""Several merges as they would be, in their order: what becomes of each, and which earlier one keeps another out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.merge_preview import HOW
from partner_tui.ui.widgets.diff import WordsScroll
from partner_tui.workspace.contributions.batch import BatchRow

QUIET = "$foreground 65%"
Way: TypeAlias = Literal["merge", "other"]


class BatchScreen(PromptScreen[Way]):
    """Dismissed with ``merge`` to commit them, with ``other`` to plan squashes instead of merges, or the reverse.

    Args:
        rows: In the order in which they are merged.
        squash: Whether each becomes a commit with one parent.
    """

    TITLE = "Merge several"
    DEFAULT_CSS = """
    BatchScreen {
        .box {
            width: 95%; max-width: 120; height: auto; max-height: 95%; padding: 0 1; background: $surface;
            border: round $border; border-title-color: $accent; border-title-style: bold;
        }
        .head { height: auto; padding: 0 1; margin-bottom: 1; }
        WordsScroll { height: auto; max-height: 60vh; padding: 0 1; scrollbar-size-vertical: 1; }
        WordsScroll Static { height: auto; }
        .buttons { height: 1; margin-top: 1; }
        .buttons Button {
            min-width: 0; height: 1; padding: 0 1; margin-left: 1; background: $panel; color: $foreground;
            &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        }
        .left { width: 1fr; color: $foreground 65%; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    HELP = """
    They are merged in this order, one commit each. What conflicts with an earlier one, or brings a new error, is not merged:
    review it by itself. Nothing is committed before you press ctrl+s, and nothing is pushed.
    """
    BINDINGS = [
        bind("ctrl+s,y", "merge", "Merge", "batch.merge", "Commit these on your branch"),
        bind("s", "other", "Merge or squash", "batch.squash", "Switch between merging and squashing"),
    ]

    def __init__(self, rows: Sequence[BatchRow], *, squash: bool) -> None:
        super().__init__()
        self._rows = rows
        self._squash = squash
        self._count = sum(row.is_merged for row in rows)

    def compose(self) -> ComposeResult:
        verb, other = ("Squash", "Merge instead") if self._squash else ("Merge", "Squash instead")
        with Vertical(classes="box") as box:
            box.border_title = f"{verb} {plural(len(self._rows), 'contribution')}"
            yield Static(self._head(), classes="head", markup=False)
            with WordsScroll():
                yield Static(Content("\n").join(self._lines()), markup=False)
            with Horizontal(classes="buttons"):
                yield Static("Undo until you push.", classes="left", markup=False)
                if self._count:
                    yield Button(f"{verb} {self._count} [dim]^s[/dim]", compact=True, id="yes")
                    yield Button(f"{other} [dim]s[/dim]", compact=True, id="other")
                yield Button("Cancel [dim]esc[/dim]", compact=True, id="no")

    def on_mount(self) -> None:
        self.query_one(WordsScroll).focus()

    def _head(self) -> Content:
        left = len(self._rows) - self._count
        words = f"{self._count} in this order, one commit each" if self._count else "None of them merges"
        return Content.styled(f"{words}; {left} not merged." if left and self._count else f"{words}.", QUIET)

    def _lines(self) -> list[Content]:
        wide = max(len(number(row.plan.contribution)) for row in self._rows)
        lines = []
        place = 0
        for row in self._rows:
            one = row.plan.contribution
            place += row.is_merged
            at = f"{place:>3}  " if row.is_merged else "  –  "
            name = f"{number(one):<{wide}}  "
            lines.append(
                Content.assemble((at, QUIET), (name, "bold $accent"), visible(one.title, 200)).truncate(
                    110, ellipsis=True
                )
            )
            words, style = outcome_words(row)
            lines.append(Content(" " * (5 + wide + 2)) + Content.styled(words, style))
        return lines

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("merge", "other") and not self._count:
            return False
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#yes")
    def action_merge(self) -> None:
        self.dismiss("merge")

    @on(Button.Pressed, "#other")
    def action_other(self) -> None:
        self.dismiss("other")


def outcome_words(row: BatchRow) -> tuple[str, str]:
    """What becomes of one of several merges, and its style."""
    if row.is_merged:
        counts = row.plan.outcome.entry_counts if row.plan.outcome else ""
        return f"✓ {'; '.join(filter(None, (HOW[row.plan.merged.how], counts)))}", "$success"
    return f"✗ {visible(why_left(row), 300)}", "$warning"


def why_left(row: BatchRow) -> str:
    """Why one of several is not merged, without a full stop."""
    if row.conflicts_with is not None:
        return f"not merged: conflicts with {number(row.conflicts_with)}"
    if row.plan.is_decided:
        return f"not merged: {next(row.plan.objections(), 'it has problems').rstrip('.')}"
    if row.plan.merged.how == "decision":
        return "not merged: needs a decision. Review it by itself"
    return f"not merged: {row.plan.merged.why or 'git refuses'}"
