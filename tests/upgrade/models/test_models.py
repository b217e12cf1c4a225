"""Whole model RDFs: real and generated ones reach the latest format, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from partner_tui.compliance.status import Status
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.question import UNANSWERED, Answers, Question
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.corpus import models, needs_corpus
from tests.upgrade.models.figures import KIND_ANSWERS, changed_lines, figures, gone, plan
from tests.upgrade.models.generated import rdf

MODEL = """\
# how we call it
format_version: 0.3.0
name: Cell segmentation
description: Finds cells.   # mostly round ones
timestamp: 2021-02-17T10:13:32.618903
authors: [Jo Doe]
cite: [{text: A paper, doi: 10.1007/978-3-319-24574-4_28}]
language: java
weights:
    torchscript:  # traced
        source: ./weights.pt
        pytorch_version: 1.10
inputs:
  - name: raw
    axes: bcyx
    data_type: float32
    shape: {min: [1, 1, 16, 16], step: [0, 0, 16, 16]}
outputs:
  - name: mask
    axes: bcyx
    data_type: uint8
    halo: [0, 0, 16, 16]
    shape: {reference_input: raw, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0]}
test_inputs: [./in.npy]
test_outputs: [./out.npy]
"""


ANSWERS = {
    **KIND_ANSWERS,
    "axis-size": 3,
    "run-mode": "custom",
    "weights-format": "onnx",
    "input-shape": "byxc",
}


@dataclass(frozen=True, slots=True)
class Willing(Answers):
    """Takes each proposal, and answers what has none by its kind."""

    def find(self, question: Question) -> Any:
        if question.proposal is not None:
            return question.proposal
        answer = Answers.find(self, question)
        return question.choices[0].value if answer is UNANSWERED and question.choices else answer


def test_a_model_is_latest_with_its_one_question_answered(judge: CachedJudge) -> None:
    document = Document.parse(MODEL, "model.yaml")
    made = plan(document, judge, Answers(defaults=True))
    (entry,) = made.entries
    assert [question.kind for question in made.questions] == ["minimal-size"]
    assert (entry.after, entry.lost, entry.degraded) == (Status.LATEST, (), ())
    assert gone(document, made) == []


def test_an_open_question_leaves_the_model_as_it_was(judge: CachedJudge) -> None:
    made = plan(Document.parse(MODEL, "model.yaml"), judge, Answers())
    assert made.documents == {}
    assert made.entries[0].open


def test_comments_and_untouched_lines_stay(judge: CachedJudge) -> None:
    document = Document.parse(MODEL, "model.yaml")
    (new,) = plan(document, judge, Answers(defaults=True)).documents.values()
    assert changed_lines(document, new) == []
    for line in ("# how we call it", "  # mostly round ones", "  # traced", 'pytorch_version: "1.10"'):
        assert line in new.text


def test_an_upgraded_model_needs_no_more(judge: CachedJudge) -> None:
    (new,) = plan(Document.parse(MODEL, "model.yaml"), judge, Answers(defaults=True)).documents.values()
    again = plan(new, judge, Answers())
    assert (again.entries[0].before, again.questions, again.documents) == (Status.LATEST, (), {})


def test_steps_behind_a_missing_dash_are_all_kept(judge: CachedJudge) -> None:
    steps = "    preprocessing:\n      name: sigmoid\n      name: binarize\n      kwargs: {threshold: 0.5}\n"
    document = Document.parse(MODEL.replace("outputs:\n", f"{steps}outputs:\n", 1), "model.yaml")
    (new,) = plan(document, judge, Answers(defaults=True)).documents.values()
    assert [step["id"] for step in new.data["inputs"][0]["preprocessing"]] == ["sigmoid", "binarize"]


@pytest.mark.parametrize(
    ("right", "odd"),
    [
        ("outputs:\n  - name: mask\n    axes", "output:\n    name: mask\n    axes"),
        ("reference_input: raw", "reference_input: raw.20"),
        (
            "    axes: bcyx\n    data_type: uint8",
            "    postprocessing: [{name: [1]}]\n    axes: bcyx\n    data_type: uint8",
        ),
    ],
    ids=["a tensor without its list", "an axis that is none", "a step whose name is no text"],
)
def test_an_odd_tensor_loses_nothing(right: str, odd: str, judge: CachedJudge) -> None:
    assert right in MODEL
    document = Document.parse(MODEL.replace(right, odd), "model.yaml")
    made = plan(document, judge, Willing(kinds=ANSWERS))
    assert (made.entries[0].after, gone(document, made)) == (Status.LATEST, [])


@pytest.mark.parametrize("seed", range(30))
def test_no_old_dialect_loses_or_invents_a_value(seed: int, judge: CachedJudge) -> None:
    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(rdf(seed), Dumper=Plain, sort_keys=False, allow_unicode=True)
    document = Document.parse(text, "model.yaml")
    made = plan(document, judge, Willing(kinds=ANSWERS))
    (entry,) = made.entries
    assert (entry.after, entry.lost, entry.reason) == (Status.LATEST, (), "")
    assert gone(document, made) == []


@needs_corpus
def test_real_models_reach_the_latest_format(judge: CachedJudge) -> None:
    found = figures(models()[::12], judge)
    assert found.latest_by_kinds == found.parsed > 0
    assert (found.lost, found.invented, found.changed_lines) == (0, 0, 0)
    assert sum(found.questions) <= 1.8 * found.parsed
