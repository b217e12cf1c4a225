"""Our words for what the spec library finds: the frequent errors by name, the others by their kind.

A message says what is wrong with which field, a hint says what to do, and a fix is named where one exists. Nothing
here is longer than a line, whatever the library or the entry holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.verdict import SpecError

_LONGEST_VALUE = 48
_LONGEST_MESSAGE = 160
_FILES = {"covers", "documentation", "icon", "attachments"}
_PEOPLE = {"authors", "maintainers", "packaged_by"}
_TENSOR_0_4 = {"name", "data_type", "data_range", "shape", "halo", "test_tensor", "sample_tensor"}
_ABOUT_FILES = ("path_type", "path_not_file", "url_parsing", "url_type")


@dataclass(frozen=True, slots=True)
class Words:
    """What to tell about one place."""

    message: str
    hint: str = ""
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of an entry with everything the library says about it.

    Args:
        loc: Keys and indices from the entry's root; empty when the entry as a whole is meant.
        value: What stands there; None when nothing does.
        errors: At least one.
        type: The entry's type, empty when it has none.
        latest: The latest format version of that type.
    """

    loc: tuple[str | int, ...]
    value: Any
    errors: tuple[SpecError, ...]
    type: str
    latest: str

    @property
    def field(self) -> str:
        return str(self.loc[0]) if self.loc else ""

    @property
    def last(self) -> str:
        """The last key, indices left out."""
        return next((part for part in reversed(self.loc) if isinstance(part, str)), "")

    @property
    def label(self) -> str:
        """``cite[0].doi``, as it is spelled in a message."""
        spelled = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.loc).lstrip(
            "."
        )
        return spelled or "The entry"

    def has(self, *kinds: str) -> bool:
        return any(error.kind in kinds for error in self.errors)

    def says(self, text: str) -> bool:
        return any(text in error.message for error in self.errors)


def word(place: Place) -> Words:
    """Words for a place: the first that fit, from the particular to the general."""
    words = _of_the_entry(place) or _of_a_field(place) or _of_a_kind(place)
    if words is None:
        message = plain(place.errors[0].message)
        words = Words(f"{place.label}: {message}" if place.loc else message)
    return Words(_line(words.message), _line(words.hint), words.fix)


def plain(message: str) -> str:
    """The library's own message on one short line, without pydantic's ways of saying that it is one."""
    message = re.sub(r"^(Value|Assertion) error, ", "", message.strip())
    return _line(message.replace("Input should be", "must be").replace("/dev/null/", "/"))


def shown(value: Any) -> str:
    """A value as it is quoted in a message: on one line, cut, without control characters."""
    return f"“{_line(str(value), _LONGEST_VALUE)}”"


