"""The repositories that were open before, as a table: where each stands, filled in the background.

The rule: only what is on this machine is looked at; see `workspace.opening.glance`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events, getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.compliance.status import Status, sum_in_words
from partner_tui.plain import plural, visible
from partner_tui.settings import Recent
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.start.source_field import SourceList
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.widgets.distinct import cut, cut_all

if TYPE_CHECKING:
    from partner_tui.workspace.opening.glance import Glance

SECONDS = 5.0
"""How long one look at one repository may take."""
QUIET = "$foreground 60%"
NONE = "No recent repositories. Choose a partner below, or press f3 for the demo."


@dataclass(frozen=True, slots=True)
class Columns:
    """Their widths in cells; the statuses have what is left."""

    name: int
    branch: int
    edited: int
    review: int


NARROW = Columns(18, 19, 8, 8)
ROOMY = Columns(26, 26, 13, 11)
WIDE = 110
"""From this width on, in cells, there is room for the latter."""
WORDY = 130
"""And for the words of statuses."""


class RecentPanel(Vertical):
    """The table, its heading above it, the folder of the selected row in its border.

    Args:
        recent: The newest first.
    """

    app = getters.app(BaseApp)
    rows = getters.query_one(SourceList)
    DEFAULT_CSS = """
    RecentPanel {
        height: auto;
        #recent-heading { height: 1; color: $foreground 60%; text-wrap: nowrap; }
        #recent { max-height: 5; }
    }
    """

    BINDINGS = [bind("delete", "forget", "Remove", "start.forget", "Remove from this list, keep the folder")]

    def __init__(self, recent: Sequence[Recent]) -> None:
        super().__init__(id="recent-panel", classes="panel")
        self.border_title = "Recent"
        self._recent = {one.source: one for one in recent}
        self._known: dict[str, Glance] = {}
        self._is_looking = True

    def compose(self) -> ComposeResult:
        yield Static(id="recent-heading")
        yield SourceList(*(Option("", id=source) for source in self._recent), id="recent", markup=False)
        yield Static(NONE, id="no-recent", classes="empty")

    def look(self) -> None:
        """Look at all of them again where that was cut short."""
        if self._is_looking:
            self._look()

    def on_resize(self, event: events.Resize) -> None:
        self._show()

    @property
    def newest(self) -> str | None:
        """What opens the newest again; None where there is none."""
        return next(iter(self._recent), None)

    # What is known

    @work(exclusive=True, group="recent")
    async def _look(self) -> None:
        """Take the quick looks at all repositories before the longer ones at any."""
        if not self._recent:
            self._is_looking = False
            return
        # Half of the app: it is there when this screen has long been drawn, and no key waits for it.
        await asyncio.to_thread(import_module, "partner_tui.workspace.opening.glance")
        from partner_tui.workspace.opening.glance import LOOKS, Glance, take

        for look in LOOKS:
            for source in list(self._recent):
                if source not in self._recent:
                    continue
                if not self.screen.is_current:
                    return  # what was opened needs the machine
                running = Running("looking at recent repositories")
                timer = asyncio.get_running_loop().call_later(SECONDS, running.cancelled.set)
                try:
                    known = await self.app.background.run(
                        running,
                        take,
                        look,
                        self._known.get(source) or Glance(Path(source)),
                        self.app.directories,
                        self.app.settings.github_api,
                        running.cancelled,
                    )
                finally:
                    timer.cancel()
                if not self.query(SourceList):
                    return  # the screen was left meanwhile
                if source in self._recent:
                    self._known[source] = known
                    self._show_row(source)
        self._is_looking = False
        self._show()

    # Showing

    @property
    def _width(self) -> int:
        return self.app.size.width

    @property
    def _columns(self) -> Columns:
        return ROOMY if self._width >= WIDE else NARROW

    def _show(self) -> None:
        self.query_one("#recent-heading").display = self.rows.display = bool(self._recent)
        self.query_one("#no-recent").display = not self._recent
        columns = self._columns
        is_wide = columns is ROOMY
        words = (
            ("Repository", columns.name),
            ("Branch", columns.branch),
            ("Uncommitted" if is_wide else "Edited", columns.edited),
            ("To review" if is_wide else "Review", columns.review),
            ("Entries", 0),
        )
        heading = " " + "".join(word.ljust(width) for word, width in words)
        self.query_one("#recent-heading", Static).update(Content(heading))
        for source in self._recent:
            self._show_row(source)

    def _show_row(self, source: str) -> None:
        names = dict(zip(self._recent, self._names(), strict=True))
        self.rows.replace_option_prompt(source, self._row(source, names[source]))

    def _names(self) -> list[str]:
        """The partners' names; of two clones of one partner with their folders."""
        names = [one.name for one in self._recent.values()]
        full = [
            f"{one.name} {self.app.short_path(Path(one.source))}" if names.count(one.name) > 1 else one.name
            for one in self._recent.values()
        ]
        return cut_all(full, self._columns.name - 1)

    def _row(self, source: str, name: str) -> Content:
        columns, known = self._columns, self._known.get(source)
        parts: list[tuple[str, str]] = [(" ", ""), (_fit(visible(name), columns.name), "bold")]
        problem, state = (known.problem, known.state) if known else ("", None)
        if problem and state is None:
            room = columns.branch + columns.edited + columns.review
            parts.append((_fit(visible(problem, 200), room), "$warning"))
        else:
            parts += self._standing(known, columns)
        statuses = known.statuses if known else None
        summary = self._recent[source].summary if statuses is None else sum_in_words(statuses)
        if state is not None and problem:
            parts.append((visible(problem, 200), "$warning"))
        else:
            parts += sum_of_statuses(summary, roomy=self._width >= WORDY)
        return Content.assemble(*parts)

    def _standing(self, known: Glance | None, columns: Columns) -> Iterator[tuple[str, str]]:
        state, waiting = known.state if known else None, "…" if self._is_looking else "–"
        if known is None or state is None:
            blank = waiting if self._is_looking else "no git repository"
            yield _fit(blank, columns.branch + columns.edited + columns.review), QUIET
            return
        moved = f" ↑{state.ahead} ↓{state.behind}" if state.ahead or state.behind else ""
        branch = cut(visible(state.branch or "detached"), columns.branch - 1 - cell_len(moved))
        yield branch, ""
        yield _fit(moved, columns.branch - cell_len(branch)), "$warning" if state.behind else "$accent"
        count = len(state.dirty)
        edited = "" if not count else plural(count, "file") if columns is ROOMY else str(count)
        yield _fit(edited or "–", columns.edited), "$accent" if count else QUIET
        review = waiting if known.to_review is None else str(known.to_review or "–")
        yield _fit(review, columns.review), "$accent" if known.to_review else QUIET

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        folder = self.app.short_path(Path(event.option_id)) if event.option_id else ""
        self.border_subtitle = cut(visible(folder), max(20, self._width - 20))

    # Forgetting

    def action_forget(self) -> None:
        """Take the selected repository off the list, for good; its folder stays."""
        rows = self.rows
        at = rows.highlighted
        if at is None or (source := rows.get_option_at_index(at).id) is None:
            return
        name = self._recent.pop(source).name
        self._known.pop(source, None)
        self.app.recent.forget(source)
        rows.remove_option(source)
        self._show()
        self.notify(f"Removed {visible(name, 60)} from the list. Its folder is kept.", markup=False)


def sum_of_statuses(summary: str, roomy: bool = True) -> list[tuple[str, str]]:
    """``2 latest, 11 outdated`` with glyphs and colours.

    Args:
        roomy: Whether there is room for the words beside the glyphs.
    """
    parts: list[tuple[str, str]] = []
    for words in filter(None, summary.split(", ")):
        count, _, word = words.partition(" ")
        status = next((status for status in Status if status.value == word), None)
        said = f"{count} {word}" if roomy else count
        text = f"{status.glyph} {said}  " if status else f"{visible(words, 30)}  "
        parts.append((text, STATUS_STYLES[status] if status else ""))
    return parts


def _fit(text: str, width: int) -> str:
    return cut(text, width - 1) + " " * (width - cell_len(cut(text, width - 1)))
