"""The lines of a file: beside each other or below, in colours that change no character, with a cursor that finds each change."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from partner_tui.comparison.hunks import read_diff
from partner_tui.ui.review.file_diff import FileDiff, beside, line_name
from partner_tui.ui.review.highlighting import highlighted, language_of
from tests.ui.waiting import screen_text, until

DIFF = """\
@@ -1,5 +1,5 @@
 a: 1
-b: 2
-c: 3
+b: two
 d: 4
 e: 5
+f: 6
@@ -20,2 +20,2 @@
-x: "\x1b[31m"
+x: [red]
 y: 1
"""
HUNKS = read_diff(DIFF)


class DiffApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FileDiff()

    def on_mount(self) -> None:
        diff = self.query_one(FileDiff)
        diff.show_file(HUNKS, "a.yaml")
        diff.focus()


def test_removed_and_added_lines_are_beside_each_other() -> None:
    rows = list(beside(HUNKS[0]))
    assert rows == [(0, 0), (1, 3), (2, None), (4, 4), (5, 5), (None, 6)]
    assert list(beside([])) == []


@pytest.mark.parametrize(
    ("path", "language"), [("a/B.YML", "yaml"), ("x.py", "python"), ("a.bin", None), ("yaml", None)]
)
def test_a_language_is_known_by_the_name_of_the_file(path: str, language: str | None) -> None:
    assert language_of(path) == language


def test_colours_change_no_character() -> None:
    lines = highlighted(HUNKS[1], "yaml")
    assert [line.plain if line else None for line in lines] == ['x: "␛[31m"', "x: [red]", "y: 1"]


def test_what_is_too_long_has_no_colours() -> None:
    (hunk,) = read_diff(f"@@ -0,0 +1 @@\n+{'a' * 2_500}\n")
    assert list(highlighted(hunk, "yaml")) == [None]


async def test_the_cursor_goes_from_change_to_change_and_stays_on_its_line() -> None:
    app = DiffApp()
    async with app.run_test(size=(120, 20)) as pilot:
        diff = app.query_one(FileDiff)
        await until(pilot, lambda: diff.is_side_by_side and bool(diff._colours))
        await pilot.press("n")
        assert (line := diff.selected_line) is not None and line_name(line) == "line 2"
        await pilot.press("n", "n")
        assert (line := diff.selected_line) is not None and line.text == "x: [red]"
        await pilot.press("s")
        await until(pilot, lambda: not diff.is_side_by_side)
        assert diff.selected_line == line
        assert "␛[31m" in screen_text(app) and "\x1b" not in screen_text(app)
        await pilot.press("p", "p", "p")
        assert (line := diff.selected_line) is not None and line_name(line) == "line 2 before"
        await pilot.press("p")
        assert app._notifications


async def test_a_line_that_something_was_said_of_is_marked() -> None:
    app = DiffApp()
    async with app.run_test(size=(80, 20)) as pilot:
        diff = app.query_one(FileDiff)
        diff.mark(["line 5", "line 2 before"])
        await until(pilot, lambda: screen_text(app).count("◆") == 2)
        await pilot.press("s")
        await until(pilot, lambda: diff.is_side_by_side and screen_text(app).count("◆") == 2)
