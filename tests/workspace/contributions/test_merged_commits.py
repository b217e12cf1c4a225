"""Which commits brought a contribution is known for every way to merge one, or said not to be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.errors import GitError
from partner_tui.workspace.contributions.merged_commits import before_merge, merged_commits
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401


def head(clone: Path, rev: str = "HEAD") -> str:
    return git("rev-parse", rev, cwd=clone)


def commit(clone: Path, path: str, content: str, message: str = "Change") -> str:
    write(clone, path, content)
    git("add", path, cwd=clone)
    git("commit", "--quiet", "-m", message, cwd=clone)
    return head(clone)


@pytest.fixture
def sent(clone: Path) -> Contribution:
    """Two commits on a branch ``sent`` of which main has nothing, with a commit of main beside them."""
    git("switch", "--quiet", "-c", "sent", cwd=clone)
    commit(clone, "one.md", "1\n")
    commit(clone, "two.md", "2\n")
    about = git("log", "-1", "--format=%H", cwd=clone)
    git("switch", "--quiet", "main", cwd=clone)
    commit(clone, "three.md", "3\n")
    return by_zoe(about)


def by_zoe(about: str) -> Contribution:
    return Contribution("12", "pull", about, "Zoe", datetime.now(UTC), "Two", State.UNKNOWN, "")


def test_a_merge_is_from_its_first_parent(clone: Path, sent: Contribution) -> None:
    before = head(clone)
    git("merge", "--quiet", "--no-ff", "-m", "Merge", "sent", cwd=clone)
    after = head(clone)
    commit(clone, "later.md", "x\n")
    assert merged_commits(clone, sent, head(clone)) == (before, after)


def test_a_squash_is_found_by_its_number(clone: Path, sent: Contribution) -> None:
    before = head(clone)
    git("merge", "--quiet", "--squash", "sent", cwd=clone)
    git("commit", "--quiet", "-m", "Two (#12)", cwd=clone)
    assert merged_commits(clone, sent, head(clone)) == (before, head(clone))


def test_commits_that_were_made_again_are_found_by_what_they_change(clone: Path, sent: Contribution) -> None:
    before = head(clone)
    git("cherry-pick", "main..sent", cwd=clone)
    after = head(clone)
    commit(clone, "later.md", "x\n")
    assert merged_commits(clone, sent, head(clone)) == (before, after)


def test_what_came_with_another_branch_is_reverted_by_its_own_commits(
    clone: Path, sent: Contribution
) -> None:
    base = git("merge-base", "main", "sent", cwd=clone)
    git("switch", "--quiet", "-c", "others", "sent", cwd=clone)
    commit(clone, "other.md", "x\n")
    git("switch", "--quiet", "main", cwd=clone)
    git("merge", "--quiet", "--no-ff", "-m", "Merge others", "others", cwd=clone)
    assert merged_commits(clone, sent, head(clone)) == (base, sent.head)


def test_a_merge_of_this_machine_goes_first_while_the_branch_has_it(clone: Path, sent: Contribution) -> None:
    before = head(clone)
    git("merge", "--quiet", "--no-ff", "-m", "Merge", "sent", cwd=clone)
    merge, fixed = head(clone), commit(clone, "fix.md", "x\n")
    assert merged_commits(clone, sent, head(clone), (before, fixed)) == (before, fixed)
    git("reset", "--quiet", "--hard", merge, cwd=clone)
    assert merged_commits(clone, sent, merge, (before, fixed)) == (before, merge)


def test_what_is_not_known_is_not_guessed(clone: Path, sent: Contribution) -> None:
    with pytest.raises(GitError, match="does not show which commits brought #12"):
        merged_commits(clone, sent, head(clone))
    git("cherry-pick", "main..sent~1", cwd=clone)
    with pytest.raises(GitError):  # only one of the two is there
        merged_commits(clone, sent, head(clone))
    commit(clone, "between.md", "x\n")
    git("cherry-pick", "sent", cwd=clone)
    with pytest.raises(GitError):  # another commit is between them
        merged_commits(clone, sent, head(clone))


def test_a_fast_forward_is_from_where_the_reflog_says_that_the_branch_was(clone: Path) -> None:
    before = head(clone)
    git("switch", "--quiet", "-c", "sent", cwd=clone)
    commit(clone, "one.md", "1\n")
    sent = by_zoe(commit(clone, "two.md", "2\n"))
    git("switch", "--quiet", "main", cwd=clone)
    git("merge", "--quiet", "--ff-only", "sent", cwd=clone)
    commit(clone, "later.md", "x\n")
    assert merged_commits(clone, sent, head(clone), refs=("refs/heads/main",)) == (before, sent.head)
    assert before_merge(clone, sent, head(clone), ("refs/heads/main",)) == (before, "")


def test_without_a_reflog_a_fast_forward_is_what_its_author_did_in_one_go_and_that_is_said(
    clone: Path,
) -> None:
    other = commit(clone, "other.md", "o\n")
    zoe = ("-c", "user.name=Zoe", "-c", "user.email=zoe@example.org")
    for name in ("one", "two"):
        git(*zoe, "commit", "--quiet", "--allow-empty", "-m", name, cwd=clone)
    sent = by_zoe(head(clone))
    commit(clone, "later.md", "x\n")
    refs = ("refs/heads/main", "refs/heads/never-there")
    assert merged_commits(clone, sent, head(clone), refs=refs) == (other, sent.head)
    _, doubt = before_merge(clone, sent, head(clone), refs)
    assert "2 commits by Zoe" in doubt
    git("update-ref", "refs/partner-tui/contributions/pull/9/head", "HEAD~2", cwd=clone)
    assert merged_commits(clone, sent, head(clone), refs=refs)[0] == head(clone, "HEAD~2"), (
        "another pull request"
    )


def test_what_was_made_again_is_compared_with_the_whole_branch(clone: Path, sent: Contribution) -> None:
    git("cherry-pick", "main..sent", cwd=clone)
    assert before_merge(clone, sent, head(clone)) == (head(clone), "")


def by(name: str, clone: Path, *messages: str) -> str:
    who = ("-c", f"user.name={name}", "-c", f"user.email={name}@example.org")
    for message in messages:
        git(*who, "commit", "--quiet", "--allow-empty", "-m", message, cwd=clone)
    return head(clone)


def moved_at_once(clone: Path, before: str) -> tuple[str, ...]:
    """The remote's branch, of which one fetch brought all commits."""
    ref = "refs/remotes/origin/main"
    git("update-ref", "--create-reflog", "-m", "fetch", ref, before, cwd=clone)
    git("update-ref", "-m", "fetch: fast-forward", ref, "HEAD", cwd=clone)
    return (ref, "refs/heads/main")


