"""Model RDFs made at random of everything that old dialects wrote, right and wrong; one seed makes one RDF."""

from __future__ import annotations

from random import Random
from typing import Any

_FIELDS: dict[str, tuple[Any, ...]] = {
    "type": ("model", None),
    "name": ("A good model", "U-Net: 2D", "Net", "Mödel with/slash", "x" * 140),
    "description": ("What it does.", "", "y" * 1100),
    "timestamp": ("2021-02-17T10:13:32.618903", "2020", "yesterday", None, 2020),
    "date": (2019, "20"),
    "authors": (
        ["A B", "C/D"],
        [{"name": "A", "affiliation": None}],
        "X Y",
        [{"name": "Q"}, {"affiliation": "U"}],
    ),
    "cite": (
        [{"text": "a", "doi": "https://doi.org/10.1007/978-3-319-24574-4_28"}],
        [{"text": "a", "doi": "https://arxiv.org/abs/1910.12345", "url": None}],
        [{"text": "only"}],
        {"text": "b", "url": "https://example.org/y"},
    ),
    "documentation": ("README.md", "https://example.org/y", "docs.txt", None),
    "license": ("MIT", "BSD 3", "CC BY 4.0", None, "mine"),
    "covers": (["./c.png"], ["c.tif"], None, "c.png"),
    "language": ("java", "python"),
    "framework": ("tensorflow", "pytorch"),
    "git_repo": ("https://github.com/a/b", "git@github.com:a/b", None),
    "run_mode": ([{"name": "deepimagej"}], {"name": "x", "kwargs": {"a": 1}}, "y", None, [1, 2]),
    "version": ("not a version",),
    "parent": (
        {"uri": "https://example.org", "sha256": "a" * 64},
        {"id": "a/b", "version_number": 3},
        "null",
        None,
    ),
    "packaged_by": (["a"], [{"name": "a"}]),
    "attachments": ({"files": ["a.txt"], "x": 1}, ["a.txt"], {"files": None}, None),
    "training_data": ({"id": "d/1"}, "x"),
    "badges": ([{"label": "x", "url": "https://example.org"}],),
    "dependencies": ("conda:./environment.yaml", "pip:requirements.txt"),
    "source": ("./unet.py::UNet", "my.nets.UNet", "null"),
    "kwargs": ({"depth": 3},),
    "config": ({"deepimagej": {"a": 1}}, None, {"bioimageio": {"nickname": "x"}}, "text"),
}
_WEIGHTS = (
    "keras_hdf5",
    "tensorflow_saved_model_bundle",
    "pytorch_state_dict",
    "pytorch_script",
    "onnx",
    "tensorlfow_js",
    "tensorflow_protobuffer",
)
_VERSIONS = {
    "k": "tensorflow_version",
    "t": "tensorflow_version",
    "p": "pytorch_version",
    "o": "opset_version",
}
_WEIGHTS_FIELDS: dict[str, tuple[Any, ...]] = {
    "sha256": ("d" * 64, "short", None),
    "authors": (["A"], [{"name": "B"}], [{"affiliation": "q"}]),
    "attachments": ({"files": ["./config.xml"]}, ["config.ijm"]),
    "dependencies": ("conda:env.yaml", "pip:req.txt"),
    "architecture": ("a.py:B", "a.b.C", "https://example.org/a.py:B"),
    "version": ("not a version",),
    "parent": ("keras_hdf5", "nobody", None),
    "test_inputs": ("./t.tiff",),
    "format": ("graph-model",),
}
_STEPS: tuple[Any, ...] = (
    {"name": "scale_range", "kwargs": {"mode": "per_sample", "axes": "xy", "max_percentile": 99.8}},
    {"name": "scale_range", "kwargs": {"mode": "per_dataset", "axes": "xyzc", "max_percentile": 0.99}},
    {"name": "zero_mean_unit_variance", "kwargs": {"mode": "fixed", "axes": "xy", "mean": 0.1, "std": 0.2}},
    {
        "name": "zero_mean_unit_variance",
        "kwargs": {"mode": "fixed", "axes": "xy", "mean": [1, 2], "std": [3, 4]},
    },
    {"name": "scale_linear", "kwargs": {"gain": 2, "offset": 0, "axes": "xy"}},
    {"name": "scale_linear", "kwargs": {"gain": 1, "offset": 0}},
    {"name": "min_max", "kwargs": {"mode": "fixed", "min": 3, "max": 255}},
    {"name": "scale_mean_variance", "kwargs": {"mode": "per_sample", "reference_tensor": "raw"}},
    {"name": "binarize", "kwargs": {"threshold": 0.5}},
    {"scale_range": {"kwargs": {"mode": "per_sample"}}},
    {"name": "custom"},
    {"spec": "x::y"},
    "sigmoid",
    None,
)
_AXES = ("byxc", "bcyx", "bczyx", "yxc", "bcyx", "byx", "bi", "tzyxc", "bxrc", None)


