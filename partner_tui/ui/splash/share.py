"""Hand out a link: what it shows on both sites, which entries it selects, and those it misses for want of a link.

Adding the missing links is one step, undone as any other.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, RadioSet, Static
from textual.widgets.option_list import Option

from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.manifest.editing.edits import Edit
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.partners import keyword
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.manifest.text.document import Document
from partner_tui.plain import plural, visible
from partner_tui.repository.commits.diff import diff_text
from partner_tui.splash.share_links import (
    Listed,
    Selection,
    as_html,
    as_markdown,
    classic_url,
    entry_classic_url,
    entry_note,
    entry_today_url,
    link_edits,
    list_entries,
    selected,
    today_type,
    today_url,
    warning_of,
    why_no_links,
    without_link,
)
from partner_tui.ui.acting import act
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.view import Frame
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.toggles import CheckBox, RadioChoice, RadioRow

MOST = 500
"""Rows of a list: what is beyond them is counted."""
QUIET = "$foreground 60%"


class ShareScreen(Dialog[None]):
    """Links for the partner's resources, or for one entry.

    Args:
        entry: The index of the entry to begin with; None for the resources.
    """

    TITLE = "Share a link"
    HELP = """
    Choose what visitors of bioimage.io shall see: a type, tags, a text, or one entry. Copy the link that is selected at the
    bottom as a URL, as Markdown, as an HTML badge, or show it as a QR code. Today's site finds your entries by their link to
    the partner: a adds it to the marked entries that lack it (space marks one), or to all of them, and shows the lines first.
    """
    CSS = """
    ShareScreen {
        #share { width: 110; max-width: 100%; height: 34; max-height: 100%; padding: 0 1; }
        .row { height: 1; }
        .row > .label { width: 7; color: $foreground 60%; }
        Input { border: none; height: 1; padding: 0 1; background: $panel; width: 1fr; }
        #lists { height: 1fr; margin-top: 1; }
        #share-tags { width: 1fr; min-width: 30; }
        #share-entries { width: 2fr; }
        OptionList {
            border: round $border; background: transparent; height: 1fr; max-height: 100%; border-title-color: $foreground 60%;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        OptionList:focus { border: round $accent; }
        OptionList > .option-list--option { padding: 0 1; }
        #share-links { height: 4; }
        #missing { height: auto; }
        #share-warning { width: 1fr; height: auto; color: $warning; }
        Choices { width: auto; margin: 0; }
    }
    """
    BINDINGS = [
        bind("escape", "dismiss", "Back", "share.back", "Close without copying"),
        bind("y", "copy('url')", "Copy", "share.copy", "Copy the selected link"),
        bind("m", "copy('markdown')", "Markdown", "share.markdown", "Copy it as Markdown"),
        bind("w", "copy('html')", "HTML", "share.html", "Copy it as an HTML badge"),
        bind("r", "qr", "QR code", "share.qr", "Show the selected link as a QR code"),
        bind("e", "entries", "Entries", "share.entries", "Show what the link selects in Entries"),
        bind("a", "add", "Add link", "share.add", "Add the missing link to the marked entries, or to all"),
        bind("space", "mark", "Mark", "share.mark", "Mark an entry that lacks the link, or unmark it"),
    ]

    def __init__(self, frame: Frame, entry: int | None = None) -> None:
        super().__init__()
        self._frame = frame
        self._entry = entry
        self._entries: tuple[Listed, ...] = ()
        self._shown: tuple[Listed, ...] = ()
        self._missing: tuple[Listed, ...] = ()
        self._tags: list[str] = []
        self._chosen: set[str] = set()
        self._marked: set[int] = set()
        self._urls: tuple[str, str] = ("", "")
        self._site = 0
        self._is_read = False

    def compose(self) -> ComposeResult:
        keys = "y copy  m Markdown  w HTML badge  r QR code  e Entries  ⇥ next  esc back"
        with Box("Share a link", note=keys, id="share"):
            with Horizontal(classes="row"):
                yield Static("To", classes="label")
                with RadioRow(id="share-to", compact=True):
                    yield RadioChoice("resources", value=self._entry is None, compact=True)
                    yield RadioChoice("one entry", value=self._entry is not None, compact=True)
                yield CheckBox("of this partner only", value=True, compact=True, id="share-own")
            with Horizontal(classes="row selection"):
                yield Static("Type", classes="label")
                with RadioRow(id="share-type", compact=True):
                    for name in SITE_TYPES:
                        yield RadioChoice(name, compact=True)
            with Horizontal(classes="row selection"):
                yield Static("Text", classes="label")
                yield Input(placeholder="in the name, description, id or a tag", id="share-text")
            with Horizontal(id="lists"):
                tags = OptionList(id="share-tags", markup=False)
                tags.border_title = "Tags"
                yield tags
                entries = OptionList(id="share-entries", markup=False)
                entries.border_title = "Entries"
                yield entries
            with Horizontal(id="missing"):
                yield Static(id="share-warning", markup=False)
                yield Choices(("add", "Add link", "a"))
            links = OptionList(id="share-links", markup=False)
            links.border_title = "Link"
            yield links

    def on_mount(self) -> None:
        self.query_one("#share-links").focus()
        self._read()

    @work(exclusive=True, group="share")
    async def _read(self) -> None:
        workspace = self._frame.workspace
        self._entries = await asyncio.to_thread(list_entries, workspace.manifest, workspace.files)
        if not self.is_attached:
            return
        first, self._is_read = not self._is_read, True
        if first:
            counts = Counter(one.type for one in self._entries)
            kind = today_type(workspace.manifest.partner, self._entries, Selection())
            for name, button in zip(
                SITE_TYPES, self.query_one("#share-type").query(RadioChoice), strict=True
            ):
                button.label = f"{name} {counts[name]}"
                button.value = name == kind
        self._show()

    # Showing

    @property
    def _to_entry(self) -> bool:
        return self.query_one("#share-to", RadioSet).pressed_index == 1

    @property
    def _wanted(self) -> Selection:
        kind = self.query_one("#share-type", RadioSet).pressed_index
        return Selection(
            SITE_TYPES[kind] if kind >= 0 else "",
            tuple(tag for tag in self._tags if tag in self._chosen),
            self.query_one("#share-text", Input).value.strip(),
            self.query_one("#share-own", CheckBox).value,
        )

    def _show(self) -> None:
        if not self._is_read or not self.query("#share-links"):  # it may be left before all was heard
            return
        partner, wanted, to_entry = self._frame.workspace.manifest.partner, self._wanted, self._to_entry
        for row in self.query(".selection"):
            row.display = not to_entry
        self.query_one("#share-tags").display = self.query_one("#share-own").display = not to_entry
        self._shown = self._entries if to_entry else selected(partner, self._entries, wanted)
        self._missing = (
            () if to_entry or not wanted.by_partner else without_link(partner, self._entries, wanted)
        )
        self._show_tags()
        self._show_entries()
        self._show_warning()
        self._show_links()
        self.refresh_bindings()

    def _show_warning(self) -> None:
        problem, warning = why_no_links(self._frame.workspace.manifest.partner), ""
        if self._to_entry:
            warning = entry_note(self._one) if self._one else ""
        elif self._wanted.by_partner:
            warning = warning_of(self._shown, self._missing)
        self.query_one("#share-warning", Static).update(problem or warning)
        self.query_one("#missing").display = bool(problem or warning)
        self.query_one(Choices).display = bool(self._missing) and not problem

    def _show_tags(self) -> None:
        kind = self._wanted.type
        counts = Counter(tag for one in self._entries if one.type == kind for tag in dict.fromkeys(one.tags))
        self._chosen &= set(counts)
        self._tags = sorted(counts, key=lambda tag: (-counts[tag], tag.casefold()))[:MOST]
        options = self.query_one("#share-tags", OptionList)
        at = options.highlighted
        options.clear_options()
        options.add_options(
            Content.assemble(
                f"[{'x' if tag in self._chosen else ' '}] ", visible(tag, 30), (f"  {counts[tag]}", QUIET)
            )
            for tag in self._tags
        )
        options.highlighted = at if at is not None and at < len(self._tags) else None

    def _show_entries(self) -> None:
        options = self.query_one("#share-entries", OptionList)
        at = self._entry if self._to_entry else options.highlighted
        options.clear_options()
        options.add_options(self._entry_rows())
        options.border_title = (
            "Entries" if self._to_entry else f"Selects {len(self._shown)} of {len(self._entries)} entries"
        )
        options.border_subtitle = "space mark" if self._missing else ""
        options.highlighted = at if at is not None and at < options.option_count else None

    def _entry_rows(self) -> Iterator[Option]:
        for one in self._shown[:MOST]:
            yield Option(Content.assemble(visible(one.id, 60), (f"  {visible(one.name, 60)}", QUIET)))
        rest = len(self._shown) - MOST
        if rest > 0:
            yield Option(Content.styled(f"… and {rest} more", QUIET), disabled=True)
        for one in self._missing[:MOST]:
            mark = f"[{'x' if one.index in self._marked else ' '}] "
            yield Option(
                Content.assemble(("▲ ", "$warning"), mark, (f"{visible(one.id, 60)}  not linked", QUIET)),
                id=f"missing-{one.index}",
            )

    def _show_links(self) -> None:
        partner, one = self._frame.workspace.manifest.partner, self._one
        if self._to_entry:
            self._urls = (entry_today_url(one), entry_classic_url(partner, one)) if one else ("", "")
        else:
            self._urls = today_url(partner, self._entries, self._wanted), classic_url(partner, self._wanted)
        options = self.query_one("#share-links", OptionList)
        at = self._site
        options.clear_options()
        names = ("today", "classic")
        options.add_options(
            Content.assemble((name.ljust(9), QUIET), url or ("choose an entry above", QUIET))
            for name, url in zip(names, self._urls, strict=True)
        )
        options.highlighted = at

    @property
    def _one(self) -> Listed | None:
        at = self._entry
        return self._entries[at] if self._to_entry and at is not None and at < len(self._entries) else None

    # Choosing

    @on(RadioSet.Changed)
    @on(CheckBox.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._show()

    @on(OptionList.OptionSelected, "#share-tags")
    def _tag_chosen(self, event: OptionList.OptionSelected) -> None:
        self._chosen ^= {self._tags[event.option_index]}
        self._show()

    @on(OptionList.OptionHighlighted, "#share-entries")
    def _entry_chosen(self, event: OptionList.OptionHighlighted) -> None:
        if self._to_entry and event.option_index != self._entry:
            self._entry = event.option_index
            self._show_warning()
            self._show_links()

    @on(OptionList.OptionSelected, "#share-entries")
    def action_mark(self) -> None:
        """Mark the entry that lacks the link and is under the cursor."""
        options = self.query_one("#share-entries", OptionList)
        at = options.highlighted
        name = options.get_option_at_index(at).id if at is not None and options.has_focus else None
        if at is not None and name:
            self._marked ^= {int(name.removeprefix("missing-"))}
            self._show_entries()

    @on(OptionList.OptionHighlighted, "#share-links")
    def _site_chosen(self, event: OptionList.OptionHighlighted) -> None:
        self._site = event.option_index

    @on(OptionList.OptionSelected, "#share-links")
    def _link_chosen(self) -> None:
        self.action_copy("url")

    # What can be done with it

    def disabled_reason(self, action: str) -> str | None:
        if action.startswith(("copy", "qr", "entries")):
            if problem := why_no_links(self._frame.workspace.manifest.partner):
                return problem
            return None if self._url else "Choose an entry first."
        if action == "add" and self._frame.workspace.why_read_only:
            return self._frame.workspace.why_read_only
        if action == "add" and not self._missing:
            return "Every entry that this link should show links to the partner."
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.disabled_reason(action) else True

    @property
    def _url(self) -> str:
        return self._urls[self._site]

    def action_copy(self, form: str) -> None:
        partner, one = self._frame.workspace.manifest.partner, self._one
        label = (one.name or one.id) if one else f"{partner.name or partner.id} on BioImage.IO"
        write = {"markdown": as_markdown, "html": as_html}.get(form)
        text = write(label, self._url) if write else self._url
        self.app.copy_to_clipboard(text)
        self.notify(visible(text, 200), title="Copied", markup=False)

    def action_entries(self) -> None:
        """Follow the link as a visitor does: to the entries that it selects."""
        self._frame.show_entries(self._url)
        self.dismiss()

    def action_qr(self) -> None:
        from partner_tui.ui.splash.qr_code import QrScreen

        self.app.push_screen(QrScreen(self._url))

    @act("add")
    async def action_add(self) -> None:
        """Let the entries that lack it link to the partner, as one step."""
        with self._frame.app.errors_shown():
            await self._add()

    async def _add(self) -> None:
        workspace = self._frame.workspace
        manifest, partner = workspace.manifest, workspace.manifest.partner
        chosen = [one for one in self._missing if one.index in self._marked] or self._missing
        count, edits = plural(len(chosen), "entry"), link_edits(manifest, chosen)
        question = ConfirmScreen(
            f"Add the link to {count}?",
            f"{keyword(partner.id)} is added to their links; today's site finds them by it.",
            yes="Add",
            careful=False,
            diff=await asyncio.to_thread(_diff, workspace.document, edits),
        )
        title = f"link to {partner.id} added to {count}"
        if await self.app.push_screen_wait(question) and await self._frame.save_edits(title, edits):
            self._marked.clear()
            self.notify(f"Saved: {title}. Press ctrl+z in any view to undo.", markup=False)
            self._read()


def _diff(document: Document, edits: Sequence[Edit]) -> Sequence[Hunk]:
    return read_diff(diff_text(document.text, apply(document, edits).text, context=1))
