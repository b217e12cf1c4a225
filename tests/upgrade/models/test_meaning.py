"""Whatever changes what a model does is found again in its place after the upgrade, or asked, or told as degraded."""

from __future__ import annotations

import copy
import json
from importlib.util import find_spec
from pathlib import Path as FilePath
from typing import Any

import pytest

from partner_tui.compliance.status import Status
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document, Path
from partner_tui.upgrade.plan import Plan
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from tests.upgrade.models.figures import KIND_ANSWERS

Data = dict[str, Any]
SHA = "0123456789abcdef" * 4
X, Y, C, B = 3, 2, 1, 0

MODEL: Data = {
    "type": "model",
    "format_version": "0.4.10",
    "name": "Cell segmentation",
    "description": "Finds cells.",
    "authors": [{"name": "Jo Doe"}],
    "cite": [{"text": "A paper", "doi": "10.1007/978-3-319-24574-4_28"}],
    "license": "MIT",
    "documentation": "README.md",
    "timestamp": "2021-02-17T10:13:32",
    "inputs": [
        {
            "name": "raw",
            "axes": "bcyx",
            "data_type": "float32",
            "shape": {"min": [1, 2, 64, 64], "step": [0, 0, 16, 16]},
        },
        {"name": "mask", "axes": "bcyx", "data_type": "uint8", "shape": [1, 1, 128, 128]},
    ],
    "outputs": [
        {
            "name": "out",
            "axes": "bcyx",
            "data_type": "float32",
            "halo": [0, 0, 8, 8],
            "shape": {
                "reference_tensor": "raw",
                "scale": [1.0, 1.0, 1.0, 1.0],
                "offset": [0.0, 0.0, 0.0, 0.0],
            },
        }
    ],
    "test_inputs": ["raw.npy", "mask.npy"],
    "test_outputs": ["out.npy"],
    "weights": {
        "onnx": {"source": "w.onnx", "opset_version": 15, "sha256": SHA},
        "pytorch_state_dict": {
            "source": "w.pt",
            "pytorch_version": "1.10",
            "architecture": "model.py:Network",
            "architecture_sha256": SHA,
            "kwargs": {"depth": 4},
            "dependencies": "conda:env.yaml",
            "parent": "onnx",
        },
    },
}
RAW, MASK, OUT = ("inputs", 0), ("inputs", 1), ("outputs", 0)
PRE, POST = (*RAW, "preprocessing"), (*OUT, "postprocessing")
NEW_PRE, NEW_POST = (*PRE, 0, "kwargs"), (*POST, 0, "kwargs")
WEIGHTS = ("weights", "pytorch_state_dict")


def step(name: str, **kwargs: Any) -> list[Data]:
    return [{"name": name, "kwargs": kwargs}]


NORMED = {"mode": "per_sample", "axes": "xy"}

