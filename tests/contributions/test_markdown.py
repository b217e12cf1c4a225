"""A review as Markdown: contributed text is no markup, what the reviewer wrote is there, no item is left out."""

from __future__ import annotations

from dataclasses import replace

from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.kept import Answer, Comment, KeptReview
from partner_tui.contributions.markdown import to_markdown
from tests.contributions.test_review import review

LICENSE = Item("Basic information", "The license is an SPDX id", "fail", "no license", ("license",))
CLEAR = Item("Visual", "Covers are clear", "open", "")
BADGES = Item("Visual", "Icon and badges fit", "n/a", "no icon, no badges")


def test_contributed_text_is_no_markup_and_mentions_nobody() -> None:
    text = to_markdown(review("Hi @team <script> [x](javascript:1) `a` \x1b[31m"))
    assert "@team" not in text and "<script" not in text.replace("\\<script", "")
    assert "](javascript" not in text.replace("\\](", "") and "\x1b" not in text


def test_no_item_is_left_out_and_each_says_its_state() -> None:
    kept = KeptReview().answered(CLEAR, Answer("pass", "Good *contrast*."))
    text = to_markdown(review(checklist=(LICENSE, CLEAR, BADGES)), kept)
    assert "- [ ] **fails** The license is an SPDX id: no license\n" in text
    assert "- [x] Covers are clear: Good *contrast*.\n" in text
    assert "- [x] *not applicable* Icon and badges fit: no icon, no badges\n" in text


def test_comments_and_the_verdict_come_first_with_the_address_of_the_page() -> None:
    found = review()
    kept = KeptReview().commented(Comment("entry:fern", "license", "Which one?\nSee our docs.", "ask @me"))
    kept = kept.decided("changes", found.contribution.head)
    text = to_markdown(found, kept, "https://example.org/pull/7")
    assert text.index("https://example.org/pull/7") < text.index("**Verdict: changes requested**")
    assert "- `fern`, `license`: Which one?\n  See our docs.\n\n  > ask @\u200bme\n" in text
    moved = replace(found, contribution=replace(found.contribution, head="e" * 40))
    assert "changes requested, then updated" in to_markdown(moved, kept)
