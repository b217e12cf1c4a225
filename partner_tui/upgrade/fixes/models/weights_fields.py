"""What weights say beyond the spec's fields is kept word for word in `config`; their authors become objects."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "weights-fields"
TITLE = "Move weights fields"
WHY = "Weights have a few fields only, and the checksum is one of SHA-256."
CLASS = "config"

_ALL = {"source", "sha256", "authors", "parent", "comment"}
_OWN = {
    "keras_hdf5": {"tensorflow_version"},
    "keras_v3": {"keras_version", "backend"},
    "onnx": {"opset_version", "external_data"},
    "pytorch_state_dict": {"architecture", "pytorch_version", "dependencies", "strict"},
    "tensorflow_js": {"tensorflow_version"},
    "tensorflow_saved_model_bundle": {"tensorflow_version", "dependencies"},
    "torchscript": {"pytorch_version"},
}
_PEOPLE = {"name", "affiliation", "email", "github_user", "orcid"}


def fix(draft: Draft) -> None:
    weights = draft.data.get("weights")
    if not isinstance(weights, dict):
        return
    kept: dict[str, Any] = {}
    for format, entry in weights.items():
        if not isinstance(entry, dict) or format not in _OWN:
            continue
        _authors(entry)
        for field in list(entry):
            if entry[field] is None:
                del entry[field]
            elif field not in _ALL | _OWN[format] or not _serves(field, entry[field], format, weights):
                kept.setdefault(format, {})[field] = entry.pop(field)
    if kept:
        draft.to_config("weights", kept)


def _authors(entry: dict[str, Any]) -> None:
    authors = entry.get("authors")
    authors = [authors] if isinstance(authors, str | dict) else authors
    if isinstance(authors, list):
        entry["authors"] = [{"name": one} if isinstance(one, str) else one for one in authors]


def _serves(field: str, value: Any, format: str, weights: dict[str, Any]) -> bool:
    """Whether the spec takes a value; only of fields that weights can do without."""
    if field == "sha256":
        return isinstance(value, str) and re.fullmatch(r"[0-9a-fA-F]{64}", value) is not None
    if field == "parent":
        return isinstance(value, str) and value in weights and value != format
    if field == "authors":
        return isinstance(value, list) and all(_is_person(one) for one in value)
    if field == "comment":
        return isinstance(value, str)
    return True


def _is_person(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and "/" not in value["name"]
        and "\\" not in value["name"]
        and value.keys() <= _PEOPLE
    )
