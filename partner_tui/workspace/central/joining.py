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
from partner_tui.workspace.opening.opening import ResolvedSource, find_manifest, open_checker, state_folder
from partner_tui.workspace.steps.step import FileChange
from partner_tui.workspace.steps.steps import Steps
from partner_tui.workspace.steps.writing import real_path

_BRANCH = "main"
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Joining:
    """What would be written into a folder.

    Attributes:
        folder: The top of the work tree, or a folder that becomes one.
        is_repository: Whether it is one already.
    """

    folder: Path
    is_repository: bool
    answers: Answers
    partner: NewPartner


def known_answers(folder: Path, directories: Directories) -> dict[str, str]:
    """What a folder says already, by the name of the answer: its manifest's config, and its remote.

    Raises:
        ManifestParseError: Its manifest cannot be read as YAML.
    """
    root = find_root(folder.absolute()) if folder.is_dir() else None
    known = {"repository": (Repository.open(root).slug if root else None) or ""}
    if (manifest := _manifest_in(root or folder, directories)) is not None:
        config = _config_of((root or folder) / manifest)
        for answer, key in (
            ("id", "id"),
            ("name", "name"),
            ("description", "splash_subtitle"),
            ("website", "docs"),
        ):
            known[answer] = value if isinstance(value := config.get(key), str) else ""
    return {answer: value for answer, value in known.items() if value}


def plan_joining(folder: Path, answers: Answers, directories: Directories) -> Joining:
    """Plan the files of a new partner, in a new folder or in a repository that lacks some of them.

    Raises:
        UsageError: An answer does not fit.
        SourceError: The folder cannot be read.
    """
    folder = folder.absolute()
    root = find_root(folder) if folder.is_dir() else None
    top = root or folder
    try:
        names = {path.name for path in top.iterdir()} if top.is_dir() else set[str]()
    except OSError as error:
        raise SourceError(
            f"{top} cannot be read: {error.strerror or error}.", "Give another folder."
        ) from None
    there = names | {path for path in (LOGO, WORKFLOW) if os.path.lexists(top / path)}
    manifest = _manifest_in(top, directories)
    branch = (Repository.open(root).state.branch if root else None) or _BRANCH
    if manifest is not None:
        there.add(manifest)
    partner = plan_partner(answers, there, branch, manifest or FILE_NAME)
    if manifest is not None:
        config = _config_of(top / manifest)
        partner = replace(
            partner, central={key: config[key] for key in FIELDS if config.get(key) is not None}
        )
    else:  # which format is the latest is for the spec library to say
        document = Document.parse(partner.files[FILE_NAME], FILE_NAME)
        with open_checker(directories) as checker:
            (entry,) = check_source(document, NoFiles(), checker).checks
        partner = (
            plan_partner(answers, there, branch, FILE_NAME, entry.latest or "") if entry.latest else partner
        )
    return Joining(top, root is not None, answers, partner)


def write_joining(joining: Joining, directories: Directories, log: GitLog | None = None) -> None:
    """Write the files as one step; a folder that is no repository becomes one, with the remote that the answers name.

    Raises:
        PartnerTuiError: A file came to be there meanwhile, or the folder cannot be written.
        GitError: Git cannot make the repository.
    """
    folder, files = joining.folder, joining.partner.files
    for path in files:
        if os.path.lexists(folder / path):
            raise PartnerTuiError(f"{path} already exists.", "Run it again: what is there stays.")
    if not joining.is_repository:
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
    before = CentralPartners(content.decode())
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


def _config_of(manifest: Path) -> Mapping[str, Any]:
    """The config of a manifest. Raises ManifestParseError."""
    return sound_manifest(manifest.read_bytes(), manifest.name).partner.config


def _manifest_in(folder: Path, directories: Directories) -> str | None:
    """The manifest of a folder, if it has one."""
    if not folder.is_dir():
        return None
    source = ResolvedSource(Source("folder", str(folder), path=folder), folder, True)
    try:
        return find_manifest(source, None, directories).manifest_name
    except ManifestNotFound as error:
        if error.found:
            raise
        return None
