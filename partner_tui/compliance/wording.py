"""Our words for what the spec library finds: the frequent errors by name, the others by their kind.

A message says what is wrong with which field, a hint says what to do, and a fix is named where one exists. Nothing
here is longer than a line, whatever the library or the entry holds.
"""

from __future__ import annotations

from partner_tui.compliance.advice_wording import of_advice
from partner_tui.compliance.field_wording import of_a_field
from partner_tui.compliance.place import ABOUT_FILES, Place, Words, one_line, plain, shown


def word(place: Place) -> Words:
    """Words for a place: the first that fit, from the particular to the general."""
    words = of_advice(place) or _of_the_entry(place) or of_a_field(place) or _of_a_kind(place)
    if words is None:
        message = plain(place.errors[0].message)
        words = Words(f"{place.label}: {message}" if place.loc else message)
    return Words(one_line(words.message), one_line(words.hint), words.fix)


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
        if any(error.loc for error in place.errors) and place.has(*ABOUT_FILES):
            return Words(
                "A cover or file is neither a URL nor a path below the RDF", "Use a URL or a relative path"
            )
        return Words(plain(place.errors[0].message))
    return None


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
    if place.has(*ABOUT_FILES):
        return Words(f"{label} names no file", "Use a URL or a relative path")
    if place.has("dict_type", "model_type", "model_attributes_type", "dataclass_type"):
        return Words(f"{label} is not a mapping", "It wants `key: value` lines")
    if place.has("string_type", "string_sub_type"):
        return Words(f"{label} is not text", "Quote it")
    if place.has("string_too_short", "too_short"):
        return Words(f"{label} is too short")
    if place.has("string_too_long", "too_long"):
        hint = "The documentation has room for the details" if place.loc == ("description",) else ""
        return Words(f"{label} is too long", hint)
    if place.says("_has_no_slash"):
        return Words(f"{label} has a slash", "Leave it out")
    if place.says("Invalid version"):
        return Words(f"{label} {shown(value)} is no version", "Write it as numbers with dots: 1.2.0")
    if place.says("email"):
        return Words(f"{label} {shown(value)} is no e-mail address", "Mend it, or remove the line")
    if place.says("ORCID"):
        return Words(
            f"{label} {shown(value)} is no ORCID iD", "Four groups of four digits: 0000-0001-2345-6789"
        )
    return None
