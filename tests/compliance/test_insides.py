"""Nothing of the spec library's insides reaches the user, whatever is wrong with an entry and wherever it is told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

from partner_tui.compliance.messages import ErrorLocation, findings, reason
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.verdict import SpecError, Verdict
from partner_tui.compliance.wording.place import ErrorContext
from partner_tui.compliance.wording.word import word
from partner_tui.errors import CheckerFailed, ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document, Path
from partner_tui.upgrade.fix_runner import UNREADABLE
from partner_tui.upgrade.plan import EntryPlan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.compliance.mutants import MODEL_0_4, MODEL_0_5, RESOURCES, mutants
from tests.corpus import manifests, models, needs_corpus

INSIDES = re.compile(
    r"function-|wo_halo|with_halo|lax-or|constrained-|literal\[|json-or|Predicate|Input should|Value error|Assertion"
    r"|validator|validate|discriminator|isinstance|instance of|<class|\btag\b|dev/null|pydantic|lambda|root="
    r"|[A-Za-z]+Error\b|[A-Z][a-z0-9]+[A-Z]\w*|Sequence\b|tensor_id=|scale=|Extra inputs|Field required|permitted"
)
"""Classes, validators and phrases; what is quoted is the user's own."""
KINDS = (*get_args(ErrorType), "warning", "sequence_str", "NewError", "new_kind")
_OUR_NAMES = re.compile(
    r"“[^”]*”|`[^`]*`|TensorFlow|PyTorch|NumPy|SHA-256|GitHub|BioImage|CC-BY|Colab|BSD-\S+"
)


def told(verdict: Verdict, data: dict[str, Any]) -> list[str]:
    def locate(loc: Path) -> ErrorLocation:
        return ErrorLocation(loc, 1, 1)

    found = findings(verdict, data, locate)
    texts = [text for one in found for text in (one.message, one.hint)]
    return [*texts, *(reason(errors, data, verdict.latest) for errors in (verdict.declared, verdict.current))]


def leaks(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if INSIDES.search(_OUR_NAMES.sub("", text)) or "\n" in text]


@pytest.mark.slow
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: f"{one['type']}-{one['format_version']}")
def test_a_wrong_value_is_told_in_our_words(resource: dict[str, Any], judge: SpecWorker) -> None:
    assert judge.judge(resource).declared == ()
    step = 13 if resource["type"] == "model" else 7
    for data in islice(mutants(resource), 0, None, step):
        try:
            verdict = judge.judge(data)
        except CheckerFailed as failure:
            assert leaks([failure.message, failure.hint]) == []
            continue
        assert leaks(told(verdict, data)) == [], (data, verdict)


@pytest.mark.slow
@pytest.mark.parametrize("resource", [MODEL_0_4, MODEL_0_5], ids=["0.4", "0.5"])
def test_an_upgrade_tells_what_stands_in_its_way_in_our_words(
    resource: dict[str, Any], judge: SpecWorker
) -> None:
    remembered = CachedJudge(judge.judge_all)
    for data in islice(mutants(resource), 3, None, 41):
        document = Document.parse(f"{_plain(data)}\n", "rdf.yaml")
        plan = make_plan(read_manifest(document), NoFiles(), remembered, Answers(defaults=True))
        (entry,) = plan.entries
        questions = [text for one in plan.questions for text in (one.prompt, one.why, one.derived)]
        assert leaks([*_said(entry), *questions, *plan.conflicts]) == [], data
        assert UNREADABLE not in entry.reason, data


@needs_corpus
def test_real_entries_and_models_are_told_in_our_words(judge: SpecWorker) -> None:
    for path in [*manifests()[::9], *models()[::5]]:
        try:
            manifest = read_manifest(Document.decode(path.read_bytes(), path.name))
        except ManifestParseError:
            continue
        for entry in manifest.entries[::4]:
            data = resolve(entry, manifest, NoFiles()).data
            assert leaks(told(judge.judge(data), data)) == [], path


@pytest.mark.parametrize(
    "message",
    [
        "Input should be an instance of SizeReference",
        "Value error, size=SizeReference(tensor_id='raw', axis_id='x', offset=0) failed",
        "Predicate '_is_even' failed",
        "function-after[validate(), RelativeFilePath]",
    ],
)
def test_no_kind_of_error_is_told_in_the_librarys_text(message: str) -> None:
    loc: Path = ("outputs", 0, "axes", 1, "space", "wo_halo", "size")
    data = {"type": "model", "outputs": [{"axes": [{}, {"size": {"min": 1}}]}]}
    places: tuple[Path, ...] = (("outputs", 0, "axes", 1, "size"), ("outputs", 0, "axes", 1, "id"), ())
    for kind, place in itertools.product(KINDS, places):
        error = SpecError(loc, message, kind)
        words = word(ErrorContext.of(place, data, (error,), "model", "0.5.14"))
        assert leaks([words.message, words.hint]) == [], kind
        assert words.message, kind


def _said(entry: EntryPlan) -> list[str]:
    return [entry.reason, *entry.degraded]


def _plain(value: Any) -> str:
    """Flow YAML of any value."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return repr(value) if isinstance(value, int | float) else '"' + str(value).replace('"', '\\"') + '"'
