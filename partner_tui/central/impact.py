"""What another release of the spec library means for the entries: which findings are new with it, and which are gone.

By its schema alone, which says less than its full rules. Both releases are asked in the same way, so that only differences are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

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
        asked: What the upgrade would ask about it.
    """

    name: str
    data: Mapping[str, Any]
    upgraded: Mapping[str, Any]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A problem that one of the releases has and the other has not.

    Attributes:
        entries: The entries that have it, as they are or after the upgrade.
        left: Those of them that would have it after the upgrade.
        asked: What the upgrade would ask about them, each once.
    """

    problem: Problem
    entries: tuple[str, ...]
    left: tuple[str, ...]
    asked: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        problem = self.problem
        return {
            "format": problem.format,
            "place": problem.place,
            "message": problem.message,
            "entries": list(self.entries),
            "left_after_upgrade": list(self.left),
            "asked": list(self.asked),
        }


@dataclass(frozen=True, slots=True)
class Impact:
    """The difference between two releases.

    Attributes:
        installed, other: The two releases.
        by: ``schema`` or ``full``.
        compared: How many entries were compared; those whose RDF is not here were not.
    """

    installed: str
    other: str
    by: str
    entries: int
    compared: int
    new: tuple[Difference, ...]
    resolved: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``impact --format json``."""
        return {
            "schema": 1,
            "installed": self.installed,
            "against": self.other,
            "by": self.by,
            "entries": self.entries,
            "compared": self.compared,
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
        for title, some in (("New", self.new), ("Resolved", self.resolved)):
            affected = len({entry for one in some for entry in one.entries})
            yield f"\n### {title}: {plural(len(some), 'finding')} in {plural(affected, 'entry')}\n"
            for one in some:
                yield f"- **{as_markdown(one.problem.place)}** {as_markdown(one.problem.message)} ({as_markdown(one.problem.format)}):"
                yield f"  {plural(len(one.entries), 'entry')} ({_named(one.entries)})"
                if title == "New":
                    yield f"  - after the upgrade: {plural(len(one.left), 'entry')} left"
                    yield from (f"  - asked: {as_markdown(question)}" for question in one.asked)


def compare(versions: Sequence[Version], installed: Ask, other: Ask) -> tuple[tuple[Difference, ...], ...]:
    """The differences that are new with the other release, and those that are gone."""
    new: dict[Problem, list[Version]] = {}
    resolved: dict[Problem, list[Version]] = {}
    for version in versions:
        now, then = (
            {*ask(version.data), *ask(version.upgraded)} for ask in (installed, other)
        )  # the upgrade may write what the other release does not take
        for problem in then - now:
            new.setdefault(problem, []).append(version)
        for problem in now - then:
            resolved.setdefault(problem, []).append(version)

    def difference(problem: Problem, some: list[Version], ask: Ask) -> Difference:
        left = tuple(one.name for one in some if problem in ask(one.upgraded))
        asked = dict.fromkeys(question for one in some for question in one.asked)
        return Difference(problem, tuple(one.name for one in some), left, tuple(asked))

    return (
        tuple(difference(problem, new[problem], other) for problem in sorted(new)),
        tuple(difference(problem, resolved[problem], installed) for problem in sorted(resolved)),
    )


def schema_problems(schema: Mapping[str, Any]) -> Ask:
    """Ask a release's schema: about the format that an entry declares, and about the latest one of its type.

    Nothing is fetched for what the schema refers to.

    Raises:
        ValueError: It is not the schema of a release.
    """
    from jsonschema import Draft202012Validator
    from referencing import Registry

    classes = _classes(schema)
    whole = Draft202012Validator({"$defs": schema["$defs"]}, registry=Registry())

    def ask(data: Mapping[str, Any]) -> Collection[Problem]:
        known = classes.get(str(data.get("type")), {})
        declared = ".".join(str(data.get("format_version")).split(".")[:2])
        found: set[Problem] = set()
        for minor in {declared, max(known, key=_numbers, default="")} & known.keys():
            name, version = known[minor]
            checked = {**data, "format_version": version}
            for error in whole.evolve(
                schema={"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}
            ).iter_errors(checked):
                found |= set(_problems(f"{data['type']} {minor}", error))
        return found

    return ask


def _classes(schema: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, str]]]:
    """By type and format such as ``0.3``: the name of its definition, and the version that this release writes."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for name, one in schema["$defs"].items():
        fields = one.get("properties", {})
        kind, version = (fields.get(field, {}).get("const") for field in ("type", "format_version"))
        if isinstance(kind, str) and isinstance(version, str):
            found.setdefault(kind, {})[".".join(version.split(".")[:2])] = (name, version)
    if not found:
        raise ValueError("no definition has a type and a format_version")
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _problems(format: str, error: Any) -> Iterator[Problem]:
    """An error of the schema in our words; of several shapes that a value may have, that of the best one."""
    from jsonschema.exceptions import best_match

    error = best_match([error])
    place = "".join("[]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")
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


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(as_markdown(name) for name in names[:_MOST_NAMED]) + more
