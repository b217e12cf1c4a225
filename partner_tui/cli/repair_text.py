"""Output of `repair`: the problem, and each suggested repair as a diff."""

from __future__ import annotations

from typing import Any

from partner_tui import terminal
from partner_tui.plain import plural
from partner_tui.repository.commits.diff import diff_text
from partner_tui.workspace.opening.repair_session import Diagnosis, Repair

_MOST_LINES = 12


def write(diagnosis: Diagnosis, name: str, choice: int | None) -> None:
    """Print what is wrong and the proposals, or the chosen one.

    Args:
        name: The file's, for the diffs.
        choice: The proposal's number from 1; None for all of them.
    """
    if not diagnosis.problem:
        terminal.print_notice(f"{name} is valid YAML without duplicate keys. Nothing to repair.")
        return
    terminal.print_notice(diagnosis.problem)
    if diagnosis.left:
        terminal.print_notice(f"{plural(diagnosis.left, 'more duplicate key')}; repair them one at a time.")
    for number, excerpt in enumerate(diagnosis.excerpts, start=1):
        terminal.write(f"\n# occurrence {number} of the key\n{_shortened(excerpt)}")
    if not diagnosis.remedies:
        terminal.print_notice("No automatic repair found. Edit that line yourself.")
    for number, remedy in enumerate(diagnosis.remedies, start=1):
        if choice in (None, number):
            mark = (
                " (preferred)" if number == 1 and diagnosis.is_clear and len(diagnosis.remedies) > 1 else ""
            )
            terminal.write(f"\n{number}. {remedy.title}{mark}")
            terminal.write_diff(_diff(diagnosis, remedy, name))


def to_json(diagnosis: Diagnosis, name: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": 1,
        "file": name,
        "problem": diagnosis.problem or None,
        "clear": diagnosis.is_clear,
        "proposals": [
            {"title": remedy.title, "diff": _diff(diagnosis, remedy, name)} for remedy in diagnosis.remedies
        ],
    }


def _diff(diagnosis: Diagnosis, remedy: Repair, name: str) -> str:
    return diff_text(diagnosis.text, remedy.text, name)


def _shortened(excerpt: str) -> str:
    lines = excerpt.splitlines()
    more = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], *([f"... {more} more lines"] if more > 0 else [])])
