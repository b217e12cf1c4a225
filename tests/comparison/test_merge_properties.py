"""Of any two descendants of any manifest, a merge takes each field from the side that changed it, and loses none."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.merge import Merge, merge
from partner_tui.comparison.three_way import Side
from partner_tui.manifest.editing.edits import Add, Append, Edit, Insert, Move, Remove, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same
from partner_tui.repository.commits.line_merge import merge_lines

Data = dict[str, Any]
GROUPS = ("collection", "model", "dataset")
VALUES = st.sampled_from(["A", "B", ["x", "y"], {"k": 1}, 3])
CONFIGS = st.dictionaries(st.sampled_from(["id", "splash_title", "tags", "docs"]), VALUES) | st.none()
FIELDS = st.dictionaries(st.sampled_from(["authors", "license", "tags"]), VALUES)
LISTS = st.dictionaries(st.sampled_from("abcdef"), FIELDS, max_size=4) | st.none()


def entry(group: str, id: str, fields: Data) -> Data:
    """An entry that is not taken for another one under another name."""
    return {"id": id, **dict.fromkeys(("name", "source", "cover"), f"{group}-{id}"), **fields}


@st.composite
def manifests(draw: st.DrawFn) -> Data:
    found: Data = {"format_version": draw(st.sampled_from(["0.2.2", "0.3.0"]))}
    if draw(st.booleans()):
        found["config"] = draw(CONFIGS)
    for group in draw(st.sets(st.sampled_from(GROUPS))):
        members = draw(LISTS)
        found[group] = None if members is None else [entry(group, id, members[id]) for id in members]
    return found


@st.composite
def descendants(draw: st.DrawFn, base: Data) -> Data:
    """The manifest after some edits: of the config, of the fields of an entry, of which entries there are."""
    found = copy.deepcopy(base)
    for _ in range(draw(st.integers(0, 3))):
        where = draw(st.sampled_from(["config", *GROUPS]))
        if where == "config":
            config = found["config"] = found.get("config") or {}
            key, value = draw(st.sampled_from(["id", "splash_title", "about_url"])), draw(VALUES | st.none())
            config.pop(key, None)
            if value is not None:
                config[key] = value
            continue
        members = found[where] = found.get(where) or []
        id, fields = draw(st.sampled_from("abcuvw")), draw(FIELDS | st.none())
        kept = [member for member in members if member["id"] != id]
        found[where] = kept if fields is None else [*kept, entry(where, id, fields)]
    return found


def scattered(manifest: Data) -> dict[Any, Any]:
    """Every field by where it stands, an entry by its group and id."""
    found: dict[Any, Any] = {}
    for name, value in manifest.items():
        if name in GROUPS:
            for entry in value or ():
                found |= {(name, entry["id"], field): one for field, one in entry.items()}
        elif name == "config":
            found |= {(name, field): one for field, one in (value or {}).items()}
        else:
            found[name] = value
    return found


def parsed(data: Data) -> Document:
    apart = json.loads(json.dumps(data))  # a value that stands twice would be written as an alias
    return Document.parse(yaml.safe_dump(apart, sort_keys=False))


by_git = lru_cache(1)(merge_lines)
"""Git merges once what is then decided one way and the other."""


def made_of(
    base: Document, ours: Document, theirs: Document, choices: Mapping[str, Side] | None = None
) -> Merge:
    return merge(base, ours, theirs, choices, lines=by_git(base.encode(), ours.encode(), theirs.encode()))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=40)
def test_each_field_is_from_the_side_that_changed_it(data: st.DataObject) -> None:
    base = data.draw(manifests())
    ours, theirs = data.draw(descendants(base)), data.draw(descendants(base))
    made = made_of(parsed(base), parsed(ours), parsed(theirs))
    sides = [scattered(side) for side in (base, ours, theirs)]
    both = {
        place
        for place in set().union(*sides)
        if len({json.dumps(side.get(place), sort_keys=True) for side in sides}) == 3
    }
    if made.content is None:
        assert made.conflicts
        return
    result = scattered(Document.decode(made.content).data)
    for place in set().union(*sides, result) - both:
        before, mine, other = (side.get(place, ABSENT) for side in sides)
        assert result.get(place, ABSENT) == (other if mine == before else mine), place


# Edits of different things, on a text with a comment in every line

Edits = Callable[[Document], list[Edit]]
IDS = [f"entry-{letter}" for letter in "abcdef"]


def text_of(fields: int) -> str:
    """A manifest each line of which is there once."""
    lines = [
        "# the partner",
        "config:  # c0",
        "  id: meadow",
        "  splash_title: 'Meadow'  # quoted",
        "  docs: >-",
        "    folded,",
        "    twice",
    ]
    lines += ["  tags: [flow, style]  # c1", "", "collection:  # all of them"]
    for id in IDS:
        lines += [f"  - id: {id}", f'    name: "The {id}"  # as on the site']
        lines += [f"    field{number}: {id} {number}  # {id}" for number in range(fields)]
        lines += [
            f"    tags:  # of {id}",
            f"      - x-{id}",
            f"      - y-{id}  # why",
            f"      - stays-{id}",
            f"    # those of {id}",
            "    authors:",
        ]
        lines += [f"      - name: Ann of {id}", f"      - {{name: Bob of {id}, orcid: 0-{id}}}", ""]
    return "\n".join(lines)


def entry_at(document: Document, id: str) -> Path:
    return (
        "collection",
        next(n for n, one in enumerate(document.data["collection"]) if one["name"] == f"The {id}"),
    )


def of_entry(id: str, make: Callable[[Path], Edit]) -> Edits:
    return lambda document: [make(entry_at(document, id))]


def without(id: str) -> Edits:
    return of_entry(id, Remove)


def tag_less(id: str, tag: str) -> Edits:
    def edits(document: Document) -> list[Edit]:
        path = (*entry_at(document, id), "tags")
        tags = document.data["collection"][path[1]]["tags"]
        return [Remove((*path, tags.index(tag)))]

    return edits


def field_replaced(field: str, value: str = "new") -> Callable[[Path], Edit]:
    return lambda path: Replace((*path, field), value)


def new_one_after(id: str) -> Edits:
    new = {"id": f"new-{id}", "name": f"New {id}"}
    return lambda document: [Insert(("collection",), int(entry_at(document, id)[1]) + 1, new)]


def moved_last(id: str) -> Edits:
    return lambda document: [
        Move(("collection",), int(entry_at(document, id)[1]), len(document.data["collection"]) - 1)
    ]


def acts(fields: int) -> dict[tuple[str, str], Edits]:
    """Edits by what they touch: the entry, and what of it."""
    found: dict[tuple[str, str], Edits] = {
        ("config", "splash_title"): lambda document: [Replace(("config", "splash_title"), "Wood")],
        ("config", "docs"): lambda document: [Remove(("config", "docs"))],
        ("config", "icon"): lambda document: [Add(("config", "icon"), "x.png")],
        ("config", "tags"): lambda document: [Append(("config", "tags"), "third")],
        ("root", "version"): lambda document: [Add(("version",), "1.0")],
    }
    for id in IDS:
        for number in range(fields):
            found[id, f"field{number}"] = of_entry(id, field_replaced(f"field{number}"))
        found |= {
            (id, "all"): without(id),
            (id, "id"): of_entry(id, field_replaced("id", f"renamed-{id}")),
            (id, "license"): of_entry(id, lambda path: Add((*path, "license"), "MIT")),
            (id, "+z"): of_entry(id, lambda path: Append((*path, "tags"), "z")),
            (id, "+w"): of_entry(id, lambda path: Append((*path, "tags"), "w")),
            (id, "-x"): tag_less(id, f"x-{id}"),
            (id, "-y"): tag_less(id, f"y-{id}"),
            (id, "Ann"): of_entry(id, lambda path: Add((*path, "authors", 0, "orcid"), "1")),
            (id, "Bob"): of_entry(id, lambda path: Replace((*path, "authors", 1, "orcid"), "2")),
            (id, "place"): moved_last(id),
            (id, "after"): new_one_after(id),
        }
    return found


def unordered(data: Any) -> Any:
    """The data with what has no order in order."""
    found = copy.deepcopy(data)
    found["config"]["tags"].sort()
    for entry in found["collection"]:
        entry.get("tags", []).sort()
    found["collection"].sort(key=lambda entry: str(entry["name"]))
    return found


@pytest.mark.slow
@given(st.data())
@settings(max_examples=80)
def test_edits_of_different_things_are_both_done_and_no_other_line_changes(data: st.DataObject) -> None:
    fields = data.draw(st.integers(1, 2))
    base, known = Document.parse(text_of(fields)), acts(fields)
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=12))
    gone = {id for id, what in chosen if what == "all"}
    chosen = [act for act in chosen if act[0] not in gone or act[1] == "all"]
    sides = [base, base]
    both = base
    for act in chosen:
        side = data.draw(st.integers(0, 1))
        sides[side] = apply(sides[side], known[act](sides[side]))
        both = apply(both, known[act](both))
    made = made_of(base, sides[0], sides[1])
    assert not made.conflicts and not made.problems and made.content is not None
    result = Document.decode(made.content)
    assert unordered(result.data) == unordered(both.data)
    moved = {f"The {id}" for id, what in chosen if what == "place"}
    names = [f"The {id}" for id in IDS if id not in gone and f"The {id}" not in moved]
    assert [one["name"] for one in result.data["collection"] if one["name"] in names] == names
    lines = [Counter(one.text.splitlines()) for one in (base, *sides, result)]
    kept = [line for line, count in lines[0].items() if count == 1 and lines[1][line] == lines[2][line] == 1]
    assert [line for line in kept if lines[3][line] != 1] == []


@pytest.mark.slow
@given(st.data())
@settings(max_examples=40)
def test_edits_of_one_thing_conflict_and_both_values_are_told(data: st.DataObject) -> None:
    base = Document.parse(text_of(2))
    chosen = data.draw(
        st.sets(
            st.tuples(st.sampled_from(IDS), st.sampled_from(["field0", "field1", "name", "id"])),
            min_size=1,
            max_size=5,
        )
    )
    sides = []
    for side in ("ours", "theirs"):
        document = base
        for id, field in sorted(chosen):
            path = ("collection", IDS.index(id), field)
            document = apply(document, [Replace(path, f"{side} {id}")])
        sides.append(document)
    made = made_of(base, sides[0], sides[1])
    assert {(one.ours, one.theirs) for one in made.conflicts} == {
        (f"ours {id}", f"theirs {id}") for id, _ in chosen
    }
    assert len(made.conflicts) == len({one.key for one in made.conflicts}) == len(chosen)
    for side, document in zip(get_args(Side), sides, strict=True):
        choices = dict.fromkeys((one.key for one in made.conflicts), side)
        decided = made_of(base, sides[0], sides[1], choices)
        assert decided.content is not None
        assert Document.decode(decided.content).data == document.data


# Whatever the data

NAMES = st.sampled_from(["id", "name", "a", "b", "collection", "model", "config", "tags", 1, None])
SCALARS = st.sampled_from(["x", "y", "a long text", "a long story", 1, 2, None, True, 1.5, ""])
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=15,
)
MEMBERS = st.lists(
    st.dictionaries(st.sampled_from(["id", "name", "source", "tags"]), ANY, max_size=4) | ANY, max_size=4
)
ROOTS = (
    st.fixed_dictionaries(
        {},
        optional={
            "collection": MEMBERS | ANY,
            "model": MEMBERS,
            "config": ANY,
            "attachments": st.dictionaries(st.sampled_from(["models", "files"]), MEMBERS),
        },
    )
    | ANY
)


@st.composite
def edited(draw: st.DrawFn, value: Any) -> Any:
    """The data after an edit somewhere in it."""
    what = draw(st.sampled_from(["inside", "inside", "inside", "gone", "new", "moved"]))
    if isinstance(value, dict) and value:
        key = draw(st.sampled_from(sorted(value, key=repr)))
        if what == "gone":
            return {name: one for name, one in value.items() if name != key}
        return value | ({key: draw(edited(value[key]))} if what == "inside" else {draw(NAMES): draw(ANY)})
    if isinstance(value, list) and value:
        at = draw(st.integers(0, len(value) - 1))
        changed = (
            {"gone": [], "new": [draw(ANY), value[at]], "moved": []}.get(what)
            if what != "inside"
            else [draw(edited(value[at]))]
        )
        return [*value[:at], *(changed or []), *value[at + 1 :], *([value[at]] if what == "moved" else [])]
    return draw(ANY)


class Written(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _has_text_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _has_text_keys(one) for key, one in value.items())
    return not isinstance(value, list) or all(map(_has_text_keys, value))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_any_data_merges_alike_from_both_sides_and_can_be_decided(data: st.DataObject) -> None:
    base = data.draw(ROOTS)
    ours, theirs = base, base
    for _ in range(data.draw(st.integers(1, 3))):
        ours, theirs = data.draw(edited(ours)), data.draw(edited(theirs))
    versions = [
        Document.parse(yaml.dump(one, Dumper=Written, sort_keys=False)) for one in (base, ours, theirs)
    ]
    before, mine, other = versions
    for sides, expected in (((mine, mine), mine), ((before, other), other), ((mine, before), mine)):
        alone = merge(before, *sides)
        assert alone.content is not None and same(Document.decode(alone.content).data, expected.data)
    made, turned = merge(before, mine, other), merge(before, other, mine)
    keys = {one.key for one in made.conflicts}
    assert keys == {one.key for one in turned.conflicts} and len(keys) == len(made.conflicts)
    for side in get_args(Side):
        decided = merge(before, mine, other, dict.fromkeys(keys, side))
        assert decided.conflicts == ()
        # A root that is no mapping is not edited, and what lies below a key that is no text may not be.
        assert decided.content is not None or decided.problems[0].kind == "unwritable"
        assert decided.content is not None or not all(
            isinstance(one.data, dict) and _has_text_keys(one.data) for one in versions
        )
