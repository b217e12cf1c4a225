"""Keys written twice in an entry: merged where nothing clashes, asked where something does, and nothing dropped.

YAML readers keep the last and drop the first without a word (domain.md, section 2); an upgrade would make that final.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from partner_tui.manifest.editing.edits import Edit, KeepOne, Replace
from partner_tui.manifest.repair.duplicates import united
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.question import Choice

NAME = "duplicate-keys"
TITLE = "Merge duplicate keys"
WHY = "YAML parsers silently keep one value of a duplicate key."


@dataclass(slots=True)
class DuplicateEdits:
    """How the duplicates below a place are mended.

    Attributes:
        edits: To be done before all others.
        kept: (name, value) that go into `config` word for word.
    """

    edits: list[Edit] = field(default_factory=list)
    kept: list[tuple[str, Any]] = field(default_factory=list)


def settle(document: Document, place: Path, draft: Draft, whose: str) -> DuplicateEdits:
    """Decide every duplicate at or below a place; asks by the draft.

    Args:
        whose: What the questions call the place: an RDF that entries share is asked about once for all of them.

    Raises:
        UnansweredQuestion: As `Draft.ask`.
    """
    settled = DuplicateEdits()
    if not document.duplicate_count:
        return settled
    found = {(*one.path, one.key) for one in document.duplicates if one.path[: len(place)] == place}
    for mapping in {path[:-1] for path in found}:
        if steps := steps_behind_missing_dashes(mapping, document.pairs(mapping)):
            settled.edits.append(Replace(mapping, steps))
            found = {path for path in found if path[: len(mapping)] != mapping}
    for path in sorted(found, key=lambda one: (-len(one), str(one))):
        values = [document.value(slot.value) for slot in document.occurrences(path)]
        if len(values) < 2:
            continue  # no key of text, which no edit can name
        given = [one for one in values if one is not None]
        settled.edits.append(KeepOne(path, "last"))
        try:
            merged = united(given) if given else None
        except ValueError:
            label = ".".join(str(step) for step in path[len(place) :])
            draft.fix = NAME
            keep = _asked(draft, whose, label, values)
            if keep == "first":
                settled.edits[-1] = KeepOne(path, "first")
            others = values[1:] if keep == "first" else values[:-1]
            settled.kept += [(label.replace(".", "_"), one) for one in others]
        else:
            if not same(merged, values[-1]):
                settled.edits.append(Replace(path, merged))
    return settled


def _asked(draft: Draft, whose: str, label: str, values: list[Any]) -> Any:
    shown = " or ".join(f"“{str(one)[:60]}”" for one in values)
    return draft.ask(
        f"{NAME}:{whose}:{label}",
        NAME,
        f"{label} of {whose} is written {len(values)} times; which value is right: {shown}?",
        WHY,
        proposal="last",
        derived="YAML parsers use the last one; the other moves to config",
        choices=(
            Choice("first", "the first; the other moves to config"),
            Choice("last", "the last; the other moves to config"),
        ),
    )


def steps_behind_missing_dashes(path: Path, pairs: Sequence[tuple[Any, Any]]) -> list[dict[str, Any]]:
    """Processing steps in one mapping, since the `- ` of a list is missing: readers keep the last of them alone.

    [] when it is no processing, or its keys are not those of whole steps.

    Args:
        path: Of the mapping.
        pairs: Its keys and values as they are written, keys that stand twice too.
    """
    if not path or path[-1] not in ("preprocessing", "postprocessing"):
        return []
    steps: list[dict[str, Any]] = []
    for key, value in pairs:
        if key == "name":
            steps.append({})
        if not steps or key not in ("name", "kwargs") or key in steps[-1]:
            return []
        steps[-1][key] = value
    return steps if all(isinstance(step["name"], str) for step in steps) else []
