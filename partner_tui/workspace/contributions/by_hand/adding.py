"""The commit that adds a resource: its files, and its entry in the manifest by the lossless editor."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Unpack

from partner_tui.contributions.new_entry import NewEntry, entry_edits, propose
from partner_tui.errors import Cancelled, GitError
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.entry import Manifest
from partner_tui.repository.branches.by_hand import branch_name, put_branch
from partner_tui.repository.commits.commit_object import commit_tree
from partner_tui.repository.commits.tree_changes import TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.by_hand.bringing import trial_writer
from partner_tui.workspace.contributions.by_hand.resources import Resource
from partner_tui.workspace.contributions.side import read_side


@dataclass(frozen=True, slots=True)
class Addition:
    """A resource, and where it goes.

    Attributes:
        target: The commit that it is added to.
        manifest: As that commit has it.
        taken: The paths of that commit.
        left_out: Files that cannot be added, each with why.
    """

    resource: Resource
    target: str
    manifest_name: str
    manifest: Manifest
    taken: frozenset[str]
    new: NewEntry
    left_out: dict[str, str]

    def objection(self) -> str | None:
        """Why it cannot be added so, in a sentence; None when it can."""
        return self.new.objection(self.manifest, self.taken)


def plan_addition(
    repository: Repository, resource: Resource, target: str, manifest_name: str | None = None
) -> Addition:
    """Propose where a resource goes.

    Raises:
        GitError: The repository has no manifest that an entry can be added to.
    """
    side = read_side(repository.root, target, manifest_name, lambda: repository.slug)
    if side.name is None or side.manifest is None:
        raise GitError(
            side.problem or "The repository has no manifest to add an entry to.", "Open it, and repair it."
        )
    if side.manifest.is_rdf:
        raise GitError(
            f"{side.name} is the RDF of one resource: entries cannot be added to it.", "Add a manifest first."
        )
    taken = frozenset(side.files.names())
    new = propose(side.manifest, side.files, taken, resource.data)
    if new.rdf_name is not None and new.rdf_name in resource.sizes:
        new = replace(new, rdf_name=posixpath.basename(resource.rdf_name))
    left_out = _left_out(repository, resource, target, new)
    return Addition(resource, target, side.name, side.manifest, taken, new, left_out)


def with_place(repository: Repository, addition: Addition, new: NewEntry) -> Addition:
    """The same as the maintainer decides otherwise: in another folder other files may be left out."""
    left_out = _left_out(repository, addition.resource, addition.target, new)
    return replace(addition, new=new, left_out=left_out)


def commit_addition(
    repository: Repository,
    addition: Addition,
    skipped: Collection[str] = (),
    *,
    trial: bool = False,
    **watch: Unpack[Watch],
) -> str:
    """Make the commit.

    Args:
        skipped: Files that are left out because the maintainer says so.

    Returns:
        Its hash, to which nothing refers yet.

    Raises:
        GitError: It cannot be added so.
        PatchError: The entry cannot be written into the manifest.
        SourceError: A file is gone, or not as it was.
    """
    new, resource, root = addition.new, addition.resource, repository.root
    if objection := addition.objection():
        raise GitError(objection, "Choose another id or folder.")
    cancelled = watch.get("cancelled")
    out = {*skipped, *addition.left_out}
    names = [name for name in resource.sizes if name not in out]
    edits = entry_edits(addition.manifest, resource.data, new, names)
    document = apply(addition.manifest.document, edits)
    written = {addition.manifest_name: _blob(repository, document.encode())}
    if new.rdf_name is not None:
        written[new.path(new.rdf_name)] = _blob(repository, resource.document.encode())
    for name, content in resource.read():
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        if name not in out:
            written[new.path(name)] = _blob(repository, content)
    with own_index(repository.git_folder) as environment:
        tree = tree_with(root, addition.target, written, environment)
    message = f"Add the {new.type} {new.id}\n"
    return commit_tree(root, tree, (addition.target,), message, trial_writer() if trial else None, **watch)


def bring_addition(
    repository: Repository, addition: Addition, skipped: Collection[str] = (), **watch: Unpack[Watch]
) -> str:
    """Make a branch of a resource; returns its name."""
    commit = commit_addition(repository, addition, skipped, **watch)
    return put_branch(repository.root, branch_name(addition.new.id), commit, repository.log)


def _blob(repository: Repository, content: bytes) -> TreeEntry:
    return TreeEntry("100644", write_blob(repository.root, content))


def _left_out(repository: Repository, resource: Resource, target: str, new: NewEntry) -> dict[str, str]:
    in_lfs = _in_lfs(repository, target, [new.path(name) for name in resource.sizes])
    return resource.left_out | {
        name: "kept in Git LFS here: add it with git lfs"
        for name in resource.sizes
        if new.path(name) in in_lfs
    }


def _in_lfs(repository: Repository, target: str, paths: Collection[str]) -> frozenset[str]:
    """The paths that the attributes of a commit keep in LFS."""
    if not paths:
        return frozenset()
    with own_index(repository.git_folder) as environment:
        run(["read-tree", target], cwd=repository.root, extra=environment)
        command = ["check-attr", "--cached", "-z", "filter", "--", *paths]
        printed = run(command, cwd=repository.root, extra=environment).split("\0")[:-1]
    return frozenset(path for path, name in zip(printed[0::3], printed[2::3], strict=True) if name == "lfs")
