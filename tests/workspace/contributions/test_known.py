"""Contributions are listed anew when a ref moved, reviewed once, and what is known of them is kept."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.contributions.contribution import State
from partner_tui.errors import Cancelled
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.workspace.contributions import known as module
from partner_tui.workspace.contributions.known import KnownContributions
from partner_tui.workspace.contributions.listed import Row
from partner_tui.workspace.contributions.reviewer import Reviewer
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git, write


@pytest.fixture
def workspace(clone: Path, tmp_path: Path) -> Workspace:
    made = Workspace(clone, "collection.yaml", FolderFiles(clone), Checker(), tmp_path / "state")
    made.open_repository()
    made.fetch()
    return made


@pytest.fixture
def known(workspace: Workspace) -> KnownContributions:
    made = KnownContributions(workspace)
    made.read()
    return made


def row(known: KnownContributions, name: str) -> Row:
    return next(one for one in known.rows if one.one.name == name)


def test_nothing_is_listed_again_while_no_ref_moved(known: KnownContributions, clone: Path) -> None:
    before = known.contributions
    known.read()
    assert known.contributions is before
    git("push", "--quiet", "origin", "main:refs/heads/other", cwd=clone)
    known.read()
    assert known.contributions is not before


def test_what_is_told_quickly_is_listed_first_and_then_all(workspace: Workspace, clone: Path) -> None:
    git("switch", "--quiet", "--create", "copied", cwd=clone)
    write(clone, "notes.md", "Notes\n")
    git("add", "--all", cwd=clone)
    git("commit", "--quiet", "-m", "Add notes", cwd=clone)
    git("switch", "--quiet", "main", cwd=clone)
    git("commit", "--quiet", "--allow-empty", "-m", "Another", cwd=clone)
    git("cherry-pick", "copied", cwd=clone)
    git("push", "--quiet", "origin", "main", "copied", cwd=clone)
    workspace.open_repository()
    known = KnownContributions(workspace)
    known.read(at_once=True)
    first = {one.one.name: one.one.state for one in known.rows}
    assert not known.is_listed()
    known.read()
    assert known.is_listed()
    after = {one.one.name: one.one.state for one in known.rows}
    assert first.keys() == after.keys()
    told_later = {name for name in after if after[name] != first[name]}
    assert told_later == {"copied"} and after["copied"] is State.MERGED
    again = KnownContributions(workspace)
    again.read(at_once=True)
    assert {one.one.name: one.one.state for one in again.rows} == after, "what was compared once is known"


@pytest.mark.slow
def test_each_is_reviewed_once(known: KnownContributions) -> None:
    known.work_out(row(known, "5"))
    review, summary = known.review(row(known, "5")), row(known, "5").summary
    assert review is not None and summary is not None and summary.added == 1
    known.work_out(row(known, "5"))
    assert known.review(row(known, "5")) is review
    assert [one.one.name for one in known.waiting] == ["2", "7", "6", "4", "3"]


def test_what_one_changes_is_read_once_for_the_screen_and_for_the_review(known: KnownContributions) -> None:
    at, contributions = row(known, "5"), known.contributions
    assert contributions is not None
    with ThreadPoolExecutor(3) as pool:
        several = [*pool.map(lambda _: contributions.outline(at.one), range(3))]
    known.read_outline(at)
    outline = contributions.outline(at.one)
    assert all(one is outline for one in several)
    known.work_out(at)
    review = known.review(at)
    assert not outline.is_checked and review is not None and review.is_checked
    assert all(ours is theirs for (ours, _), (theirs, _) in zip(outline.entries, review.entries, strict=True))
    assert contributions.outline(row(known, "2").one) is not outline


def test_a_review_is_of_a_head_against_a_branch(
    known: KnownContributions, workspace: Workspace, clone: Path
) -> None:
    known.work_out(row(known, "5"))
    git("commit", "--quiet", "--allow-empty", "-m", "Another", cwd=clone)
    git("push", "--quiet", "origin", "main:main", cwd=clone)
    workspace.open_repository()
    known.read()
    assert known.review(row(known, "5")) is None and row(known, "5").summary is None


@pytest.mark.slow
def test_few_whole_reviews_are_in_memory_and_the_numbers_of_all(
    known: KnownContributions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_REVIEWS", 2)
    for name in ("5", "6", "7"):
        known.work_out(row(known, name))
    assert [known.review(row(known, name)) is None for name in ("5", "6", "7")] == [True, False, False]
    assert row(known, "5").summary is not None


def test_what_was_reviewed_is_known_at_the_next_start(
    known: KnownContributions, workspace: Workspace
) -> None:
    known.work_out(row(known, "5"))
    known.keep()
    again = KnownContributions(workspace)
    again.read()
    assert row(again, "5").summary == row(known, "5").summary


@pytest.mark.slow
@pytest.mark.parametrize("counted", ["", "1 "], ids=["before it had a number", "by another number"])
def test_what_an_older_app_summed_up_is_worked_out_again(
    known: KnownContributions, workspace: Workspace, counted: str
) -> None:
    known.work_out(row(known, "5"))
    known.keep()
    path = workspace.state / "contributions.json"
    kept = json.loads(path.read_text())
    kept["version"] = counted + kept["version"].partition(" ")[2]
    path.write_text(json.dumps(kept))
    again = KnownContributions(workspace)
    again.read()
    assert row(again, "5").summary is None
    assert [one.one.name for one in again.waiting].count("5") == 1


def test_what_was_stopped_can_be_tried_again(known: KnownContributions) -> None:
    stopped = Event()
    stopped.set()
    with pytest.raises(Cancelled):
        known.work_out(row(known, "5"), cancelled=stopped)
    assert not known.problem(row(known, "5"))
    known.work_out(row(known, "5"))
    assert known.review(row(known, "5")) is not None


@pytest.mark.slow
def test_where_no_child_could_be_started_it_is_tried_again_when_they_are_listed_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    known = KnownContributions(workspace)
    known.reviewer = Reviewer(command=(str(program),))
    known.read()
    one = known.waiting[0]
    known.sum_up(one)
    assert known.problem(one) == "Reviewing it cannot be started."
    assert one not in known.waiting
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -m partner_tui.workspace.contributions.reviewing\n")
    program.chmod(0o700)
    known.read()
    assert one in known.waiting
    known.sum_up(one)
    assert not known.problem(one)
    assert known.find(one).summary is not None
    known.reviewer.close()
