"""The page Files: the checksums of the files that descriptions name, how covers will look, and what hosts say of theirs.

The files are read in the background once the page was looked at, and again when the manifest changes. No host is asked
before it was shown and agreed to; what hosts said is kept, so that a second look needs no network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from partner_tui.addresses.urls import by_host, host_of
from partner_tui.central.checksums import NamedFile
from partner_tui.central.remote_files import RemoteFile, moved_edits
from partner_tui.plain import plural, visible
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.central.file_rows import (
    FileLine,
    checksum_rows,
    counts_of,
    cover_rows,
    remote_rows,
    shown_name,
)
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys
from partner_tui.workspace.central.checksums import read_named, write_checksums
from partner_tui.workspace.central.covers import Cover, read_covers
from partner_tui.workspace.central.editing import write_edits
from partner_tui.workspace.central.remote_files import Asked, KeptAnswers, ask_all, list_remote
from partner_tui.workspace.workspace import Workspace

QUIET = "$foreground 60%"
_FRAME = 9
"""Cells of a row that are its sign, what is between its columns, its padding and the scrollbar."""
_LEAST = 40
"""Cells for names and where they are named, however little room there is."""


class FilesList(GroupedList[FileLine]):
    """The files, one line each; of each group what is not right first."""

    TITLE = "Files"
    BINDINGS = [
        bind("enter", "open", "Show", "files.open", "Show the entries that name the file"),
        *cursor_keys("files", "file"),
    ]
    _words = 0
    _columns: Mapping[str, tuple[int, int]] = {}
    """Of each group: how wide its names are, and how many parts of where a file is named there is room for."""

    def measure(self) -> None:
        """What is named beside a file may take half of the line, and gives way to its name from the end on."""
        self._words = max((len(row.sign[2]) for row in self.rows), default=0)
        left = max(self.size.width - _FRAME - self._words, _LEAST)  # it may not have been laid out yet
        columns: dict[str, tuple[int, int]] = {}
        for group in {row.group for row in self.rows}:
            rows = [row for row in self.rows if row.group == group]
            longest = max(len(visible(row.name.removeprefix("https://"))) for row in rows)
            room = {parts: left - max(len(_where(row, parts)) for row in rows) for parts in (1, 2)}
            parts = 2 if room[2] >= min(longest, left // 2) else 1
            columns[group] = min(longest, max(left // 2, room[parts])), parts
        self._columns = columns

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.prevent_default().stop()  # a click shows what is known of the file; enter leaves the page

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def key(self, row: FileLine) -> str:
        return row.key

    def draw(self, row: FileLine) -> Content:
        sign, style, words = row.sign
        width, parts = self._columns[row.group]
        return Content.assemble(
            (f"{sign} ", style),
            f"{shown_name(row, width)}  ",
            (f"{words:<{self._words}}  ", style if sign not in "●·" else QUIET),
            (_where(row, parts), QUIET),
        )


def _where(row: FileLine, parts: int) -> str:
    return "  ".join(visible(part, 120) for part in row.where[:parts])


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the files."""

    named: Sequence[NamedFile]
    covers: Sequence[Cover]
    remote: Sequence[RemoteFile]
    asked: Mapping[str, Asked]


