"""Questions of git and ssh reach the app, with the right kind, and nobody else gets an answer."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, GitError
from partner_tui.repository.clone import clone
from partner_tui.repository.credentials import (
    AskpassServer,
    CredentialRequest,
    RememberedCredentials,
    read_prompt,
)
from partner_tui.repository.repository import Repository
from partner_tui.repository.source import Source
from tests.repository.remotes import write

FAKE_SSH = """#!/bin/sh
# Asks what ssh asks, through SSH_ASKPASS alone, then runs the command here instead of on the host.
[ "$SSH_ASKPASS_REQUIRE" = force ] || { echo "Host key verification failed." >&2; exit 255; }
answer=$("$SSH_ASKPASS" "The authenticity of host 'example.org (192.0.2.1)' can't be established.
ED25519 key fingerprint is SHA256:abc.
Are you sure you want to continue connecting (yes/no/[fingerprint])? ") || exit 255
[ "$answer" = yes ] || { echo "Host key verification failed." >&2; exit 255; }
answer=$("$SSH_ASKPASS" "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ") || exit 255
[ "$answer" = opensesame ] || { echo "git@example.org: Permission denied (publickey)." >&2; exit 255; }
for last; do :; done
eval "$last"
"""


@pytest.fixture
def fake_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = write(tmp_path, "bin/ssh", FAKE_SSH)
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Username for 'https://github.com': ", ("username", "https://github.com", "")),
        ("Password for 'https://ada@github.com': ", ("password", "https://github.com", "ada")),
        ("Enter passphrase for key '/home/ada/.ssh/id_rsa': ", ("passphrase", "/home/ada/.ssh/id_rsa", "")),
        ("Enter passphrase for /home/ada/.ssh/id_rsa: ", ("passphrase", "", "")),
        ("ada@example.org's password: ", ("password", "", "ada")),
        ("(ada@example.org) Password: ", ("password", "", "ada")),
        ("Are you sure you want to continue connecting (yes/no/[fingerprint])? ", ("host-key", "", "")),
        ("Please type 'yes', 'no' or the fingerprint: ", ("host-key", "", "")),
    ],
)
def test_a_question_is_read(prompt: str, expected: tuple[str, str, str]) -> None:
    request = read_prompt(prompt)
    assert (request.kind, request.url, request.username) == expected


def test_escapes_in_a_question_are_visible_and_secrets_taken_out() -> None:
    request = read_prompt("Password for 'https://ada:secret@host': \x1b]0;evil\x07\x1b[2J")
    assert request.prompt == "Password for 'https://host': ␛]0;evil␇␛[2J"


def test_ssh_asks_for_the_host_key_and_the_passphrase(fake_ssh: None, bare: Path, tmp_path: Path) -> None:
    asked: list[CredentialRequest] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request)
        return "yes" if request.kind == "host-key" else "opensesame"

    clone(Source("remote", "x", url=f"ssh://git@example.org{bare}"), tmp_path / "c", credentials=answer)
    assert [request.kind for request in asked][:2] == ["host-key", "passphrase"]
    assert "SHA256:abc" in asked[0].prompt and asked[0].url.startswith("example.org")
    assert Repository.open(tmp_path / "c").branch == "main"


def test_giving_up_at_the_passphrase_cancels(fake_ssh: None, bare: Path, tmp_path: Path) -> None:
    answers = {"host-key": "yes"}
    with pytest.raises(Cancelled):
        clone(
            Source("remote", "x", url=f"ssh://git@example.org{bare}"),
            tmp_path / "c",
            credentials=lambda request: answers.get(request.kind),
        )
    assert not (tmp_path / "c").exists()


def test_ssh_without_anybody_to_ask_fails_at_once(fake_ssh: None, bare: Path, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="ssh key"):
        clone(Source("remote", "x", url=f"ssh://git@example.org{bare}"), tmp_path / "c")


def test_the_users_own_helper_goes_first(bare: Path, tmp_path: Path) -> None:
    from tests.repository.http_remote import HttpRemote

    def nobody(request: CredentialRequest) -> str:
        raise AssertionError(request)

    home = Path(os.environ["GIT_CONFIG_GLOBAL"])
    helper = "!f() { echo username=ada; echo password=secret; }; f"
    home.write_text(home.read_text() + f'[credential]\n\thelper = "{helper}"\n')
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        clone(Source("remote", "x", url=remote.url("partner.git")), tmp_path / "c", credentials=nobody)


def test_a_question_without_the_token_gets_no_answer() -> None:
    with AskpassServer(lambda request: "secret") as server:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(server.environment["PARTNER_TUI_ASKPASS_SOCKET"])
        connection.sendall(b"wrong\nPassword for 'https://host': ")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b"-"
        connection.close()


def test_an_answer_goes_through_the_program_unchanged() -> None:
    with AskpassServer(lambda request: "pä$s 'w\"ord") as server:
        done = subprocess.run(
            [server.environment["GIT_ASKPASS"], "Password for 'https://host': "],
            env={**os.environ, **server.environment},
            capture_output=True,
            check=True,
        )
    assert done.stdout.decode() == "pä$s 'w\"ord\n"


def test_a_dialog_that_fails_ends_the_command_and_its_error_is_seen(bare: Path, tmp_path: Path) -> None:
    from tests.repository.http_remote import HttpRemote

    def broken(request: CredentialRequest) -> str:
        raise RuntimeError("the dialog is gone")

    with HttpRemote(bare.parent, user="ada", password="secret") as remote, pytest.raises(RuntimeError):
        clone(Source("remote", "x", url=remote.url("partner.git")), tmp_path / "c", credentials=broken)


def test_answers_are_remembered_until_they_are_refused() -> None:
    asked: list[CredentialRequest] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request)
        return f"answer {len(asked)}"

    remembered = RememberedCredentials(answer)
    first = CredentialRequest("password", "?", "https://host", "ada")
    again = CredentialRequest("password", "?", "https://host", "ada", attempt=2)
    assert [remembered(first), remembered(first), remembered(again), remembered(first)] == [
        "answer 1",
        "answer 1",
        "answer 2",
        "answer 2",
    ]
