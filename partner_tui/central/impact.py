"""What another release of the spec library means for the entries: which findings are new with it, and which are gone.

By its schema alone, which says less than its full rules. Both releases are asked in the same way, so that only differences are told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from partner_tui.central.formats import minor_of
from partner_tui.contributions.markdown import as_markdown
from partner_tui.plain import plural

_MOST_ALLOWED = 5
_MOST_NAMED = 12
_WORDS = {
    "type": "has another type",
    "minLength": "is shorter than",
    "minItems": "has fewer values than",
    "maxLength": "is longer than",
    "maxItems": "has more values than",
    "minimum": "is less than",
    "maximum": "is more than",
}
"""What a value is that does not fit a keyword of JSON Schema; all others say of what form it is."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What a release finds wrong.

    Attributes:
        format: The type and format that were asked about: ``dataset 0.3``.
        place: The field, without places in lists: ``authors[].name``.
    """

    format: str
    place: str
    message: str


Ask: TypeAlias = Callable[[Mapping[str, Any]], Collection[Problem]]
"""What a release finds in the resolved fields of an entry."""


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it is, and as the upgrade would make it.

    Attributes:
        fixes: The titles of the fixes that would change a field, by its name.
    """

    name: str
    data: Mapping[str, Any]
    upgraded: Mapping[str, Any]
    asked: tuple[str, ...]
    fixes: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A problem that one of the releases has and the other has not.

    Attributes:
        is_new: Whether the other release has it, not the installed one.
        entries: The entries that have it, as they are or after the upgrade.
        left: Those of them that would have it after the upgrade.
        asked: What the upgrade would ask about them, each once.
        fixes: The titles of the fixes that would change this field of them, each once.
    """

    problem: Problem
    entries: tuple[str, ...]
    left: tuple[str, ...]
    asked: tuple[str, ...]
    fixes: tuple[str, ...] = ()
    is_new: bool = True

    def to_markdown(self, most: int | None = None) -> str:
        """What it is, in which entries, and what the upgrade would do and ask about it.

        Args:
            most: So many entries are named, and the others counted; None names all.
        """
        problem, named = self.problem, _named(self.entries, most or len(self.entries))
        lines = [
            f"- **{as_markdown(problem.place)}** {as_markdown(problem.message)} ({as_markdown(problem.format)}):",
            f"  {plural(len(self.entries), 'entry')} ({named})",
        ]
        if self.is_new:
            lines += [f"  - the upgrade: {as_markdown(fix)}" for fix in self.fixes]
            some = (
                f" ({_named(self.left, most or len(self.left))})"
                if 0 < len(self.left) < len(self.entries)
                else ""
            )
            lines += [f"  - after the upgrade: {plural(len(self.left), 'entry')} left{some}"]
            lines += [f"  - asked: {as_markdown(question)}" for question in self.asked]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        problem = self.problem
        return {
            "format": problem.format,
            "place": problem.place,
            "message": problem.message,
            "entries": list(self.entries),
            "left_after_upgrade": list(self.left),
            "fixes": list(self.fixes),
            "asked": list(self.asked),
        }


@dataclass(frozen=True, slots=True)
class Impact:
    """The difference between two releases.

    Attributes:
        by: ``schema`` or ``full``.
        left_out: The entries that were not, by the reason.
    """

    installed: str
    other: str
    by: str
    compared: int
    left_out: Mapping[str, Sequence[str]]
    new: tuple[Difference, ...]
    resolved: tuple[Difference, ...]

    @property
    def entries(self) -> int:
        """How many there are."""
        return self.compared + sum(map(len, self.left_out.values()))

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``impact --format json``."""
        return {
            "schema": 1,
            "installed": self.installed,
            "against": self.other,
            "by": self.by,
            "entries": self.entries,
            "compared": self.compared,
            "left_out": {why: list(names) for why, names in self.left_out.items()},
            "new": [one.to_json() for one in self.new],
            "resolved": [one.to_json() for one in self.resolved],
        }

    def to_markdown(self) -> str:
        """For the discussion in the spec's repository."""
        return "\n".join(self._markdown())

    def _markdown(self) -> Iterator[str]:
        how = "their schemas" if self.by == "schema" else "their full rules"
        yield f"## bioimageio.spec {self.other} against {self.installed}"
        yield ""
        yield f"{plural(self.compared, 'entry')} of {self.entries} compared by {how}."
        for why, names in self.left_out.items():
            yield f"Not compared, since {as_markdown(why)}: {plural(len(names), 'entry')} ({_named(names, _MOST_NAMED)})."
        for title, some in (("New", self.new), ("Resolved", self.resolved)):
            affected = len({entry for one in some for entry in one.entries})
            yield f"\n### {title}: {plural(len(some), 'finding')} in {plural(affected, 'entry')}\n"
            yield from (one.to_markdown(_MOST_NAMED) for one in some)