def _line(text: str, longest: int = _LONGEST_MESSAGE) -> str:
    """Text on one line, cut, without control characters."""
    text = " ".join(text[: 20 * longest].split())
    if not text.isprintable():
        text = "".join(character if character.isprintable() else "·" for character in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _of_the_entry(place: Place) -> Words | None:
    """The fields that decide how the rest is read, and findings about no field in particular."""
    if place.has("model_without_weights"):
        return Words(
            "A model needs inputs, outputs and weights; this entry has none of them",
            "If it only describes or links a model, give it another type, or point rdf_source at the model's RDF",
            "model-without-weights",
        )
    if place.loc == ("type",) and place.has("missing"):
        return Words("No type", "Add type: model, application, dataset, notebook or generic", "type-missing")
    if place.loc == ("format_version",):
        if place.has("missing"):
            return Words("No format_version", f"Add format_version: {place.latest}", "format-version")
        if place.has("string_type"):
            return Words(
                "format_version is a number, not text",
                f"Quote it: '{place.latest}' is the latest",
                "format-version",
            )
        kind = f"for type {place.type}" if place.type else ""
        return Words(
            f"There is no format {shown(place.value)} {kind}".rstrip(),
            f"The latest is {place.latest}",
            "format-version",
        )
    if place.loc in {("type",), ("version",)} and place.has("string_type"):
        return Words(f"{place.label} is not text", "Quote it")
    if place.has("invalid_key"):
        return Words(
            f"{plain(place.errors[0].message)}", "Quote the key; YAML reads bare on, yes and numbers as such"
        )
    if place.loc == ("if",):
        return Words("if is no field of the spec", "It looks like a typing error of id")
    if not place.loc:
        if any(error.loc for error in place.errors) and place.has(*_ABOUT_FILES):
            return Words(
                "A cover or file is neither a URL nor a path below the RDF", "Use a URL or a relative path"
            )
        return Words(plain(place.errors[0].message))
    return None


def _of_a_field(place: Place) -> Words | None:
    """The fields that old entries most often get wrong."""
    label, value, last = place.label, place.value, place.last
    if place.field in _PEOPLE and len(place.loc) == 2 and place.has("model_type"):
        return Words(
            f"{label} is text, not a person",
            f"Write it as {{name: {shown(value)[1:-1]}}}",
            "authors-to-objects",
        )
    if place.loc == ("id",):
        return _of_an_id(value, place)
    if place.loc == ("name",):
        return _of_a_name(value, place)
    if place.field == "license":
        return Words(
            f"{shown(value)} is no SPDX license id",
            "Use an id such as CC-BY-4.0 or MIT (spdx.org/licenses)",
            "license-spdx",
        )
    if place.field == "cite" and (words := _of_a_citation(place)):
        return words
    if place.field == "documentation" and (place.says(".md") or place.has("model_type", *_ABOUT_FILES)):
        if isinstance(value, str) and re.search(r"\.md($|[?#])", value) and place.has("model_type"):
            return _file_description(label)
        return Words(
            "documentation is not a Markdown file",
            "It has to name a .md file; put the link into one",
            "documentation-stub",
        )
    if place.field == "covers" and place.says("suffix"):
        return Words(
            f"{label} is no picture the spec knows", "Use a .png, .jpg, .gif or .svg file", "cover-suffix"
        )
    if place.field in _FILES and isinstance(value, str) and place.has("model_type"):
        return _file_description(label)
    if place.loc == ("attachments",) and isinstance(value, dict):
        return Words(
            "attachments is a mapping, not a list", "List the files: [{source: file}]", "source-objects"
        )
    if place.loc == ("download_url",) and place.has("extra_forbidden"):
        return Words("download_url is gone from the format", "Move it to source", "download-url-to-source")
    if place.loc == ("rdf_source",) and place.has("extra_forbidden"):
        return Words("rdf_source is no field of an RDF", "It belongs to entries of a manifest alone")
    if place.loc == ("source",) and place.type == "notebook":
        return Words("source is not a notebook", "Name the .ipynb file", "notebook-source-from-badge")
    if place.loc == ("source",) and place.has("extra_forbidden"):
        return Words(
            f"{place.type or 'This type'} has no source",
            "Keep it in config, or use another type",
            "unknown-to-config",
        )
    if place.field in {"test_inputs", "test_outputs"} and place.says(".npy"):
        return Words(f"{label} is not a .npy file", "Tests are NumPy arrays; other files are samples")
    if last == "axes" and place.has("sequence_str"):
        return Words(f"{label} is text, as in format 0.4", "In 0.5 each axis is an object", "format-version")
    if place.field in {"inputs", "outputs"} and last in _TENSOR_0_4 and place.has("extra_forbidden"):
        return Words(
            f"{label} is written as in format 0.4",
            "In 0.5 it belongs to the axes or the tensor's data",
            "format-version",
        )
    if last in {"preprocessing", "postprocessing"} and place.has("union_tag_invalid", "union_tag_not_found"):
        return Words(
            f"{label} is no processing step the spec knows", "See the spec for the steps and their names"
        )
    if last == "tensorflow_version" or (last == "pytorch_version" and place.has("missing")):
        return Words(f"{label} is missing", "Say which version of the library wrote the weights")
    return None


def _of_an_id(value: Any, place: Place) -> Words:
    if not isinstance(value, str):
        return Words("id is not text", "Quote it")
    if value != value.lower() and re.fullmatch(r"[a-z0-9_\-/.]+", value.lower()):
        return Words(
            "id has upper-case letters", f"Use {shown(value.lower())}, also in links to it", "id-lowercase"
        )
    if place.has("predicate_failed"):
        return Words("id starts or ends with a slash", "Leave the slash out", "id-characters")
    return Words("id has characters other than a-z 0-9 _ - / .", "Choose an id without them", "id-characters")


def _of_a_name(value: Any, place: Place) -> Words:
    if place.has("missing"):
        return Words("No name", "Add a name of 5 to 128 characters", "name-missing")
    if not isinstance(value, str):
        return Words("name is not text", "Quote it")
    if place.has("too_short", "string_too_short"):
        return Words(f"name {shown(value)} is too short", "Use 5 characters or more", "name-short")
    if place.has("too_long", "string_too_long"):
        return Words("name is too long", "Use 128 characters at most; the rest fits the description")
    return Words(
        "name has characters other than letters, digits, blanks and _ + - ( )",
        "Leave them out",
        "name-characters",
    )


def _of_a_citation(place: Place) -> Words | None:
    label, value, last = place.label, place.value, place.last
    if last == "doi" and isinstance(value, str):
        if found := re.search(r"10\.\d{4,9}/\S+", value):
            return Words(
                f"{label} has more than the DOI", f"Keep the DOI alone: {shown(found[0])[1:-1]}", "doi-prefix"
            )
        return Words(f"{label} is no DOI", "If it is a link, name it url", "doi-is-url")
    if len(place.loc) == 2 and place.says("Either 'doi' or 'url'"):
        return Words(f"{label} has neither doi nor url", "Add one of them", "cite-reference")
    if len(place.loc) == 2 and isinstance(value, str):
        return Words(
            f"{label} is text, not a citation", "Write it as {text: ..., doi: ...}", "cite-text-to-entry"
        )
    if len(place.loc) == 1 and isinstance(value, str):
        return Words(
            "cite is text, not a list of citations",
            "Write it as [{text: ..., doi: ...}]",
            "cite-text-to-entry",
        )
    return None


def _file_description(label: str) -> Words:
    return Words(
        f"{label} is text, not a file description", "Put it behind source: {source: ...}", "source-objects"
    )


def _of_a_kind(place: Place) -> Words | None:
    """What can be said of any field."""
    label, value = place.label, place.value
    if value is None and not place.has("missing"):
        return Words(f"{label} is empty", "Fill it in, or remove the line", "drop-null")
    if place.has("missing"):
        return Words(
            f"{label} is missing", f"Format {place.latest} requires it" if len(place.loc) == 1 else ""
        )
    if place.has("extra_forbidden"):
        return Words(
            f"{label} is no field of the spec", "Remove it, or keep it in config", "unknown-to-config"
        )
    if place.has("list_type", "tuple_type"):
        return Words(f"{label} is not a list", "Write each of its values after a dash", "scalar-to-list")
    if place.says("absolute path"):
        return Words(f"{label} is an absolute path", "Use a path relative to the RDF, or a URL")
    if place.has("url_parsing", "url_scheme", "url_type") and not place.has("path_type"):
        return Words(f"{label} {shown(value)} is no URL", "Write it in full, with https://")
    if place.has(*_ABOUT_FILES):
        return Words(f"{label} names no file", "Use a URL or a relative path")
    if place.has("dict_type", "model_type", "model_attributes_type", "dataclass_type"):
        return Words(f"{label} is not a mapping", "It wants `key: value` lines")
    if place.has("string_type", "string_sub_type"):
        return Words(f"{label} is not text", "Quote it")
    if place.has("string_too_short", "too_short"):
        return Words(f"{label} is too short")
    if place.has("string_too_long", "too_long"):
        return Words(f"{label} is too long")
    if place.says("email"):
        return Words(f"{label} {shown(value)} is no e-mail address", "Mend it, or remove the line")
    if place.says("ORCID"):
        return Words(
            f"{label} {shown(value)} is no ORCID iD", "Four groups of four digits: 0000-0001-2345-6789"
        )
    return None
