"""The upgrade without a terminal: options in, plan and diffs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partner_tui.compliance.status import Status
from partner_tui.errors import PartnerTuiError, UsageError
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.plain import json_value
from partner_tui.repository.commits.diff import diff_text
from partner_tui.settings import Directories
from partner_tui.upgrade.entry_upgrade import NEEDS_SOURCE
from partner_tui.upgrade.fixes import fixes_by_name
from partner_tui.upgrade.plan import EntryPlan, Plan
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Answers, Question
from partner_tui.workspace.opening.opening import JUDGES, ManifestLocation, open_workspace
from partner_tui.workspace.upgrade.plan_summary import FixGroup, fix_groups
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UpgradeOutcome:
    """What is planned, or was written.

    Attributes:
        diffs: Unified, one for each file that changes or is created.
        notices: What to know besides, one line each.
        elsewhere: Addresses of sources that are needed and not in the clone.
    """

    plan: Plan
    groups: tuple[FixGroup, ...]
    diffs: tuple[str, ...]
    notices: tuple[str, ...]
    elsewhere: tuple[str, ...]
    is_written: bool

    @property
    def is_all_latest(self) -> bool:
        return all(entry.after is Status.LATEST for entry in self.plan.entries)


def read_answers(given: str | None) -> Answers:
    """The answers of ``--answers``: a file's, or every proposal.

    Raises:
        UsageError: The file cannot be read or has another shape.
    """
    if given is None:
        return Answers()
    if given == "defaults":
        return Answers(defaults=True)
    shape = "It is YAML: `questions: {key: answer}` and `kinds: {kind: answer}`, both optional."
    try:
        data = Document.decode(Path(given).read_bytes(), given).data
    except OSError as error:
        raise UsageError(f"{given} cannot be read: {error.strerror}.", shape) from error
    except PartnerTuiError as error:
        raise UsageError(error.message, shape) from error
    data = {} if data is None else data
    if not isinstance(data, dict) or not data.keys() <= {"questions", "kinds", "defaults"}:
        raise UsageError(f"{given} is not a valid answers file.", shape)
    questions, kinds = data.get("questions") or {}, data.get("kinds") or {}
    if not isinstance(questions, dict) or not isinstance(kinds, dict):
        raise UsageError(f"{given} is not a valid answers file.", shape)
    return Answers(questions, kinds, data.get("defaults") is True)


def upgrade(
    place: ManifestLocation,
    directories: Directories,
    entries: Sequence[str],
    answers: Answers,
    *,
    write: bool = False,
    turn: bool = False,
    fixes: bool = True,
    fetch: Callable[[str], None] | None = None,
) -> UpgradeOutcome:
    """Plan an upgrade, and write it if that is wished.

    Args:
        entries: Their ids; all when empty.
        answers: On top of those kept for the repository.
        turn: Whether to turn groups into a collection.
        fixes: Whether to upgrade entries at all.
        fetch: Told each address that is downloaded; None to download nothing.

    Raises:
        ManifestParseError: The file cannot be read as YAML.
        SourceError: It cannot be read at all.
        UsageError: There is no such entry.
        PatchError: The groups cannot be turned into a collection.
    """
    workspace = open_workspace(place, directories, remember=False, judges=JUDGES)
    try:
        upgrading = UpgradeSession(workspace)
        upgrading.take(answers)
        notices: list[str] = []
        if turn and not upgrading.is_rdf and not upgrading.convert_to_collection():
            notices.append(f"{place.manifest_name} already is a collection.")
        indices = _indices(upgrading.manifest, entries) if entries else None
        if fetch is not None:
            notices += _fetch(workspace, upgrading.remote_sources(indices), fetch)
        every = upgrading.fixes.keys()
        plan = upgrading.plan(indices, skipped_fixes=() if fixes else every)
        notices += _answer_problems(plan, answers)
        notices += [*plan.warnings, *(f"Skipped: {conflict}" for conflict in plan.conflicts)]
        diffs = tuple(_diffs(upgrading, plan, workspace))
        groups, elsewhere = fix_groups(plan, upgrading.fixes), tuple(upgrading.remote_sources(indices))
        is_written = False
        if write:
            upgrading.keep()
            is_written = upgrading.apply(plan) is not None
        return UpgradeOutcome(plan, groups, diffs, tuple(notices), elsewhere, is_written)
    finally:
        workspace.checker.close()


def _indices(manifest: Manifest, ids: Iterable[str]) -> frozenset[int]:
    found: set[int] = set()
    for id in ids:
        named = [
            entry.index
            for entry in manifest.entries
            if id in (entry.id, entry.public_id(manifest.partner)) and entry.id
        ]
        if not named:
            known = [entry.id for entry in manifest.entries if entry.id]
            raise UsageError(f"There is no entry {id!r}.", f"Entries: {', '.join(known[:12])}.")
        found.update(named)
    return frozenset(found)


def _fetch(workspace: Workspace, references: Iterable[str], on_fetch: Callable[[str], None]) -> list[str]:
    refused = []
    for reference in references:
        try:
            workspace.fetch_source(reference, on_address=on_fetch)
        except PartnerTuiError as error:
            refused.append(error.message)
    return refused


def _answer_problems(plan: Plan, answers: Answers) -> list[str]:
    """Answers that were given and do not serve: of the wrong sort, or to questions that are not asked."""
    told = [
        f"Invalid answer to {question.key}: {objection}"
        for question in plan.questions
        if (objection := answers.objection(question)) is not None
    ]
    asked = {question.key for question in plan.questions}
    return told + [
        f"Answer ignored, no such question: {key}" for key in answers.questions if key not in asked
    ]


def _diffs(upgrading: UpgradeSession, plan: Plan, workspace: Workspace) -> Iterable[str]:
    for path, content in upgrading.contents(plan).items():
        before = (workspace.read(path) or b"").decode("utf-8", "replace")
        diff = diff_text(before, content.decode("utf-8", "replace"), path)
        if diff:
            yield diff


def to_json(plan: Plan) -> dict[str, Any]:
    """The documented shape of ``upgrade --format json``, schema 1."""
    statuses = [entry.after for entry in plan.entries]
    return {
        "schema": 1,
        "manifest": plan.name,
        "questions": [_question(question, plan) for question in plan.questions],
        "files": [{"path": one.path, "content": one.content} for one in plan.files],
        "entries": [_entry(entry) for entry in plan.entries],
        "conflicts": list(plan.conflicts),
        "warnings": list(plan.warnings),
        "summary": {
            "entries": len(statuses),
            "latest": statuses.count(Status.LATEST),
            "open": sum(bool(entry.open) for entry in plan.entries),
            "unresolved": sum(
                entry.after is Status.UNRESOLVED or entry.reason == NEEDS_SOURCE for entry in plan.entries
            ),
            "questions": len(plan.questions),
        },
    }


def _question(question: Question, plan: Plan) -> dict[str, Any]:
    answer = plan.answers.find(question)
    return {
        "key": question.key,
        "kind": question.kind,
        "prompt": question.prompt,
        "why": question.why,
        "entries": list(question.entries),
        "proposal": json_value(question.proposal),
        "derived": question.derived,
        "choices": [
            {"value": json_value(choice.value), "label": choice.label} for choice in question.choices
        ],
        "answer": None if answer in (UNANSWERED, SKIPPED) else json_value(answer),
    }


def _entry(entry: EntryPlan) -> dict[str, Any]:
    return {
        "index": entry.index,
        "id": entry.id,
        "before": str(entry.before),
        "after": str(entry.after),
        "fixes": [
            {"name": name, "class": str(fixes_by_name()[name].fix_class), "count": count}
            for name, count in Counter(one.fix for one in entry.changes).items()
        ],
        "open": list(entry.open),
        "degraded": list(entry.degraded),
        "lost": list(entry.lost),
        "reason": entry.reason,
    }
