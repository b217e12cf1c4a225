"""A value that the upgrade moves is written as it was, quotes and all, wherever it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError, PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.source_text import token_lines, with_tokens
from partner_tui.manifest.text.values import frozen, same
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers, Question, read_typed
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.corpus import manifests, models, needs_corpus
from tests.manifest.library import agree, read
from tests.upgrade.models.figures import BY_KINDS
from tests.upgrade.test_plan import HEAD, plan, text_of

MODEL = """\
format_version: 0.4.10
type: model
name: Example net
description: A model
authors: [{name: Someone, github_user: someone}]
license: MIT
documentation: README.md
cite: [{text: a, doi: 10.1234/abc}]
tags: [a]
test_inputs: [in.npy]
test_outputs: [out.npy]
inputs:
- name: raw
  axes: bcyx
  data_type: float32
  data_range: [0, 1e4]
  shape: [1, 1, 64, 64]
  preprocessing:
  - name: zero_mean_unit_variance
    kwargs: {mode: per_sample, axes: xy, eps: 1e-3}
outputs:
- {name: out, axes: bcyx, data_type: float32, shape: [1, 1, 64, 64]}
weights:
  pytorch_state_dict:
    source: w.pt
    sha256: 2eba0d2ccb3a4e1b1dbbd4a8b3c7ee2b8eed43fd1e2a8aa12d7e1c4d3f8ab111
    pytorch_version: 1.10
    architecture: net.py:Net
    architecture_sha256: 2eba0d2ccb3a4e1b1dbbd4a8b3c7ee2b8eed43fd1e2a8aa12d7e1c4d3f8ab111
    kwargs: {shuffle: yes, lr: 1e-4}
"""
TOKENS = (
    "3.10", "007", "0x1F", "1e-3", "yes", "'3.10'", '"a b"', "2020-01-01T00:00:00+02:00", "1_000", "0o17", "017", "12:30", "True",
    ".5", "+1", "1.e5", "!!str 1", "2020-1-1 1:00:00", ">-\n  one\n  two", "|\n  one\n   two\n", "one\n  two", "[0, 1e4]", "10.50",
)  # fmt: skip


def _rdf(text: str, judge: CachedJudge) -> Document:
    made = make_plan(read_manifest(Document.parse(text, "rdf.yaml")), NoFiles(), judge, BY_KINDS)
    assert made.entries[0].after is Status.LATEST
    return made.documents["rdf.yaml"]


def test_a_model_keeps_the_numbers_of_its_processing_and_the_words_of_its_arguments(
    judge: CachedJudge,
) -> None:
    upgraded = _rdf(MODEL, judge)
    tensor = upgraded.data["inputs"][0]
    assert same(tensor["preprocessing"][0]["kwargs"]["eps"], 0.001)
    assert same(tensor["data"]["range"], [0, 10000.0])
    weights = upgraded.data["weights"]["pytorch_state_dict"]
    assert same(weights["architecture"]["kwargs"], {"shuffle": "yes", "lr": 0.0001})
    assert same(weights["pytorch_version"], "1.10")
    for token in ("eps: 1e-3", "[0, 1e4]", "shuffle: yes", "lr: 1e-4"):
        assert token in upgraded.text
    assert same(read(upgraded.text), upgraded.data)


@pytest.mark.parametrize("token", TOKENS)
def test_an_unknown_field_moves_into_config_with_its_token(token: str, judge: CachedJudge) -> None:
    model = _rdf(f"python_version: {token}\nodd: {{}}\n" + MODEL, judge)
    entry = token.replace("\n", "\n    ")
    made = plan(f"{HEAD}  - id: a\n    type: dataset\n    format_version: 0.2.4\n    name: Alpha of all\n"
                f"    description: b\n    license: MIT\n    python_version: {entry}\n", judge)  # fmt: skip
    for text in (model.text, text_of(made)):
        moved = text.partition("config:\n" if text is model.text else "    config:\n")[2]
        *lines, last = token.split("\n")
        found = [line.strip() for line in moved.split("\n")]
        at = found.index(f"python_version: {lines[0] if lines else last}")
        assert found[at : at + len(lines) + 1] == [f"python_version: {lines[0] if lines else last}", *(
            line.strip() for line in [*lines[1:], last] if lines)]  # fmt: skip


COMMENTED = """\
  - id: a
    type: dataset
    name: Alpha of all
    description: b
    license: MIT
    framework: tensorflow  # text
    date: 2021  # number
    covers: [./a.png]  # in brackets
    documentation: ./README.md  # with a dot
    authors:
      - 'One  Body'  # quoted
      - No Body  # plain
    tags: 'one'  # alone
