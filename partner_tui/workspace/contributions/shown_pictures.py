"""The pictures of a contribution, as they are and as they were: covers of an entry, or a file that is a picture.

The rule: nothing is fetched but what the user agreed to for this repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.files import FileChange
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.pictures.source import PictureSource
from partner_tui.plain import visible
from partner_tui.workspace.contributions.reviewed import Reviewed
from partner_tui.workspace.contributions.side import Side
from partner_tui.workspace.entries.shown_pictures import COVERS, card_pictures

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg")
"""Names of files that are looked at as pictures."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture, where its content is, and what is said above it.

    Attributes:
        content: What tells it from another one of its name; None of a file that is not there.
    """

    caption: str
    source: PictureSource
    files: CloneFiles
    content: str | None = None


def is_picture(path: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return path.lower().endswith(SUFFIXES)


def cover_pictures(reviewed: Reviewed, change: EntryChange) -> tuple[ShownPicture, ...]:
    """The covers of an entry as they will be, then those that are gone; of one that changed both. Blocks."""
    old = dict(_covers(reviewed, reviewed.old, change.before))
    new = dict(_covers(reviewed, reviewed.new, change.after))
    shown = []
    for name, one in new.items():
        was = old.pop(name, None)
        is_same = was is not None and was.content == one.content
        when = "new" if was is None else "unchanged" if is_same else "after"
        shown.append(replace(one, caption=f"{name}: {when}"))
        if was is not None and not is_same:
            shown.append(replace(was, caption=f"{name}: before"))
    shown += [replace(was, caption=f"{name}: removed") for name, was in old.items()]
    return tuple(shown[:COVERS])


def remote_covers(reviewed: Reviewed) -> Iterator[str]:
    """The URLs of the pictures of all entries of a review that other hosts have. Blocks."""
    for change, _ in reviewed.review.touched:
        for one in cover_pictures(reviewed, change):
            if one.source.kind == "remote":
                yield one.source.reference


def file_pictures(reviewed: Reviewed, file: FileChange) -> tuple[ShownPicture, ...]:
    """A file that is a picture, after and before. Blocks."""
    versions = ((file.path, "after", reviewed.new), (file.was or file.path, "before", reviewed.old))
    return tuple(
        ShownPicture(f"{visible(path, 120)}: {when}", PictureSource("file", path, path), side.files)
        for path, when, side in versions
        if side.files.exists(path)
    )


def _covers(reviewed: Reviewed, side: Side, entry: Entry | None) -> Iterator[tuple[str, ShownPicture]]:
    if entry is None or side.manifest is None:
        return
    for source in card_pictures(resolve(entry, side.manifest, side.files), side.files):
        if source.kind not in ("emoji", "none"):
            name = visible(source.path or source.reference, 120)
            content = side.files.blob(source.path) if source.kind == "file" else source.reference
            yield name, ShownPicture(name, source, reviewed.files_of(side), content)
