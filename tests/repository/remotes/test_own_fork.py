"""A fork to push to: a remote of the clone when the user says so, without a password, and nothing else."""

from __future__ import annotations

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.remotes.forks import add_fork, fork_address, push_to, wait_for_fork
from partner_tui.repository.remotes.push import page_said
from partner_tui.repository.repository import Repository
from tests.real_git import git


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/o/r.git", "https://github.com/ada/r.git"),
        ("https://bo:pw@github.com:8443/o/r", "https://github.com:8443/ada/r"),
        ("git@github.com:o/r.git", "git@github.com:ada/r.git"),
        ("ssh://git@ssh.github.com:443/o/r.git", "ssh://git@ssh.github.com:443/ada/r.git"),
    ],
)
def test_a_fork_is_reached_as_its_repository_is(address: str, expected: str) -> None:
    assert fork_address(address, "ada/r") == expected


@pytest.mark.parametrize("address", ["", "https://github.com", "nonsense"])
def test_what_has_no_path_has_no_fork(address: str) -> None:
    with pytest.raises(GitError, match="not known"):
        fork_address(address, "ada/r")


def test_a_fork_becomes_a_remote_once_and_takes_what_is_pushed(users: Repository) -> None:
    before = git("remote", cwd=users.root).split()
    assert add_fork(users.root, "https://ada:s3cret@example.org/ada/r.git", users.log) == "ada"
    assert add_fork(users.root, "git@example.org:Ada/r") == "ada", "the same, reached in another way"
    assert add_fork(users.root, "https://example.net/ada/r") == "ada-2"
    assert add_fork(users.root, "file:///srv/bo/r.git") == "bo"
    assert add_fork(users.root, "/srv/bo/r.git") == "bo", "the same folder"
    assert add_fork(users.root, "/srv/Bo/r.git") == "Bo", "another folder"
    push_to(users.root, "ada-2", users.log)
    assert git("remote", cwd=users.root).split() == sorted([*before, "Bo", "ada", "ada-2", "bo"])
    assert git("config", "remote.pushDefault", cwd=users.root) == "ada-2"
    assert git("remote", "get-url", "ada", cwd=users.root) == "https://example.org/ada/r.git"
    assert all("s3cret" not in one.command for one in users.log.commands)


@pytest.mark.parametrize("url", ["--upload-pack=x", "-oProxyCommand=x:a/b", "ext::sh -c x", "r", ""])
def test_what_is_no_url_of_a_repository_is_no_remote(users: Repository, url: str) -> None:
    before = git("config", "--local", "--list", cwd=users.root)
    with pytest.raises(GitError, match="not the URL"):
        add_fork(users.root, url)
    assert git("config", "--local", "--list", cwd=users.root) == before


@pytest.mark.parametrize(
    ("said", "page"),
    [
        (
            "remote: To create a merge request for x, visit:\nremote:   https://git.example.org/g/n/-/merge_requests/new?a=b",
            "https://git.example.org/g/n/-/merge_requests/new?a=b",
        ),
        (
            "remote: Create a new pull request for 'x':\nremote:   https://git.example.org:3000/o/n/compare/main...x",
            "https://git.example.org:3000/o/n/compare/main...x",
        ),
        ("remote: https://evil.example.org/o/n/compare/main...x", None),
        ("remote: https://git.example.org@evil.org/o/n/compare/main...x", None),
        ("remote: Read https://git.example.org/terms\x1b[2J", None),
    ],
)
def test_the_page_that_a_forge_prints_is_taken_where_it_is_its_own(said: str, page: str | None) -> None:
    assert page_said(said, "git.example.org") == page


def test_nothing_is_pushed_to_a_fork_before_it_was_reached(users: Repository) -> None:
    remote = add_fork(users.root, "http://127.0.0.1:1/ada/r.git")
    with pytest.raises(GitError):
        wait_for_fork(users.root, remote)
    assert git("config", "--default", "", "remote.pushDefault", cwd=users.root) == ""


def test_a_branch_that_was_pushed_to_the_fork_still_belongs_to_the_repository(users: Repository) -> None:
    push_to(users.root, add_fork(users.root, "https://example.org/ada/r.git"))
    for key, text in (("remote", "ada"), ("merge", f"refs/heads/{users.branch}")):
        git("config", f"branch.{users.branch}.{key}", text, cwd=users.root)
    users.changed()
    target = users.state.tracking.target
    assert users.remote == "origin" and users.new_default() is None
    assert target is not None and target.remote == "ada"
    git("config", "--unset", "remote.pushDefault", cwd=users.root)
    users.changed()
    assert users.remote == "ada", "whoever follows another remote means it"
