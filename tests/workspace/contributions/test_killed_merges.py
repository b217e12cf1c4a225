"""kill -9 before every git process and every write of a merge: the branch and its files are as before, or as merged; never between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.applying import (
    Applied,
    apply_batch,
    apply_plan,
    branch_to_merge_into,
    undo_applied,
)
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.taking_back import plan_take_back
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.workspace.killing import PROCESSES, kill_everywhere

Act = Callable[[Repository], Applied]


def merging(clone: Path) -> Act:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        plan = known.plan(known.find("5"), branch_to_merge_into(Repository.open(clone)))
    return lambda repository: apply_plan(repository, plan)


def merging_several(clone: Path) -> Act:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        onto = branch_to_merge_into(Repository.open(clone))
        rows = list(known.plan_several(known.find_each(("5", "7")), onto))
    assert [row.is_merged for row in rows] == [True, True]
    return lambda repository: apply_batch(repository, onto, rows)


def taking_back(clone: Path) -> Act:
    write(clone, "collection.yaml", (clone / "collection.yaml").read_text("utf-8") + "# later\n")
    git("commit", "--quiet", "-am", "Remark", cwd=clone)
    with Checker() as checker:
        plan = plan_take_back(Repository.open(clone), checker, "HEAD")
    return lambda repository: apply_plan(repository, plan)


def tree(clone: Path) -> str:
    """What the branch holds; the files are the same, and git can go on."""
    assert git("status", "--porcelain", cwd=clone) == "", "the files are those of the branch"
    assert git("symbolic-ref", "HEAD", cwd=clone) == "refs/heads/main"
    assert not list((clone / ".git").rglob("*.lock"))
    return git("rev-parse", "HEAD^{tree}", cwd=clone)


@pytest.mark.slow
@pytest.mark.parametrize("plan", [merging, merging_several, taking_back])
def test_a_killed_merge_is_whole_or_not_there(
    clone: Path, tmp_path: Path, plan: Callable[[Path], Act]
) -> None:
    act = plan(clone)
    before = git("rev-parse", "HEAD", cwd=clone)
    whole = shutil.copytree(clone, tmp_path / "whole")
    act(Repository.open(whole))
    merged = tree(whole)
    killed = tmp_path / "killed"
    found: list[bool] = []

    def prepare() -> Callable[[], object]:
        shutil.rmtree(killed, ignore_errors=True)
        shutil.copytree(clone, killed)
        return lambda: act(Repository.open(killed))

    def after() -> None:
        now = git("rev-parse", "HEAD", cwd=killed)
        found.append(now != before)
        assert tree(killed) == (merged if now != before else tree(clone))
        repository = Repository.open(killed)
        done = Applied(before, now) if now != before else act(repository)
        assert tree(killed) == merged, "it can be done after the next start"
        undo_applied(repository, done)
        assert git("rev-parse", "HEAD", cwd=killed) == before and tree(killed) == tree(clone)

    assert kill_everywhere(prepare, after, PROCESSES) > 10
    assert not found[0], "the first kill came before anything was done"
    assert found == sorted(found), "once it is done, it stays"


@pytest.mark.slow
def test_a_killed_undo_is_whole_or_not_there(clone: Path, tmp_path: Path) -> None:
    done = merging(clone)(Repository.open(clone))
    killed = tmp_path / "killed"

    def prepare() -> Callable[[], object]:
        shutil.rmtree(killed, ignore_errors=True)
        shutil.copytree(clone, killed)
        return lambda: undo_applied(Repository.open(killed), done)

    def after() -> None:
        tree(killed)
        if git("rev-parse", "HEAD", cwd=killed) == done.commit:
            undo_applied(Repository.open(killed), done)
        assert git("rev-parse", "HEAD", cwd=killed) == done.before
        tree(killed)

    assert kill_everywhere(prepare, after, PROCESSES) > 5
