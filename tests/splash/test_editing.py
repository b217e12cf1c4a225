"""What was typed is undone edit by edit, kept as a draft, and never saved over another's change unasked."""

from __future__ import annotations

from typing import Any

from partner_tui.splash.editing import SplashEditing

CONFIG = {"id": "meadow", "name": "Meadow", "tags": ["a"]}
OUTSIDE = {**CONFIG, "name": "Field"}
THEN = "2026-11-01T09:30"


def edited(**fields: Any) -> SplashEditing:
    """A form of `CONFIG` with these edits."""
    editing = SplashEditing()
    editing.load(CONFIG)
    for key, value in fields.items():
        editing.edit(key, value)
    return editing


def offered(editing: SplashEditing) -> str:
    """What is to be decided first; empty for nothing."""
    return editing.offer.words if editing.offer else ""


def test_what_changed_on_both_sides_is_asked_about_until_it_is_decided() -> None:
    editing = edited(name="Wood", tags=["b"])
    for _ in range(2):  # the file is read again whenever anything in the clone changes
        editing.load(OUTSIDE)
        assert offered(editing) == "Changed in the manifest, too: name"
    editing.answer(True)
    assert (editing.offer, editing.state["name"]) == (None, "Wood")


def test_the_manifests_value_is_taken_for_the_field_in_question_alone_and_can_be_undone() -> None:
    editing = edited(name="Wood", tags=["b"])
    editing.load(OUTSIDE)
    editing.answer(False)
    assert (editing.offer, editing.state["name"], editing.state["tags"]) == (None, "Field", ["b"])
    assert editing.undo() and editing.state["name"] == "Wood"


def test_a_field_that_is_set_to_the_manifests_value_is_in_question_no_more() -> None:
    editing = edited(name="Wood")
    editing.load(OUTSIDE)
    editing.edit("name", "Field")
    editing.load(OUTSIDE)
    assert editing.offer is None


def test_keys_typed_in_one_field_are_one_edit() -> None:
    editing = edited(name="W")
    editing.edit("name", "Wo")
    editing.edit("tags", ["b"])
    editing.edit("name", "Woo")
    editing.leave_field()
    editing.edit("name", "Wood")
    seen = [(editing.state["name"], editing.state["tags"])]
    while editing.undo():
        seen.append((editing.state["name"], editing.state["tags"]))
    assert seen == [
        ("Wood", ["b"]),
        ("Woo", ["b"]),
        ("Wo", ["b"]),
        ("Wo", ["a"]),
        ("Meadow", ["a"]),
    ]
    while editing.redo():
        pass
    assert editing.state["name"] == "Wood"


def test_after_an_undo_another_edit_ends_what_could_be_redone() -> None:
    editing = edited(name="Wood")
    editing.revert()
    assert editing.words == "" and editing.undo() and editing.words == "name"
    editing.edit("tags", ["b"])
    assert not editing.redo()


def test_a_draft_is_offered_with_the_day_on_which_it_was_typed() -> None:
    draft = edited(name="Wood").to_draft(THEN)
    editing = edited()
    assert editing.offer_draft(draft)
    assert offered(editing) == "Unsaved draft from 2026-11-01 09:30: name"
    later = editing.to_draft("2026-11-09T10:00")
    assert later is not None and later["kept"] == THEN, "nothing was typed since"
    editing.answer(True)
    assert (editing.offer, editing.state["name"]) == (None, "Wood")
    later = editing.to_draft("2026-11-09T10:00")
    assert later is not None and later["kept"] == "2026-11-09T10:00"


def test_a_draft_that_is_not_answered_is_kept_below_what_is_typed_meanwhile() -> None:
    editing = edited()
    editing.offer_draft(edited(name="Wood", tags=["b"]).to_draft(THEN))
    editing.edit("tags", ["c"])
    kept = editing.to_draft(THEN)
    assert kept is not None and kept["edited"] == {"name": "Wood", "tags": ["c"]}
    editing.answer(True)
    assert editing.state.edited == {"name": "Wood", "tags": ["c"]}


def test_a_draft_whose_fields_changed_since_is_asked_about_field_by_field() -> None:
    editing = SplashEditing()
    editing.load(OUTSIDE)
    editing.offer_draft(edited(name="Wood").to_draft(THEN))
    editing.answer(True)
    assert offered(editing) == "Changed in the manifest, too: name"


def test_a_discarded_draft_and_one_with_nothing_new_are_gone() -> None:
    editing = edited()
    assert editing.offer_draft(edited(name="Wood").to_draft(THEN))
    editing.answer(False)
    assert (editing.offer, editing.to_draft(THEN)) == (None, None)
    assert not editing.offer_draft({"schema": 1, "base": {}, "edited": {"name": "Meadow"}})
    assert not editing.offer_draft("torn")


def test_what_was_saved_is_not_undone_in_the_form() -> None:
    editing = edited(name="Wood")
    editing.saved()
    assert not editing.undo()


def test_the_errors_of_edited_fields_alone_stop_a_save() -> None:
    assert edited(name="Wood").error_summaries == ()
    (flaw,) = edited(docs="www.example.org").error_summaries
    assert flaw.startswith("✗ ") and "must start with https://" in flaw


def test_a_step_is_named_by_its_fields_or_by_their_number() -> None:
    assert edited(name="Wood", tags=["b"]).title == "name, tags"
    assert edited(name="W", tags=["b"], docs="https://a.org", version="1").title == "4 fields"
