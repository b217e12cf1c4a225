"""Which heads are on a branch by their changes, as ``git cherry`` says for each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from partner_tui.repository.remotes import same_changes
from partner_tui.repository.remotes.same_changes import with_all_changes
from tests.real_git import git, write

LINES = [f"line {number}" for number in range(60)]


def text(**changed: str) -> str:
    """Numbered lines, some of them changed: ``at7="seven"``."""
    return "\n".join(changed.get(f"at{number}", line) for number, line in enumerate(LINES)) + "\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git("init", "--quiet", "--initial-branch=main", cwd=tmp_path)
    put(tmp_path, "a.txt", text())
    return tmp_path


def put(root: Path, path: str, content: str | bytes) -> str:
    """Commit a file; its commit."""
    write(root, path, content)
    git("add", "--all", cwd=root)
    git("commit", "--quiet", "--message=Change", cwd=root)
    return git("rev-parse", "HEAD", cwd=root)


def on_branch(root: Path, start: str, *contents: str | bytes, path: str = "a.txt") -> str:
    """Commits on top of another one, away from the branch; the last of them."""
    git("checkout", "--quiet", "--detach", start, cwd=root)
    head = [put(root, path, content) for content in contents][-1]
    git("checkout", "--quiet", "main", cwd=root)
    return head


def said(root: Path, *heads: str) -> list[bool]:
    """Of each head whether it is on main; git says the same of each."""
    target = git("rev-parse", "main", cwd=root)
    found = [head in with_all_changes(root, target, heads) for head in heads]
    lines = [git("cherry", target, head, cwd=root).splitlines() for head in heads]
    assert found == [bool(one) and all(line.startswith("-") for line in one) for one in lines]
    return found


def test_commits_that_were_picked_are_on_the_branch_and_half_of_them_are_not(root: Path) -> None:
    start = git("rev-parse", "HEAD", cwd=root)
    both = on_branch(root, start, text(at20="x"), text(at20="x", at40="y"))
    more = on_branch(root, both, text(at20="x", at40="y", at50="z"))
    put(root, "a.txt", "first\n" + text())  # the same changes, some lines below
    git("cherry-pick", f"{start}..{both}", cwd=root)
    assert said(root, both, more) == [True, False]


def test_the_same_line_elsewhere_is_another_change(root: Path) -> None:
    start = git("rev-parse", "HEAD", cwd=root)
    head = on_branch(root, start, text(at20="line 20\nnew"))
    put(root, "a.txt", text(at40="line 40\nnew"))
    assert said(root, head) == [False]


def test_what_was_taken_back_before_and_is_made_again_is_not_on_the_branch(root: Path) -> None:
    old = on_branch(root, "main", text(at5="old"))
    put(root, "a.txt", text(at20="x"))
    taken_back = put(root, "a.txt", text())
    head = on_branch(root, taken_back, text(at20="x"))
    put(root, "b.txt", "b\n")
    assert said(root, head, old) == [False, False]


def test_binary_files_are_the_same_only_with_the_same_content(root: Path) -> None:
    heads = [on_branch(root, "main", bytes([0, number]) * 50, path="a.png") for number in (1, 2)]
    put(root, "b.txt", "b\n")
    put(root, "a.png", bytes([0, 2]) * 50)
    assert said(root, *heads) == [False, True]


def test_a_head_without_history_in_common_hides_no_other(root: Path) -> None:
    head = on_branch(root, "main", text(at20="x"))
    put(root, "b.txt", "b\n")
    git("cherry-pick", head, cwd=root)
    git("checkout", "--quiet", "--orphan", "other", cwd=root)
    stranger = put(root, "c.txt", "c\n")
    git("checkout", "--quiet", "--force", "main", cwd=root)
    assert said(root, head, stranger) == [True, False]


def test_a_head_of_merges_alone_is_not_on_the_branch(root: Path) -> None:
    first = put(root, "b.txt", "b\n")
    git("checkout", "--quiet", "--detach", f"{first}^", cwd=root)
    git("merge", "--quiet", "--no-ff", "--message=Merge", first, cwd=root)
    merge = git("rev-parse", "HEAD", cwd=root)
    git("checkout", "--quiet", "main", cwd=root)
    assert said(root, merge) == [False]


def test_a_commit_that_cannot_be_compared_spoils_no_other(root: Path) -> None:
    broken = on_branch(root, "main", text(at50="lost"))
    head = on_branch(root, "main", text(at20="x"))
    put(root, "b.txt", "b\n")
    git("cherry-pick", head, cwd=root)
    lost = git("rev-parse", f"{broken}:a.txt", cwd=root)
    (root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    found = with_all_changes(root, git("rev-parse", "main", cwd=root), [broken, head])
    assert found == {head}


def test_no_heads_need_no_git(tmp_path: Path) -> None:
    assert with_all_changes(tmp_path, "main", []) == frozenset()


def test_the_order_of_hashes_says_nothing(root: Path) -> None:
    heads = [on_branch(root, "main", text(at20=f"x{number}")) for number in range(8)]
    put(root, "b.txt", "b\n")
    for head in heads:
        git("cherry-pick", head, cwd=root)
        git("revert", "--no-edit", head, cwd=root)
    assert said(root, *heads) == [True] * 8


def test_what_was_compared_once_is_not_compared_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = on_branch(root, "main", text(at20="x"))
    put(root, "b.txt", "b\n")
    git("cherry-pick", head, cwd=root)
    target, known = git("rev-parse", "main", cwd=root), dict[str, bytes]()
    assert with_all_changes(root, target, [head], known) == {head}
    asked: list[list[str]] = []

    def compared(_: Path, commits: Iterable[str]) -> dict[str, bytes]:
        asked.append(sorted(commits))
        return {}

    monkeypatch.setattr(same_changes, "changes_of", compared)
    assert with_all_changes(root, target, [head], known) == {head}
    assert asked == [[]]
