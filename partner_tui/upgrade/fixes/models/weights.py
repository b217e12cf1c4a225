"""The weights of a model: their formats, fields, dependencies and test files."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import PERSON, described, mapping, path_of
from partner_tui.upgrade.fix import FixKind, fix

_FIELDS = {
    spelled: field
    for field in ("test_inputs", "test_outputs", "sample_inputs", "sample_outputs")
    for spelled in (field[:-1], field)
}
_HAVE_THEM = ("pytorch_state_dict", "tensorflow_saved_model_bundle")
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


@fix(
    "weights-attachments",
    "Move attachments",
    "Since format 0.5, only the model has attachments.",
    FixKind.AUTO,
)
def weights_attachments(draft: Draft) -> None:
    weights = mapping(draft.data.get("weights"))
    found: list[Any] = []
    others: dict[str, Any] = {}
    for key in list(weights):
        holder = weights if key == "attachments" else weights[key]
        if not isinstance(holder, dict) or "attachments" not in holder:
            continue
        paths, rest = files_of(holder.pop("attachments"))
        found += paths
        if rest:
            others[key] = rest
    if others:
        draft.to_config("weights_attachments", others)
    _attach(draft, found)


def files_of(value: Any) -> tuple[list[Any], Any]:
    """The files in an old `attachments`, and what else was in it."""
    if isinstance(value, dict) and "source" in value:
        return [value], None
    if isinstance(value, dict):
        files, rest = files_of(value.get("files"))
        others = {key: one for key, one in value.items() if key != "files"}
        return files, {**others, "files": rest} if rest else others
    if isinstance(value, str):
        return [value], None
    return (list(value), None) if isinstance(value, list) else ([], value)


def _attach(draft: Draft, files: list[Any]) -> None:
    """Add files to the model's attachments, in the shape that these have; each once."""
    if not files:
        return
    attachments = draft.data.get("attachments")
    target: Any = attachments.setdefault("files", []) if isinstance(attachments, dict) else attachments
    if not isinstance(target, list):
        if target is not None:
            draft.to_config("attachments", target)
        target = draft.data["attachments"] = []
    there = {path_of(one) for one in target}
    as_objects = any(isinstance(one, dict) for one in target) or not isinstance(attachments, dict | list)
    for file in files:
        path = path_of(file)
        if path in there:
            draft.repeats(path)
            continue
        there.add(path)
        target.append(described(file) if as_objects else file)


@fix(
    "weights-test-files",
    "Move weights tests",
    "Test and sample files belong to the model, not to one of its weights.",
    FixKind.AUTO,
)
def weights_test_files(draft: Draft) -> None:
    """They move up to the model where it names none itself."""
    for entry in map(mapping, mapping(draft.data.get("weights")).values()):
        for old, field in _FIELDS.items():
            if old not in entry:
                continue
            files = [entry[old]] if isinstance(entry[old], str) else entry[old]
            there: Any = draft.data.get(field)
            if there is None and isinstance(files, list):
                draft.data[field] = files
                del entry[old]
            elif there == files:
                for file in files:
                    draft.repeats(file)
                del entry[old]


@fix(
    "weights-dependencies",
    "Convert dependencies",
    "Only two weights formats take dependencies, as a Conda environment file.",
    FixKind.CONFIG,
)
def weights_dependencies(draft: Draft) -> None:
    """They become a file's description, without the name of the package manager in front."""
    weights = mapping(draft.data.get("weights"))
    _from_root(draft, weights)
    kept: dict[str, Any] = {}
    for format, entry in weights.items():
        if not isinstance(entry, dict) or not isinstance(text := entry.get("dependencies"), str):
            continue
        manager, colon, path = text.partition(":")
        path = path if colon and not path.startswith("//") else text
        is_conda = manager == "conda" or path == text
        if format in _HAVE_THEM and is_conda and path.endswith((".yaml", ".yml")):
            entry["dependencies"] = {"source": draft.respell(text, path)}
        else:
            kept[format] = entry.pop("dependencies")
    if kept:
        draft.to_config("weights_dependencies", kept)


def _from_root(draft: Draft, weights: dict[str, Any]) -> None:
    """Until the format 0.4.1, dependencies stood at the root."""
    if not isinstance(draft.data.get("dependencies"), str):
        return
    for format in _HAVE_THEM:
        if isinstance(entry := weights.get(format), dict) and "dependencies" not in entry:
            entry["dependencies"] = draft.data.pop("dependencies")
            return


@fix(
    "weights-fields",
    "Move weights fields",
    "Weights have a few fields only, and the checksum is one of SHA-256.",
    FixKind.CONFIG,
)
def weights_fields(draft: Draft) -> None:
    """What weights say beyond the spec's fields is kept word for word in `config`; their authors become objects."""
    weights = mapping(draft.data.get("weights"))
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
        and value.keys() <= PERSON
    )
