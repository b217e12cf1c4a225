"""Texts that were fetched from elsewhere because the user said so, kept so that nobody is asked again.

They lie in the state folder of the clone, never in the clone: a manifest that points elsewhere goes on doing so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from partner_tui.errors import PartnerTuiError, RemoteFileAbsent
from partner_tui.manifest.sources import addresses
from partner_tui.repository.private_files import keep_private

Fetch: TypeAlias = Callable[[str], str]
"""The text at an https address. Raises PartnerTuiError."""


class FetchCache:
    """Texts by address, each in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        self._new: dict[str, str] = {}

    def read(self, address: str) -> str | None:
        """The text that was fetched from an address; None when none was."""
        name = kept_name(address)
        if name in self._new:
            return self._new[name]
        if name not in self._kept:
            return None
        try:
            return (self._folder / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, address: str, text: str) -> None:
        """Keep what an address answered, in place of what it answered before."""
        keep_private(self._folder / kept_name(address), text.encode())
        self._new[kept_name(address)] = text


def kept_name(address: str) -> str:
    """The name of the file in which what an address answered is kept."""
    return hashlib.sha256(address.strip().encode("utf-8", "surrogatepass")).hexdigest()


def download(reference: str, fetch: Fetch, on_address: Callable[[str], None] = lambda address: None) -> str:
    """The text behind a remote reference: that of the first of its addresses that has one.

    Raises:
        PartnerTuiError: It is refused, cannot be reached, or is a DOI of no archive that is known here.
    """
    refusal = PartnerTuiError(
        f"{reference} is not downloaded: only the DOIs of Zenodo lead to an RDF.",
        "Name the RDF itself in rdf_source, by its https URL.",
    )
    for address in addresses(reference):
        on_address(address)
        try:
            return fetch(address)
        except RemoteFileAbsent as error:
            refusal = error
    raise refusal
