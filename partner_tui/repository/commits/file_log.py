"""The commits that changed files of some kinds, newest first, each with what it changed against each of its parents.

`git log --follow` loses a renamed file at the first merge, so nothing is followed here: every file of these kinds is listed, and
whoever reads the log decides which one is which in the parent. No file's content is looked at, and none is fetched for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Final, Unpack

from partner_tui.repository.commits.tree_changes import TreeChange, read_changes
from partner_tui.repository.git import Watch, run

MAX_COMMITS: Final = 20_000
"""So many commits are listed at most; no partner has a tenth of them."""
_SIZES = (60, 400, 1_000)
"""How many commits are compared at once, the last of them from there on: few at first, so that the first rows are there soon."""


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """A commit that changed such a file.

    Attributes:
        parents: The nearest commits before it that changed one, too; in a merge, those of each side.
        changes: Against each of the parents, by path; of a commit without any, against nothing.
    """

    hash: str
    parents: tuple[str, ...]
    changes: tuple[Mapping[str, TreeChange], ...]


def read_file_log(
    root: Path,
    head: str,
    kinds: Sequence[str],
    path: str,
    *,
    first_parents: bool = False,
    **watch: Unpack[Watch],
) -> Iterator[tuple[LoggedCommit, ...]]:
    """The log of a commit, some commits at a time.

    Where the sides of a merge differ, each is listed; a side whose changes did not come through is left out, as git does.

    Args:
        head: The full hash of the newest commit.
        kinds: Ends of file names such as ``.yaml``, in any case.
        path: One more file, from the root.
        first_parents: Whether a merge stands for what it brought: no side of it is listed, and its only parent is the first.
    """
    names = [f":(icase,glob)**/*{kind}" for kind in kinds]
    # The one command of the app whose path names are patterns; they are ours, and the file is none.
    patterned = ["--no-literal-pathspecs"]
    paths = ["--", *names, f":(literal){path}"]
    listing = [*patterned, "rev-list", "--parents", *(["--first-parent"] if first_parents else [])]
    comparing = [*patterned, "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"]
    comparing += ["--root", "--always", "--ignore-submodules=none", *paths]

    def list_commits() -> Iterator[list[str]]:
        few, more, _ = _SIZES
        for start, count in ((0, few), (few, more), (few + more, MAX_COMMITS - few - more)):
            limits = [f"--skip={start}", f"--max-count={count}"]
            lines = run([*listing, *limits, head, *paths], cwd=root, **watch).splitlines()
            yield from (line.split()[: 2 if first_parents else None] for line in lines)
            if len(lines) < count:
                break

    sizes, commits = chain(_SIZES, repeat(_SIZES[-1])), list_commits()
    while chunk := list(islice(commits, next(sizes))):
        asked = "".join(
            f"{commit} {parent}".strip() + "\n" for commit, *parents in chunk for parent in parents or [""]
        )
        parts = iter(run(comparing, cwd=root, input=asked.encode(), **watch).split("\0")[:-1])
        compared = iter(read_changes(parts))
        yield tuple(
            LoggedCommit(commit, tuple(parents), tuple(next(compared) for _ in parents or [""]))
            for commit, *parents in chunk
        )


def cut_off(root: Path) -> frozenset[str]:
    """The oldest commits of a shallow clone, whose parents exist and are not in it; none where it has the whole history."""
    path = root / run(["rev-parse", "--git-path", "shallow"], cwd=root).strip()
    try:
        return frozenset(path.read_text("ascii", "replace").split())
    except OSError:
        return frozenset()
