"""Something is said to be the same by its lines alone only where parsing says so, too, however its neighbours change."""

from __future__ import annotations

import random

import pytest

from partner_tui.comparison.tracing import Seen, Trace, is_same, seen_in
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document

HEAD = "config:\n  id: x\n"
LISTS = ("application:\n", "dataset:\n", "collection:\n", "notebook:\n")


def entry(name: str, lines: str = "") -> str:
    return f"  - id: {name}\n    name: N\n    source: https://example.org/{name}\n{lines}"


def changed(parts: list[str], chance: random.Random) -> None:
    """One change as a commit makes one: to an entry, to the lists, or to what is around."""
    at = chance.randrange(len(parts))
    match chance.randrange(7):
        case 0:
            parts.insert(at, entry(f"new-{chance.randrange(10**6)}"))
        case 1 if len(parts) > 3 and "- id: kept" not in parts[at]:
            del parts[at]
        case 2:
            parts.insert(at, "  # a comment\n\n")
        case 3:
            parts.insert(at + 1, chance.choice(("    more: 1\n", "      deeper: 2\n", "    # no\n")))
        case 4:
            heads = [place for place, part in enumerate(parts) if part in LISTS]
            parts[chance.choice(heads)] = chance.choice(LISTS)
        case 5:
            parts.insert(at, chance.choice(LISTS))
        case _:
            parts[at] = parts[at].replace("name: N", f"name: N{chance.randrange(9)}")


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_to_be_the_same_is_the_same_when_it_is_parsed(seed: int) -> None:
    chance = random.Random(seed)
    parts = [HEAD, "collection:\n", *(entry(f"e{number}") for number in range(6)), entry("kept"), entry("z")]
    manifest = read_manifest(Document.parse("".join(parts)))
    now = Seen(manifest, next(one for one in manifest.entries if one.id == "kept"))
    trace, known = Trace(now), 0
    for _ in range(60):
        before = list(parts)
        changed(parts, chance)
        text = "".join(parts)
        if any(parts.count(head) > 1 for head in LISTS):
            parts = before  # a duplicate key: no manifest that can be read
            continue
        try:
            version = read_manifest(Document.parse(text))
        except Exception:
            parts = before  # no YAML: nobody commits it
            continue
        if trace.is_same(text):
            known += 1
            assert is_same(seen_in(now, version), now), text
        else:
            parts = before
    assert known > 5


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("collection:\n  - id: a\n  - id: b\n", True),
        ("collection:\n  - id: a\n  - id: b\n    more: 1\n", False),
        ("collection:\n  - id: new\n  - id: a\n  - id: b\n", True),
        ("collection:\n  - id: a\n    more: 1\n  - id: b\n", True),
        ("dataset:\n  - id: a\n  - id: b\n", False),
        ("collection:\n  - id: a\ndataset:\n  - id: b\n", False),
        ("collection:\n  - id: a\n  - id: bb\n", False),
    ],
)
def test_the_last_entry_ends_with_the_file(text: str, is_it: bool) -> None:
    manifest = read_manifest(Document.parse("x: 1\ncollection:\n  - id: a\n  - id: b\n"))
    trace = Trace(Seen(manifest, manifest.entries[1]))
    assert trace.is_same(f"x: 1\n{text}") is is_it
