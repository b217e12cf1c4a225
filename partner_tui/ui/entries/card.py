"""An entry as the website's card tells it, with its documentation below. What is not in the clone is named."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from partner_tui.compliance.status import EntryCheck
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.stored_files import absent, lfs_pointer, unread
from partner_tui.plain import few, visible
from partner_tui.splash.card import Card, read_card
from partner_tui.splash.notices import Notices
from partner_tui.ui.key_priority import KeyFirstApp
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.widgets.picture import Picture, how_to_see
from partner_tui.ui.widgets.side_list import scroll_keys

if TYPE_CHECKING:
    from PIL import Image
    from textual.widgets import Markdown

COVER_WIDTH, COVER_HEIGHT = 28, 9
SLIM = 60
"""Below this width, in cells, the description stands under the cover."""
COVER_PIXELS = 160_000
MAX_DOCUMENTATION = 24_000
SHOWN = 30
"""Of tags, people and links."""
EXTERNAL = "external"
DOCUMENTATION_DELAY = 0.25
"""Markdown is many widgets: it waits until the cursor rests, in seconds."""


class EntryCard(VerticalScroll):
    """Name, cover, description, people, tags, badges, citations, links, documentation.

    Args:
        has_keys: Whether keys beside it fetch and open what is external, so that it names them.
    """

    TITLE = "Card"
    DEFAULT_CSS = """
    EntryCard {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        Static { height: auto; }
        #cover-row { height: auto; margin: 1 0; }
        #cover { margin: 0 2 0 0; display: none; }
        #cover-notices { display: none; margin: 0 0 1 0; }
        #description { width: 1fr; }
        #about-documentation { height: 1; margin: 1 0 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-slim #cover-row { layout: vertical; }
        &.-slim #cover { margin: 0 0 1 0; }
        Markdown { padding: 0; margin: 1 0 0 0; background: $background; height: auto; }
        Markdown > MarkdownHeader { content-align: left middle; margin: 0 0 1 0; }
    }
    """
    BINDINGS = [*scroll_keys("card")]

    app = getters.app(KeyFirstApp)

    class LinkClicked(Message):
        """A link in the documentation was clicked."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def __init__(self, *, id: str | None = None, has_keys: bool = True) -> None:
        super().__init__(id=id)
        self._has_keys = has_keys
        self._shown_cover: tuple[Card, CloneFiles, str] | None = None
        self._is_first = True

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="cover-row"):
            yield Picture(COVER_WIDTH, COVER_HEIGHT, id="cover")
            yield Static(id="description", markup=False)
        yield Static(id="cover-notices", markup=False)
        yield Static(id="fields", markup=False)
        yield Static(id="about-documentation", markup=False)

    def show(self, resolved: Resolved, check: EntryCheck | None, public_id: str, files: CloneFiles) -> None:
        """Show one entry; its cover and documentation follow."""
        card = read_card(resolved.data)
        self.query_one("#head", Static).update(self._head(card, resolved, check, public_id))
        self.query_one("#description", Static).update(self._description(card, resolved))
        self.query_one("#fields", Static).update(self._fields(card))
        self.scroll_home(animate=False)
        self._show_cover(card, files, resolved.base("covers"))
        self._show_documentation(card, files, resolved.base("documentation"))

    # Parts

    def _head(self, card: Card, resolved: Resolved, check: EntryCheck | None, public_id: str) -> Text:
        quiet = theme_style(self.app, "$foreground 60%")
        icon = f"{visible(card.icon, 8)} " if card.icon and len(card.icon) <= 4 else ""
        name = visible(card.name, 300) or visible(public_id, 200) or "(no name)"
        parts = [resolved.type or "no type", resolved.format_version or "no format version"]
        parts += [card.license] if card.license else []
        parts += [f"version {card.version}"] if card.version else []
        text = Text.assemble((icon + name, theme_style(self.app, "$foreground", bold=True)), "\n")
        if check is not None:
            text.append(
                f"{check.status.glyph} {check.status}", theme_style(self.app, STATUS_STYLES[check.status])
            )
            text.append("  ")
        text.append("  ·  ".join(visible(part, 80) for part in parts), quiet)
        return text

    def _description(self, card: Card, resolved: Resolved) -> Text:
        quiet = theme_style(self.app, "$foreground 60%")
        if resolved.missing:
            return Text.assemble(
                (visible(card.description, 4000, lines=True) + "\n\n" if card.description else ""),
                ("? ", theme_style(self.app, "$secondary")),
                (
                    f"{visible(resolved.missing.problem, 300)}. "
                    + ("Press F to fetch it." if self._has_keys and resolved.missing.why == "remote" else ""),
                    quiet,
                ),
            )
        if resolved.entry.problem:
            return Text(resolved.entry.problem, theme_style(self.app, "$error"))
        return (
            Text(visible(card.description, 4000, lines=True))
            if card.description
            else Text("No description.", quiet)
        )

    def _fields(self, card: Card) -> Table:
        quiet = theme_style(self.app, "$foreground 60%")
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(width=11)
        table.add_column(ratio=1, overflow="fold")

        def row(title: str, value: Text | str) -> None:
            if value:
                table.add_row(Text(title, quiet), value if isinstance(value, Text) else Text(value))

        row("Authors", few(card.authors, SHOWN, 120))
        row("Maintainers", few(card.maintainers, SHOWN, 120))
        row("Tags", few(card.tags, SHOWN, 120))
        row("Badges", few([badge.label for badge in card.badges], SHOWN, 120))
        for place, citation in enumerate(card.citations[:6]):
            doi = citation.url.removeprefix("https://doi.org/")
            address = "" if citation.url == citation.label else f"  {visible(doi, 120)}"
            row("" if place else "Cite", Text.assemble(visible(citation.label, 400), (address, quiet)))
        row("Links", few(card.links, SHOWN, 120))
        return table

    # Cover and documentation, in their own time

    @work(exclusive=True, group="cover")
    async def _show_cover(self, card: Card, files: CloneFiles, base: str) -> None:
        # Found before the wait, in which the app may end and the widgets with it.
        cover, says = self.query_one("#cover", Picture), self.query_one("#cover-notices", Static)
        self._shown_cover = (card, files, base)
        cancelled = Event()
        if self._is_first:  # what reads pictures is imported for it, which no key should wait for
            await self.app.quiet()
            self._is_first = False
        try:
            image, note, notices = await asyncio.to_thread(_load_cover, card.covers, files, base, cancelled)
        finally:
            cancelled.set()
        note = how_to_see(note, ", o to open it" if self._has_keys else "")
        if image is not None or note or cover.display:  # each layout costs what ten keys cost
            cover.show(image, note)
            cover.display = image is not None or bool(note)
        if notices or says.display:
            warning = theme_style(self.app, "$warning")
            lines = (
                Text.assemble(("▲ ", warning), f"{visible(one.text, 300)} {one.hint}") for one in notices
            )
            says.update(Text("\n").join(lines))
            says.display = bool(notices)

    @work(exclusive=True, group="documentation")
    async def _show_documentation(self, card: Card, files: CloneFiles, base: str) -> None:
        about = self.query_one("#about-documentation", Static)
        about.update("", layout=False)
        # Not awaited here and below: the app itself awaits removals, so cancelling this worker in one would end the app.
        self.query("Markdown").remove()
        await asyncio.sleep(DOCUMENTATION_DELAY)
        title, text = await asyncio.to_thread(_load_documentation, card.documentation, files, base)
        if title.startswith(EXTERNAL) and self._has_keys:
            title = title.replace(EXTERNAL, "external (o opens it)", 1)
        quiet = theme_style(self.app, "$foreground 60%")
        about.update(
            Text.assemble(("Documentation  ", theme_style(self.app, "$accent", bold=True)), (title, quiet)),
            layout=False,
        )
        if text and self.app.is_running:
            from textual.widgets import Markdown

            self.mount(Markdown(text, open_links=False))

    def show_pictures_again(self) -> None:
        """A picture that was not there may be."""
        if self._shown_cover is not None:
            self._show_cover(*self._shown_cover)

    def fit(self, width: int) -> None:
        """Lay itself out for a width, in cells; told by the panel, which knows it before the card is first drawn."""
        self.set_class(width < SLIM, "-slim")

    def on_markdown_link_clicked(self, message: Markdown.LinkClicked) -> None:
        message.stop()
        self.post_message(self.LinkClicked(message.href))


