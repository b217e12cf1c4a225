"""What a reviewer said is as it was after a start, whatever else the file has; changed fields open their items again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.kept import Answer, Comment, KeptReview, with_answers

LICENSE = Item("Basic information", "The license is an SPDX id", "pass", "MIT", ("license",))
CLEAR = Item("Visual", "Covers are clear", "open", "", ("covers",))
FIRST, SECOND = Comment("entry:a", "license", "Why?", "MIT"), Comment("file:b", "line 3", "Typo.")
REVIEW = (
    KeptReview("a" * 40)
    .commented(FIRST)
    .commented(SECOND)
    .answered(CLEAR, Answer("pass", "fine"))
    .answered(LICENSE, Answer("fail"))
    .decided("changes", "a" * 40, ("b" * 40, "c" * 40))
)


def test_a_review_is_read_as_it_was_written() -> None:
    assert KeptReview.from_json(json.loads(json.dumps(REVIEW.to_json()))) == REVIEW


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"verdict": "love it", "comments": 3, "answers": [{"state": "maybe"}, 1]},
        {"merged": ["--hard", "x"]},
        {"comments": [{"text": ""}, {"place": 1}, "x"], "head": 5},
    ],
)
def test_what_is_not_a_review_is_an_empty_one(data: Any) -> None:
    assert KeptReview.from_json(data).is_empty


def test_the_reviewers_answer_goes_before_what_the_machine_found() -> None:
    license, clear = with_answers((LICENSE, CLEAR), REVIEW)
    assert (license.state, license.evidence, license.by_reviewer) == ("fail", "MIT", True)
    assert (clear.state, clear.remark) == ("pass", "fine")
    assert with_answers((LICENSE,), REVIEW.answered(LICENSE, None)) == (LICENSE,)


def test_changed_fields_open_their_items_again_and_keep_the_remarks() -> None:
    opened = REVIEW.open_again((LICENSE, CLEAR), {"covers", "name"})
    assert opened.answers == {CLEAR.key: Answer("open", "fine"), LICENSE.key: Answer("fail")}
    assert REVIEW.open_again((LICENSE, CLEAR), {"license"}).answers == {CLEAR.key: Answer("pass", "fine")}


def test_comments_are_edited_in_their_place_and_deleted() -> None:
    edited = REVIEW.commented(Comment("entry:a", "license", "Which?"), instead_of=FIRST)
    assert [one.text for one in edited.comments] == ["Which?", "Typo."]
    assert REVIEW.without(FIRST).comments == (SECOND,)


def test_a_verdict_about_an_older_head_says_so() -> None:
    assert REVIEW.verdict_words("a" * 40) == "changes requested"
    assert REVIEW.verdict_words("b" * 40) == "changes requested, then updated"
    assert REVIEW.decided(None, "").verdict_words("a" * 40) == ""
