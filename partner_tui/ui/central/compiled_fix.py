"""What f does about an entry that becomes no item: edits, a fix of the upgrade, a repair, or a download."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partner_tui.central.compile import edits_for
from partner_tui.central.compiled import Cause, Outcome
from partner_tui.manifest.text.document import Path
from partner_tui.ui.entries.acts import repair_duplicate_keys

if TYPE_CHECKING:
    from partner_tui.ui.view import Frame
    from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Fix:
    """One remedy.

    Attributes:
        label: What it does.
        apply: Does it, as one step that can be undone; what is to be decided is asked.
    """

    label: str
    apply: Callable[[Frame], Awaitable[object]]


def find_fix(row: Outcome, workspace: Workspace) -> Fix | None:
    """The remedy for the first cause of a row; None where there is none but the editor."""
    cause = row.cause
    if cause is None:
        return None
    if cause.rule == "duplicate-key":
        return Fix("Repair the duplicate key", repair_duplicate_keys)
    document = workspace.document
    if cause.rule == "not-here":
        node = document.node(cause.path)
        reference = document.value(node) if node is not None else None
        return _download(row, reference) if isinstance(reference, str) else None
    if (upgrade := _of_upgrade(row, cause, workspace)) is not None:
        return upgrade
    if not (edits := edits_for(cause, document)):
        return None

    async def save(frame: Frame) -> None:
        if step := await frame.save_edits(f"compile: {cause.hint}", edits):
            frame.app.notify(f"{step.title}. Press ctrl+z to undo.", markup=False)

    return Fix(cause.hint, save)


def _download(row: Outcome, reference: str) -> Fix:
    from partner_tui.ui.entries.fetch_sources import fetch_references

    return Fix("Download its source", lambda frame: fetch_references(frame, {reference: (row.id,)}))


def _of_upgrade(row: Outcome, cause: Cause, workspace: Workspace) -> Fix | None:
    """A fix that the checks of the entry found for the same field."""
    if row.state == "ignored" or cause.file is not None:
        return None
    check = workspace.checks.get(row.index)
    wanted = "type" if cause.rule == "no-type" else _field(cause.path, row.path)
    for finding in check.findings if check else ():
        if finding.fix and finding.file is None and _field(finding.path, row.path) == wanted:
            return Fix(finding.hint or cause.hint, _upgrade(row.index, finding.fix))
    return None


def _upgrade(index: int, fix: str) -> Callable[[Frame], Awaitable[object]]:
    from partner_tui.ui.upgrade.screen import UpgradeScreen

    return lambda frame: frame.app.push_screen(UpgradeScreen(frame, (index,), (fix,)))


def _field(path: Path, entry: Path) -> Any:
    return path[len(entry)] if path[: len(entry)] == entry and len(path) > len(entry) else None
