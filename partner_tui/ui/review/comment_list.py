"""List of the comments on a contribution, to edit, delete, and go to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Group
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.contributions.kept import Comment
from partner_tui.plain import visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.empty import EmptyWords

NONE_YET = "No comments yet.\nGo to an entry, a field or a line and press c. Press m to copy all of the review as Markdown."


class CommentList(Vertical):
    """The comments in the order in which they were made."""

    TITLE = "Comments"
    DEFAULT_CSS = """
    CommentList {
        OptionList { border: none; height: 1fr; background: $background; padding: 0; scrollbar-size-vertical: 1; }
        OptionList:focus { border: none; background-tint: $background 0%; }
        OptionList > .option-list--option { padding: 0 1; }
        .empty { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="comment.edit", tooltip="Change the words of the comment"),
        Binding(
            "d,delete", "delete", "Delete", id="comment.delete", tooltip="Remove the comment (asks first)"
        ),
        Binding(
            "j", "cursor('down')", "Down", show=False, id="comment.down", tooltip="Go to the next comment"
        ),
        Binding("k", "cursor('up')", "Up", show=False, id="comment.up", tooltip="Go to the previous comment"),
    ]

    class Wanted(Message):
        """Something is to be done with a comment: ``edit``, ``delete``, or ``open`` for going to its place."""

        def __init__(self, act: str, comment: Comment) -> None:
            super().__init__()
            self.act = act
            self.comment = comment

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._comments: Sequence[Comment] = ()

    def compose(self) -> ComposeResult:
        yield EmptyWords(id="no-comments")
        yield OptionList(markup=False)

    def show(self, comments: Sequence[Comment]) -> None:
        self._comments = comments
        options, empty = self.query_one(OptionList), self.query_one("#no-comments", EmptyWords)
        had_focus, at = self.has_focus_within, options.highlighted or 0
        options.clear_options()
        options.add_options(Option(self._row(one)) for one in comments)
        options.highlighted = min(at, len(comments) - 1) if comments else None
        empty.update(NONE_YET)
        empty.display, options.display = not comments, bool(comments)
        if had_focus:
            self.body.focus()

    @property
    def body(self) -> Widget:
        """The list, or what is shown in its place."""
        options = self.query_one(OptionList)
        return options if options.display else self.query_one("#no-comments")

    @property
    def selected(self) -> Comment | None:
        at = self.query_one(OptionList).highlighted
        return self._comments[at] if at is not None and at < len(self._comments) else None

    def _row(self, comment: Comment) -> Group:
        quiet = theme_style(self.app, "$foreground 60%")
        name = Text(visible(place_words(comment), 200), theme_style(self.app, "$secondary", bold=True))
        parts = [name]
        if comment.quote:
            parts.append(Text(f"> {visible(comment.quote, 200)}", quiet))
        return Group(*parts, Text(visible(comment.text, 4_000, lines=True)), Text(""))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._want("open")

    def _want(self, act: str) -> None:
        if (comment := self.selected) is not None:
            self.post_message(self.Wanted(act, comment))
        else:
            self.notify("There are no comments yet. Press c to write one.")

    def action_edit(self) -> None:
        self._want("edit")

    def action_delete(self) -> None:
        self._want("delete")

    def action_cursor(self, direction: str) -> None:
        getattr(self.query_one(OptionList), f"action_cursor_{direction}")()


def place_words(comment: Comment) -> str:
    """``fern: license``; of what is about all of it, that."""
    kind, _, name = comment.place.partition(":")
    return ": ".join(part for part in (name or kind, comment.at) if part) or "All of the contribution"
