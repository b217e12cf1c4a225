"""The checklist of a review: what the machine can tell is ticked with its evidence, the rest is left to the reviewer.

Source: the five sections that the central repository's reviewers use (domain.md, section 4), without its two flaws: what does
not apply is not asked, and a missing item is always listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.addresses.doi import read_doi
from partner_tui.addresses.urls import is_url, path_of
from partner_tui.compliance.finding import Finding, Severity
from partner_tui.manifest.files import CloneFiles, path_in_clone

State: TypeAlias = Literal["pass", "fail", "open"]

COVER_SUFFIXES = (".gif", ".jpeg", ".jpg", ".png", ".svg")
"""Those that the spec allows for covers."""
MAX_COVER_BYTES = 500_000
"""What the spec asks covers to stay below."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a review.

    Attributes:
        state: ``open`` where only a person can tell.
        evidence: What was looked at; "" where nothing was.
    """

    section: str
    item: str
    state: State
    evidence: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry that is reviewed, with all its fields.

    Attributes:
        findings: Of the entry as it would be.
        files: Those of the contribution.
        base: The folder that its relative paths start from.
    """

    name: str
    type: str
    data: Mapping[str, Any]
    findings: tuple[Finding, ...]
    files: CloneFiles
    base: str = ""


_Answer: TypeAlias = tuple[State, str]
_Check: TypeAlias = Callable[[Subject], _Answer]


@dataclass(frozen=True, slots=True)
class _Question:
    """An item, the types that it is asked of (all when empty), and how the machine looks; None for a person."""

    section: str
    item: str
    check: _Check | None = None
    types: tuple[str, ...] = ()


def checklist(subjects: Sequence[Subject]) -> tuple[Item, ...]:
    """The items that fit the types of the entries; one fails where an entry fails, and passes where all do."""
    return tuple(item for question in _QUESTIONS for item in _asked(question, subjects))


def _asked(question: _Question, subjects: Sequence[Subject]) -> Iterator[Item]:
    about = [one for one in subjects if not question.types or one.type in question.types]
    if not about:
        return
    if question.check is None:
        yield Item(question.section, question.item, "open", "")
        return
    answers = [(one.name, *question.check(one)) for one in about]
    states = [state for _, state, _ in answers]
    state: State = "fail" if "fail" in states else "open" if "open" in states else "pass"
    told = [(name, said) for name, own, said in answers if own == state and said]
    evidence = told[0][1] if len(about) == 1 and told else "; ".join(f"{name}: {said}" for name, said in told)
    yield Item(question.section, question.item, state, evidence)


def _objections(subject: Subject, *fields: str) -> list[str]:
    """What the checks say against fields of the entry, errors and warnings."""
    return [
        finding.message
        for finding in subject.findings
        if finding.severity is not Severity.INFO and set(fields) & set(finding.path)
    ]


def _field(name: str, told: Callable[[Any], str]) -> _Check:
    """A field that is there, and that no check objects to."""

    def check(subject: Subject) -> _Answer:
        value = subject.data.get(name)
        if value in (None, "", [], {}):
            return "fail", f"no {name}"
        if said := _objections(subject, name):
            return "fail", said[0]
        return "pass", told(value)

    return check


def _count(noun: str) -> Callable[[Any], str]:
    return lambda value: (
        f"{len(value)} {noun}{'' if len(value) == 1 else 's'}" if isinstance(value, list) else noun
    )


def _people(subject: Subject) -> _Answer:
    if not subject.data.get("authors"):
        return "fail", "no authors"
    if said := _objections(subject, "authors", "maintainers"):
        return "fail", said[0]
    maintainers = subject.data.get("maintainers")
    if not maintainers:
        return "open", "authors, but no maintainers"
    return "pass", f"{_count('author')(subject.data['authors'])}, {_count('maintainer')(maintainers)}"


def _citation(subject: Subject) -> _Answer:
    cite = subject.data.get("cite")
    if not isinstance(cite, list) or not cite:
        return "fail", "no cite"
    if said := _objections(subject, "cite"):
        return "fail", said[0]
    named = [
        one
        for one in cite
        if isinstance(one, dict) and (read_doi(str(one.get("doi") or "")) or is_url(one.get("url")))
    ]
    if len(named) < len(cite):
        return "fail", f"{len(cite) - len(named)} of {len(cite)} citations have no DOI or URL"
    return "pass", _count("citation")(cite)


def _name(subject: Subject) -> _Answer:
    name = subject.data.get("name")
    if not isinstance(name, str) or not name.strip():
        return "fail", "no name"
    said = _objections(subject, "name")
    return ("fail", said[0]) if said else ("open", f"“{name.strip()[:80]}”")


