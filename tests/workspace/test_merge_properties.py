"""Of any two descendants of any manifest, a merge takes each field from the side that changed it, and loses none."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.comparison.changes import ABSENT
from partner_tui.manifest.text.document import Document
from partner_tui.workspace.merge import merge

Data = dict[str, Any]
GROUPS = ("collection", "model", "dataset")
VALUES = st.sampled_from(["A", "B", ["x", "y"], {"k": 1}, 3])
CONFIGS = st.dictionaries(st.sampled_from(["id", "splash_title", "tags", "docs"]), VALUES) | st.none()
FIELDS = st.dictionaries(st.sampled_from(["name", "license", "tags"]), VALUES)
LISTS = st.dictionaries(st.sampled_from("abcdef"), FIELDS, max_size=4) | st.none()


@st.composite
def manifests(draw: st.DrawFn) -> Data:
    found: Data = {"format_version": draw(st.sampled_from(["0.2.2", "0.3.0"]))}
    if draw(st.booleans()):
        found["config"] = draw(CONFIGS)
    for group in draw(st.sets(st.sampled_from(GROUPS))):
        members = draw(LISTS)
        found[group] = None if members is None else [{"id": id} | members[id] for id in members]
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
        found[where] = kept if fields is None else [*kept, {"id": id, **fields}]
    return found


def scattered(manifest: Data) -> Data:
    """Every field by where it stands, an entry by its group and id."""
    found: Data = {}
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


@given(st.data())
def test_each_field_is_from_the_side_that_changed_it(data: st.DataObject) -> None:
    base = data.draw(manifests())
    ours, theirs = data.draw(descendants(base)), data.draw(descendants(base))
    merged = merge(parsed(base), parsed(ours), parsed(theirs)).document
    if merged is None:
        return
    sides = [scattered(side) for side in (base, ours, theirs, merged.data)]
    for place in set().union(*sides):
        before, mine, other, result = (side.get(place, ABSENT) for side in sides)
        assert result == (other if mine == before else mine), place
