"""What the spec library would read otherwise than we do is refused at its place, in words that say what to change."""

from __future__ import annotations

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.repair.search import is_unambiguous, repair_proposals
from partner_tui.manifest.text.composing import LARGE
from partner_tui.manifest.text.decoding import decoded
from partner_tui.manifest.text.document import Document


def refused(text: str) -> tuple[int | None, int | None, str, str]:
    with pytest.raises(ManifestParseError) as caught:
        Document.parse(text, "x")
    error = caught.value
    return error.line, error.column, error.message.split(": ", 1)[1], error.hint


@pytest.mark.parametrize(
    ("text", "line", "column", "sign", "name"),
    [
        ("&y a: 1\n*y: v\n", 2, 1, ":", "an alias (*name)"),
        ("a: &y k\nb: {*y: v}\n", 2, 5, ":", "an alias (*name)"),
        ("a: {b: &c 1, *c: 2}\n", 1, 14, ":", "an alias (*name)"),
        ("&y: k\n", 1, 1, ":", "an anchor (&name)"),
        ("x: [!!str, x]\n", 1, 5, ",", "a tag (!name)"),
        ("x: [a, !!str, x]\n", 1, 8, ",", "a tag (!name)"),
        ("x: [&a !!str, x]\n", 1, 8, ",", "a tag (!name)"),
        ("x: [!, x]\n", 1, 5, ",", "a tag (!name)"),
        ("x: [!!null,x]\n", 1, 5, ",", "a tag (!name)"),
        ("{!!str, x: 1}\n", 1, 2, ",", "a tag (!name)"),
        ("x: [!<tag:yaml.org,2002:str>, x]\n", 1, 5, ",", "a tag (!name)"),
        ("{?!,}\n", 1, 3, ",", "a tag (!name)"),
        ("x: [&a:]\n", 1, 5, ":", "an anchor (&name)"),
        ("x: [&a:b]\n", 1, 5, ":", "an anchor (&name)"),
        ("x: {&a::}\n", 1, 5, ":", "an anchor (&name)"),
        ("x: [b:, &a:a]\n", 1, 9, ":", "an anchor (&name)"),
    ],
)
def test_punctuation_that_the_library_reads_into_a_name(
    text: str, line: int, column: int, sign: str, name: str
) -> None:
    said = f"“{sign}” right behind {name} is part of its name to the spec library."
    assert refused(text) == (line, column, said, f"Put a space before the “{sign}”.")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("{a's':, : 2}", 6),
        ("['s'::]", 5),
        ("[b:, 's':]", 9),
        ("[? :]", 4),
        ("[&a :]", 5),
        ("[! :]", 4),
        ("[[a]:b]", 5),
    ],
)
def test_a_colon_that_only_the_library_reads_into_a_text(text: str, column: int) -> None:
    said = "A “:” without a space after it is part of a text to the spec library"
    hint = "Put a space after the “:”, or quote the text."
    assert refused(text) == (1, column, f"{said}.", hint)


@pytest.mark.parametrize(("text", "column"), [("[? , : x]", 6), ("[?,,a]", 4), ("[?,:]", 4)])
def test_nothing_is_read_past_a_comma_that_libyaml_drops(text: str, column: int) -> None:
    assert refused(text)[:2] == (1, column)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("{b:]", 3, "This line has no “: ” after its key."),
        ("[*a:]", 2, "An alias (*name) has no anchor (&name) before it."),
    ],
)
def test_a_text_that_ends_in_a_colon_does_not_move_the_place_of_a_fault(
    text: str, column: int, said: str
) -> None:
    assert refused(text)[1:3] == (column, said)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('x: {"a":1,"b":[1],"c":{}}\n', {"x": {"a": 1, "b": [1], "c": {}}}),
        ("%YAML 1.1\n---\n['a':1]\n", [{"a": 1}]),
        ("x: [std::a, http://b]\ny: '[:a] ::b'\n", {"x": ["std::a", "http://b"], "y": "[:a] ::b"}),
        ("a: &y k\n*y : v\n", {"a": "k", "k": "v"}),
        ("x: [!!str , x]\n", {"x": ["", "x"]}),
        ("x: [&a, b]\n", {"x": [None, "b"]}),
        ("a: &a 1\nb: [*a,2]\n", {"a": 1, "b": [1, 2]}),
        ("a: &y 1\nx: 'see [!, *y: or &z: there]'\n", {"a": 1, "x": "see [!, *y: or &z: there]"}),
        ("x: Hello !, and *y:more\n", {"x": "Hello !, and *y:more"}),
        ("a: &y 1\nb: *y  # [!, *y: no]\n", {"a": 1, "b": 1}),
        ("? [a, b]\n: [[c], {d: 1}]\n", {("a", "b"): [["c"], {"d": 1}]}),
    ],
)
def test_the_same_signs_elsewhere_are_read_as_the_library_reads_them(text: str, data: object) -> None:
    assert Document.parse(text).data == data


