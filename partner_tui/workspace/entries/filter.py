"""Filters entries by a line of free words and `key:value` pairs over what is known of each entry.

Pure values; a line that cannot be understood says why and hides nothing by that part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from partner_tui.compliance.finding import Severity
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.splash.card import read_card


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the table shows of an entry, and what a filter looks at.

    Args:
        parts: Of `HAS`, what its own fields and its RDF say.
        tags, authors: In lower case.
        words: Everything that free words are looked for in, in lower case.
    """

    index: int
    id: str
    name: str
    type: str
    format_version: str
    status: Status
    check: EntryCheck | None
    parts: frozenset[str]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    words: str

    @property
    def findings(self) -> int:
        """How many there are."""
        return len(self.check.findings) if self.check is not None else 0

    @property
    def has(self) -> frozenset[str]:
        """What `has:` finds in it: ``findings``, ``errors``, ``cover`` ..."""
        findings = self.check.findings if self.check is not None else ()
        severities = {finding.severity for finding in findings}
        present = {
            "findings": bool(findings),
            "errors": Severity.ERROR in severities,
            "warnings": Severity.WARNING in severities,
            "fixes": any(finding.fix for finding in findings),
        }
        return self.parts | {name for name, there in present.items() if there}


def facts_of(entry: Entry, resolved: Resolved | None, check: EntryCheck | None) -> EntryFacts:
    """Tell what is known of an entry by now: its own fields, the resolved ones, the check."""
    data = resolved.data if resolved is not None else entry.own
    card = read_card(data)
    kind = (resolved.type if resolved is not None else entry.type) or entry.type or ""
    version = (resolved.format_version if resolved is not None else None) or data.get("format_version") or ""
    if check is not None and check.format_version:
        version = check.format_version
    parts = {
        "cover": bool(card.covers),
        "documentation": bool(card.documentation),
        "license": bool(card.license),
        "citation": bool(card.citations),
        "rdf": resolved is not None and resolved.rdf_path is not None,
    }
    tags = tuple(tag.casefold() for tag in card.tags)
    authors = tuple(author.casefold() for author in card.authors)
    identity = entry.id or ""
    words = (identity, card.name, *card.tags, *card.authors, card.description)
    return EntryFacts(
        index=entry.index,
        id=identity,
        name=card.name,
        type=kind,
        format_version=str(version) if isinstance(version, str | int | float) else "",
        status=check.status if check is not None else Status.UNCHECKED,
        check=check,
        parts=frozenset(name for name, there in parts.items() if there),
        tags=tags,
        authors=authors,
        words="\n".join(words).casefold(),
    )


HAS = ("findings", "errors", "warnings", "fixes", "cover", "documentation", "license", "citation", "rdf")

_Test = Callable[[EntryFacts, str], bool]
KEYS: Mapping[str, _Test] = {
    "status": lambda facts, value: facts.status.startswith(value),
    "type": lambda facts, value: facts.type.casefold().startswith(value),
    "format": lambda facts, value: facts.format_version.startswith(value),
    "tag": lambda facts, value: any(value in tag for tag in facts.tags),
    "author": lambda facts, value: any(value in author for author in facts.authors),
    "id": lambda facts, value: value in facts.id.casefold(),
    "name": lambda facts, value: value in facts.name.casefold(),
    "has": lambda facts, value: any(name.startswith(value) for name in facts.has),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {"status": tuple(Status), "has": HAS}
_CHECKED_KEYS = frozenset({"status", "has", "format"})

_PART = re.compile(r'(-?)(?:([a-z]+):)?("[^"]*"?|[^\s"]+|)(?:\s+|$)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One word, or one key with its values of which any may fit."""

    key: str
    values: tuple[str, ...]
    negated: bool

    def fits(self, facts: EntryFacts) -> bool:
        if not self.key:
            return (self.values[0] in facts.words) != self.negated
        test = KEYS[self.key]
        return any(test(facts, value) for value in self.values) != self.negated


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """A filter line, understood.

    Args:
        problem: What in it is not understood, in one sentence; "" when all is.
    """

    text: str = ""
    parts: tuple[_Part, ...] = ()
    problem: str = ""

    @classmethod
    def parse(cls, text: str) -> EntryFilter:
        """Understand a line such as ``nuclei status:invalid,outdated -type:model tag:"live cell"``."""
        parts: list[_Part] = []
        problem = ""
        for sign, key, value in _PART.findall(text.strip()):
            key, value = key.casefold(), value.strip('"').casefold()
            if key in ("http", "https"):
                key, value = "", f"{key}:{value}"
            values = tuple(one for one in value.split(",") if one) if key else (value,)
            if not value or not values:
                continue
            problem = problem or _problem(key, values)
            if not key or key in KEYS:
                parts.append(_Part(key, values, sign == "-"))
        return cls(text.strip(), tuple(parts), problem)

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def asks_checks(self) -> bool:
        """Whether what it shows may change while entries are being checked."""
        return any(part.key in _CHECKED_KEYS for part in self.parts)

    def matches(self, facts: EntryFacts) -> bool:
        return all(part.fits(facts) for part in self.parts)

    def select(self, entries: Iterable[EntryFacts]) -> list[EntryFacts]:
        """The entries that it shows, in their order."""
        return [facts for facts in entries if self.matches(facts)]


def _problem(key: str, values: tuple[str, ...]) -> str:
    if not key:
        return ""
    if key not in KEYS:
        close = get_close_matches(key, KEYS, n=1)
        advice = f"Did you mean “{close[0]}:”?" if close else f"Filters: {', '.join(KEYS)}."
        return f"“{key}:” is not a filter. {advice}"
    choices = _CHOICES.get(key, ())
    for value in values:
        if choices and not any(choice.startswith(value) for choice in choices):
            return f"“{key}:” must be one of {', '.join(choices)}."
    return ""


def _text(text: str) -> tuple[bool, str]:
    return not text, text.casefold()


def _version(text: str) -> tuple[bool, tuple[int, ...], str]:
    return not text, tuple(int(part[:9]) for part in re.findall(r"\d+", text)), text


ORDERS: Mapping[str, Callable[[EntryFacts], object]] = {
    "id": lambda facts: _text(facts.id),
    "name": lambda facts: _text(facts.name),
    "type": lambda facts: _text(facts.type),
    "format": lambda facts: _version(facts.format_version),
    "status": lambda facts: facts.status.rank,
    "findings": lambda facts: -facts.findings,
}


def sort_entries(entries: Iterable[EntryFacts], column: str, reverse: bool) -> list[int]:
    """The indices of entries in the order of a column (a key of ORDERS; "" is file order)."""
    by_index = sorted(entries, key=lambda facts: facts.index)
    order = ORDERS.get(column)
    if order is not None:
        by_index.sort(key=order, reverse=reverse)  # type: ignore[arg-type]
    elif reverse:
        by_index.reverse()
    return [facts.index for facts in by_index]


Checks = Mapping[int, EntryCheck]
"""What is known of entries, by index; those that are not checked yet are missing."""


def behind(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """The entries that are not known to be of the latest format."""
    return (index for index in entries if index not in checks or checks[index].status is not Status.LATEST)


def upgradable(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """The entries that are outdated or invalid, or may be: none is left out since its check has not come yet."""
    return (
        index
        for index in entries
        if index not in checks or checks[index].status in (Status.OUTDATED, Status.INVALID)
    )


def without_rdf(entries: Iterable[int], checks: Checks) -> Iterator[int]:
    """Entries whose RDF was not read, also those of an invalid entry that names it by `source`."""
    return (index for index in entries if index in checks and checks[index].lacks_rdf)
