"""A branch of a clone of the central repository that changes one partner's object; nothing is checked out.

The rule: it begins at the commit that was shown, and no branch that exists is moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from partner_tui.central.partners_json import FILE, CentralPartners
from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.errors import GitError, SourceError
from partner_tui.manifest.text.decoding import decoded
from partner_tui.repository.branches.branch_names import (
    BranchTaken,
    check_branch_name,
    free_name,
    in_the_way,
    local_branches,
)
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.clones.source import find_root
from partner_tui.repository.commits.commit import head_of
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.commit_object import commit_tree
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.commits.tree_changes import TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.repository import Repository
from partner_tui.workspace.central.central_clone import LARGEST

_HINT = "Give a clone of bioimage-io/collection."


@dataclass(frozen=True, slots=True)
class CentralBranch:
    """A branch as it is planned.

    Attributes:
        base: The commit that it begins at.
        before: The central file as it is.
        after: The same with the change.
    """

    root: Path
    name: str
    base: str
    subject: str
    before: str
    after: str

    @property
    def is_needed(self) -> bool:
        """Whether it would change anything: not where the object is there as it is."""
        return self.after != self.before

    @property
    def diff(self) -> tuple[Hunk, ...]:
        """The lines that change. Runs git."""
        return read_diff(diff_text(self.before, self.after))

    @property
    def is_made(self) -> bool:
        """Whether it is there as it is planned. Runs git."""
        ref = f"{HEADS}{self.name}"
        try:
            commits = run(["rev-list", "--parents", "--max-count=1", ref, "--"], cwd=self.root).split()
        except GitError:
            return False
        content = CommitFiles(self.root, ref).read_bytes(FILE, LARGEST)
        return commits[1:] == [self.base] and content == self.after.encode()

    def check(self) -> bool:
        """Whether it is to be made. Raises GitError: It is no name for a branch, or another branch is in the way."""
        check_branch_name(self.name, self.root)
        if self.is_made:
            return False
        if in_the_way(self.name, known := local_branches(self.root)) is not None:
            raise BranchTaken(self.name, known)
        return True

    def make(self, log: GitLog | None = None) -> None:
        """Make the branch, unless it is there as it is planned.

        Raises:
            GitError: See `check`; or nobody is configured as author.
        """
        root = self.root
        if not self.check():
            return
        entry = TreeEntry("100644", write_blob(root, self.after.encode()))
        with own_index(Repository.open(root).git_folder) as environment:
            tree = tree_with(root, self.base, {FILE: entry}, environment)
        commit = commit_tree(root, tree, (self.base,), f"{self.subject}\n")
        run(["branch", "--no-track", "--end-of-options", self.name, commit], cwd=root, log=log)


def read_central(clone: Path) -> tuple[Path, str, CentralPartners]:
    """The top of a clone of the central repository, its commit, and the partners in it.

    Raises:
        SourceError: It is no such clone. GitError: Git refuses it, as Untrusted where it needs trust.
        PartnerTuiError: Its file is no list of partners.
    """
    root = find_root(clone)
    if root is None or not (base := head_of(root)):
        raise SourceError(f"{clone} is not in a git repository with commits.", _HINT)
    content = CommitFiles(root, base).read_bytes(FILE, LARGEST)
    if content is None:
        raise SourceError(f"{clone} has no {FILE}.", _HINT)
    return root, base, CentralPartners(decoded(content, FILE))


def plan_branch(
    root: Path, base: str, before: CentralPartners, partner_id: str, values: Mapping[str, Any]
) -> CentralBranch:
    """Plan a branch that gives a partner's object some values, or adds it where there is none. Runs git.

    Args:
        base: The commit that it begins at, and whose file is `before`.
        values: By field; None removes one.

    Raises:
        PartnerTuiError: JSON cannot hold a value.
    """
    after = before.with_fields(partner_id, {key: value for key, value in values.items() if key != "id"})
    verb = "Add" if before.partner(partner_id) is None else "Update"
    subject = f"{verb} the partner {partner_id}"
    branch = CentralBranch(root, f"partner-{partner_id}", base, subject, before.text, after.text)
    if branch.is_made:  # and was not pushed
        return branch
    return replace(branch, name=free_name(branch.name, local_branches(root)))
