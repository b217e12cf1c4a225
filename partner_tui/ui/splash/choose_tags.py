"""Choose the partner's tags: those of the entries with their counts, the spec's by category, or a new one; what each selects
is beside it.

Tags that were there stay as they were written and in their order; new ones come behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.plain import plural, visible
from partner_tui.splash.own_entries import OwnEntries, TagChoice
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.filter_line import FilterLine

MOST = 500
"""Rows of a list: what is beyond them is found by the filter."""
QUIET = "$foreground 60%"


class TagsScreen(Dialog[list[Any] | None]):
    """Dismissed with the tags; None when cancelled.

    Args:
        members: The tags as they are in the manifest.
        entries: The partner's own.
    """

    TITLE = "Choose tags"
    HELP = """
    A visitor who chooses this partner on the classic site sees the resources that have all of its tags. Type to filter the
    tags by their name or category; a new tag can be typed there, too.
    """
    CSS = """
    TagsScreen {
        #tags { width: 110; max-width: 100%; height: 34; max-height: 100%; padding: 0 1; }
        #tag-lists { height: 1fr; margin-top: 1; }
        #tag-list { width: 1fr; max-width: 46; }
        #tag-entries { width: 1fr; }
        OptionList {
            text-wrap: nowrap; text-overflow: ellipsis;
            border: round $border; background: transparent; height: 1fr; max-height: 100%;
            border-title-color: $foreground 60%; border-subtitle-color: $foreground 60%;
        }
        OptionList:focus { border: round $accent; }
        OptionList > .option-list--option { padding: 0 1; }
        #tags-together { height: auto; max-height: 3; padding: 0 1; }
        Choices { margin: 0; }
    }
    """
    BINDINGS = [
        bind("escape", "dismiss", "Cancel", "tags.cancel", "Close and change nothing"),
        bind("ctrl+s", "use", "Use", "tags.use", "Use the chosen tags"),
        hidden("space", "choose", "Choose", "tags.choose", "Choose the tag, or clear it"),
        hidden("slash", "filter", "Filter", "tags.filter", "Filter the tags"),
    ]

    def __init__(self, members: Sequence[Any], entries: OwnEntries) -> None:
        super().__init__()
        self._members = list(members)
        self._entries = entries
        self._rows: list[TagChoice | None] = []

    def compose(self) -> ComposeResult:
        with Box("Tags", note="space choose   / filter   ⇥ next", id="tags"):
            yield FilterLine("Filter by tag or category; or type a new tag", (), id="tag-filter")
            with Horizontal(id="tag-lists"):
                yield OptionList(id="tag-list", markup=False)
                yield OptionList(id="tag-entries", markup=False)
            yield Static(id="tags-together", markup=False)
            yield Choices(("use", "Use", "^s"), ("dismiss", "Cancel", "esc"))

    def on_mount(self) -> None:
        self._show_tags()
        self._show_together()
        self.query_one("#tag-list").focus()

    @property
    def _chosen(self) -> list[str]:
        return [scalar_text(member) for member in self._members]

    # Showing

    def _show_tags(self, at: str | None = None) -> None:
        """List the tags; the cursor goes to one of them, else to the first."""
        typed = self.query_one(FilterLine).value.strip()
        options = self.query_one("#tag-list", OptionList)
        self._rows = []
        options.clear_options()
        options.add_options(self._options(typed))
        places = [place for place, row in enumerate(self._rows) if row is not None]
        wanted = (place for place in places if (row := self._rows[place]) and row.tag == at)
        options.highlighted = next(wanted, places[0] if places else None)
        if not places:
            self._show_entries(None)

    def _options(self, typed: str) -> Iterator[Option]:
        groups = self._entries.choices(self._chosen, typed)
        known = {choice.tag for choices in groups.values() for choice in choices}
        if typed and typed not in known and typed not in self._chosen:
            self._rows.append(TagChoice(typed, 0))
            yield Option(Content.assemble("[ ] ", ("  new  ", QUIET), visible(typed, 40)))
        for heading, choices in groups.items():
            self._rows.append(None)
            yield Option(Content.styled(heading, f"bold {QUIET}"), disabled=True)
            for choice in choices[:MOST]:
                self._rows.append(choice)
                yield Option(self._line(choice))
            if len(choices) > MOST:
                self._rows.append(None)
                yield Option(Content.styled(f"… and {len(choices) - MOST} more", QUIET), disabled=True)

    def _line(self, choice: TagChoice) -> Content:
        sign = "x" if choice.tag in self._chosen else " "
        return Content.assemble(
            f"[{sign}] ",
            (f"{choice.count or '':>4}  ", QUIET),
            visible(choice.tag, 40),
            (f"  {choice.category if choice.count else ''}", "$foreground 45%"),
        )

    def _show_entries(self, choice: TagChoice | None) -> None:
        """Which entries a tag selects."""
        options = self.query_one("#tag-entries", OptionList)
        options.clear_options()
        found = self._entries.with_tags([choice.tag]) if choice is not None else ()
        options.border_title = f"{visible(choice.tag, 30)} selects" if choice is not None else "Entries"
        options.border_subtitle = f"{len(found)} of {plural(len(self._entries.entries), 'entry')}"
        options.add_options(
            Option(Content.assemble(visible(one.id, 60), (f"  {visible(one.name, 60)}", QUIET)))
            for one in found[:MOST]
        )

    def _show_together(self) -> None:
        chosen, own = self._chosen, self._entries
        if not chosen:
            words = Content.styled("No tag is chosen: visitors see all resources.", "$warning")
        else:
            count, of = len(own.with_tags(chosen)), plural(len(own.entries), "entry")
            words = Content.assemble(
                (f"Visitors see {count} of {of}", "" if count else "$warning"),
                (", those tagged ", QUIET),
                (" and ".join(visible(tag, 40) for tag in chosen[:20]), "$accent"),
                "…" if len(chosen) > 20 else "",
            )
        self.query_one("#tags-together", Static).update(words)

    # Choosing

    @on(Input.Changed, "#tag-filter")
    def _filtered(self) -> None:
        self._show_tags()

    @on(Input.Submitted, "#tag-filter")
    def _submitted(self) -> None:
        self.query_one("#tag-list").focus()

    @on(OptionList.OptionHighlighted, "#tag-list")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._rows):
            self._show_entries(self._rows[event.option_index])

    @on(OptionList.OptionSelected, "#tag-list")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        choice = self._rows[event.option_index]
        if choice is None:
            return
        if choice.tag in self._chosen:
            self._members = [member for member in self._members if scalar_text(member) != choice.tag]
        else:
            self._members.append(choice.tag)
        filter_line = self.query_one(FilterLine)
        if filter_line.value and choice.tag not in self._entries.by_tag and not choice.category:
            with self.prevent(Input.Changed):
                filter_line.value = ""  # a new tag is among the chosen ones now
        self._show_tags(choice.tag)
        self._show_together()

    def action_choose(self) -> None:
        self.query_one("#tag-list", OptionList).action_select()

    def action_filter(self) -> None:
        self.query_one(FilterLine).focus()

    def action_use(self) -> None:
        self.dismiss(self._members)
