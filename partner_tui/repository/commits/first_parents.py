"""A branch as one line: of each merge the side that it was made on, which is what the branch got, commit after commit.

The rule: what is read of a commit is bounded, however long its message is or its author's name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partner_tui.repository.commits.commit import read_date
from partner_tui.repository.config import Author
from partner_tui.repository.git import run_bytes

_NAME, _TITLE = "%<(120,trunc)", "%<(300,trunc)"
_FORMAT = f"--format=%H%n%P%n{_NAME}%an%n{_NAME}%ae%n{_NAME}%ce%n%cd%n{_TITLE}%s"


@dataclass(frozen=True, slots=True)
class LineCommit:
    """A commit on the line.

    Attributes:
        date: When it was committed; when it was written may be years before.
        title: The first line of its message, or the beginning of a long one.
    """

    hash: str
    parents: tuple[str, ...]
    author: Author
    committer_email: str
    date: datetime
    title: str


def first_parents(root: Path, tip: str, without: Collection[str], most: int) -> tuple[LineCommit, ...]:
    """The commits of a branch, newest first.

    Args:
        tip: Its newest commit, as a hash.
        without: Hashes; what these commits have is left out.
        most: How many are read.
    """
    # Git pads and cuts what it prints, so that a message of ten megabytes is not read.
    options = ["--first-parent", "-z", "--no-show-signature", "--date=raw", f"--max-count={most}"]
    printed = run_bytes(
        ["log", *options, _FORMAT, tip, *(f"^{one}" for one in without), "--"],
        cwd=root,
    )
    return tuple(_read(block.decode("utf-8", "replace")) for block in printed.split(b"\0") if block)


def _read(block: str) -> LineCommit:
    hash, parents, name, email, committer, date, title = map(str.strip, block.split("\n", 6))
    return LineCommit(hash, tuple(parents.split()), Author(name, email), committer, read_date(date), title)
