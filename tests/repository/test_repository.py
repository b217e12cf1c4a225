"""An open clone: where it stands, and its history."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from partner_tui.errors import GitError, SourceError
from partner_tui.repository.process.failures import explain
from partner_tui.repository.process.failures.kinds import DubiousOwnership
from partner_tui.repository.remotes.remote import default_branch, remote_address, stored_default_branch
from partner_tui.repository.repository import Repository
from partner_tui.repository.state import parse_status
from tests.real_git import git, push_from_elsewhere, write


def test_a_subfolder_opens_its_clone(users: Repository) -> None:
    opened = Repository.open(users.root / "model")
    assert opened.root == users.root


def test_a_linked_work_tree_opens(users: Repository, tmp_path: Path) -> None:
    git("worktree", "add", "--quiet", "-b", "linked", str(tmp_path / "linked"), cwd=users.root)
    linked = Repository.open(tmp_path / "linked")
    assert linked.branch == "linked" and linked.git_folder == users.root / ".git" / "worktrees" / "linked"
    write(linked.root, "collection.yaml", "id: linked\n")
    linked.commit(["collection.yaml"], "Change")
    push_from_elsewhere(tmp_path / "partner.git", "x", "x")
    linked.fetch()
    assert linked.replay("origin/main", lambda commit, path, tip: linked.read(commit, path))


def test_what_is_no_clone_is_told(tmp_path: Path) -> None:
    for folder, said in ((tmp_path, "not in a git repository"), (tmp_path / "none", "No folder")):
        with pytest.raises(SourceError, match=said) as caught:
            Repository.open(folder)
        assert caught.value.hint


def test_the_state_tells_branch_upstream_distance_and_what_is_dirty(users: Repository, bare: Path) -> None:
    push_from_elsewhere(bare, "a", "a")
    users.fetch()
    write(users.root, "collection.yaml", "id: new\n")
    write(users.root, "new folder/ä b.md", "new\n")
    git("mv", "model/readme.md", "model/moved.md", cwd=users.root)
    state = users.refresh()
    assert (state.branch, state.upstream, state.ahead, state.behind) == ("main", "origin/main", 0, 1)
    assert set(state.dirty) == {"collection.yaml", "new folder/ä b.md", "model/readme.md", "model/moved.md"}
    assert state.problem is None


def test_conflicts_count_as_dirty() -> None:
    status = "u UU N... 100644 100644 100644 100644 a b c a file.yaml\0# branch.head main\0"
    assert parse_status(status, Path("none")).dirty == ("a file.yaml",)


def test_reading_what_is_not_there_is_told(users: Repository) -> None:
    for rev, path in (("HEAD", "none.yaml"), ("no-such", "collection.yaml"), ("--output=x", "y")):
        with pytest.raises(GitError, match="There is no"):
            users.read(rev, path)


def test_an_address_that_changed_beside_the_app_is_read_again(users: Repository) -> None:
    git("remote", "set-url", "origin", "https://github.com/meadow/old.git", cwd=users.root)
    users.refresh()
    assert (users.slug, users.remote_url) == ("meadow/old", "https://github.com/meadow/old.git")
    git("remote", "set-url", "origin", "https://ada:pw@gitlab.com/meadow/new.git", cwd=users.root)
    users.refresh()
    assert (users.slug, users.remote_url) == ("meadow/new", "https://gitlab.com/meadow/new.git")
    page = users.compare_url("x")
    assert page is not None and page.startswith("https://gitlab.com/meadow/new/-/merge_requests/new?")


def test_an_address_that_changed_while_it_was_read_is_read_again(
    users: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = users.remote_url

    def read(root: Path, remote: str) -> str | None:
        said = remote_address(root, remote)
        if said == old:  # as another thread does at any time
            git("remote", "set-url", "origin", "https://example.org/new.git", cwd=root)
            users.refresh()
        return said

    monkeypatch.setattr("partner_tui.repository.repository.remote_address", read)
    users.refresh()
    assert users.remote_url in (old, "https://example.org/new.git")
    assert users.remote_url == "https://example.org/new.git"


def test_the_default_branch_is_the_remotes(users: Repository) -> None:
    assert users.default_branch() == "main"
    git("remote", "set-head", "origin", "--delete", cwd=users.root)
    assert users.default_branch() == "main"


@pytest.mark.parametrize(
    ("branches", "head", "default"),
    [
        (("main", "trunk"), "trunk", "trunk"),
        (("main", "master", "trunk"), None, "main"),
        (("master", "trunk"), None, "master"),
        (("trunk",), None, None),
    ],
)
def test_the_default_branch_is_what_git_noted_or_has_a_usual_name(
    users: Repository, branches: Sequence[str], head: str | None, default: str | None
) -> None:
    commit = git("rev-parse", "HEAD", cwd=users.root).strip()
    for remote, names in (("other", branches), ("another", ("main", "master"))):
        for name in names:
            git("update-ref", f"refs/remotes/{remote}/{name}", commit, cwd=users.root)
    git("symbolic-ref", "refs/remotes/another/HEAD", "refs/remotes/another/master", cwd=users.root)
    if head:
        git("symbolic-ref", "refs/remotes/other/HEAD", f"refs/remotes/other/{head}", cwd=users.root)
    assert default_branch(users.root, "other") == default
    assert stored_default_branch(users.root, "other") == head


def test_a_branch_whose_upstream_is_gone_still_tells_its_commits(users: Repository) -> None:
    git("config", "branch.main.merge", "refs/heads/gone", cwd=users.root)
    write(users.root, "collection.yaml", "id: new\n")
    users.commit(["collection.yaml"], "Change")
    assert [commit.subject for commit in users.unpushed()] == ["Change"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_clone_of_another_user_is_told(users: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (users.root, users.root / ".git"):
        os.chown(folder, 12345, 12345)
    monkeypatch.delenv("SUDO_UID", raising=False)
    with pytest.raises(DubiousOwnership) as caught:
        users.refresh()
    assert caught.value.hint.endswith(f"safe.directory {users.root}")
    git("config", "--global", "--add", "safe.directory", str(users.root), cwd=users.root.parent)
    assert users.refresh().branch == "main"


@pytest.mark.parametrize("folder", ["/srv/o'brien's zoo", "/srv/my zoo", "/srv/zoo"])
def test_the_command_that_trusts_a_folder_can_be_copied(folder: str) -> None:
    error = explain(
        "git status", 128, f"fatal: detected dubious ownership in repository at '{folder}'\nTo add"
    )
    assert shlex.split(error.hint.rpartition(": ")[2])[-1] == folder
