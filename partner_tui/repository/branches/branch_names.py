"""Names of branches: which are allowed, which are in each other's way, and one that is free.

Git keeps ``a/b`` in a folder ``a``, here and at the remote: where there is a branch ``a`` there can be no ``a/b``, and the reverse.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.git import run

HINT = "Use letters, digits, - and /, for example partner-tui/update-splash."


class BranchTaken(GitError):
    """Another branch has this name, or is in its way; the proposed one is free, as far as is known."""

    def __init__(self, name: str, taken: Iterable[str], where: str = "") -> None:
        known = set(taken)
        other = in_the_way(name, known)
        self.proposed = free_name(name, known)
        said = f"Branch {name} already exists" if other == name else f"Branch {other} is in the way of {name}"
        super().__init__(f"{said}{where}.", f"Use another name; {self.proposed} is free.")


def local_branches(root: Path) -> frozenset[str]:
    """The clone's own branches."""
    return _names_below(root, HEADS)


def fetched_branches(root: Path, remote: str) -> frozenset[str]:
    """The remote's branches as of the last fetch."""
    return _names_below(root, f"refs/remotes/{remote}/") - {"HEAD"}


def _names_below(root: Path, start: str) -> frozenset[str]:
    names = run(["for-each-ref", "--format=%(refname)", start], cwd=root).splitlines()
    return frozenset(name.removeprefix(start) for name in names)


def check_branch_name(name: str, root: Path) -> str:
    """The name, if git accepts it for a branch. Raises GitError."""
    if not name or name.startswith(("-", "refs/")) or name in ("HEAD", "@"):
        raise GitError(f"{name or 'An empty name'} is not a valid branch name.", HINT)
    try:
        run(["check-ref-format", f"{HEADS}{name}"], cwd=root)
    except GitError as error:
        raise GitError(f"{name} is not a valid branch name.", HINT) from error
    return name


def in_the_way(name: str, taken: Iterable[str]) -> str | None:
    """A branch that keeps another one from having this name. Many disks do not tell capitals apart, so they count as one."""
    folded = name.casefold()
    for other in sorted(taken):
        its = other.casefold()
        if folded == its or folded.startswith(f"{its}/") or its.startswith(f"{folded}/"):
            return other
    return None


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The wanted name, or the nearest one that nothing is in the way of."""
    known = set(taken)
    name = wanted
    while (other := in_the_way(name, known)) is not None and len(other) < len(name):
        # ``partner-tui`` is in the way of ``partner-tui/splash``: ``partner-tui-splash`` is free of it.
        name = f"{name[: len(other)]}-{name[len(other) + 1 :]}"
    number = 2
    free = name
    while in_the_way(free, known) is not None:
        free = f"{name}-{number}"
        number += 1
    return free
