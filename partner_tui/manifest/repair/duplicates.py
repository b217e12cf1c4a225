"""Keys that are written twice, as choices: both values side by side, and what becomes of the file with each choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.editing.edits import Edit, KeepOne, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.editing.segments import body_at, segments
from partner_tui.manifest.text.document import Document, DuplicateKey, Path
from partner_tui.manifest.text.layout import Slot
from partner_tui.manifest.text.values import frozen, same

Keep = Literal["split", "merge", "first", "last"]


@dataclass(frozen=True, slots=True)
class DuplicateChoice:
    """One thing to do about a key that is written twice.

    Attributes:
        keep: All, as members of a list that lack their "- "; both values in one; the first; or the last (what YAML
            readers do without a word).
        title: In words.
        document: The file after it.
    """

    keep: Keep
    title: str
    document: Document


@dataclass(frozen=True, slots=True)
class DuplicateProposal:
    """A key that is written twice.

    Attributes:
        duplicate: Which, and where.
        values: The value of each occurrence, in file order.
        excerpts: Each occurrence as it is written, key included.
        choices: What can be done; first what loses nothing.
    """

    duplicate: DuplicateKey
    values: tuple[Any, ...]
    excerpts: tuple[str, ...]
    choices: tuple[DuplicateChoice, ...]


def duplicate_proposals(document: Document) -> tuple[DuplicateProposal, ...]:
    """What can be done about each key that is written twice, in file order.

    A key inside a value that is itself dropped comes up once that one is decided. After a choice, ask again with
    its document.
    """
    found: list[DuplicateProposal] = []
    seen: set[Path] = set()
    for duplicate in document.duplicates:
        path = (*duplicate.path, duplicate.key)
        slots = document.occurrences(path)
        if len(slots) < 2 or path in seen:
            continue
        seen.add(path)
        values = tuple(document.value(slot.value) for slot in slots)
        choices = [_split(document, duplicate.path), _merge(document, path, slots, values)]
        choices += [_keep(document, path, keep) for keep in ("first", "last")]
        found.append(
            DuplicateProposal(
                duplicate,
                values,
                tuple(_excerpt(document, slot) for slot in slots),
                tuple(choice for choice in choices if choice is not None),
            )
        )
    return tuple(found)


def merged(values: Sequence[Any]) -> Any:
    """Several values as one that loses nothing; what is empty counts for nothing beside what is not.

    Raises:
        ValueError: They contradict each other.
    """
    filled = [value for value in values if value is not None and value != ""]
    return united(filled or values)


def united(values: Sequence[Any]) -> Any:
    """At least one value as one: equal ones once, lists one behind the other without repeats, mappings united.

    Raises:
        ValueError: They contradict each other.
    """
    if all(same(values[0], value) for value in values[1:]):
        return values[0]
    if all(isinstance(value, list) for value in values):
        return list({frozen(member): member for value in values for member in value}.values())
    if not all(isinstance(value, dict) for value in values):
        raise ValueError("texts")
    whole: dict[Any, Any] = {}
    for value in values:
        for key, member in value.items():
            if key in whole and not same(whole[key], member):
                raise ValueError(key)
            whole[key] = member
    return whole


def _excerpt(document: Document, slot: Slot) -> str:
    layout = document.layout
    return document.text[layout.line_start(slot.start) : layout.line_end(max(slot.value_end, slot.start))]


def _keep(document: Document, path: Path, keep: Literal["first", "last"]) -> DuplicateChoice | None:
    what = "" if keep == "first" else " (what YAML parsers use)"
    result = apply_or_none(document, [KeepOne(path, keep)])
    return DuplicateChoice(keep, f"Keep the {keep} “{path[-1]}”{what}", result) if result else None


def _split(document: Document, path: Path) -> DuplicateChoice | None:
    """A mapping whose keys come again in the same order was meant as a list; each "- " is put where it lacks."""
    node = document.node(path)
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not path:
        return None
    groups: list[list[Slot]] = []
    slots = document.layout.slots(node)
    for slot in slots:
        if slot.key is not None and slots[0].key is not None and slot.key.value == slots[0].key.value:
            groups.append([])
        groups[-1].append(slot)
    meant = [{document.value(s.key): document.value(s.value) for s in group if s.key} for group in groups]
    if len(groups) < 2 or any(
        len(one) < 2 or len(one) != len(group) for one, group in zip(meant, groups, strict=True)
    ):
        return None
    try:
        result = Document.parse(_with_dashes(document, path, groups), document.name)
    except ManifestParseError:
        return None
    expected = _in_place(document.data, path, meant)
    if not same(result.data, expected):
        return None
    return DuplicateChoice("split", f"Make it a list of {len(groups)}: a “- ” is missing", result)


def _with_dashes(document: Document, path: Path, groups: list[list[Slot]]) -> str:
    """The text with a dash before each group; of a list's member the first has one already."""
    layout = document.layout
    is_member = isinstance(path[-1], int)
    first, last = layout.line_of(groups[0][0].start), layout.line_of(groups[-1][-1].value_end - 1)
    heads = {layout.line_of(group[0].start) for group in groups}
    text = document.text
    lines = []
    starts = [*layout.line_starts, len(text)]
    for number in range(len(starts) - 1):
        line = text[starts[number] : starts[number + 1]]
        if first <= number <= last and line.strip():
            if number in heads and not (is_member and number == first):
                at = layout.column(starts[number] + len(line) - len(line.lstrip(" ")))
                line = f"{line[: at - 2]}- {line[at:]}" if is_member else f"{line[:at]}- {line[at:]}"
            elif not is_member:
                line = f"  {line}"
        lines.append(line)
    return "".join(lines)


