"""A plan as the JSON that the command line prints (schema 1)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from partner_tui.compliance.status import Status
from partner_tui.upgrade.entry_upgrade import NEEDS_SOURCE
from partner_tui.upgrade.fixes import fixes_by_name
from partner_tui.upgrade.plan import EntryPlan, Plan
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Question


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan in plain JSON types."""
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
        "proposal": _plain(question.proposal),
        "derived": question.derived,
        "choices": [{"value": _plain(choice.value), "label": choice.label} for choice in question.choices],
        "answer": None if answer in (UNANSWERED, SKIPPED) else _plain(answer),
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


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
