from __future__ import annotations

import re
from typing import Any

import pytest

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import (
    Add,
    Append,
    Edit,
    Insert,
    KeepOne,
    Move,
    Remove,
    Rename,
    Replace,
)
from partner_tui.manifest.editing.patch import apply, set_value
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same


def patched(text: str, *edits: Edit) -> str:
    return apply(Document.parse(text), edits).text


A = ("a",)

NOTHING_CHANGES = [
    ("a: 1.20\n", Replace(A, 1.2)),
    ("a: {x: 1, y: 2}\n", Replace(A, {"y": 2, "x": 1})),
    ("a:   'b'  # c\n", Replace(A, "b")),
    ("a:\n", Replace(A, None)),
    ("a: [.nan]\n", Replace(A, [float("nan")])),
    ("a: [x]\n", Move(A, 0, 0)),
    ("a: 1\n", KeepOne(A, "last")),
]


@pytest.mark.parametrize(("text", "edit"), NOTHING_CHANGES, ids=str)
def test_nothing_changes_where_the_value_is_the_same(text: str, edit: Edit) -> None:
    assert patched(text, edit) == text


SCALARS = [
    ("a: b\n", "c", "a: c\n"),
    ("a:    b   # why\n", "c", "a:    c   # why\n"),
    ("a: 'b'\n", "it's", "a: 'it''s'\n"),
    ('a: "b"\n', 'say "c"', 'a: "say \\"c\\""\n'),
    ("a: 'b'\n", "tab\there\x07", 'a: "tab\\there\\x07"\n'),
    ("a: b\n", "c: d", 'a: "c: d"\n'),
    ("b: 'x'\na: b\n", "c: d", "b: 'x'\na: 'c: d'\n"),
    ("a: b\n", "yes", 'a: "yes"\n'),
    ("a: b\n", "1e3", 'a: "1e3"\n'),
    ("a: b\n", "0.3.0", "a: 0.3.0\n"),
    ("a: 1.20\n", "1.20", 'a: "1.20"\n'),
    ("a: 1.20\n", 1.3, "a: 1.3\n"),
    ("a: 1\n", 1.0, "a: 1.0\n"),
    ("a: 1\n", True, "a: true\n"),
    ("a: '1'\n", 1, "a: 1\n"),
    ("a: b\n", 1e20, "a: 1.0e+20\n"),
    ("a: b\n", None, "a: null\n"),
    ("a: b\n", "", 'a: ""\n'),
    ("a: b\n", " c", 'a: " c"\n'),
    ("a: b\n", "#c", 'a: "#c"\n'),
    ("a: b\n", "- c", 'a: "- c"\n'),
    ("a: b\n", "-c é 中 🦒", "a: -c é 中 🦒\n"),
    ("a: b\n", "x\x85y\u2028z\ufeff", 'a: "x\\x85y\\u2028z\\ufeff"\n'),
    ("a: b\n", "https://x.org/?q=1#f", "a: https://x.org/?q=1#f\n"),
    ("a: b\n", "<<", 'a: "<<"\n'),
    ("a:\nb: 1\n", "c", "a: c\nb: 1\n"),
    ("a:   # none yet\nb: 1\n", "c", "a: c   # none yet\nb: 1\n"),
    ("a:\n  # none yet\nb: 1\n", "c", "a: c\n  # none yet\nb: 1\n"),
    ("a:", "c", "a: c"),
    ("a:\n  long text\n  on two lines # c\nb: 1\n", "c", "a:\n  c # c\nb: 1\n"),
    ('a: "long\n  text"  # c\n', "c", 'a: "c"  # c\n'),
    ("a: |\n  b\n  c\n\n# d\n", "x\ny\n", "a: |\n  x\n  y\n\n# d\n"),
    ("a: | # e\n  b\nc: 1\n", "x", "a: |- # e\n  x\nc: 1\n"),
    ("a: |\n  b\nc: 1\n", "  x\ny\n", "a: |2\n    x\n  y\nc: 1\n"),
    ("a: |\n  b\nc: 1\n", "", 'a: ""\nc: 1\n'),
    ("a: >\n  b\n  c\nd: 1\n", "x\ny\n", "a: >\n  x\n\n  y\nd: 1\n"),
    ("a: >-\n  b\nd: 1\n", "x", "a: >-\n  x\nd: 1\n"),
    ("a: b\nd: 1\n", "x\ny", "a: |-\n  x\n  y\nd: 1\n"),
    ("a: b  # c\nd: 1\n", "x\n\ny\n", "a: |  # c\n  x\n\n  y\nd: 1\n"),
    ("a: b", "x\ny\n", "a: |\n  x\n  y\n"),
    ("a: b\n", "x\n\n", 'a: "x\\n\\n"\n'),
    ("a: !!str 5\n", "6", 'a: "6"\n'),
    ("{a: b, c: d}\n", "x, y", '{a: "x, y", c: d}\n'),
    ("{a: b, c: d}\n", "x\ny", '{a: "x\\ny", c: d}\n'),
    ("{a: , c: d}\n", "x", "{a: x, c: d}\n"),
    ("{a, c: d}\n", "x", "{a: x, c: d}\n"),
    ("\ufeffa: b\r\nc: 1\r\n", "x\ny\n", "\ufeffa: |\r\n  x\r\n  y\r\nc: 1\r\n"),
    ("a: b\t# c\n", "d", "a: d\t# c\n"),
    ("a: b   \n", "d", "a: d   \n"),
    ("---\na: b\n...\n", "d", "---\na: d\n...\n"),
    ("%YAML 1.1\n---\na: b\n", "d", "%YAML 1.1\n---\na: d\n"),
    ("'a': b\n", "d", "'a': d\n"),
    ("a: b\n", "word " * 60 + "end", "a: " + "word " * 60 + "end\n"),
]


