"""The state of a clone: branch, upstream, what is dirty, and what keeps it from taking a commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import fetched_branches
from partner_tui.repository.branches.tracking import (
    NO_TRACKING,
    RemoteBranch,
    Tracking,
    read_settings,
    read_tracking,
)
from partner_tui.repository.commits.commit import count_commits
from partner_tui.repository.git import run

Operation = Literal["", "merge", "am", "rebase", "cherry-pick", "revert", "bisect"]

# The files git keeps in its folder while it is in the middle of something.
_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)


_PRINTED = ("--porcelain=v2", "--branch", "-z", "--ahead-behind")
STATUS = ("status", *_PRINTED, "--untracked-files=all", "--ignore-submodules=all", "--no-renames")


@dataclass(frozen=True, slots=True)
class State:
    """A clone at one moment.

    Args:
        branch: None when HEAD is detached.
        commit: The full hash of HEAD; None before the first commit.
        ahead: Commits that neither the upstream nor the branch that it is pushed to has.
        behind: Commits of `arrived` that the branch lacks, as of the last fetch.
        operation: What git is in the middle of.
        dirty: Paths from the root that differ from HEAD: staged, unstaged and untracked files.
        lock: A lock file that keeps git from changing anything; left by a killed git, or another one is at work.
        tracking: What the branch follows, and where it is pushed.
        is_gone: Whether the branch that this one follows is not at the remote any more, as of the last fetch.
        known: Where the newest known commits of these two are; empty when neither is known.
        arrived: The one of the two that has commits which the branch lacks; else what it follows.
    """

    branch: str | None
    commit: str | None
    ahead: int
    behind: int
    operation: Operation
    dirty: tuple[str, ...]
    lock: Path | None
    tracking: Tracking = NO_TRACKING
    is_gone: bool = False
    known: tuple[str, ...] = ()
    arrived: RemoteBranch | None = None

    @property
    def upstream(self) -> str | None:
        """Such as ``origin/main``; None when the branch follows none of a remote."""
        return str(self.tracking.upstream) if self.tracking.upstream else None

    @property
    def standing(self) -> str:
        """The branch, and how far it is from the one that it follows, if any: ``main ↑1 ↓0``."""
        branch = self.branch or f"detached at {(self.commit or '')[:7]}"
        if self.is_gone:
            return f"{branch} ↑{self.ahead}, {self.tracking.upstream} is gone"
        return f"{branch} ↑{self.ahead} ↓{self.behind}" if self.upstream or self.known else branch

    @property
    def problem(self) -> tuple[str, str] | None:
        """Why a commit cannot be made now, and what to do; None when it can."""
        if self.lock is not None:
            return (
                f"Another git process is running, or left a lock file: {self.lock}",
                "Wait for it to end; if no git is running, remove that file.",
            )
        if self.operation == "bisect":
            return "A bisect is in progress in this clone.", "End it with git bisect reset."
        if self.operation:
            return (
                f"{'git' if self.operation == 'am' else 'A'} {self.operation} is in progress in this clone.",
                f"Finish it (git {self.operation} --continue) or abort it (git {self.operation} --abort).",
            )
        if self.branch is None:
            return (
                "HEAD is detached: a commit would belong to no branch.",
                "Switch to a branch, or start a new one.",
            )
        return None


def read_state(root: Path, git_folder: Path) -> State:
    """Ask git; nothing is written and nothing is fetched. Raises GitError."""
    state = parse_status(run(STATUS, cwd=root), git_folder)
    if (state.branch, state.commit) == ("(unknown)", None):
        # A branch whose file is empty, as a power cut leaves it: git takes it for one without commits.
        raise GitError(
            "The clone is damaged: its branch is empty.", "Run git fsck there, or make a fresh clone."
        )
    tracking = read_tracking(read_settings(root), state.branch)
    upstream = tracking.upstream
    if upstream is not None and upstream.is_fetched and upstream == tracking.target and state.known:
        # Nearly always: git has counted.
        return replace(state, tracking=tracking, known=(upstream.tracking,), arrived=upstream)
    branches = [branch for branch in (tracking.target, upstream) if branch is not None and branch.tracking]
    known = _existing(root, [branch.tracking for branch in branches])
    is_gone = (
        upstream is not None
        and upstream.tracking not in known
        and bool(fetched_branches(root, upstream.remote))  # an empty remote has lost nothing
    )
    state = replace(
        state,
        tracking=tracking,
        is_gone=is_gone,
        known=known,
        arrived=upstream,
        ahead=0,
        behind=0,
    )
    return _counted(root, state, [branch for branch in branches if branch.tracking in known])


def _existing(root: Path, refs: Sequence[str]) -> tuple[str, ...]:
    if not refs:
        return ()
    printed = run(["for-each-ref", "--format=%(refname)", "--", *refs], cwd=root).split("\n")
    return tuple(ref for ref in dict.fromkeys(refs) if ref in printed)


def _counted(root: Path, state: State, branches: Sequence[RemoteBranch]) -> State:
    """The state with what git does not count: a branch that is pushed elsewhere, or that a plain fetch does not bring."""
    if state.commit is None:
        return state
    if state.known or state.is_gone:
        without = state.known or ("--remotes",)
        state = replace(state, ahead=count_commits(root, "HEAD", "--not", *without))
    for branch in branches:
        if behind := count_commits(root, branch.tracking, "--not", "HEAD"):
            return replace(state, behind=behind, arrived=branch)
    return state


def parse_status(output: str, git_folder: Path) -> State:
    """Read what `STATUS` prints."""
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
    counted = header.get("branch.ab", "")
    ahead, _, behind = (counted or "+0 -0").partition(" ")
    branch, commit = header.get("branch.head"), header.get("branch.oid")
    lock = git_folder / "index.lock"
    return State(
        branch=None if branch == "(detached)" else branch,
        commit=None if commit == "(initial)" else commit,
        ahead=abs(int(ahead)),
        behind=abs(int(behind)),
        operation=_operation(git_folder),
        dirty=tuple(dirty),
        lock=lock if lock.exists() else None,
        known=("@{upstream}",) if counted else (),
    )


def _operation(git_folder: Path) -> Operation:
    for file, name in _OPERATIONS:
        if (git_folder / file).exists():
            return name
    try:  # between two of several commits, after one was made by hand, nothing else tells
        with (git_folder / "sequencer" / "todo").open(encoding="utf-8", errors="replace") as todo:
            return "revert" if todo.read(6) == "revert" else "cherry-pick"
    except OSError:
        return ""
