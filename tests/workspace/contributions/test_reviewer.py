"""Contributions are reviewed in a child process: what it says is what this process would have said, and it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.reviewer import ReviewedClone, Reviewer


@pytest.fixture
def reviewer() -> Iterator[Reviewer]:
    made = Reviewer()
    yield made
    made.close()


@pytest.fixture
def contributions(clone: Path, tmp_path: Path) -> Iterator[Contributions]:
    with Checker() as checker:
        made = Contributions(clone, checker, state=tmp_path / "state")
        made.fetch()
        yield made


def children() -> dict[int, str]:
    """The command lines of this process's children."""
    found = {}
    for listed in Path("/proc/self/task").glob("*/children"):
        for pid in listed.read_text().split():
            with suppress(OSError):
                found[int(pid)] = Path(f"/proc/{pid}/cmdline").read_text()
    return found


OTHERS: set[int] = set()
"""The children of this process that other tests started."""


@pytest.fixture(autouse=True)
def _others() -> None:
    OTHERS.clear()
    OTHERS.update(children())


def reviewing() -> list[int]:
    found = children().items()
    return [pid for pid, command in found if pid not in OTHERS and "contributions.reviewing" in command]


def below(pid: int) -> list[int]:
    with suppress(OSError):
        listed = [one.read_text().split() for one in Path(f"/proc/{pid}/task").glob("*/children")]
        return [int(child) for some in listed for child in some]
    return []


def is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.slow
def test_a_review_is_the_same_from_another_process(
    contributions: Contributions, clone: Path, reviewer: Reviewer
) -> None:
    with Checker() as checker:
        elsewhere = Contributions(clone, checker, reviewer=reviewer)
        listed = contributions.listed()
        assert len(listed) > 5
        for one in listed:
            here, there = contributions.review(one), elsewhere.review(one)
            assert there == here, one.name
            assert there.to_json() == here.to_json(), one.name
            assert elsewhere.sum_up(one) == contributions.sum_up(one), one.name
    assert any(contributions.review(one).merges.conflicts for one in listed)


def test_what_arrived_is_reviewed_as_what_it_is(
    contributions: Contributions, clone: Path, reviewer: Reviewer
) -> None:
    one = contributions.find(contributions.target)
    with Checker() as checker:
        assert Contributions(clone, checker, reviewer=reviewer).review(one) == contributions.review(one)


@pytest.mark.slow
def test_a_contribution_that_cannot_be_read_says_so_and_the_child_goes_on(
    contributions: Contributions, clone: Path, reviewer: Reviewer
) -> None:
    one = contributions.listed()[0]
    told = ReviewedClone(clone, contributions.target, None, None)
    missing = replace(one, head="1" * 40)
    with pytest.raises(PartnerTuiError) as caught:
        reviewer.check(told, missing)
    assert "Traceback" not in caught.value.message
    (child,) = reviewing()
    reviewer.check(told, one)
    assert reviewing() == [child]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are told by Linux")
class TestChild:
    @pytest.mark.slow
    def test_one_that_was_killed_is_started_anew(
        self, contributions: Contributions, clone: Path, reviewer: Reviewer
    ) -> None:
        one = contributions.listed()[0]
        told = ReviewedClone(clone, contributions.target, None, None)
        first = reviewer.check(told, one)
        (child,) = reviewing()
        os.kill(child, signal.SIGKILL)
        assert reviewer.check(told, one) == first
        assert reviewing() != [child]

    @pytest.mark.slow
    def test_none_is_left_and_none_of_its_own_children(
        self, contributions: Contributions, clone: Path, reviewer: Reviewer
    ) -> None:
        told = ReviewedClone(clone, contributions.target, None, None)
        for one in contributions.listed():
            reviewer.check(told, one)
        (child,) = reviewing()
        judges = below(child)
        assert judges, "the spec library judges in a child of the child"
        reviewer.close()
        end = time.monotonic() + 60
        while any(map(is_running, (child, *judges))):
            assert time.monotonic() < end, "a process outlives the reviewer"
            time.sleep(0.05)


@pytest.mark.slow
def test_stopping_one_ends_it_and_the_next_is_answered(
    contributions: Contributions, clone: Path, reviewer: Reviewer
) -> None:
    one = contributions.listed()[0]
    told = ReviewedClone(clone, contributions.target, None, None)
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        reviewer.check(told, one, stop)
    assert reviewer.check(told, one).merges.how


SAYS = "import sys; print('ready', flush=True); sys.stdin.readline(); {}"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("sys.exit(1)", "stopped unexpectedly"),
        ("print('nonsense', flush=True); sys.stdin.readline()", "invalid answer"),
        ("print('{}', flush=True); sys.stdin.readline()", "invalid answer"),
        ("import time; time.sleep(600)", "took longer than 1 s"),
    ],
)
def test_a_child_that_misbehaves_is_said(
    contributions: Contributions, clone: Path, act: str, said: str
) -> None:
    reviewer = Reviewer(1.0, (sys.executable, "-c", SAYS.replace("{}", act, 1)))
    told = ReviewedClone(clone, contributions.target, None, None)
    with pytest.raises(PartnerTuiError, match=said):
        reviewer.check(told, contributions.listed()[0])
    reviewer.close()


def test_one_that_is_under_way_can_be_stopped(
    contributions: Contributions, clone: Path, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    act = f"open({str(begun)!r}, 'w').close(); import time; time.sleep(600)"
    reviewer = Reviewer(600, (sys.executable, "-c", SAYS.replace("{}", act, 1)))
    told = ReviewedClone(clone, contributions.target, None, None)
    stop, raised = Event(), []

    def check() -> None:
        try:
            reviewer.check(told, contributions.listed()[0], stop)
        except Cancelled as error:
            raised.append(error)

    thread = Thread(target=check)
    thread.start()
    end = time.monotonic() + 60
    while not begun.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    stop.set()
    thread.join(60)
    assert len(raised) == 1
    reviewer.close()
