"""The covers in the clone: what each is, and what of it will look wrong on a card. They are decoded in the confined child."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from partner_tui.compliance.pictures import look_at
from partner_tui.errors import Cancelled
from partner_tui.pictures.facts import PictureFacts
from partner_tui.pictures.source import PictureSource, resolve_picture
from partner_tui.splash.card import read_card
from partner_tui.splash.notices import Notices
from partner_tui.splash.picture_rules import check_cover
from partner_tui.workspace.central.editing import entries_of
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover that is in the clone, or should be.

    Attributes:
        entry: The index of the entry.
        name: Its path in the clone, or what is written.
        facts: None where it cannot be read.
        notices: What will look wrong, or why it cannot be read.
    """

    entry: int
    name: str
    facts: PictureFacts | None
    notices: Notices


def read_covers(
    workspace: Workspace, cancelled: threading.Event, progress: Callable[[str], None] = lambda done: None
) -> list[Cover]:
    """The covers of all entries, in file order; those of other hosts are left out. Raises Cancelled."""
    wanted: list[tuple[int, PictureSource]] = []
    for resolved in entries_of(workspace, cancelled):
        for reference in read_card(resolved.data).covers:
            source = resolve_picture(reference, workspace.files, resolved.base("covers"))
            if source.kind in ("file", "missing"):
                wanted.append((resolved.entry.index, source))
    found = []
    for number, (index, source) in enumerate(wanted, start=1):
        if cancelled.is_set():
            raise Cancelled
        facts, notices = look_at(source, workspace.files, check_cover, cancelled)
        found.append(Cover(index, source.path or source.reference, facts, notices))
        progress(f"{number}/{len(wanted)}")
    return found
