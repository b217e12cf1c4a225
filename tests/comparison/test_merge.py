"""Two descendants of a manifest merge by path: what both changed to different values is a conflict, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.merge import Merge, Version, merge, read_version
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.line_merge import merge_lines

BASE = """\
format_version: 0.2.2
config:
  id: meadow
  splash_title: Meadow   # shown large
  tags: [a]
collection:
  - id: one
    name: The first
    license: MIT
  # kept for the paper
  - id: two
    name: The second
"""
NEW_ENTRY = "  - id: two\n    name: The second\n  - id: three\n    name: Third\n"
SECOND = "  # kept for the paper\n  - id: two\n    name: The second\n"


def replaced(*replacements: tuple[str, str], text: str = BASE) -> str:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def versions(base: str | None, ours: str, theirs: str) -> tuple[Version, Version, Version]:
    read = [read_version(None if text is None else text.encode(), "x") for text in (base, ours, theirs)]
    return read[0], read[1], read[2]


def made_of(base: str, ours: str, theirs: str, choices: Mapping[str, Side] | None = None) -> Merge:
    contents = [text.encode() for text in (base, ours, theirs)]
    return merge(*versions(base, ours, theirs), choices=choices, lines=merge_lines(*contents))


def merged(base: str, ours: str, theirs: str, choices: Mapping[str, Side] | None = None) -> str:
    made = made_of(base, ours, theirs, choices)
    assert not made.conflicts and not made.problems
    assert made.content is not None
    return made.content.decode()


def data(text: str) -> Any:
    return Document.parse(text).data


def flow(member: str, ours: str, theirs: str, base: str = "") -> tuple[str, str, str]:
    """Three one-line manifests that git cannot merge."""
    return tuple(f"config: {{id: x, {member}: {value}}}\n" for value in (base, ours, theirs))  # type: ignore[return-value]


MERGES = {
    "nothing": ((), (), ()),
    "ours alone": ((("Meadow ", "Wood "),), (), (("Meadow ", "Wood "),)),
    "theirs alone": ((), (("MIT", "BSD-3-Clause"),), (("MIT", "BSD-3-Clause"),)),
    "the same on both sides": ((("MIT", "ISC"),), (("MIT", "ISC"),), (("MIT", "ISC"),)),
    "two fields of one entry": (
        (("The first", "First"),),
        (("MIT", "ISC"),),
        (("The first", "First"), ("MIT", "ISC")),
    ),
    "a comment of ours": (
        (("# shown large", "# shown on top"),),
        (("MIT", "ISC"),),
        (("# shown large", "# shown on top"), ("MIT", "ISC")),
    ),
    "an entry of ours, a field of theirs": (
        (("  - id: two\n    name: The second\n", NEW_ENTRY),),
        (("MIT", "ISC"),),
        (("  - id: two\n    name: The second\n", NEW_ENTRY), ("MIT", "ISC")),
    ),
    "an entry of ours removed": (
        (("  # kept for the paper\n  - id: two\n    name: The second\n", ""),),
        (("Meadow ", "Wood "),),
        (("  # kept for the paper\n  - id: two\n    name: The second\n", ""), ("Meadow ", "Wood ")),
    ),
}


@pytest.mark.parametrize("name", MERGES)
def test_both_sides_are_kept_when_they_do_not_touch_the_same_field(name: str) -> None:
    ours, theirs, expected = MERGES[name]
    assert merged(BASE, replaced(*ours), replaced(*theirs)) == replaced(*expected)


def test_fields_next_to_each_other_merge_although_their_lines_conflict() -> None:
    both = "name: The first\n    license: MIT"
    ours, theirs = (both, both.replace("The f", "F")), (both, both.replace("MIT", "ISC\n    version: 1"))
    assert merged(BASE, replaced(ours), replaced(theirs)) == replaced(
        (both, "name: First\n    license: ISC\n    version: 1")
    )


def test_a_field_changed_on_both_sides_is_a_conflict_until_it_is_decided() -> None:
    ours, theirs = replaced(("MIT", "ISC")), replaced(("MIT", "Apache-2.0"))
    made = made_of(BASE, ours, theirs)
    assert made.content is None
    assert made.conflicts == (
        Conflict(
            "collection[one].license",
            ("collection", "one", "license"),
            "one: license",
            "MIT",
            "ISC",
            "Apache-2.0",
        ),
    )
    assert merged(BASE, ours, theirs, {"collection[one].license": "ours"}) == ours
    assert merged(BASE, ours, theirs, {"collection[one].license": "theirs"}) == theirs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("{name: Ann, affiliation: EMBL}", "{name: Ben, affiliation: EMBL}"),
        ("Train a model on your own data", "Train models on your own data"),
        ("10.1/a", "10.1/b"),
    ],
)
def test_what_both_sides_added_to_a_list_both_stands_however_alike(ours: str, theirs: str) -> None:
    base = "config:\n  id: x\n  list:\n"
    made = merged(base, f"{base}  - {ours}\n", f"{base}  - {theirs}\n")
    assert made == f"{base}  - {theirs}\n  - {ours}\n"


def test_an_entry_that_one_side_removed_and_the_other_edited_is_a_conflict_that_keeps_both() -> None:
    removed, edited = replaced((SECOND, "")), replaced(("The second", "Second"))
    (conflict,) = made_of(BASE, removed, edited).conflicts
    assert conflict.ours is ABSENT and conflict.theirs == {"id": "two", "name": "Second"}
    (turned,) = made_of(BASE, edited, removed).conflicts
    assert turned.theirs is ABSENT and turned.ours == {"id": "two", "name": "Second"}
    assert merged(BASE, removed, edited, {conflict.key: "theirs"}) == edited
    gone = data(merged(BASE, removed, edited, {conflict.key: "ours"}))
    assert [entry["id"] for entry in gone["collection"]] == ["one"]
    kept = data(merged(BASE, edited, removed, {conflict.key: "ours"}))
    assert [entry.get("name") for entry in kept["collection"]] == ["The first", "Second"]


def test_edits_find_their_entry_although_theirs_has_it_at_another_place() -> None:
    moved = replaced(("collection:\n", "collection:\n  - id: zero\n    name: Before all\n"), ("MIT", "ISC"))
    found = data(merged(BASE, replaced(("The second", "Second"), ("Meadow ", "Wood ")), moved))
    assert [entry["name"] for entry in found["collection"]] == ["Before all", "The first", "Second"]


def test_a_change_meets_its_renamed_entry() -> None:
    ours = replaced(("id: two", "id: second"))
    theirs = replaced(("name: The second", "name: The second\n    license: MIT"))
    for sides in ((ours, theirs), (theirs, ours)):
        assert data(merged(BASE, *sides))["collection"][1] == {
            "id": "second",
            "name": "The second",
            "license": "MIT",
        }


def test_an_entry_renamed_twice_is_a_conflict_of_its_id_alone() -> None:
    made = made_of(BASE, replaced(("id: two", "id: second")), replaced(("id: two", "id: zwei")))
    assert [(one.key, one.ours, one.theirs) for one in made.conflicts] == [
        ("collection[two].id", "second", "zwei")
    ]


def test_entries_added_at_one_place_are_both_kept() -> None:
    ours, theirs = (BASE + f"  - id: {id}  # {id}\n    name: N\n" for id in ("ours", "theirs"))
    made = merged(BASE, ours, theirs)
    assert [entry["id"] for entry in data(made)["collection"]] == ["one", "two", "theirs", "ours"]
    assert "id: theirs  # theirs" in made and made.startswith(BASE)


def test_an_entry_that_both_added_is_there_once_and_only_what_differs_is_a_conflict() -> None:
    ours, theirs = (BASE + f"  - id: new\n    name: N\n    license: {one}\n" for one in ("MIT", "ISC"))
    assert merged(BASE, ours, ours) == ours
    (conflict,) = made_of(BASE, ours, theirs).conflicts
    assert (conflict.key, conflict.base) == ("collection[new].license", ABSENT)
    first = BASE.replace("collection:\n", "collection:\n  - id: new\n    name: N\n    license: MIT\n")
    both = data(merged(BASE, first, ours))["collection"]
    assert [entry["id"] for entry in both].count("new") == 1  # for git, there were two


def test_entries_that_both_moved_are_where_each_side_moved_them() -> None:
    text = "collection:\n" + "".join(f"- id: {id}\n  name: {id}\n" for id in "abcdef")

    def order(ids: str) -> str:
        return "collection:\n" + "".join(f"- id: {id}\n  name: {id}\n" for id in ids)

    made = data(merged(text, order("bcadef"), order("abcefd")))
    assert [entry["id"] for entry in made["collection"]] == list("bcaefd")


def test_an_edit_follows_its_entry_when_the_other_side_makes_groups_a_collection() -> None:
    base = "model:\n- id: a\n  name: A\ndataset:\n- id: b\n  name: B\n"
    theirs = "collection:\n- id: a\n  type: model\n  name: A\n- id: b\n  type: dataset\n  name: B\n"
    made = data(merged(base, base.replace("name: A", "name: A!").replace("name: B", "name: B!"), theirs))
    assert made == {
        "collection": [
            {"id": "a", "type": "model", "name": "A!"},
            {"id": "b", "type": "dataset", "name": "B!"},
        ]
    }


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("[a, b]", "[a, b, c]", "[a, b, d]", ["a", "b", "d", "c"]),
        ("[a, b]", "[a]", "[b]", []),
        ("[a, b, c]", "[a, c]", "[a, b, c, d]", ["a", "c", "d"]),
        ("[a]", "[b]", "[c]", ["c", "b"]),
        ("[a, 1]", "[a, 1, 2]", "[1]", [1, 2]),
        ("", "[a]", "[b]", ["b", "a"]),
        ("[a, b]", "[b, a]", "[a, b, c]", ["b", "a", "c"]),
        ("[a, b]", "[a, a, b]", "[a, b, c]", ["a", "a", "b", "c"]),
        ("{a: 1}", "{a: 1, b: 2}", "{c: 3}", {"b": 2, "c": 3}),
        ("{a: {b: 1, c: 2}}", "{a: {b: 3, c: 2}}", "{a: {b: 1, c: 4}}", {"a": {"b": 3, "c": 4}}),
        ("[{doi: x, text: A}]", "[{doi: x, text: B}]", "[{doi: x, text: A}, {doi: y}]", [{"doi": "x", "text": "B"}, {"doi": "y"}]),
        ("[{name: A}]", "[{name: A, orcid: 1}]", "[{name: A, email: e}]", [{"name": "A", "orcid": 1, "email": "e"}]),
        ("[{name: A}]", "[]", "[{name: A}, {name: B}]", [{"name": "B"}]),
        ("[Reads a file, b]", "[Reads any file, b]", "[Reads a file, b, c]", ["Reads any file", "b", "c"]),
    ],
)  # fmt: skip
def test_lists_merge_by_member_and_mappings_by_key(base: str, ours: str, theirs: str, expected: Any) -> None:
    assert data(merged(*flow("links", ours, theirs, base)))["config"]["links"] == expected


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "keys"),
    [
        ("a", "b", "c", ["config.links"]),
        ("[1, 2]", "[1, 3]", "[1, 4]", ["config.links"]),  # a shape
        ("[a]", "a", "[a, b]", ["config.links"]),
        ("{a: 1}", "{a: 2}", "{a: 3}", ["config.links.a"]),
        ("{a: 1}", "{}", "{a: 3}", ["config.links.a"]),
        ("[{doi: x, text: A}]", "[{doi: x, text: B}]", "[{doi: x, text: C}]", ["config.links[x].text"]),
        ("[{doi: x, text: A}]", "[]", "[{doi: x, text: C}]", ["config.links[x]"]),
        ("[Reads a file]", "[Reads any file]", "[Reads one file]", ["config.links[Reads a file]"]),
        ("[Reads a file]", "[]", "[Reads one file]", ["config.links[Reads a file]"]),
        ('"__absent__"', "b", "c", ["config.links"]),
        ("", "[{name: A, url: a}]", "[{name: A, url: b}]", ["config.links[A].url"]),
    ],
)
def test_a_value_that_both_changed_is_named_and_each_choice_gives_that_side(
    base: str, ours: str, theirs: str, keys: list[str]
) -> None:
    texts = flow("links", ours, theirs, base)
    made = made_of(*texts)
    assert [one.key for one in made.conflicts] == keys
    sides: tuple[tuple[Side, str], ...] = (("ours", texts[1]), ("theirs", texts[2]))
    for side, text in sides:
        chosen = data(merged(*texts, dict.fromkeys(keys, side)))["config"]["links"]
        assert chosen == data(text)["config"]["links"]


EMPTY, FILLED = "config:\n", "config:\n  splash_title: Ours\n"
ENTRIES, RENAMED = "collection:\n- id: a\n", "collection:\n- id: b\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "config"),
    [
        (EMPTY, FILLED, EMPTY, {"splash_title": "Ours"}),
        ("", FILLED, "", {"splash_title": "Ours"}),
        ("", FILLED, EMPTY, {"splash_title": "Ours"}),
        ("", FILLED, "config: {id: x}\n", {"id": "x", "splash_title": "Ours"}),
        ("config: text\n", FILLED, "config: text\n", {"splash_title": "Ours"}),
        (FILLED, EMPTY, FILLED, None),
    ],
)
def test_a_config_that_was_empty_is_filled_on_top_of_theirs(
    base: str, ours: str, theirs: str, config: dict[str, str] | None
) -> None:
    found = data(merged(base + ENTRIES, ours + ENTRIES, theirs + RENAMED))
    assert found == {"config": config, "collection": [{"id": "b"}]}


# Texts


def test_comments_of_both_sides_stay_where_git_alone_conflicts() -> None:
    ours = replaced(("shown large", "shown on top"), ("The first", "First"))
    theirs = replaced(("license: MIT", "license: ISC"), ("# kept for the paper", "# kept for both papers"))
    assert merged(BASE, ours, theirs) == replaced(
        ("shown large", "shown on top"),
        ("The first", "First"),
        ("license: MIT", "license: ISC"),
        ("# kept for the paper", "# kept for both papers"),
    )


def test_a_comment_behind_a_value_comes_with_it_or_is_named() -> None:
    ours = replaced(("name: The first\n", "name: First\n"))
    theirs = replaced(("license: MIT\n", "license: ISC  # as asked\n"))
    assert merged(BASE, ours, theirs) == replaced(
        ("name: The first\n", "name: First\n"), ("license: MIT\n", "license: ISC  # as asked\n")
    )
    base = replaced(("The first", "The first # a"), ("MIT", "MIT # b"))
    ours = replaced(("The first", "First # ours"), ("MIT", "MIT # b"))
    made = made_of(base, ours, replaced(("The first", "The first # a"), ("MIT", "ISC # theirs")))
    assert made.content is not None and data(made.content.decode())["collection"][0]["license"] == "ISC"
    assert all(comment in made.content.decode() or comment in made.lost for comment in ("# ours", "# theirs"))


def test_comments_are_kept_by_whichever_text_has_them_and_those_without_a_place_are_named() -> None:
    mit = "    license: MIT\n"
    ours = replaced((mit, "    # ours\n    license: ISC\n"))
    theirs = replaced((mit, "    license: MIT\n    version: 1\n"))
    assert "# ours" in merged(BASE, ours, theirs)
    both = replaced((mit, "    # theirs\n    license: MIT\n    version: 1\n"))
    made = made_of(BASE, ours, both)
    assert made.content is not None and "# theirs" in made.content.decode()
    assert made.lost == ("# ours",)


def test_what_git_merges_inside_a_text_is_no_conflict() -> None:
    text = "config:\n  about: |\n" + "".join(f"    line {number}\n" for number in range(9))
    ours, theirs = text.replace("line 0", "first"), text.replace("line 8", "last")
    made = made_of(text, ours, theirs)
    assert made.content == ours.replace("line 8", "last").encode() and made.by == "lines"


def test_what_git_merges_into_another_list_or_order_stays_as_git_has_it() -> None:
    entries = "".join(f"- id: {id}\n  type: dataset\n  name: {id}\n  license: MIT\n" for id in "abcdef")
    added = "- id: new\n  type: dataset\n  name: N\n"
    base = "name: N\ncollection:\n" + entries
    made = made_of(base, base + added, base.replace("collection:", "dataset:"))
    assert made == Merge(("name: N\ndataset:\n" + entries + added).encode())


def test_what_git_merges_to_other_data_is_merged_by_path() -> None:
    added = "  - id: new\n    name: N\n"
    ours = BASE.replace("collection:\n", f"collection:\n{added}")
    made = made_of(BASE, ours, BASE + added)
    assert made.by == "path" and made.content is not None
    assert [entry["id"] for entry in data(made.content.decode())["collection"]] == ["one", "two", "new"]


def test_without_git_at_hand_edits_are_spliced_into_theirs() -> None:
    ours, theirs = replaced(("MIT", "ISC")), replaced(("The first", "First  # new"))
    made = merge(*versions(BASE, ours, theirs))
    assert made.content == replaced(("MIT", "ISC"), ("The first", "First  # new")).encode()


# Sides that cannot be merged by path


@pytest.mark.parametrize("side", ["ours", "theirs"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, "missing"),
        (BASE.replace("id: one", "id: one: 1").encode(), "unreadable"),
        (b"\xff\xfe", "unreadable"),
        ((BASE + "    name: Again\n").encode(), "duplicates"),
    ],
)
def test_a_side_that_cannot_be_merged_is_named(side: str, content: bytes | None, kind: str) -> None:
    other = read_version(replaced(("MIT", "ISC")).encode(), "x")
    read = read_version(content, "x")
    ours, theirs = (read, other) if side == "ours" else (other, read)
    made = merge(Document.parse(BASE), ours, theirs)
    assert made.content is None
    assert [(one.version, one.kind) for one in made.problems] == [(side, kind)]


def test_a_side_that_cannot_be_read_is_merged_where_git_merges_its_lines_and_is_named() -> None:
    broken = BASE.replace("id: two", "id: two: 2")
    made = made_of(BASE, replaced(("Meadow ", "Wood ")), broken)
    assert made.content == broken.replace("Meadow ", "Wood ").encode()
    assert [(one.version, one.kind) for one in made.problems] == [("theirs", "unreadable")]


def test_a_duplicate_key_that_nobody_touched_is_in_nobodys_way() -> None:
    base = BASE + "    name: Again\n"
    both = "name: The first\n    license: MIT"
    ours, theirs = (
        base.replace(both, both.replace("The f", "F")),
        base.replace(both, both.replace("MIT", "ISC")),
    )
    assert merged(base, ours, theirs) == base.replace(both, "name: First\n    license: ISC")


def test_a_file_that_both_added_is_merged_without_a_base() -> None:
    texts = "config: {id: x}\n", "config: {id: x, name: N}\ncollection: []\n"
    made = merge(*versions(None, *texts))
    assert made.content == texts[1].encode()