def test_a_reflog_that_moved_over_the_commits_of_others_is_no_proof(clone: Path) -> None:
    before = head(clone)
    anns = by("ann", clone, "hers")
    zoes = by("zoe", clone, "one", "two")
    refs = moved_at_once(clone, before)
    found, doubt = before_merge(clone, by_zoe(zoes), head(clone), refs)
    assert found == anns
    assert "2 commits by zoe" in doubt


def test_of_two_that_were_moved_to_between_two_fetches_one_is_not_taken_for_the_other(clone: Path) -> None:
    before = head(clone)
    first = by("zoe", clone, "of the other")
    git("update-ref", "refs/partner-tui/contributions/pull/3/head", first, cwd=clone)
    second = by("zoe", clone, "one", "two")
    assert before_merge(clone, by_zoe(second), head(clone), moved_at_once(clone, before))[0] == first


def test_the_reflog_of_the_branch_here_says_more_than_that_of_a_push(clone: Path) -> None:
    before = head(clone)
    ours = commit(clone, "ours.md", "o\n")
    git("switch", "--quiet", "-c", "sent", cwd=clone)
    sent = by_zoe(commit(clone, "one.md", "1\n"))
    git("switch", "--quiet", "main", cwd=clone)
    git("merge", "--quiet", "--ff-only", "sent", cwd=clone)
    assert before_merge(clone, sent, head(clone), moved_at_once(clone, before)) == (ours, "")
