"""Actions on an entry that take more than one step: choose one of its links, of which none is opened before, or its cover, and
repair duplicate keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.comparison.matching import entry_name
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.pictures.source import resolve_picture
from partner_tui.plain import visible
from partner_tui.splash.card import Link, find_urls, read_card
from partner_tui.splash.picture_rules import check_cover
from partner_tui.splash.share_links import Listed, entry_note, entry_today_url
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.view import Frame
from partner_tui.ui.widgets.box import Box


def links_of(entry: Entry, resolved: Resolved | None, public_id: str) -> list[Link]:
    """The links of an entry: its page on the site first, then those in its fields."""
    data = resolved.data if resolved else entry.own
    card, kind = read_card(data), (resolved.type if resolved else entry.type) or ""
    one = Listed(public_id, entry.index, kind, card.name, nickname=card.nickname)
    label = "bioimage.io search" if entry_note(one) else "bioimage.io page"
    return [*([Link(label, entry_today_url(one))] if public_id else []), *find_urls(data)]


def copy(app: App[Any], text: str) -> None:
    app.copy_to_clipboard(text)
    app.notify(visible(text, 200), title="Copied", markup=False)


async def repair_duplicate_keys(frame: Frame) -> None:
    """Show both values of a duplicate key, and write what is chosen, until none is left."""
    from partner_tui.ui.broken.repair import RepairScreen
    from partner_tui.workspace.opening.repair_session import diagnose

    workspace = frame.workspace
    while (
        found := await asyncio.to_thread(diagnose, workspace.document.text, workspace.manifest_name)
    ).problem:
        remedy = await frame.app.push_screen_wait(RepairScreen(found))
        if remedy is None:
            return
        contents = {workspace.manifest_name: remedy.text.encode()}
        save = partial(workspace.save, f"repair: {remedy.title}", contents)
        if await frame.run_and_refresh("repairing", save) is None:
            return


async def choose_cover(frame: Frame, entry: Entry) -> None:
    """Let the user choose a picture of the clone, or copy one into it, that is an entry's first cover then; one step."""
    from partner_tui.ui.dialogs.choose_picture import PictureScreen
    from partner_tui.ui.dialogs.copy_picture import NewPicture
    from partner_tui.workspace.picture_files import copy_picture, cover_edits

    workspace = frame.workspace
    resolved = await asyncio.to_thread(workspace.resolved, entry)
    covers = read_card(resolved.data).covers[:1]
    now = [resolve_picture(one, workspace.files, resolved.base("covers")).path for one in covers]
    chosen = await frame.app.push_screen_wait(PictureScreen(workspace, "Cover", check_cover, "".join(now)))
    if chosen is None:
        return
    title, edits = f"cover of {entry_name(entry)}", partial(cover_edits, workspace, resolved)
    if isinstance(chosen, NewPicture):
        copy = partial(copy_picture, workspace, chosen.data, chosen.target, title, edits)
        done = await frame.run_and_refresh("copying", copy)
    else:
        done = await frame.save_edits(title, await asyncio.to_thread(edits, chosen))
    if done:
        frame.app.notify(f"Saved: {visible(title, 100)}. Press ctrl+z to undo.", markup=False)


class ChooseLinkScreen(ChoosingScreen[str]):
    """Dismissed with the address, None when given up."""

    CSS = """
    ChooseLinkScreen {
        Box { width: 100; padding: 1 1 0 1; }
        OptionList {
            max-height: 16; margin-top: 0; text-wrap: nowrap; text-overflow: ellipsis;
        }
        OptionList > .option-list--option { padding: 0 1; }
        .quiet { padding: 1 1 0 1; }
    }
    """
    HELP = "The links of one entry. Press enter to open one in your browser."
    BINDINGS = [bind("y", "copy", "Copy", "links.copy", "Copy the link")]

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__([link.url for link in links])
        self._links = links

    def compose(self) -> ComposeResult:
        width = min(24, max(len(link.label) for link in self._links))
        with Box("Open in the browser"):
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            (visible(link.label, width).ljust(width + 2), "$foreground 60%"),
                            visible(link.url, 400),
                        )
                    )
                    for link in self._links
                ),
                markup=False,
            )
            yield Static("enter open   y copy   esc back", classes="quiet", markup=False)

    def action_copy(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            copy(self.app, self.answers[highlighted])