@pytest.mark.parametrize(("text", "value", "after"), SCALARS, ids=str)
def test_a_scalar_is_replaced_in_the_style_around_it(text: str, value: object, after: str) -> None:
    assert patched(text, Replace(A, value)) == after


COLLECTIONS = [
    ("a: 1  # c\nb: 2\n", Replace(A, ["x", {"y": 1, "z": 2}]), "a:  # c\n  - x\n  - y: 1\n    z: 2\nb: 2\n"),
    ("l:\n- 1\na: 1\n", Replace(A, ["x"]), "l:\n- 1\na:\n- x\n"),
    ("a:  # c\n  # d\n  - x\nb: 1\n", Replace(A, "y"), "a: y  # c\n  # d\nb: 1\n"),
    ("a:\n  - x\nb: 1\n", Replace(A, {"y": 1}), "a:\n  y: 1\nb: 1\n"),
    ("a: [x, y]  # c\n", Replace(A, ["x", "z", "y"]), "a: [x, z, y]  # c\n"),
    ("a: [x, y, z]\n", Replace(A, ["z"]), "a: [z]\n"),
    ("a: [x, y, z]\n", Replace(A, ["x"]), "a: [x]\n"),
    ("a: [x, y, z]\n", Replace(A, ["z", "y", "x"]), "a: [z, y, x]\n"),
    ("a: ['x', 'y']\n", Append(A, "z"), "a: ['x', 'y', 'z']\n"),
    ("a: [x, y,]\n", Append(A, "z"), "a: [x, y, z,]\n"),
    ("a: []  # c\nb: 1\n", Append(A, "z"), "a:  # c\n  - z\nb: 1\n"),
    ("b: [y]\na: []\n", Append(A, "z"), "b: [y]\na: [z]\n"),
    ("a:\nb: 1\n", Append(A, "z"), "a:\n  - z\nb: 1\n"),
    ("a: [\n  x, # 1\n  y  # 2\n]\n", Append(A, "z"), "a: [\n  x, # 1\n  y,  # 2\n  z\n]\n"),
    ("a: [\n  x, # 1\n  y,  # 2\n]\n", Append(A, "z"), "a: [\n  x, # 1\n  y,  # 2\n  z,\n]\n"),
    ("a: [\n  x, # 1\n  y  # 2\n]\n", Remove((*A, 0)), "a: [\n  y  # 2\n]\n"),
    ("a: [\n  x, # 1\n  y  # 2\n]\n", Remove((*A, 1)), "a: [\n  x # 1\n]\n"),
    ("a: [\n  x,\n  y\n]\n", Insert(A, 0, "w"), "a: [\n  w,\n  x,\n  y\n]\n"),
    ("a: {x: 1, y: 2}\n", Add((*A, "z"), [1]), "a: {x: 1, y: 2, z: [1]}\n"),
    ("a: {x: 1, y: 2}\n", Add((*A, "z"), 3, after="x"), "a: {x: 1, z: 3, y: 2}\n"),
    ("a: {x: 1, y: 2}\n", Remove((*A, "x")), "a: {y: 2}\n"),
    ("a: {x: 1}\n", Remove((*A, "x")), "a: {}\n"),
    ("a:\n  x: 1  # c\n", Remove((*A, "x")), "a: {}\n"),
    ("a:\n  # b\n  - x\n  # - y\n  - z\n", Remove((*A, 0)), "a:\n  # b\n  # - y\n  - z\n"),
    ("a:\n  - x\n", Remove((*A, 0)), "a: []\n"),
    ("a:\n- x: 1\n  y: 2\n", Remove((*A, 0, "x")), "a:\n- y: 2\n"),
    ("a:\n- x: 1\n  # c\n  y: 2\n", Remove((*A, 0, "x")), "a:\n-\n  # c\n  y: 2\n"),
    ("a:\n- - 1\n  - 2\n", Remove((*A, 0, 0)), "a:\n- - 2\n"),
    ("a:\n- - 1\n  - 2\n", Insert((*A, 0), 0, 0), "a:\n- - 0\n  - 1\n  - 2\n"),
    ("a:\n-   x: 1\n    y: 2\n", Append(A, {"x": 3, "y": 4}), "a:\n-   x: 1\n    y: 2\n-   x: 3\n    y: 4\n"),
    ("a:\n- x: 1\n\n- x: 2\n\nb: 1\n", Append(A, {"x": 3}), "a:\n- x: 1\n\n- x: 2\n\n- x: 3\n\nb: 1\n"),
    ("a:\n  # 1\n  - x\n  # 2\n  - y # two\n", Move(A, 1, 0), "a:\n  # 2\n  - y # two\n  # 1\n  - x\n"),
    ("a:\n- x\n- y", Move(A, 0, 1), "a:\n- y\n- x"),
    ("a:\n- |\n  x\n- y", Move(A, 0, 1), "a:\n- y\n- |\n  x\n"),
    ("a:\n- - 1\n  - 2\n", Move((*A, 0), 0, 1), "a:\n- - 2\n  - 1\n"),
    ("a: [x, {y: 1}]\n", Move(A, 1, 0), "a: [{y: 1}, x]\n"),
    ("a: 1\nb: 2", Add(("c",), 3), "a: 1\nb: 2\nc: 3"),
    ("a: 1\nb: 2", Remove(("b",)), "a: 1\n"),
    ("a: 1\nb: 2\n", Add(("c",), "x\ny", after="a"), "a: 1\nc: |-\n  x\n  y\nb: 2\n"),
    ("a: |+\n  x\n\nb: 1\n", Add(("c",), 1, after="a"), "a: |+\n  x\n\nc: 1\nb: 1\n"),
    ("a: 1\n# end\n", Add(("b",), 2), "a: 1\nb: 2\n# end\n"),
    ("", Add(A, 1), "a: 1\n"),
    ("# hi", Add(A, 1), "# hi\na: 1"),
    ("{}\n", Add(A, ["x"]), "a:\n  - x\n"),
    ("{}\n", Add(A, {"s": ["-inf", "x"]}), "a:\n  s: [-inf, x]\n"),
    ("{}\n", Add(A, {"s": [1, 2.5]}), "a:\n  s: [1, 2.5]\n"),
    ("l: [x]\n", Add(A, {"s": [[1, 2], [1]]}), "l: [x]\na:\n  s:\n    - [1, 2]\n    - - 1\n"),
    ("l: [1]\n", Add(A, {"s": [*range(9)]}), "l: [1]\na:\n  s:\n" + "".join(f"    - {n}\n" for n in range(9))),
    ("l:\n  - 1\n", Add(A, {"s": [1, 2]}), "l:\n  - 1\na:\n  s:\n    - 1\n    - 2\n"),
    ("a: 1\n", Remove(A), "{}\n"),
    ("a: 1\nb: 2\n", Rename(A, "c d"), "c d: 1\nb: 2\n"),
    ("'a': 1\n", Rename(A, "c"), "'c': 1\n"),
    ("- if: x\n  n: 1\n", Rename((0, "if"), "id"), "- id: x\n  n: 1\n"),
    ("a: 1\nb: 2\na: 3\n", KeepOne(A, "first"), "a: 1\nb: 2\n"),
    ("a: 1\nb: 2\na: 3\n", KeepOne(A, "last"), "b: 2\na: 3\n"),
    ("a: 1\nb: 2\na: 3\n", Remove(A), "b: 2\n"),
    ("a: 1\nb: 2\na: 3\n", Replace(A, 4), "a: 1\nb: 2\na: 4\n"),
    ("x: &x 1\na: *x\n", Replace(A, 2), "x: &x 1\na: 2\n"),
    ("x: &x {m: 1}\na:\n  <<: *x\n", Add((*A, "m"), 2), "x: &x {m: 1}\na:\n  <<: *x\n  m: 2\n"),
    ("a: {\"b\":1}\n", Replace((*A, "b"), 2), "a: {\"b\":2}\n"),
    ("? a\n: 1\n", Replace(A, 2), "? a\n: 2\n"),
    ("# b?\n? a  # why?\n:\n  - 1\n? b\n: 2\nc: 3\n", Remove(A), "# b?\n? b\n: 2\nc: 3\n"),
    ("c: 3\n# ?\n?\n  a\n:\n  2\n", Remove(A), "c: 3\n# ?\n"),
    ("- ? a\n  : 1\n  ? b\n  : 2\n", Remove((0, "a")), "- ? b\n  : 2\n"),
    ("- ? a\n  : 1\n  ? b\n  : 2\n", Add((0, "c"), [1], "a"), "- ? a\n  : 1\n  c:\n    - 1\n  ? b\n  : 2\n"),
    ("- ? a\n  : 1\n", Replace((0, "a"), {"x": 1}), "- ? a\n  :\n    x: 1\n"),
    ("? a\n? b\n", Remove(A), "? b\n"),
    ("? a  # c\n? b\n", Replace(A, 1), "? a  # c\n: 1\n? b\n"),
    ("? a", Replace(A, [{"x": 1}]), "? a\n:\n  - x: 1"),
    ("- ? b\n  ? a\n", Replace((0, "a"), "x\ny\n"), "- ? b\n  ? a\n  : |\n    x\n    y\n"),
    ("c: {a, b: 1}\n", Replace(("c", "a"), 2), "c: {a: 2, b: 1}\n"),
    ("c: {a:, b: 1}\n", Replace(("c", "a:"), 2), "c: {a:: 2, b: 1}\n"),
    ("c: [a:, b]\n", Replace(("c", 1), "d"), "c: [a:, d]\n"),
    ("? a  # why\n? b\n: 1\n", Remove(A), "? b\n: 1\n"),
    ("? b\n? a\n", Remove(A), "? b\n"),
    ("? a\n", Remove(A), "{}\n"),
    ("c: 1\n? a\n# x\n? b\n: 2\n", Remove(A), "c: 1\n# x\n? b\n: 2\n"),
    ("c:\n  ? a\n  ? b\nd: 1\n", Remove(("c", "b")), "c:\n  ? a\nd: 1\n"),
    ("- ? a\n  ? b\n  : 1\n", Add((0, "z"), 1, "a"), "- ? a\n  z: 1\n  ? b\n  : 1\n"),
    ("c:\n  ? a\n# x\nd: 1\n", Replace(("c",), 2), "c: 2\n# x\nd: 1\n"),
    ("a: {? b, ? c : 2}\n", Remove((*A, "b")), "a: {? c : 2}\n"),
    ("a: {? b : 1, ? c : 2}\n", Remove((*A, "b")), "a: {? c : 2}\n"),
    ("a: {? b : 1, ? c : 2}\n", Remove((*A, "c")), "a: {? b : 1}\n"),
    ("? &x a\r\n: 1\r\n", Rename(A, "c"), "? c\r\n: 1\r\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "after"), COLLECTIONS, ids=str)
def test_only_the_edited_part_of_a_collection_changes(text: str, edit: Edit, after: str) -> None:
    assert patched(text, edit) == after


COMMENTED = [
    "'x'  # c",
    "[x]  # c",
    "\n  name: X  # c",
    " # k\n  name: X  # c",
    "\n  - 'x'  # c\n  - 'y'  # c",
    "\n  # c\n  - 'x'",
    " # c\n  # c\n  name: X",
    "|-  # c\n  t",
]


@pytest.mark.parametrize("is_read_before", [False, True])
@pytest.mark.parametrize("written", COMMENTED)
def test_a_value_that_is_wrapped_in_its_place_has_its_comments_once(
    written: str, is_read_before: bool
) -> None:
    read = Document.parse(f"a: {written}\nb: 'y'  # c\n")
    document = apply(read, [Add(("d",), 1)]) if is_read_before else read
    wrapped = apply(document, [Replace(A, {"m": read.data["a"]})])
    assert wrapped.text.count("#") == read.text.count("#")


STRUCTURES = [
    "a: |-  # c1\n  t # no\nb: 1  # c2\n",
    "a: >  # c1\n  t # no",
    "b: 1\na:\n  - x  # c1\n  - y",
    "a:  # c0\n  # c1\n  - x  # c2\n  # c3\n  - 'y # no'  # c4\n\n# c5\n",
    "a:\n  # c1\n  k: v  # c2\n  l:  # c3\n    - m  # c3\n# c4\nb: 1\n",
    "a: [x,  # c1\n  # c2\n  {k: v}]  # c3\nb: 1\n",
    "n:\n- a:\n  # c1\n  - x  # c2\n\n  # c3\n\n- b: 1",
]


@pytest.mark.parametrize("text", [*STRUCTURES, STRUCTURES[-2].replace("\n", "\r\n")])
@pytest.mark.parametrize("value", ["new", {"z": 1}, None, [], "two\nlines\n"])
def test_comments_in_what_is_replaced_stay_beside_it(text: str, value: Any) -> None:
    path = ("n", 0, "a") if text.startswith("n") else A
    after = patched(text, Replace(path, value))
    comments = re.findall(r"# c\d", text)
    assert sorted(re.findall(r"# c\d", after)) == sorted(comments)


def test_a_comment_at_the_end_of_what_is_replaced_keeps_its_indentation() -> None:
    text = "a:\n  b:\n    - x\n    - y: 1\n      z: 2  # c\nd: 1\n"
    assert patched(text, Replace(("a", "b"), {"w": 1})).endswith("# c\nd: 1\n")
    assert "\n    # c" in patched(text, Replace(("a", "b"), {"w": 1}))


TAKEN_OUT = [
    ("a:\n  - moss  # damp\n  - fern\n", Replace(A, ["fern"]), "a:\n  - fern\n"),
    ("a:\n  k: 1  # why\n  l: 2\n", Replace(A, {"l": 2}), "a:\n  l: 2\n"),
    ("a:\n  k: 1  # why\n  l: 2\n", Replace(A, {"l": 3, "m": 1}), "a:\n  l: 3\n  m: 1\n"),
]


@pytest.mark.parametrize(("text", "edit", "after"), TAKEN_OUT)
def test_what_is_taken_out_of_a_structure_goes_with_its_comments(text: str, edit: Edit, after: str) -> None:
    assert patched(text, edit) == after


@pytest.mark.parametrize("other", [Add(("q",), 1), Replace(("z",), 3), Remove(("z",))])
@pytest.mark.parametrize("order", [1, -1])
def test_comments_in_what_is_replaced_stay_whatever_else_is_edited(other: Edit, order: int) -> None:
    edits = [Replace(A, "n"), other][::order]
    assert "  # c\n" in apply(Document.parse("a:\n  k: 1  # c\nz: 2\n"), edits).text.replace(
        "\n# c", "\n  # c"
    )


SHIFTED = "a:\n- id: x\n- id: y\n  w:\n    s: 1  # one\n    t: 2\n- id: z\n"
WITH_COMMENT = "\n  w:\n  # one\n  - b\n"


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([Remove(("a", 0)), Replace(("a", 0, "w"), ["b"])], f"a:\n- id: y{WITH_COMMENT}- id: z\n"),
        ([Replace(("a", 1, "w"), ["b"]), Remove(("a", 0))], f"a:\n- id: y{WITH_COMMENT}- id: z\n"),
        (
            [Insert(A, 0, {"id": "n"}), Replace(("a", 2, "w"), ["b"])],
            f"a:\n- id: n\n- id: x\n- id: y{WITH_COMMENT}- id: z\n",
        ),
        (
            [Replace(("a", 1, "w"), ["b"]), Insert(A, 1, {"id": "n"})],
            f"a:\n- id: x\n- id: n\n- id: y{WITH_COMMENT}- id: z\n",
        ),
        ([Move(A, 1, 0), Replace(("a", 0, "w"), ["b"])], f"a:\n- id: y{WITH_COMMENT}- id: x\n- id: z\n"),
        (
            [Replace(("a", 1, "w"), ["b"]), Rename(("a", 1, "id"), "name"), Remove(("a", 2))],
            f"a:\n- id: x\n- name: y{WITH_COMMENT}",
        ),
        (
            [Rename(("a", 1, "w"), "v"), Replace(("a", 1, "v"), ["b"])],
            f"a:\n- id: x\n- id: y{WITH_COMMENT.replace('w:', 'v:')}- id: z\n",
        ),
        ([Replace(("a", 1, "w"), ["b"]), Remove(("a", 1))], "a:\n- id: x\n- id: z\n"),
    ],
)
def test_comments_stay_where_other_edits_shift_the_members_of_a_list(edits: list[Edit], after: str) -> None:
    assert apply(Document.parse(SHIFTED), edits).text == after


