"""Plans and writes what a new partner's repository begins with; what is there already is never touched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from partner_tui.addresses.forge import clone_url
from partner_tui.central.joining import LOGO, Answers, NewPartner, plan_partner
from partner_tui.central.partners_json import FIELDS
from partner_tui.central.workflows import FILE as WORKFLOW
from partner_tui.compliance.report import check_source
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestNotFound, PartnerTuiError, SourceError, UsageError
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.manifest.scaffold import FILE_NAME
from partner_tui.manifest.sound import sound_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.repository.clones.source import Source, find_root, push_url
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_branch import CentralBranch, plan_branch, read_central
from partner_tui.workspace.opening.opening import (
    ManifestLocation,
    ResolvedSource,
    check_readable,
    find_manifest,
    open_checker,
    state_folder,
)
from partner_tui.workspace.steps.step import FileChange
from partner_tui.workspace.steps.steps import Steps
from partner_tui.workspace.steps.writing import real_path

_BRANCH, _REMOTE = "main", "origin"


@dataclass(frozen=True, slots=True)
class PartnerFolder:
    """A folder that is to become a partner's repository, as it is found.

    Attributes:
        top: The top of the work tree; the folder itself where it is in none, or does not exist.
    """

    top: Path
    is_repository: bool
    manifest: str | None
    config: Mapping[str, Any]

    @property
    def answers(self) -> dict[str, str]:
        """What it says already, by the name of the answer: the config of its manifest, and its remote."""
        keys = {"id": "id", "name": "name", "description": "splash_subtitle", "website": "docs"}
        said = {answer: self.config.get(key) for answer, key in keys.items()}
        said["repository"] = Repository.open(self.top).slug if self.is_repository else None
        return {answer: value for answer, value in said.items() if isinstance(value, str) and value}

    @property
    def types(self) -> tuple[str, ...]:
        """The resource types that its config names."""
        named = self.config.get("resource_types")
        return tuple(kind for kind in SITE_TYPES if isinstance(named, list) and kind in named)


@dataclass(frozen=True, slots=True)
class Joining:
    """What would be written into a folder.

    Attributes:
        commands: Those of git that make the repository, without ``git``; none where there is one.
        branch: That of the central repository, where a clone of it was named.
    """

    folder: PartnerFolder
    answers: Answers
    partner: NewPartner
    commands: tuple[tuple[str, ...], ...]
    branch: CentralBranch | None


def look_at(folder: Path, directories: Directories) -> PartnerFolder:
    """Look what a folder has.

    Raises:
        ManifestNotFound: Several files could be its manifest.
        ManifestParseError: Its manifest cannot be read as YAML.
        SourceError: Its manifest cannot be read at all.
    """
    folder = folder.resolve() if ".." in folder.parts else folder.absolute()
    root = find_root(folder) if folder.is_dir() else None
    top = root or folder
    place = _manifest_in(top, directories)
    if place is None:
        return PartnerFolder(top, root is not None, None, {})
    manifest = sound_manifest(check_readable(place).read_bytes(), place.manifest_name)
    return PartnerFolder(top, root is not None, place.manifest_name, manifest.partner.config)


def remote_of(typed: str, answers: Answers) -> str:
    """The URL that a new repository pushes to: what was typed, see `push_url`, or the repository on GitHub."""
    return push_url(typed) if typed.strip() else clone_url(answers.repository)


def plan_joining(
    folder: PartnerFolder,
    answers: Answers,
    directories: Directories,
    remote: str = "",
    central: Path | None = None,
) -> Joining:
    """Plan the files of a new partner, in a new folder or in a repository that lacks some of them. Blocks.

    Args:
        remote: What a new repository pushes to, see `remote_of`.
        central: A clone of the central repository, for a branch there.

    Raises:
        UsageError: An answer does not fit.
        SourceError: The folder cannot be read, or what is given is no remote, or no such clone.
    """
    partner = _plan_partner(folder, answers, directories)
    commands: tuple[tuple[str, ...], ...] = ()
    if not folder.is_repository:
        commands = (
            ("init", "--quiet", f"--initial-branch={_BRANCH}", "."),
            ("remote", "add", "--end-of-options", _REMOTE, remote_of(remote, answers)),
        )
    branch = None if central is None else plan_branch(*read_central(central), answers.id, partner.central)
    return Joining(folder, answers, partner, commands, branch)


def _plan_partner(folder: PartnerFolder, answers: Answers, directories: Directories) -> NewPartner:
    top, manifest = folder.top, folder.manifest
    try:
        there = {path.name for path in top.iterdir()} if top.is_dir() else set[str]()
    except OSError as error:
        raise SourceError(
            f"{top} cannot be read: {error.strerror or error}.", "Give another folder."
        ) from None
    there |= {path for path in (LOGO, WORKFLOW) if os.path.lexists(top / path)}
    branch = (Repository.open(top).state.branch if folder.is_repository else None) or _BRANCH
    if manifest is not None:
        partner = plan_partner(answers, {*there, manifest}, branch, manifest)
        said = {key: folder.config[key] for key in FIELDS if folder.config.get(key) is not None}
        return replace(partner, central=said)
    partner = plan_partner(answers, there, branch)
    document = Document.parse(partner.files[FILE_NAME], FILE_NAME)
    with open_checker(directories) as checker:  # which format is the latest is for the spec library to say
        (entry,) = check_source(document, NoFiles(), checker).checks
    if entry.status is Status.INVALID:
        first = entry.findings[0]
        raise UsageError(f"The first entry would be invalid: {first.message}.", first.hint)
    if entry.latest:
        partner = plan_partner(answers, there, branch, format_version=entry.latest)
    return partner


def write_joining(joining: Joining, directories: Directories, log: GitLog | None = None) -> None:
    """Make the branch of the central repository, then write the files as one step; a folder that is no repository becomes one.

    Raises:
        PartnerTuiError: A file came to be there meanwhile, or the folder cannot be written.
        GitError: Git cannot make the repository, or the branch.
    """
    folder, files = joining.folder.top, joining.partner.files
    for path in files:
        if os.path.lexists(folder / path):
            raise PartnerTuiError(f"{path} already exists.", "Run it again: what is there stays.")
    if joining.branch is not None and joining.branch.is_needed:
        joining.branch.make(log)
    if joining.commands:
        folder.mkdir(parents=True, exist_ok=True)
    for command in joining.commands:
        run(command, cwd=folder, log=log)
    changes = [FileChange(real_path(folder, path), None, text.encode()) for path, text in files.items()]
    if changes:
        title = f"join: {joining.answers.id}"
        Steps(folder, state_folder(folder, directories)).run(title, tuple(changes))


def write_request(path: Path, partner: NewPartner) -> None:
    """Write the request to join to a new file. Raises PartnerTuiError where there is one, or it cannot be written."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(partner.request)
    except OSError as error:
        raise PartnerTuiError(
            f"{path} was not written: {error.strerror or error}.", "Name another file."
        ) from None


def _manifest_in(folder: Path, directories: Directories) -> ManifestLocation | None:
    """The manifest of a folder, if it has one."""
    if not folder.is_dir():
        return None
    source = ResolvedSource(Source("folder", str(folder), path=folder), folder, True)
    try:
        return find_manifest(source, None, directories)
    except ManifestNotFound as error:
        if error.found:
            raise
        return None
