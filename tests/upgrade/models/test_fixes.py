"""Each fix of models against its tables: what it leaves alone, and what becomes of what it mends."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.draft import Draft, DraftContext, UnansweredQuestion
from partner_tui.upgrade.fix import Fix
from partner_tui.upgrade.fixes.models.architecture import architecture_object
from partner_tui.upgrade.fixes.models.axes_against_shape import axes_against_shape, batch_left_out
from partner_tui.upgrade.fixes.models.key_spelling import model_key_spelling
from partner_tui.upgrade.fixes.models.library_version import library_version
from partner_tui.upgrade.fixes.models.minimal_size import minimal_size
from partner_tui.upgrade.fixes.models.model_fields import (
    author_name,
    model_fields,
    model_type,
    parent_link,
    run_mode_object,
)
from partner_tui.upgrade.fixes.models.processing import processing_list
from partner_tui.upgrade.fixes.models.tensor_axes import tensor_axes
from partner_tui.upgrade.fixes.models.tensor_data import tensor_data
from partner_tui.upgrade.fixes.models.tensor_names import tensor_names
from partner_tui.upgrade.fixes.models.tests_and_samples import tests_and_samples
from partner_tui.upgrade.fixes.models.weights import (
    weights_attachments,
    weights_dependencies,
    weights_fields,
    weights_test_files,
)
from partner_tui.upgrade.fixes.models.weights_format import early_prediction, weights_format
from partner_tui.upgrade.models.meaning import unsaid
from partner_tui.upgrade.question import Answers

Data = dict[str, Any]

_CHANNEL = {"type": "channel", "channel_names": ["channel0"]}
_Y = {"type": "space", "id": "y", "size": 8}
_NEW = {"id": "raw", "axes": [{"type": "batch"}, _Y, _CHANNEL]}
_LEAVES = {"weights": {"onnx": {"source": "a.onnx", "sha256": "a" * 64, "opset_version": 12}}}

NO_OPS: tuple[tuple[Fix, Data], ...] = (
    (
        architecture_object,
        {"weights": {"pytorch_state_dict": {"architecture": {"import_from": "a", "callable": "B"}}}},
    ),
    (architecture_object, {"weights": {"torchscript": {"source": "a.pt"}}, "source": "a.py:B"}),
    (author_name, {"authors": [{"name": "A"}]}),
    (axes_against_shape, {"inputs": [{"name": "a", "axes": "byxc", "shape": [1, 8, 8, 1]}]}),
    (
        batch_left_out,
        {"inputs": [{"name": "a", "axes": "byxc", "shape": [1, 8, 8, 1], "halo": [0, 1, 1, 0]}]},
    ),
    (batch_left_out, {"inputs": [{"name": "a", "axes": "byxc", "shape": [8, 8, 1], "halo": [1, 1, 5]}]}),
    (early_prediction, _LEAVES),
    (model_key_spelling, {"test_inputs": ["a.npy"], "weights": {"torchscript": {}}}),
    (library_version, _LEAVES),
    (library_version, {"weights": {"torchscript": {"source": "a", "pytorch_version": "1.10"}}}),
    (minimal_size, {"inputs": [_NEW], "outputs": [_NEW]}),
    (model_fields, {"type": "model", "timestamp": "2021-02-17T10:13:32", "git_repo": "https://example.org"}),
    (model_type, {"type": "dataset", "weights": {"a": 1}, "inputs": [1], "outputs": [1]}),
    (model_type, {"weights": {"a": 1}}),
    (parent_link, {"parent": {"id": "lively-bug", "version": 2}}),
    (processing_list, {"inputs": [{"axes": "yx", "preprocessing": [{"name": "sigmoid"}]}]}),
    (run_mode_object, {"run_mode": {"name": "deepimagej", "kwargs": {"a": 1}}}),
    (tensor_axes, {"inputs": [_NEW]}),
    (tensor_data, {"inputs": [{**_NEW, "data": {"type": "uint8"}}]}),
    (tensor_names, {"inputs": [{"id": "raw"}], "outputs": [{"id": "out"}]}),
    (tests_and_samples, {"inputs": [{**_NEW, "test_tensor": {"source": "a.npy"}}]}),
    (weights_attachments, _LEAVES),
    (weights_dependencies, _LEAVES),
    (weights_fields, _LEAVES),
    (weights_format, _LEAVES),
    (weights_test_files, _LEAVES),
)

_ONNX = {"source": "a.onnx"}
_TF = {"source": "a.zip"}

MENDED: tuple[tuple[Fix, Data, Data], ...] = (
    (
        architecture_object,
        {
            "source": "./unet.py::UNet",
            "sha256": "a" * 64,
            "kwargs": {"d": 3},
            "weights": {"pytorch_state_dict": {}},
        },
        {
            "weights": {
                "pytorch_state_dict": {
                    "architecture": {
                        "source": "./unet.py",
                        "callable": "UNet",
                        "sha256": "a" * 64,
                        "kwargs": {"d": 3},
                    }
                }
            }
        },
    ),
    (
        architecture_object,
        {"weights": {"pytorch_state_dict": {"architecture": "my.nets.UNet"}}},
        {"weights": {"pytorch_state_dict": {"architecture": {"import_from": "my.nets", "callable": "UNet"}}}},
    ),
    (
        author_name,
        {"authors": [{"name": "A"}, {"affiliation": "U"}]},
        {"authors": [{"name": "A", "affiliation": "U"}]},
    ),
    (
        batch_left_out,
        {"inputs": [{"axes": "byxc", "shape": {"min": [8, 8, 1], "step": [1, 1, 0]}, "halo": [2, 2, 0]}]},
        {
            "inputs": [
                {
                    "axes": "byxc",
                    "shape": {"min": [None, 8, 8, 1], "step": [None, 1, 1, 0]},
                    "halo": [None, 2, 2, 0],
                }
            ]
        },
    ),
    (
        batch_left_out,
        {"inputs": [{"axes": "yxc", "shape": [1, 8, 8, 3]}]},
        {"inputs": [{"axes": "byxc", "shape": [1, 8, 8, 3]}]},
    ),
    (
        axes_against_shape,
        {"outputs": [{"name": "table", "axes": "brc", "shape": [1, 9, 6]}]},
        {"outputs": [{"name": "table", "axes": "bic", "shape": [1, 9, 6]}]},
    ),
    (
        axes_against_shape,
        {"inputs": [{"name": "rows", "shape": [1, 9]}, {"name": "table", "shape": [1, 9, 6]}]},
        {
            "inputs": [
                {"name": "rows", "shape": [1, 9], "axes": "bi"},
                {"name": "table", "shape": [1, 9, 6], "axes": "bic"},
            ]
        },
    ),
    (
        axes_against_shape,
        {"outputs": [{"name": "class", "axes": None, "shape": [-1]}]},
        {"outputs": [{"name": "class", "axes": "i", "shape": [-1]}]},
    ),
    (
        early_prediction,
        {
            "framework": "pytorch",
            "language": "python",
            "prediction": {"weights": {"source": "a.pt", "hash": {"sha256": "a" * 64}}},
        },
        {
            "framework": "pytorch",
            "language": "python",
            "weights": {"pytorch_state_dict": {"source": "a.pt", "sha256": "a" * 64}},
        },
    ),
    (
        model_key_spelling,
        {"test_input": "a.npy", "weights": {"pytorch_script": _TF, "tensorlfow_js": _TF}},
        {"test_inputs": ["a.npy"], "weights": {"torchscript": _TF, "tensorflow_js": _TF}},
    ),
    (
        library_version,
        {"weights": {"keras_hdf5": {}, "tensorflow_js": {"tensorflow_version": "1.13"}}},
        {
            "weights": {
                "keras_hdf5": {"tensorflow_version": "1.13"},
                "tensorflow_js": {"tensorflow_version": "1.13"},
            }
        },
    ),
    (
        minimal_size,
        {
            "inputs": [
                {"id": "a", "axes": [{"type": "space", "id": "y", "size": {"min": 16, "step": 16}}]},
            ],
            "outputs": [
                {
                    "id": "b",
                    "axes": [
                        {"type": "space", "id": "y", "size": {"tensor_id": "a", "axis_id": "y"}, "halo": 20}
                    ],
                }
            ],
        },
        {
            "inputs": [
                {"id": "a", "axes": [{"type": "space", "id": "y", "size": {"min": 48, "step": 16}}]},
            ],
            "outputs": [
                {
                    "id": "b",
                    "axes": [
                        {"type": "space", "id": "y", "size": {"tensor_id": "a", "axis_id": "y"}, "halo": 20}
                    ],
                }
            ],
        },
    ),
    (
        model_fields,
        {"language": "java", "date": 2020, "license": None},
        {"config": {"zoo": {"language": "java", "date": 2020}}},
    ),
    (
        model_type,
        {"weights": {"a": 1}, "inputs": [1], "outputs": [1]},
        {"weights": {"a": 1}, "inputs": [1], "outputs": [1], "type": "model"},
    ),
    (
        parent_link,
        {"parent": {"uri": "https://example.org", "sha256": "a"}},
        {"config": {"zoo": {"parent": {"uri": "https://example.org", "sha256": "a"}}}},
    ),
    (
        parent_link,
        {"parent": {"id": "lively-bug", "version_number": 3}},
        {"parent": {"id": "lively-bug", "version": 3}},
    ),
    (
        processing_list,
        {
            "inputs": [
                {"axes": "yx", "preprocessing": {"name": "sigmoid"}},
                {"axes": "yx", "preprocessing": None},
            ]
        },
        {"inputs": [{"axes": "yx", "preprocessing": [{"name": "sigmoid"}]}, {"axes": "yx"}]},
    ),
    (run_mode_object, {"run_mode": [{"name": "deepimagej"}]}, {"run_mode": {"name": "deepimagej"}}),
    (run_mode_object, {"run_mode": None}, {}),
    (
        tensor_axes,
        {
            "inputs": [{"id": "raw", "axes": "byxc", "shape": {"min": [1, 8, 8, 1], "step": [0, 8, 8, 0]}}],
            "outputs": [
                {
                    "id": "out",
                    "axes": "byxc",
                    "shape": {
                        "reference_tensor": "raw",
                        "scale": [1, 0.5, 1, 2],
                        "offset": [0, 0, -1.5, 0],
                    },
                    "halo": [0, 2, 0, 0],
                }
            ],
        },
        {
            "inputs": [
                {
                    "id": "raw",
                    "axes": [
                        {"type": "batch", "size": 1},
                        {"type": "space", "id": "y", "size": {"min": 8, "step": 8}},
                        {"type": "space", "id": "x", "size": {"min": 8, "step": 8}},
                        _CHANNEL,
                    ],
                }
            ],
            "outputs": [
                {
                    "id": "out",
                    "axes": [
                        {"type": "batch"},
                        {
                            "type": "space",
                            "id": "y",
                            "size": {"tensor_id": "raw", "axis_id": "y"},
                            "scale": 2.0,
                            "halo": 2,
                        },
                        {
                            "type": "space",
                            "id": "x",
                            "size": {"tensor_id": "raw", "axis_id": "x", "offset": -3},
                        },
                        {"type": "channel", "channel_names": ["channel0", "channel1"]},
                    ],
                }
            ],
        },
    ),
    (
        tensor_axes,
        {"outputs": [{"id": "table", "axes": "bi", "shape": [-1, -1]}]},
        {"outputs": [{"id": "table", "axes": [{"type": "batch"}, {"type": "index", "size": {"min": 1}}]}]},
    ),
    (
        tensor_data,
        {"inputs": [{"data_type": "float32", "data_range": ["-inf", "inf"]}]},
        {"inputs": [{"data": {"type": "float32"}}]},
    ),
    (
        tensor_data,
        {"inputs": [{"data_type": "uint8", "data_range": [0, float("inf")]}]},
        {"inputs": [{"data": {"type": "uint8", "range": [0, None]}}]},
    ),
    (
        tensor_names,
        {
            "inputs": [{"name": "Input image"}],
            "outputs": [{"name": "class", "shape": {"reference_input": "Input image", "scale": [1]}}],
        },
        {
            "inputs": [{"id": "input_image"}],
            "outputs": [{"id": "class_", "shape": {"reference_tensor": "input_image", "scale": [1]}}],
        },
    ),
    (
        tensor_names,
        {
            "inputs": [{"name": "raw"}],
            "outputs": [{"name": "out", "shape": {"reference_tensor": None, "scale": [1]}}],
        },
        {
            "inputs": [{"id": "raw"}],
            "outputs": [{"id": "out", "shape": {"reference_tensor": "raw", "scale": [1]}}],
        },
    ),
    (
        tests_and_samples,
        {"inputs": [{"id": "a"}], "test_inputs": ["a.tiff"], "sample_inputs": ["a.npy"]},
        {"inputs": [{"id": "a", "test_tensor": {"source": "a.npy"}, "sample_tensor": {"source": "a.tiff"}}]},
    ),
    (
        tests_and_samples,
        {"outputs": [{"id": "a"}], "test_outputs": ["a.npy", "b.npy"], "sample_outputs": ["a.csv"]},
        {
            "outputs": [{"id": "a", "test_tensor": {"source": "a.npy"}}],
            "config": {"zoo": {"test_outputs": ["b.npy"], "sample_outputs": ["a.csv"]}},
        },
    ),
    (
        weights_attachments,
        {"weights": {"keras_hdf5": {**_TF, "attachments": {"files": ["./config.xml"]}}}},
        {"weights": {"keras_hdf5": _TF}, "attachments": [{"source": "./config.xml"}]},
    ),
    (
        weights_dependencies,
        {
            "weights": {
                "pytorch_state_dict": {"dependencies": "conda:./environment.yaml"},
                "onnx": {"dependencies": "pip:a.txt"},
            }
        },
        {
            "weights": {
                "pytorch_state_dict": {"dependencies": {"source": "./environment.yaml"}},
                "onnx": {},
            },
            "config": {"zoo": {"weights_dependencies": {"onnx": "pip:a.txt"}}},
        },
    ),
    (
        weights_fields,
        {
            "weights": {
                "onnx": {**_ONNX, "authors": ["A"], "format": "x", "sha256": "short", "parent": "onnx"}
            }
        },
        {
            "weights": {"onnx": {**_ONNX, "authors": [{"name": "A"}]}},
            "config": {"zoo": {"weights": {"onnx": {"format": "x", "sha256": "short", "parent": "onnx"}}}},
        },
    ),
    (
        weights_format,
        {"weights": {"onnx": _ONNX, "tensorflow_protobuffer": _TF}},
        {"weights": {"onnx": _ONNX}, "config": {"zoo": {"weights": {"tensorflow_protobuffer": _TF}}}},
    ),
    (
        weights_format,
        {"weights": {"onnx": _ONNX, "keras_hdf5": {"source": None, "sha256": "b"}}},
        {
            "weights": {"onnx": _ONNX},
            "config": {"zoo": {"weights": {"keras_hdf5": {"source": None, "sha256": "b"}}}},
        },
    ),
    (
        weights_format,
        {"weights": {"tensorflow_protobuffer": _TF}},
        {
            "weights": {"tensorflow_saved_model_bundle": _TF},
            "config": {"zoo": {"weights_format": "tensorflow_protobuffer"}},
        },
    ),
    (
        weights_test_files,
        {"weights": {"onnx": {**_ONNX, "test_inputs": "a.tiff"}}},
        {"weights": {"onnx": _ONNX}, "test_inputs": ["a.tiff"]},
    ),
)


def _draft(data: Data) -> Draft:
    return Draft(deepcopy(data), DraftContext(id="a-model", partner_id="zoo", answers=Answers(defaults=True)))


def _name(value: Any) -> str:
    return value.name if isinstance(value, Fix) else ""


@pytest.mark.parametrize(("fix", "data"), NO_OPS, ids=_name)
def test_what_needs_no_fix_stays(fix: Fix, data: Data) -> None:
    draft = _draft(data)
    fix.apply(draft)
    assert draft.data == data


@pytest.mark.parametrize(("fix", "before", "after"), MENDED, ids=_name)
def test_what_needs_the_fix_is_mended_once(fix: Fix, before: Data, after: Data) -> None:
    draft = _draft(before)
    fix.apply(draft)
    assert draft.data == after
    fix.apply(draft)
    assert draft.data == after


def test_a_version_is_never_invented() -> None:
    draft = _draft({"weights": {"keras_hdf5": {}, "torchscript": {}}})
    with pytest.raises(UnansweredQuestion):
        library_version.apply(draft)
    assert draft.open == ["library-version:a-model:tensorflow", "library-version:a-model:pytorch"]


def test_a_version_that_yaml_reads_as_another_number_is_kept_as_written() -> None:
    data = Document.parse("weights: {torchscript: {pytorch_version: 1.10}}").data
    draft = Draft(data, DraftContext())
    library_version.apply(draft)
    assert draft.data["weights"]["torchscript"]["pytorch_version"] == "1.10"


def test_a_version_comes_from_the_environment_file_in_the_clone() -> None:
    class Clone:
        slug = None

        def exists(self, path: str) -> bool:
            return True

        def read_text(self, path: str) -> str | None:
            return (
                "dependencies:\n  - python=3.8\n  - pytorch::pytorch=1.8.1\n"
                if path == "net/env.yaml"
                else None
            )

        def read_bytes(self, path: str, limit: int) -> bytes | None:
            return None

    dependencies = {"source": "./env.yaml"}
    draft = Draft(
        {"weights": {"pytorch_state_dict": {"dependencies": dependencies}}},
        DraftContext(files=Clone(), target=lambda field: "net"),
    )
    library_version.apply(draft)
    assert draft.data["weights"]["pytorch_state_dict"]["pytorch_version"] == "1.8.1"
    assert draft.questions == []


def test_a_halo_that_a_fixed_size_cannot_hold_is_left_to_config() -> None:
    tensor = {"id": "raw", "axes": "yx", "shape": [8, 8]}
    out = {
        "id": "out",
        "axes": "yx",
        "shape": {"reference_tensor": "raw", "scale": [1, 1], "offset": [0, 0]},
        "halo": [4, 0],
    }
    draft = _draft({"inputs": [tensor], "outputs": [out]})
    tensor_axes.apply(draft)
    minimal_size.apply(draft)
    assert "halo" not in draft.data["outputs"][0]["axes"][0]
    assert any(text.startswith("outputs[0].halo of axis y") for text in unsaid(draft, draft.old))
