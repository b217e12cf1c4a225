"""Tells the author: the review is posted on its forge, copied or saved as Markdown, or its page opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.review.on_forge import find_forge, post

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.ui.review.base import ReviewBase


@dataclass(frozen=True, slots=True)
class Telling:
    """One way to tell the author.

    Attributes:
        run: Starts it; it says by itself what it did.
    """

    label: str
    about: str
    run: Callable[[], object]


def ways(screen: ReviewBase, page: str, forge: Forge | None) -> tuple[Telling, ...]:
    """The ways that there are. What others see is not the first, which a hasty Enter takes.

    Args:
        page: The URL of its page; "" for none.
    """
    browse = Telling("Open its page", "In the browser; press m to copy the review", screen.action_browse)
    return (
        Telling("Copy as Markdown", "To paste it where its author reads it", screen.action_copy),
        Telling("Save as Markdown", "To a file that you name", screen.action_save),
        *((browse,) if page else ()),
        *(_posting(screen, forge) if forge is not None else ()),
        Telling("Later", "The review is kept: m copies it, w saves it", lambda: None),
    )


def _posting(screen: ReviewBase, forge: Forge) -> Iterator[Telling]:
    yield Telling("Post it", f"On {forge.host}, as one review; shows it first", partial(post, screen, forge))
    if screen.kept.verdict == "declined":
        yield Telling(
            "Post it and close",
            f"On {forge.host}; closes the pull request",
            partial(post, screen, forge, close=True),
        )


class TellScreen(ChoosingScreen[Telling]):
    """Dismissed with a way; None when cancelled."""

    HELP = "The verdict is kept on this machine. Posting sends it to the forge; nothing else here does."


def _row(way: Telling) -> Content:
    return Content.assemble(f"{way.label:<22}", (way.about, "$foreground 60%"))


async def tell(screen: ReviewBase, verdict: str) -> None:
    """Offer the ways after a verdict; none has to be taken."""
    page = await asyncio.to_thread(screen.contributions.page_of, screen.one)
    found = ways(screen, page, await find_forge(screen))
    text = "The verdict and your comments are kept. How does the author learn of them?"
    asking = TellScreen(found, f"{verdict}: tell the author", text, map(_row, found), cancel="Later")
    way = await screen.app.push_screen_wait(asking)
    if way is not None:
        way.run()
