"""Whatever the document, an edit gives the data that were meant, and leaves all other lines as they were."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import (
    Add,
    Append,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    Replace,
    edited,
)
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import plain, same
from tests.corpus import manifests, models, needs_corpus

VALUES: tuple[Any, ...] = (
    "new",
    "with: colon # and 'quotes'",
    "two\nlines\n",
    "",
    1.5,
    None,
    True,
    ["a", "b: c", {"x": [1, {"y": 2}]}],
    {"k": {"l": []}, "m": "text"},
    [],
)


# Documents


@st.composite
def documents(draw: st.DrawFn) -> str:
    """YAML texts of mixed styles, with comments and blank lines wherever they may stand."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines = draw(_mapping(0, 0))
    text = newline.join(lines) + draw(st.sampled_from([newline, newline, "", newline + "# end" + newline]))
    return draw(st.sampled_from(["", "", "\ufeff", "# top" + newline, "---" + newline])) + text


_SCALARS = st.sampled_from(
    [
        "x",
        "two words",
        "'single'",
        '"double"',
        "1",
        "1.20",
        "",
        "yes",
        "~",
        "2020-01-01",
        "'it''s'",
        "http://a.b/c",
        "é中",
    ]
)
_FLOWS = st.sampled_from(
    ["[]", "{}", "[a, b]", "[a,  'b', {c: 1}]", "{a: 1, b: , c}", "[a, b,]", "{x: [1, 2]}"]
)
_TRAILING = st.sampled_from(["", "", "", "  # trailing", "   ", "\t# tab"])
_BETWEEN = st.sampled_from([[], [], [], [""], ["# between"], ["", "    # odd", ""]])


@st.composite
def _mapping(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    for key in draw(
        st.lists(
            st.sampled_from(["id", "name", "tags", "'q k'", "x-y", "config"]),
            min_size=1,
            max_size=4,
            unique=True,
        )
    ):
        lines += draw(_BETWEEN)
        first, rest = draw(_value(column, depth, dash=False))
        lines += [f"{' ' * column}{key}:{first}", *rest]
    return lines


@st.composite
def _value(draw: st.DrawFn, column: int, depth: int, dash: bool) -> tuple[str, list[str]]:
    kind = draw(
        st.sampled_from(
            ["scalar", "scalar", "flow", "block", "wrapped", *(["list", "map"] if depth < 3 else [])]
        )
    )
    tail = draw(_TRAILING)
    indent = draw(st.sampled_from([1, 2, 4]))
    if kind == "scalar":
        scalar = draw(_SCALARS)
        return (f"{draw(st.sampled_from([' ', '   ']))}{scalar}" if scalar else "") + (
            tail if tail.strip() or scalar else ""
        ), []
    if kind == "flow":
        if draw(st.booleans()):
            return f" {draw(_FLOWS)}{tail}", []
        pad = " " * (column + 2)
        return " [", [f"{pad}a, # one", f"{pad}# two", f"{pad}{{b: 1}},", f"{pad}c", f"{pad}]{tail}"]
    pad = " " * (column + indent)
    if kind == "block":
        header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+"]))
        return f" {header}", [f"{pad}first line", "", f"{pad}second # no comment"]
    if kind == "wrapped":
        return draw(st.sampled_from([f" plain text{tail if not tail.strip() else ''}", ' "quoted text'])), [
            f"{pad}goes on"
        ]
    if kind == "list":
        at = column + draw(st.sampled_from([0, 2] if not dash else [2]))
        lines: list[str] = []
        for _ in range(draw(st.integers(1, 3))):
            lines += draw(_BETWEEN)
            first, rest = draw(_value(at, depth + 1, dash=True))
            lines += [f"{' ' * at}-{first}", *rest]
        return tail if tail.strip() else "", lines
    inner = draw(_mapping(column + (2 if dash else indent), depth + 1))
    if dash and inner[0].strip() and not inner[0].lstrip().startswith("#"):
        return " " + inner[0].lstrip(), inner[1:]
    return "", inner


def _paths(data: Any, path: Path = ()) -> list[Path]:
    found: list[Path] = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += _paths(value, (*path, key)) if isinstance(key, str) else []
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += _paths(value, (*path, index))
    return found


def _edits(data: Any, path: Path) -> list[Edit]:
    """Every kind of edit that fits at a path."""
    value = data
    for step in path:
        value = value[step]
    edits: list[Edit] = [Remove(path), *(Replace(path, new) for new in VALUES)]
    if isinstance(path[-1], str):
        edits += [Rename(path, "renamed"), Add((*path[:-1], "added"), ["q"], after=path[-1])]
    if isinstance(value, list):
        edits += [
            Append(path, "new one"),
            Insert(path, 0, {"id": "n", "t": ["x"]}),
            Replace(path, ["n", *value[1:], "m"]),
        ]
        if len(value) > 1:
            edits += [
                Move(path, 0, len(value) - 1),
                Replace(path, value[::-1]),
                Replace(path, [*value[:1], "mid", *value[1:]]),
            ]
    if isinstance(value, dict):
        edits.append(Add((*path, "added"), {"a": [1]}))
        edits.append(Replace(path, {**value, "more": 1}))
    return edits


def _comments(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.lstrip().startswith("#"))


def check(document: Document, edit: Edit) -> Document:
    """Apply, and require: the data as meant, and only lines of the edited part changed."""
    after = apply(document, [edit])
    assert same(after.data, edited(document.data, edit))
    assert after.text.startswith("\ufeff") == document.text.startswith("\ufeff")
    if "\r\n" in document.text:
        assert after.text.count("\n") == after.text.count("\r\n")
    before, now = document.text.splitlines(), after.text.splitlines()
    first, last = _touched(document, edit)
    same_head = sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False))
    )
    same_tail = sum(
        1
        for _ in itertools.takewhile(
            lambda pair: pair[0] == pair[1], zip(reversed(before), reversed(now), strict=False)
        )
    )
    assert same_head >= first - 1, (edit, document.text, after.text)
    assert same_tail >= len(before) - last, (edit, document.text, after.text)
    if isinstance(edit, Append | Insert | Move | Rename | Add):
        assert not _comments(document.text) - _comments(after.text)
    return after


