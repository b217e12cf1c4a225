"""After a rejected push: our commits made again on top of the fetched ones, file by file, as the caller merges them.

Only objects are written until the branch moves, and it moves by ``reset --keep``: a change of the user's that is in the
way stops it. Where the branch was stays reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.git import run, run_bytes
from partner_tui.repository.git_log import GitLog

MakeContent = Callable[[str, str, str], bytes | None]
"""(commit, path, tip) -> what the path holds in the commit made anew on top of ``tip``; None to remove it there.

``three_way`` does it for files that the caller has no better merge for.
"""

BACKUPS = "refs/partner-tui/backup/"


def merge_base(root: Path, one: str, other: str) -> str:
    """The best common ancestor. Raises GitError when the histories have none (the remote's was rewritten)."""
    try:
        return run(["merge-base", "--end-of-options", one, other], cwd=root).strip()
    except GitError as error:
        if error.code != 1:
            raise
        raise GitError(
            "The remote's history and this one have nothing in common.", "Make a fresh clone of the remote."
        ) from error


def commits_between(root: Path, base: str, tip: str) -> tuple[str, ...]:
    """The hashes after ``base`` up to ``tip``, oldest first.

    Raises:
        GitError: One of them is a merge, which cannot be made again file by file.
    """
    order = ["rev-list", "--reverse", "--topo-order", "--parents", "--end-of-options", f"{base}..{tip}"]
    lines = [line.split() for line in run(order, cwd=root).splitlines()]
    if any(len(line) > 2 for line in lines):
        raise GitError(
            "The unpushed commits hold a merge.", "Bring them up to date with git: git pull --rebase"
        )
    return tuple(line[0] for line in lines)


def changed_paths(root: Path, commit: str) -> tuple[str, ...]:
    """The paths a commit adds, changes or removes, against its first parent."""
    arguments = ["diff-tree", "-r", "-z", "--root", "--no-commit-id", "--name-only", "--no-renames"]
    return tuple(run([*arguments, "--end-of-options", commit], cwd=root).split("\0")[:-1])


def replay_unpushed(
    root: Path, git_folder: Path, onto: str, make_content: MakeContent, log: GitLog | None = None
) -> str:
    """Make the commits that ``onto`` lacks again on top of it, and move the current branch there.

    Returns:
        The new tip.

    Raises:
        GitError: Nothing was moved.
    """
    head = run(["rev-parse", "HEAD"], cwd=root).strip()
    commits = commits_between(root, merge_base(root, onto, head), head)
    made = replay(root, git_folder, onto, commits, make_content)
    move_branch(root, made, expected=head, log=log)
    return made


def replay(root: Path, git_folder: Path, onto: str, commits: Sequence[str], make_content: MakeContent) -> str:
    """Make the commits again on top of ``onto``, with their author, date and message; nothing is moved.

    A commit that changes nothing any more is left out.

    Returns:
        The hash of the last one made; ``onto`` when none was.
    """
    index = git_folder / f"partner-tui-index-{os.getpid()}-{threading.get_ident()}"
    environment = {"GIT_INDEX_FILE": str(index.absolute())}
    tip = onto
    try:
        for commit in commits:
            run(["read-tree", tip], cwd=root, extra=environment)
            for path in changed_paths(root, commit):
                _stage(root, commit, path, make_content(commit, path, tip), environment)
            tree = run(["write-tree"], cwd=root, extra=environment).strip()
            if tree != run(["rev-parse", f"{tip}^{{tree}}"], cwd=root).strip():
                tip = _commit_again(root, commit, tree, tip)
    finally:
        for left in (index, index.with_name(f"{index.name}.lock")):
            with contextlib.suppress(OSError):
                left.unlink()
    return tip


def move_branch(root: Path, tip: str, *, expected: str, log: GitLog | None = None) -> None:
    """Move the current branch to ``tip``; local changes to files that do not differ stay.

    Args:
        expected: Where the branch must be now.

    Raises:
        GitError: The branch is elsewhere, or a change of the user's is in the way; nothing was moved.
    """
    now = run(["rev-parse", "HEAD"], cwd=root).strip()
    if now != expected:
        raise GitError(
            "The branch was moved by another program.", "Look at the clone again, then push once more."
        )
    backup = _next_backup(root)
    run(["update-ref", backup, now, ""], cwd=root, log=log)
    try:
        run(["reset", "--keep", "--quiet", tip], cwd=root, log=log)
    except GitError:
        run(["update-ref", "-d", backup, now], cwd=root, log=log)
        raise


def three_way(root: Path, commit: str, path: str, tip: str) -> bytes | None:
    """A commit's change of one file merged by lines into ``tip``; see ``MakeContent``.

    Raises:
        GitError: Both changed the same lines.
    """
    ours, before, theirs = (_content(root, rev, path) for rev in (commit, f"{commit}^", tip))
    if theirs == before:
        return ours
    if ours in (before, theirs):
        return theirs
    clash = GitError(
        f"{path} was changed here and at the remote in the same place.", "Merge it with git: git pull"
    )
    if ours is None or theirs is None:
        raise clash
    with tempfile.TemporaryDirectory(prefix="partner-tui-") as folder:
        names = [Path(folder, name) for name in ("ours", "before", "theirs")]
        for name, content in zip(names, (ours, before or b"", theirs), strict=True):
            name.write_bytes(content)
        try:
            return run_bytes(["merge-file", "--stdout", "--quiet", *map(str, names)], cwd=root)
        except GitError as error:
            raise clash from error


def _content(root: Path, rev: str, path: str) -> bytes | None:
    found = run(["ls-tree", "-z", "--full-tree", "--end-of-options", rev, "--", path], cwd=root)
    return run_bytes(["cat-file", "blob", found.split()[2]], cwd=root) if found else None


def _stage(root: Path, commit: str, path: str, content: bytes | None, environment: Mapping[str, str]) -> None:
    if content is None:
        run(["update-index", "--force-remove", "--", path], cwd=root, extra=environment)
        return
    found = run(["ls-tree", "-z", "--full-tree", commit, "--", path], cwd=root)
    mode = found.split()[0] if found else "100644"
    blob = run(["hash-object", "-w", "--no-filters", "--stdin"], cwd=root, input=content).strip()
    run(["update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}"], cwd=root, extra=environment)


def _commit_again(root: Path, commit: str, tree: str, parent: str) -> str:
    about = run(
        ["show", "-s", "--no-show-signature", "--date=raw", "--format=%an%n%ae%n%ad%n%B", commit], cwd=root
    )
    name, email, date, message = about.split("\n", 3)
    author = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": f"@{date}"}
    arguments = ["commit-tree", "-p", parent, "-F", "-", tree]
    return run(arguments, cwd=root, input=message.rstrip("\n").encode() + b"\n", extra=author).strip()


def _next_backup(root: Path) -> str:
    names = run(["for-each-ref", "--format=%(refname)", BACKUPS], cwd=root).split()
    numbers = [int(name.removeprefix(BACKUPS)) for name in names if name.removeprefix(BACKUPS).isdigit()]
    return f"{BACKUPS}{max(numbers, default=0) + 1}"
