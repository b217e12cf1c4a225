"""The clone that the central repository is read from: the one that the settings name, or one of ours in the cache folder."""

from __future__ import annotations

from pathlib import Path

from partner_tui.central.collection import INDEX
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.user_path import expanded
from partner_tui.settings import Directories

SLUG = "bioimage-io/collection"
BRANCH = "main"
"""The branch that has the file of partners."""
LARGEST = 20_000_000
"""Bytes of that file."""


def central_clone(setting: str, directories: Directories) -> KeptClone:
    """The clone, whether it is there yet or not; nobody is asked for it.

    Args:
        setting: A folder of a clone, or what it is fetched from; "" for GitHub.

    Raises:
        PartnerTuiError: The setting names neither.
    """
    try:
        return KeptClone.of_source(parse_source(setting or SLUG), directories.cache / "central", SLUG)
    except PartnerTuiError as error:
        raise PartnerTuiError(
            f"The central repository cannot be read: {error.message}",
            "Name a clone of it, or its URL, in the settings (central).",
        ) from None


def recorded_folder(setting: str) -> Path | None:
    """The folder that a setting names where it is a copy of gh-pages without git; None for anything else."""
    folder = Path(expanded(setting)).absolute()
    return folder if setting and (folder / INDEX).is_file() and not (folder / ".git").exists() else None