def _touched(document: Document, edit: Edit) -> tuple[int, int]:
    """The lines that an edit may change, 1-based, inclusive; comments directly above members included."""
    path = edit.path
    if isinstance(edit, Add) or (isinstance(edit, Remove) and document.slot(path) is not None):
        # a collection that becomes empty, or loses its first member behind a dash, is written at its parent
        first, last = document.line_span(path[:-1]) if path[:-1] else (1, len(document.text.splitlines()))
    else:
        first, last = document.line_span(path)
    return first, last


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(documents(), st.randoms(use_true_random=False))
def test_every_edit_of_any_document_is_as_meant_and_local(text: str, chance: random.Random) -> None:
    try:
        document = Document.parse(text)
    except ManifestParseError:
        return
    if not isinstance(document.data, dict):
        return
    paths = _paths(document.data)
    edits = [edit for path in paths for edit in _edits(document.data, path)]
    for edit in chance.sample(edits, min(12, len(edits))):
        try:
            check(document, edit)
        except PatchError:
            # A comment that stands deeper than a text block above it would become part of the text when
            # what lies between is removed: refused.
            assert "    # odd" in text and isinstance(edit, Remove | Replace), (edit, text)


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(documents(), st.randoms(use_true_random=False))
def test_a_batch_gives_what_its_edits_give_one_by_one(text: str, chance: random.Random) -> None:
    try:
        document = Document.parse(text)
    except ManifestParseError:
        return
    if not isinstance(document.data, dict):
        return
    edits: list[Edit] = []
    data, one_by_one = document.data, document
    for _ in range(6):
        paths = _paths(data)
        if not paths:
            break
        fitting = _edits(data, chance.choice(paths))
        edit = chance.choice(fitting)
        try:
            one_by_one = apply(one_by_one, [edit])
        except PatchError as error:
            assert "already exists" in error.message, (edit, one_by_one.text)
            continue
        data = one_by_one.data
        edits.append(edit)
    assert same(apply(document, edits).data, data)


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    "ab :#-'\"\\\n\t[]{},&*!|>%@`?~=<.0123456789eE_+", max_size=12
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(
    _ANY,
    st.sampled_from(
        [
            "a: b\nc: 1\n",
            "a: 'b'  # c",
            "x:\n- a: |\n    b\n  d: 2\n",
            "x: {a: b, c: d}\n",
            "x:\r\n  - a:\r\n  - b\r\n",
            "a: >\n  b\n",
        ]
    ),
)
def test_any_value_can_be_written_anywhere(value: Any, text: str) -> None:
    document = Document.parse(text)
    for path in _paths(document.data):
        after = apply(document, [Replace(path, value)])
        assert same(after.data, edited(document.data, Replace(path, plain(value))))


# The corpus


def _read(file: File) -> Document:
    try:
        return Document.decode(file.read_bytes(), file.name)
    except ManifestParseError:
        pytest.skip("does not parse")


@needs_corpus
@pytest.mark.parametrize("file", manifests(), ids=lambda file: file.stem)
def test_every_config_field_and_entry_of_a_real_manifest_can_be_edited(file: File) -> None:
    document = _read(file)
    manifest = read_manifest(document)
    chance = random.Random(file.name)
    edits: list[Edit] = []
    for field in manifest.partner.config:
        path: Path = ("config", field)
        edits += [
            Replace(path, chance.choice(VALUES)),
            Remove(path),
            *chance.sample(_edits(document.data, path), 1),
        ]
    for entry in manifest.entries:
        name: str | None = chance.choice([*entry.own]) if entry.own else None
        options: list[Edit] = [Remove(entry.path), Append(entry.path[:-1], {"id": "new", "tags": ["a"]})]
        if name:
            options += [
                Replace((*entry.path, name), "new"),
                Remove((*entry.path, name)),
                Rename((*entry.path, name), "zz"),
            ]
            options += [Add((*entry.path, "zz"), ["a"]), *_edits(document.data, (*entry.path, name))]
        edits += chance.sample(options, 1)
    for edit in chance.sample(edits, min(len(edits), 22)):
        check(document, edit)


@needs_corpus
@pytest.mark.parametrize("file", manifests()[::6], ids=lambda file: file.stem)
def test_a_replaced_splash_title_changes_one_line(file: File) -> None:
    document = _read(file)
    if "splash_title" not in read_manifest(document).partner.config:
        pytest.skip("has no splash_title")
    after = apply(document, [Replace(("config", "splash_title"), "Another title")])
    before, now = document.text.splitlines(keepends=True), after.text.splitlines(keepends=True)
    changed = [
        code
        for code in SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
        if code[0] != "equal"
    ]
    assert [(tag, end - start, to - begin) for tag, start, end, begin, to in changed] == [("replace", 1, 1)]


@needs_corpus
@pytest.mark.parametrize("file", models()[::5], ids=lambda file: file.stem)
def test_a_real_model_description_can_be_edited(file: File) -> None:
    document = _read(file)
    chance = random.Random(file.name)
    paths = _paths(document.data)
    for _ in range(10):
        check(document, chance.choice(_edits(document.data, chance.choice(paths))))
