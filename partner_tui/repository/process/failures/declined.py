"""The remote was reached and does not take the push: its rules, its limits, or its own trouble; and who was faster."""

from __future__ import annotations

from partner_tui.errors import PushRejected
from partner_tui.repository.process.failures.kinds import (
    BranchProtected,
    Failure,
    NoWriteAccess,
    PushDeclined,
    RemoteBroken,
)

_NEW_BRANCH = "Push to a new branch and open a pull request from it."

# Rules about what the commits hold: another branch is refused for the same reason, so that none is proposed.
_COMMITS = (
    Failure(
        r"receiving end does not support push options",
        PushDeclined,
        "The remote takes no pull request by a push: it does not support push options.",
        _NEW_BRANCH,
        by="git",
    ),
    Failure(
        r"GH007|publish a private email|email privacy restrictions",
        PushDeclined,
        "The remote does not publish your private email address, which is in your commits.",
        "Use the no-reply address of your account as the author, then make the commits again:"
        " git commit --amend --reset-author. Or allow the address at the link above.",
    ),
    Failure(
        r"PUSH PROTECTION|Push cannot contain secrets|GH009|secrets? (?:was |were )?(?:detected|found)",
        PushDeclined,
        "The remote found a secret in your commits.",
        "Remove it from the commits that contain it (git commit --amend, git rebase -i), and revoke it where it was issued.",
    ),
    Failure(
        r"GH008|unknown Git LFS objects|LFS objects are missing",
        PushDeclined,
        "The remote lacks files that your commits keep in Git LFS.",
        "Upload them with git lfs push --all, then push again.",
    ),
    Failure(
        r"locked files|(?:is|are) locked by|\blfs lock",
        PushDeclined,
        "A file that you changed is locked by someone: {said}",
        "Ask who holds the lock to release it (git lfs locks lists them), then push again.",
    ),
    Failure(
        r"pack exceeds maximum allowed size|requested URL returned error: 413|HTTP (?:code )?413",
        PushDeclined,
        "The push is larger than the remote accepts.",
        "Remove large files from the commits; where only HTTP is limited, push by ssh.",
    ),
    Failure(
        r"GH001|Large files? detected|exceeds?[^\n]*(?:file size limit|maximum (?:allowed |file )?size)"
        r"|blobs? which exceeds?|larger than[^\n]*(?:allowed|limit)|file size limit",
        PushDeclined,
        "A file in your commits is larger than the remote allows: {said}",
        "Remove it from the commits that contain it (git commit --amend, git rebase -i), or keep it in Git LFS.",
    ),
    Failure(
        r"without `?workflows?`? (?:scope|permission)|create or update workflow",
        PushDeclined,
        "Your token may not change workflows (.github/workflows).",
        "Use a token with the workflow scope, or leave those files out of the commits.",
    ),
    Failure(
        r"must (?:have verified signatures|be signed)|unsigned commits?",
        PushDeclined,
        "The remote accepts signed commits only.",
        "Turn signing on (git config commit.gpgSign true), then make the commits again: git commit --amend --no-edit.",
    ),
    Failure(
        r"(?:author|committer)(?:'s)? email[^\n]*(?:must|not|pattern)|verified email",
        PushDeclined,
        "The remote does not accept the email address in your commits: {said}",
        "Set an address that it accepts as the author, then make the commits again: git commit --amend --reset-author.",
        by="remote",
    ),
    Failure(
        r"commit message[^\n]*(?:must|not|pattern)",
        PushDeclined,
        "The remote does not accept a commit message: {said}",
        "Change the message (git commit --amend, git rebase -i), then push again.",
        by="remote",
    ),
    Failure(
        r"branch name[^\n]*(?:must|not|pattern)|creations being restricted|40 hex characters",
        PushDeclined,
        "The remote does not accept the name of the branch: {said}",
        "Push to a new branch with a name that its rule allows.",
        by="remote",
    ),
)

