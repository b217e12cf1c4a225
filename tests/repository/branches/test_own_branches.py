"""Branches as they are listed, switched to and deleted, on real clones of a real remote."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.branches.own_branches import branches_to_switch_to, delete_branch
from partner_tui.repository.branches.switching import Branch, EditsInTheWay, switch_branch
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.remotes.pull_refs import read_heads
from partner_tui.repository.repository import Repository
from tests.real_git import MANIFEST, git, push_from_elsewhere, write


def listed(root: Path, name: str) -> Branch:
    return next(one for one in branches_to_switch_to(root, "main") if one.label == name)


def commit(root: Path, path: str, content: str) -> str:
    write(root, path, content)
    git("add", "--all", cwd=root)
    git("commit", "--quiet", f"--message={path}", cwd=root)
    return git("rev-parse", "HEAD", cwd=root)


def branch_with_a_commit(root: Path, name: str = "side") -> str:
    """A branch that has a commit more than main, which is current afterwards."""
    git("switch", "--quiet", "--create", name, cwd=root)
    made = commit(root, f"{name}.md", "# Side\n")
    git("switch", "--quiet", "main", cwd=root)
    return made


@pytest.mark.slow
def test_each_branch_is_told_against_the_one_it_follows(users: Repository, bare: Path) -> None:
    root = users.root
    branch_with_a_commit(root)
    git("branch", "--set-upstream-to=origin/main", "side", cwd=root)
    git("branch", "--no-track", "old", "HEAD~1", cwd=root)
    push_from_elsewhere(bare, "theirs.md", "x\n", "main")
    git("push", "--quiet", "origin", "main~1:refs/heads/only-there", cwd=root)
    git("fetch", "--quiet", cwd=root)
    assert branches_to_switch_to(root, "main")[0].label == "main"
    main, side, old = (listed(root, name) for name in ("main", "side", "old"))
    assert (main.is_current, main.upstream, main.ahead, main.behind) == (True, "origin/main", 0, 1)
    assert (side.ahead, side.behind, side.is_merged, side.is_gone) == (1, 1, False, False)
    assert (old.upstream, old.is_merged) == ("", True)
    there = listed(root, "origin/only-there")
    assert there.remote and not there.is_current
    assert "origin/main" not in {one.label for one in branches_to_switch_to(root, "main")}


def test_a_branch_that_a_plain_fetch_does_not_bring_is_counted_too(users: Repository) -> None:
    root = users.root
    git("push", "--quiet", "--set-upstream", "origin", "main:side", cwd=root)
    git("switch", "--quiet", "--track", "origin/side", cwd=root)
    commit(root, "a.md", "a\n")
    git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main", cwd=root)
    side = listed(root, "side")
    assert (side.upstream, side.ahead, side.behind, side.is_gone) == ("origin/side", 1, 0, False)


def test_a_branch_whose_upstream_was_deleted_is_gone(users: Repository, bare: Path) -> None:
    root = users.root
    made = branch_with_a_commit(root)
    git("push", "--quiet", "--set-upstream", "origin", "side", cwd=root)
    git("branch", "--delete", "--force", "side", cwd=bare)
    assert not listed(root, "side").is_gone
    git("fetch", "--quiet", "--prune", cwd=root)
    gone = listed(root, "side")
    assert gone.is_gone and gone.upstream == "origin/side"
    log = GitLog()
    assert delete_branch(root, gone, log) == 1
    assert git("for-each-ref", "--format=%(objectname)", "refs/partner-tui/backup/", cwd=root) == made
    assert not git("branch", "--list", "side", cwd=root)
    assert any("branch --quiet --delete" in one.command for one in log.commands)


def test_a_branch_with_commits_of_its_own_is_not_deleted(users: Repository) -> None:
    made = branch_with_a_commit(users.root)
    with pytest.raises(GitError, match="1 commit that is on no other branch"):
        delete_branch(users.root, listed(users.root, "side"))
    assert git("rev-parse", "side", cwd=users.root) == made
    git("push", "--quiet", "origin", "side", cwd=users.root)
    assert delete_branch(users.root, listed(users.root, "side")) == 0


@pytest.mark.parametrize("name", ["main", "origin/there", "elsewhere"])
def test_what_is_checked_out_or_not_ours_is_not_deleted(users: Repository, name: str) -> None:
    git("push", "--quiet", "origin", "main:there", cwd=users.root)
    git("worktree", "add", "--quiet", "-b", "elsewhere", str(users.root.parent / "wt"), cwd=users.root)
    refs = git("for-each-ref", cwd=users.root)
    with pytest.raises(GitError):
        delete_branch(users.root, listed(users.root, name))
    assert git("for-each-ref", cwd=users.root) == refs


def test_edits_that_the_other_branch_does_not_touch_are_kept(users: Repository) -> None:
    branch_with_a_commit(users.root)
    write(users.root, "collection.yaml", MANIFEST + "# mine\n")
    switch_branch(users.root, listed(users.root, "side"))
    assert git("branch", "--show-current", cwd=users.root) == "side"
    assert (users.root / "collection.yaml").read_text() == MANIFEST + "# mine\n"


@pytest.mark.parametrize(
    ("on_the_branch", "edited", "in_the_way"),
    [
        (
            {"collection.yaml": "id: other\n"},
            {"collection.yaml": MANIFEST + "# mine\n"},
            ("collection.yaml",),
        ),
        ({"new file.md": "theirs\n"}, {"new file.md": "mine\n"}, ("new file.md",)),
        (
            {"collection.yaml": "id: other\n", "model/rdf.yaml": "type: dataset\n"},
            {"collection.yaml": "a: 1\n", "model/rdf.yaml": "b: 1\n"},
            ("collection.yaml", "model/rdf.yaml"),
        ),
    ],
)
def test_edits_in_the_way_are_named_and_nothing_is_changed(
    users: Repository, on_the_branch: dict[str, str], edited: dict[str, str], in_the_way: tuple[str, ...]
) -> None:
    root = users.root
    git("switch", "--quiet", "--create", "side", cwd=root)
    for path, content in on_the_branch.items():
        commit(root, path, content)
    git("switch", "--quiet", "main", cwd=root)
    for path, content in edited.items():
        write(root, path, content)
    with pytest.raises(EditsInTheWay) as caught:
        switch_branch(root, listed(root, "side"))
    assert caught.value.files == in_the_way
    assert all(path in caught.value.message for path in in_the_way)
    assert git("branch", "--show-current", cwd=root) == "main"
    assert all((root / path).read_text() == content for path, content in edited.items())


def test_commits_of_a_detached_head_are_not_left_behind(users: Repository) -> None:
    root = users.root
    git("switch", "--quiet", "--detach", cwd=root)
    made = commit(root, "a.md", "a\n")
    main = listed(root, "main")
    with pytest.raises(GitError, match="HEAD is detached, and its commit is on no branch"):
        switch_branch(root, main)
    assert git("rev-parse", "HEAD", cwd=root) == made
    git("branch", "kept", cwd=root)
    switch_branch(root, main)
    assert git("branch", "--show-current", cwd=root) == "main"


@pytest.mark.parametrize(
    ("date", "year"), [(" 253402300900 +0000", 1970), ("", 1970), (" 1700000000 +0530", 2023)]
)
def test_a_commit_of_any_date_is_listed(users: Repository, date: str, year: int) -> None:
    root, tree = users.root, git("rev-parse", "HEAD^{tree}", cwd=users.root)
    text = f"tree {tree}\nauthor A <a@example.org>{date}\ncommitter A <a@example.org>{date}\n\nOdd\n"
    made = git("hash-object", "-t", "commit", "-w", "--literally", str(write(root, "commit", text)), cwd=root)
    for ref in ("refs/heads/odd", "refs/remotes/origin/odd", "refs/pull/9/head"):
        git("update-ref", ref, made, cwd=root)
    assert listed(root, "odd").date.year == year
    pull, branch = read_heads(root, "origin", "HEAD")
    assert (pull.name, pull.title, pull.date.year) == ("9", "Odd", year)
    assert (branch.name, branch.date.year) == ("odd", year)


@pytest.mark.parametrize("name", ["--orphan=x", "--detach", "-f"])
def test_a_branch_named_like_an_option_is_switched_to_as_a_branch(users: Repository, name: str) -> None:
    """Git makes none, but a folder that came from elsewhere may hold one."""
    git("update-ref", f"refs/heads/{name}", "HEAD", cwd=users.root)
    switch_branch(users.root, listed(users.root, name))
    assert users.refresh().branch == name and users.state.dirty == ()
    assert delete_branch(users.root, listed(users.root, "main"), keeps=False) == 0
