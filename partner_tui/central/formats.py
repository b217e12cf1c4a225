"""The formats that the CI of 2022 to 2024 judged by, as its library (0.4.9.post4) knew them.

Resources of all types are complete here; of models the fields, not what their tensors and weights hold in detail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from packaging.version import InvalidVersion, Version

from partner_tui.central.shapes import (
    Problem,
    Shape,
    documentation,
    email,
    fields,
    listed,
    mapping,
    name,
    one_of,
    orcid,
    text,
    uri_or_path,
    url,
    url_or_path,
    version,
)
from partner_tui.manifest.text.document import Path

_PERSON = {"name": name, "affiliation": text(), "email": email, "github_user": text(), "orcid": orcid}
_AUTHORS = listed(fields(_PERSON, ("name",)))


def _doi_or_url(entry: dict[str, Any]) -> Iterator[Problem]:
    if entry.get("doi") is None and entry.get("url") is None:
        yield Problem((), "has neither doi nor url", "Add one of them")


_CITE = listed(fields({"text": text(), "doi": text(), "url": text()}, ("text",), also=_doi_or_url))
_FILES = listed(uri_or_path)

RESOURCE_FIELDS: dict[str, Shape] = {
    "attachments": fields({"files": _FILES}, unknown="kept"),
    "authors": _AUTHORS,
    "badges": listed(fields({"label": text(), "icon": text(), "url": url_or_path}, ("label",))),
    "cite": _CITE,
    "config": mapping,
    "covers": listed(url_or_path),
    "description": text(),
    "documentation": documentation,
    "download_url": url_or_path,
    "format_version": text(),
    "git_repo": url,
    "icon": text(),
    "id": text(),
    "license": text(),
    "links": listed(text()),
    "maintainers": listed(fields(_PERSON, ("github_user",))),
    "name": name,
    "rdf_source": url_or_path,
    "source": uri_or_path,
    "tags": listed(text()),
    "type": text(),
    "version": version,
}
_REQUIRED = ("name", "description", "type", "format_version")
RESOURCE = fields(RESOURCE_FIELDS, _REQUIRED, unknown="dropped")
COLLECTION = fields(
    {**RESOURCE_FIELDS, "collection": listed(mapping)}, (*_REQUIRED, "collection"), unknown="kept"
)

_WEIGHTS = ("pytorch_state_dict", "keras_hdf5", "tensorflow_js", "tensorflow_saved_model_bundle", "onnx")


def _weights(formats: tuple[str, ...]) -> Shape:
    entry = fields({"authors": _AUTHORS, "source": uri_or_path}, ("source",), unknown="kept")

    def check(value: Any) -> Iterator[Problem]:
        yield from mapping.check(value)
        for key, one in value.items() if isinstance(value, dict) else ():
            for problem in (*one_of(*formats).problems(key), *entry.problems(one)):
                yield problem.below(str(key))

    return Shape(check)


_TENSOR = Shape(
    fields(
        {
            "name": text(str.isidentifier, "is not an identifier", "Use letters, digits and _"),
            "axes": text(),
            "data_type": text(),
        },
        ("name", "axes", "data_type", "shape"),
        unknown="dropped",
    ).check
)
_MODEL_FIELDS: dict[str, Shape] = {
    **RESOURCE_FIELDS,
    "documentation": url_or_path,
    "inputs": listed(_TENSOR, 1),
    "outputs": listed(_TENSOR, 1),
    "packaged_by": _AUTHORS,
    "parent": mapping,
    "run_mode": fields({"name": text(), "kwargs": mapping}, ("name",)),
    "sample_inputs": listed(uri_or_path, 1),
    "sample_outputs": listed(uri_or_path, 1),
    "test_inputs": listed(uri_or_path, 1),
    "test_outputs": listed(uri_or_path, 1),
    "timestamp": Shape(),
}
_MODEL_REQUIRED = (
    *_REQUIRED,
    "authors",
    "documentation",
    "license",
    "inputs",
    "test_inputs",
    "test_outputs",
    "timestamp",
    "weights",
)
_MODEL_0_3 = fields(
    {
        **_MODEL_FIELDS,
        "name": text(),
        "inputs": listed(_TENSOR),
        "outputs": listed(_TENSOR),
        "sample_inputs": _FILES,
        "sample_outputs": _FILES,
        "test_inputs": _FILES,
        "test_outputs": _FILES,
        "dependencies": text(),
        "framework": one_of("pytorch", "tensorflow"),
        "kwargs": mapping,
        "language": one_of("python", "java"),
        "sha256": text(lambda value: len(value) == 64, "is not a SHA-256", "It has 64 digits"),
        "source": text(),
        "weights": _weights((*_WEIGHTS, "pytorch_script")),
    },
    (*_MODEL_REQUIRED, "cite", "outputs"),
)
_MODEL_0_4 = fields(
    {
        **{field: shape for field, shape in _MODEL_FIELDS.items() if field != "source"},
        "authors": listed(fields(_PERSON, ("name",)), 1),
        "training_data": mapping,
        "weights": _weights((*_WEIGHTS, "torchscript")),
    },
    _MODEL_REQUIRED,
)

LATEST_RESOURCE, LATEST_MODEL = "0.2.3", "0.4.9"


@dataclass(frozen=True, slots=True)
class Read:
    """A description as the library read it.

    Attributes:
        data: What it writes again; empty where it refuses.
        problems: Why it refuses, in the order of the fields.
    """

    data: dict[str, Any]
    problems: tuple[Problem, ...] = ()


def read(description: dict[str, Any], base: str) -> Read:
    """Read a description as the library did.

    Args:
        description: Of any type; it is not changed.
        base: The folder, mostly a URL, that relative paths are below; "" where none is known.
    """
    kind = description.get("type")
    is_model = kind == "model"
    latest = LATEST_MODEL if is_model else LATEST_RESOURCE
    declared = description.get("format_version")
    version_read = latest
    if declared is not None:
        if (problem := unfit(declared, latest)) is not None:
            return Read({}, (problem,))
        version_read = latest if Version(declared) > Version(latest) else declared
    data = deepcopy(description)
    if declared is not None:
        data["format_version"] = version_read
    if is_model:
        known = _MODEL_0_3 if version_read.startswith("0.3") else _MODEL_0_4
        _convert_model(data, version_read)
    else:
        known = COLLECTION if kind == "collection" else RESOURCE
        convert_resource(data)
    problems = tuple(known.problems(data))
    return Read({}, problems) if problems else Read(known.write(data, base))


def minor_of(version: str) -> str:
    """``0.3`` of ``0.3.4``."""
    return ".".join(version.split(".")[:2])


def unfit(declared: Any, latest: str) -> Problem | None:
    """Why the library has no reader for a format_version of what is `latest`; None when it has one."""
    path: Path = ("format_version",)
    if not isinstance(declared, str):
        return Problem(path, "is not a text", "Put it in quotes")
    try:
        number = Version(declared)
    except InvalidVersion:
        return Problem(path, f"is not a version: {declared}", f"The newest that this CI knew is {latest}")
    is_model = latest == LATEST_MODEL
    known = ("0.3", "0.4") if is_model else ("0.2",)
    if minor_of(declared) in known or number > Version(latest):
        return None
    kind = "models" if is_model else "resources of this type"
    return Problem(
        path, f"{declared} is not a format of {kind}", f"Write the resource's own format_version: {latest}"
    )


def convert_resource(data: dict[str, Any]) -> None:
    """What the library mended before it judged: authors that are texts, and slashes in names up to 0.2.2."""
    authors = data.get("authors")
    if isinstance(authors, list):
        data["authors"] = [{"name": one} if isinstance(one, str) else one for one in authors]
    if data.get("format_version") in ("0.2.0", "0.2.1", "0.2.2"):
        _remove_slashes(data)
        data["format_version"] = LATEST_RESOURCE


def _convert_model(data: dict[str, Any], version_read: str) -> None:
    if version_read in ("0.3.0", "0.3.1"):
        data["type"] = "model"
        future = (data.get("config") or {}).get("future", {}) if isinstance(data.get("config"), dict) else {}
        told = future.get("0.3.2", {}) if isinstance(future, dict) else {}
        weights = data.get("weights")
        holders = [(data, "authors", told), (data, "packaged_by", told)]
        for key, entry in weights.items() if isinstance(weights, dict) else ():
            if isinstance(entry, dict):
                holders.append((entry, "authors", (told.get("weights") or {}).get(key, {})))
        for holder, field, more in holders:
            if isinstance(holder.get(field), list):
                holder[field] = [{"name": one} for one in holder[field]]
                for person, update in zip(holder[field], more.get(field) or (), strict=False):
                    person.update(update)
    if version_read.startswith("0.4") and version_read in {f"0.4.{patch}" for patch in range(7)}:
        _remove_slashes(data)
    data["format_version"] = "0.3.6" if version_read.startswith("0.3") else LATEST_MODEL


def _remove_slashes(data: dict[str, Any]) -> None:
    people = [
        one
        for field in ("authors", "maintainers")
        if isinstance(data.get(field), list)
        for one in data[field]
    ]
    for holder in (data, *people):
        if isinstance(holder, dict) and isinstance(holder.get("name"), str):
            holder["name"] = re.sub(r"[/\\]", "", holder["name"])