"""
UPGRADED = """\
  - id: a
    type: dataset
    format_version: 0.3.4
    name: Alpha of all
    description: b
    license: MIT
    covers: [{source: ./a.png}]  # in brackets
    documentation:  # with a dot
      source: ./README.md
    authors:
      - name: 'One  Body'  # quoted
      - name: No Body  # plain
    tags:  # alone
      - 'one'
    config:
      p:
        framework: tensorflow  # text
        date: 2021  # number
"""


def test_a_comment_behind_a_value_goes_where_the_value_goes_and_is_there_once(judge: CachedJudge) -> None:
    assert text_of(plan(HEAD + COMMENTED, judge)) == HEAD + UPGRADED


def test_equal_comments_behind_several_values_are_all_kept(judge: CachedJudge) -> None:
    fields = "    framework: 'x'  # TODO\n    language: 'y'  # TODO\n"
    entry = f"  - id: a\n    type: dataset\n    name: Alpha of all\n    description: b\n    license: MIT\n{fields}"
    upgraded = text_of(plan(f"{HEAD}{entry}    config: 5  # TODO\n", judge))
    assert upgraded.endswith(
        f"    config:  # TODO\n      p:\n        config: 5\n{fields.replace('    ', '        ')}"
    )


@pytest.mark.parametrize("written", ["alpha", "'alpha'"])
def test_a_comment_is_not_written_behind_a_value_that_is_only_equal(written: str, judge: CachedJudge) -> None:
    entry = f"  - id: {written}  # the id\n    type: dataset\n    description: b\n    license: MIT\n"
    upgraded = text_of(plan(HEAD + entry, judge, Answers(defaults=True)))
    assert upgraded.startswith(f"{HEAD}  - id: {written}  # the id\n    name: alpha\n")


def test_keys_behind_question_marks_are_upgraded(judge: CachedJudge) -> None:
    old = COMMENTED.replace("    framework: ", "    ? framework\n    : ").replace(
        "- id: a", "- ? id\n    : a"
    )
    assert text_of(plan(HEAD + old, judge)) == HEAD + UPGRADED.replace("- id: a", "- ? id\n    : a")


def test_a_value_that_moves_from_an_entry_to_its_rdf_keeps_its_token(judge: CachedJudge) -> None:
    rdf = (
        "type: dataset\nformat_version: 0.2.4\nname: Alpha of all\ndescription: b\nlicense: MIT\nlevel: 007\n"
    )
    made = plan(
        f"{HEAD}  - id: a\n    rdf_source: a/rdf.yaml\n    level: 0x1F\n", judge, texts={"a/rdf.yaml": rdf}
    )
    written = text_of(made, "a/rdf.yaml") + text_of(made)
    assert "level: 0x1F" in written
    assert "level: 007" in written or "level_2: 007" in written
    assert yaml.safe_load(text_of(made))


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("turn", range(2))
def test_no_value_of_the_corpus_that_stays_is_written_anew(turn: int, judge: CachedJudge) -> None:
    for file in [*models()[turn::2], *manifests()[turn::8]]:
        try:
            document = Document.decode(file.read_bytes(), file.name)
            made = make_plan(read_manifest(document), NoFiles(), judge, BY_KINDS)
        except (ManifestParseError, PartnerTuiError):
            continue
        for written in made.documents.values():
            if len(written.text) < 20_000:  # the library's reader is slow
                assert agree(written.text, written.data)
            before, after = _tokens(document.data), _tokens(written.data)
            for value, tokens in before.items():
                kept = after.get(value, Counter())
                assert not kept or set(kept) & set(tokens) or None in tokens, (file.name, tokens, kept)


def with_comments_everywhere(text: str) -> tuple[str, list[str]]:
    """A text with a comment above and behind every line that can have one, and these comments."""
    try:
        inner = _inner_lines(Document.parse(text).root)
    except ManifestParseError:
        return text, []
    lines, marks = [], []
    for number, line in enumerate(text.split("\n")):
        indent = line[: len(line) - len(line.lstrip())]
        if not line.strip() or number in inner or number - 1 in inner or "#" in line or "\t" in indent:
            lines.append(line)
            continue
        marks += [f"# <{number}>", f"# [{number}]"]
        lines += [indent + marks[-2], f"{line.rstrip()} {marks[-1]}"]
    return "\n".join(lines), marks


def _inner_lines(node: yaml.Node | None) -> set[int]:
    """The lines of texts that go on behind them."""
    if isinstance(node, yaml.ScalarNode):
        return set(range(node.start_mark.line, node.end_mark.line))
    pairs = (
        node.value if isinstance(node, yaml.MappingNode) else [[one] for one in node.value] if node else ()
    )
    return {line for pair in pairs for one in pair for line in _inner_lines(one)}


def _tokens(data: Any) -> dict[Any, Counter[str | None]]:
    found: dict[Any, Counter[str | None]] = {}
    for value in _scalars(data):
        lines = token_lines(value)
        found.setdefault(frozen(value), Counter())["\n".join(lines) if lines else None] += 1
    return found


def _scalars(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for one in data.values():
            yield from _scalars(one)
    elif isinstance(data, list):
        for one in data:
            yield from _scalars(one)
    elif data is not None and not isinstance(data, bool) and "//raw.githubusercontent" not in str(data):
        yield data  # but for links that are made of the link to a page about the same file


def test_a_value_that_a_fix_copied_by_value_finds_its_token_again() -> None:
    old = Document.parse("a: 'x y'\nb: 1e-3\nc: \"t\"\nd: 't'\ne: 7\nf: 007\n").data
    new = with_tokens({"a": ["x y", 0.001], "c": "t", "e": 7}, old)
    assert [token_lines(one) for one in (*new["a"], new["c"], new["e"])] == [["'x y'"], ["1e-3"], None, None]
    stays = with_tokens({"a": old["a"], "b": "x y", "c": old["c"], "d": "t"}, old)
    assert [token_lines(stays["b"]), token_lines(stays["d"])] == [None, ["'t'"]]


def test_answers_are_typed_as_the_spec_library_reads_them() -> None:
    question = Question(
        "key", "kind", "Which?", "", check=lambda answer: None if isinstance(answer, float) else "no"
    )
    assert same(read_typed(question, "1e-3"), 0.001)
    assert scalar_text(["no", 0.001, "a"]) == '["no", 0.001, a]'


def test_a_version_in_a_file_of_answers_is_the_text_that_is_written(judge: CachedJudge) -> None:
    text = MODEL.replace("    pytorch_version: 1.10\n", "")
    kinds = Document.parse("library-version: 1.10\n").data
    made = make_plan(
        read_manifest(Document.parse(text, "rdf.yaml")), NoFiles(), judge, Answers(kinds=kinds, defaults=True)
    )
    weights = made.documents["rdf.yaml"].data["weights"]["pytorch_state_dict"]
    assert weights["pytorch_version"] == "1.10"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tags: [~, 1, 2]", ["1", "2"]),
        ("tags: [~, no, 2020-01-01]", ["no", "2020-01-01"]),
        ("tags: ['', a, b, 3]", ["a", "b", "3"]),
        ("tags: [1.0, 1.00, ~, 2.50, 0x10, true]", ["1.0", "1.00", "2.50", "0x10", "true"]),
        ("cite: {text: 1.20, doi: 10.1234/a}", [{"text": "1.20", "doi": "10.1234/a"}]),
        ("cite: [~, {text: 1.20, doi: 10.1234/a}]", [{"text": "1.20", "doi": "10.1234/a"}]),
        ("authors: [~, {name: 007}]", [{"name": "007"}]),
        ("authors: {name: 1e3}", [{"name": "1e3"}]),
        ("license: !!set {MIT}", "MIT"),
        ("authors: [{name: J, affiliation: !!set {x}}]", [{"name": "J", "affiliation": "{'x'}"}]),
    ],
)
def test_a_number_becomes_its_own_text_wherever_it_stands(
    written: str, expected: Any, judge: CachedJudge
) -> None:
    entry = f"  - {{id: one, type: dataset, name: A dataset, description: d, {written}}}\n"
    upgraded = plan(HEAD + entry, judge).documents["collection.yaml"].data["collection"][0]
    assert same(upgraded[written.partition(":")[0]], expected)
