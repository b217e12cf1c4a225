"""Repair: what does not parse is mended by the smallest change, nothing is taken away, and every corpus file that broke
by hand is mended."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.document import Document
from partner_tui.manifest.repair import is_unambiguous, repair_proposals
from partner_tui.manifest.values import same
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
        "Line 1: write the quotes anew",
        id="quotes in quotes",
    ),
    pytest.param(
        'name: "Petals\ndescription: "Of petals"\n',
        'name: "Petals"\ndescription: "Of petals"\n',
        "Line 1: write the quotes anew",
        id="quote never closed",
    ),
    pytest.param(
        '"Petals" of leaves: 1\nname: "Petals" of leaves\n',
        None,
        "",
        id="nothing small helps",
    ),
    pytest.param(
        'name: "Petals" of leaves\n',
        "name: '\"Petals\" of leaves'\n",
        "Line 1: write the quotes anew",
        id="quotes around a part",
    ),
    pytest.param("name: @petals\n", 'name: "@petals"\n', "Line 1: quote the text", id="reserved character"),
    pytest.param(
        "a:\n  - name: x\n\turl: y\n", "a:\n  - name: x\n    url: y\n", "Line 3: blanks for tabs", id="tab"
    ),
    pytest.param(
        "name:petals\ntype: dataset\n", "name: petals\ntype: dataset\n", "Line 1: a blank", id="no blank"
    ),
    pytest.param(
        "tags: [a, b\nname: petals\n", "tags: [a, b]\nname: petals\n", "Line 1: a missing “]”", id="bracket"
    ),
    pytest.param(
        "pre:\n  - scale_range\n    kwargs:\n      axes: xy\n",
        "pre:\n  - name: scale_range\n    kwargs:\n      axes: xy\n",
        "Line 2: a missing “name:”",
        id="name of a processing step",
    ),
    pytest.param(
        COLLECTION.replace("    type: dataset\n    tags", "   type: dataset\n    tags"),
        COLLECTION,
        "Line 10: move",
        id="key",
    ),
    pytest.param(
        COLLECTION.replace("  - id: leaves", "  id: leaves"), COLLECTION, "Line 9: a missing", id="dash"
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