NESTED = "a:\n  k:\n    # lone\n    x: 1  # why\n    y: 2  # last\n  l: 2\n"


@pytest.mark.parametrize("edit", [Replace(A, {"k": ["z"], "l": 2}), Replace(("a", "k"), ["z"])])
def test_comments_stay_however_the_edit_of_a_structure_is_spelled(edit: Edit) -> None:
    after = patched(NESTED, edit)
    assert [after.count(one) for one in ("# lone", "# why", "# last")] == [1, 1, 1]


LAST = "c:\n- id: x\n  w:\n    s: a.zip  # data\n  u: 1\n- id: y\n- id: z\n"
SHIFTS = [
    Insert(("c",), 2, {"id": "n"}),
    Append(("c",), {"id": "n"}),
    Remove(("c", 2)),
    Rename(("c", 0, "u"), "v"),
]


@pytest.mark.parametrize("other", SHIFTS)
def test_a_comment_behind_the_last_value_stays_whatever_else_is_edited(other: Edit) -> None:
    after = apply(Document.parse(LAST), [Replace(("c", 0, "w"), ["b.zip"]), other]).text
    assert "  w:\n  - b.zip\n  # data\n" in after or "  w:\n    - b.zip\n    # data\n" in after


def test_of_two_comments_in_the_same_words_both_stay() -> None:
    document = Document.parse("a:\n  files:\n  - a.zip  # see\n  odd: 5  # see\nb: []\n")
    moved = [{"source": document.data["a"]["files"][0]}]
    after = apply(document, [Replace(A, moved), Append(("b",), 1)])
    assert after.text.startswith("a:\n- source: a.zip  # see\n# see\nb:")


