"""Repair: what does not parse is mended by the smallest change, nothing is taken away, and every corpus file that broke
by hand is mended."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.repair.search import is_unambiguous, repair_proposals
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from tests.corpus import manifests, models, needs_corpus

COLLECTION = """\
config:
  id: meadow
collection:
  - id: petals
    type: dataset
    cite:
      - text: Botanist, On petals
        doi: 10.1000/petals
  - id: leaves
    type: dataset
    tags: [green, thin]
"""

TABLE = [
    pytest.param(
        "cite:\n  text: Fiji: a platform # read\n  doi: 10.1/x\n",
        'cite:\n  text: "Fiji: a platform" # read\n  doi: 10.1/x\n',
        "Line 2: quote the text",
        id="colon in a text",
    ),
    pytest.param(
        'text: "On "petals": a study"\n',
        "text: 'On \"petals\": a study'\n",
        "Line 1: fix the quotes",
        id="quotes in quotes",
    ),
    pytest.param(
        'name: "Petals\ndescription: "Of petals"\n',
        'name: "Petals"\ndescription: "Of petals"\n',
        "Line 1: fix the quotes",
        id="quote never closed",
    ),
    pytest.param(
        '"Petals" of leaves: 1\nname: "Petals" of leaves\n',
        "'\"Petals\" of leaves': 1\nname: '\"Petals\" of leaves'\n",
        "Lines 1 to 2: quote 2 texts",
        id="quotes around a part of a key",
    ),
    pytest.param(
        "a: \x01\n",
        None,
        "",
        id="nothing small helps",
    ),
    pytest.param(
        'name: "Petals" of leaves\n',
        "name: '\"Petals\" of leaves'\n",
        "Line 1: fix the quotes",
        id="quotes around a part",
    ),
    pytest.param("name: @petals\n", 'name: "@petals"\n', "Line 1: quote the text", id="reserved character"),
    pytest.param(
        "a:\n  - name: x\n\turl: y\n",
        "a:\n  - name: x\n    url: y\n",
        "Line 3: replace tabs with spaces",
        id="tab",
    ),
    pytest.param(
        "name:petals\ntype: dataset\n",
        "name: petals\ntype: dataset\n",
        "Line 1: add a space after",
        id="no blank",
    ),
    pytest.param(
        "tags: [a, b\nname: petals\n",
        "tags: [a, b]\nname: petals\n",
        "Line 1: add the missing “]”",
        id="bracket",
    ),
    pytest.param(
        "pre:\n  - scale_range\n    kwargs:\n      axes: xy\n",
        "pre:\n  - name: scale_range\n    kwargs:\n      axes: xy\n",
        "Line 2: add the missing “name:”",
        id="name of a processing step",
    ),
    pytest.param(
        COLLECTION.replace("    type: dataset\n    tags", "   type: dataset\n    tags"),
        COLLECTION,
        "Line 10: move",
        id="key",
    ),
    pytest.param(
        COLLECTION.replace("  - id: leaves", "  id: leaves"), COLLECTION, "Line 9: add the missing", id="dash"
    ),
]


@pytest.mark.parametrize(("broken", "mended", "title"), TABLE)
def test_the_smallest_change_that_makes_sense_comes_first(
    broken: str, mended: str | None, title: str
) -> None:
    proposals = repair_proposals(broken)
    if mended is None:
        assert proposals == ()
        return
    assert proposals[0].text == mended
    assert proposals[0].title.startswith(title)
    assert proposals[0].lines == sum(
        a != b for a, b in zip(broken.split("\n"), mended.split("\n"), strict=True)
    )
    assert [line for line in proposals[0].diff if line[0] in "+-"]


def test_a_text_over_several_lines_is_quoted_as_a_whole() -> None:
    proposals = repair_proposals("description: petals\n  and leaves: both\n")
    assert 'description: "petals\n  and leaves: both"\n' in [proposal.text for proposal in proposals]


def test_no_field_is_swallowed_by_the_quotes_around_a_text_above_it() -> None:
    broken = "config:\n  id: m\ncollection:\n- id: a\n  description: petals\n    and leaves: both\n  b: [1, 2\n  c: d\n"
    proposals = repair_proposals(broken)
    assert proposals
    for proposal in proposals:
        assert {"id", "description", "b", "c"} <= set(Document.parse(proposal.text).data["collection"][0])


def test_what_parses_or_is_refused_for_its_size_needs_no_repair() -> None:
    assert repair_proposals(COLLECTION) == ()
    assert repair_proposals("a: " + "[" * 200 + "]" * 200) == ()


def test_line_endings_and_a_byte_order_mark_stay() -> None:
    broken = "\ufeff" + COLLECTION.replace("\n", "\r\n").replace("Botanist, On", "Botanist: On")
    mended = repair_proposals(broken)[0].text
    assert mended == "\ufeff" + COLLECTION.replace("\n", "\r\n").replace(
        "Botanist, On petals", '"Botanist: On petals"'
    )


def test_an_entry_that_would_be_swallowed_is_no_repair() -> None:
    broken = COLLECTION.replace("  - id: leaves", "      - id: leaves")
    for proposal in repair_proposals(broken):
        assert len(Document.parse(proposal.text).data["collection"]) == 2


def test_several_ways_with_as_few_lines_are_not_unambiguous() -> None:
    proposals = repair_proposals("a:\n  - b: 1\n    c:\n      - d: 1\n\te: 2\n")
    assert len({proposal.text for proposal in proposals}) == len(proposals) > 1
    assert not is_unambiguous(proposals)
    assert is_unambiguous(repair_proposals("name: a: b\n"))


@pytest.mark.parametrize(
    ("value", "meanings"),
    [
        ("[http://a:80, x]]", [["http://a:80", "x]"], ["http://a:80", "x"]]),
        ("[a, b]]  # c", [["a", "b]"], ["a", "b"]]),
        ("{a: 1}}", [{"a": "1}"}, {"a": 1}]),
        ("[[a, b]", [[["a", "b"]], ["a", "b"]]),
        ("[a, [b, c]", [["a", "b", "c"], ["a", ["b", "c"]]]),
        ("[a, b, [c]  # c", [["a", "b", "c"], ["a", "b", ["c"]]]),
        ("[[a], [b, c]", [[["a"], ["b", "c"]], [["a"], "b", "c"]]),
        ("[a, {b: c]", [["a", "{b: c"], ["a", {"b": "c"}]]),
        ("{a: [1}", [{"a": "[1"}, {"a": [1]}]),
    ],
)
def test_a_bracket_too_many_or_too_few_is_asked_about(value: str, meanings: list[object]) -> None:
    proposals = repair_proposals(f"config:\n  id: x\n  links: {value}\n")
    assert not is_unambiguous(proposals)
    assert [Document.parse(one.text).data["config"]["links"] for one in proposals] == meanings
    assert all(("# c" in one.text) == ("# c" in value) for one in proposals)


# The corpus


def unparsable() -> list[Path]:
    found = []
    for path in (*manifests(), *models()):
        try:
            Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            found.append(path)
    return found


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\s\"'\\\-:#\[\]]+", text))


@pytest.mark.slow
@needs_corpus
def test_every_corpus_file_that_does_not_parse_is_mended_without_losing_a_word() -> None:
    broken = unparsable()
    mended = 0
    for path in broken:
        text = path.read_bytes().decode("utf-8")
        proposals = repair_proposals(text, path.name)
        mended += bool(proposals)
        for proposal in proposals:
            Document.parse(proposal.text)
            assert not words(text) - words(proposal.text), path.name
            assert proposal.text.count("\n") == text.count("\n")
    assert mended == len(broken) >= 25


def move_block(lines: list[str], chance: random.Random) -> None:
    at = chance.choice([n for n, line in enumerate(lines) if line.startswith(" ") and line.strip()])
    away = chance.randint(1, 4)
    lines[at] = " " * away + lines[at] if chance.random() < 0.5 else lines[at][min(away, indent(lines[at])) :]


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def put_tab(lines: list[str], chance: random.Random) -> None:
    at = chance.choice([n for n, line in enumerate(lines) if line.startswith("    ") and line.strip()])
    column = indent(lines[at])
    lines[at] = "\t" * (column // 4) + " " * (column % 4) + lines[at].lstrip(" ")


def drop_dash(lines: list[str], chance: random.Random) -> None:
    at = chance.choice([n for n, line in enumerate(lines) if re.match(r" *- \w+: ", line)])
    lines[at] = lines[at].replace("- ", "", 1)


def put_colon(lines: list[str], chance: random.Random) -> None:
    at = chance.choice(
        [n for n, line in enumerate(lines) if re.match(r" *(- )?\w+: \w+ \w+[^'\"|>]*$", line)]
    )
    lines[at] = re.sub(r"(: \w+) ", r"\1: ", lines[at], count=1)


def put_quotes(lines: list[str], chance: random.Random) -> None:
    at = chance.choice(
        [n for n, line in enumerate(lines) if re.match(r" *(- )?\w+: \w+ \w+[^'\"|>\\]*$", line)]
    )
    lines[at] = re.sub(r": (\w+) (\w+)([^\n]*?)(\s*)$", r': "\1 "\2"\3"\4', lines[at], count=1)


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("breaking", [move_block, put_tab, drop_dash, put_colon, put_quotes])
def test_what_is_broken_at_random_is_mended(breaking: Callable[[list[str], random.Random], None]) -> None:
    chance = random.Random(7)
    broken = mended = meant = 0
    for path in chance.sample(manifests(), min(60, len(manifests()))):
        text = path.read_bytes().decode("utf-8")
        lines = text.split("\n")
        try:
            whole = Document.parse(text)
            breaking(lines, chance)
        except (ManifestParseError, IndexError):
            continue
        worse = "\n".join(lines)
        try:
            Document.parse(worse)
        except ManifestParseError:
            broken += 1
        else:
            continue
        proposals = repair_proposals(worse)
        mended += bool(proposals)
        for proposal in proposals:
            assert not words(worse) - words(proposal.text)
        meant += any(same(Document.parse(one.text).data, whole.data) for one in proposals)
    assert broken >= 40
    assert mended >= 0.95 * broken
    if breaking not in (put_colon, put_quotes):  # these change the text itself
        assert meant >= 0.9 * broken


ODD = (
    "%s", "%d items", "@user", "`code`", "*bold*", "*", "{{ name }}", "{{ a }} and {{ b }}", "{{ a.b[0] }}", "{{ f(a, b) }}", "%",
    "@", "& more", "{% raw %}", "<<",
)  # fmt: skip
ODD_WHERE_PLAIN_ENDS = ("x: y: z", "100%: yes", "a: b: c")
TAIL = "collection:\n- id: a\n  type: model\n"
PLACES = (
    ("  tags: [ok, {0}, fine, {1}]\n", lambda config: config["tags"][1::2]),
    ("  tags: [{0}]\n  name: {1}\n", lambda config: [*config["tags"], config["name"]]),
    ("  tags: [ok,\n    {0},\n    {1}]  # why\n", lambda config: config["tags"][1:]),
    ("  contact: [{{name: {0}, github: {1}}}]\n", lambda config: list(config["contact"][0].values())),
    ("  tags:\n  - ok\n  - {0}\n  - {1}\n", lambda config: config["tags"][1:]),
    ("  name: {0}\n  docs: {1}  # why\n", lambda config: [config["name"], config["docs"]]),
)


@pytest.mark.parametrize(("place", "found"), PLACES, ids=[place for place, _ in PLACES])
@pytest.mark.parametrize("text", ODD)
def test_the_very_texts_that_cannot_be_plain_are_quoted(
    place: str, found: Callable[[Any], Any], text: str
) -> None:
    for other in ODD:
        broken = "config:\n  id: m\n" + place.format(text, other) + TAIL
        first = repair_proposals(broken)[0]
        assert found(Document.parse(first.text).data["config"]) == [text, other], first.text
        assert first.text.endswith(TAIL)
        assert first.text.count("# why") == broken.count("# why")


@pytest.mark.parametrize("text", ODD_WHERE_PLAIN_ENDS)
def test_a_text_with_colons_in_a_list_is_quoted_by_itself(text: str) -> None:
    (first, *_) = repair_proposals(f"config:\n  id: m\n  tags: [ok, {text}, c: d: e]\n{TAIL}")
    assert Document.parse(first.text).data["config"]["tags"] == ["ok", text, "c: d: e"]


@pytest.mark.parametrize(
    "key", ["%s", "@name", "`a`", "*bold*", "{{ key }}", "{% raw %}", "|x", ">x y", "]", ", x", '"q" r', "!x"]
)
def test_a_key_that_cannot_be_plain_is_quoted(key: str) -> None:
    first = repair_proposals(f"config:\n  id: m\n  {key}: v\n  docs: z\n{TAIL}")[0]
    assert Document.parse(first.text).data["config"] == {"id": "m", key: "v", "docs": "z"}


def test_lines_that_steer_a_template_become_comments_and_text_blocks_stay() -> None:
    broken = (
        "config:\n  id: m\n{% if a %}\n  name: {{ name }}\n{% endif %}\n  docs: |\n    {% raw %}\n" + TAIL
    )
    first = repair_proposals(broken)[0]
    assert "# {% if a %}\n" in first.text
    assert "# {% endif %}\n" in first.text
    assert Document.parse(first.text).data["config"] == {
        "id": "m",
        "name": "{{ name }}",
        "docs": "{% raw %}\n",
    }


@pytest.mark.parametrize(
    ("tags", "mended"),
    [
        ("[%s]", '["%s"]'),
        ("[a, #b]", '[a, "#b"]'),
        ("[a #b, c]", '["a #b", c]'),
        ("[a, [b, @c], {d: @e}]", '[a, [b, "@c"], {d: "@e"}]'),
        ("[*a, b]", '["*a", b]'),
        ("['a', \"b\", 'it''s', @c]", "['a', \"b\", 'it''s', \"@c\"]"),
        ("[a], b]", '["a]", b]'),
        ('["a" b, c]', "['\"a\" b', c]"),
        ("[https://a.b/{{ c }}, d]", '["https://a.b/{{ c }}", d]'),
        ("[=, 1.0]", '["=", 1.0]'),
    ],
)
def test_a_list_never_becomes_one_text(tags: str, mended: str) -> None:
    broken = f"config:\n  id: m\n  tags: {tags}  # why\n{TAIL}"
    for proposal in repair_proposals(broken):
        assert isinstance(Document.parse(proposal.text).data["config"]["tags"], list)
    assert repair_proposals(broken)[0].text == broken.replace(tags, mended)


def test_what_stands_by_itself_keeps_its_form() -> None:
    broken = "a: &x 1\nb: *x\nc: !!str 2\nd: |\n  @e\nf: 'g\n  h'\ni: @j\nk: '@l'\nm: %n\n"
    assert repair_proposals(broken)[0].text == broken.replace("@j", '"@j"').replace("%n", '"%n"')


def test_a_value_that_nothing_can_be_made_of_is_quoted() -> None:
    for broken in ("a: 2020-13-45\n", "a: !important b\n", "a: =\n", "a: *b\n", "a: {{ b }}\n"):
        text = broken[3:-1]
        assert Document.parse(repair_proposals(broken)[0].text).data == {"a": text}


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("a: 1\n---\nb: 2\n", "a: 1\n# ---\nb: 2\n"),
        ("a: 1\n--- # more\nb: 2\n...\n", "a: 1\n# --- # more\nb: 2\n...\n"),
        ("---\na: 1\n---\nb: 2\n---\nc: 3\n", "---\na: 1\n# ---\nb: 2\n# ---\nc: 3\n"),
        (
            "collection:\n- id: a\n  name: A\n---\n- id: b\n",
            "collection:\n- id: a\n  name: A\n# ---\n- id: b\n",
        ),
        ("{%s: 1, b: [@x]}\n", '{"%s": 1, b: ["@x"]}\n'),
    ],
)
def test_several_documents_become_one_and_a_root_in_brackets_is_quoted_within(
    broken: str, mended: str
) -> None:
    assert repair_proposals(broken)[0].text == mended


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {b: 1}\nc: {<<: *x, <<: *x}\n",  # quoted, they would be a field called “<<”
        "a: &x {b: 1}\nz: &y {q: 1}\nc:\n  <<: *x\n  <<: *y\n",  # moved, it would bring its fields to the root
        "a: 1\n--- b: 2\n",  # moved, the mark would be a part of the text before it
    ],
)
def test_what_would_mean_something_else_is_not_proposed(text: str) -> None:
    assert repair_proposals(text) == ()


@pytest.mark.parametrize(
    "brackets", ["[" * 700, "[" * 700 + "]" * 650, "[a, " * 60, "{a: " * 60, "[a, {b: [" * 20]
)
def test_brackets_that_are_never_closed_are_read_once_each_and_never_too_deep(brackets: str) -> None:
    broken = f"config:\n  id: m\n  name: @x\n{TAIL}more: {brackets}%c\n"
    proposals = repair_proposals(broken)
    assert not proposals or Document.parse(proposals[0].text).data["config"]["name"] == "@x"
