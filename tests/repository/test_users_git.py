"""The user's own git is honoured: configuration, environment, identity, proxies, agents and signatures."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, GitError
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import Source
from partner_tui.repository.commits.rebase import three_way
from partner_tui.repository.config import Author, read_author
from partner_tui.repository.git import run, run_fully
from partner_tui.repository.process.command import command_line
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from tests.real_git import git, push_from_elsewhere, write
from tests.repository.http_remote import HttpRemote


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("GIT_CONFIG_COUNT", True),
        ("GIT_CONFIG_KEY_0", True),
        ("GIT_CONFIG_VALUE_12", True),
        ("GIT_CONFIG_PARAMETERS", True),
        ("GIT_CONFIG_GLOBAL", True),
        ("GIT_SSH_COMMAND", True),
        ("GIT_SSL_CAINFO", True),
        ("GIT_PROXY_SSL_CAINFO", True),
        ("GIT_HTTP_PROXY_AUTHMETHOD", True),
        ("GIT_ALLOW_PROTOCOL", True),
        ("GIT_COMMITTER_EMAIL", True),
        ("SSH_AUTH_SOCK", True),
        ("https_proxy", True),
        ("NO_PROXY", True),
        ("GNUPGHOME", True),
        ("GIT_DIR", False),
        ("GIT_WORK_TREE", False),
        ("GIT_INDEX_FILE", False),
        ("GIT_OBJECT_DIRECTORY", False),
        ("GIT_EXTERNAL_DIFF", False),
        ("GIT_EDITOR", False),
        ("GIT_TRACE", False),
        ("GIT_AUTHOR_DATE", False),
        ("GIT_NAMESPACE", False),
        ("GIT_CONFIG", False),
        ("GPG_TTY", False),
    ],
)
def test_what_the_user_says_of_git_reaches_it_and_what_a_shell_left_behind_does_not(
    name: str, kept: bool
) -> None:
    assert (f"-u {name} " not in " ".join(command_line(["status"], [name]))) == kept


def test_what_is_configured_in_the_environment_is_configured(
    users: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("COUNT", "1"), ("KEY_0", "user.name"), ("VALUE_0", "From the environment")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    write(users.root, "a.md", "a\n")
    users.commit(["a.md"], "A")
    assert git("log", "-1", "--format=%an", cwd=users.root) == "From the environment"


def test_what_protects_the_app_goes_before_the_environment(
    users: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = write(tmp_path, "hooks/pre-push", f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    for name, value in (("COUNT", "1"), ("KEY_0", "core.hooksPath"), ("VALUE_0", str(hook.parent))):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.hooksPath'='{hook.parent}'")
    write(users.root, "a.md", "a\n")
    users.commit(["a.md"], "A")
    push(users)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("settings", "environment", "expected"),
    [
        ({}, {}, Author("Ada", "ada@example.org")),
        ({"author.name": "Countess"}, {}, Author("Countess", "ada@example.org")),
        ({}, {"GIT_AUTHOR_NAME": "Shell"}, Author("Shell", "ada@example.org")),
        ({"user.email": ""}, {}, None),
        ({"user.email": ""}, {"GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_EMAIL": "a@b"}, Author("Ada", "a@b")),
        ({"user.email": ""}, {"GIT_AUTHOR_EMAIL": "a@b"}, None),
    ],
)
def test_the_author_is_the_one_that_git_would_name(
    users: Repository,
    settings: dict[str, str],
    environment: dict[str, str],
    expected: Author | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key, value in settings.items():
        arguments = [key, value] if value else ["--unset", key]
        git("config", "--global", *arguments, cwd=users.root)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    assert read_author(users.root) == expected
    if expected is not None:
        write(users.root, "a.md", "a\n")
        users.commit(["a.md"], "A")
        assert git("log", "-1", "--format=%an <%ae>", cwd=users.root) == str(expected)


def test_a_proxy_of_the_environment_is_used(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpRemote(bare.parent) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url("").rstrip("/"))
        monkeypatch.delenv("no_proxy", raising=False)
        clone(Source("remote", "x", url="http://git.example.invalid/partner.git"), tmp_path / "c")
    assert any("http://git.example.invalid/" in request for request in proxy.requests)


def test_an_agent_reaches_git(users: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    git("config", "--global", "alias.show-agent", "!echo $SSH_AUTH_SOCK", cwd=users.root)
    assert run(["show-agent"], cwd=users.root).strip() == "/run/agent"


@pytest.fixture
def gpg_key(users: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key of gpg's own without a passphrase, which the user's configuration signs with."""
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    command = [
        "gpg",
        "--batch",
        "--quiet",
        "--passphrase",
        "",
        "--quick-gen-key",
        "Ada <ada@example.org>",
        "ed25519",
    ]
    subprocess.run([*command, "sign"], check=True, capture_output=True)
    for key, value in (("commit.gpgSign", "true"), ("user.signingKey", "ada@example.org")):
        git("config", "--global", key, value, cwd=users.root)
    return "ada@example.org"


