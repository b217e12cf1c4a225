"""What is told of a wrong value: one finding, at the place that a person would look at, with the value and what is allowed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partner_tui.compliance.finding import Finding
from partner_tui.compliance.messages import ErrorLocation, findings
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.wording.rule_texts import RULES
from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.fixes import fixes_by_name
from tests.compliance.mutants import MODEL_0_4, MODEL_0_5, RESOURCES

DATASET = next(one for one in RESOURCES if (one["type"], one["format_version"]) == ("dataset", "0.3.4"))
GONE = object()
RAW, OUT, AXIS = ("inputs", 0), ("outputs", 0), ("inputs", 0, "axes", 2)
PT = ("weights", "pytorch_state_dict")


def errors(data: dict[str, Any], judge: SpecWorker) -> list[Finding]:
    def locate(loc: Path) -> ErrorLocation:
        return ErrorLocation(loc, 1, 1)

    return [one for one in findings(judge.judge(data), data, locate) if one.severity == "error"]


def changed(base: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    data = copy.deepcopy(base)
    holder: Any = data
    for one in path[:-1]:
        holder = holder[one]
    if value is GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return data


ROWS: tuple[tuple[dict[str, Any], Path, Any, str], ...] = (
    # of several shapes the one that was meant
    (MODEL_0_5, (*AXIS, "size"), {"min": -1, "step": 16}, "inputs[0].axes[2].size.min “-1” must be greater than 0"),
    (MODEL_0_5, (*AXIS, "size"), {"min": 1.5, "step": 16}, "inputs[0].axes[2].size.min “1.5” is not a whole number from 1"),
    (MODEL_0_5, (*AXIS, "size"), -1, "inputs[0].axes[2].size “-1” must be greater than 0"),
    (MODEL_0_5, (*AXIS, "size"), "large", "inputs[0].axes[2].size “large” is not a whole number from 1, {min, step}, or {tensor_id, axis_id}"),
    (MODEL_0_5, (*AXIS, "size"), {"min": 4}, "inputs[0].axes[2].size.step is missing"),
    (MODEL_0_5, (*OUT, "axes", 2, "halo"), 0, "outputs[0].axes[2].halo “0” must be at least 1"),
    (MODEL_0_5, (*RAW, "preprocessing", 1, "kwargs", "gain"), "two", "inputs[0].preprocessing[1].kwargs.gain “two” is not a number, or a list with one for each channel"),
    (MODEL_0_5, (*RAW, "data", "range"), [1], "inputs[0].data.range “[1]” is not a list of a smallest and a largest value"),
    (MODEL_0_5, ("license",), 7, "license “7” is not an SPDX license id, such as CC-BY-4.0 or MIT"),
    (MODEL_0_5, ("license",), ["MIT"], "license “[MIT]” is not an SPDX license id, such as CC-BY-4.0 or MIT"),
    # choices
    (MODEL_0_5, (*RAW, "data", "type"), "float", "inputs[0].data.type “float” is not one of float32, float64, uint8, int8, uint16, int16, uint32, int32, uint64, int64"),
    (MODEL_0_5, (*RAW, "axes", 0, "type"), "b", "inputs[0].axes[0].type “b” is not one of batch, channel, index, time, space"),
    (MODEL_0_5, (*RAW, "preprocessing", 0), {"kwargs": {}}, "inputs[0].preprocessing[0] has no id"),
    (MODEL_0_4, (*RAW, "preprocessing", 1, "kwargs", "mode"), "per_batch", "inputs[0].preprocessing[1].kwargs.mode “per_batch” is not one of fixed, per_dataset, per_sample"),
    # absent, null and empty are three things
    (MODEL_0_5, (*PT, "pytorch_version"), GONE, "weights.pytorch_state_dict.pytorch_version is missing"),
    (MODEL_0_5, (*PT, "pytorch_version"), None, "weights.pytorch_state_dict.pytorch_version is empty"),
    (MODEL_0_5, (*PT, "pytorch_version"), "", "weights.pytorch_state_dict.pytorch_version is empty"),
    (MODEL_0_5, ("inputs",), [], "inputs is empty"),
    (DATASET, ("name",), GONE, "No name"),
    (DATASET, ("name",), None, "name is empty"),
    (DATASET, ("id",), "", "id is empty"),
    (DATASET, ("type",), GONE, "No type"),
    (DATASET, ("type",), None, "type is empty"),
    (DATASET, ("format_version",), GONE, "No format_version"),
    (DATASET, ("format_version",), None, "format_version is empty"),
    (DATASET, ("format_version",), "", "format_version is empty"),
    (DATASET, ("license",), "", "license is empty"),
    (DATASET, ("authors",), None, "authors is empty"),
    (DATASET, ("authors", 0, "name"), GONE, "authors[0].name is missing"),
    # rules that the library checks in code of its own
    (MODEL_0_5, (*OUT, "axes", 3, "id"), "b", "outputs[0].axes[3].id “b” is the name of batch axes alone"),
    (MODEL_0_5, (*OUT, "axes", 3, "size", "tensor_id"), "nope", "outputs[0].axes[3].size: there is no axis “x” of a tensor “nope” to take the size from"),
    (MODEL_0_5, (*OUT, "postprocessing", 0, "kwargs", "reference_tensor"), "nope", "outputs[0].postprocessing[0].kwargs.reference_tensor “nope” is not the name of an input"),
    (MODEL_0_5, (*RAW, "axes", 3, "id"), "y", "inputs[0].axes: axes have the same id “y”"),
    (MODEL_0_5, (*OUT, "axes", 2, "halo"), 100, "outputs: axis “y” can be 64 long, which leaves nothing of it inside a halo of 100"),
    (MODEL_0_5, (*PT, "parent"), "keras_v3x", "weights.pytorch_state_dict.parent “keras_v3x” is not one of keras_hdf5, keras_v3, onnx, pytorch_state_dict, tensorflow_js, tensorflow_saved_model_bundle, torch"),
    (MODEL_0_4, ("outputs", 0, "shape", "reference_tensor"), "nope", "outputs[0].shape.reference_tensor “nope” is not the name of an input"),
    (MODEL_0_4, (*RAW, "preprocessing", 0, "kwargs"), {"gain": 1, "offset": 0}, "inputs[0].preprocessing[0].kwargs: gain 1 and offset 0 change nothing"),
    (MODEL_0_4, (*PT, "architecture_sha256"), GONE, "weights.pytorch_state_dict: architecture is in a file, and architecture_sha256 is missing"),
    (MODEL_0_4, (*RAW, "preprocessing", 4, "kwargs", "min"), float("-inf"), "inputs[0].preprocessing[4].kwargs.min “-inf” is not a finite number"),
    (MODEL_0_4, ("outputs", 0, "shape", "halo"), [0, 0, 4, 4], "outputs[0].shape.halo is not part of the shape"),
    (DATASET, ("authors", 0, "orcid"), "123", "authors[0].orcid “123” is not an ORCID iD"),
    (DATASET, ("authors", 0, "name"), "a/b", "authors[0].name has a slash"),
    (DATASET, ("parent",), "A b", "parent “A b” has characters that are not allowed: “A space”"),
)  # fmt: skip


@pytest.mark.parametrize(("base", "path", "value", "message"), ROWS, ids=[row[3][:60] for row in ROWS])
def test_a_wrong_value_is_one_finding_with_what_is_allowed(
    base: dict[str, Any], path: Path, value: Any, message: str, judge: SpecWorker
) -> None:
    found = errors(changed(base, path, value), judge)
    assert [one.message.removesuffix("…") for one in found] == [message[:160]]
    assert all(one.fix is None or one.fix in fixes_by_name() for one in found)


def test_what_the_librarys_converter_cannot_do_is_no_fault_of_the_entry(judge: SpecWorker) -> None:
    fixed = changed(MODEL_0_4, (*OUT, "shape"), [1, 2, 64, 64]) | {"format_version": "0.4.9"}
    fixed["outputs"][0]["halo"] = [0, 0, 8, 8]
    told = findings(judge.judge(fixed), fixed, lambda loc: ErrorLocation(loc, 1, 1))
    said = [one for one in told if one.severity == "warning" and "The spec library" in one.message]
    assert [one.message for one in said] == ["The spec library cannot convert this entry to format 0.5.14"]


def test_every_rule_names_a_fix_that_there_is() -> None:
    assert {rule.fix for rule in RULES} - {None} <= fixes_by_name().keys()


def test_a_near_miss_is_named(judge: SpecWorker) -> None:
    (finding,) = errors(changed(MODEL_0_5, (*RAW, "data", "type"), "float"), judge)
    assert finding.hint == "Did you mean float32?"