FOUND: tuple[tuple[str, Path, Any, Path, Any], ...] = (
    # tensors
    ("axes", (*RAW, "axes"), "bcyx", (*RAW, "axes", X, "id"), "x"),
    ("axes as letters", (*RAW, "axes"), ["b", "c", "y", "x"], (*RAW, "axes", X, "id"), "x"),
    ("axes as words", (*MASK, "axes"), ["batch", "time", "y", "x"], (*MASK, "axes", 1, "type"), "time"),
    ("axes of time", (*MASK, "axes"), "btyx", (*MASK, "axes", 1, "type"), "time"),
    ("shape, smallest", (*RAW, "shape", "min", X), 96, (*RAW, "axes", X, "size", "min"), 96),
    ("shape, step", (*RAW, "shape", "step", Y), 32, (*RAW, "axes", Y, "size", "step"), 32),
    ("shape, fixed by no step", (*RAW, "shape", "step", X), 0, (*RAW, "axes", X, "size"), 64),
    ("shape, fixed", (*MASK, "shape", X), 200, (*MASK, "axes", X, "size"), 200),
    ("channels", (*RAW, "shape", "min", C), 3, (*RAW, "axes", C, "channel_names"), ["channel0", "channel1", "channel2"]),
    ("reference", (*OUT, "shape", "reference_tensor"), "raw", (*OUT, "axes", X, "size", "tensor_id"), "raw"),
    ("scale", (*OUT, "shape", "scale", X), 0.5, (*OUT, "axes", X, "scale"), 2.0),
    ("offset", (*OUT, "shape", "offset", X), -4, (*OUT, "axes", X, "size", "offset"), -8),
    ("scaled channels", (*OUT, "shape", "scale", C), 2, (*OUT, "axes", C, "channel_names"), [f"channel{n}" for n in range(4)]),
    ("halo", (*OUT, "halo"), [0, 0, 16, 12], (*OUT, "axes", X, "halo"), 12),
    ("halo in the shape", (*OUT, "shape", "halo"), [0, 0, 16, 12], (*OUT, "axes", Y, "halo"), 16),
    ("one halo for all axes", (*OUT, "halo"), 12, (*OUT, "axes", X, "halo"), 12),
    ("halo by axis", (*OUT, "halo"), {"x": 4, "y": 12}, (*OUT, "axes", Y, "halo"), 12),
    ("halo of space alone", (*OUT, "halo"), [16, 12], (*OUT, "axes", Y, "halo"), 16),
    ("halo without the batch", (*OUT, "halo"), [0, 16, 12], (*OUT, "axes", X, "halo"), 12),
    ("data type", (*RAW, "data_type"), "uint16", (*RAW, "data", "type"), "uint16"),
    ("data range", (*RAW, "data_range"), [0, 255], (*RAW, "data", "range"), [0, 255]),
    ("half a data range", (*RAW, "data_range"), [0, "inf"], (*RAW, "data", "range"), [0, None]),
    ("data range as text", (*RAW, "data_range"), "[0, 255]", (*RAW, "data", "range"), [0, 255]),
    ("order of the tests", ("test_inputs",), ["a.npy", "b.npy"], (*MASK, "test_tensor", "source"), "b.npy"),
    ("test of the output", ("test_outputs",), ["c.npy"], (*OUT, "test_tensor", "source"), "c.npy"),
    # processing
    ("zero mean, eps", PRE, step("zero_mean_unit_variance", **NORMED, eps=1e-3), (*NEW_PRE, "eps"), 1e-3),
    ("zero mean, axes", PRE, step("zero_mean_unit_variance", **NORMED), (*NEW_PRE, "axes"), ["x", "y"]),
    ("zero mean, per dataset", PRE, step("zero_mean_unit_variance", mode="per_dataset", axes="xy"), (*NEW_PRE, "axes"), ["batch", "x", "y"]),
    ("zero mean, fixed", PRE, step("zero_mean_unit_variance", mode="fixed", axes="cxy", mean=0.3, std=0.2), (*PRE, 0), {"id": "fixed_zero_mean_unit_variance", "kwargs": {"mean": 0.3, "std": 0.2}}),
    ("zero mean, fixed by channel", PRE, step("zero_mean_unit_variance", mode="fixed", axes="xy", mean=[1, 2], std=[3, 4]), NEW_PRE, {"axis": "channel", "mean": [1, 2], "std": [3, 4]}),
    ("range, lowest percentile", PRE, step("scale_range", **NORMED, min_percentile=2), (*NEW_PRE, "min_percentile"), 2),
    ("range, highest percentile", PRE, step("scale_range", **NORMED, max_percentile=98), (*NEW_PRE, "max_percentile"), 98),
    ("range, eps", PRE, step("scale_range", **NORMED, eps=1e-4), (*NEW_PRE, "eps"), 1e-4),
    ("range, per dataset", PRE, step("scale_range", mode="per_dataset", axes="xyc"), (*NEW_PRE, "axes"), ["batch", "x", "y", "channel"]),
    ("range, reference", POST, step("scale_range", **NORMED, reference_tensor="mask"), (*NEW_POST, "reference_tensor"), "mask"),
    ("linear, gain", PRE, step("scale_linear", axes="cxy", gain=2.5, offset=0), (*NEW_PRE, "gain"), 2.5),
    ("linear, offset", PRE, step("scale_linear", axes="cxy", gain=1, offset=0.5), (*NEW_PRE, "offset"), 0.5),
    ("linear, by channel", PRE, step("scale_linear", axes="xy", gain=[1, 2], offset=[3, 4]), NEW_PRE, {"axis": "channel", "gain": [1, 2], "offset": [3, 4]}),
    ("binarize, threshold", PRE, step("binarize", threshold=0.7), (*NEW_PRE, "threshold"), 0.7),
    ("clip, min", PRE, step("clip", min=0.1, max=2), (*NEW_PRE, "min"), 0.1),
    ("clip, max", PRE, step("clip", min=0.1, max=2), (*NEW_PRE, "max"), 2),
    ("sigmoid", PRE, [{"name": "sigmoid"}], (*PRE, 0, "id"), "sigmoid"),
    ("mean and variance, reference", POST, step("scale_mean_variance", **NORMED, reference_tensor="raw"), (*NEW_POST, "reference_tensor"), "raw"),
    ("mean and variance, axes", POST, step("scale_mean_variance", **NORMED, reference_tensor="raw"), (*NEW_POST, "axes"), ["x", "y"]),
    ("mean and variance, eps", POST, step("scale_mean_variance", **NORMED, reference_tensor="raw", eps=1e-4), (*NEW_POST, "eps"), 1e-4),
    ("kwargs beside the name", PRE, [{"name": "binarize", "threshold": 0.7}], (*NEW_PRE, "threshold"), 0.7),
    ("order of steps", PRE, [*step("clip", min=0, max=1), *step("binarize", threshold=0.5)], (*PRE, 1, "id"), "binarize"),
    # weights and the model
    ("sha256", (*WEIGHTS, "sha256"), SHA[::-1], (*WEIGHTS, "sha256"), SHA[::-1]),
    ("opset", ("weights", "onnx", "opset_version"), 11, ("weights", "onnx", "opset_version"), 11),
    ("opset as text", ("weights", "onnx", "opset_version"), "11", ("weights", "onnx", "opset_version"), 11),
    ("PyTorch", (*WEIGHTS, "pytorch_version"), "2.1", (*WEIGHTS, "pytorch_version"), "2.1"),
    ("TensorFlow", ("weights", "tensorflow_js"), {"source": "w.zip", "tensorflow_version": "1.15"}, ("weights", "tensorflow_js", "tensorflow_version"), "1.15"),
    ("parent of weights", (*WEIGHTS, "parent"), "onnx", (*WEIGHTS, "parent"), "onnx"),
    ("architecture", (*WEIGHTS, "architecture"), "nets.py:Unet", (*WEIGHTS, "architecture", "callable"), "Unet"),
    ("architecture in a module", WEIGHTS, {"source": "w.pt", "pytorch_version": "1.10", "architecture": "nets.unet.Unet"}, (*WEIGHTS, "architecture", "import_from"), "nets.unet"),
    ("Keras", ("weights", "keras_hdf5"), {"source": "w.h5", "tensorflow_version": "1.15"}, ("weights", "keras_hdf5", "tensorflow_version"), "1.15"),
    ("TensorFlow bundle", ("weights", "tensorflow_saved_model_bundle"), {"source": "w.zip", "tensorflow_version": "1.15", "dependencies": "conda:e.yaml"}, ("weights", "tensorflow_saved_model_bundle", "dependencies"), {"source": "e.yaml"}),
    ("TorchScript", ("weights", "torchscript"), {"source": "w.pt", "pytorch_version": "1.10", "parent": "onnx"}, ("weights", "torchscript", "parent"), "onnx"),
    ("architecture's checksum", (*WEIGHTS, "architecture_sha256"), SHA[::-1], (*WEIGHTS, "architecture", "sha256"), SHA[::-1]),
    ("architecture's kwargs", (*WEIGHTS, "kwargs"), {"depth": 5}, (*WEIGHTS, "architecture", "kwargs"), {"depth": 5}),
    ("dependencies", (*WEIGHTS, "dependencies"), "conda:envs/e.yaml", (*WEIGHTS, "dependencies", "source"), "envs/e.yaml"),
    ("attachments of weights", ("weights", "onnx", "attachments"), {"files": ["w.bin"]}, ("attachments", 0, "source"), "w.bin"),
    ("run mode", ("run_mode",), {"name": "deepimagej", "kwargs": {"a": 1}}, ("run_mode",), {"name": "deepimagej", "kwargs": {"a": 1}}),
    ("parent", ("parent",), {"id": "other-model"}, ("parent",), {"id": "other-model"}),
)  # fmt: skip
"""What it is, where it is in format 0.4 with a value, and where in format 0.5 with its value."""

