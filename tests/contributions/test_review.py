"""Findings and states of a review."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.contribution import Contribution, State, state_of
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.contributions.review import Mergeability, Review


def finding(message: str, line: int = 1, path: tuple[str | int, ...] = ("collection", 0)) -> Finding:
    return Finding("spec", Severity.ERROR, path, line, 1, message)


@pytest.mark.parametrize(
    ("kind", "merged_by", "is_ancestor", "is_contained", "has_merge", "state"),
    [
        ("pull", "", False, False, False, State.UNKNOWN),
        ("pull", "", False, False, True, State.PROBABLY_OPEN),
        ("pull", "", True, False, True, State.MERGED),
        ("pull", "", False, True, True, State.MERGED),
        ("pull", "0123456789", False, False, True, State.MERGED),
        ("hand", "", False, False, False, State.FILE),
        ("hand", "", True, False, False, State.MERGED),
    ],
)
def test_a_state_is_said_as_far_as_git_knows_it(
    kind: str, merged_by: str, is_ancestor: bool, is_contained: bool, has_merge: bool, state: State
) -> None:
    told = state_of(kind, merged_by, is_ancestor=is_ancestor, is_contained=is_contained, has_merge=has_merge)
    assert told[0] is state


def test_findings_are_told_apart_by_what_they_say_and_not_by_their_line() -> None:
    old = [finding("a", 1), finding("b", 2), finding("b", 3)]
    new = [finding("b", 9), finding("c", 10), finding("a", 11), finding("a", 12)]
    found = finding_changes(old, new)
    assert [one.message for one in found.new] == ["c", "a"]
    assert [one.message for one in found.resolved] == ["b"]
    assert [one.line for one in found.remaining] == [9, 11]


def review(title: str = "T", **given: Any) -> Review:
    one = Contribution(
        "7",
        "pull",
        "f" * 40,
        "Eve",
        datetime(2024, 1, 2, tzinfo=UTC),
        title,
        State.UNKNOWN,
        "git does not say",
    )
    values: dict[str, Any] = {
        "entries": (),
        "config": (),
        "about_manifest": FindingChanges(),
        "files": (),
        "merges": Mergeability("git"),
        "checklist": (Item("Basic information", "The name is descriptive", "open", ""),),
    }
    return Review(one, "0" * 40, **(values | given))


@pytest.mark.parametrize(
    ("given", "fails"),
    [
        ({}, False),
        ({"merges": Mergeability("entries")}, False),
        ({"merges": Mergeability("decision", "both sides changed a")}, True),
        ({"merges": Mergeability("no")}, True),
        ({"about_manifest": FindingChanges(new=(finding("a"),))}, True),
        ({"about_manifest": FindingChanges(resolved=(finding("a"),))}, False),
        ({"unreadable": ("broken",)}, True),
    ],
)
def test_a_review_fails_where_it_brings_an_error_or_does_not_merge(
    given: dict[str, Any], fails: bool
) -> None:
    assert review(**given).fails is fails


def test_a_finding_that_names_another_line_is_told_apart_by_what_it_says() -> None:
    def twice(key: str, line: int) -> Finding:
        return Finding(
            "duplicate-keys",
            Severity.ERROR,
            ("tags",),
            line,
            1,
            f"{key} is there twice (first in line {line})",
        )

    changes = finding_changes([twice("tags", 204)], [twice("tags", 224), twice("cite", 204)])
    assert changes == FindingChanges(new=(twice("cite", 204),), remaining=(twice("tags", 224),))
