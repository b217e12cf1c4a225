"""Our words for what the spec library finds: the frequent errors by name, the others by their rule or kind.

A message says what is wrong with which field, a hint says what to do, and a fix is named where one exists. Nothing
here is longer than a line, whatever the library or the entry holds, and nothing of the library's insides is in it: an
error that is not known here is told by its place alone.
"""

from __future__ import annotations

import re

from partner_tui.compliance.verdict import is_newer
from partner_tui.compliance.wording.fields import of_a_field, of_a_library
from partner_tui.compliance.wording.kinds import of_a_kind
from partner_tui.compliance.wording.place import ABOUT_FILES, ErrorContext, Wording, one_line, shown
from partner_tui.compliance.wording.rule_texts import RULES, Rule
from partner_tui.manifest.text.document import Path

_NEEDED: dict[Path, tuple[str, str]] = {
    ("type",): ("Use model, application, dataset, notebook or generic", "type-missing"),
    ("name",): ("Use 5 to 128 characters", "name-missing"),
}
"""What to fill in, and the fix, of fields that cannot be left out."""


def word(place: ErrorContext) -> Wording:
    """Words for a place: the first that fit, from the particular to the general."""
    words = (
        _of_advice(place)
        or _of_the_entry(place)
        or _of_a_failure(place)
        or _of_the_empty(place)
        or of_a_field(place)
        or of_a_rule(place)
        or of_a_kind(place)
        or _of_the_unknown(place)
    )
    return Wording(one_line(words.message), one_line(words.hint), words.fix)


def _of_advice(place: ErrorContext) -> Wording | None:
    """Words for a place that the library only warns about; None for an error, and for advice that is not known here.

    Source: the warnings of bioimageio.spec's fields (`warn(...)` in generic v0_3, model v0_4 and v0_5).
    """
    if not all(error.kind == "warning" for error in place.errors):
        return None
    label = place.label
    if place.says("Missing `maintainers`"):
        return Wording("No maintainers listed", "Add maintainers, or a github_user to one of the authors")
    if place.loc == ("name",) and place.says("onger than"):
        limit = 64 if place.says("64") else 128
        return Wording(
            f"name is longer than {limit} characters", "Shorten it; the description has room for the rest"
        )
    if place.loc == ("name",) and place.says("horter than"):
        return Wording("name is shorter than 5 characters", "Use 5 characters or more", "name-short")
    if place.says("Description longer than"):
        return Wording("description is longer than 512 characters", "Move the details to the documentation")
    if place.says("additional attachments"):
        return Wording(f"{label}: the weights need more files", "Most software ignores such files")
    if place.says("Custom dependencies"):
        return Wording(
            f"{label}: the weights need an environment of their own", "Programs without it cannot run them"
        )
    if place.says("Run mode"):
        return Wording(f"run_mode {shown(place.value)} is known to few programs", "Leave it out if you can")
    return None


def newer_format(declared: str, latest: str) -> Wording:
    """What is said of a format that the installed spec library does not know yet, of whichever type."""
    return Wording(
        f"Format {declared} is newer than {latest}, the latest known to the installed spec library",
        "Correct it, or update partner-tui and bioimageio.spec",
    )


def _of_the_entry(place: ErrorContext) -> Wording | None:
    """The fields that decide how the rest is read."""
    if place.has("model_without_weights"):
        return Wording(
            "A model needs inputs, outputs and weights; this entry has none of them",
            "If it only describes or links a model, give it another type, or point rdf_source at the model's RDF",
            "model-without-weights",
        )
    if place.loc == ("type",) and not place.is_there:
        return Wording(
            "No type", "Add type: model, application, dataset, notebook or generic", "type-missing"
        )
    if place.loc == ("format_version",):
        if not place.is_there or place.value in (None, ""):
            said = "format_version is empty" if place.is_there else "No format_version"
            return Wording(said, f"Add format_version: {place.latest}", "format-version")
        if place.has("string_type"):
            return Wording(
                "format_version is a number, not text",
                f"Quote it: '{place.latest}' is the latest",
                "format-version",
            )
        if is_newer(place.value, place.latest):
            return newer_format(place.value, place.latest)
        kind = f"for type {place.type}" if place.type else ""
        return Wording(
            f"There is no format {shown(place.value)} {kind}".rstrip(),
            f"The latest is {place.latest}",
            "format-version",
        )
    if place.loc in {("type",), ("version",)} and place.has("string_type"):
        return Wording(f"{place.label} is not text", "Quote it")
    if place.has("invalid_key"):
        return Wording("A key is not text", "Quote the key; YAML reads null, true and numbers as such")
    if place.loc == ("if",):
        return Wording("`if` is not a field of the spec", "It looks like a typo for id")
    if not place.loc and any(error.loc for error in place.errors) and place.has(*ABOUT_FILES):
        return Wording(
            "A cover or file is neither a URL nor a path below the RDF", "Use a URL or a relative path"
        )
    return None


