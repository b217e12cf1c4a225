"""The plan of an upgrade: what would become of each entry, which questions are open, and every file as it would be.

`planner` makes it. A plan writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from partner_tui.compliance.status import Status
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.fix import Change
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.question import SKIPPED, Answers, Question

OnProgress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a maintainer wants it.

    Attributes:
        only: Names of the fixes to run alone; the entries need not be of the latest format then.
        declined: Paths of new files that are not to be created; entries that need one stay as they are.
    """

    only: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """What would become of an entry.

    Attributes:
        index: Its place in the manifest, from 0.
        id: As it is before; "" for none.
        before: Its status now.
        after: Its status then; the same when it is left as it is.
        changes: What fixes change in it, in order.
        waiting: What they would change were its open questions answered as suggested, as far as that is known.
        open: Keys of the questions that keep it as it is.
        degraded: What the result lacks though it is valid.
        lost: Values that would be lost: nothing is written then.
        reason: Why it is not of the latest format; empty when it is.
        rdf_path: The RDF in the clone in which fields of it are written; None without one.
        type: Its resource type, and `format` its format version, as they are then; "" where it has none.
    """

    index: int
    id: str
    before: Status
    after: Status
    changes: tuple[Change, ...] = ()
    open: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    reason: str = ""
    rdf_path: str | None = None
    waiting: tuple[Change, ...] = ()
    type: str = ""
    format: str = ""

    @property
    def expected(self) -> tuple[Change, ...]:
        """What changes in it, and what would besides were its questions answered as suggested."""
        return (*self.changes, *self.waiting)


@dataclass(frozen=True, slots=True)
class Plan:
    """An upgrade that could be applied.

    Attributes:
        name: The manifest's, or the RDF's.
        questions: Each once, with all the entries that it touches.
        answers: Those it was made with.
        files: To create.
        waiting_files: That would be created besides, were the open questions answered as suggested.
        entries: One for each entry that was looked at.
        documents: Texts that change, by their path in the clone, as they would be.
        conflicts: What could not be written, one line each; the rest stands.
        warnings: What else to know, one line each.
    """

    name: str
    questions: tuple[Question, ...]
    answers: Answers
    files: tuple[NewFile, ...]
    entries: tuple[EntryPlan, ...]
    documents: Mapping[str, Document]
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    waiting_files: tuple[NewFile, ...] = ()

    def contents(self) -> dict[str, bytes]:
        """Every file to write, for one step."""
        made = {one.path: one.content.encode() for one in self.files}
        return {**{path: one.encode() for path, one in self.documents.items()}, **made}

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        waiting = {key for entry in self.entries for key in entry.open}
        return tuple(one for one in self.questions if one.key in waiting)

    @property
    def waiting_questions(self) -> tuple[Question, ...]:
        """The open questions that were not skipped either."""
        return tuple(one for one in self.open_questions if self.answers.find(one) is not SKIPPED)
