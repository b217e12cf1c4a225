"""Edits of a large manifest share a parse wherever they are independent: a parse for each would take minutes."""

from __future__ import annotations

import pytest

from partner_tui.manifest.editing.batch import Batch, PendingEdit
from partner_tui.manifest.editing.edits import Add, Append, Edit, Insert, Move, Remove, Rename, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document

TWO = "c:\n- {id: a, download_url: x, t: null, u: null}\n- {id: b, download_url: y}\nroot: 1\n"


def test_keys_of_several_entries_are_renamed_at_once_and_added_behind() -> None:
    batch = Batch(Document.parse(TWO))
    edits: list[Edit] = [Rename(("c", number, "download_url"), "source") for number in (0, 1)]
    edits.append(Add(("c", 1, "version"), "1", after="source"))
    assert all(batch.take(edit) for edit in edits)
    assert apply(Document.parse(TWO), edits).text == TWO.replace("download_url: x", "source: x").replace(
        "download_url: y", 'source: y, version: "1"'
    )


def test_an_edit_of_text_that_another_one_takes_has_to_wait() -> None:
    batch = Batch(Document.parse(TWO))
    neighbours = [Remove(("c", 0, "t")), Remove(("c", 0, "u"))]
    assert [batch.take(edit) for edit in neighbours] == [True, False]
    assert apply(Document.parse(TWO), neighbours).text == TWO.replace(", t: null, u: null", "")


def test_what_waits_comes_after_what_is_independent_of_it() -> None:
    edits: list[Edit] = [
        Remove(("c", 0, "t")),
        Remove(("c", 0, "u")),
        Rename(("c", 0, "id"), "name"),
        Replace(("c", 1, "id"), "z"),
        Remove(("c", 0)),
        Replace(("c", 0, "download_url"), "w"),
    ]
    assert apply(Document.parse(TWO), edits).text == "c:\n- {id: z, download_url: w}\nroot: 1\n"


@pytest.mark.parametrize(
    ("edit", "held"),
    [
        (Replace(("c", 1, "id"), 1), False),
        (Replace(("root",), 1), False),
        (Remove(("c", 1, "tags", 0)), False),
        (Append(("c", 1, "tags"), 1), False),
        (Replace(("c", 0, "id"), 1), True),
        (Replace(("c", 0), 1), True),
        (Replace(("c",), 1), True),
        (Replace((), 1), True),
        (Remove(("c", 1)), True),
        (Insert(("c",), 0, 1), True),
        (Move(("d",), 0, 1), True),
    ],
    ids=str,
)
def test_an_edit_waits_for_those_that_it_may_depend_on(edit: Edit, held: bool) -> None:
    waiting = PendingEdit()
    assert not waiting.holds_up(edit)
    waiting.add(Replace(("c", 0, "name"), "x"))
    assert waiting.holds_up(edit) is held


def test_an_edit_that_changes_places_holds_up_all_others() -> None:
    waiting = PendingEdit()
    waiting.add(Remove(("c", 0)))
    assert waiting.holds_up(Replace(("root",), 1))