def _text(name: str) -> _Check:
    def check(subject: Subject) -> _Answer:
        value = subject.data.get(name)
        if value in (None, "", []):
            return "fail", f"no {name}"
        said = _objections(subject, name)
        size = f"{len(value)} characters" if isinstance(value, str) and name == "description" else ""
        return ("fail", said[0]) if said else ("open", size)

    return check


def _covers(subject: Subject) -> _Answer:
    covers = subject.data.get("covers")
    sources = [_source(one) for one in covers] if isinstance(covers, list) else []
    if not sources:
        return "fail", "no covers"
    for source in sources:
        if not path_of(source).endswith(COVER_SUFFIXES):
            return "fail", f"{source[:80]} is not {', '.join(COVER_SUFFIXES)}"
        path = path_in_clone(source, subject.files, subject.base)
        if path is not None and not subject.files.exists(path):
            return "fail", f"{path} is not in the contribution"
        if path is not None and subject.files.read_bytes(path, MAX_COVER_BYTES) is None:
            return "fail", f"{path} is larger than {MAX_COVER_BYTES // 1000} kB, or cannot be read"
    return "pass", _count("cover")(sources)


def _source(value: Any) -> str:
    return str(value.get("source") or "") if isinstance(value, dict) else str(value or "")


def _valid(subject: Subject) -> _Answer:
    errors = [one.message for one in subject.findings if one.severity is Severity.ERROR]
    return ("fail", errors[0]) if errors else ("pass", "no errors")


def _of_tensors(*fields: str) -> _Check:
    """What each tensor of a model has to have, in either format."""

    def check(subject: Subject) -> _Answer:
        sides = (subject.data.get("inputs"), subject.data.get("outputs"))
        tensors = [one for side in sides if isinstance(side, list) for one in side]
        if not tensors:
            return "fail", "no inputs and outputs"
        if said := _objections(subject, "inputs", "outputs"):
            return "fail", said[0]
        lacking = [one for one in tensors if not isinstance(one, dict) or not any(map(one.get, fields))]
        if lacking:
            return "fail", f"{len(lacking)} of {len(tensors)} tensors have no {fields[0]}"
        return "pass", _count("tensor")(tensors)

    return check


def _tests(subject: Subject) -> _Answer:
    if subject.data.get("test_inputs") and subject.data.get("test_outputs"):
        return "pass", "test_inputs and test_outputs"
    return _of_tensors("test_tensor")(subject)


def _weights(subject: Subject) -> _Answer:
    weights = subject.data.get("weights")
    if not isinstance(weights, dict) or not weights:
        return "fail", "no weights"
    said = _objections(subject, "weights")
    return ("fail", said[0]) if said else ("pass", ", ".join(map(str, weights)))


def _training_data(subject: Subject) -> _Answer:
    return ("pass", "training_data") if subject.data.get("training_data") else ("open", "no training_data")


_MODEL = ("model",)
_WITH_DATA = ("model", "dataset")
_BASIC, _DOCS, _TECHNICAL = "Basic information", "Documentation", "Technical"
_VISUAL, _ETHICAL = "Visual", "Ethical and scientific"
_QUESTIONS: tuple[_Question, ...] = (
    _Question(_BASIC, "The name is descriptive", _name),
    _Question(_BASIC, "Authors and maintainers are named", _people),
    _Question(_BASIC, "The license is an SPDX id", _field("license", str)),
    _Question(_BASIC, "Citations have a DOI or URL", _citation),
    _Question(_BASIC, "Tags are complete", _field("tags", _count("tag"))),
    _Question(_DOCS, "The description states purpose, input and output", _text("description")),
    _Question(_DOCS, "The documentation has steps and an example", _text("documentation")),
    _Question(_TECHNICAL, "The checks find no errors", _valid),
    _Question(_TECHNICAL, "Axes and shapes are described", _of_tensors("axes"), _MODEL),
    _Question(_TECHNICAL, "Data types and ranges are right", None, _MODEL),
    _Question(_TECHNICAL, "Test inputs and outputs are there", _tests, _MODEL),
    _Question(_TECHNICAL, "Weights are there", _weights, _MODEL),
    _Question(_VISUAL, "Covers are of an allowed type and size", _covers),
    _Question(_VISUAL, "Covers are clear, with scale bars where they help"),
    _Question(_ETHICAL, "Training data is named", _training_data, _MODEL),
    _Question(_ETHICAL, "Limitations are told", None, _WITH_DATA),
    _Question(_ETHICAL, "Metrics are told", None, _MODEL),
    _Question(_ETHICAL, "Biases are told", None, _WITH_DATA),
    _Question(_ETHICAL, "Privacy is respected", None, _WITH_DATA),
)


def by_section(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items by their section, in order."""
    sections: dict[str, list[Item]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    return sections
