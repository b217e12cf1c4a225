"""View of a change: field by field in words, or line by line as a unified diff with numbers.

Both show contributed text, so every character passes `visible`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.comparison.changes import ABSENT, FieldChange
from partner_tui.comparison.hunks import Hunk
from partner_tui.manifest.editing.showing import as_yaml
from partner_tui.plain import visible
from partner_tui.ui.widgets.diff_lines import DiffLines, Span, emphasis
from partner_tui.ui.widgets.side_list import scroll_keys
from partner_tui.ui.widgets.tabbed import border_tabs

Mode = Literal["words", "unified"]
Heading = str
MAX_VALUE = 4_000
MAX_FIELDS = 400


def value_text(value: Any) -> str:
    """A value of the manifest as a person would write it."""
    if value is None or value == "":
        return "(empty)"
    if isinstance(value, str):
        return value
    return as_yaml(value)


def words(parts: Iterable[tuple[Heading, Sequence[FieldChange]]]) -> Content:
    """Changes told field by field: what was there, and what is there now."""
    contents: list[Content] = []
    left = MAX_FIELDS
    for heading, fields in parts:
        contents.append(Content.styled(visible(heading), "bold"))
        for field in fields[: max(0, left)]:
            contents.extend(_field(field, named=len(fields) > 1 or field.name not in heading))
        left -= len(fields)
        contents.append(Content(""))
    if left < 0:
        contents.append(Content.styled(f"{-left} more fields not shown; see Lines.", "$foreground 60%"))
    return Content("\n").join(contents)


def _field(field: FieldChange, named: bool) -> Iterator[Content]:
    if named:
        yield Content.styled(visible(field.name), "$secondary")
    before, after = (
        None if value is ABSENT else visible(value_text(value), MAX_VALUE, lines=True)
        for value in (field.before, field.after)
    )
    out, into = emphasis(before, after) if before is not None and after is not None else ((), ())
    if before is not None:
        yield _side("−", before, out, "$error")
    if after is not None:
        yield _side("+", after, into, "$success")


def _side(sign: str, text: str, spans: Sequence[Span], color: str) -> Content:
    content = Content.styled(f"{sign} ", f"bold {color}")
    body = Content(text) if spans else Content.styled(text, color)
    for start, end in spans:
        body = body.stylize(f"bold {color}", start, end)
    lines = body.split("\n")
    return Content("\n").join([content + lines[0], *(Content("  ") + line for line in lines[1:])])


class WordsScroll(VerticalScroll):
    """The changes in words, wrapped."""

    TITLE = "Diff by field"
    BINDINGS = [*scroll_keys("fields")]


class DiffPane(Vertical):
    """The chosen change, in words or as a unified diff; its tabs are in its border."""

    DEFAULT_CSS = """
    DiffPane {
        border-title-style: none;
        WordsScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        .words { width: 1fr; height: auto; }
    }
    """

    mode: reactive[Mode] = reactive[Mode]("words")

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self._title = "Diff"
        self._has_words = False

    def compose(self) -> ComposeResult:
        with WordsScroll():
            yield Static(markup=False, classes="words")
        yield DiffLines()

    def on_mount(self) -> None:
        self._show_mode()

    def on_resize(self) -> None:
        self._show_mode()

    def watch_mode(self) -> None:
        if self.is_mounted:
            self._show_mode()

    def show(self, title: str, content: Content | None, hunks: Sequence[Hunk]) -> None:
        """Show one change; without words for it, the unified diff stands for them."""
        self._title = f"Diff  {visible(title, 60)}" if title else "Diff"
        self._has_words = content is not None
        self.query_one(".words", Static).update(content or Content(""))
        self.query_one(WordsScroll).scroll_home(animate=False)
        self.query_one(DiffLines).show(hunks)
        self._show_mode()

    def show_empty(self) -> None:
        """There is nothing to show."""
        self.show("", Content.styled("Select a change to see its diff.", "$foreground 60%"), ())
        self.query_one(WordsScroll).display = True

    def action_show_tab(self, mode: Mode) -> None:
        self.mode = mode

    def toggle(self) -> None:
        """Words to Unified and back; the focus goes along."""
        had_focus = self.body.has_focus
        self.mode = "unified" if self._shown_mode == "words" else "words"
        if had_focus:
            self.body.focus()

    @property
    def _shown_mode(self) -> Mode:
        return self.mode if self._has_words else "unified"

    @property
    def body(self) -> Widget:
        """What scrolls, to be focused."""
        return self.query_one(WordsScroll) if self._shown_mode == "words" else self.query_one(DiffLines)

    def _show_mode(self) -> None:
        mode = self._shown_mode
        tabs = {"words": "Fields", "unified": "Lines"} if self._has_words else {"unified": "Lines"}
        labels = border_tabs(tabs, mode)
        room = max(8, self.size.width - labels.cell_length - 4)
        self.border_title = Content.styled(f"{self._title} ", "bold").truncate(room, ellipsis=True) + labels
        self.query_one(WordsScroll).display = mode == "words"
        self.query_one(DiffLines).display = mode == "unified"
