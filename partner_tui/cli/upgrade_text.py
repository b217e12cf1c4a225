"""Output of `upgrade` for people: the fixes with counts, the diff, the files, the open questions, what remains."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from partner_tui import terminal
from partner_tui.compliance.report_text import status_summary
from partner_tui.compliance.status import Status, count_statuses
from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.plain import few, plural, visible
from partner_tui.upgrade.plan import Plan
from partner_tui.upgrade.question import Question
from partner_tui.workspace.headless.upgrade import UpgradeOutcome
from partner_tui.workspace.upgrade.plan_summary import called, outcome_words

_FEW = 5
_CLASS_STYLES = {"auto": "green", "file": "blue", "config": "yellow", "ask": "magenta"}


def write(outcome: UpgradeOutcome) -> None:
    """Print an outcome on standard output."""
    plan = outcome.plan
    if outcome.groups:
        terminal.write_rich(_fixes(outcome))
    for diff in outcome.diffs:
        terminal.write_diff(diff)
    if plan.open_questions:
        terminal.write_rich(Text("\n").join(_questions(plan)))
        terminal.write(_template(plan))
    terminal.write_rich(Text("\n").join((Text(""), *_remains(outcome), _summary(outcome))))


def _fixes(outcome: UpgradeOutcome) -> Text:
    text = Text("Fixes\n", style="bold")
    width = max(len(group.name) for group in outcome.groups)
    for group in outcome.groups:
        count = len(group.entries)
        text.append(f"  {group.name:<{width}}  ")
        text.append(f"{group.fix_class:<6}", style=_CLASS_STYLES.get(str(group.fix_class), ""))
        text.append(f"  {count:>3} {'entry  ' if count == 1 else 'entries'}", style="bold")
        text.append(f"  {visible(group.title)}\n", style="dim")
    if outcome.plan.files:
        text.append("New files\n", style="bold")
        for file in outcome.plan.files:
            text.append(f"  {visible(file.path)}\n")
    return text


def _questions(plan: Plan) -> Iterator[Text]:
    yield Text("Open questions", style="bold")
    for question in plan.open_questions:
        yield from _question(question)
    yield Text(
        "Save your answers to a file and pass it with --answers FILE, or accept all suggestions with --answers defaults."
    )


def _template(plan: Plan) -> str:
    """A file of answers for the open questions, to be filled in."""
    lines = []
    for question in plan.open_questions:
        key = json.dumps(question.key, ensure_ascii=False)
        if question.proposal is None:
            lines.append(f"  # {key}: ...")
        else:
            lines.append(f"  {key}: {json.dumps(question.proposal, ensure_ascii=False, default=str)}")
    return "\n".join(("questions:", *lines))


def _question(question: Question) -> Iterator[Text]:
    yield Text(f"  ? {visible(question.prompt)}", style="bold magenta")
    yield _row("kind", question.kind)
    if question.why:
        yield _row("why", question.why)
    yield _row("entries", few(question.entries, _FEW, 400))
    if question.choices:
        yield _row("choose", "; ".join(f"{scalar_text(one.value)} ({one.label})" for one in question.choices))
    if question.proposal is None:
        yield _row("proposal", "none; this question needs your answer")
    else:
        derived = f" ({question.derived})" if question.derived else ""
        yield _row("proposal", f"{scalar_text(question.proposal)}{derived}")
    yield Text("")


def _row(name: str, value: Any) -> Text:
    return Text(f"    {name:<9}", style="dim").append(Text(visible(str(value)), style="not dim"))


def _remains(outcome: UpgradeOutcome) -> Iterator[Text]:
    """What is not of the latest format, or less than it could be, by reason."""
    reasons: dict[tuple[Status, str], list[str]] = defaultdict(list)
    for entry in outcome.plan.entries:
        words = outcome_words(entry)
        if entry.after is not Status.LATEST or words:
            reasons[(entry.after, words)].append(called(entry))
    if reasons:
        yield Text("Still to do", style="bold")
    for (status, words), names in reasons.items():
        line = Text("  ").append(f"{status.glyph} {status:<10}", style=status.style)
        line.append(f"  {few(names, _FEW, 400)}")
        yield line.append(f"  {visible(words)}" if words else "", style="dim")
    if outcome.elsewhere:
        yield Text("  Use --fetch to download (https only):", style="dim")
        yield from (Text(f"    {visible(address)}", style="dim") for address in outcome.elsewhere)
    if reasons:
        yield Text("")


def _summary(outcome: UpgradeOutcome) -> Text:
    plan = outcome.plan
    number = len(plan.entries)
    text = Text(f"{visible(plan.name)}: {plural(number, 'entry')}")
    if number:
        text.append("  ").append(status_summary(count_statuses(entry.after for entry in plan.entries)))
    if outcome.is_written:
        return text.append(f"\nWrote {plural(len(outcome.diffs), 'file')}.", "bold")
    if outcome.diffs:
        return text.append("\nDry run: no files written. Use --write to apply.", style="bold")
    return text.append("\nNothing to write.", style="bold")