ASKED: tuple[tuple[str, Path, Any, str], ...] = (
    ("axes that do not fit", (*MASK, "axes"), "bcy", "axes-against-shape"),
    ("no axes", (*MASK, "axes"), None, "input-shape"),
    ("size of any length", (*MASK, "shape", X), -1, "axis-size"),
    ("channels that grow", (*RAW, "shape", "step", C), 1, "axis-size"),
    ("new axis of no size", (*OUT, "shape", "scale", X), None, "axis-size"),
    ("reference to nothing", (*OUT, "shape", "reference_tensor"), "nope", "reference-tensor"),
    ("reference of a step to nothing", POST, step("scale_range", **NORMED, reference_tensor="nope"), "reference-tensor"),
    ("smallest size eaten by the halo", (*OUT, "halo"), [0, 0, 40, 40], "minimal-size"),
    ("unknown data type", (*RAW, "data_type"), "half", "data-type"),
    ("percentiles of 1", PRE, step("scale_range", **NORMED, min_percentile=0.02, max_percentile=0.98), "processing-step"),
    ("step of another name", PRE, step("min_max", mode="fixed", min=3, max=255), "processing-step"),
    ("step that the spec has not", PRE, step("upsample", factor=2), "run-mode"),
    ("no version", (*WEIGHTS, "pytorch_version"), None, "library-version"),
    ("no opset", ("weights", "onnx", "opset_version"), None, "opset-version"),
    ("no architecture", (*WEIGHTS, "architecture"), None, "architecture"),
    ("unknown weights", ("weights",), {"pickle": {"source": "w.pkl"}}, "weights-format"),
)  # fmt: skip

