"""Questions of git and ssh reach the app, with the right kind, and nobody else gets an answer."""

from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, CredentialsRefused, GitError
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import Source
from partner_tui.repository.process.credentials import (
    AskpassServer,
    RememberedCredentials,
    Unattended,
)
from partner_tui.repository.process.prompts import CredentialRequest, read_prompt
from partner_tui.repository.repository import Repository
from tests.real_git import git, write
from tests.repository.http_remote import HttpRemote

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


KEY = "/home/ada/code/id_rsa"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Username for 'https://github.com': ", ("username", "https://github.com", "")),
        ("Password for 'https://ada@github.com': ", ("password", "https://github.com", "ada")),
        (
            "Password for 'https://ada@host/one-time/code': ",
            ("password", "https://host/one-time/code", "ada"),
        ),
        (f"Enter passphrase for key '{KEY}': ", ("passphrase", KEY, "")),
        (f"Enter passphrase for {KEY}: ", ("passphrase", KEY, "")),
        (f'Enter passphrase for "{KEY}": ', ("passphrase", f'"{KEY}"', "")),
        ("ada@example.org's password: ", ("password", "example.org", "ada")),
        ("(ada@example.org) Password: ", ("password", "example.org", "ada")),
        ("(ada@example.org) Password for ada@example.org: ", ("password", "example.org", "ada")),
        ("(ada@example.org) Verification code: ", ("code", "example.org", "ada")),
        ("(ada@code.example.org) Password: ", ("password", "code.example.org", "ada")),
        ("(ada@example.org) One-time password (OATH) for `ada': ", ("code", "example.org", "ada")),
        ("(ada@example.org) Password + OTP: ", ("code", "example.org", "ada")),
        (
            "(ada@example.org) Duo two-factor login for ada\n\nEnter a passcode or select one of the following options:\n\n"
            " 1. Duo Push to XXX\n\nPasscode or option (1-1): ",
            ("code", "example.org", "ada"),
        ),
        ("(ada@example.org) YubiKey for `ada': ", ("code", "example.org", "ada")),
        ("(ada@example.org) PASSCODE: ", ("code", "example.org", "ada")),
        ("(ada@example.org) Favourite colour? ", ("answer", "example.org", "ada")),
        ("Something new: ", ("answer", "", "")),
        (f"Enter PIN for ED25519-SK key {KEY}: ", ("pin", "", "")),
        ("Enter PIN for 'YubiKey PIV': ", ("pin", "YubiKey PIV", "")),
        ("Confirm user presence for key ED25519-SK SHA256:abc", ("presence", "", "")),
        ("Are you sure you want to continue connecting (yes/no/[fingerprint])? ", ("host-key", "", "")),
        ("Please type 'yes', 'no' or the fingerprint: ", ("host-key", "", "")),
    ],
)
def test_a_question_is_read(prompt: str, expected: tuple[str, str, str]) -> None:
    request = read_prompt(prompt)
    assert (
        request.kind,
        *(expected[1:] if request.kind == "pin" else (request.url, request.username)),
    ) == expected
    assert request.is_lasting == (expected[0] in ("username", "password", "passphrase"))
    assert request.secret == (expected[0] not in ("username", "host-key", "presence"))


@pytest.mark.parametrize(("hint", "kind"), [("none", "presence"), ("confirm", "confirm"), ("", "answer")])
def test_ssh_says_whether_it_wants_an_answer(hint: str, kind: str) -> None:
    assert read_prompt("Allow shared connection to example.org?", hint).kind == kind


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
        connection.sendall(b"wrong\n\nPassword for 'https://host': \0")
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
    def broken(request: CredentialRequest) -> str:
        raise RuntimeError("the dialog is gone")

    with HttpRemote(bare.parent, user="ada", password="secret") as remote, pytest.raises(RuntimeError):
        clone(Source("remote", "x", url=remote.url("partner.git")), tmp_path / "c", credentials=broken)


PASSWORD = CredentialRequest("password", "Password for 'https://host':", "https://host", "ada")


def test_an_answer_is_kept_when_it_was_accepted_and_forgotten_when_refused() -> None:
    asked: list[CredentialRequest] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request)
        return f"answer {len(asked)}"

    remembered = RememberedCredentials(answer)
    assert [remembered(PASSWORD), remembered(PASSWORD)] == ["answer 1", "answer 2"], (
        "not known to be right yet"
    )
    remembered.settle([(PASSWORD, "answer 2")], accepted=True)
    assert remembered(PASSWORD) == "answer 2"
    assert remembered(replace(PASSWORD, attempt=2)) == "answer 3"
    remembered.settle([(PASSWORD, "answer 3")], accepted=False)
    assert remembered(PASSWORD) == "answer 4"


def test_the_same_user_on_two_hosts_has_two_passwords() -> None:
    remembered = RememberedCredentials(lambda request: request.url)
    one, two = (read_prompt(f"ada@{host}'s password: ") for host in ("one.example.org", "two.example.org"))
    remembered.settle([(one, "first")], accepted=True)
    assert (remembered(one), remembered(two)) == ("first", "two.example.org")


