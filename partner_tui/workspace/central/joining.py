"""Writes what a new partner's repository begins with, and the branch of the central repository that adds the partner."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from partner_tui.addresses.forge import clone_url
from partner_tui.central.joining import LOGO, Answers, NewPartner, plan_partner
from partner_tui.central.partners_json import FIELDS, FILE, CentralPartners
from partner_tui.central.workflows import FILE as WORKFLOW
from partner_tui.compliance.report import check_source
from partner_tui.errors import ManifestNotFound, PartnerTuiError, SourceError
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.scaffold import FILE_NAME
from partner_tui.manifest.sound import sound_manifest
from partner_tui.manifest.text.decoding import decoded
from partner_tui.manifest.text.document import Document
from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.clones.source import Source, find_root
from partner_tui.repository.commits.commit import head_of
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.commit_object import commit_tree
from partner_tui.repository.commits.tree_changes import TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
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

_BRANCH = "main"
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class PartnerFolder:
    """A folder that is to become a partner's repository, as it is found.

    Attributes:
        top: The top of the work tree; the folder itself where it is in none, or does not exist.
        is_repository: Whether it is in a work tree of git.
        manifest: The path of its manifest; None where it has none.
        config: That of its manifest.
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


@dataclass(frozen=True, slots=True)
class Joining:
    """What would be written into a folder."""

    folder: PartnerFolder
    answers: Answers
    partner: NewPartner


def look_at(folder: Path, directories: Directories) -> PartnerFolder:
    """Look what a folder has.

    Raises:
        ManifestNotFound: Several files could be its manifest.
        ManifestParseError: Its manifest cannot be read as YAML.
        SourceError: Its manifest cannot be read at all.
    """
    folder = folder.absolute()
    root = find_root(folder) if folder.is_dir() else None
    top = root or folder
    place = _manifest_in(top, directories)
    if place is None:
        return PartnerFolder(top, root is not None, None, {})
    manifest = sound_manifest(check_readable(place).read_bytes(), place.manifest_name)
    return PartnerFolder(top, root is not None, place.manifest_name, manifest.partner.config)


def plan_joining(folder: PartnerFolder, answers: Answers, directories: Directories) -> Joining:
    """Plan the files of a new partner, in a new folder or in a repository that lacks some of them.

    Raises:
        UsageError: An answer does not fit.
        SourceError: The folder cannot be read.
    """
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
        return Joining(folder, answers, replace(partner, central=said))
    partner = plan_partner(answers, there, branch)
    document = Document.parse(partner.files[FILE_NAME], FILE_NAME)
    with open_checker(directories) as checker:  # which format is the latest is for the spec library to say
        (entry,) = check_source(document, NoFiles(), checker).checks
    if entry.latest:
        partner = plan_partner(answers, there, branch, format_version=entry.latest)
    return Joining(folder, answers, partner)


def write_joining(joining: Joining, directories: Directories, log: GitLog | None = None) -> None:
    """Write the files as one step; a folder that is no repository becomes one, with the remote that the answers name.

    Raises:
        PartnerTuiError: A file came to be there meanwhile, or the folder cannot be written.
        GitError: Git cannot make the repository.
    """
    folder, files = joining.folder.top, joining.partner.files
    for path in files:
        if os.path.lexists(folder / path):
            raise PartnerTuiError(f"{path} already exists.", "Run it again: what is there stays.")
    if not joining.folder.is_repository:
        folder.mkdir(parents=True, exist_ok=True)
        run(["init", "--quiet", f"--initial-branch={_BRANCH}", "."], cwd=folder, log=log)
        run(["remote", "add", "origin", clone_url(joining.answers.repository)], cwd=folder, log=log)
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


def branch_of_central(clone: Path, answers: Answers, partner: NewPartner, log: GitLog | None = None) -> str:
    """Make a branch of a clone of the central repository that adds the partner's object, or brings it up to date.

    Nothing is checked out.

    Args:
        clone: Of bioimage-io/collection.

    Returns:
        The name of the branch.

    Raises:
        PartnerTuiError: The clone has no such file, or the file no list of partners; the object is there as it is.
        GitError: The branch exists, or nobody is configured as author.
    """
    root = find_root(clone)
    if root is None:
        raise SourceError(f"{clone} is not in a git repository.", "Give a clone of bioimage-io/collection.")
    head = head_of(root)
    content = CommitFiles(root, head).read_bytes(FILE, _LARGEST)
    if content is None:
        raise SourceError(f"{clone} has no {FILE}.", "Give a clone of bioimage-io/collection.")
    before = CentralPartners(decoded(content, FILE))
    after = before.with_fields(
        answers.id, {key: value for key, value in partner.central.items() if key != "id"}
    )
    if after.text == before.text:
        raise PartnerTuiError(
            f"The central repository has {answers.id} as it is here.", "Nothing is to be done."
        )
    name = check_branch_name(f"partner-{answers.id}", root)
    entry = TreeEntry("100644", write_blob(root, after.text.encode()))
    with own_index(Repository.open(root).git_folder) as environment:
        tree = tree_with(root, head, {FILE: entry}, environment)
    verb = "Add" if before.partner(answers.id) is None else "Update"
    commit = commit_tree(root, tree, (head,), f"{verb} the partner {answers.id}\n")
    run(["branch", "--no-track", "--end-of-options", name, commit], cwd=root, log=log)
    return name


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