TOLD: tuple[tuple[str, Path, Any, str], ...] = (
    ("halo of the batch", (*OUT, "halo"), [4, 0, 8, 8], "outputs[0].halo of axis b"),
    ("halo of channels", (*OUT, "halo"), [0, 1, 8, 8], "outputs[0].halo of axis c"),
    ("halo of half a pixel", (*OUT, "halo"), [0, 0, 8, 8.5], "outputs[0].halo of axis x"),
    ("halo by axes that there are not", (*OUT, "halo"), {"x": 4, "q": 4}, "outputs[0].halo"),
    ("halo as text", (*OUT, "halo"), "a lot", "outputs[0].halo"),
    ("halo of too many axes", (*OUT, "halo"), [0, 0, 0, 8, 8, 8], "outputs[0].halo"),
    ("halo of an input", (*RAW, "halo"), [0, 0, 8, 8], "inputs[0].halo of axis y"),
    ("halo in the shape of an input", (*RAW, "shape", "halo"), [0, 0, 8, 8], "inputs[0].shape.halo of axis y"),
    ("two halos", (*OUT, "shape", "halo"), [0, 0, 2, 2], "outputs[0].shape.halo of axis y"),
    ("batch of four", (*MASK, "shape", B), 4, "inputs[1].shape of axis b"),
    ("scaled batch", (*OUT, "shape", "scale", B), 4, "outputs[0].shape of axis b"),
    ("padding", (*RAW, "padding"), {"mode": "reflect"}, "inputs[0].padding"),
    ("tiling", (*OUT, "tiling"), [256, 256], "outputs[0].tiling"),
    ("pixel size", (*RAW, "pixel_size"), 0.5, "inputs[0].pixel_size"),
    ("unknown part of a shape", (*RAW, "shape", "max"), [1, 2, 512, 512], "inputs[0].shape.max"),
    ("ranges by channel", (*RAW, "data_range"), [[0, 1], [0, 255]], "inputs[0].data_range"),
    ("no range", (*RAW, "data_range"), [0], "inputs[0].data_range"),
    ("eps out of range", PRE, step("zero_mean_unit_variance", **NORMED, eps=0.5), "eps 0.5"),
    ("no eps", PRE, step("scale_range", **NORMED, eps=0), "eps 0"),
    ("unknown kwarg", PRE, step("scale_range", **NORMED, gamma=2.2), "gamma 2.2"),
    ("unknown mode", PRE, step("zero_mean_unit_variance", mode="per_batch", axes="xy"), "mode per_batch"),
    ("kwarg of another step", PRE, step("sigmoid", threshold=0.5), "threshold 0.5"),
    ("processing on the wrong side", (*OUT, "preprocessing"), step("binarize", threshold=0.5), "outputs_preprocessing"),
    ("parent that is not among the weights", (*WEIGHTS, "parent"), "keras_hdf5", "weights.pytorch_state_dict.parent"),
    ("short checksum", (*WEIGHTS, "sha256"), "abc", "weights.pytorch_state_dict.sha256"),
    ("unknown field of weights", ("weights", "onnx", "precision"), "half", "weights.onnx.precision"),
    ("architecture's short checksum", (*WEIGHTS, "architecture_sha256"), "abc", "architecture_sha256"),
    ("architecture's kwargs that are none", (*WEIGHTS, "kwargs"), [1], "architecture_kwargs"),
    ("dependencies of pip", (*WEIGHTS, "dependencies"), "pip:req.txt", "weights_dependencies"),
    ("weights of an unknown format", ("weights", "pickle"), {"source": "w.pkl"}, "weights.pickle"),
    ("more tests than outputs", ("test_outputs",), ["c.npy", "d.npy"], "test_outputs"),
    ("no test", ("test_outputs",), [], "no .npy test tensors"),
    ("run mode without a name", ("run_mode",), {"kwargs": {"a": 1}}, "run_mode"),
    ("parent without an id", ("parent",), {"uri": "https://example.org/rdf.yaml"}, "parent"),
    ("tiling of the model", ("tiling",), {"size": 256}, "tiling"),
    ("kwargs of the model", ("kwargs",), {"depth": 4}, "kwargs"),
    ("a field of the model that nobody knows", ("gain_map",), {"scale": 2.5}, "gain_map"),
    ("a number of the model", ("window",), 17, "window"),
)  # fmt: skip


