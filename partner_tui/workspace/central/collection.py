"""Reads what bioimage.io shows from a copy of gh-pages of the central repository; only what the user agreed to is fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Unpack

from partner_tui.central.collection import (
    BRANCH,
    INDEX,
    LARGEST,
    Index,
    Item,
    ItemVersion,
    Summary,
    read_index,
    read_summary,
)
from partner_tui.central.home import home_of
from partner_tui.central.listed import Row, listed_rows, possible_items
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.partners import keyword
from partner_tui.manifest.resolve import Resolved
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.clones.kept_clone import Contents, KeptClone
from partner_tui.repository.git import Watch
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_clone import central_clone, recorded_folder
from partner_tui.workspace.workspace import Workspace

_AT_ONCE = 32
"""So many items' summaries are read, or fetched, at once: some ten megabytes."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of gh-pages.

    Attributes:
        clone: None for a folder without git.
        commit: The newest one that is here; None where nothing was fetched yet, and for a folder.
    """

    root: Path
    clone: KeptClone | None
    commit: str | None

    def contents(self, paths: Sequence[str], *, may_fetch: bool = False, **watch: Unpack[Watch]) -> Contents:
        """See `KeptClone.contents`."""
        if self.clone is not None and self.commit is not None:
            return self.clone.contents(self.commit, paths, LARGEST, may_fetch=may_fetch, **watch)
        files = FolderFiles(self.root)
        read = {path: files.read_bytes(path, LARGEST) for path in paths}
        return Contents({path: content for path, content in read.items() if content is not None}, ())


@dataclass(frozen=True, slots=True)
class Collection:
    """What is here of the collection.

    Attributes:
        partner: Whose items were looked for.
        date: Of the copy: its commit's, or what the index says; None where nothing says it.
        summaries: By the id of the item: the newest version with a summary, and that.
        missing: Items with a summary that is not here, or of which a newer one is not.
    """

    copy: Copy
    partner: Partner
    index: Index
    date: datetime | None
    summaries: Mapping[str, tuple[ItemVersion, Summary]]
    missing: tuple[Item, ...]


def open_copy(setting: str, directories: Directories) -> Copy:
    """The copy that the settings name, else the one in the cache folder; nothing is fetched. Raises as `central_clone`."""
    if (folder := recorded_folder(setting)) is not None:
        return Copy(folder, None, None)
    clone = central_clone(setting, directories)
    return Copy(clone.root, clone, clone.head(BRANCH))


def fetch_index(clone: KeptClone, commit: str, watch: Watch) -> None:
    """Fetch the index of a commit that was fetched. Raises GitError."""
    clone.contents(commit, [INDEX], LARGEST, may_fetch=True, **watch)


def partner_of(workspace: Workspace) -> Partner:
    """The partner as the collection knows it: by the repository where it is known, else by what the manifest says."""
    manifest = workspace.manifest
    found = home_of(dict(manifest.fields), workspace.files, workspace.manifest_name)
    return Partner({**manifest.partner.config, "id": found.partner_id})


def read_items(copy: Copy, *, may_fetch: bool = False, **watch: Unpack[Watch]) -> Index | None:
    """Read the index; None where it is not here. Raises as `read_collection`."""
    if copy.clone is not None and copy.commit is None:
        return None
    contents = copy.contents([INDEX], may_fetch=may_fetch, **watch)
    if contents.missing:
        return None
    if INDEX not in contents.found:
        raise PartnerTuiError(
            f"{copy.root} has no {INDEX} of at most {LARGEST >> 20} MiB.", "Choose another copy."
        )
    return read_index(contents.found[INDEX])


def read_collection(
    copy: Copy,
    partner: Partner,
    tell: Callable[[str], None] = lambda words: None,
    *,
    may_fetch: bool = False,
    **watch: Unpack[Watch],
) -> Collection | None:
    """Read the index, and the summaries of the items that may be a partner's; None where the index is not here.

    Args:
        tell: Told how far it is: ``64/241``.

    Raises:
        Cancelled: It was told to stop; what was fetched is kept.
        GitError: The remote cannot be reached; the same.
        PartnerTuiError: The copy has no index, or one that cannot be read.
    """
    index = read_items(copy, may_fetch=may_fetch, **watch)
    if index is None:
        return None
    items = possible_items(index, partner.id)
    summaries: dict[str, tuple[ItemVersion, Summary]] = {}
    missing: list[Item] = []
    cancelled = watch.get("cancelled") or Event()
    for start in range(0, len(items), _AT_ONCE):
        if cancelled.is_set():
            raise Cancelled
        tell(f"{start}/{len(items)}")
        some = items[start : start + _AT_ONCE]
        paths = [item.summary(version) for item in some for version in item.versions]
        contents = copy.contents(paths, **watch)
        known = {*contents.found, *contents.missing}
        newest = {item.id: path for item in some if (path := _newest(item, known))}
        if may_fetch:
            wanted = [path for path in newest.values() if path in contents.missing]
            fetched = copy.contents(wanted, may_fetch=True, **watch)
            contents = Contents({**contents.found, **fetched.found}, fetched.missing)
        missing += [item for item in some if newest.get(item.id) in contents.missing]
        for item in some:
            for version in reversed(item.versions):
                content = contents.found.get(item.summary(version))
                if content is not None and (summary := read_summary(content)) is not None:
                    summaries[item.id] = version, summary
                    break
    date = copy.clone.date(BRANCH) if copy.clone else index.recorded
    return Collection(copy, partner, index, date, summaries, tuple(missing))


def _newest(item: Item, known: set[str]) -> str:
    """The path of the summary of an item's newest version that has one; "" where none has."""
    paths = (item.summary(version) for version in reversed(item.versions))
    return next((path for path in paths if path in known), "")


def rows_of(collection: Collection, entries: Sequence[Resolved]) -> tuple[Row, ...]:
    """What is shown of each entry, then what names the partner and is in no manifest."""
    partner = collection.partner
    return listed_rows(entries, partner, keyword(partner.id), collection.index, collection.summaries)
