"""A plan of an upgrade as a maintainer reads it: its fixes, what becomes of its entries, and what it is called.

What waits for an answer is shown with the rest: a plan whose entries all wait is not one with nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from partner_tui.compliance.status import Status
from partner_tui.plain import plural
from partner_tui.upgrade.entry_upgrade import NEEDS_SOURCE
from partner_tui.upgrade.fix import Fix, FixKind
from partner_tui.upgrade.plan import EntryPlan, Plan

UPGRADE = "Upgrade "
"""How the title of every upgrade begins: it is the subject of its commit, too."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class FixGroup:
    """A fix, and the entries that it changes, in file order.

    Attributes:
        entries: Those that wait for an answer are among them.
        open: How many of its questions have no answer.
    """

    name: str
    title: str
    why: str
    fix_class: FixKind
    entries: tuple[EntryPlan, ...]
    open: int = 0


def fix_groups(plan: Plan, fixes: Mapping[str, Fix]) -> tuple[FixGroup, ...]:
    """The fixes that change something, or would once their questions are answered; those that touch most entries first."""
    asking = {question.key: question.fix for question in plan.waiting_questions}
    touched: dict[str, list[EntryPlan]] = {}
    for entry in plan.entries:
        names = [one.fix for one in entry.expected]
        names += [asking[key] for key in entry.open if key in asking]
        for name in dict.fromkeys(names):
            touched.setdefault(name, []).append(entry)
    asks = list(asking.values())
    groups = [
        FixGroup(
            name,
            fixes[name].title,
            fixes[name].why,
            fixes[name].fix_class,
            tuple(entries),
            asks.count(name),
        )
        for name, entries in touched.items()
    ]
    return tuple(sorted(groups, key=lambda group: -len(group.entries)))


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """Entries that will have the same status for the same reason.

    Attributes:
        words: The reason; empty for what is simply of the latest format.
        todo: What to do about it; empty where nothing is to be done.
    """

    status: Status
    words: str
    todo: str
    entries: tuple[EntryPlan, ...]


def outcome_groups(plan: Plan) -> tuple[OutcomeGroup, ...]:
    """What becomes of the entries: first those of the latest format, then the others, each with its reason."""
    groups: dict[tuple[Status, str, str], list[EntryPlan]] = {}
    for entry in plan.entries:
        groups.setdefault((entry.after, outcome_words(entry), _todo(entry)), []).append(entry)
    order = sorted(groups, key=lambda key: (key[0] is not Status.LATEST, bool(key[1])))
    return tuple(OutcomeGroup(*key, tuple(groups[key])) for key in order)


def outcome_words(entry: EntryPlan) -> str:
    """Why an entry is what it will be: what remains to be done, or what it lacks."""
    if entry.lost:
        return f"skipped: it would lose {', '.join(entry.lost[:3])}"
    if entry.open:
        return f"skipped: {plural(len(entry.open), 'unanswered question')}"
    if entry.degraded:
        return f"upgraded, with notes: {'; '.join(entry.degraded)}"
    return f"skipped: {entry.reason}" if entry.reason else ""


def _todo(entry: EntryPlan) -> str:
    if entry.open:
        return "Answer its questions under “To answer”."
    if entry.reason == NEEDS_SOURCE:
        return "Press F to download the RDF, or add the file to the repository."
    if entry.lost or entry.reason:
        return "Close this, press e to correct the entry in your editor, then upgrade it again."
    return ""


def called(entry: EntryPlan) -> str:
    """How an entry is spoken of: its id, or its place."""
    return entry.id or f"entry {entry.index + 1}"


def subject(plan: Plan, only: str = "", *, waiting: bool = False) -> str:
    """What an upgrade is called, as the subject of a commit: ``Upgrade 52 entries to 0.3.4 and 1 model to 0.5.4``.

    Args:
        only: The title of the fix that is applied alone.
        waiting: Whether the entries that wait for an answer count.
    """
    changed = [entry for entry in plan.entries if entry.changes or (waiting and entry.waiting)]
    if not changed:
        return "" if waiting else f"{UPGRADE}the manifest to a collection list"
    if only:
        return f"{UPGRADE}{_called(changed)}: {only}"
    upgraded = [one for one in changed if one.after is Status.LATEST is not one.before]
    reached = upgraded + [one for one in changed if waiting and one.waiting] or changed
    kinds: dict[tuple[str, str], list[EntryPlan]] = {}
    for entry in reached:
        kinds.setdefault(("model" if entry.type == "model" else "entry", entry.format), []).append(entry)
    parts = [
        _called(entries, noun) + (f" to {version}" if version else "")
        for (noun, version), entries in sorted(kinds.items())
    ]
    return UPGRADE + " and ".join(parts)


def _called(entries: list[EntryPlan], noun: str = "entry") -> str:
    name = entries[0].id if len(entries) == 1 else ""
    return name if 0 < len(name) <= LONGEST_NAME else plural(len(entries), noun)