def changed(path: Path, value: Any) -> Data:
    data = copy.deepcopy(MODEL)
    holder: Any = data
    for one in path[:-1]:
        holder = holder[one]
    holder[path[-1]] = value
    if path == (*OUT, "shape", "halo") and value == [0, 0, 16, 12]:
        del data["outputs"][0]["halo"]
    return data


def plan(data: Data, judge: CachedJudge, answers: Answers | None = None) -> Plan:
    answers = answers or Answers(kinds=KIND_ANSWERS, defaults=True)
    document = Document.parse(json.dumps(data), "rdf.yaml")
    return make_plan(read_manifest(document), NoFiles(), judge, answers)


def at(data: Any, path: Path) -> Any:
    for one in path:
        data = data[one]
    return data


def test_the_model_itself_is_expressed_as_a_whole(judge: CachedJudge) -> None:
    made = plan(MODEL, judge, Answers())
    (entry,) = made.entries
    assert (entry.after, entry.degraded, made.questions) == (Status.LATEST, (), ())


@pytest.mark.parametrize("version", ["0.4.10", "0.3.6"])
@pytest.mark.parametrize(
    ("path", "value", "new", "there"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND]
)
def test_it_is_found_again_in_its_place(
    path: Path, value: Any, new: Path, there: Any, version: str, judge: CachedJudge
) -> None:
    data = {**changed(path, value), "format_version": version}
    if version.startswith("0.3"):
        shape = data["outputs"][0]["shape"]
        shape["reference_input"] = shape.pop("reference_tensor")
    made = plan(data, judge)
    (entry,) = made.entries
    assert (entry.after, entry.degraded, entry.reason) == (Status.LATEST, (), "")
    assert at(made.documents["rdf.yaml"].data, new) == there


