"""Keys that were misspelled, or had another name once, get the name that the spec knows; their values stay."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_FIELDS = {
    "test_input": "test_inputs",
    "test_output": "test_outputs",
    "sample_input": "sample_inputs",
    "sample_output": "sample_outputs",
    "input": "inputs",
    "output": "outputs",
    "author": "authors",
    "cover": "covers",
    "tag": "tags",
    "citation": "cite",
    "thumbnail": "covers",
}
_WEIGHTS = {
    "pytorch_script": "torchscript",
    "tensorlfow_js": "tensorflow_js",
    "tensorflowjs": "tensorflow_js",
    "tensorlfow_saved_model_bundle": "tensorflow_saved_model_bundle",
    "tensorflow_saved_model": "tensorflow_saved_model_bundle",
    "keras": "keras_hdf5",
    "keras_h5": "keras_hdf5",
}
_LISTS = ("test_inputs", "test_outputs", "sample_inputs", "sample_outputs", "inputs", "outputs", "covers")


@fix(
    "model-key-spelling",
    "Rename model keys",
    "The spec uses test_inputs and torchscript, not test_input or pytorch_script.",
    FixKind.AUTO,
)
def model_key_spelling(draft: Draft) -> None:
    draft.data = spelled(draft.data)


def spelled(data: dict[str, Any]) -> dict[str, Any]:
    """A model with the spec's names, and lists where the spec has them; the values are the same objects."""
    data = _renamed(data, _FIELDS)
    for field in _LISTS:
        if isinstance(data.get(field), str | dict):
            data[field] = [data[field]]
    if isinstance(weights := data.get("weights"), dict):
        data["weights"] = _renamed(weights, _WEIGHTS)
    return data


def _renamed(mapping: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The mapping with new names where the new one is free; keys keep their places."""
    taken = set(mapping)
    result: dict[str, Any] = {}
    for key, value in mapping.items():
        name = names.get(key, key)
        if name != key and name in taken:
            name = key
        taken.add(name)
        result[name] = value
    return result
