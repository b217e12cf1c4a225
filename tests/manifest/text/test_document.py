from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.document import Document, Position
from partner_tui.manifest.text.scalars import as_text
from tests.corpus import manifests, models, needs_corpus

TEXT = """\
config:
  id: x  # the id
  version: 1.20
collection:
- id: one
  cite:
    - {doi: 10.1/2}
  text: >
    folded

# a comment
- &second
  id: two
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("config", "id"), 2, 3),
        (("collection",), 4, 1),
        (("collection", 0), 5, 1),
        (("collection", 0, "cite", 0, "doi"), 7, 8),
        (("collection", 1), 12, 1),
        (("collection", 1, "id"), 13, 3),
        (("collection", 0, "nowhere", 3), 5, 1),
        (("nowhere",), 1, 1),
    ],
)
def test_a_path_is_found_at_its_line_and_column(path: tuple[str | int, ...], line: int, column: int) -> None:
    assert Document.parse(TEXT).position(path) == Position(line, column)
    assert Document.parse("\ufeff" + TEXT).position(path) == Position(line, column)
    assert Document.parse(TEXT.replace("\n", "\r\n")).position(path) == Position(line, column)


def test_line_spans_leave_trailing_comments_and_blank_lines_out() -> None:
    document = Document.parse(TEXT)
    assert document.line_span(("collection", 0)) == (5, 9)
    assert document.line_span(("config",)) == (1, 3)
    assert document.excerpt(("config", "id")) == "  id: x  # the id"


def test_the_raw_token_of_a_float_is_kept() -> None:
    document = Document.parse(TEXT)
    assert document.data["config"]["version"] == 1.2
    assert as_text(document.data["config"]["version"]) == "1.20"


def test_a_key_written_twice_is_reported_with_both_places_and_the_last_counts() -> None:
    document = Document.parse("a:\n  b: 1\n  c: 2\n  b: 3\n")
    (found,) = document.duplicates
    assert (found.path, found.key, found.first, found.again) == (("a",), "b", Position(2, 3), Position(4, 3))
    assert document.data == {"a": {"b": 3, "c": 2}}


def test_dates_are_dates() -> None:
    assert Document.parse("a: 2020-01-01").data == {"a": date(2020, 1, 1)}


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: b: c\n", 1, "quoted"),
        ("x:\n  - a\n\t- b\n", 3, "tabs"),
        ("a:\n- id: 1\n  b: 2\n c: 3\n", 4, "indentation"),
        ("a: [1, 2\nb: 3\n", 2, "bracket"),
        ('a: "x" y"\nb: 1\n', 1, "indentation"),
        ("a: *x\n", 1, "quoted"),
        ("a: 1\n---\nb: 2\n", 2, "one YAML document"),
        ("a: !!python/object/apply:os.system [echo]\n", 1, "tag"),
        ("a: 2020-13-45\n", 1, "Quote"),
        ("b: 1\na: =\n", 2, "Quote"),
        ("b: {<<: {a: 1},\n  <<: {c: 2}}\n", 2, "[*one, *two]"),
        ("a: 1\n{b: 1}: 2\n", 2, ""),
        ("a: 1\n[[1]]: 2\n", 2, ""),
        ("a: 1\n&x: 2\n", 2, "space"),
        ("a: \x01\n", 1, "invisible"),
        ("a: &x [*x]\n", 1, "repeating"),
        ("a: 1\nconfig:\n<<<<<<< HEAD\n  id: x\n=======\n  id: y\n>>>>>>> main\n", 3, "<<<<<<<"),
    ],
)
def test_a_text_that_is_no_yaml_is_explained_with_its_line(text: str, line: int, hint: str) -> None:
    with pytest.raises(ManifestParseError) as caught:
        Document.parse(text, "collection.yaml")
    assert caught.value.line == line
    assert caught.value.column >= 1
    assert text.split("\n")[line - 1] in caught.value.context
    assert len(caught.value.context) <= 3
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[" * 1_000_000, "depth"),
        ("[" * 400, "depth"),
        ("a: " + "{a: " * 1200, "depth"),
        ("a: " + "[" * 1200 + "]" * 1200, "depth"),
        ("- [a, {b: c}]\n" * 3000 + "- " + "[" * 40_000, "depth"),
        ('["]", ' * 40_000, "depth"),
        ("[!<]> " * 40_000, "depth"),
        ("[ # ]\n" * 40_000, "depth"),
        ("{a: " * 200 + "1" + "}" * 200, "depth"),
        ("- " * 1_000_000 + "a", "depth"),
        ("\n".join(" " * n + "a:" for n in range(3000)), "depth"),
        ("\n".join(" " * n + "a:" for n in range(1000)), "depth"),
        ("\n".join("  " * n + "- a:" for n in range(500)), "depth"),
        (
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + "".join(
                f"b{n}: &b{n} [{', '.join([f'*{p}'] * 10)}]\n"
                for n, p in enumerate(["a", *(f"b{i}" for i in range(8))])
            ),
            "aliases",
        ),
        ("a: " + "x" * (21 * 1024 * 1024), "size"),
    ],
    ids=[
        "brackets",
        "brackets-below-the-parsers-limit",
        "braces-at-the-parsers-limit",
        "closed-at-the-parsers-limit",
        "closed-before",
        "quoted",
        "tagged",
        "commented",
        "braces",
        "dashes",
        "stairs",
        "stairs-at-the-parsers-limit",
        "dashes-at-the-parsers-limit",
        "bomb",
        "size",
    ],
)
def test_hostile_text_is_refused_before_it_does_harm(text: str, kind: str) -> None:
    with pytest.raises(ManifestParseError) as caught:
        Document.parse(text)
    assert caught.value.kind == kind


def test_bytes_that_are_not_utf_8_are_refused_with_their_place() -> None:
    with pytest.raises(ManifestParseError) as caught:
        Document.decode(b"a: 1\nb: \xe9t\xe9\n")
    assert (caught.value.kind, caught.value.line, caught.value.column) == ("encoding", 2, 4)
    with pytest.raises(ManifestParseError) as caught:
        Document.decode("a: 1".encode("utf-16"))
    assert caught.value.kind == "encoding"


def test_fifty_megabytes_are_refused_in_one_line() -> None:
    with pytest.raises(ManifestParseError) as caught:
        Document.decode(b"a: b # x\n" * 5_600_000)
    assert caught.value.kind == "size"
    assert "20 MiB" in caught.value.message


def test_bytes_come_back_as_they_were() -> None:
    data = "\ufeffa: ü\r\nb: [1]\r\n".encode()
    assert Document.decode(data).encode() == data


@needs_corpus
def test_every_corpus_file_is_read_or_says_where_it_cannot_be() -> None:
    for file in [*manifests(), *models()]:
        data = file.read_bytes()
        try:
            document = Document.decode(data, file.name)
        except ManifestParseError as error:
            assert error.line
            assert error.context
            assert error.hint, error.message
            continue
        assert document.encode() == data


@pytest.mark.slow
def test_a_long_file_without_aliases_is_not_taken_for_one_that_explodes() -> None:
    assert len(Document.parse("- [a, b, c, d]\n" * 300_000).data) == 300_000


def test_threads_that_ask_at_once_are_told_the_same_duplicates() -> None:
    text = "".join(f"a{number}: {{k: 1, k: 2}}\n" for number in range(20))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for _ in range(20):
                document = Document.parse(text)
                asked = [threads.submit(lambda document: document.duplicates, document) for _ in range(4)]
                assert {len(one.result()) for one in asked} == {20}
    finally:
        sys.setswitchinterval(interval)