@pytest.mark.parametrize(("path", "value", "kind"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_it_is_asked(path: Path, value: Any, kind: str, judge: CachedJudge) -> None:
    made = plan(changed(path, value), judge, Answers())
    assert kind in {question.kind for question in made.questions}
    assert made.documents == {}


@pytest.mark.parametrize(("path", "value", "told"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_it_is_told(path: Path, value: Any, told: str, judge: CachedJudge) -> None:
    (entry,) = plan(changed(path, value), judge, Answers(kinds=KIND_ANSWERS, defaults=True)).entries
    assert entry.after is Status.LATEST, entry.reason
    assert any(told in text for text in entry.degraded), entry.degraded


WORDS = frozenset(
    [
        "name",
        "description",
        "id",
        "type",
        "authors",
        "attachments",
        "sample_inputs",
        "sample_outputs",
        "comment",
        "version_number",
        "uri",
    ]
)
"""Fields of format 0.4 that say nothing of what a model does."""
CLASSES = ("TensorDescr", "Kwargs", "WeightsDescr", "Shape", "RunMode", "Linked")


def test_the_table_has_every_field_of_format_0_4_that_changes_what_a_model_does() -> None:
    """The fields are read from the library's schema: a field of a later release has to come into the table."""
    found = find_spec("bioimageio.spec")
    assert found is not None and found.submodule_search_locations
    schema = FilePath(found.submodule_search_locations[0]) / "static" / "bioimageio_schema.json"
    classes = {
        name: set(shape.get("properties", ()))
        for name, shape in json.loads(schema.read_text("utf-8"))["$defs"].items()
        if ("v0_4" in name and any(one in name for one in CLASSES))
        or name.endswith(("InputShape", "OutputShape"))
    }
    assert len(classes) > 15
    fields = set().union(*classes.values()) - WORDS
    told = {str(one) for _, path, value, *_ in (*FOUND, *ASKED, *TOLD) for one in (*path, *_keys(value))}
    assert fields - told == set()


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in _keys(one))}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()


NUMBERS = (0.0137, 3, 37, 0.5, 40, -7)


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_of_a_model_slides_into_config_unsaid(number: float, judge: CachedJudge) -> None:
    """Each number of tensors and weights is replaced by one that stands nowhere else."""
    processed = copy.deepcopy(MODEL)
    processed["inputs"][0]["preprocessing"] = [row[2][0] for row in FOUND if row[1] == PRE and row[2]][:9]
    processed["outputs"][0]["postprocessing"] = [row[2][0] for row in FOUND if row[1] == POST]
    for path in _number_paths({part: processed[part] for part in ("inputs", "outputs", "weights")}, ()):
        data = copy.deepcopy(processed)
        at(data, path[:-1])[path[-1]] = number
        made = plan(data, judge)
        (entry,) = made.entries
        if entry.after is not Status.LATEST or entry.degraded or made.questions:
            continue
        new = {name: value for name, value in made.documents["rdf.yaml"].data.items() if name != "config"}
        known = {number, 2 * number, 1 / number, 2 * number + number}
        is_a_count = path[-1] == C
        assert is_a_count or any(one in known for one in _numbers(new)), path


def _number_paths(value: Any, path: Path) -> list[Path]:
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in _number_paths(one, (*path, key))]
    if isinstance(value, list):
        return [found for key, one in enumerate(value) for found in _number_paths(one, (*path, key))]
    return [path] if isinstance(value, int | float) and not isinstance(value, bool) else []


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict | list):
        return [
            found for one in (value.values() if isinstance(value, dict) else value) for found in _numbers(one)
        ]
    return [value] if isinstance(value, int | float) else []
