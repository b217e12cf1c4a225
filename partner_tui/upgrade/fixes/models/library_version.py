"""Weights tell the version of the library that made them: taken from where the model says it, else asked for, once a library.

Proposed is what the model, or else one beside it in the manifest, says of such weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partner_tui.manifest.text.scalars import as_text
from partner_tui.upgrade.draft import Draft, UnansweredQuestion
from partner_tui.upgrade.fields import mapping
from partner_tui.upgrade.fix import FixKind, fix


@dataclass(frozen=True, slots=True)
class _Library:
    """A version that weights have to tell.

    Attributes:
        kind: Of the question.
        packages: Its names in an environment file.
    """

    name: str
    kind: str
    packages: tuple[str, ...]


_TENSORFLOW = _Library(
    "TensorFlow", "library-version", ("tensorflow", "tensorflow-gpu", "tensorflow-cpu", "tensorflow-base")
)
_PYTORCH = _Library("PyTorch", "library-version", ("pytorch", "torch", "pytorch-gpu", "pytorch-cpu"))
_OPSET = _Library("ONNX opset", "opset-version", ())
_FIELDS = {
    "keras_hdf5": ("tensorflow_version", _TENSORFLOW),
    "tensorflow_js": ("tensorflow_version", _TENSORFLOW),
    "tensorflow_saved_model_bundle": ("tensorflow_version", _TENSORFLOW),
    "pytorch_state_dict": ("pytorch_version", _PYTORCH),
    "torchscript": ("pytorch_version", _PYTORCH),
    "onnx": ("opset_version", _OPSET),
}
# The pattern of PEP 440 as the spec library reads it, epochs and normalised spellings apart.
_VERSION = re.compile(
    r"v?\d+(\.\d+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(-\d+|[-_.]?(post|rev|r)[-_.]?\d*)?"
    r"([-_.]?dev[-_.]?\d*)?(\+[a-z0-9]+([-_.][a-z0-9]+)*)?",
    re.IGNORECASE,
)
_OBJECTION = {
    "library-version": "Write a version such as 1.15 or 2.10.1.",
    "opset-version": "Write a whole number from 7 on.",
}


@fix(
    "library-version",
    "Add library versions",
    "Since format 0.5, weights state the library version they were saved with.",
    FixKind.ASK,
)
def library_version(draft: Draft) -> None:
    weights = mapping(draft.data.get("weights"))
    unreadable: dict[str, Any] = {}
    waiting: UnansweredQuestion | None = None
    for format, (field, library) in _FIELDS.items():
        if not isinstance(entry := weights.get(format), dict):
            continue
        written = _number(library, _written(entry.get(field)))
        if field in entry and entry[field] is not None and not _fits(library, written):
            unreadable.setdefault(format, {})[field] = entry[field]
        elif field in entry and written is not None:
            entry[field] = draft.respell(entry[field], written)
    for format, (field, library) in _FIELDS.items():
        entry = weights.get(format)
        if isinstance(entry, dict) and not _fits(library, entry.get(field)):
            try:
                entry[field] = _version(draft, library, format, field, unreadable)
            except UnansweredQuestion as unanswered:
                waiting = unanswered  # the other libraries are asked for at once
    if unreadable:
        draft.to_config("weights_versions", unreadable)
    if waiting is not None:
        raise waiting


def _written(value: Any) -> Any:
    """A version as it is written: 1.10 as text, since the number is 1.1."""
    return as_text(value) if isinstance(value, float) and as_text(value) != str(value) else value


def _fits(library: _Library, value: Any) -> bool:
    if library is _OPSET:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 7
    return (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and _VERSION.fullmatch(str(value).strip()) is not None
    )


def _version(draft: Draft, library: _Library, format: str, field: str, unreadable: dict[str, Any]) -> Any:
    """The version, from the model's own words or environment; else the answer."""
    pinned = _pinned(draft, library)
    if pinned is not None:
        return draft.adds(pinned)
    proposal, derived = _likely(draft, library, format, field)
    said = next((one[field] for one in unreadable.values() if field in one), None)
    because = f" It says {said!r}, which is not a version." if said is not None else ""
    answer = draft.ask(
        f"{library.kind}:{draft.context.id}:{library.name.lower().replace(' ', '-')}",
        library.kind,
        f"Which {library.name} version were the weights of {draft.called} saved with?",
        f"The format requires it, and the weights do not state it.{because}",
        proposal=proposal,
        derived=derived,
        check=lambda value: None if _fits(library, _number(library, value)) else _OBJECTION[library.kind],
    )
    answer = _number(library, answer)
    return draft.adds(answer if library is _OPSET else str(answer).strip())


def _number(library: _Library, value: Any) -> Any:
    if library is _OPSET and isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value


def _pinned(draft: Draft, library: _Library) -> str | None:
    """The exact version that an environment file in the clone pins."""
    for path in _environment_files(draft.data):
        base = draft.context.target("weights")
        text = draft.context.files.read_text(f"{base}/{path}" if base else path)
        if text is None:
            continue
        for line in text.splitlines():
            found = re.fullmatch(
                r"\s*-?\s*['\"]?(?:[\w-]+::)?([\w-]+)\s*={1,2}\s*([\w.+!-]+?)(?:=[\w.]+)?['\"]?\s*(?:#.*)?",
                line,
            )
            if found and found[1].lower() in library.packages and _VERSION.fullmatch(found[2]):
                return found[2]
    return None


def _environment_files(data: dict[str, Any]) -> Iterator[str]:
    for entry in mapping(data.get("weights")).values():
        source = mapping(mapping(entry).get("dependencies")).get("source")
        if isinstance(source, str) and "://" not in source:
            yield source.removeprefix("./")


def _likely(draft: Draft, library: _Library, format: str, field: str) -> tuple[Any, str]:
    """A version that the model tells elsewhere, else what most models beside it tell of such weights."""
    weights = draft.data["weights"]
    for other_format, (other, _) in _FIELDS.items():
        entry = weights.get(other_format)
        if other == field and isinstance(entry, dict) and _fits(library, entry.get(field)):
            return entry[field], f"its {other_format} weights say so"
    for value in _named(draft.old, field):
        if _fits(library, value):
            return value, f"{field} is another field of the model"
    told = {id: str(value) for id, value in _told_by_siblings(draft, format, field) if _fits(library, value)}
    if not told:
        return None, ""
    most = Counter(told.values()).most_common(1)[0][0]
    return _number(library, most), f"as in {next(id for id, one in told.items() if one == most)}"


def _told_by_siblings(draft: Draft, format: str, field: str) -> Iterator[tuple[str, Any]]:
    """(id, version as it is written) of the other models of the manifest with weights of the same format."""
    for sibling in draft.context.siblings():
        entry = mapping(sibling.data.get("weights")).get(format)
        if isinstance(entry, dict):
            yield sibling.id, _written(entry.get(field))


def _named(value: Any, field: str) -> Iterator[Any]:
    """Every value under a key of that name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == field:
                yield inner
            yield from _named(inner, field)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, field)
