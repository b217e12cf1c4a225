"""Git could not do its work on this machine."""

from __future__ import annotations

from functools import partial

from partner_tui.errors import CredentialsRefused, GitError
from partner_tui.repository.process.failures.kinds import DubiousOwnership, Failure, NotWritable, StaleLock

_Failure = partial(Failure, by="git")

FIRST = (
    _Failure(
        r"incorrect passphrase supplied(?:[^\n]*\n)*[^\n]*failed to (?:sign|write commit)|ssh-keygen[^\n]*incorrect passphrase",
        CredentialsRefused,
        "The passphrase of your signing key is wrong.",
        "Try again, or turn signing off here: git config commit.gpgSign false",
    ),
    _Failure(
        r"^(?:fatal|error|warning): (?P<name>bad (?:\w+ )?config (?:line|value|variable)(?![^\n]*(?:\.gitmodules|blob ))[^\n]*"
        r"|bogus (?:count|format) in [^\n]*|missing config (?:key|value)[^\n]*)"
        r"|(?P<other>unable to access '[^']*'[^\n]*)(?:\n[^\n]*)*while reading the configuration files",
        GitError,
        "Your git configuration is not valid: {name}",
        "Correct it, then try again.",
    ),
    _Failure(
        r"detected dubious ownership in repository(?: at '(?P<name>.*)'$)?",
        DubiousOwnership,
        "This folder belongs to another user, so git does not trust it.",
        "If you trust it, run this and press ctrl+r: git config --global --add safe.directory {name}",
    ),
    _Failure(
        r"Unable to create '(?P<name>[^']*\.lock)': File exists",
        StaleLock,
        "Another git process is running, or left a lock file: {name}",
        "Wait for it to end; if no git is running, remove that file and try again.",
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
        r"|^(?:fatal|error|warning): [^\n]*(?:could not create|could not lock|cannot create|cannot open|unable to create|failed to write)"
        r"[^\n]*(?:Permission denied|not permitted)",
        NotWritable,
        "The folder is read-only.",
        "Ask for write permission, or open a copy in a folder of your own.",
    ),
)

FAILURES = (
    _Failure(
        r"cannot lock ref 'refs/remotes/(?P<name>[^']*)': '[^']*' exists|git remote prune",
        GitError,
        "A branch that is gone on the remote is in the way of a new one: {name}",
        "Remove what is gone on the remote from this clone (git remote prune origin), then fetch again.",
    ),
    _Failure(
        r"cannot lock ref '(?:refs/heads/)?(?P<name>[^']*)': '[^']*' exists",
        GitError,
        "A branch in the way of this name exists: {name}",
        "Choose another name.",
    ),
    _Failure(
        r"failed to sign|Couldn't (?:load|find) .*key|No private key found for|gpg: signing failed|failed to write commit object"
        r"|gpg\.ssh\.defaultKeyCommand|user\.signing[Kk]ey",
        GitError,
        "Git could not sign the commit.",
        "Check the key that git config user.signingKey names, and unlock it in a shell; or turn signing off here:"
        " git config commit.gpgSign false",
    ),
    _Failure(
        r"Please tell me who you are|empty ident name|consists only of disallowed characters|no (?:email|name) was given|unable to auto-detect email",
        GitError,
        "Git does not know who the author is.",
        "Give a name and an email address.",
    ),
    _Failure(
        r"doing so would make\s+it empty",
        GitError,
        "The amended commit would be empty: your edits revert all that it changed.",
        "Undo that commit instead: u in Changes.",
    ),
    _Failure(
        r"partial commit during a|you need to resolve your current index first|unmerged files|unmerged paths",
        GitError,
        "A merge is in progress in this clone.",
        "Finish it with git (git merge --continue) or abort it (git merge --abort), then come back.",
    ),
    _Failure(
        r"Entry '(?P<name>[^']*)' (?:not uptodate|would be overwritten)|untracked working tree file '(?P<other>[^']*)' would be overwritten",
        GitError,
        "Your uncommitted changes conflict with the remote: {name}",
        "Commit or stash that change, then try again.",
    ),
    _Failure(
        r"(?:LF|CRLF) would be replaced by (?:LF|CRLF) in (?P<name>[^\n]*?)\.?(?:\n|$)",
        GitError,
        "The line ends of a file would be changed by a commit, which core.safecrlf forbids: {name}",
        "Save the file with the line ends that git checks out here, or set core.safecrlf to warn.",
    ),
    _Failure(
        r"not a git repository",
        GitError,
        "This folder is not in a git repository.",
        "Open a clone, or give owner/name or a URL to make one.",
    ),
    _Failure(
        r"bad object refs/replace/(?P<name>\w+)",
        GitError,
        "The replacement of a commit (git replace) leads to nothing: {name}",
        "Remove it: git replace -d {name}",
    ),
    _Failure(
        r"bad object|object file [^\n]* is empty|unable to read (?:tree|sha1)|loose object [^\n]* is corrupt|index file corrupt"
        r"|bad signature|index file smaller|reference broken",
        GitError,
        "The clone is damaged: git cannot read one of its own files.",
        "Run git fsck there; the easiest way out is a fresh clone.",
    ),
    _Failure(
        r"unknown (?:option|switch)|(?:^|\n)usage: git|repository's hash algorithm|unknown hash algorithm|mismatched algorithms|repository extension|git repo version",
        GitError,
        "This git is too old, or the repository has a format that it does not know.",
        "Install git 2.36 or newer.",
    ),
)
