"""What git, ssh, curl and the forges print becomes one clear line and a next step."""

from __future__ import annotations

import pytest

from partner_tui.errors import CredentialsRefused, GitError, PushRejected
from partner_tui.repository.process.failures import explain
from partner_tui.repository.process.failures.kinds import (
    BranchProtected,
    DubiousOwnership,
    NotWritable,
    NoWriteAccess,
    PushDeclined,
    RemoteBroken,
    RemoteNotFound,
    RemoteUnreachable,
    StaleLock,
)
from partner_tui.repository.process.progress import Progress, parse_progress
from partner_tui.repository.process.redact import clean, redact, shown
from partner_tui.repository.process.words import Words

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
    ("fetch-pack: unexpected disconnect while reading sideband packet", RemoteUnreachable, "lost"),
    ("fatal: expected flush after ref listing", RemoteUnreachable, "lost"),
    ("fatal: expected 'acknowledgments'", RemoteUnreachable, "lost"),
    (
        "error: Cannot access URL http://x/, return code 52\nfatal: git-http-push failed",
        RemoteUnreachable,
        "lost",
    ),
    ("fatal: invalid server response; expected service, got flush packet", RemoteNotFound, "web page"),
    (
        "fatal: unable to access 'http://x/': The requested URL returned error: 302",
        RemoteNotFound,
        "web page",
    ),
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
    ("fatal: '/x' does not appear to be a git repository", RemoteNotFound, "no repository at /x."),
    ("fatal: 'host:x' does not appear to be a git repository", RemoteNotFound, "no repository at host:x."),
    ("fatal: 'mine' does not appear to be a git repository", RemoteNotFound, "and no remote of this name"),
    ("fatal: name consists only of disallowed characters: <>", GitError, "who the author is"),
    (
        'error: Load key "/k": invalid format?\nfatal: failed to write commit object',
        GitError,
        "could not sign",
    ),
    ("fatal: Authentication failed for 'https://github.com/a/b/'", CredentialsRefused, "refused"),
    ("git@github.com: Permission denied (publickey).", CredentialsRefused, "refused"),
    (
        "fatal: could not read Username for 'https://x': terminal prompts disabled",
        CredentialsRefused,
        "refused",
    ),
    ("remote: Permission to a/b.git denied to ada.\nfatal: ... error: 403", NoWriteAccess, "permission"),
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
        PushDeclined,
        "pre-receive hook declined",
    ),
    ("fatal: Unable to create '/r/.git/index.lock': File exists.", StaleLock, "index.lock"),
    ("fatal: detected dubious ownership in repository at '/r'", DubiousOwnership, "another user"),
    ("fatal: write error: No space left on device", NotWritable, "full"),
    (
        "error: insufficient permission for adding an object to repository database .git/objects",
        NotWritable,
        "read-only",
    ),
    ("fatal: Unable to create '/r/.git/index.lock': Permission denied", NotWritable, "read-only"),
    ("error: gpg failed to sign the data\nfatal: failed to write commit object", GitError, "sign"),
    ("error: unable to create temporary file: Operation not permitted", NotWritable, "read-only"),
    ("error: index file corrupt", GitError, "damaged"),
    ("fatal: unable to resolve reference 'refs/heads/main': reference broken", GitError, "damaged"),
    (
        "fatal: bad config line 1 in file /h/.gitconfig",
        GitError,
        "valid: bad config line 1 in file /h/.gitconfig",
    ),
    (
        "git-lfs: missing config file\nfatal: Authentication failed for 'https://x.example/'",
        CredentialsRefused,
        "refused",
    ),
    ("/bin/sh: 1: bad config value: not found", GitError, "Git failed: 1: bad config value: not found"),
    ("fatal: bad config line 3 in file /c/.gitmodules", GitError, "Git failed: bad config line 3"),
    ("error: bad config line 1 in blob HEAD:.gitmodules", GitError, "Git failed: bad config line 1"),
    ("error: missing config key GIT_CONFIG_KEY_0", GitError, "not valid: missing config key"),
    (
        "gpg: failed to write to stream: Operation not permitted\nfatal: failed to write commit object",
        GitError,
        "could not sign",
    ),
    ("gpg: WARNING: unsupported hash algorithm\nfatal: no such thing", GitError, "Git failed: no such thing"),
    ("fatal: unknown hash algorithm 'x'", GitError, "too old"),
    ("fatal: couldn't write: expected 'tree'", GitError, "Git failed: couldn't write: expected 'tree'"),
    ("fatal: bad boolean config value 'x' for 'core.filemode'", GitError, "'core.filemode'"),
    ("error: bogus count in GIT_CONFIG_COUNT\nfatal: unable to parse command-line config", GitError, "COUNT"),
    (
        "warning: unable to access '/h/git': Is a directory\nfatal: unknown error occurred while reading the configuration files",
        GitError,
        "'/h/git': Is a directory",
    ),
    (
        "fatal: the receiving end does not support this repository's hash algorithm\nfatal: the remote end hung up unexpectedly",
        GitError,
        "format",
    ),
    ("fatal: unknown repository extension found:\n\tfancy", GitError, "format"),
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


