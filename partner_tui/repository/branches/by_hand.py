"""Branches of what a maintainer brought by hand: the clone's own, told from others by their names, so that git alone keeps them.

The rule: nothing is overwritten. What is brought again is found again, what differs gets a name of its own, and a branch that
is deleted stays reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import check_branch_name, free_name
from partner_tui.repository.branches.own_branches import (
    branches_to_switch_to,
    delete_branch,
    why_not_deleted,
)
from partner_tui.repository.branches.switching import Branch
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog

PREFIX = "contributed/"
_LONGEST = 60
_FORMAT = "--format=%(refname)%00%(objectname)%00%(tree) %(parent)"


def branch_name(wanted: str) -> str:
    """A name for a branch, made of any text."""
    letters = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST].strip("-")
    return PREFIX + (name or "contribution")


def put_branch(root: Path, wanted: str, commit: str, log: GitLog | None = None) -> str:
    """Make a branch of a commit; nothing is checked out.

    Args:
        wanted: Its name, with `PREFIX`.
        commit: A full hash.

    Returns:
        Its name: another one where that is taken, an old one where that has the same content on the same parent.

    Raises:
        GitError: Git does not take the name.
    """
    about = run(["log", "-1", "--format=%T %P", commit, "--"], cwd=root).strip()
    names = []
    for line in run(["for-each-ref", _FORMAT, HEADS], cwd=root).splitlines():
        ref, known, content = line.split("\0")
        names.append(ref.removeprefix(HEADS))
        if names[-1].startswith(PREFIX) and (known == commit or content.strip() == about):
            return names[-1]
    name = check_branch_name(free_name(wanted, names), root)
    if not name.startswith(PREFIX):
        raise GitError(
            f"Branch {PREFIX.rstrip('/')} is in the way of {wanted}.", "Rename it: git branch -m <new name>"
        )
    run(["branch", "--no-track", "--end-of-options", name, commit], cwd=root, log=log)
    return name


def find_brought(root: Path, name: str) -> Branch:
    """Such a branch, which can be deleted. Raises GitError where it is none, or checked out."""
    listed = next(
        (one for one in branches_to_switch_to(root) if one.remote is None and one.name == name), None
    )
    if listed is None or not name.startswith(PREFIX):
        raise GitError(f"There is no branch {name} that was added by hand.", "Press f5 to look again.")
    if problem := why_not_deleted(listed):
        raise GitError(*problem)
    return listed


def delete_brought(root: Path, name: str, log: GitLog | None = None) -> int:
    """Delete what `find_brought` finds; it stays reachable. Returns how many of its commits no other branch has."""
    return delete_branch(root, find_brought(root, name), log, keeps=False)
