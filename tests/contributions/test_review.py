"""Findings, states and the checklist of a review, and its Markdown, in which contributed text is no markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.contributions.checklist import Item, Subject, checklist
from partner_tui.contributions.contribution import Contribution, Facts, State, state_of
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.manifest.files import NoFiles


def finding(message: str, line: int = 1, path: tuple[str | int, ...] = ("collection", 0)) -> Finding:
    return Finding("spec", Severity.ERROR, path, line, 1, message)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), State.UNKNOWN),
        (Facts(has_merge=True), State.PROBABLY_OPEN),
        (Facts(is_ancestor=True, has_merge=True), State.MERGED),
        (Facts(is_contained=True, has_merge=True), State.MERGED),
        (Facts(merged_by="0123456789", has_merge=True), State.MERGED),
    ],
)
def test_a_state_is_said_as_far_as_git_knows_it(facts: Facts, state: State) -> None:
    assert state_of(facts)[0] is state


def test_findings_are_told_apart_by_what_they_say_and_not_by_their_line() -> None:
    old = [finding("a", 1), finding("b", 2), finding("b", 3)]
    new = [finding("b", 9), finding("c", 10), finding("a", 11), finding("a", 12)]
    found = finding_changes(old, new)
    assert [one.message for one in found.new] == ["c", "a"]
    assert [one.message for one in found.resolved] == ["b"]
    assert [one.line for one in found.remaining] == [9, 11]


def answers(kind: str, data: dict[str, Any], *findings: Finding) -> dict[str, str]:
    subject = Subject("a", kind, data, findings, NoFiles())
    return {one.item: one.state for one in checklist([subject])}


def test_only_what_fits_the_type_is_asked() -> None:
    assert "Axes and shapes are described" not in answers("notebook", {})
    assert "Privacy is respected" not in answers("notebook", {})
    assert "Axes and shapes are described" in answers("model", {})
    assert checklist([]) == ()


@pytest.mark.parametrize(
    ("data", "item", "state"),
    [
        ({}, "Authors and maintainers are named", "fail"),
        ({"authors": [{"name": "Ada"}]}, "Authors and maintainers are named", "open"),
        (
            {"authors": [{"name": "Ada"}], "maintainers": [{"github_user": "ada"}]},
            "Authors and maintainers are named",
            "pass",
        ),
        ({"cite": [{"text": "Doe", "doi": "10.1234/abc"}]}, "Citations have a DOI or URL", "pass"),
        ({"cite": [{"text": "Doe"}]}, "Citations have a DOI or URL", "fail"),
        ({"license": "MIT"}, "The license is an SPDX id", "pass"),
        ({}, "The license is an SPDX id", "fail"),
        ({"name": "Leaves"}, "The name is descriptive", "open"),
        ({"covers": ["https://example.org/a.png"]}, "Covers are of an allowed type and size", "pass"),
        ({"covers": ["https://example.org/a.webp"]}, "Covers are of an allowed type and size", "fail"),
        ({"covers": ["gone.png"]}, "Covers are of an allowed type and size", "fail"),
        ({}, "Covers are clear, with scale bars where they help", "open"),
    ],
)
def test_the_machine_ticks_what_it_can_tell(data: dict[str, Any], item: str, state: str) -> None:
    assert answers("dataset", data)[item] == state


def test_what_the_checks_object_to_fails_with_their_words() -> None:
    subject = Subject("a", "dataset", {"license": "mine"}, (finding("no id", path=("license",)),), NoFiles())
    item = next(one for one in checklist([subject]) if "SPDX" in one.item)
    assert (item.state, item.evidence) == ("fail", "no id")


def test_an_item_fails_where_one_of_several_entries_fails_and_names_it() -> None:
    entries: dict[str, dict[str, Any]] = {"a": {"tags": ["x"]}, "b": {}}
    subjects = [Subject(name, "dataset", data, (), NoFiles()) for name, data in entries.items()]
    item = next(one for one in checklist(subjects) if one.item == "Tags are complete")
    assert (item.state, item.evidence) == ("fail", "b: no tags")


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


def test_contributed_text_is_no_markup_and_mentions_nobody() -> None:
    text = review("Hi @team <script> [x](javascript:1) `a` \x1b[31m").to_markdown()
    assert "@team" not in text and "<script" not in text.replace("\\<script", "")
    assert "](javascript" not in text.replace("\\](", "") and "\x1b" not in text


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
