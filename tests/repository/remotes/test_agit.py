"""A pull request by a push alone: no text is taken for an option, and no branch for a refspec."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.addresses.forge import kind_of
from partner_tui.errors import GitError
from partner_tui.repository.remotes.push import push_for_review
from tests.real_git import git, make_clone, make_remote, write_hook


def test_a_text_is_one_value_of_an_option(tmp_path: Path) -> None:
    bare = make_remote(tmp_path)
    git("config", "receive.advertisePushOptions", "true", cwd=bare)
    write_hook(
        bare, "pre-receive", f'cat > "{tmp_path}/refs"\nenv | grep ^GIT_PUSH_OPTION_. > "{tmp_path}/said"'
    )
    clone = make_clone(bare, tmp_path / "clone")
    push_for_review(clone, "origin", "main", "x", "--force\n--mirror", "two\n\nlines")
    said = {line.partition("=")[2] for line in (tmp_path / "said").read_text().splitlines()}
    assert said == {"3", "topic=x", "title=--force --mirror", "description=two lines"}
    assert (tmp_path / "refs").read_text().split()[2:] == ["refs/for/main"]


@pytest.mark.parametrize(("base", "topic"), [("main:refs/heads/main", "x"), ("main", "-x"), ("a..b", "x")])
def test_what_is_no_branch_is_not_pushed_to(tmp_path: Path, base: str, topic: str) -> None:
    bare = make_remote(tmp_path)
    clone = make_clone(bare, tmp_path / "clone")
    before = git("for-each-ref", cwd=bare)
    with pytest.raises(GitError):
        push_for_review(clone, "origin", base, topic, "Title", "")
    assert git("for-each-ref", cwd=bare) == before


def test_a_remote_that_takes_no_push_options_says_so(tmp_path: Path) -> None:
    bare = make_remote(tmp_path)
    git("config", "receive.advertisePushOptions", "false", cwd=bare)
    clone = make_clone(bare, tmp_path / "clone")
    with pytest.raises(GitError, match="push options") as caught:
        push_for_review(clone, "origin", "main", "x", "Title", "")
    assert caught.value.hint
    assert "refs/for" not in git("for-each-ref", cwd=bare)


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("codeberg.org", True),
        ("gitea.example.org", True),
        ("git-forgejo.example.org", True),
        ("notcodeberg.org", False),
        ("codeberg.org.example.com", False),
        ("github.com", False),
        ("gitealike.org", False),
        ("", False),
    ],
)
def test_gitea_is_known_by_its_host(host: str, is_one: bool) -> None:
    assert (kind_of(host, "o/r") == "gitea") is is_one