def declined(*remote: str, reason: str = "pre-receive hook declined") -> str:
    """What git prints of a push that the remote answered with no."""
    return "\n".join(
        [
            *(f"remote: {line}" for line in remote),
            "To https://example.org/o/n.git",
            f" ! [remote rejected] main -> main ({reason})",
            "error: failed to push some refs to 'https://example.org/o/n.git'",
        ]
    )


RULES = "GH013: Repository rule violations found for refs/heads/main."
# What the remote says, the kind of failure, a word of the line, a word of the hint, and what the hint must not propose,
# since it would fail for the same cause.
DECLINED = [
    (
        declined(RULES, "- Changes must be made through a pull request."),
        BranchProtected,
        "",
        "new branch",
        "",
    ),
    (declined(RULES, "- Cannot update this protected ref."), BranchProtected, "", "new branch", ""),
    (declined(RULES, '- Required status check "ci" is expected.'), BranchProtected, "", "new branch", ""),
    (
        declined(RULES, "- GITHUB PUSH PROTECTION", "- Push cannot contain secrets"),
        PushDeclined,
        "secret",
        "--amend",
        "branch",
    ),
    (
        declined(RULES, "- Commits must have verified signatures."),
        PushDeclined,
        "signed",
        "gpgSign",
        "branch",
    ),
    (declined(RULES, "- A rule of ours."), PushDeclined, "GH013", "message", "branch"),
    (
        declined(
            "error: GH007: Your push would publish a private email address.",
            "https://github.com/settings/emails",
        ),
        PushDeclined,
        "private email",
        "no-reply",
        "branch",
    ),
    (
        declined("error: GH001: Large files detected.", "error: File a.bin is 120.00 MB"),
        PushDeclined,
        "larger",
        "LFS",
        "branch",
    ),
    (declined("fatal: pack exceeds maximum allowed size"), PushDeclined, "larger", "large files", "branch"),
    (
        declined("GitLab: You are not allowed to push code to protected branches on this project."),
        BranchProtected,
        "protected",
        "new branch",
        "",
    ),
    (
        declined("GitLab: You are not allowed to push code to this project."),
        NoWriteAccess,
        "permission",
        "fork",
        "branch",
    ),
    (
        declined("GitLab: Commit message does not follow the pattern '^#'"),
        PushDeclined,
        "does not follow the pattern",
        "--amend",
        "branch",
    ),
    (
        declined("GitLab: PUSH BLOCKED: Secrets detected in code changes"),
        PushDeclined,
        "secret",
        "revoke",
        "branch",
    ),
    (
        declined("Gitea: Not allowed to push to protected branch main"),
        BranchProtected,
        "protected",
        "new branch",
        "",
    ),
    (
        declined("Forgejo: branch main is protected from force push"),
        BranchProtected,
        "protected",
        "new branch",
        "",
    ),
    (
        declined("Branch refs/heads/main can only be modified through pull requests."),
        BranchProtected,
        "protected",
        "new branch",
        "",
    ),
    (
        declined(reason="TF402455: you must use a pull request to update this branch"),
        BranchProtected,
        "",
        "new branch",
        "",
    ),
    (declined(reason="branch is currently checked out"), BranchProtected, "not a bare", "new branch", ""),
    (declined(reason="shallow update not allowed"), PushDeclined, "whole history", "--unshallow", "branch"),
    (declined("Unable to push locked files: a.png - grace"), PushDeclined, "a.png", "release", "branch"),
    (
        declined("GH008: Your push referenced 1 unknown Git LFS object"),
        PushDeclined,
        "LFS",
        "git lfs push",
        "branch",
    ),
    (declined("Disk quota exceeded"), RemoteBroken, "room", "owner", "Free"),
    (
        declined("fatal: write error: No space left on device", reason="unpacker error"),
        RemoteBroken,
        "disk",
        "owner",
        "Free",
    ),
    (
        declined("error: insufficient permission for adding an object to repository database ./objects"),
        RemoteBroken,
        "insufficient",
        "owner",
        "copy",
    ),
    (
        declined("Unable to create '/srv/a.git/refs/heads/main.lock': File exists."),
        RemoteBroken,
        "lock",
        "again",
        "remove",
    ),
    (
        declined("No YAML without an id.", "Ask Grace."),
        PushDeclined,
        "No YAML without an id.",
        "message",
        "branch",
    ),
    (declined("policy: the check of main timed out"), PushDeclined, "timed out", "message", "network"),
    (
        declined(
            "error: cannot lock ref 'refs/heads/a/b': 'refs/heads/a' exists; cannot create 'refs/heads/a/b'",
            reason="failed to update ref",
        ),
        PushDeclined,
        "the remote: a",
        "another name",
        "Pull",
    ),
    (
        "fatal: unable to access 'x': The requested URL returned error: 503",
        RemoteBroken,
        "HTTP 503",
        "Try again",
        "token",
    ),
    (
        "error: RPC failed; HTTP 413 curl 22\nfatal: the remote end hung up unexpectedly",
        PushDeclined,
        "larger",
        "ssh",
        "Try",
    ),
    (
        "remote: This repository was archived so it is read-only.\nfatal: unable to access 'x': The requested URL returned error: 403",
        PushDeclined,
        "archived",
        "fork",
        "token",
    ),
    (
        "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
        CredentialsRefused,
        "intercept",
        "ssh-keygen -R",
        "accept",
    ),
    (
        "fatal: unable to access 'x': SSL certificate problem: certificate has expired",
        RemoteUnreachable,
        "has expired",
        "clock",
        "",
    ),
    (
        "fatal: unable to access 'x': Could not resolve proxy: p.example",
        RemoteUnreachable,
        "p.example",
        "https_proxy",
        "",
    ),
    (
        "remote: fatal: bad tree object 1234\nremote: aborting due to possible repository corruption on the remote side.\n"
        "fatal: early EOF\nfatal: fetch-pack: invalid index-pack output",
        RemoteBroken,
        "damaged",
        "owner",
        "fresh clone",
    ),
]


