"""How a plan is made: drafts, links that follow renamed ids, and the texts with all edits spliced in.

An entry that cannot be written is left as it was and told as a conflict; the others stand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from partner_tui.compliance.checker import judged
from partner_tui.compliance.status import Status
from partner_tui.errors import PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.document import Document, Path
from partner_tui.manifest.edits import Edit, Replace
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.patch import apply
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.values import same
from partner_tui.upgrade.draft import Draft, NewFiles
from partner_tui.upgrade.fixes import ENTRY_FIXES, model_fixes, model_without_weights
from partner_tui.upgrade.judging import Remembered
from partner_tui.upgrade.plan import EntryPlan, Options, Plan
from partner_tui.upgrade.question import Answers, Question
from partner_tui.upgrade.upgrading import Upgraded, upgrade
from partner_tui.upgrade.writing import edits


@dataclass(slots=True)
class _Run:
    """An entry under way."""

    entry: Entry
    resolved: Resolved
    upgraded: Upgraded | None
    reason: str = ""


class Planning:
    """The making of one plan."""

    def __init__(
        self,
        manifest: Manifest,
        files: CloneFiles,
        judge: Remembered,
        answers: Answers,
        skipped: Collection[str],
        options: Options,
    ) -> None:
        self._manifest = manifest
        self._files = files
        self._judge = judge
        self._answers = answers
        self._skipped = skipped
        self._options = options
        self._new_files = NewFiles(files)
        self._documents: dict[str, Document] = {}
        self._conflicts: list[str] = []

    def plan(self, indices: Collection[int] | None) -> Plan:
        wanted = [one for one in self._manifest.entries if indices is None or one.index in indices]
        runs = [self._run(entry) for entry in wanted]
        document = self._manifest.document
        for run in runs:
            if run.upgraded is not None and run.upgraded.is_finished:
                document = self._written(document, run)
        if document is not self._manifest.document:
            self._documents[document.name] = document
        return Plan(
            document.name,
            batched([run.upgraded for run in runs if run.upgraded]),
            self._answers,
            self._files_of(runs),
            tuple(_entry_plan(run) for run in runs),
            self._documents,
            tuple(self._conflicts),
        )

    def _run(self, entry: Entry) -> _Run:
        resolved = resolve(entry, self._manifest, self._files)
        if entry.problem:
            return _Run(entry, resolved, None, entry.problem)
        if resolved.missing is not None:
            return _Run(entry, resolved, None, "needs a remote source")
        draft = Draft(
            judged(resolved),
            id=entry.id or f"entry {entry.index}",
            partner_id=self._manifest.partner.id,
            files=self._files,
            new_files=self._new_files,
            base=(resolved.rdf_path or "").rpartition("/")[0] if resolved.rdf else "",
            group=entry.group,
            answers=self._answers,
            token=lambda path: _token(resolved, self._manifest.document, path),
            latest=self._judge.latest,
            ids=[one.id for one in self._manifest.entries if one.id],
            inherited=self._manifest.root,
        )
        is_model = draft.type == "model" and not model_without_weights.is_only_told_of(draft)
        fixes = model_fixes() if is_model else ENTRY_FIXES
        return _Run(entry, resolved, upgrade(draft, fixes, self._judge, self._skipped, self._options.only))

    def _written(self, document: Document, run: _Run) -> Document:
        assert run.upgraded is not None
        new = run.upgraded.draft.data
        own = dict(run.entry.own)
        origins, old = run.resolved.origins, run.resolved.data
        mine = {
            field: value
            for field, value in new.items()
            if field in own or field not in origins or not same(value, old.get(field))
        }
        mine |= {field: own[field] for field in ("rdf_source",) if field in own}
        try:
            return apply(document, list(edits(run.entry.path, own, mine)))
        except PatchError as error:
            self._conflicts.append(f"{run.entry.id}: {error.message}")
            run.upgraded.reason = error.message
            return document

    def _files_of(self, runs: list[_Run]) -> tuple[Any, ...]:
        used = {
            path
            for run in runs
            if run.upgraded and run.upgraded.is_finished
            for path in run.upgraded.draft.created
        }
        return tuple(one for path, one in self._new_files.made.items() if path in used)


def batched(upgraded: list[Upgraded]) -> tuple[Question, ...]:
    """Every question once, with all the entries that it touches."""
    questions: dict[str, Question] = {}
    for one in upgraded:
        for question in one.draft.questions:
            known = questions.get(question.key)
            if known is None:
                questions[question.key] = question
            else:
                questions[question.key] = replace(
                    known, entries=tuple(dict.fromkeys((*known.entries, *question.entries)))
                )
    return tuple(questions.values())


def _entry_plan(run: _Run) -> EntryPlan:
    id = run.entry.id or ""
    done = run.upgraded
    if done is None:
        before = Status.INVALID if run.entry.problem else Status.UNRESOLVED
        return EntryPlan(run.entry.index, id, before, before, reason=run.reason)
    finished = done.is_finished
    return EntryPlan(
        run.entry.index,
        id,
        done.before,
        done.after if finished else done.before,
        done.counts if finished else (),
        done.changes if finished else (),
        done.open,
        tuple(done.draft.degraded) if finished else (),
        done.lost,
        done.reason,
        run.resolved.rdf_path,
    )


def _token(resolved: Resolved, manifest: Document, path: Path) -> str | None:
    """A scalar of the resolved entry as it is written."""
    origin = resolved.origins.get(str(path[0])) if path else None
    if origin == "rdf":
        return resolved.rdf.token(path) if resolved.rdf else None
    return manifest.token(path if origin == "root" else (*resolved.entry.path, *path))


def plan_rdf(
    document: Document,
    files: CloneFiles,
    judge: Remembered,
    answers: Answers,
    *,
    path: str,
    partner_id: str,
    skipped: Collection[str],
    options: Options,
) -> Plan:
    """The plan for one RDF file."""
    raise NotImplementedError


__all__ = ["Edit", "Planning", "Replace", "batched", "plan_rdf", "read_manifest"]