def test_a_comment_behind_the_last_value_does_not_go_to_another() -> None:
    document = Document.parse("a:\n  files:\n  - a.zip  # the data\n  odd: 5  # odd\n")
    moved = [{"source": document.data["a"]["files"][0]}]
    assert apply(document, [Replace(A, moved)]).text == "a:\n- source: a.zip  # the data\n# odd\n"


def test_a_value_that_is_removed_goes_with_its_comments() -> None:
    assert patched(STRUCTURES[4], Remove(A)) == "# c4\nb: 1\n"


def test_a_line_of_a_text_is_no_comment() -> None:
    document = apply(Document.parse("a: x  # c\n"), [Replace(A, "one\nx # c\nlast # c\n")])
    assert document.text == "a: |  # c\n  one\n  x # c\n  last # c\n"


REFUSED = [
    ("a: &x {b: 1}\nc: *x\n", Replace(("c", "b"), 2), "is an alias (*x)"),
    ("a: &x {b: 1}\nc: *x\n", Replace(("a", "b"), 2), "repeated by an alias"),
    ("a: &x {b: 1}\nc: *x\n", Remove(A), "anchor"),
    ("a: &x {b: 1}\nc: {<<: *x}\n", Remove(("c", "b")), "not written"),
    ("a: 1\n", Remove(("b",)), "There is no b to remove"),
    ("a: 1\n", Replace(("b",), 1), "There is no b to replace"),
    ("a: 1\n", Add(A, 1), "already exists"),
    ("a: 1\n", Append(A, 1), "is not a list"),
    ("a: [1]\n", Insert(A, 3, 1), "nothing can be inserted"),
    ("a: [1]\n", Move(A, 0, 1), "cannot move"),
    ("a: 1\nb: 2\n", Rename(A, "b"), "already exists"),
    ("a: 1\n", Replace(A, 1j), "cannot be written"),
    ("a: 1\n", Remove(()), "cannot be removed"),
]


