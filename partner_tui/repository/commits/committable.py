"""Finds files that cannot be committed here: a commit without what their attributes ask for would hold another content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from partner_tui.errors import GitError, Untrusted
from partner_tui.repository.config import signs_commits
from partner_tui.repository.git import run
from partner_tui.repository.trust.decision import untrusted
from partner_tui.repository.trust.harmless import split_key


def check_committable(root: Path, paths: Sequence[str]) -> None:
    """Raise where a commit of these paths (from the root) would not hold what git would commit.

    Raises:
        GitError: A file is kept in LFS: its content is uploaded by a hook, and hooks do not run here.
        Untrusted: A file goes through a filter, or the commit is signed by a program, that is not trusted.
    """
    left_out = untrusted(root)
    filters = {
        split_key(concern.name)[1]: concern for concern in left_out if concern.name.startswith("filter.")
    }
    printed = run(["check-attr", "-z", "filter", "--", *paths], cwd=root).split("\0")[:-1]
    for path, name in zip(printed[0::3], printed[2::3], strict=False):
        if name in filters and (root / path).exists():
            raise Untrusted(f"The commit of {path}", [filters[name].label])
        if name == "lfs" and (root / path).exists():
            raise GitError(
                f"{path} is kept in Git LFS, which this app does not upload.", "Commit that file with git."
            )
    signing = [concern.label for concern in left_out if concern.name.startswith(("gpg.", "user.signing"))]
    if signing and signs_commits(root):
        raise Untrusted("A signed commit", signing)


def check_not_hidden(root: Path, path: str) -> None:
    """Raise where git was told not to look for changes of a file that has some: a commit would leave them out.

    Raises:
        GitError: It is marked as unchanged, or as left out of the work tree.
    """
    about, _, _ = run(["ls-files", "-v", "--stage", "-z", "--", path], cwd=root).partition("\t")
    tag, _, blob = about.split(" ")[:3] if about else ("", "", "")
    mark = "skip-worktree" if tag in ("S", "s") else "assume-unchanged" if tag.islower() else None
    if mark is None:
        return
    is_there = (root / path).is_file()
    if not is_there and mark == "skip-worktree":
        return  # what a sparse checkout leaves out is not removed
    if not is_there or run(["hash-object", "--", path], cwd=root).strip() != blob:
        raise GitError(
            f"{path} has changes that git was told to ignore (its index marks it {mark}).",
            f"Remove the mark, then commit: git update-index --no-{mark} {quote(path)}",
        )
