"""What git, ssh, curl and the forges print becomes one clear line and a next step."""

from __future__ import annotations

import pytest

from partner_tui.errors import CredentialsRefused, GitError, PushRejected
from partner_tui.repository.failures import (
    BranchProtected,
    LockLeft,
    NotOwner,
    NotWritable,
    RemoteNotFound,
    RemoteUnreachable,
    explain,
)
from partner_tui.repository.progress import Progress, parse_progress
from partner_tui.repository.redact import clean, redact, shown

SAID = [
    (
        "fatal: unable to access 'https://x/': Could not resolve host: x.example",
        RemoteUnreachable,
        "x.example",
    ),
    ("ssh: Could not resolve hostname x.example: Name or service not known", RemoteUnreachable, "x.example"),
    ("ssh: connect to host x port 22: Connection refused", RemoteUnreachable, "refused"),
    ("ssh: connect to host x port 22: Connection timed out", RemoteUnreachable, "answer"),
    ("error: RPC failed; curl 28 Operation too slow. Less than 1 bytes/sec", RemoteUnreachable, "answer"),
    ("fetch-pack: unexpected disconnect while reading sideband packet", RemoteUnreachable, "broke"),
    ("fatal: unable to access 'x': SSL certificate problem: self-signed", RemoteUnreachable, "certificate"),
    (
        "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
        RemoteNotFound,
        "private",
    ),
    (
        "ERROR: Repository not found.\nfatal: Could not read from remote repository.",
        RemoteNotFound,
        "private",
    ),
    ("fatal: '/x' does not appear to be a git repository", RemoteNotFound, "no such"),
    ("fatal: Authentication failed for 'https://github.com/a/b/'", CredentialsRefused, "refused"),
    ("git@github.com: Permission denied (publickey).", CredentialsRefused, "refused"),
    (
        "fatal: could not read Username for 'https://x': terminal prompts disabled",
        CredentialsRefused,
        "refused",
    ),
    ("remote: Permission to a/b.git denied to ada.\nfatal: ... error: 403", CredentialsRefused, "allow"),
    ("Host key verification failed.", CredentialsRefused, "ssh key"),
    (" ! [rejected]        main -> main (non-fast-forward)", PushRejected, "commits"),
    (" ! [rejected]        main -> main (fetch first)", PushRejected, "commits"),
    (
        " ! [remote rejected] main -> main (cannot lock ref 'refs/heads/main': is at a but expected b)",
        PushRejected,
        "commits",
    ),
    (
        "remote: error: GH006: Protected branch update failed\n ! [remote rejected] main -> main (x)",
        BranchProtected,
        "protected",
    ),
    (
        "remote: GitLab: You are not allowed to push code to protected branches on this project.",
        BranchProtected,
        "protected",
    ),
    (
        " ! [remote rejected] main -> main (pre-receive hook declined)",
        BranchProtected,
        "pre-receive hook declined",
    ),
    ("fatal: Unable to create '/r/.git/index.lock': File exists.", LockLeft, "index.lock"),
    ("fatal: detected dubious ownership in repository at '/r'", NotOwner, "another user"),
    ("fatal: write error: No space left on device", NotWritable, "full"),
    (
        "error: insufficient permission for adding an object to repository database .git/objects",
        NotWritable,
        "read-only",
    ),
    ("fatal: Unable to create '/r/.git/index.lock': Permission denied", NotWritable, "read-only"),
    ("error: gpg failed to sign the data\nfatal: failed to write commit object", GitError, "sign"),
    ("error: index file corrupt", GitError, "damaged"),
    ("error: unknown option `end-of-options'\nusage: git merge-base", GitError, "too old"),
    ("fatal: something new", GitError, "something new"),
    ("", GitError, "exit code 3"),
]


@pytest.mark.parametrize(("said", "error", "word"), SAID)
def test_what_is_said_is_explained(said: str, error: type[GitError], word: str) -> None:
    explained = explain("git x", 3, said)
    assert type(explained) is error
    assert word in explained.message and explained.hint and "\n" not in explained.message
    assert (explained.command, explained.code, explained.output) == ("git x", 3, said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ada:s3cret@host/x", "https://host/x"),
        ("https://token@host/x", "https://host/x"),
        ("https://ada:p@ss@host/x", "https://host/x"),
        ("ssh://git:pw@host/x", "ssh://git@host/x"),
        ("ssh://git@host/x", "ssh://git@host/x"),
        ("git@host:o/n", "git@host:o/n"),
        ("https://host/x?access_token=abc&b=1", "https://host/x?access_token=***&b=1"),
        ("said ghp_0123456789abcdefABCDEF", "said ***"),
        ("https://host/a@b", "https://host/a@b"),
    ],
)
def test_credentials_are_taken_out(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_escapes_are_taken_out_of_what_is_shown() -> None:
    assert clean("a\x1b[31mred\x1b]8;;http://x\x07 \x00b\tc\nd\x9b") == "ared b\tc\nd"
    assert shown(["git", "commit", "-m", "a\nb; c"]) == "git commit -m 'a b; c'"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Receiving objects:  45% (9/20), 1.50 MiB | 2.00 MiB/s",
            Progress("Receiving objects", 9, 20, 1572864),
        ),
        ("remote: Counting objects: 100% (3/3), done.", Progress("Counting objects", 3, 3)),
        ("remote: Enumerating objects: 12, done.", Progress("Enumerating objects", 12)),
        ("Updating files: 100% (4/4)", Progress("Updating files", 4, 4)),
        (
            "Receiving objects: 100% (1/1), 512 bytes | 512.00 KiB/s, done.",
            Progress("Receiving objects", 1, 1, 512),
        ),
        ("Cloning into 'x'...", None),
        ("fatal: repository 'x' not found", None),
        ("error: 12", None),
    ],
)
def test_progress_is_read(line: str, expected: Progress | None) -> None:
    assert parse_progress(line) == expected
