"""What git printed, turned into an error with one clear line and a next step.

The texts are git's own in the C locale, ssh's, curl's, and those of the big forges; the first row that matches wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from partner_tui.errors import CredentialsRefused, GitError, PushRejected


class GitMissing(GitError):
    """There is no git on this machine."""


class RemoteUnreachable(GitError):
    """The host was not found, refused the connection, or did not answer."""


class RemoteNotFound(GitError):
    """The host answers, but has no such repository, or hides it."""


class BranchProtected(GitError):
    """The remote does not let this user push to this branch."""


class LockLeft(GitError):
    """Another git is at work in the clone, or one that was killed left its lock file."""


class NotWritable(GitError):
    """The folder cannot be written to: permissions, or a full disk."""


class NotOwner(GitError):
    """Git refuses the folder because it belongs to another user."""


@dataclass(frozen=True, slots=True)
class _Failure:
    pattern: str
    error: type[GitError]
    message: str
    hint: str


_FAILURES = (
    _Failure(
        r"detected dubious ownership in repository",
        NotOwner,
        "This folder belongs to another user, so git does not trust it.",
        "If you trust it: git config --global --add safe.directory <folder>",
    ),
    _Failure(
        r"Unable to create '(?P<name>[^']*\.lock)': File exists",
        LockLeft,
        "Another git is at work here, or one that was killed left a lock: {name}",
        "Wait for it to end; if no git is running, remove that file and try again.",
    ),
    _Failure(
        r"cannot lock ref '(?P<name>[^']*)': Unable to create .*File exists",
        LockLeft,
        "Another git is at work on {name}, or one that was killed left its lock file.",
        "Wait for it to end; if no git is running, remove the .lock file below .git/refs and try again.",
    ),
    _Failure(
        r"No space left on device|Disk quota exceeded|unable to write file.*: File too large",
        NotWritable,
        "The disk is full.",
        "Free some space and try again. What was there before is unchanged.",
    ),
    _Failure(
        r"Read-only file system"
        r"|insufficient permission for adding an object"
        r"|(?:could not create|could not lock|cannot create|cannot open|unable to create|failed to write)[^\n]*Permission denied",
        NotWritable,
        "The folder is read-only.",
        "Ask for write permission, or open a copy in a folder of your own.",
    ),
    _Failure(
        r"GH006|GH013|protected branch|repository rule violations|not allowed to push code to protected"
        r"|push declined due to|protected ref",
        BranchProtected,
        "The remote does not accept a direct push to this branch: it is protected.",
        "Push to a new branch and open a pull request from it.",
    ),
    _Failure(
        r"\[(?:remote )?rejected\][^\n]*(?:non-fast-forward|fetch first|stale info|needs force|cannot lock ref|failed to update ref)"
        r"|Updates were rejected because",
        PushRejected,
        "The remote has commits that are not here yet, so the push was rejected.",
        "Fetch them, put your edits on top, and push again.",
    ),
    _Failure(
        r"\[remote rejected\][^\n]*\((?P<name>[^)\n]*)\)",
        BranchProtected,
        "The remote declined the push: {name}.",
        "Push to a new branch, or ask an owner of the repository what its rules are.",
    ),
    _Failure(
        r"Could not resolve host:? ?(?:name )?(?P<name>[^\s:;']*)",
        RemoteUnreachable,
        "The host {name} was not found.",
        "Check the address and the network connection.",
    ),
    _Failure(
        r"Connection refused",
        RemoteUnreachable,
        "The remote host refused the connection.",
        "Check the address and port; the server may be down.",
    ),
    _Failure(
        r"timed out|Timeout was reached|Operation too slow|Network is unreachable|No route to host"
        r"|Failed to connect to|Couldn't connect to server",
        RemoteUnreachable,
        "The remote host does not answer.",
        "Check the network connection (a proxy?) and try again.",
    ),
    _Failure(
        r"Host key verification failed",
        CredentialsRefused,
        "The host's ssh key is not known or has changed.",
        "Compare the fingerprint with the one the host publishes, then connect once with ssh to accept it.",
    ),
    _Failure(
        r"Permission to \S+ denied to|requested URL returned error: 403|You are not allowed to|"
        r"write access to repository not granted|insufficient scope",
        CredentialsRefused,
        "The remote knows you, but does not allow this.",
        "Use a token with write access to this repository, or push to a fork of your own.",
    ),
    _Failure(
        r"Authentication failed|could not read (?:Username|Password)|Permission denied \(|terminal prompts disabled"
        r"|Invalid username or (?:password|token)|HTTP Basic: Access denied|requested URL returned error: 401"
        r"|Too many authentication failures|Support for password authentication was removed",
        CredentialsRefused,
        "The remote refused the credentials, or got none.",
        "Use your user name with an access token instead of a password, or an ssh key the host knows.",
    ),
    _Failure(
        r"Repository not found|repository '(?P<name>[^']*)' (?:not found|does not exist)|requested URL returned error: 404"
        r"|does not appear to be a git repository|not valid: is this a git repository|project you were looking for could not be found",
        RemoteNotFound,
        "There is no such repository at the remote, or it is private.",
        "Check owner and name; for a private repository use credentials that may read it.",
    ),
    _Failure(
        r"SSL certificate|server certificate verification failed|SSL peer certificate",
        RemoteUnreachable,
        "The remote host's certificate cannot be verified.",
        "Check the clock and the address; behind a company proxy set git's http.sslCAInfo.",
    ),
    _Failure(
        r"transport '(?P<name>[^']*)' not allowed|Unable to find remote helper for '(?P<other>[^']*)'",
        GitError,
        "This kind of remote address is not allowed.",
        "Use an https or ssh address.",
    ),
    _Failure(
        r"(?:early EOF|unexpected disconnect|RPC failed|the remote end hung up|Connection reset|Empty reply|Broken pipe)",
        RemoteUnreachable,
        "The connection to the remote broke off.",
        "Try again; nothing was lost.",
    ),
    _Failure(
        r"gpg failed to sign|failed to sign the data|Couldn't (?:load|find) .*key|failed to write commit object",
        GitError,
        "Git could not sign the commit.",
        "Unlock your signing key and try again, or turn signing off here: git config commit.gpgSign false",
    ),
    _Failure(
        r"Please tell me who you are|empty ident name|no (?:email|name) was given|unable to auto-detect email",
        GitError,
        "Git does not know who the author is.",
        "Give a name and an e-mail address.",
    ),
    _Failure(
        r"partial commit during a|you need to resolve your current index first|unmerged files|unmerged paths",
        GitError,
        "A merge is in progress in this clone.",
        "Finish it with git (git merge --continue) or give it up (git merge --abort), then come back.",
    ),
    _Failure(
        r"Entry '(?P<name>[^']*)' (?:not uptodate|would be overwritten)|untracked working tree file '(?P<other>[^']*)' would be overwritten",
        GitError,
        "A file with changes of yours was also changed at the remote: {name}",
        "Commit or put away that change with git, then try again.",
    ),
    _Failure(
        r"not a git repository",
        GitError,
        "This folder is not in a git repository.",
        "Open a clone, or give owner/name or a URL to make one.",
    ),
    _Failure(
        r"bad object|object file [^\n]* is empty|unable to read (?:tree|sha1)|loose object [^\n]* is corrupt|index file corrupt"
        r"|bad signature|index file smaller",
        GitError,
        "The clone is damaged: git cannot read one of its own files.",
        "Run git fsck there; the simplest cure is a fresh clone.",
    ),
    _Failure(
        r"unknown (?:option|switch)|(?:^|\n)usage: git",
        GitError,
        "This git is too old.",
        "Install git 2.36 or newer.",
    ),
)


def explain(command: str, code: int, output: str) -> GitError:
    """The error for a failed command; ``command`` and ``output`` are already redacted."""
    for failure in _FAILURES:
        if match := re.search(failure.pattern, output, re.IGNORECASE):
            groups = match.groupdict()
            name = groups.get("name") or groups.get("other") or "it"
            return failure.error(
                failure.message.format(name=name), failure.hint, command=command, code=code, output=output
            )
    return GitError(
        _last_words(output, code),
        "See the log for all that git said.",
        command=command,
        code=code,
        output=output,
    )


def _last_words(output: str, code: int) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:"))]
    line = (told or lines or [""])[0 if told else -1]
    return f"Git failed: {line.partition(': ')[2] or line}" if line else f"Git failed with exit code {code}."
