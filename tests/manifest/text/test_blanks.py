"""Tabs are found exactly where the spec library's reader stops at them."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.blanks import odd_breaks, tabs_outside_texts
from partner_tui.manifest.text.document import Document
from tests.manifest.library import CannotRead, read

LINES = (
    "a: b", "c: 'd # e'", 'f: "g h"', "# comment here", "i: |", "  block text", "  more", "j:", "  - k: l # why", "  - m",
    "n: [o, p]", "q: >-", "  r s", "", "t: u v # c", "w: {x: y}", "'z z': 1",
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 20), st.sampled_from(["\t", " \t", "\t "])),
        max_size=2,
    )
)
def test_a_tab_is_found_where_the_library_cannot_read_it(tabs: list[tuple[int, int, str]]) -> None:
    lines = list(LINES)
    for line, column, tab in tabs:
        lines[line] = lines[line][:column] + tab + lines[line][column:]
    text = "\n".join(lines) + "\n"
    try:
        document = Document.parse(text)
    except ManifestParseError:
        assume(False)
        return
    try:
        read(text)
    except CannotRead:
        assert list(tabs_outside_texts(document))
    else:
        assert not list(tabs_outside_texts(document))


def test_line_breaks_of_yaml_1_1_alone_are_found_wherever_they_stand() -> None:
    document = Document.parse("a: b\u2028  c\nd: 'e\x85  f'\n")
    assert [document.place(index).line for index in odd_breaks(document)] == [1, 2]
