"""The ways back from `lost_manifest`: its last version as an edit, another branch, or a new manifest.

What is written is one step like every other: nothing is overwritten, nothing is committed, and the app undoes it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Unpack

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.partners import known_partner
from partner_tui.manifest.scaffold import FILE_NAME, new_manifest, propose_id
from partner_tui.repository.branches.switching import switch_branch
from partner_tui.repository.clones.source import find_root
from partner_tui.repository.git import Watch
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.opening.lost_manifest import Holder, LostManifest, Version
from partner_tui.workspace.opening.opening import ManifestLocation, state_folder
from partner_tui.workspace.opening.past import PastWorkspace, read_version
from partner_tui.workspace.steps.step import FileChange
from partner_tui.workspace.steps.steps import Steps
from partner_tui.workspace.steps.writing import real_path


def restore(
    lost: LostManifest, version: Version, directories: Directories, **watch: Unpack[Watch]
) -> ManifestLocation:
    """Write the version into the work tree as one uncommitted step.

    Raises:
        GitError: Its content cannot be fetched.
        PartnerTuiError: There is such a file by now, or a link in its path points outside the repository.
    """
    content = read_version(lost.folder, version, **watch)
    return _add(lost.folder, version.path, content, f"restored {version.label}", directories)


def restore_past(past: PastWorkspace, directories: Directories) -> ManifestLocation:
    """The same for a version that is open."""
    path, content = past.version.path, past.read(past.version.path) or b""
    return _add(past.folder, path, content, f"restored {past.version.label}", directories)


def switch(
    lost: LostManifest, holder: Holder, log: GitLog | None = None, **watch: Unpack[Watch]
) -> ManifestLocation:
    """Switch to a branch that has a manifest. Raises GitError when an edit is in the way; nothing is lost."""
    switch_branch(lost.folder, holder.branch, log, **watch)
    return ManifestLocation(lost.folder, holder.path, True)


def create(lost: LostManifest, partner_id: str, name: str, directories: Directories) -> ManifestLocation:
    """Write a new manifest without entries as one uncommitted step.

    Raises:
        PartnerTuiError: The id or the name does not fit, or there is such a file by now.
    """
    content = new_manifest(partner_id, name).encode()
    path = new_name(lost)
    return _add(lost.folder, path, content, f"created {path}", directories)


def fetch(lost: LostManifest, log: GitLog | None = None, **watch: Unpack[Watch]) -> None:
    """Fetch the remote's branches, so that they can be looked at as they are now. Raises GitError, Cancelled."""
    Repository.open(lost.folder, log).fetch(**watch)


def new_name(lost: LostManifest) -> str:
    """What a new manifest is called: as the central repository knows it, else by the common name."""
    known = known_partner(lost.source.partner or "")
    return known.manifest if known else FILE_NAME


def proposed_id(lost: LostManifest) -> str:
    """An id to begin with, from what is known of the repository; may be empty."""
    if lost.source.partner:
        return lost.source.partner
    # A clone's folder is named after the whole address of its remote, which nobody would call a partner.
    address = lost.source.slug or (lost.source.url or "").rstrip("/").removesuffix(".git")
    owner, _, repository = address.rpartition("/")
    return propose_id(repository or lost.folder.name) or propose_id(owner.rpartition("/")[2])


def _add(folder: Path, path: str, content: bytes, title: str, directories: Directories) -> ManifestLocation:
    if os.path.lexists(folder / path):
        raise PartnerTuiError(f"{path} already exists.", "Open the repository again.")
    change = FileChange(real_path(folder, path), None, content)
    Steps(folder, state_folder(folder, directories)).run(title, (change,))
    return ManifestLocation(folder, path, find_root(folder) is not None)