_Found: TypeAlias = dict[Problem, list[tuple[Version, bool]]]
"""By problem: the entries that have it, and whether it is left after the upgrade."""


def compare(versions: Sequence[Version], installed: Ask, other: Ask) -> tuple[tuple[Difference, ...], ...]:
    """The differences that are new with the other release, and those that are gone."""
    found: tuple[_Found, _Found] = {}, {}
    for version in versions:
        # The upgrade may write what the other release does not take.
        left = [set(ask(version.upgraded)) for ask in (installed, other)]
        now, then = (
            {*ask(version.data), *after} for ask, after in zip((installed, other), left, strict=True)
        )
        for some, problems, after in ((found[0], then - now, left[1]), (found[1], now - then, left[0])):
            for problem in problems:
                some.setdefault(problem, []).append((version, problem in after))
    return tuple(
        tuple(_difference(problem, some[problem], is_new) for problem in sorted(some))
        for some, is_new in zip(found, (True, False), strict=True)
    )


def _difference(problem: Problem, some: list[tuple[Version, bool]], is_new: bool) -> Difference:
    left = tuple(one.name for one, is_left in some if is_left)
    asked = dict.fromkeys(question for one, _ in some for question in one.asked)
    name = re.split(r"[.\[]", problem.place)[0]
    fixes = dict.fromkeys(title for one, _ in some for title in one.fixes.get(name, ()))
    return Difference(problem, tuple(one.name for one, _ in some), left, tuple(asked), tuple(fixes), is_new)


def schema_problems(schema: Mapping[str, Any]) -> Ask:
    """Ask a release's schema: about the format that an entry declares, and about the latest one of its type.

    Nothing is fetched for what the schema refers to. It raises whatever it is, and so does what is asked, where this is not
    the schema of a release: contributed ones are asked in a child.
    """
    from jsonschema import Draft202012Validator
    from referencing import Registry

    classes = known_types(schema)
    whole = Draft202012Validator({"$defs": schema["$defs"]}, registry=Registry())

    def ask(data: Mapping[str, Any]) -> Collection[Problem]:
        known = classes.get(str(data.get("type")), {})
        declared = minor_of(str(data.get("format_version")))
        found: set[Problem] = set()
        for minor in {declared, max(known, key=_numbers, default="")} & known.keys():
            name, version = known[minor]
            checked = {**data, "format_version": version}
            wanted = whole.evolve(schema={"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
            for error in wanted.iter_errors(checked):
                found |= set(_problems(f"{data['type']} {minor}", error))
        return found

    return ask


def known_types(schema: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, str]]]:
    """By type and format such as ``0.3``: the name of its definition, and the version that this release writes."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for name, one in schema["$defs"].items():
        fields = one.get("properties", {})
        kind, version = (fields.get(field, {}).get("const") for field in ("type", "format_version"))
        if isinstance(kind, str) and isinstance(version, str):
            found.setdefault(kind, {})[minor_of(version)] = (name, version)
    if not found:
        raise ValueError("no definition has a type and a format_version")
    return found


def place_words(path: Iterable[str | int]) -> str:
    """Where a problem is, in all entries alike: ``inputs[].axes``."""
    return "".join("[]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _problems(format: str, error: Any) -> Iterator[Problem]:
    """An error of the schema in our words; of several shapes that a value may have, that of the best one."""
    from jsonschema.exceptions import best_match

    error = best_match([error])
    place = place_words(error.absolute_path)
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            yield from (Problem(format, f"{place}.{name}".lstrip("."), "is missing") for name in missing)
        case "additionalProperties":
            extra = [name for name in error.instance if name not in error.schema.get("properties", {})]
            yield from (
                Problem(format, f"{place}.{name}".lstrip("."), "is not a field of this format")
                for name in extra
            )
        case "const" | "enum":
            allowed = [error.validator_value] if error.validator == "const" else error.validator_value
            some = ", ".join(map(str, allowed[:_MOST_ALLOWED])) + (
                ", …" if len(allowed) > _MOST_ALLOWED else ""
            )
            yield Problem(format, place, f"is not one of {some}")
        case keyword:
            number = error.validator_value if isinstance(error.validator_value, int | float) else ""
            yield Problem(format, place, f"{_WORDS.get(keyword, 'has another form')} {number}".rstrip())


def _named(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(as_markdown, names[:most])) + more