def test_commits_are_signed_by_gpg_and_stay_so_when_they_are_rebased(
    users: Repository, bare: Path, gpg_key: str
) -> None:
    write(users.root, "a.md", "a\n")
    users.commit(["a.md"], "A")
    git("config", "--global", "commit.gpgSign", "false", cwd=users.root)
    push_from_elsewhere(bare, "b.md", "b\n")
    users.fetch()
    users.replay("origin/main", lambda *place: three_way(users.root, *place))
    assert git("log", "-2", "--format=%G?", cwd=users.root).split() == ["G", "N"]


def test_a_commit_that_cannot_be_signed_is_not_made(
    users: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "--global", "commit.gpgSign", "true", cwd=users.root)
    git("config", "--global", "user.signingKey", "nobody@example.org", cwd=users.root)
    monkeypatch.setenv("GNUPGHOME", os.devnull)
    head = git("rev-parse", "HEAD", cwd=users.root)
    write(users.root, "a.md", "a\n")
    with pytest.raises(GitError, match="could not sign") as caught:
        users.commit(["a.md"], "A")
    assert "gpg" in caught.value.output and "gpgSign" in caught.value.hint
    assert git("rev-parse", "HEAD", cwd=users.root) == head
    assert users.refresh().dirty == ("a.md",)


def test_a_commit_that_waits_for_gpg_is_stopped_and_leaves_nothing_behind(
    users: Repository, tmp_path: Path
) -> None:
    """As for a window that is asked to show on a screen where nobody sits."""
    waiting = tmp_path / "waiting"
    program = write(tmp_path, "gpg.sh", f"#!/bin/sh\ntouch {waiting}\nexec sleep 600\n")
    program.chmod(0o755)
    git("config", "--global", "commit.gpgSign", "true", cwd=users.root)
    git("config", "--global", "gpg.program", str(program), cwd=users.root)
    write(users.root, "a.md", "a\n")
    stop = threading.Event()

    def stop_when_it_waits() -> None:
        while not waiting.exists():
            time.sleep(0.01)
        stop.set()

    threading.Thread(target=stop_when_it_waits, daemon=True).start()
    before = git("status", "--porcelain", cwd=users.root), git("rev-parse", "HEAD", cwd=users.root)
    with pytest.raises(Cancelled):
        users.commit(["a.md"], "A", cancelled=stop)
    assert (git("status", "--porcelain", cwd=users.root), git("rev-parse", "HEAD", cwd=users.root)) == before
    assert not [*(users.root / ".git").glob("*.lock")]


@pytest.mark.parametrize(
    ("origin", "fork", "expected"),
    [
        (
            "https://github.com/owner/name.git",
            "git@github.com:ada/name.git",
            "https://github.com/owner/name/compare/main...ada:main?expand=1",
        ),
        (
            "https://codeberg.org/owner/name.git",
            "https://codeberg.org/ada/name.git",
            "https://codeberg.org/owner/name/compare/main...ada:main",
        ),
        (
            "https://gitlab.com/owner/name.git",
            "https://gitlab.com/ada/name.git",
            "https://gitlab.com/ada/name/-/merge_requests/new"
            "?merge_request[source_branch]=main&merge_request[target_branch]=main",
        ),
        ("https://github.com/owner/name.git", "https://example.org/ada/name.git", None),
    ],
)
def test_a_pull_request_from_a_fork_goes_to_where_it_was_forked_from(
    users: Repository, bare: Path, origin: str, fork: str, expected: str | None
) -> None:
    git("clone", "--quiet", "--bare", bare.as_uri(), "fork.git", cwd=bare.parent)
    git("remote", "set-url", "origin", origin, cwd=users.root)
    git("remote", "add", "fork", fork, cwd=users.root)
    git("remote", "set-url", "--push", "fork", (bare.parent / "fork.git").as_uri(), cwd=users.root)
    git("config", "remote.pushDefault", "fork", cwd=users.root)
    write(users.root, "a.md", "a\n")
    users.commit(["a.md"], "A")
    assert push(users).compare_url == expected


