"""The pictures of a contribution, as they are and as they were: covers of an entry, or a file that is a picture. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partner_tui.contributions.checklist.item import source_of
from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.files import FileChange
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import resolve
from partner_tui.pictures.source import PictureSource, resolve_picture
from partner_tui.plain import visible
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.workspace.contributions.reviewed import Reviewed
from partner_tui.workspace.contributions.side import Side

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg")
"""Names of files that are looked at as pictures."""
MOST = 8
"""Pictures of one entry."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture, where its content is, and what is said above it."""

    caption: str
    source: PictureSource
    files: CommitFiles


def is_picture(path: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return path.lower().endswith(SUFFIXES)


def cover_pictures(reviewed: Reviewed, change: EntryChange) -> tuple[ShownPicture, ...]:
    """The covers of an entry as they will be, then those that are gone; of one that changed both. Blocks."""
    old, new = dict(_covers(reviewed.old, change.before)), dict(_covers(reviewed.new, change.after))
    shown = []
    for name, (source, files) in new.items():
        was = old.get(name)
        if was is None:
            shown.append(ShownPicture(f"{name}: new", source, files))
        elif _hash(was) == _hash((source, files)):
            shown.append(ShownPicture(f"{name}: unchanged", source, files))
        else:
            shown += [ShownPicture(f"{name}: after", source, files), ShownPicture(f"{name}: before", *was)]
    shown += [ShownPicture(f"{name}: removed", *was) for name, was in old.items() if name not in new]
    return tuple(shown[:MOST])


def file_pictures(reviewed: Reviewed, file: FileChange) -> tuple[ShownPicture, ...]:
    """A file that is a picture, after and before. Blocks."""
    versions = ((file.path, "after", reviewed.new), (file.was or file.path, "before", reviewed.old))
    return tuple(
        ShownPicture(f"{visible(path, 120)}: {when}", PictureSource("file", path, path), side.files)
        for path, when, side in versions
        if side.files.exists(path)
    )


def _covers(side: Side, entry: Entry | None) -> Iterator[tuple[str, tuple[PictureSource, CommitFiles]]]:
    if entry is None or side.manifest is None:
        return
    resolved = resolve(entry, side.manifest, side.files)
    covers = resolved.data.get("covers")
    for one in covers[:MOST] if isinstance(covers, list) else ():
        source = resolve_picture(source_of(one), side.files, resolved.base("covers"))
        yield visible(source.path or source.reference, 120), (source, side.files)


def _hash(picture: tuple[PictureSource, CommitFiles]) -> str | None:
    source, files = picture
    return files.find(source.path) if source.kind == "file" else source.reference
