"""The kinds of failure that the app treats each in its own way, and the shape of a rule that finds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partner_tui.errors import CredentialsRefused, GitError


class GitMissing(GitError):
    """There is no git on this machine."""


class RemoteUnreachable(GitError):
    """The host was not found, refused the connection, or did not answer."""


class RemoteNotFound(GitError):
    """The host answers, but has no such repository, or hides it."""


class RemoteBroken(GitError):
    """The remote has a problem of its own, which only its owner can solve."""


class NoWriteAccess(CredentialsRefused):
    """The remote knows who asks, and lets them read only; a fork of their own takes their commits."""


class BranchProtected(GitError):
    """The remote does not accept a push to this branch; to a new one it does."""


class PushDeclined(GitError):
    """The remote does not accept these commits, on no branch."""


class StaleLock(GitError):
    """Another git is at work in the clone, or one that was killed left its lock file."""


class NotWritable(GitError):
    """The folder cannot be written to: permissions, or a full disk."""


class DubiousOwnership(GitError):
    """Git refuses the folder because it belongs to another user."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How a failure is known, and what is told of it.

    Args:
        pattern: A regular expression, case ignored; its groups ``name`` or ``other`` go into the message as ``{name}``.
        message: One line; ``{said}`` is the remote's reason.
        hint: What to do next: something that does not fail for the same cause; ``{name}`` is quoted for a shell there.
        by: Whose words are searched: git's on this machine, the remote's, or both. "No space left on device" is no
            reason to tidy up here when the remote says it.
    """

    pattern: str
    error: type[GitError]
    message: str
    hint: str
    by: Literal["git", "remote", "both"] = "both"
