"""Links to pull requests lead to the page that the forge has for them, and hold no user and no password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from partner_tui.repository.remotes.remote import read_remote_url
from partner_tui.repository.repository import Repository
from tests.real_git import git

GITLAB = "/-/merge_requests/new?merge_request[source_branch]=fix/a&merge_request[target_branch]=main"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@github.com:o/n.git", "https://github.com/o/n/compare/main...fix/a?expand=1"),
        ("ssh://git@ssh.github.com:443/o/n.git", "https://github.com/o/n/compare/main...fix/a?expand=1"),
        ("https://www.github.com/o/n", "https://github.com/o/n/compare/main...fix/a?expand=1"),
        ("git://github.com/o/n.git", "https://github.com/o/n/compare/main...fix/a?expand=1"),
        ("https://ada:pw@github.com/o/n", "https://github.com/o/n/compare/main...fix/a?expand=1"),
        (
            "https://github.example.org:8443/o/n",
            "https://github.example.org:8443/o/n/compare/main...fix/a?expand=1",
        ),
        ("git@github.example.org:o/n.git", "https://github.example.org/o/n/compare/main...fix/a?expand=1"),
        ("https://team.ghe.com/o/n", "https://team.ghe.com/o/n/compare/main...fix/a?expand=1"),
        ("https://codeberg.org/o/n", "https://codeberg.org/o/n/compare/main...fix/a"),
        ("https://gitea.example:3000/o/n", "https://gitea.example:3000/o/n/compare/main...fix/a"),
        ("http://ada@localhost:3000/o/n.git", None),
        ("https://git.example.org/o/n", None),
        ("ssh://git@gitea.example:2222/o/n", "https://gitea.example/o/n/compare/main...fix/a"),
        ("[git@gitea.example:2222]:o/n", "https://gitea.example/o/n/compare/main...fix/a"),
        ("https://gitlab.com/g/s/n.git", f"https://gitlab.com/g/s/n{GITLAB}"),
        ("ssh://git@altssh.gitlab.com:443/g/n.git", f"https://gitlab.com/g/n{GITLAB}"),
        ("https://git.example:8443/g/s/t/n.git", f"https://git.example:8443/g/s/t/n{GITLAB}"),
        ("git@bitbucket.org:o/n.git", "https://bitbucket.org/o/n/pull-requests/new?source=fix/a&dest=main"),
        (
            "https://ada@bitbucket.example/scm/pr/n.git",
            "https://bitbucket.example/projects/pr/repos/n/pull-requests"
            "?create&sourceBranch=refs/heads/fix/a&targetBranch=refs/heads/main",
        ),
        (
            "ssh://git@bitbucket.example:7999/~ada/n.git",
            "https://bitbucket.example/users/ada/repos/n/pull-requests"
            "?create&sourceBranch=refs/heads/fix/a&targetBranch=refs/heads/main",
        ),
        (
            "git@ssh.dev.azure.com:v3/org/proj/n",
            "https://dev.azure.com/org/proj/_git/n/pullrequestcreate?sourceRef=fix/a&targetRef=main",
        ),
        (
            "https://org@dev.azure.com/org/proj/_git/n",
            "https://dev.azure.com/org/proj/_git/n/pullrequestcreate?sourceRef=fix/a&targetRef=main",
        ),
        ("https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/n", None),
        ("https://git.sr.ht/~ada/n", None),
        ("https://host.example/n", None),
        ("/srv/git/n.git", None),
        ("file:///srv/git/n.git", None),
    ],
)
def test_the_link_follows_the_forge(url: str, expected: str | None) -> None:
    remote = read_remote_url(url)
    assert remote is not None and remote.compare_url("main", "fix/a") == expected


@pytest.mark.parametrize(
    ("url", "kind", "expected"),
    [
        ("https://git.example.org:8443/g/n.git", "gitlab", f"https://git.example.org:8443/g/n{GITLAB}"),
        (
            "git@git.example.org:o/n.git",
            "github",
            "https://git.example.org/o/n/compare/main...fix/a?expand=1",
        ),
        ("git@git.example.org:o/n.git", "gitea", "https://git.example.org/o/n/compare/main...fix/a"),
        (
            "https://git.example.org/scm/pr/n.git",
            "bitbucket",
            "https://git.example.org/projects/pr/repos/n/pull-requests"
            "?create&sourceBranch=refs/heads/fix/a&targetBranch=refs/heads/main",
        ),
        ("https://[2001:db8::1]:3000/o/n", "gitea", "https://[2001:db8::1]:3000/o/n/compare/main...fix/a"),
        ("https://git.example.org/o/n", "other", None),
        ("https://git.example.org.evil.org/o/n", "github", None),
        ("https://git.example.org@evil.org/o/n", "github", None),
    ],
)
def test_what_the_user_said_of_a_host_decides_where_its_name_says_nothing(
    url: str, kind: str, expected: str | None
) -> None:
    remote = read_remote_url(url, dict.fromkeys(("git.example.org", "2001:db8::1"), kind))
    assert remote is not None and remote.compare_url("main", "fix/a") == expected


@pytest.mark.parametrize("branch", ["fix#1", "a&b", "50%", "ü", "a+b", "a?b"])
def test_a_branch_of_any_name_is_one_part_of_the_link(branch: str) -> None:
    remote = read_remote_url("https://codeberg.org/o/n")
    assert remote is not None
    parts = urlsplit(remote.compare_url("main", branch) or "")
    assert unquote(parts.path) == f"/o/n/compare/main...{branch}" and not parts.query and not parts.fragment


def test_a_link_follows_what_the_users_git_makes_of_a_short_name(users: Repository, tmp_path: Path) -> None:
    git("config", "--global", "url.https://codeberg.org/.insteadOf", "cb:", cwd=tmp_path)
    git("remote", "set-url", "origin", "cb:o/n.git", cwd=users.root)
    assert users.slug == "o/n" and users.compare_url("fix") == "https://codeberg.org/o/n/compare/main...fix"


@pytest.mark.parametrize(
    ("url", "kind", "name", "page"),
    [
        ("https://github.com/o/n.git", "pull", "7", "https://github.com/o/n/pull/7"),
        ("git@github.com:o/n.git", "branch", "a/b c", "https://github.com/o/n/tree/a/b%20c"),
        ("https://codeberg.org/o/n", "pull", "7", "https://codeberg.org/o/n/pull/7"),
        ("https://codeberg.org/o/n", "branch", "x", None),
        (
            "https://gitlab.com/o/g/n.git",
            "merge-requests",
            "7",
            "https://gitlab.com/o/g/n/-/merge_requests/7",
        ),
        ("file:///srv/n.git", "pull", "7", None),
        ("git@github.com:o/n.git", "commit", "ab1", "https://github.com/o/n/commit/ab1"),
        ("https://codeberg.org/o/n", "commit", "ab1", "https://codeberg.org/o/n/commit/ab1"),
        ("https://gitlab.com/o/n.git", "commit", "ab1", "https://gitlab.com/o/n/-/commit/ab1"),
        ("https://git.example.org/o/g/n.git", "commit", "ab1", "https://git.example.org/o/g/n/-/commit/ab1"),
        ("https://bitbucket.org/o/n", "commit", "ab1", "https://bitbucket.org/o/n/commits/ab1"),
    ],
)
def test_the_page_of_a_contribution_is_known_where_the_forge_is(
    url: str, kind: str, name: str, page: str | None
) -> None:
    remote = read_remote_url(url)
    assert remote is not None and remote.contribution_url(kind, name) == page
