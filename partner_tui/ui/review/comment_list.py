"""List of the comments on a contribution, to edit, delete, and go to."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.text import Text
from textual.message import Message
from textual.widgets import OptionList

from partner_tui.contributions.kept import Comment
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.empty import ListOrWords
from partner_tui.ui.widgets.side_list import cursor_keys

NONE_YET = "No comments yet.\nGo to an entry, a field or a line and press c. Press m to copy all of the review as Markdown."


class CommentList(ListOrWords[Comment]):
    """The comments in the order in which they were made."""

    TITLE = "Comments"
    BINDINGS = [
        bind("e", "edit", "Edit", "comment.edit", "Change the words of the comment"),
        bind("d,delete", "delete", "Delete", "comment.delete", "Remove the comment (asks first)"),
        *cursor_keys("comment", "comment"),
    ]

    class Wanted(Message):
        """Something is to be done with a comment: ``edit``, ``delete``, or ``open`` for going to its place."""

        def __init__(self, act: str, comment: Comment) -> None:
            super().__init__()
            self.act = act
            self.comment = comment

    def show(self, comments: Sequence[Comment]) -> None:
        self.show_items(comments, NONE_YET)

    def row(self, place: int, comment: Comment) -> Group:
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


def place_words(comment: Comment) -> str:
    """``fern: license``; of what is about all of it, that."""
    kind, _, name = comment.place.partition(":")
    return ": ".join(part for part in (name or kind, comment.at) if part) or "All of the contribution"
