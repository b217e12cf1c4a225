"""Words for the fields that old entries most often get wrong: people, ids, names, citations, files, tensors.

What is true of any field is said in `word`; here stands what only one field's meaning allows to say, and its fix.
"""

from __future__ import annotations

import re
from typing import Any

from partner_tui.compliance.wording.place import ABOUT_FILES, ErrorContext, Wording, shown

_FILES = {"covers", "documentation", "icon", "attachments"}
_PEOPLE = {"authors", "maintainers", "packaged_by"}
_LIBRARIES = {
    "tensorflow_version": "version of TensorFlow",
    "pytorch_version": "version of PyTorch",
    "opset_version": "ONNX opset version",
}
_TENSOR_0_4 = {"name", "data_type", "data_range", "shape", "halo", "test_tensor", "sample_tensor"}


def of_a_field(place: ErrorContext) -> Wording | None:
    """Words that only this field's meaning allows; None where there are none."""
    label, value, last = place.label, place.value, place.last
    if place.field in _PEOPLE and len(place.loc) == 2 and isinstance(value, str) and place.has("model_type"):
        return Wording(
            f"{label} is text, not a person",
            f"Write it as {{name: {shown(value)[1:-1]}}}",
            "authors-to-objects",
        )
    if place.loc == ("id",):
        return _of_an_id(value, place)
    if place.loc == ("name",):
        return _of_a_name(value, place)
    if place.field == "license" and isinstance(value, str):
        return Wording(
            f"{shown(value)} is not an SPDX license id",
            "Use an id such as CC-BY-4.0 or MIT (spdx.org/licenses)",
            "license-spdx",
        )
    if last == "reference_tensor" and place.has("value_error", "KeyError"):
        return Wording(
            f"{label} {place.quoted} is not the name of an input",
            "Name one of the inputs",
            "reference-tensor",
        )
    if last == "timestamp" and place.has("value_error"):
        return Wording(f"{label} {place.quoted} is not a date and time", "Write it as 2024-01-31T12:00:00")
    if place.field == "cite" and (words := _of_a_citation(place)):
        return words
    if (
        place.field == "documentation"
        and value
        and (place.says(".md") or place.has("model_type", *ABOUT_FILES))
    ):
        if isinstance(value, str) and re.search(r"\.md($|[?#])", value) and place.has("model_type"):
            return _file_description(label)
        return Wording(
            "documentation is not a Markdown file",
            "Use a .md file; you can put the link into it",
            "documentation-stub",
        )
    if place.field == "covers" and place.says("suffix"):
        return Wording(
            f"{label} is not a supported image", "Use a .png, .jpg, .gif or .svg file", "cover-suffix"
        )
    if place.field in _FILES and isinstance(value, str) and place.has("model_type"):
        return _file_description(label)
    if place.loc == ("attachments",) and isinstance(value, dict):
        return Wording(
            "attachments is a mapping, not a list", "List the files: [{source: file}]", "source-objects"
        )
    if place.loc == ("download_url",) and place.has("extra_forbidden"):
        return Wording(
            "download_url was removed from the format", "Move it to source", "download-url-to-source"
        )
    if place.loc == ("rdf_source",) and place.has("extra_forbidden"):
        return Wording("rdf_source is not a field of an RDF", "It is only allowed in manifest entries")
    if place.loc == ("source",) and place.type == "notebook" and value is not None:
        return Wording("source is not a notebook", "Name the .ipynb file", "notebook-source-from-badge")
    if place.loc == ("source",) and place.has("extra_forbidden"):
        return Wording(
            f"{place.type or 'This type'} has no source",
            "Keep it in config, or use another type",
            "unknown-to-config",
        )
    if place.field in {"test_inputs", "test_outputs"} and place.says(".npy"):
        return Wording(f"{label} is not a .npy file", "Tests are NumPy arrays; other files are samples")
    if last == "axes" and place.has("sequence_str"):
        return Wording(
            f"{label} is text, as in format 0.4", "In 0.5 each axis is an object", "format-version"
        )
    if last == "halo" and place.loc[-2:-1] == ("shape",):
        return Wording(f"{label} is not part of the shape", "Write it beside shape", "format-version")
    if place.field in {"inputs", "outputs"} and last in _TENSOR_0_4 and place.has("extra_forbidden"):
        return Wording(
            f"{label} is written as in format 0.4",
            "In 0.5 it belongs to the axes or the tensor's data",
            "format-version",
        )
    if not place.is_there and (hint := of_a_library(place)):
        return Wording(f"{label} is missing", hint)
    return None


def of_a_library(place: ErrorContext) -> str:
    """What to fill in as the version of the library that wrote weights; empty for any other field."""
    return f"Add the {_LIBRARIES[place.last]} that wrote the weights" if place.last in _LIBRARIES else ""


def _of_an_id(value: Any, place: ErrorContext) -> Wording:
    if not place.is_there:
        return Wording("No id", "Add an id of a-z 0-9 _ - / .")
    if not isinstance(value, str):
        return Wording("id is not text", "Quote it")
    if value != value.lower() and re.fullmatch(r"[a-z0-9_\-/.]+", value.lower()):
        return Wording(
            "id has uppercase letters", f"Use {shown(value.lower())}, also in links to it", "id-lowercase"
        )
    if place.has("predicate_failed"):
        return Wording("id starts or ends with a slash", "Remove the slash", "id-characters")
    return Wording("id may only contain a-z 0-9 _ - / .", "Choose an id without them", "id-characters")


def _of_a_name(value: Any, place: ErrorContext) -> Wording:
    if not place.is_there:
        return Wording("No name", "Add a name of 5 to 128 characters", "name-missing")
    if not isinstance(value, str):
        return Wording("name is not text", "Quote it")
    if place.has("too_short", "string_too_short"):
        return Wording(f"name {shown(value)} is too short", "Use 5 characters or more", "name-short")
    if place.has("too_long", "string_too_long"):
        return Wording("name is too long", "Use 128 characters at most; the rest fits the description")
    return Wording(
        "name may only contain letters, digits, spaces and _ + - ( )",
        "Remove them",
        "name-characters",
    )


def _of_a_citation(place: ErrorContext) -> Wording | None:
    label, value, last = place.label, place.value, place.last
    if last == "doi" and isinstance(value, str):
        if found := re.search(r"10\.\d{4,9}/\S+", value):
            return Wording(
                f"{label} has more than the DOI", f"Keep only the DOI: {shown(found[0])[1:-1]}", "doi-prefix"
            )
        return Wording(f"{label} is not a DOI", "If it is a link, name it url", "doi-is-url")
    if len(place.loc) == 2 and isinstance(value, str):
        return Wording(
            f"{label} is text, not a citation", "Write it as {text: ..., doi: ...}", "cite-text-to-entry"
        )
    if len(place.loc) == 1 and isinstance(value, str):
        return Wording(
            "cite is text, not a list of citations",
            "Write it as [{text: ..., doi: ...}]",
            "cite-text-to-entry",
        )
    return None


def _file_description(label: str) -> Wording:
    return Wording(f"{label} is text, not a file description", "Write it as {source: ...}", "source-objects")
