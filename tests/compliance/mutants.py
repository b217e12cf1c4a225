"""Valid resources of every class, with every field in them, and all that a wrong value makes of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner_tui.manifest.text.document import Path

Data = dict[str, Any]

WRONG: tuple[Any, ...] = (
    None,
    "",
    "text",
    "b",
    "/etc/x",
    "Ünknown näme!",
    "a" * 300,
    7,
    -1,
    1.5,
    True,
    date(2020, 1, 1),
    [],
    [1],
    ["a", "a"],
    {},
    {"a": 1},
)
MODEL_0_5: Data = {
    "type": "model",
    "format_version": "0.5.14",
    "name": "Rich model",
    "description": "d",
    "authors": [{"name": "A", "orcid": "0000-0002-1825-0097", "email": "a@b.org"}],
    "cite": [{"text": "t", "doi": "10.1234/a"}],
    "license": "MIT",
    "documentation": {"source": "README.md"},
    "tags": ["a"],
    "covers": [{"source": "a.png"}],
    "links": ["a"],
    "maintainers": [{"github_user": "x"}],
    "timestamp": "2020-01-01T00:00:00",
    "git_repo": "https://a.org",
    "id": "a-b",
    "parent": {"id": "c-d"},
    "run_mode": {"name": "x", "kwargs": {}},
    "training_data": {"id": "ds"},
    "attachments": [{"source": "z.txt"}],
    "version": "1.0",
    "config": {
        "bioimageio": {
            "reproducibility_tolerance": [
                {"relative_tolerance": 0.001, "absolute_tolerance": 0, "output_ids": ["out"]}
            ],
            "evaluations": [
                {
                    "model_id": "a",
                    "dataset_id": "d",
                    "dataset_source": "https://a.org/d",
                    "dataset_role": "test",
                    "sample_count": 3,
                    "evaluation_factors": ["a"],
                    "evaluation_factors_long": ["aaa"],
                    "metrics": ["m"],
                    "metrics_long": ["mm"],
                    "results": [[1]],
                }
            ],
        }
    },
    "inputs": [
        {
            "id": "raw",
            "description": "d",
            "axes": [
                {"type": "batch"},
                {"type": "channel", "channel_names": ["a", "b"]},
                {
                    "type": "space",
                    "id": "y",
                    "size": {"min": 64, "step": 16},
                    "unit": "micrometer",
                    "scale": 0.5,
                },
                {"type": "space", "id": "x", "size": 256},
            ],
            "test_tensor": {"source": "t.npy"},
            "sample_tensor": {"source": "s.png"},
            "data": {"type": "float32", "range": [0, 1], "unit": "arbitrary unit", "scale": 1.0, "offset": 0},
            "preprocessing": [
                {"id": "ensure_dtype", "kwargs": {"dtype": "float32"}},
                {"id": "scale_linear", "kwargs": {"axis": "channel", "gain": [1, 2], "offset": [0.5, 0.1]}},
                {"id": "zero_mean_unit_variance", "kwargs": {"axes": ["x", "y"], "eps": 1e-05}},
                {
                    "id": "scale_range",
                    "kwargs": {"axes": ["x", "y"], "min_percentile": 1, "max_percentile": 99, "eps": 1e-05},
                },
                {"id": "binarize", "kwargs": {"threshold": 0.5}},
                {"id": "binarize", "kwargs": {"axis": "channel", "threshold": [0.5, 0.1]}},
                {"id": "clip", "kwargs": {"min": 0, "max": 1}},
                {"id": "fixed_zero_mean_unit_variance", "kwargs": {"mean": 0.1, "std": 0.2}},
                {
                    "id": "fixed_zero_mean_unit_variance",
                    "kwargs": {"axis": "channel", "mean": [0.1, 1], "std": [0.2, 1]},
                },
                {"id": "sigmoid"},
                {"id": "softmax", "kwargs": {"axis": "channel"}},
            ],
        },
        {
            "id": "mask",
            "optional": True,
            "axes": [
                {"type": "batch"},
                {"type": "time", "id": "time", "size": {"min": 4, "step": 1}, "unit": "second", "scale": 1.0},
                {"type": "index", "id": "index", "size": 3},
            ],
            "data": {"values": [0, 1, 2], "type": "uint8"},
            "test_tensor": {"source": "m.npy"},
        },
    ],
    "outputs": [
        {
            "id": "out",
            "axes": [
                {"type": "batch"},
                {"type": "channel", "channel_names": ["a", "b"]},
                {
                    "type": "space",
                    "id": "y",
                    "size": {"tensor_id": "raw", "axis_id": "y", "offset": 0},
                    "halo": 8,
                    "scale": 0.5,
                    "unit": "micrometer",
                },
                {"type": "space", "id": "x", "size": {"tensor_id": "raw", "axis_id": "x"}},
            ],
            "test_tensor": {"source": "o.npy"},
            "data": [{"type": "float32", "range": [0, 1]}, {"type": "float32"}],
            "postprocessing": [
                {
                    "id": "scale_mean_variance",
                    "kwargs": {"axes": ["x", "y"], "reference_tensor": "raw", "eps": 1e-05},
                },
                {"id": "zero_mean_unit_variance"},
                {"id": "sigmoid"},
            ],
        },
        {
            "id": "table",
            "axes": [
                {"type": "batch"},
                {"type": "index", "size": {"min": 1, "max": 5}},
                {
                    "type": "time",
                    "size": {"tensor_id": "mask", "axis_id": "time"},
                    "halo": 1,
                    "unit": "second",
                },
            ],
            "test_tensor": {"source": "u.npy"},
        },
    ],
    "weights": {
        "onnx": {
            "source": "w.onnx",
            "opset_version": 15,
            "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "authors": [{"name": "B"}],
        },
        "pytorch_state_dict": {
            "source": "w.pt",
            "pytorch_version": "1.10",
            "architecture": {
                "callable": "N",
                "source": "m.py",
                "sha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "kwargs": {"a": 1},
            },
            "dependencies": {"source": "env.yaml"},
            "parent": "onnx",
        },
        "torchscript": {"source": "w.t", "pytorch_version": "1.10", "parent": "onnx"},
        "keras_hdf5": {"source": "w.h5", "tensorflow_version": "1.15", "parent": "onnx"},
        "keras_v3": {
            "source": "w.keras",
            "keras_version": "3.1",
            "backend": ["tensorflow", "2.16"],
            "parent": "onnx",
        },
        "tensorflow_js": {"source": "w.zip", "tensorflow_version": "1.15", "parent": "onnx"},
        "tensorflow_saved_model_bundle": {"source": "w2.zip", "tensorflow_version": "1.15", "parent": "onnx"},
    },
}
MODEL_0_4: Data = {
    "type": "model",
    "format_version": "0.4.10",
    "name": "Old model",
    "description": "d",
    "authors": [{"name": "A"}],
    "cite": [{"text": "t", "doi": "10.1234/a"}],
    "license": "MIT",
    "documentation": "README.md",
    "tags": ["a"],
    "covers": ["a.png"],
    "timestamp": "2020-01-01T00:00:00",
    "git_repo": "https://a.org",
    "id": "a-b",
    "parent": {"id": "c-d"},
    "run_mode": {"name": "x", "kwargs": {}},
    "training_data": {"id": "ds"},
    "attachments": {"files": ["z.txt"]},
    "version": "1.0",
    "maintainers": [{"github_user": "x"}],
    "packaged_by": [{"name": "P"}],
    "download_url": "https://a.org/a.zip",
    "links": ["a"],
    "icon": "🦈",
    "rdf_source": "https://a.org/rdf.yaml",
    "inputs": [
        {
            "name": "raw",
            "axes": "bcyx",
            "data_type": "float32",
            "data_range": [0, 1],
            "shape": {"min": [1, 2, 64, 64], "step": [0, 0, 16, 16]},
            "description": "d",
            "preprocessing": [
                {"name": "scale_linear", "kwargs": {"axes": "xy", "gain": [1, 2], "offset": [0.5, 0.1]}},
                {
                    "name": "zero_mean_unit_variance",
                    "kwargs": {"mode": "per_sample", "axes": "xy", "eps": 1e-05},
                },
                {
                    "name": "scale_range",
                    "kwargs": {"mode": "per_sample", "axes": "xy", "min_percentile": 1, "max_percentile": 99},
                },
                {"name": "binarize", "kwargs": {"threshold": 0.5}},
                {"name": "clip", "kwargs": {"min": 0, "max": 1}},
                {"name": "sigmoid"},
                {
                    "name": "zero_mean_unit_variance",
                    "kwargs": {"mode": "fixed", "axes": "xy", "mean": [1, 2], "std": [1, 2]},
                },
            ],
        },
        {"name": "two", "axes": "bcyx", "data_type": "uint8", "shape": [1, 2, 64, 64]},
    ],
    "outputs": [
        {
            "name": "out",
            "axes": "bcyx",
            "data_type": "float32",
            "data_range": [0, 1],
            "halo": [0, 0, 8, 8],
            "shape": {"reference_tensor": "raw", "scale": [1, 1, 1, 1], "offset": [0, 0, 0, 0]},
            "postprocessing": [
                {
                    "name": "scale_mean_variance",
                    "kwargs": {"mode": "per_sample", "axes": "xy", "reference_tensor": "raw"},
                },
                {
                    "name": "scale_range",
                    "kwargs": {"mode": "per_sample", "axes": "xy", "reference_tensor": "raw"},
                },
            ],
        }
    ],
    "test_inputs": ["t.npy", "t2.npy"],
    "test_outputs": ["o.npy"],
    "sample_inputs": ["s.png"],
    "sample_outputs": ["p.png"],
    "weights": {
        "onnx": {
            "source": "w.onnx",
            "opset_version": 15,
            "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "authors": [{"name": "B"}],
            "attachments": {"files": ["q.txt"]},
        },
        "pytorch_state_dict": {
            "source": "w.pt",
            "pytorch_version": "1.10",
            "architecture": "m.py:N",
            "architecture_sha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "kwargs": {"a": 1},
            "dependencies": "conda:env.yaml",
            "parent": "onnx",
        },
        "torchscript": {"source": "w.t", "pytorch_version": "1.10"},
        "keras_hdf5": {"source": "w.h5", "tensorflow_version": "1.15"},
        "tensorflow_js": {"source": "w.zip", "tensorflow_version": "1.15"},
        "tensorflow_saved_model_bundle": {"source": "w2.zip", "tensorflow_version": "1.15"},
    },
}
_COMMON: Data = {
    "name": "A name long",
    "description": "d",
    "authors": [
        {
            "name": "A",
            "affiliation": "x",
            "email": "a@b.org",
            "orcid": "0000-0002-1825-0097",
            "github_user": "gh",
        }
    ],
    "maintainers": [{"github_user": "x", "name": "n"}],
    "license": "MIT",
    "tags": ["a"],
    "links": ["a"],
    "id": "a-b",
    "version": "1.0",
    "version_comment": "c",
    "git_repo": "https://a.org",
    "uploader": {"email": "a@b.org", "name": "n"},
    "badges": [{"label": "a", "url": "https://a.org", "icon": "https://a.org/a.svg"}],
    "config": {"x": 1},
    "parent": "c-d",
    "id_emoji": "🦈",
    "cite": [{"text": "t", "doi": "10.1234/a", "url": "https://a.org"}],
}


def _latest(kind: str, **more: Any) -> Data:
    files = {
        "documentation": {"source": "README.md"},
        "covers": [{"source": "a.png"}],
        "icon": {"source": "i.png"},
        "attachments": [{"source": "z.txt", "sha256": "a" * 64}],
    }
    return {"type": kind, "format_version": "0.3.4", **copy.deepcopy(_COMMON), **files, **more}


def _old(kind: str, **more: Any) -> Data:
    files = {
        "documentation": "README.md",
        "covers": ["a.png"],
        "icon": "i.png",
        "attachments": {"files": ["z.txt"]},
        "download_url": "https://a.org/x",
        "rdf_source": "https://a.org/rdf.yaml",
    }
    common = {name: value for name, value in _COMMON.items() if name not in ("parent", "version_comment")}
    return {"type": kind, "format_version": "0.2.4", **copy.deepcopy(common), **files, **more}


RESOURCES: tuple[Data, ...] = (
    MODEL_0_5,
    MODEL_0_4,
    *(
        make(kind, source=source)
        for kind, source in (
            ("dataset", "https://a.org/d.zip"),
            ("notebook", "n.ipynb"),
            ("application", "https://a.org"),
            ("generic", "https://a.org"),
        )
        for make in (_latest, _old)
    ),
)
_GONE = object()


def mutants(resource: Data) -> Iterator[Data]:
    """The resource with each of its values replaced by each wrong one, left out, and joined by a surplus key."""
    for path in _paths(resource, ()):
        if path in {("type",), ("format_version",)}:
            continue
        for wrong in (*WRONG, _GONE):
            yield _with(resource, path, wrong)
    for path in ((), *_paths(resource, ())):
        if isinstance(_at(resource, path), dict):
            yield _with(resource, (*path, "surplus"), 1)


def _paths(value: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _paths(value[step], (*path, step))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _with(resource: Data, path: Path, value: Any) -> Data:
    made = copy.deepcopy(resource)
    holder = _at(made, path[:-1])
    if value is _GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return made
