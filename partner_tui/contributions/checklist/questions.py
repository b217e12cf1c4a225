"""The questions of the checklist: the types that each is asked of, and which ones the machine answers.

Source: the five sections that the central repository's reviewers use (domain.md, section 4), without its two flaws: what does
not apply is not asked, and a missing item is always listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partner_tui.contributions.checklist import basics, files, tensors
from partner_tui.contributions.checklist.item import Check, Item, State, Subject


@dataclass(frozen=True, slots=True)
class _Question:
    """An item, the fields it is about, the types that it is asked of (all when empty), and the check; None for a person."""

    section: str
    item: str
    fields: tuple[str, ...]
    check: Check | None = None
    types: tuple[str, ...] = ()


def checklist(subjects: Sequence[Subject]) -> tuple[Item, ...]:
    """The items that fit the types of the entries; one fails where an entry fails, and passes where all do."""
    return tuple(item for question in _QUESTIONS for item in _asked(question, subjects))


def _asked(question: _Question, subjects: Sequence[Subject]) -> Iterator[Item]:
    about = [one for one in subjects if not question.types or one.type in question.types]
    if not about:
        return
    if question.check is None:
        yield Item(question.section, question.item, "open", "", question.fields)
        return
    answers = [(one.name, *question.check(one)) for one in about]
    states = [state for _, state, _ in answers]
    state = next(one for one in _GRAVEST_FIRST if one in states)
    told = [(name, said) for name, own, said in answers if own == state and said]
    evidence = told[0][1] if len(about) == 1 and told else "; ".join(f"{name}: {said}" for name, said in told)
    yield Item(question.section, question.item, state, evidence, question.fields)


_GRAVEST_FIRST: tuple[State, ...] = ("fail", "open", "pass", "n/a")
_MODEL = ("model",)
_WITH_DATA = ("model", "dataset")
_TENSORS = ("inputs", "outputs", "test_inputs", "test_outputs")
_TOLD = ("description", "documentation")
"""Fields in which a person reads what no field of its own says."""
_BASIC, _DOCS, _TECHNICAL = "Basic information", "Documentation", "Technical"
_VISUAL, _ETHICAL = "Visual", "Ethical and scientific"
_QUESTIONS: tuple[_Question, ...] = (
    _Question(_BASIC, "The name is descriptive", ("name",), basics.name),
    _Question(_BASIC, "Authors and maintainers are named", ("authors", "maintainers"), basics.people),
    _Question(_BASIC, "The license is an SPDX id", ("license",), basics.license),
    _Question(_BASIC, "Citations have a DOI or URL", ("cite",), basics.citation),
    _Question(_BASIC, "Tags are complete", ("tags",), basics.tags),
    _Question(
        _DOCS, "The description states purpose, input and output", ("description",), basics.description
    ),
    _Question(
        _DOCS, "The documentation has steps, input and an example", ("documentation",), basics.documentation
    ),
    _Question(_TECHNICAL, "The checks find no errors", (), basics.valid),
    _Question(_TECHNICAL, "Axes and shapes are described", _TENSORS, tensors.of_tensors("axes"), _MODEL),
    _Question(_TECHNICAL, "Data types and ranges are right", _TENSORS, tensors.data_types, _MODEL),
    _Question(
        _TECHNICAL, "Test arrays are present, of the declared shape", _TENSORS, tensors.test_arrays, _MODEL
    ),
    _Question(_TECHNICAL, "Sample images are present", _TENSORS, tensors.samples, _MODEL),
    _Question(_TECHNICAL, "Weights are present", ("weights",), tensors.weights, _MODEL),
    _Question(_TECHNICAL, "The architecture is present", ("weights",), tensors.architecture, _MODEL),
    _Question(
        _TECHNICAL,
        "Checksums are those of the files",
        ("weights", "attachments", *_TENSORS),
        files.checksums,
        _MODEL,
    ),
    _Question(_VISUAL, "Covers are of an allowed type and size", ("covers",), files.covers),
    _Question(_VISUAL, "Covers are clear, with scale bars where they help", ("covers",)),
    _Question(_VISUAL, "Icon and badges fit", ("icon", "id_emoji", "badges"), basics.icon_and_badges),
    _Question(
        _VISUAL,
        "Pictures in the documentation help to understand it",
        ("documentation",),
        basics.pictures_in_documentation,
        _MODEL,
    ),
    _Question(_ETHICAL, "Training data is named", ("training_data",), tensors.training_data, _MODEL),
    _Question(_ETHICAL, "Limitations are stated", _TOLD, None, _WITH_DATA),
    _Question(_ETHICAL, "Metrics are stated", _TOLD, None, _MODEL),
    _Question(_ETHICAL, "Biases are stated", _TOLD, None, _WITH_DATA),
    _Question(_ETHICAL, "Privacy is respected", _TOLD, None, _WITH_DATA),
)