def _load_cover(
    covers: tuple[str, ...], files: CloneFiles, base: str, cancelled: Event
) -> tuple[Image.Image | None, str, Notices]:
    """The first cover that is in the clone or was downloaded, else why there is none to see; and what will look wrong of
    the first one, which the site shows.
    """
    from partner_tui.pictures.decoder import load_picture
    from partner_tui.pictures.facts import facts_of
    from partner_tui.pictures.raster import is_on_its_way
    from partner_tui.pictures.source import resolve_picture
    from partner_tui.splash.picture_rules import check_cover, check_problem

    note = ""
    for reference in covers[:8]:
        source = resolve_picture(reference, files, base)
        if source.kind in ("file", "remote", "missing"):
            try:
                image = load_picture(source, files, COVER_PIXELS, cancelled)
            except PartnerTuiError as error:
                note = note or visible(error.message, 200)
                continue
            facts = facts_of(image)
            if note:
                return image, "", () if is_on_its_way(note) else check_problem(f"the first cover: {note}")
            return image, "", check_cover(reference, facts) if facts else ()
    return None, note, ()


def _load_documentation(reference: str, files: CloneFiles, base: str) -> tuple[str, str]:
    """What to say about the documentation, and its text where the clone holds it."""
    if not reference:
        return "none", ""
    path = path_in_clone(reference, files, base)
    if path is None:
        return f"{EXTERNAL}: {visible(reference, 200)}", ""
    if not path.lower().endswith((".md", ".markdown", ".txt", ".rst")):
        return visible(path, 200), ""
    text = files.read_text(path)
    if text is None:
        return visible(absent(path, files), 300), ""
    if lfs_pointer(text.encode()):
        return visible(unread(path, files, path), 300), ""
    if len(text) > MAX_DOCUMENTATION:
        text = text[:MAX_DOCUMENTATION] + "\n\n… (the rest is in the file)"
    return visible(path, 200), visible(text, lines=True)
