"""After a rejected push: our commits made again on top of the fetched ones, file by file, as the caller merges them.

Only objects are written until the branch moves, and it moves by ``reset --keep``: a change of the user's that is in the
way stops it. Where the branch was stays reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import merge_base, resolve
from partner_tui.repository.commits.commit_object import CommitObject, commit_again
from partner_tui.repository.commits.tree_changes import (
    clash,
    done_again,
    own_index,
    tree_changes,
    tree_entries,
    tree_with,
    write_blob,
)
from partner_tui.repository.config import read_config
from partner_tui.repository.git import Watch, run, run_bytes
from partner_tui.repository.process.git_log import GitLog

MakeContent = Callable[[str, str, str], bytes | None]
"""(commit, path, tip) -> what a file that both sides changed holds in the commit made again on top of ``tip``; None to remove
it there.

``three_way`` does it for files that the caller has no better merge for.
"""

BACKUPS = "refs/partner-tui/backup/"


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of commits that were made again.

    Args:
        tip: The hash of the last one.
        left_out: Those that change nothing any more, by their old hashes.
    """

    tip: str
    left_out: tuple[str, ...]


def replay_unpushed(
    root: Path,
    git_folder: Path,
    onto: str,
    make_content: MakeContent,
    log: GitLog | None = None,
    **watch: Unpack[Watch],
) -> Replayed:
    """Make the commits that ``onto`` lacks again on top of it and move the branch there. Raises GitError; it stays then."""
    head = resolve(root, "HEAD")
    if (start := merge_base(root, onto, head)) is None:  # the remote's history was rewritten
        raise GitError(
            "The remote's history and this one have nothing in common.", "Make a fresh clone of the remote."
        )
    # Oldest first; of what was merged, the merge alone.
    order = ["rev-list", "--reverse", "--first-parent", "--end-of-options", f"{start}..{head}"]
    commits = run(order, cwd=root).split()
    made, replayed = replay(root, git_folder, onto, commits, make_content, **watch)
    _copy_notes(root, made)
    move_branch(root, replayed.tip, expected=head, log=log)
    return replayed


def replay(
    root: Path,
    git_folder: Path,
    onto: str,
    commits: Sequence[str],
    make_content: MakeContent,
    **watch: Unpack[Watch],
) -> tuple[Mapping[str, str], Replayed]:
    """Make the commits again on top of ``onto``; nothing is moved.

    A commit that was empty stays; one whose change is there already is left out, and told.

    Returns:
        The new hash of each commit by its old one, and what became of all.
    """
    tip = onto
    made: dict[str, str] = {}
    with own_index(git_folder) as environment:
        for commit in commits:
            tree = _tree_on(root, commit, tip, make_content, environment)
            there, own, before = (resolve(root, f"{rev}^{{tree}}") for rev in (tip, commit, f"{commit}^"))
            if tree != there or own == before:
                parents = (tip, *_merged_commits(root, commit, onto))
                tip = made[commit] = commit_again(root, commit, tree, parents, **watch)
    return made, Replayed(tip, tuple(commit for commit in commits if commit not in made))


def _merged_commits(root: Path, commit: str, onto: str) -> Iterator[str]:
    """What a merge brought besides its first parent, as far as ``onto`` lacks it."""
    for parent in CommitObject.read(root, commit).parents[1:]:
        if run(["rev-list", "--max-count=1", parent, f"^{onto}", "--"], cwd=root):
            yield parent


def move_branch(
    root: Path, tip: str, *, expected: str, log: GitLog | None = None, **watch: Unpack[Watch]
) -> None:
    """Move the current branch to ``tip``; local changes to files that do not differ stay.

    Args:
        expected: Where the branch must be now.

    Raises:
        GitError: The branch is elsewhere, or a change of the user's is in the way; nothing was moved.
    """
    now = resolve(root, "HEAD")
    if now != expected:
        raise GitError("The branch was moved by another program.", "Reload, then try again.")
    refresh_index(root)
    backup = keep_reachable(root, now, log)
    try:
        run(["reset", "--keep", "--quiet", tip], cwd=root, log=log, **watch)
    except GitError:
        run(["update-ref", "-d", backup, now], cwd=root, log=log)
        raise


def refresh_index(root: Path) -> None:
    """A file that was edited and put back is the same again, but git's index does not know it, and git would refuse to go on."""
    with contextlib.suppress(GitError):
        run(["update-index", "-q", "--ignore-submodules", "--refresh"], cwd=root)


def three_way(root: Path, commit: str, path: str, tip: str) -> bytes | None:
    """A commit's change of one file merged by lines into ``tip``. Raises GitError where both changed the same lines."""
    ours, before, theirs = (content_at(root, rev, path) for rev in (commit, f"{commit}^", tip))
    if theirs == before:
        return ours
    if ours in (before, theirs):
        return theirs
    if ours is None or theirs is None:
        raise clash(path)
    # With all that merges: not before the first rows.
    from partner_tui.repository.commits.line_merge import merge_lines

    try:
        merged = merge_lines(before or b"", ours, theirs)
    except GitError as error:
        raise clash(path) from error
    if merged.conflicts:
        raise clash(path)
    return merged.content


def content_at(root: Path, rev: str, path: str) -> bytes | None:
    """A file as committed, byte for byte; None where it is not in the commit. Raises GitError."""
    entry = tree_entries(root, rev, path).get(path)
    return run_bytes(["cat-file", "blob", entry.hash], cwd=root) if entry else None


def _tree_on(
    root: Path, commit: str, tip: str, make_content: MakeContent, environment: Mapping[str, str]
) -> str:
    """The tree of ``tip`` with a commit's change done to it."""

    def merge_content(path: str) -> str | None:
        content = make_content(commit, path, tip)
        return None if content is None else write_blob(root, content)

    parent = f"{commit}^"
    written = done_again(tree_changes(root, parent, commit), tree_changes(root, parent, tip), merge_content)
    return tree_with(root, tip, written, environment)


def _copy_notes(root: Path, made: Mapping[str, str]) -> None:
    """Give each new commit the notes of the old one, as the user's configuration says, or else all of them."""
    if not made or not run(["for-each-ref", "--count=1", "refs/notes"], cwd=root):
        return
    extra = {} if read_config(root, "notes.rewriteRef") else {"GIT_NOTES_REWRITE_REF": "refs/notes/*"}
    pairs = "".join(f"{old} {new}\n" for old, new in made.items())
    run(["notes", "copy", "--for-rewrite=rebase", "--stdin"], cwd=root, input=pairs.encode(), extra=extra)


def keep_reachable(root: Path, commit: str, log: GitLog | None) -> str:
    """Keep a commit that no branch may have any more, under a ref that is free; returns that."""
    names = run(["for-each-ref", "--format=%(refname)", BACKUPS], cwd=root).split()
    numbers = [int(name.removeprefix(BACKUPS)) for name in names if name.removeprefix(BACKUPS).isdigit()]
    backup = f"{BACKUPS}{max(numbers, default=0) + 1}"
    run(["update-ref", backup, commit, ""], cwd=root, log=log)
    return backup
