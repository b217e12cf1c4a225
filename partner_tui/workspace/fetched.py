"""Texts that were fetched from elsewhere because the user said so, kept so that nobody is asked again.

They lie in the state folder of the clone, never in the clone: a manifest that points elsewhere goes on doing so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.repository.atomic import replace_file
from partner_tui.workspace.words import entry_name


class FetchedTexts:
    """Texts by address, each in a file of its own.

    Args:
        folder: Where they lie; made when the first one is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def read(self, address: str) -> str | None:
        """The text that was fetched from an address; None when none was."""
        name = _name(address)
        if name not in self._kept:
            return None
        try:
            return (self._folder / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, address: str, text: str) -> None:
        """Keep what an address answered, in place of what it answered before."""
        replace_file(self._folder / _name(address), text.encode())
        self._kept.add(_name(address))


def _name(address: str) -> str:
    return hashlib.sha256(address.strip().encode("utf-8", "surrogatepass")).hexdigest()


def remote_sources(
    manifest: Manifest, files: CloneFiles, entries: Collection[int] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """The addresses of RDFs and plugins that entries need and `files` lack, with the ids of those entries.

    Nothing is fetched; show the addresses, and ask.

    Args:
        entries: Which entries, by index; None for all.
    """
    found: dict[str, tuple[str, ...]] = {}
    for entry in manifest.entries:
        if entries is None or entry.index in entries:
            missing = resolve(entry, manifest, files).missing
            if missing is not None and "://" in missing:
                found[missing] = (*found.get(missing, ()), entry_name(entry))
    return found
