"""The page Listed today: which entries bioimage.io shows, in which version, and what it shows otherwise than the manifest says.

Everything is read from what is here of gh-pages of the central repository; F fetches it after its address was agreed to.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters, on, work
from textual.content import Content

from partner_tui.central.collection import BRANCH
from partner_tui.central.listed import Row
from partner_tui.plain import plural, visible
from partner_tui.repository.git import Watch
from partner_tui.splash.card import site_link
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.central.central_source import age_words, choose_central, fetch_central
from partner_tui.ui.central.listed_detail import ListedDetail
from partner_tui.ui.central.listed_list import STATES, ListedList
from partner_tui.ui.central.read_page import PanedPage
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.workspace.central.collection import (
    Collection,
    fetch_index,
    open_copy,
    partner_of,
    read_collection,
    rows_of,
)

_NOTHING = "Nothing of bioimage.io is here yet. Press F to fetch its index from the central repository, or S to choose a copy of yours."


class ListedPage(PanedPage):
    """Entries, and the items that bioimage.io shows of them."""

    TITLE = "Listed today"
    LEFT, RIGHT = "listed-rows", "listed-item"
    LIST, DETAIL = ListedList, ListedDetail
    HELP = """
    Which entries bioimage.io shows today, by the branch gh-pages of the central repository: ● listed, ◐ with other values than the
    manifest, ✗ not listed, ? ambiguous: several items fit, · not found yet, for not every summary is here, + an item that names the
    partner and is in no manifest. An item has the id <partner>:<entry>, or a nickname, which is found by id, DOI, source, name or
    links. Beside it is what the tools made of a model: ✓ passed, ✗ failed, – not applicable.

    F fetches what is not here, after its address was shown; S chooses where it is read from.
    """
    DEFAULT_CSS = """
    ListedPage {
        #listed-rows { width: 5fr; }
        #listed-item { width: 3fr; }
    }
    """
    BINDINGS = [
        bind("F", "fetch", "Fetch", "listed.fetch", "Fetch what bioimage.io shows, after asking"),
        bind("S", "source", "Source", "listed.source", "Choose where it is read from"),
        bind("o", "page", "Open page", "listed.page", "Open the item on bioimage.io"),
        bind("enter", "entry", "Show entry", "listed.entry", "Go to the entry in the view Entries"),
    ]

    _collection: Collection | None = None

    list = getters.query_one(ListedList)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor; None while there is none."""
        lists = self.query(ListedList)
        return lists.first().chosen if lists else None

    @property
    def _link(self) -> str:
        row = self.chosen
        return site_link(row.item.name) if row is not None and row.item is not None else ""

    @work(exclusive=True, group="listed")
    async def read(self) -> None:
        await self._read()

    async def _read(self) -> None:
        """Compare the manifest with what is here; what was read of the same copy before is not read again."""
        workspace, app, known = self.workspace, self.app, self._collection
        running = Running("reading what is listed")

        def read() -> tuple[Collection | None, tuple[Row, ...], Content]:
            copy = open_copy(app.settings.central, app.directories)
            is_same = known and known.copy == copy and known.partner.id == partner_of(workspace).id
            collection = known if is_same else self._collect(running)
            if collection is None:
                return None, (), Content(_NOTHING)
            entries = [workspace.resolved(entry) for entry in workspace.manifest.entries]
            rows = rows_of(collection, entries)
            return collection, rows, _about(collection, rows)

        found = await self.read_here(running, read)
        if found is not None:
            self._show(*found)

    def show_unread(self, why: str) -> None:
        self._show(None, (), Content(visible(why, 300, lines=True)))

    def _show(self, collection: Collection | None, rows: Sequence[Row], words: Content) -> None:
        self._collection = collection
        self.query_one("#listed-item").display = collection is not None
        self.say(words)
        self.list.show_rows(rows, self._tool)
        self.refresh_bindings()

    def _collect(self, running: Running, *, may_fetch: bool = False) -> Collection | None:
        """Read what is here, or fetch it. Blocks."""
        app, partner = self.app, partner_of(self.workspace)

        def tell(words: str) -> None:
            running.detail = words

        watch = Watch(cancelled=running.cancelled, credentials=app.credentials)
        copy = open_copy(app.settings.central, app.directories)
        return read_collection(copy, partner, tell, may_fetch=may_fetch, **watch)

    @property
    def _tool(self) -> str:
        return self._collection.partner.id.casefold() if self._collection else ""

    @on(ListedList.Selected)
    def _moved(self) -> None:
        self.query_one(ListedDetail).show(self.chosen, self._tool)
        self.refresh_bindings()

    @property
    def _entry(self) -> str:
        """The id of the selected entry; "" where there is none."""
        entries = self.workspace.manifest.entries
        at = row.index if (row := self.chosen) is not None else None
        return entries[at].id or "" if at is not None and at < len(entries) else ""

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "entry" and not self.is_right:
            return False
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str | None:
        if action == "fetch" and self._collection and self._collection.copy.clone is None:
            return "It is read from a folder without git: nothing can be fetched into it."
        if action == "page" and not self._link:
            return "No item of bioimage.io selected."
        if action == "entry" and not self._entry:
            return "No entry of the manifest has this item."
        return super().disabled_reason(action)

    @work(exclusive=True, group="act")
    async def action_fetch(self) -> None:
        """Fetch the index, then, with their number known, the summaries that are not here; each after asking."""
        app = self.app
        if not await fetch_central(self.workspace_screen, BRANCH, fetch_index, newest_only=True):
            return
        await self._read_again()
        missing = len(self._collection.missing) if self._collection else 0
        if not missing:
            return
        text = (
            f"{plural(missing, 'item')} may be yours, and what {'its' if missing == 1 else 'their'} RDF says is not here.\n\n"
            f"{plural(missing, 'file')} will be fetched from the same address, of at most 1 MiB each as a rule."
        )
        if not await app.push_screen_wait(
            ConfirmScreen("Fetch the summaries?", text, yes="Fetch", careful=False)
        ):
            return
        running = Running("fetching summaries")
        with app.errors_shown(asked=True):
            await app.background.run(running, self._collect, running, may_fetch=True)
        await self._read_again()  # also what came of a fetch that failed or was stopped

    @work(exclusive=True, group="act")
    async def action_source(self) -> None:
        if await choose_central(self.workspace_screen):
            await self._read_again()

    async def _read_again(self) -> None:
        self._collection = None
        await self._read()

    def action_page(self) -> None:
        self.app.open_url(self._link)

    def action_entry(self) -> None:
        self.workspace_screen.show_entries(f"id:{self._entry}")


def _about(collection: Collection, rows: Sequence[Row]) -> Content:
    """How many there are of each state, and how old and where from what is here is. Blocks."""
    entries = sum(row.index is not None for row in rows)
    parts: list[tuple[str, str]] = [(plural(entries, "entry"), "bold")]
    for state, (sign, style, words) in STATES.items():
        if number := sum(row.state == state for row in rows):
            parts.append((f"  {sign} {number} {words}", style))
    copy, date = collection.copy, collection.date
    when = f"of {date:%Y-%m-%d}" if date else "of an unknown date"
    where = age_words(copy.clone, BRANCH) if copy.clone else str(copy.root)
    left_out = f" ({collection.index.left_out} left out)" if collection.index.left_out else ""
    items = plural(len(collection.index.items), "item") + left_out
    parts.append((f"\n{items} in {BRANCH} {when}. From {visible(where, 200)}.", "$foreground 60%"))
    if missing := len(collection.missing):
        parts.append((f"\n{plural(missing, 'summary')} not here: F fetches", "$warning"))
    return Content.assemble(*parts)