class FilesPage(ReadPage):
    """Files of the clone and of other hosts."""

    TITLE = "Files"
    HELP = """
    Checksums: every file in the clone that an entry or its RDF names with a sha256, or should; w writes the right ones as one step.
    Covers: what each is, and what of it will look wrong on a card.

    Other hosts: covers, documentation and downloads that entries name by URL or DOI. c asks their hosts, when you agree, whether
    they are there; nothing is downloaded. f writes the new URL of what has moved, F all of them. The answers are kept in your cache.
    """
    DEFAULT_CSS = """
    FilesPage {
        #about { height: auto; padding: 0 1; }
        #detail { height: auto; max-height: 4; padding: 0 1; color: $foreground 70%; }
    }
    """
    BINDINGS = [
        bind("w", "write", "Write sha256", "files.write", "Write the right sha256 of every file"),
        bind("c", "ask", "Ask hosts", "files.ask", "Ask the hosts for their files (asks first)"),
        bind("f", "correct", "Fix URL", "files.fix", "Write the new URL of what has moved"),
        bind("F", "correct_all", "Fix all", "files.fix_all", "Write the new URL of all that moved"),
    ]

    _found: _Read | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel") as panel:
            panel.border_title = "Files"
            yield Static("Reading …", id="about", markup=False)
            yield FilesList()
            yield Static(id="detail", markup=False)

    files = getters.query_one(FilesList)

    # What the frame tells

    @work(exclusive=True, group="files")
    async def read(self) -> None:
        self._found = None
        running = Running("reading files")
        found = await self.read_here(running, partial(_read_all, self.workspace, self._kept, running))
        if found is not None:
            self._show(found)

    @property
    def _kept(self) -> KeptAnswers:
        return KeptAnswers(self.app.directories.cache / "remote-files.json")

    def _show(self, found: _Read) -> None:
        self._found = found
        ids = [entry.id or f"(line {entry.line})" for entry in self.workspace.manifest.entries]
        groups = {
            "Checksums": checksum_rows(found.named, ids),
            "Covers": cover_rows(found.covers, ids),
            "Other hosts": remote_rows(found.remote, found.asked, ids, datetime.now(UTC)),
        }
        listed: list[FileLine | str] = []
        for heading, rows in groups.items():
            if rows:
                listed += [f"{heading}  {len(rows)}", *rows]
        self.files.show(listed)
        self.say(_about(groups))
        self.refresh_bindings()

    @on(FilesList.Selected)
    def _moved(self) -> None:
        row = self.files.chosen
        self.query_one("#detail", Static).update(visible(row.detail, 600) if row else "")
        self.refresh_bindings()

    # What can be done

    def disabled_reason(self, action: str) -> str | None:
        found, row = self._found, self.files.chosen if self.query(FilesList) else None
        if found is None:
            return self.why_unread(action)
        match action:
            case "write" if not self._to_write:
                return "Every sha256 is right."
            case "ask" if not found.remote:
                return "No entry names a file of another host."
            case "correct" if row is None or not row.is_moved:
                return "Only a URL that has moved for good can be fixed."
            case "correct_all" if not any(one.is_moved for one in self.files.rows):
                return "No URL is known to have moved for good."
        return super().disabled_reason(action)

    @property
    def _to_write(self) -> list[NamedFile]:
        return [one for one in self._found.named if one.state in ("wrong", "unstated")] if self._found else []

    @act("write")
    async def action_write(self) -> None:
        """Write the right checksums; it is one step."""
        named, workspace = self._to_write, self.workspace
        self._found = None  # once; what is saved is read anew
        step = await self.workspace_screen.run_and_refresh(
            "writing sha256", lambda: write_checksums(workspace, named)
        )
        if step is not None:
            self.notify(f"sha256 of {plural(len(named), 'file')} written. Press ctrl+z to undo.")

    @work(exclusive=True, group="ask")
    async def action_ask(self) -> None:
        """Show the hosts, and ask them when the user agrees; what was answered by then is kept when they are stopped."""
        if (found := self._found) is None:
            return
        every = list(dict.fromkeys(one.address for one in found.remote))
        new = [one for one in every if one not in found.asked or found.asked[one].answer.state == "unknown"]
        addresses = new or every
        if not await self.app.push_screen_wait(_consent(addresses, is_again=not new)):
            return
        running = Running("asking hosts")

        def tell(done: int) -> None:
            running.detail = f"{done}/{len(addresses)}"

        with self.app.errors_shown():
            answers = await self.app.background.run(running, ask_all, addresses, running.cancelled, tell)
            await self.app.background.run(Running("saving"), self._kept.keep, answers)
            if self.is_attached:
                self.notify(_answered(answers))
                self.read()

    @act("write")
    async def action_correct(self) -> None:
        if (row := self.files.chosen) is not None:
            await self._correct([row])

    @act("write")
    async def action_correct_all(self) -> None:
        await self._correct(self.files.rows)

    async def _correct(self, rows: Sequence[FileLine]) -> None:
        """Write the new addresses of rows; it is one step."""
        found, workspace = self._found, self.workspace
        moved = [row for row in rows if row.is_moved]
        if found is None or not moved:
            return
        answers = {address: one.answer for address, one in found.asked.items()}
        edits = moved_edits((one for row in moved for one in row.remote), answers)
        title = f"{plural(len(moved), 'URL')} that moved"
        self._found = None  # once; what is saved is read anew
        step = await self.workspace_screen.run_and_refresh(
            "saving", lambda: write_edits(workspace, title, edits)
        )
        if step is not None:
            self.notify(f"Saved: {title}. Press ctrl+z to undo.")

    @on(FilesList.Opened)
    def _opened(self) -> None:
        if (row := self.files.chosen) is not None:
            entries = self.workspace.manifest.entries
            self.show_entries(entries[at] for at in row.entries if at < len(entries))


def _read_all(workspace: Workspace, kept: KeptAnswers, running: Running) -> _Read:
    """Read everything; raises Cancelled."""

    def tell(done: str) -> None:
        running.detail = done

    named = read_named(workspace, running.cancelled, tell)
    covers = read_covers(workspace, running.cancelled, tell)
    return _Read(named, covers, list_remote(workspace, running.cancelled), kept.read())


def _consent(addresses: Sequence[str], *, is_again: bool) -> ConfirmScreen:
    hosts = by_host(addresses)
    places = {host: place for place, host in enumerate(hosts)}
    counts = [
        f"  {visible(host, 60) or '(no host)'}: {plural(count, 'request')}" for host, count in hosts.items()
    ]
    every = sorted(addresses, key=lambda one: places[host_of(one)])
    text = (
        f"{'All were asked before. ' if is_again else ''}{plural(len(hosts), 'host')} will be asked once for each file: HEAD, or "
        "one byte where that is refused, and up to 5 redirects, also to other hosts. Nothing is downloaded, and no cookie or "
        "token is sent.\n\n"
        + "\n".join([*counts, "", "Every URL (page down scrolls):", *(f"  {visible(one)}" for one in every)])
    )
    return ConfirmScreen("Ask these hosts?", text, yes="Ask")


def _answered(answers: Mapping[str, Asked]) -> str:
    states = [one.answer.state for one in answers.values()]
    names = {"reachable": "reachable", "moved": "moved", "gone": "gone", "unknown": "not known"}
    told = ", ".join(f"{states.count(state)} {words}" for state, words in names.items() if state in states)
    return f"{plural(len(states), 'URL')} asked: {told}." if told else "No URL was asked."


def _about(groups: Mapping[str, Sequence[FileLine]]) -> Content:
    """How many there are of each state, a line for each group."""
    lines = [
        Content.assemble((f"{heading} {len(rows)}", "bold"), *counts_of(rows))
        for heading, rows in groups.items()
        if rows
    ]
    nothing = "No entry names a file with a sha256, a cover, or a file of another host."
    return Content("\n").join(lines) if lines else Content.styled(nothing, QUIET)