def _of_a_failure(place: ErrorContext) -> Wording | None:
    """Words for an exception of Python that the library gives as an error; None for all others.

    It says no place. Source: what model v0_4 and v0_5 raise besides their errors for values of another type.
    """
    if place.loc or not any(
        re.fullmatch(r"[A-Z]\w*(?:Error|Exception)", error.kind) for error in place.errors
    ):
        return None
    if place.has("OSError"):
        return Wording("A file name is too long to be one", "Shorten it")
    if place.has("NotImplementedError"):  # by its converter: it reads the entry well
        return Wording(
            f"The spec library cannot convert this entry to format {place.latest}",
            "Upgrade the entry here, which does not need the library's converter",
        )
    return Wording(
        "The spec library cannot read this entry: a value is of another type than it expects",
        "Compare it with the spec of its format",
    )


def _of_the_empty(place: ErrorContext) -> Wording | None:
    """A field that is there and says nothing: absent, null and empty are three things."""
    if not place.loc or not place.is_there or place.value not in (None, "") or place.has("extra_forbidden"):
        return None
    message, fix = f"{place.label} is empty", "drop-null" if place.value is None else None
    if place.loc in _NEEDED:
        return Wording(message, *_NEEDED[place.loc])
    return Wording(message, of_a_library(place) or "Fill it in, or remove the line", fix)


def _of_the_unknown(place: ErrorContext) -> Wording:
    """An error that is not known here: a later version of the library may have any."""
    if all(error.kind == "warning" for error in place.errors):
        return Wording(
            f"The spec library advises against {place.label if place.loc else 'this entry as it is'}"
        )
    if not place.loc:
        return Wording("The spec library rejects this entry", "See the spec for its fields")
    if not place.is_there:
        return Wording(f"The spec library rejects this entry without {place.label}")
    return Wording(f"The spec library rejects {place.label} {place.quoted}", "See the spec for this field")


# Of what the library's own code says only names and numbers are taken: it names its classes and prints its objects.
_OWN = frozenset(("value_error", "assertion_error", "predicate_failed", "warning"))
"""Kinds of errors that the library's own code raises."""
_FIELDS = frozenset(
    (
        "gain",
        "offset",
        "mean",
        "std",
        "min",
        "max",
        "min_percentile",
        "max_percentile",
        "evaluation_factors",
        "evaluation_factors_long",
        "metrics",
        "metrics_long",
        "rows",
        "columns",
        "fixed",
        "per_sample",
        "per_dataset",
    )
)


def of_a_rule(place: ErrorContext) -> Wording | None:
    """Words for the first rule that an error of the place names; None where none is known here."""
    for error in place.errors:
        for rule in RULES if error.kind in _OWN else ():
            if found := rule.text.search(error.message):
                return _told(rule, found, place, error.message)
    return None


def _told(rule: Rule, found: re.Match[str], place: ErrorContext, message: str) -> Wording:
    groups = [_group(group) for group in found.groups() if group is not None]
    where = re.search(r"(?:at|for) (\w+(?:\[\d+\]|\.\w+)*)(?::|\.size)", message)
    names = {
        "label": place.label,
        "value": place.quoted,
        "place": where[1] if where else place.label,
        "odd": _odd(place, message),
    }
    text = re.sub(
        r"\{(\w+)\}",
        lambda match: (
            (groups[int(match[1])] if int(match[1]) < len(groups) else "?")
            if match[1].isdigit()
            else names[match[1]]
        ),
        rule.message,
    )
    text = text.removeprefix("The entry: ")
    return Wording(f"The {text[4:]}" if text.startswith("the ") else text, rule.hint, rule.fix)


def _group(text: str) -> str:
    """A value from a message: numbers and names of fields as they are, all else quoted."""
    text = re.sub(r"^\((.*)\)$", r"\1", text.strip(" '")).replace("'", "").rstrip(".")
    if text == "None":
        return "none"
    return text if text in _FIELDS or re.fullmatch(r"-?\d[\d.]*(?:e-?\d+)?", text) else shown(text)


def _odd(place: ErrorContext, message: str) -> str:
    """Which characters a restricted text should not have."""
    alphabet = re.search(r"is not restricted to '(.*)'", message)
    if not alphabet or not isinstance(place.value, str):
        return ""
    odd = dict.fromkeys(letter for letter in place.value if letter not in alphabet[1])
    return f": {shown(' '.join('space' if one == ' ' else one for one in list(odd)[:8]))}" if odd else ""
