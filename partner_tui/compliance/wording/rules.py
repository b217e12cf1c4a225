"""Words for the rules that the spec library checks in code of its own; the rules themselves are in `rule_texts`.

The library's texts name its classes and print its objects, so that only names and numbers are taken from them.
"""

from __future__ import annotations

import re

from partner_tui.compliance.wording.place import ErrorContext, Wording, shown
from partner_tui.compliance.wording.rule_texts import RULES, Rule

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
