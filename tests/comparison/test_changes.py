"""Changes are listed by field and entry, each once."""

from __future__ import annotations

import pytest

from partner_tui.comparison.comparison import Comparison
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document

BASE = "config:\n  id: m\n  splash_title: A\ncollection:\n  - id: one\n    name: First\n  - id: two\n    name: Second\n"

CASES = [
    ("", "", ()),
    ("splash_title: A", "splash_title: B", ("splash_title changed",)),
    ("splash_title: A", "splash_title: A # large", ()),
    ("  splash_title: A\n", "", ("splash_title removed",)),
    ("config:\n", "config:\n  icon: x\n", ("icon added",)),
    ("name: First", "name: 1st\n    tags: [a]", ("entry one edited (name, tags)",)),
    ("  - id: two\n    name: Second\n", "", ("entry two removed",)),
    ("collection:\n", "collection:\n  - id: zero\n", ("entry zero added",)),
    ("collection:\n", "version: 1\ncollection:\n", ("version added",)),
    ("id: one", "id: uno", ("entry one renamed to uno",)),
    ("id: one\n    name: First", "id: One\n    name: 1st", ("entry one renamed to One (name)",)),
    ("id: one\n    name: First", "id: other\n    title: Else", ("entry other added", "entry one removed")),
]


@pytest.mark.parametrize(("old", "new", "words"), CASES)
def test_each_change_is_told_once_in_words(old: str, new: str, words: tuple[str, ...]) -> None:
    texts = (BASE, BASE.replace(old, new) if old else BASE)
    before, after = (read_manifest(Document.parse(text)) for text in texts)
    changes = Comparison(before, after).changes
    assert tuple(change.summary for change in changes) == words