@pytest.mark.parametrize("escape", ["\\ud83d", "a\\udc00b", "\\ud83d\\ude00", "\\U00110000"])
def test_an_escape_that_is_half_a_character_or_none(escape: str) -> None:
    _, _, said, hint = refused(f'a: 1\nx: "{escape}"\n')
    assert said == "An escape in double quotes is not a character by itself."
    assert hint == "Write the character instead, or its whole number: \\U and eight digits."


def test_an_unknown_escape_is_not_taken_for_a_quote_that_is_not_closed() -> None:
    assert refused('x: "\\q"\n')[2] == "A backslash in double quotes is followed by no known escape."
    assert refused('x: "q\n')[2] == "A quoted text that begins on line 1 is not closed."


@pytest.mark.parametrize(
    ("odd", "what"),
    [
        ("a: &n 1\nb: &n 2\n", "An anchor (&name) that is defined twice"),
        ("config:\n  : x\n", "A key that is left out (“: value”)"),
    ],
)
def test_a_large_file_with_what_is_read_slowly_is_told_its_size_and_the_limit(odd: str, what: str) -> None:
    assert Document.parse(odd).data
    text = odd + "".join(f"key_{number}: {'x' * 90}\n" for number in range(3000))
    assert len(text) > LARGE
    assert refused(text)[2] == f"{what} can be read in files of up to 256 KiB; this one has 294 KiB."


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("\ufeff\ufeffa: 1\nb: 2\n", 1, 1),
        ("# joined\n\ufeffa: 1\n", 2, 1),
        ("a: 1\r\ufeffb: 2\r", 2, 1),
        ("a:\n  - 1\n\ufeffb: 2\n", 3, 1),
    ],
)
def test_a_byte_order_mark_that_only_the_library_reads_as_part_of_a_key(
    text: str, line: int, column: int
) -> None:
    assert refused(text)[:3] == (line, column, "A byte order mark within the text.")
    mended = repair_proposals(text)
    assert mended[0].text == text[:1] + text[1:].replace("\ufeff", "") and is_unambiguous(mended)
    assert Document.parse("\ufeffa: \ufeff1\n").data == {"a": "\ufeff1"}


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-16-LE", "UTF-16-BE", "UTF-32", "UTF-32-LE", "UTF-32-BE"])
def test_a_wide_encoding_is_named(encoding: str) -> None:
    with pytest.raises(ManifestParseError) as caught:
        decoded("type: collection\nconfig:\n  id: meadow\n".encode(encoding), "x")
    assert caught.value.message == f"x is {encoding[:6]} and not UTF-8 text."


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: one\u2028two\nb: 1\n", 1, 7, "2028"),
        ("- a:\n    b: one\u2029two\n    c: 1\n", 2, 11, "2029"),
        ("x: 1\r\na: one\x85two\r\n", 2, 7, "0085"),
        ("a: one\u2028b: 1: 2\n", 1, 7, "2028"),
        ("a: 1 # one\u2028two\nb: 1\n", 1, 11, "2028"),
        ("a: |\n  one\u2029two\nb: 1\n", 2, 6, "2029"),
        ("a: it's\u2028two\nb: *no\n", 1, 8, "2028"),
        ("a: one\u2028@two\n", 1, 7, "2028"),
    ],
)
def test_a_line_break_that_nobody_sees_is_named_at_its_place(
    text: str, line: int, column: int, code: str
) -> None:
    said = f"An invisible line break (U+{code}) ends this line."
    hint = f"Remove it, or write it as \\u{code.lower()} in double quotes."
    assert refused(text) == (line, column, said, hint)


@pytest.mark.parametrize("quoted", ['"x\u2028y"', "'x\u2028y'", "'x\x85  y: z'", "x\u2029  y"])
@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ("*no", 4, "An alias (*name) has no anchor (&name) before it."),
        ("1: 2", 5, "A “: ” is not allowed here."),
        ("@no", 4, "No value can begin with this character."),
        ('"\\q"', 6, "A backslash in double quotes is followed by no known escape."),
        ("'q", 6, "A quoted text that begins on line 2 is not closed."),
    ],
)
def test_a_harmless_line_break_above_is_not_the_fault(
    quoted: str, wrong: str, column: int, said: str
) -> None:
    assert refused(f"b: {quoted}\nc: {wrong}")[2] == said
