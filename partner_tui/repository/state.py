"""Where a clone stands: branch, upstream, what is dirty, and what keeps it from taking a commit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from partner_tui.repository.git import run

Operation = Literal["", "merge", "rebase", "cherry-pick", "revert", "bisect"]

# The files git keeps in its folder while it is in the middle of something.
_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)


@dataclass(frozen=True, slots=True)
class State:
    """A clone at one moment.

    Args:
        branch: None when HEAD is detached.
        commit: The full hash of HEAD; None before the first commit.
        upstream: Such as ``origin/main``; None when the branch follows none.
        ahead: Commits that the upstream lacks.
        behind: Commits of the upstream that the branch lacks, as of the last fetch.
        operation: What git is in the middle of.
        dirty: Paths from the root that differ from HEAD: staged, unstaged and untracked files.
        lock: A lock file that keeps git from changing anything; left by a killed git, or another one is at work.
    """

    branch: str | None
    commit: str | None
    upstream: str | None
    ahead: int
    behind: int
    operation: Operation
    dirty: tuple[str, ...]
    lock: Path | None

    @property
    def standing(self) -> str:
        """The branch, and how far it is from the one that it follows, if any: ``main ↑1 ↓0``."""
        branch = self.branch or f"detached at {(self.commit or '')[:7]}"
        return f"{branch} ↑{self.ahead} ↓{self.behind}" if self.upstream else branch

    @property
    def problem(self) -> tuple[str, str] | None:
        """Why a commit cannot be made now, and what to do; None when it can."""
        if self.lock is not None:
            return (
                f"Another git is at work here, or one that was killed left a lock: {self.lock}",
                "Wait for it to end; if no git is running, remove that file.",
            )
        if self.operation == "bisect":
            return "A bisect is in progress in this clone.", "End it with git bisect reset."
        if self.operation:
            return (
                f"A {self.operation} is in progress in this clone.",
                f"Finish it (git {self.operation} --continue) or give it up (git {self.operation} --abort).",
            )
        if self.branch is None:
            return (
                "HEAD is detached: a commit would belong to no branch.",
                "Switch to a branch, or start a new one.",
            )
        return None


def status_arguments() -> list[str]:
    return [
        "status",
        "--porcelain=v2",
        "--branch",
        "-z",
        "--untracked-files=all",
        "--ignore-submodules=all",
        "--no-renames",
        "--ahead-behind",
    ]


def read_state(root: Path, git_folder: Path) -> State:
    """Ask git; nothing is written and nothing is fetched.

    Raises:
        GitError: Such as ``NotOwner``.
    """
    return parse_status(run(status_arguments(), cwd=root), git_folder)


def parse_status(output: str, git_folder: Path) -> State:
    """Read what ``status_arguments`` prints."""
    header: dict[str, str] = {}
    dirty: list[str] = []
    for part in output.split("\0"):
        kind, _, rest = part.partition(" ")
        if kind == "#":
            key, _, value = rest.partition(" ")
            header[key] = value
        elif kind == "?":
            dirty.append(rest)
        elif kind == "1":
            dirty.append(rest.split(" ", 7)[7])
        elif kind == "u":
            dirty.append(rest.split(" ", 9)[9])
    ahead, _, behind = header.get("branch.ab", "+0 -0").partition(" ")
    branch, commit = header.get("branch.head"), header.get("branch.oid")
    lock = git_folder / "index.lock"
    return State(
        branch=None if branch == "(detached)" else branch,
        commit=None if commit == "(initial)" else commit,
        upstream=header.get("branch.upstream"),
        ahead=abs(int(ahead)),
        behind=abs(int(behind)),
        operation=next((name for file, name in _OPERATIONS if (git_folder / file).exists()), ""),
        dirty=tuple(dirty),
        lock=lock if lock.exists() else None,
    )