# Rules about who may write to which branch.
_BRANCHES = (
    Failure(
        r"branch is currently checked out|refusing to update checked out branch",
        BranchProtected,
        "The remote is not a bare repository, and has this branch checked out.",
        "Push to a new branch and merge it there.",
    ),
    Failure(
        r"GH006|protected branch hook declined|protected branch(?:es)?\b|is protected from|protected ref"
        r"|through (?:a )?pull requests?|must use a pull request|Permission denied to update branch"
        r"|prohibited by Gerrit|(?:status check|deployment)[^\n]*(?:is expected|required|must)|merge queue",
        BranchProtected,
        "The remote does not accept a direct push to this branch: it is protected.",
        _NEW_BRANCH,
    ),
    Failure(
        r"shallow update not allowed",
        PushDeclined,
        "The remote cannot take commits from a clone without the whole history.",
        "Fetch the rest of it (git fetch --unshallow), then push again.",
    ),
    Failure(
        r"\[remote rejected\][^\n]*\((?:Working directory|Could not update working tree)",
        RemoteBroken,
        "The remote's work tree has changes that are not committed, so it takes no push.",
        "Commit or discard them there, then push again.",
    ),
)

_TROUBLE = (
    Failure(
        r"pre-receive hook (?:timed out|did not finish)|hook[^\n]* timed out",
        RemoteBroken,
        "The remote's own checks did not end in time.",
        "Push again; if it fails once more, push fewer commits or tell the owner of the repository.",
        by="remote",
    ),
    Failure(
        r"possible repository corruption|bad (?:tree )?object|unable to (?:read|parse)|object [^\n]*(?:is )?(?:corrupt|missing)"
        r"|packfile [^\n]* cannot be accessed|inflate: data stream error|not our ref",
        RemoteBroken,
        "The remote repository is damaged: it cannot read its own files.",
        "Tell its owner, who can look with git fsck. Your clone is not damaged by this.",
        by="remote",
    ),
    Failure(
        r"Unable to create '[^']*\.lock': File exists",
        RemoteBroken,
        "Another process is writing to this branch on the remote, or left a lock file there.",
        "Push again in a moment; if it fails once more, tell the owner of the repository.",
        by="remote",
    ),
    Failure(
        r"quota|over (?:its |the )?(?:size|storage) limit|exceeded its (?:size|storage|user) limit|storage limit|repository size",
        RemoteBroken,
        "The remote has no room left: {said}",
        "Ask an owner of the repository for more room, then push again.",
        by="remote",
    ),
    Failure(
        r"No space left on device|unable to write file|Read-only file system|insufficient permission for adding an object"
        r"|unable to create temporary (?:file|object)|Permission denied$",
        RemoteBroken,
        "The remote cannot write to its own disk: {said}",
        "Tell its owner. Your commits are unchanged; push again when it is solved.",
        by="remote",
    ),
    Failure(
        r"remote unpack failed|\(unpacker error\)",
        RemoteBroken,
        "The remote could not store the commits: {said}",
        "Push again; if it fails once more, tell the owner of the repository.",
    ),
    Failure(
        r"You are not allowed to|permission (?:is )?denied for writing|access denied",
        NoWriteAccess,
        "You do not have permission for this on the remote.",
        "Use a token with write access to this repository, or push to a fork of your own.",
        by="remote",
    ),
)

_RACES = (
    Failure(
        r"'(?:refs/heads/)?(?P<name>[^']*)' exists; cannot create|\(refname conflict\)",
        PushDeclined,
        "A branch in the way of this name exists on the remote: {name}",
        "Push to a new branch with another name.",
    ),
    Failure(
        r"\[(?:remote )?rejected\][^\n]*\((?:non-fast-forward|fetch first|stale info|needs force|cannot lock ref"
        r"|failed to update ref|failed to lock|incorrect old value provided|reference already exists)"
        r"|Updates were rejected because",
        PushRejected,
        "The remote has commits that are not here yet, so the push was rejected.",
        "Pull first, then push again.",
    ),
    Failure(
        r"\[remote rejected\]|hook declined|GH0\d\d|rule violations",
        PushDeclined,
        "The remote declined the push: {said}",
        "Do what its message asks for, then push again; or ask an owner of the repository.",
    ),
)

FAILURES = (*_COMMITS, *_BRANCHES, *_TROUBLE, *_RACES)
