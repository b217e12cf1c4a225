"""The lines that an upgrade changes, by fix and by entry, file after file; what waits is shown as its suggested answers give it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from partner_tui.comparison.hunks import DiffLine, Hunk, read_diff
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.text.document import Document, Path
from partner_tui.plain import plural
from partner_tui.repository.commits.diff import diff_text
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.plan import EntryPlan, Plan
from partner_tui.workspace.upgrade.plan_summary import FixGroup
from partner_tui.workspace.upgrade.session import UpgradeSession

Lines: TypeAlias = tuple[Hunk | str, ...]
"""Hunks, those of a file below its path."""
Preview: TypeAlias = Callable[[Iterable[int], str], Plan]
"""A plan of some entries, with one fix alone where it is named, and suggested answers where there are none."""
SHOWN_ENTRIES = 40
"""So many entries of a fix are shown; to know what it does by itself takes a plan of its own."""


class PlanLines:
    """The lines of one plan; each part is worked out once, when it is first looked at. Methods block."""

    def __init__(self, upgrading: UpgradeSession, plan: Plan) -> None:
        self._upgrading = upgrading
        self._plan = plan
        self._known: dict[Hashable, Lines] = {}

    def of_fix(self, group: FixGroup, preview: Preview) -> Lines:
        """The lines that a fix changes by itself, in these of its entries."""
        key = (group.name, *(entry.index for entry in group.entries))
        if key not in self._known:
            shown = group.entries[:SHOWN_ENTRIES]
            lines = self._alone(group.name, shown, preview)
            if not lines:  # it does nothing without the others
                lines = tuple(line for entry in shown for line in self.of_entry(entry, preview))
            if more := len(group.entries) - len(shown):
                lines = (*lines, f"and {plural(more, 'more entry')}")
            self._known[key] = lines
        return self._known[key]

    def of_entry(self, entry: EntryPlan, preview: Preview) -> Lines:
        """The lines that change in one entry: in the manifest, and in the RDF that it names."""
        if entry.index not in self._known:
            plan = preview((entry.index,), "") if entry.waiting else self._plan
            self._known[entry.index] = tuple(self._entry_lines(plan, entry))
        return self._known[entry.index]

    def _alone(self, fix: str, entries: Sequence[EntryPlan], preview: Preview) -> Lines:
        try:
            plan = preview([entry.index for entry in entries], fix)
        except Cancelled:
            raise
        except PartnerTuiError:
            return ()
        return tuple(
            line for path, document in plan.documents.items() for line in self._file_lines(path, document)
        )

    def _entry_lines(self, plan: Plan, entry: EntryPlan) -> Iterator[Hunk | str]:
        old = self._upgrading.manifest.document
        new = plan.documents.get(old.name)
        if new is not None and self._upgrading.is_rdf:
            yield from self._file_lines(old.name, new)
        elif new is not None:
            path = self._upgrading.manifest.entries[entry.index].path
            first, after = old.line_span(path)[0], new.line_span(path)[0]
            hunks = read_diff(diff_text(_excerpt(old, path), _excerpt(new, path)))
            yield from _below(old.name, [_shifted(hunk, first - 1, after - 1) for hunk in hunks])
        rdf = plan.documents.get(entry.rdf_path or "")
        if entry.rdf_path is not None and rdf is not None:
            yield from self._file_lines(entry.rdf_path, rdf)

    def _file_lines(self, path: str, document: Document) -> Iterator[Hunk | str]:
        yield from _below(path, read_diff(diff_text(self._upgrading.original(path), document.text)))


def file_lines(file: NewFile) -> Lines:
    """A new file, every line of it added."""
    return tuple(_below(file.path, read_diff(diff_text("", file.content))))


def _below(path: str, hunks: Sequence[Hunk]) -> Iterator[Hunk | str]:
    if hunks:
        yield path
        yield from hunks


def _excerpt(document: Document, path: Path) -> str:
    return document.excerpt(path) + "\n"


def _shifted(hunk: Hunk, old: int, new: int) -> Hunk:
    def shift(line: DiffLine) -> DiffLine:
        return replace(
            line,
            old=None if line.old is None else line.old + old,
            new=None if line.new is None else line.new + new,
        )

    return tuple(shift(line) for line in hunk)