@pytest.mark.parametrize(("text", "edit", "message"), REFUSED, ids=str)
def test_what_cannot_be_edited_is_refused_with_a_reason(text: str, edit: Edit, message: str) -> None:
    with pytest.raises(PatchError) as caught:
        patched(text, edit)
    assert message in caught.value.message
    assert "\n" not in caught.value.message


def test_edits_follow_one_another() -> None:
    text = "a:\n- x\n- y\n- z\n"
    edits: list[Edit] = [
        Remove((*A, 0)),
        Replace((*A, 0), "Y"),
        Append(A, "w"),
        Remove((*A, 1)),
        Insert(A, 0, "v"),
        Replace((*A, 0), "u"),
    ]
    assert patched(text, *edits) == "a:\n- u\n- Y\n- w\n"


def test_members_can_be_removed_one_by_one_until_none_is_left() -> None:
    assert patched("a:\n- x\n- y\n- z\nb: 1\n", *[Remove((*A, 0))] * 3) == "a: []\nb: 1\n"


def test_keys_added_behind_each_other_keep_their_order() -> None:
    edits = [Add(("b",), 2, after="a"), Add(("c",), 3, after="b"), Add(("d",), 4, after="c")]
    assert patched("a: 1\nz: 9\n", *edits) == "a: 1\nb: 2\nc: 3\nd: 4\nz: 9\n"


