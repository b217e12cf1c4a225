"""Our words for what the spec library finds: the frequent errors by name, the others by their rule or kind.

A message says what is wrong with which field, a hint says what to do, and a fix is named where one exists. Nothing
here is longer than a line, whatever the library or the entry holds, and nothing of the library's insides is in it: an
error that is not known here is told by its place alone.
"""

from __future__ import annotations

from partner_tui.compliance.advice_wording import of_advice
from partner_tui.compliance.failure_wording import of_a_failure
from partner_tui.compliance.field_wording import of_a_field, of_a_library
from partner_tui.compliance.kind_wording import of_a_kind
from partner_tui.compliance.place import ABOUT_FILES, Place, Words, one_line, shown
from partner_tui.compliance.rule_wording import of_a_rule
from partner_tui.manifest.text.document import Path

_NEEDED: dict[Path, tuple[str, str]] = {
    ("type",): ("Use model, application, dataset, notebook or generic", "type-missing"),
    ("name",): ("Use 5 to 128 characters", "name-missing"),
}
"""What to fill in, and the fix, of fields that cannot be left out."""


def word(place: Place) -> Words:
    """Words for a place: the first that fit, from the particular to the general."""
    words = (
        of_advice(place)
        or _of_the_entry(place)
        or of_a_failure(place)
        or _of_the_empty(place)
        or of_a_field(place)
        or of_a_rule(place)
        or of_a_kind(place)
        or _of_the_unknown(place)
    )
    return Words(one_line(words.message), one_line(words.hint), words.fix)


def _of_the_entry(place: Place) -> Words | None:
    """The fields that decide how the rest is read."""
    if place.has("model_without_weights"):
        return Words(
            "A model needs inputs, outputs and weights; this entry has none of them",
            "If it only describes or links a model, give it another type, or point rdf_source at the model's RDF",
            "model-without-weights",
        )
    if place.loc == ("type",) and not place.is_there:
        return Words("No type", "Add type: model, application, dataset, notebook or generic", "type-missing")
    if place.loc == ("format_version",):
        if not place.is_there or place.value in (None, ""):
            said = "format_version is empty" if place.is_there else "No format_version"
            return Words(said, f"Add format_version: {place.latest}", "format-version")
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
        return Words("A key is not text", "Quote the key; YAML reads null, true and numbers as such")
    if place.loc == ("if",):
        return Words("`if` is not a field of the spec", "It looks like a typo for id")
    if not place.loc and any(error.loc for error in place.errors) and place.has(*ABOUT_FILES):
        return Words(
            "A cover or file is neither a URL nor a path below the RDF", "Use a URL or a relative path"
        )
    return None


def _of_the_empty(place: Place) -> Words | None:
    """A field that is there and says nothing: absent, null and empty are three things."""
    if not place.loc or not place.is_there or place.value not in (None, "") or place.has("extra_forbidden"):
        return None
    message, fix = f"{place.label} is empty", "drop-null" if place.value is None else None
    if place.loc in _NEEDED:
        return Words(message, *_NEEDED[place.loc])
    return Words(message, of_a_library(place) or "Fill it in, or remove the line", fix)


def _of_the_unknown(place: Place) -> Words:
    """An error that is not known here: a later version of the library may have any."""
    if all(error.kind == "warning" for error in place.errors):
        return Words(
            f"The spec library advises against {place.label if place.loc else 'this entry as it is'}"
        )
    if not place.loc:
        return Words("The spec library rejects this entry", "See the spec for its fields")
    if not place.is_there:
        return Words(f"The spec library rejects this entry without {place.label}")
    return Words(f"The spec library rejects {place.label} {place.quoted}", "See the spec for this field")