@pytest.mark.parametrize("variable", ["GIT_ASKPASS", "SSH_ASKPASS"])
def test_the_users_own_helper_answers_where_the_app_cannot_ask(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    asked = _askpass(tmp_path / "helper", "secret")
    monkeypatch.delenv("GIT_ASKPASS", raising=False)
    monkeypatch.setenv(variable, str(tmp_path / "helper"))
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        address = remote.url("partner.git", "ada@")
        clone(Source("remote", "x", url=address), tmp_path / "c")
        assert "Password" in asked.read_text()
        asked.unlink()
        Repository.open(tmp_path / "c").fetch(credentials=lambda request: "secret")
        assert not asked.exists()  # the app is who asks


def test_a_repositorys_own_askpass_never_answers(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _askpass(tmp_path / "helper", "secret")
    for variable in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.delenv(variable, raising=False)
    git("clone", "--quiet", str(bare), "c", cwd=tmp_path)
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        git("remote", "set-url", "origin", remote.url("partner.git", "ada@"), cwd=tmp_path / "c")
        git("config", "core.askPass", str(tmp_path / "helper"), cwd=tmp_path / "c")
        with pytest.raises(GitError):
            Repository.open(tmp_path / "c").fetch()
    assert not asked.exists()


def _askpass(program: Path, answer: str) -> Path:
    """A helper that notes the questions in the file that is returned."""
    asked = program.with_name("asked")
    program.write_text(f'#!/bin/sh\necho "$1" >> {asked}\necho {answer}\n')
    program.chmod(0o700)
    return asked


def test_a_configuration_that_git_cannot_read_is_named(users: Repository, tmp_path: Path) -> None:
    """In a process of its own: GitPython asks git for its version once, and that fails already."""
    broken = write(tmp_path, "broken", "[user\n")
    command = [sys.executable, "-m", "partner_tui", "commit", ".", "--manifest", "collection.yaml"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": str(broken), "PARTNER_TUI_HOME": str(tmp_path / "home")}
    done = subprocess.run(command, cwd=users.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    assert f"Your git configuration is not valid: bad config line 1 in file {broken}" in done.stderr


@pytest.mark.parametrize(
    "way", ["replaced", "replaced by nothing", "grafted", "grafted to nothing", "nonsense"]
)
def test_what_is_read_and_pushed_is_not_what_the_folder_puts_in_its_place(
    users: Repository, bare: Path, way: str
) -> None:
    """`git push` never sends replacements: shown is what others get, and what is broken in them is in nobody's way."""
    first = git("rev-parse", "HEAD", cwd=users.root)
    write(users.root, "collection.yaml", "id: second\n")
    second = users.commit(["collection.yaml"], "Second")
    if way == "replaced":
        git("replace", "--graft", second, cwd=users.root)
    elif way == "replaced by nothing":
        write(users.root, f".git/refs/replace/{second}", "1" * 40 + "\n")
    else:
        line = {"grafted": second, "grafted to nothing": f"{second} {'1' * 40}", "nonsense": "nonsense"}[way]
        write(users.root, ".git/info/grafts", line + "\n")
    assert run(["rev-list", "HEAD"], cwd=users.root).split()[:2] == [second, first]
    done = run_fully(["log", "-1", "--format=%H"], cwd=users.root)
    assert "graft" not in done.words
    write(users.root, "collection.yaml", "id: third\n")
    third = users.commit(["collection.yaml"], "Third")
    push(users)
    assert git("rev-list", "--max-count=3", "main", cwd=bare).split() == [third, second, first]


def test_a_replacement_that_leads_to_nothing_is_named_where_git_stumbles_over_it(
    users: Repository, bare: Path
) -> None:
    head = git("rev-parse", "HEAD", cwd=users.root)
    push_from_elsewhere(bare, "other.txt", "of others\n")
    write(users.root, f".git/refs/replace/{head}", "1" * 40 + "\n")
    with pytest.raises(GitError) as caught:
        users.fetch()
    assert (caught.value.message, caught.value.hint) == (
        f"The replacement of a commit (git replace) leads to nothing: {head}",
        f"Remove it: git replace -d {head}",
    )
    git("replace", "-d", head, cwd=users.root)
    assert users.fetch().behind == 1