@pytest.mark.parametrize(("said", "error", "word", "hint", "never"), DECLINED)
def test_a_hint_fits_the_cause(said: str, error: type[GitError], word: str, hint: str, never: str) -> None:
    explained = explain("git push", 1, said)
    assert type(explained) is error, explained.message
    assert word in explained.message and hint in explained.hint
    assert not never or never not in explained.hint, explained.hint
    assert explained.output == said and "{" not in explained.message + explained.hint


def test_the_remotes_words_come_first_and_nothing_but_progress_is_left_out() -> None:
    words = Words()
    for line in (
        b"Enumerating objects: 5, done.",
        b"Writing objects: 100% (3/3), 300 bytes | 300.00 KiB/s, done.",
        b"Total 3 (delta 0), reused 0 (delta 0), pack-reused 0",
        b"To https://ada:secret@example.org/o/n.git",
        b"remote: Resolving deltas: 100% (1/1), completed with 1 local object.",
        b"remote: ",
        b"remote: Ticket: 42 is closed        ",
        b"remote: Coverage:  45% (9/20)",
        b"remote: \x1b[31mNo\x1b[0m \xe9 ghp_0123456789abcdefABCDEF",
        b" ! [remote rejected] main -> main (pre-receive hook declined)",
    ):
        words.take(line)
    assert str(words).splitlines() == [
        "remote: Ticket: 42 is closed",
        "remote: Coverage:  45% (9/20)",
        "remote: \u241b[31mNo\u241b[0m \ufffd ***",
        "To https://example.org/o/n.git",
        " ! [remote rejected] main -> main (pre-receive hook declined)",
    ]


def test_words_without_end_are_bounded_and_the_gap_is_told() -> None:
    words = Words()
    for number in range(1000):
        words.take(f"remote: line {number}".encode())
    words.take(b"x" * 10_000)
    lines = str(words).splitlines()
    assert lines[0] == "remote: line 0" and "remote: line 999" in lines
    assert "\u2026 601 lines left out \u2026" in lines and len(lines) == 401
    assert max(map(len, lines)) == 4097


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


def test_escapes_are_visible_in_what_is_shown() -> None:
    assert (
        clean("a\x1b[31mred\x1b]8;;http://x\x07 \x00b\tc\nd\x9b")
        == "a␛[31mred␛]8;;http://x␇ ␀b    c\nd⟨U+009B⟩"
    )
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