def _in_place(data: Any, path: Path, members: list[Any]) -> Any:
    """The data with the mapping at a path as several members: in its list, or in a new one."""
    if not path:
        return members
    copied: Any = dict(data) if isinstance(data, dict) else list(data)
    if len(path) == 1 and isinstance(copied, list) and isinstance(path[0], int):
        return [*copied[: path[0]], *members, *copied[path[0] + 1 :]]
    copied[path[0]] = _in_place(data[path[0]], path[1:], members)
    return copied


def _merge(
    document: Document, path: Path, slots: list[Slot], values: tuple[Any, ...]
) -> DuplicateChoice | None:
    try:
        meant = merged(values)
    except ValueError:
        return None
    kept = apply_or_none(document, [KeepOne(path, "first")])
    result = _joined(document, path, slots, meant, kept)
    if result is None and kept is not None:
        result = apply_or_none(kept, [Replace(path, meant)])
    return DuplicateChoice("merge", f"Merge both “{path[-1]}”", result) if result is not None else None


def apply_or_none(document: Document, edits: list[Edit]) -> Document | None:
    """The document with the edits done; None where they do not fit."""
    try:
        return apply(document, edits)
    except PatchError:
        return None


def _joined(
    document: Document, path: Path, slots: list[Slot], meant: Any, kept: Document | None
) -> Document | None:
    """The lines of the later values moved below those of the first, comments and all; None where they do not fit."""
    if kept is None:
        return None
    try:
        places = [part for part in segments(document, path[:-1]) if part.slot in slots]
    except PatchError:
        return None
    if len(places) != len(slots) or not all(part.is_block for part in places):
        return None
    first, rest = places[0], places[1:]
    column = document.layout.column(first.slot.value_start)
    text = document.text
    head = text[: first.end]
    if head and not head.endswith(("\n", "\r")):
        head += document.layout.newline
    parts = [head]
    at = first.end
    for part in rest:
        parts[0] += text[part.start : part.head] + body_at(document, part, column)
        parts.append(text[at : part.start])
        at = part.end
    parts.append(text[at:])
    try:
        result = Document.parse("".join(parts), document.name)
    except ManifestParseError:
        return None
    expected = apply_or_none(kept, [Replace(path, meant)])
    return result if expected is not None and same(result.data, expected.data) else None
