"""The verdict: merge, squash, merge with our fixes on top, request changes, or decline. What it does is said before it is done.

Of what arrived by itself nothing is merged, since it is on the branch: it is seen, reverted in whole or by entry, or upgraded.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import State
from partner_tui.contributions.kept import Verdict, with_answers
from partner_tui.contributions.review import Review
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import plural
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.on_forge import find_forge, merge_there

if TYPE_CHECKING:
    from partner_tui.ui.review.base import ReviewBase

_WAYS: Mapping[str, tuple[str, str]] = {
    "merge": ("Merge", "Shows the result before it commits"),
    "squash": ("Squash and merge", "One commit that names its authors"),
    "fixes": ("Merge, with our fixes on top", "The upgrade's fixes in a second commit"),
    "changes": ("Request changes", "Keeps your comments, offers Markdown"),
    "decline": ("Decline", "Nothing is merged"),
    "approve": ("Approve", "Nothing is merged yet; offers Markdown"),
    "merge there": ("Merge on {host}", "Only this head; asks first"),
    "squash there": ("Squash on {host}", "Only this head; asks first"),
    "seen": ("Seen", "Takes it off the list of what arrived"),
    "revert": ("Revert all of it", "A commit that undoes it"),
    "entries": ("Revert entries", "A commit that undoes those you choose"),
    "upgrade": ("Upgrade its entries", "On top of it, to the latest format"),
}
"""What each is called, and what it does."""

_DECIDED: Mapping[str, tuple[Verdict, str]] = {
    "changes": ("changes", "Changes requested"),
    "decline": ("declined", "Declined"),
    "approve": ("approved", "Approved"),
}


class VerdictScreen(ChoosingScreen[str]):
    """Dismissed with the verdict; None when cancelled.

    Args:
        left: What the reviewer has not looked at, in a sentence; "" for nothing.
    """

    HELP = """
    Nothing is sent before it is shown to you and you agree. A merge is committed on this machine, and can be undone until you
    push it; one on the forge cannot.
    """

    def __init__(self, title: str, left: str, ways: Sequence[str], host: str = "") -> None:
        rows = [_row(label.format(host=host), about) for label, about in map(_WAYS.__getitem__, ways)]
        super().__init__(ways, title, Content.styled(left, "$warning") if left else "", rows)


def _row(label: str, about: str) -> Content:
    return Content.assemble(f"{label:<30}", (about, "$foreground 60%"))


async def give_verdict(screen: ReviewBase) -> None:
    """Ask for the verdict, and do what it says.

    Raises:
        PartnerTuiError: It cannot be merged now.
    """
    assert screen.review is not None
    is_merged = screen.one.state is State.MERGED or screen.kept.merged is not None
    try:
        forge = await find_forge(screen)
    except PartnerTuiError as error:  # a setting keeps nobody from a verdict
        screen.app.show_error(error)
        forge = None
    ways = ["merge", "squash", "fixes", "changes", "decline", "approve"]
    ways += ["merge there", "squash there"] if forge is not None else []
    left = open_words(screen.review, screen)
    if is_merged:
        ways = [*_reverts(screen.review), "changes"]
        left = "It was reverted." if screen.kept.verdict == "reverted" else "It is merged already."
    title = f"Verdict on {number(screen.one)}"
    asking = VerdictScreen(title, left, ways, forge.host if forge is not None else "")
    way = await screen.app.push_screen_wait(asking)
    match way:
        case "merge" | "squash" | "fixes":
            from partner_tui.ui.review.merging import merge

            await merge(screen, squash=way == "squash", with_fixes=way == "fixes")
        case "changes" | "decline" | "approve":
            from partner_tui.ui.review.telling import tell

            verdict, words = _DECIDED[way]
            screen.keep(screen.kept.decided(verdict, screen.one.head, screen.kept.merged))
            await tell(screen, words)
        case "revert" | "entries":
            from partner_tui.ui.review.reverting import choose_entries, revert_merged

            chosen = await choose_entries(screen) if way == "entries" else None
            if way == "revert" or chosen:
                await revert_merged(screen, chosen)
        case "merge there" | "squash there" if forge is not None:
            await merge_there(screen, forge, "merge" if way == "merge there" else "squash", left)


def _reverts(review: Review) -> list[str]:
    return ["entries", "revert"] if review.entries else ["revert"]


def open_words(review: Review, screen: ReviewBase) -> str:
    """What the checklist still has, in a sentence; "" for nothing."""
    states = Counter(one.state for one in with_answers(review.checklist, screen.kept))
    parts = []
    if failed := states["fail"]:
        parts.append(f"{plural(failed, 'item')} failed")
    if left := states["open"]:
        parts.append(f"{plural(left, 'item')} open")
    return f"Checklist: {', '.join(parts)}." if parts else ""


async def judge_arrival(screen: ReviewBase, one: Arrival) -> None:
    """Ask for the verdict, and do what it says.

    Raises:
        PartnerTuiError: It cannot be reverted or upgraded now, or noted.
    """
    from partner_tui.ui.review.reverting import choose_entries

    assert screen.review is not None
    ways = ["seen", *_reverts(screen.review)]
    if any(change.after is not None for change, _ in screen.review.touched):
        ways.append("upgrade")
    title = f"Verdict on {number(one)}"
    match await screen.app.push_screen_wait(VerdictScreen(title, "", ways)):
        case "seen":
            await _note(screen, one)
            screen.dismiss()
        case "revert":
            await _revert(screen, one, None)
        case "entries":
            if chosen := await choose_entries(screen):
                await _revert(screen, one, chosen)
        case "upgrade":
            await _upgrade(screen, one)


async def _note(screen: ReviewBase, one: Arrival) -> None:
    """It does not wait any more."""
    await asyncio.to_thread(screen.contributions.mark_seen, [one])


async def _revert(screen: ReviewBase, one: Arrival, entries: Collection[str] | None) -> None:
    """What was reverted was seen."""
    from partner_tui.ui.review.reverting import revert

    if await revert(screen, one.base if len(one.commits) > 1 else None, one.head, entries):
        await _note(screen, one)


async def _upgrade(screen: ReviewBase, one: Arrival) -> None:
    """Go on to the upgrade of the entries that it added or changed, as they are now."""
    from partner_tui.ui.upgrade.screen import UpgradeScreen
    from partner_tui.workspace.changes.committing import the_repository
    from partner_tui.workspace.contributions.applying import branch_to_merge_into

    assert screen.review is not None
    app, frame = screen.app, screen.frame
    await asyncio.to_thread(branch_to_merge_into, the_repository(frame.workspace))
    names = {change.name for change, _ in screen.review.touched if change.after is not None}
    entries = frame.workspace.manifest.entries
    wanted = [entry.index for entry in entries if entry.id in names]
    if not wanted:
        raise PartnerTuiError(
            f"None of its {plural(len(names), 'entry')} is in the manifest now.", "Look at it in Entries."
        )
    screen.dismiss()
    app.push_screen(UpgradeScreen(frame, wanted))
