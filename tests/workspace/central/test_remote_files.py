"""Hosts are asked side by side within bounds, stopped at once, and what they said is kept."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partner_tui.addresses.answer import Answer
from partner_tui.workspace.central import remote_files
from partner_tui.workspace.central.remote_files import (
    AT_ONCE,
    FAILURES,
    OF_A_HOST,
    Asked,
    KeptAnswers,
    ask_all,
)

REACHABLE = Answer("reachable", status=200, kind="image/png", size=7)


def test_few_are_asked_at_once_and_fewer_of_one_host() -> None:
    lock, busy = threading.Lock(), Counter[str]()
    most: Counter[str] = Counter()
    all_begun = threading.Event()

    def ask(address: str) -> Answer:
        host = address.split("/")[2]
        with lock:
            for name in (host, "all"):
                busy[name] += 1
                most[name] = max(most[name], busy[name])
            if busy["all"] == AT_ONCE:
                all_begun.set()
        all_begun.wait(60)
        with lock:
            busy[host] -= 1
            busy["all"] -= 1
        return REACHABLE

    addresses = [f"https://{host}.org/{number}" for host in "abcdef" for number in range(4)]
    found = ask_all(addresses, threading.Event(), ask=ask)
    assert set(found) == set(addresses)
    assert {one.answer for one in found.values()} == {REACHABLE}
    assert most.pop("all") == AT_ONCE
    assert max(most.values()) == OF_A_HOST


def test_a_host_that_does_not_answer_is_left_alone() -> None:
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer("unknown", why="timed out") if "slow" in address else REACHABLE

    addresses = [f"https://{host}.org/{number}" for host in ("slow", "quick") for number in range(20)]
    found = ask_all(addresses, threading.Event(), ask=ask)
    assert len(found) == 40
    assert FAILURES <= sum("slow" in one for one in asked) <= FAILURES + OF_A_HOST
    assert found["https://slow.org/19"].answer.why == "not asked, since slow.org does not answer"
    assert sum(one.answer == REACHABLE for one in found.values()) == 20


def test_a_host_is_not_left_alone_for_addresses_that_are_none() -> None:
    wrong = [f"https://h.org/\u00e4{number}" for number in range(FAILURES + 1)]
    found = ask_all([*wrong, "https://h.org/right"], threading.Event(), ask=lambda address: REACHABLE)
    assert found["https://h.org/right"].answer == REACHABLE
    assert {found[one].answer.state for one in wrong} == {"unknown"}


def test_a_host_that_says_there_were_too_many_is_left_alone_at_once() -> None:
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer("unknown", why="the host answers 429", status=429)

    ask_all([f"https://a.org/{number}" for number in range(20)], threading.Event(), ask=ask)
    assert len(asked) <= 1 + OF_A_HOST


def test_what_was_answered_before_it_was_stopped_is_there_and_nobody_waits_for_the_rest() -> None:
    cancelled, ended = threading.Event(), threading.Event()

    def ask(address: str) -> Answer:
        if address.endswith("/0"):
            return REACHABLE
        ended.wait(60)
        return REACHABLE

    addresses = [f"https://a.org/{number}" for number in range(20)]
    found = ask_all(addresses, cancelled, lambda done: cancelled.set() if done else None, ask)
    assert list(found) == ["https://a.org/0"]
    ended.set()


def test_a_question_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_files, "_PATIENCE", 0.2)
    ended = threading.Event()

    def ask(address: str) -> Answer:
        ended.wait(60)
        return REACHABLE

    found = ask_all(["https://a.org/0"], threading.Event(), ask=ask)
    assert found["https://a.org/0"].answer == Answer("unknown", why="timed out")
    ended.set()


def test_answers_are_kept_beside_those_of_others(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path / "cache" / "answers.json")
    date = datetime(2026, 11, 26, tzinfo=UTC)
    assert kept.read() == {}
    kept.keep({"https://a.org/0": Asked(REACHABLE, date)})
    kept.keep({"https://a.org/1": Asked(Answer("moved", "https://b.org/1", status=200), date)})
    assert kept.read() == {
        "https://a.org/0": Asked(REACHABLE, date),
        "https://a.org/1": Asked(Answer("moved", "https://b.org/1", status=200), date),
    }
    (tmp_path / "cache" / "answers.json").write_text('{"https://a.org/0": {"date": "x"}, "b": 3, "c": {}}')
    assert kept.read() == {}
