"""A plan of an upgrade as a maintainer reads it: its fixes with what they touch, and the lines that they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from partner_tui.compliance.status import Status
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.document import Document
from partner_tui.manifest.entry import Manifest
from partner_tui.plain import plural
from partner_tui.repository.diff import diff_text
from partner_tui.upgrade.fix import Fix, FixClass
from partner_tui.upgrade.plan import EntryPlan, Options, Plan
from partner_tui.workspace.differences import DiffLine, Hunk, read_diff
from partner_tui.workspace.upgrading import Upgrading


@dataclass(frozen=True, slots=True)
class FixGroup:
    """A fix, and the entries that it changes, in file order."""

    name: str
    title: str
    why: str
    fix_class: FixClass
    entries: tuple[EntryPlan, ...]


def fix_groups(plan: Plan, fixes: Mapping[str, Fix]) -> tuple[FixGroup, ...]:
    """The fixes that change something, those that touch most entries first."""
    touched: dict[str, list[EntryPlan]] = {}
    for entry in plan.entries:
        for count in entry.fixes:
            touched.setdefault(count.name, []).append(entry)
    groups = [
        FixGroup(name, fixes[name].title, fixes[name].why, fixes[name].fix_class, tuple(entries))
        for name, entries in touched.items()
    ]
    return tuple(sorted(groups, key=lambda group: -len(group.entries)))


class PlanLines:
    """The lines that a plan changes, by fix and by entry.

    Each is worked out once: to know what a fix does by itself takes a plan of its own.
    """

    def __init__(self, upgrading: Upgrading, plan: Plan) -> None:
        self._upgrading = upgrading
        self._plan = plan
        self._known: dict[tuple[str, int | None], tuple[Hunk, ...]] = {}

    def of(self, fix: str, entry: EntryPlan | None) -> tuple[Hunk, ...]:
        """The lines that a fix changes by itself, or all that change in one entry. Blocks."""
        key = (fix, None) if entry is None else ("", entry.index)
        if key not in self._known:
            self._known[key] = self._of_fix(fix) if entry is None else self._of_entry(entry)
        return self._known[key]

    def _of_entry(self, entry: EntryPlan) -> tuple[Hunk, ...]:
        originals = self._upgrading.originals(self._plan)
        return entry_hunks(self._plan, entry, self._upgrading.manifest, originals)

    def _of_fix(self, fix: str) -> tuple[Hunk, ...]:
        alone = self._alone(fix)
        return plan_hunks(alone, self._upgrading.originals(alone))

    def _alone(self, fix: str) -> Plan:
        """The plan with one fix; the whole plan where the fix does nothing without the others."""
        plan = self._plan
        touched = [entry.index for entry in plan.entries if any(one.name == fix for one in entry.fixes)]
        try:
            alone = self._upgrading.plan(touched, options=Options(only=frozenset({fix})))
        except PartnerTuiError:
            return plan
        return alone if alone.documents else plan


def plan_hunks(plan: Plan, originals: Mapping[str, Document]) -> tuple[Hunk, ...]:
    """Every line that a plan changes, file after file."""
    return tuple(
        hunk
        for path, document in plan.documents.items()
        for hunk in read_diff(diff_text(_text(originals, path), document.text))
    )


def entry_hunks(
    plan: Plan, entry: EntryPlan, manifest: Manifest, originals: Mapping[str, Document]
) -> tuple[Hunk, ...]:
    """The lines of one entry that a plan changes: in the manifest, and in the RDF that it names."""
    hunks: list[Hunk] = []
    new = plan.documents.get(manifest.document.name)
    if new is not None and manifest.entries:
        path = manifest.entries[entry.index].path
        first, after = manifest.document.line_span(path)[0], new.line_span(path)[0]
        diff = read_diff(diff_text(_lines(manifest.document, path), _lines(new, path)))
        hunks += [_shifted(hunk, first - 1, after - 1) for hunk in diff]
    if entry.rdf_path is not None and (rdf := plan.documents.get(entry.rdf_path)) is not None:
        hunks += read_diff(diff_text(_text(originals, entry.rdf_path), rdf.text))
    return tuple(hunks)


def outcome_words(entry: EntryPlan) -> str:
    """Why an entry is what it will be: what remains to be done, or what it lacks."""
    if entry.lost:
        return f"skipped: it would lose {', '.join(entry.lost[:3])}"
    if entry.open:
        return f"skipped: {plural(len(entry.open), 'unanswered question')}"
    if entry.degraded:
        return f"upgraded, with notes: {'; '.join(entry.degraded)}"
    return entry.reason


def outcome_counts(entries: Iterable[EntryPlan]) -> dict[Status, int]:
    """How many entries will have each status, all statuses present."""
    counts = dict.fromkeys(Status, 0)
    for entry in entries:
        counts[entry.after] += 1
    return counts


def _lines(document: Document, path: tuple[str | int, ...]) -> str:
    return document.excerpt(path) + "\n"


def _text(originals: Mapping[str, Document], path: str) -> str:
    return originals[path].text if path in originals else ""


def _shifted(hunk: Hunk, old: int, new: int) -> Hunk:
    def shift(line: DiffLine) -> DiffLine:
        return replace(
            line,
            old=None if line.old is None else line.old + old,
            new=None if line.new is None else line.new + new,
        )

    return tuple(shift(line) for line in hunk)
