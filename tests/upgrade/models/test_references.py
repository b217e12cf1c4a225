"""References between tensors and the names of axes: what names nothing, or what it may not, is asked and never replaced."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partner_tui.compliance.status import Status
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.compliance.mutants import MODEL_0_5
from tests.upgrade.models.test_meaning import MODEL, OUT, X, at, changed, plan

NOPE = changed((*OUT, "shape", "reference_tensor"), "nope")


def test_a_reference_to_nothing_is_asked_with_the_inputs_to_choose_from(judge: CachedJudge) -> None:
    made = plan(NOPE, judge, Answers())
    (question,) = [one for one in made.questions if one.kind == "reference-tensor"]
    assert "“nope” is not the name of an input" in question.why
    assert [choice.value for choice in question.choices] == ["raw", "mask"]
    assert question.proposal is None
    answered = plan(NOPE, judge, Answers(kinds={"reference-tensor": "raw"}))
    size = at(answered.documents["rdf.yaml"].data, (*OUT, "axes", X, "size"))
    assert (answered.entries[0].after, size) == (Status.LATEST, {"tensor_id": "raw", "axis_id": "x"})


def test_the_only_input_is_proposed_and_not_taken_silently(judge: CachedJudge) -> None:
    data = copy.deepcopy(NOPE)
    del data["inputs"][1]
    data["test_inputs"] = ["raw.npy"]
    made = plan(data, judge, Answers())
    assert [(one.kind, one.proposal) for one in made.questions] == [("reference-tensor", "raw")]
    assert (made.documents, made.entries[0].after) == ({}, made.entries[0].before)


@pytest.mark.parametrize("spelled", ["Raw", "raw ", "RAW"])
def test_a_name_that_is_only_spelled_in_another_way_needs_no_question(
    spelled: str, judge: CachedJudge
) -> None:
    made = plan(changed((*OUT, "shape", "reference_tensor"), spelled), judge, Answers())
    assert made.questions == ()
    assert at(made.documents["rdf.yaml"].data, (*OUT, "axes", X, "size", "tensor_id")) == "raw"


def test_a_missing_reference_of_a_model_with_one_input_is_that_input(judge: CachedJudge) -> None:
    data = copy.deepcopy(MODEL)
    del data["inputs"][1], data["outputs"][0]["shape"]["reference_tensor"]
    data["test_inputs"] = ["raw.npy"]
    made = plan(data, judge, Answers())
    assert (made.questions, made.entries[0].after) == ((), Status.LATEST)


def renamed(id: Any) -> dict[str, Any]:
    data = {**copy.deepcopy(MODEL_0_5), "format_version": "0.5.4"}
    data["outputs"][0]["axes"][3]["id"] = id
    data["outputs"][0]["postprocessing"][0]["kwargs"]["axes"] = [id, "y"]
    return data


@pytest.mark.parametrize(
    ("id", "proposal"), [("b", "x"), ("y", "x"), ("X", "x"), ("class", "x"), ("x" * 17, "x"), ("x axis", "x")]
)
def test_an_axis_with_a_name_that_it_may_not_have_is_asked_for_another(
    id: str, proposal: str, judge: CachedJudge
) -> None:
    made = plan(renamed(id), judge, Answers())
    assert [(one.kind, one.proposal) for one in made.questions] == [("axis-names", proposal)]
    assert made.documents == {}
    answered = plan(renamed(id), judge, Answers(kinds={"axis-names": "z"}))
    new = answered.documents["rdf.yaml"].data["outputs"][0]
    assert (answered.entries[0].after, new["axes"][3]["id"]) == (Status.LATEST, "z")
    if id != "y":
        assert new["postprocessing"][0]["kwargs"]["axes"] == ["z", "y"]


def test_axes_that_name_one_twice_are_asked_for_that_reason(judge: CachedJudge) -> None:
    made = plan(changed((*OUT, "axes"), "bcyb"), judge, Answers())
    assert [(one.kind, one.why) for one in made.questions if one.key.startswith("axes:")] == [
        ("axes-against-shape", "The axes string “bcyb” has a letter more than once: b.")
    ]
