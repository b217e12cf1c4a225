"""What becomes of a manifest: per entry an item, nothing, or nothing that can be known here; each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from partner_tui.plain import json_value

if TYPE_CHECKING:  # the command line names the rules of every start
    from partner_tui.manifest.text.document import Path

Rules: TypeAlias = Literal["2024", "2021"]
ALL_RULES: tuple[Rules, ...] = ("2024", "2021")
NEWEST: Rules = "2024"
State: TypeAlias = Literal["item", "dropped", "unknown", "ignored"]
"""Of an entry; ``ignored`` is of the whole manifest."""
Layer: TypeAlias = Literal["root", "rdf_source", "plugin", "entry", "rule"]

TODAY = "Nothing pulls manifests today"
"""What has to be said wherever the result is shown."""
PERIODS: dict[Rules, str] = {"2024": "2022 to 2024", "2021": "2019 to 2021"}


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an entry, or the whole manifest, becomes no item.

    Attributes:
        rule: The rule's name, such as ``no-type``.
        path: The place in the manifest; it need not exist, where something is missing.
        line: 1-based, in the manifest.
        hint: What to do, as one sentence without a full stop.
        file: The RDF in which it has to be corrected; None for the manifest.
    """

    rule: str
    path: Path
    line: int
    why: str
    hint: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field of an item comes from.

    Attributes:
        layer: What said it last; ``rule`` where only the CI did.
        note: What the CI made of it; "" where it took it over as it is.
    """

    layer: Layer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one entry.

    Attributes:
        index: Its place among the manifest's entries, from 0.
        id: ``<partner>/<entry>``, or what is known of it; "" for an entry without an id.
        line: Its first line, 1-based.
        item: The item; empty unless the state is ``item``.
        causes: Why there is none, the first one first; empty for an item.
    """

    index: int
    path: Path
    id: str
    line: int
    state: State
    item: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()

    @property
    def cause(self) -> Cause | None:
        """The first cause."""
        return self.causes[0] if self.causes else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """What becomes of a manifest by some rules.

    Attributes:
        partner: The partner's object in the published collection.
        outcomes: In file order; none of a manifest that is ignored.
        ignored: Why nothing of the manifest was compiled.
    """

    rules: Rules
    partner: dict[str, Any]
    outcomes: tuple[Outcome, ...] = ()
    ignored: Cause | None = None

    def of(self, state: State) -> tuple[Outcome, ...]:
        """The outcomes of one state; where the whole manifest is ignored, one for that."""
        if self.ignored is not None and state == "ignored":
            return (Outcome(0, (), "", self.ignored.line, state, causes=(self.ignored,)),)
        return tuple(one for one in self.outcomes if one.state == state)

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items in the order in which they were published."""
        made = [one.item for one in self.of("item")]
        return sorted(made, key=lambda item: item["id"].split("/")) if self.rules == "2024" else made

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``partner-tui compile --format json``."""
        return {
            "schema": 1,
            "rules": self.rules,
            "partner": json_value(self.partner),
            "items": json_value(self.items),
            "dropped": [_not_compiled(one) for one in self.of("dropped")],
            "unknown": [_not_compiled(one) for one in self.of("unknown")],
            "ignored": self.ignored.why if self.ignored else None,
        }


def _not_compiled(outcome: Outcome) -> dict[str, Any]:
    cause = outcome.causes[0]
    return {
        "index": outcome.index,
        "id": outcome.id or None,
        "line": cause.line,
        "rule": cause.rule,
        "why": cause.why,
        "hint": cause.hint,
    }