def test_a_feature_added_in_the_middle_adds_one_line() -> None:
    text = "f:\n  # first\n  - a  # A\n  # - old\n  - c\n"
    assert (
        patched(text, Replace(("f",), ["a", "b", "c"]))
        == "f:\n  # first\n  - a  # A\n  - b\n  # - old\n  - c\n"
    )


def test_a_new_list_is_written_as_other_entries_write_it() -> None:
    text = "collection:\n- id: a\n  tags: [x]\n- id: b\n"
    assert patched(text, Add(("collection", 1, "tags"), ["y"])) == text + "  tags: [y]\n"


def test_a_failing_edit_leaves_nothing_done() -> None:
    document = Document.parse("a: 1\nb: 2\n")
    with pytest.raises(PatchError):
        apply(document, [Replace(A, 3), Remove(("c",))])
    assert document.text == "a: 1\nb: 2\n"


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("a: 1\n", A, "a: x\n"),
        ("b: 1\n", A, "b: 1\na: x\n"),
        ("b: 1\n", ("a", "c", "d"), "b: 1\na:\n  c:\n    d: x\n"),
        ("a:\nb: 1\n", ("a", "c", "d"), "a:\n  c:\n    d: x\nb: 1\n"),
        ("a: {c: 1}\n", ("a", "d"), "a: {c: 1, d: x}\n"),
        ("", A, "a: x\n"),
    ],
)
def test_setting_a_value_makes_what_is_missing(text: str, path: tuple[str, ...], after: str) -> None:
    assert set_value(Document.parse(text), path, "x").text == after