TWO_STEPS = """#!/bin/sh
# What ssh asks of a host with a password and a code, then a security key is touched; then the command runs here.
password=$("$SSH_ASKPASS" "(ada@example.org) Password: ") || exit 255
code=$("$SSH_ASKPASS" "(ada@example.org) Verification code: ") || exit 255
echo "$password $code" >> "$HOME/answers"
[ "$password" = secret ] && [ "$code" != secret ] || { echo "Permission denied (keyboard-interactive)." >&2; exit 255; }
SSH_ASKPASS_PROMPT=none "$SSH_ASKPASS" "Confirm user presence for key ED25519-SK SHA256:abc" & notice=$!
while [ ! -e "$HOME/touched" ]; do
  kill -0 $notice 2>/dev/null || { echo "sign_and_send_pubkey: signing failed: device not found" >&2; exit 255; }
  sleep 0.05
done
kill $notice
for last; do :; done
eval "$last"
"""


@pytest.fixture
def two_steps(tmp_path: Path, users: Repository, bare: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone whose remote is behind a password, a code, and a security key."""
    script = write(tmp_path, "bin/ssh", TWO_STEPS)
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")
    git("remote", "set-url", "origin", f"ssh://ada@example.org{bare}", cwd=users.root)
    return users


def test_a_password_is_asked_once_and_a_code_each_time(two_steps: Repository) -> None:
    home = Path(os.environ["HOME"])
    asked: list[str] = []
    over: list[bool] = []

    def answer(request: CredentialRequest) -> str | None:
        asked.append(request.kind)
        if request.kind != "presence":
            return "secret" if request.kind == "password" else f"code {len(asked)}"
        over.append(request.over.is_set())
        (home / "touched").touch()
        over.append(request.over.wait(10))
        return None

    remembered = RememberedCredentials(answer)
    for _ in range(2):
        (home / "touched").unlink(missing_ok=True)
        two_steps.fetch(credentials=remembered)
    assert asked == ["password", "code", "presence", "code", "presence"]
    assert over == [False, True] * 2
    assert (home / "answers").read_text() == "secret code 2\nsecret code 4\n"


def test_a_wrong_code_does_not_become_the_next_password(two_steps: Repository) -> None:
    asked: list[tuple[str, int]] = []

    def answer(request: CredentialRequest) -> str:
        asked.append((request.kind, request.attempt))
        return "secret"

    with pytest.raises(CredentialsRefused):
        two_steps.fetch(credentials=RememberedCredentials(answer))
    assert asked == [(kind, attempt) for attempt in (1, 2, 3) for kind in ("password", "code")]


def test_a_key_that_is_not_touched_can_be_cancelled(two_steps: Repository) -> None:
    def answer(request: CredentialRequest) -> str | None:
        return {"password": "secret", "code": "1"}.get(request.kind)

    with pytest.raises(Cancelled):
        two_steps.fetch(credentials=answer)


def test_the_same_question_twice_in_one_command_is_two_questions() -> None:
    asked: list[int] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request.attempt)
        return f"answer {len(asked)}"

    remembered = RememberedCredentials(answer)
    remembered.settle([(PASSWORD, "known")], accepted=True)
    with AskpassServer(remembered) as server:
        said = [
            subprocess.run(
                [server.environment["GIT_ASKPASS"], "Password for 'https://ada@host': "],
                env={**os.environ, **server.environment},
                capture_output=True,
                check=True,
                text=True,
            ).stdout.strip()
            for _ in range(2)
        ]
        server.settle(True)
    assert said == ["known", "answer 1"] and asked == [2]
    assert remembered(PASSWORD) == "answer 2", "one of the two may have been a code"


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("no", 1), (None, 1)])
def test_a_confirmation_is_told_by_the_exit_code(answer: str | None, code: int) -> None:
    with AskpassServer(lambda request: answer) as server:
        done = subprocess.run(
            [server.environment["SSH_ASKPASS"], "Allow use of key?"],
            env={**os.environ, **server.environment, "SSH_ASKPASS_PROMPT": "confirm"},
            capture_output=True,
        )
    assert (done.returncode, done.stdout) == (code, b"")


def test_work_that_nobody_waits_for_asks_nobody(bare: Path, users: Repository) -> None:
    wanted: list[str] = []

    def nobody(request: CredentialRequest) -> str:
        raise AssertionError(request)

    remembered = RememberedCredentials(nobody)
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        git("remote", "set-url", "origin", remote.url("partner.git", "ada@"), cwd=users.root)
        with pytest.raises(Cancelled):
            users.fetch(credentials=Unattended(remembered, lambda request: wanted.append(request.kind)))
        known = read_prompt(f"Password for '{remote.url('', 'ada@').rstrip('/')}': ")
        remembered.settle([(known, "secret")], accepted=True)
        users.fetch(credentials=Unattended(remembered, lambda request: wanted.append(request.kind)))
    assert wanted == ["password"]
