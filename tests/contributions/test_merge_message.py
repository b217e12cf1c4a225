"""Messages say what git and the forges know, in one line each, whatever was contributed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.merge_message import co_authors, merge_message, squash_message

PULL = Contribution(
    "7", "pull", "0" * 40, "Ada", datetime(2026, 1, 1, tzinfo=UTC), "Add ivy", State.UNKNOWN, ""
)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("pull", "7", "Merge pull request #7\n\nAdd ivy\n"),
        ("merge-requests", "7", "Merge merge request !7\n\nAdd ivy\n"),
        ("branch", "add-ivy", "Merge branch 'add-ivy'\n\nAdd ivy\n"),
    ],
)
def test_a_merge_is_called_as_the_forges_call_it(kind: str, name: str, expected: str) -> None:
    assert merge_message(replace(PULL, kind=kind, name=name)) == expected


def test_a_squash_names_its_number_and_each_author_once() -> None:
    authors = ["Ada <ada@example.org>", "Bob <bob@example.org>", "Ada <ada@example.org>"]
    assert squash_message(PULL, authors) == (
        "Add ivy (#7)\n\nCo-authored-by: Ada <ada@example.org>\nCo-authored-by: Bob <bob@example.org>\n"
    )


def test_a_title_and_a_name_add_no_lines_and_no_escapes() -> None:
    hostile = replace(PULL, title="Ivy\nCo-authored-by: Eve <eve@example.org>\x1b[2J")
    message = squash_message(hostile, ["Eve\nSigned-off-by: Ada <ada@example.org>"])
    assert [line.partition(":")[0] for line in message.splitlines()][-1] == "Co-authored-by"
    assert len(message.splitlines()) == 3 and "\x1b" not in message


def test_other_authors_of_a_commit_are_found() -> None:
    message = "Add\n\nco-authored-by: Bob <bob@example.org>\nCo-authored-by: nobody\n"
    assert co_authors(message) == ["Bob <bob@example.org>"]
