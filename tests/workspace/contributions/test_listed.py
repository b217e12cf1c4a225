"""The rows that a filter leaves, and their order by each column: on values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.summary import Summary
from partner_tui.ui.contributions.columns import COLUMNS
from partner_tui.workspace.contributions.listed import KEYS, ORDERS, Row, select, sort_rows

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def one(name: str, author: str, days: int, title: str, state: State, kind: str = "pull") -> Contribution:
    return Contribution(name, kind, name * 4, author, NOW - timedelta(days=days), title, state, "")


def forge(name: str, checks: str, *labels: str, is_draft: bool = False) -> PullRequest:
    return PullRequest(name, "", "", "", "open", is_draft, labels, "", "", checks)


A = Row(
    one("9", "Zoe", 3, "beta", State.OPEN),
    Summary(1, 0, 0, 0, 2, 0, "git", types=("model",), touches=("docs",)),
    "approved",
    forge("9", "success", "new model"),
)
B = Row(
    one("10", "adam", 1, "Alpha", State.PROBABLY_OPEN),
    Summary(2, 1, 0, 1, 0, 0, "decision", types=("dataset",), touches=("workflow", "binary")),
    "",
    forge("10", "failure", is_draft=True),
)
C = Row(
    one("fix", "Mo", 9, "gamma", State.UNKNOWN, "branch"),
    Summary(0, 0, 1, 3, 0, 1, "entries"),
    "in review",
)
D = Row(one("2", "Ned", 400, "delta", State.MERGED))
ROWS = (A, B, C, D)
NAMES = {id(row): letter for row, letter in zip(ROWS, "ABCD", strict=True)}


FILTERS = (
    ("", "ABCD"),
    ("state:open", "AB"),
    ("state:", "ABCD"),  # what follows is not typed yet
    ("author:MO state:", "C"),
    ("state:probably", "B"),
    ("state:unknown,merged", "CD"),
    ("-state:open", "CD"),
    ("author:MO", "C"),
    ("type:model,dataset", "AB"),
    ("touches:ci", "B"),
    ("touches:documentation", "A"),
    ("new:error", "BC"),
    ("new:warning", "A"),
    ("label:model", "A"),
    ('label:"new model"', "A"),
    ("checks:fail", "B"),
    ("draft:yes", "B"),
    ("draft:no", "ACD"),
    ("new:errors", "BC"),
    ("new:other", ""),
    ("merges:entries", "C"),
    ("merges:entry", "C"),
    ("merges:cannot", ""),
    ("merges:decision state:open", "B"),
    ("#10", "B"),
    ("#0", ""),
    ("#FIX", "C"),
    ("alpha adam", "B"),
    ("ALPHA", "B"),
    ("fix", "C"),
    ("nobody", ""),
)


def letters(rows: object) -> str:
    assert isinstance(rows, list | tuple)
    return "".join(NAMES[id(row)] for row in rows)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("number", "DABC"),  # as numbers, then the branches
        ("title", "BADC"),
        ("author", "BCDA"),
        ("age", "DCAB"),
        ("entries", "BACD"),  # what is not reviewed is last
        ("findings", "CBAD"),
        ("touches", "BACD"),
        ("merges", "ACBD"),
        ("forge", "BACD"),  # what fails first
        ("verdict", "ACBD"),
        ("", "ABCD"),
    ],
)
def test_each_column_sorts(column: str, expected: str) -> None:
    assert letters(sort_rows(ROWS, column, reverse=False)) == expected
    if key := ORDERS.get(column):
        ranks = [key(row) for row in sort_rows(ROWS, column, reverse=True)]
        assert ranks == sorted(ranks, reverse=True)


def test_every_column_of_the_list_can_be_sorted_by() -> None:
    assert {column.key for column in COLUMNS} == set(ORDERS)


@pytest.mark.parametrize(("line", "expected"), FILTERS)
def test_each_filter_leaves_what_fits(line: str, expected: str) -> None:
    rows, problem = select(ROWS, line)
    assert (letters(rows), problem) == (expected, "")


def test_every_filter_is_tested_above() -> None:
    assert {key for key in KEYS if any(f"{key}:" in line for line, _ in FILTERS)} == set(KEYS)


def test_an_unknown_filter_is_said_and_leaves_all() -> None:
    rows, problem = select(ROWS, "stat:open")
    assert letters(rows) == "ABCD" and problem.startswith("“stat:” is not a filter. Filters: state,")


def test_what_becomes_known_does_not_change_what_a_row_is_found_by() -> None:
    assert replace(A, summary=None, verdict="declined").key == A.key