def rdf(seed: int) -> dict[str, Any]:
    """One RDF."""
    random = Random(seed)
    data = {field: random.choice(values) for field, values in _FIELDS.items() if random.random() < 0.6}
    inputs = [_input(random, place) for place in range(random.choice((1, 1, 1, 2)))]
    outputs = [_output(random, inputs[0]) for _ in range(random.choice((1, 1, 2)))]
    data |= {
        "format_version": random.choice(
            ("0.1.0", "0.3.0", "0.3.0.", "0.3.2", "0.3.6", "0.4.1", "0.4.9", "0.4.10")
        )
    }
    data |= {"name": data.get("name", "A model"), "inputs": inputs, "outputs": outputs}
    if data["format_version"] == "0.1.0":
        weights = {"source": "https://example.org/w.pt", "hash": {random.choice(("md5", "sha256")): "c" * 64}}
        data |= {"prediction": {"weights": weights, "preprocess": [{"spec": "a::b"}]}, "test_input": "t.npy"}
        return data
    data["weights"] = {
        format: _weights(random, format) for format in random.sample(_WEIGHTS, random.choice((1, 2, 3)))
    }
    for side, there in (("inputs", inputs), ("outputs", outputs)):
        for role in ("test", "sample"):
            count = max(0, len(there) + random.choice((0, 0, 1, -1)))
            ending = random.choice((".npy", ".tiff", ".csv"))
            data[f"{role}_{side}"] = [f"./{role}{place}{ending}" for place in range(count)]
    return data


def _weights(random: Random, format: str) -> dict[str, Any]:
    entry = {
        field: random.choice(values) for field, values in _WEIGHTS_FIELDS.items() if random.random() < 0.4
    }
    if random.random() < 0.4:
        entry[_VERSIONS[format[0]]] = random.choice((1.15, "1.x", "2.1.0", 12, None))
    return {"source": f"https://example.org/{format}.zip", **entry}


def _input(random: Random, place: int) -> dict[str, Any]:
    axes = random.choice(_AXES)
    letters = axes or "byxc"
    fixed = [1 if letter in "bc" else random.choice((64, 256)) for letter in letters]
    step = random.choice((0, 16, 1))
    steps = [0 if letter in "bc" else step for letter in letters]
    shapes = (fixed, {"min": fixed, "step": steps}, fixed[1:], {"min": fixed[1:], "step": steps[1:]}, None)
    return {
        "name": random.choice(("raw", "Input image", "class", "0x")) + str(place or ""),
        "axes": axes,
        "data_type": random.choice(("float32", "uint8", "bool")),
        "data_range": random.choice((["-inf", "inf"], [0, 1], [0, float("inf")], None, "[-inf, inf]")),
        "shape": random.choice(shapes),
        "preprocessing": _steps(random),
    }


def _output(random: Random, reference: dict[str, Any]) -> dict[str, Any]:
    axes = random.choice((reference["axes"], reference["axes"], "byxc", "bi", None))
    letters = axes or "byxc"
    count = len(letters)
    scale = [random.choice((1, 1.0, 0.5, 2)) if letter in "zyx" else 1 for letter in letters]
    key = random.choice(("reference_input", "reference_tensor"))
    shapes = (
        {key: reference["name"], "scale": scale, "offset": [0] * count},
        {key: reference["name"], "scale": [1] * (count - 1), "offset": [0] * (count - 1)},
        {key: "nobody", "scale": [None] + [1] * (count - 1), "offset": [1] + [0] * (count - 1)},
        [1] * count,
        [-1] * count,
    )
    return {
        "name": random.choice(("output", "raw", "segmentation")),
        "axes": axes,
        "data_type": random.choice(("float32", "uint8", "bool")),
        "shape": random.choice(shapes),
        "halo": random.choice((None, [32 if letter in "zyx" else 0 for letter in letters], [3] * count)),
        "postprocessing": _steps(random),
    }


def _steps(random: Random) -> Any:
    if random.random() < 0.2:
        return random.choice(_STEPS)
    return [random.choice(_STEPS) for _ in range(random.choice((0, 1, 2)))]