def test_setting_a_value_below_a_text_is_refused() -> None:
    with pytest.raises(PatchError):
        set_value(Document.parse("a: text\n"), ("a", "b"), 1)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("a:\n- {id: x}\n- {id: y}\n", "- {id: z, n: 1}\n"),
        ("a:\n- {id: x}\n- id: y\n", "- id: z\n  n: 1\n"),
        ("a:\n- id: x\n- id: y\n", "- id: z\n  n: 1\n"),
        ("a:\n- {id: x}\n- {}\n", "- id: z\n  n: 1\n"),
    ],
)
def test_a_new_member_is_written_in_brackets_where_all_others_are(text: str, added: str) -> None:
    assert apply(Document.parse(text), [Append(("a",), {"id": "z", "n": 1})]).text == text + added


@pytest.mark.parametrize("value", ["text", 3, None, [1], {}])
@pytest.mark.parametrize("text", ["a: 1\n", "a: &x 1\nb: *x\n", "", "- 1\n", "text\n"])
def test_a_root_that_cannot_be_replaced_says_so(text: str, value: object) -> None:
    document = Document.parse(text)
    try:
        assert same(apply(document, [Replace((), value)]).data, value)
    except PatchError as error:
        assert error.message


def test_a_comment_stays_though_the_new_value_says_the_same() -> None:
    document = Document.parse("a:\n  x: 1  # TODO\n  y: 2\n")
    after = apply(document, [Replace(("a",), ["see # TODO list"])]).text
    assert after == 'a:\n  # TODO\n  - "see # TODO list"\n'
