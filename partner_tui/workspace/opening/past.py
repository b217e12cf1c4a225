"""A manifest of the past, with everything around it as it was then: to be looked at, never to be written."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.git import Watch, run_bytes
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.opening.lost_manifest import LostManifest, Version
from partner_tui.workspace.opening.opening import open_checker, open_pictures, state_folder
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.steps.writing import MAX_BYTES
from partner_tui.workspace.workspace import Workspace

_READ_ONLY = "This version of the manifest is read-only."


class ReadOnlyVersion(PartnerTuiError):
    """What is open is a manifest of the past."""

    def __init__(self) -> None:
        super().__init__(_READ_ONLY, "Restore it as an uncommitted change to edit it.")


class PastWorkspace(Workspace):
    """A manifest as a commit has it, with the files of that commit around it. Everything can be looked at, nothing saved.

    Args:
        state: Of its own: the steps and drafts of the clone are not about this version.
    """

    why_read_only = f"{_READ_ONLY} Press R to restore it."

    def __init__(self, folder: Path, version: Version, directories: Directories) -> None:
        self.version = version
        repository = Repository.open(folder)
        self._at = CommitFiles(folder, version.rev, lambda: repository.slug)
        state = state_folder(folder, directories) / "past"
        pictures = open_pictures(folder, directories)
        super().__init__(folder, version.path, self._at, open_checker(directories), state, pictures=pictures)

    @property
    def in_repository(self) -> bool:
        return False

    @property
    def manifest_path(self) -> Path:
        raise ReadOnlyVersion

    def read(self, path: str) -> bytes | None:
        return self._at.read_bytes(path, MAX_BYTES)

    def save(self, title: str, contents: object) -> Step | None:
        raise ReadOnlyVersion

    def record_external_edit(self, title: str) -> Step | None:
        return None

    def undo(self) -> Step | None:
        raise ReadOnlyVersion

    def redo(self) -> Step | None:
        raise ReadOnlyVersion


def open_past(
    lost: LostManifest, version: Version, directories: Directories, **watch: Unpack[Watch]
) -> PastWorkspace:
    """Open the version read-only.

    Raises:
        GitError: Its content cannot be fetched.
        ManifestParseError: It cannot be read as YAML.
    """
    read_version(
        lost.folder, version, **watch
    )  # fetched here, where it can be cancelled and its error is told
    return PastWorkspace(lost.folder, version, directories)


def read_version(folder: Path, version: Version, **watch: Unpack[Watch]) -> bytes:
    """A version's bytes; of a partial clone it is the one content that is fetched. Raises GitError."""
    if version.rev:
        found = CommitFiles(folder, version.rev).blob(version.path)
        blob = found or resolve(folder, f"{version.rev}:{version.path}")
    else:
        blob = resolve(folder, f":{version.path}")
    return run_bytes(["cat-file", "blob", blob], cwd=folder, limit=MAX_BYTES, **watch)
