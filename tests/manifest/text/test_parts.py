"""What is read entry by entry is what reading the whole text gives, or it is read whole: for every text, plausible or hostile."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text import parts as module
from partner_tui.manifest.text.ambiguity import ambiguous
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.parts import read_parts
from partner_tui.manifest.text.sourced import kind_of
from tests.corpus import manifests, needs_corpus

TEXT = """\
name: A partner  # and a comment
# collection:
config:
  id: partner
  splash_title: |
    - not an entry

    collection:
collection:

  # before the first
  - id: one
    type: dataset
    name: 'quoted: text'
    description: >-
      Folded text
      of two lines
    tags: [a, "b", 3.10]
    covers:
      - https://example.org/a?b=1&c=2
    version: 1e3
  # before the second
  -   id: two
      authors:
      - name: Ada
      - {name: Bob, orcid: 0000-0001}
      id: again
  - a text
  -
  - id: three
    cite: [{text: x,
      doi: y}]

format_version: 0.2.3
model:
- id: left
  type: model
- id: lefter
tags:
  - one
"""
INSERTED = (
    *(
        '"',
        "'",
        "&a x",
        "*a",
        "---",
        "...",
        "%YAML 1.1",
        "#",
        "  - id: new",
        "- new",
        "collection:",
        "    x: |",
    ),
    *(
        "  - >",
        "    y: [",
        "  ]",
        "  }",
        "    z: {",
        "? a",
        ": b",
        "\t",
        "    <<: {a: 1}",
        "!!set",
        "\x85",
        "model:",
    ),
    *(
        "  - |1",
        "   deep: 1",
        "    id: twice",
        "  - - nested",
        "tags: ~",
        "\ufeff",
        "    w: &b 1",
        "    v: *b",
    ),
)


@pytest.fixture(autouse=True)
def everything_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORTH_IT", 0)


def told(value: Any) -> Any:
    """A value with its types and the order of its keys; not-a-number is itself."""
    if isinstance(value, dict):
        return ["mapping", *((told(key), told(one)) for key, one in value.items())]
    if isinstance(value, list | tuple):
        return [kind_of(value).__name__, *map(told, value)]
    return kind_of(value).__name__, repr(value)


def compare(text: str) -> bool:
    """Whether it was read by its parts; what that gives is asserted to be what the whole gives."""
    body = text.removeprefix("\ufeff")
    if read_parts(body) is None:
        return False
    whole, parts = Document.parse(text), Document(text, "manifest", by_parts=True)
    assert told(parts.data) == told(whole.data)
    assert parts.duplicate_count == whole.duplicate_count
    one, other = read_manifest(parts), read_manifest(whole)
    assert one.entries == other.entries and one.dialect == other.dialect
    assert [entry.line for entry in one.entries] == [entry.line for entry in other.entries]
    for place in ((), ("config", "id"), ("none",), ("collection",), ("collection", 9), ("tags", 0, "x")):
        assert parts.position(place) == whole.position(place), place
        assert parts.value_position(place) == whole.value_position(place), place
    parts = Document(text, "manifest", by_parts=True)  # that of a whole list may have made the tree
    for entry in one.entries:
        for name in (*entry.own, "nowhere"):
            at = (*entry.path, name)
            assert parts.position(at) == whole.position(at)
            assert parts.value_position(at) == whole.value_position(at)
    assert list(ambiguous(parts)) == list(ambiguous(whole))
    assert parts.parts is not None, "all of that was told without the tree"
    # And what only the tree tells.
    assert parts.duplicates == whole.duplicates and len(parts.unusual) == len(whole.unusual)
    for entry in one.entries:
        assert parts.excerpt(entry.path) == whole.excerpt(entry.path)
    return True


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_manifest_with_all_that_entries_may_have_is_read_by_its_parts(ending: str, start: str) -> None:
    assert compare(start + TEXT.replace("\n", ending))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\ncollection:\n  - id: *x\n",
        "collection:\n  - &x {id: a}\n  - *x\n",
        "collection:\n  - id: &x a\n  - id: &x b\n",
        "collection:\n  - id: 'a\n  - b'\n",
        'collection:\n  - id: "a\n  - id: b"\n    c: d\n',
        "collection:\n  - id: [a,\n  - b]\n",
        'description: "a\ncollection:\n  - x\n"\ncollection: ~\n',
        'description: "a\ncollection:\n  - x\n"\ncollection:\n  - id: a\n',
        "collection:\n  - id: a\ncollection:\n  - id: b\n",
        "name: a\nname: b\ncollection:\n  - id: b\n",
        "---\ncollection:\n  - id: a\n",
        "collection:\n  - id: a\n...\n",
        "collection:\n  - id: a\n---\nb: c\n",
        "%YAML 1.1\n---\ncollection:\n  - id: yes\n",
        "collection:\n  - id: a\n    : b\n",
        "collection:\n  - id: a\n   - b\n",
        "collection:\n  - id: a\n - b\n",
        "collection:\n  - id: a\x85foo: b\n",
        "collection:\n  - id: a\rfoo: b\n",
        "collection:\n  - " + "[" * 99 + "]" * 99 + "\n",
        "- a\n- b\n",
        "collection: [a, b]\n",
        "collection:\n  a: b\n",
        "",
    ],
)
def test_what_reaches_from_one_entry_into_another_is_read_whole(text: str) -> None:
    assert not compare(text)


def test_an_entry_that_is_the_same_in_another_version_is_read_once() -> None:
    one, other = (Document(text, "manifest", by_parts=True) for text in (TEXT, TEXT.replace("three", "four")))
    pairs = list(zip(one.data["collection"], other.data["collection"], strict=True))
    assert [before is after for before, after in pairs[:2]] == [True, True]
    assert pairs[-1][0]["id"] == "three" and pairs[-1][1]["id"] == "four"


def test_of_what_was_read_the_data_alone_is_kept() -> None:
    """The parser's nodes take more than the data; only lists and mappings in an entry ask for theirs later."""
    gc.collect()
    before = sum(isinstance(one, yaml.Node) for one in gc.get_objects())
    assert read_parts("collection:\n- id: kept\n  type: dataset\n") is not None
    gc.collect()
    assert sum(isinstance(one, yaml.Node) for one in gc.get_objects()) <= before


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_change_of_lines_reads_as_the_whole_does(data: st.DataObject) -> None:
    lines = TEXT.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["insert", "delete", "twice", "shift", "append", "cut"])):
            case "insert":
                lines.insert(at, data.draw(st.sampled_from(INSERTED)) + "\n")
            case "delete":
                del lines[at]
            case "twice":
                lines.insert(at, lines[data.draw(st.integers(0, len(lines) - 1))])
            case "shift":
                lines[at] = " " * data.draw(st.integers(0, 4)) + lines[at].lstrip()
            case "append":
                lines[at] = lines[at].rstrip("\n") + data.draw(st.sampled_from(INSERTED)) + "\n"
            case "cut":
                lines[at] = lines[at].rstrip("\n")
        lines = lines or ["\n"]
    compare("".join(lines))


@pytest.mark.slow
@needs_corpus
def test_every_real_manifest_is_read_as_the_whole_is() -> None:
    read = [one for one in manifests() if _is_readable(one) and compare(one.read_text("utf-8"))]
    assert len(read) > len(manifests()) / 2, "most real manifests can be read by their parts"


def _is_readable(path: Path) -> bool:
    try:
        Document.decode(path.read_bytes())
    except ManifestParseError:
        assert read_parts(path.read_text("utf-8", "replace").removeprefix("\ufeff")) is None
        return False
    return True
