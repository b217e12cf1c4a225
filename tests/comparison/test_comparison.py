import pytest

from partner_tui.comparison.changes import ABSENT, FieldChange, ManifestChange
from partner_tui.comparison.comparison import Comparison
from partner_tui.comparison.hunks import read_diff
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.diff import diff_text

BEFORE = """\
# the partner
config:
  id: fish
  splash_title: "Fish"  # short
  splash_subtitle: swims
  tags: [a, b]
collection:
  - id: one
    type: dataset
    license: MIT

  # a comment between
  - id: two
    type: model
"""


def compared(after: str, before: str = BEFORE) -> tuple[Comparison, tuple[ManifestChange, ...]]:
    old, new = (read_manifest(Document.parse(text)) for text in (before, after))
    found = Comparison(old, new, read_diff(diff_text(before, after)))
    return found, found.changes


def replaced(*pairs: tuple[str, str]) -> str:
    text = BEFORE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


TITLE = ('"Fish"  # short', "Whale")
SUBTITLE = ("swims", "sings")
LICENSE = ("MIT", "CC0-1.0")
NEW_ENTRY = ("    type: model\n", "    type: model\n  - id: three\n    type: dataset\n")


def test_a_field_is_told_before_and_after() -> None:
    found, (change,) = compared(replaced(SUBTITLE))
    assert found.fields(change) == (FieldChange("splash_subtitle", "swims", "sings"),)


def test_an_entry_is_told_by_its_changed_fields_and_a_new_one_by_all() -> None:
    found, (edited, added) = compared(replaced(LICENSE, NEW_ENTRY))
    assert found.fields(edited) == (FieldChange("license", "MIT", "CC0-1.0"),)
    assert found.fields(added) == (FieldChange("id", ABSENT, "three"), FieldChange("type", ABSENT, "dataset"))


def test_each_change_has_its_own_lines_although_they_touch() -> None:
    found, changes = compared(replaced(TITLE, SUBTITLE, LICENSE))
    texts = [[line.text.strip() for hunk in found.hunks_of(change) for line in hunk] for change in changes]
    own = [sorted(line.sign + line.text.strip() for line in found.lines(change)) for change in changes]
    assert own == [
        ["+splash_title: Whale", '-splash_title: "Fish"  # short'],
        ["+splash_subtitle: sings", "-splash_subtitle: swims"],
        ["+license: CC0-1.0", "-license: MIT"],
    ]
    assert "license: MIT" not in texts[0]


@pytest.mark.parametrize("place", range(4))
def test_one_change_of_several_is_taken_back_as_it_was_written(place: int) -> None:
    pairs = [TITLE, SUBTITLE, LICENSE, NEW_ENTRY]
    found, changes = compared(replaced(*pairs))
    rest = pairs[:place] + pairs[place + 1 :]
    assert found.without(changes[place]) == replaced(*rest)


def test_a_removed_entry_comes_back() -> None:
    after = replaced(("  - id: two\n    type: model\n", ""), TITLE)
    found, changes = compared(after)
    assert found.without(changes[1]) == replaced(TITLE)


def test_changes_in_one_line_are_not_torn_apart() -> None:
    before = "config: {id: fish, a: 1, b: 2}\ncollection: []\n"
    found, changes = compared("config: {id: fish, a: 3, b: 4}\ncollection: []\n", before)
    with pytest.raises(PartnerTuiError, match="another change touches the same lines"):
        found.without(changes[0])


def test_line_numbers_count_from_one_on_both_sides() -> None:
    (hunk,) = read_diff(diff_text("a\nb\nc\n", "a\nc\nd\n"))
    assert [(line.sign, line.old, line.new) for line in hunk] == [
        (" ", 1, 1),
        ("-", 2, None),
        (" ", 3, 2),
        ("+", None, 3),
    ]


def test_a_new_file_starts_at_line_one() -> None:
    (hunk,) = read_diff(diff_text("", "a\n"))
    assert [(line.sign, line.old, line.new) for line in hunk] == [("+", None, 1)]
