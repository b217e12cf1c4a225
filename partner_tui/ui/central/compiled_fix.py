"""What f does about an entry that becomes no item: edits, a fix of the upgrade, a repair, or a download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from partner_tui.central.compile import edits_for
from partner_tui.central.compiled import Cause
from partner_tui.manifest.text.document import Path
from partner_tui.ui.central.outcome_list import OutcomeRow

if TYPE_CHECKING:
    from partner_tui.manifest.editing.edits import Edit
    from partner_tui.ui.view import Frame
    from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Fix:
    """One remedy.

    Attributes:
        label: What it does, for the pane and for the undo history.
        edits: Of the manifest, for ``edit``.
        names: Fixes of the upgrade, for ``upgrade``.
        reference: What is downloaded, for ``fetch``.
    """

    kind: Literal["edit", "upgrade", "duplicates", "fetch"]
    label: str
    edits: Sequence[Edit] = ()
    names: tuple[str, ...] = ()
    reference: str = field(default="")


def find_fix(row: OutcomeRow, workspace: Workspace) -> Fix | None:
    """The remedy for the first cause of a row; None where there is none but the editor."""
    cause = row.cause
    if cause is None:
        return None
    if cause.rule == "duplicate-key":
        return Fix("duplicates", "Repair the duplicate key")
    document = workspace.document
    if cause.rule == "not-here":
        node = document.node(cause.path)
        reference = document.value(node) if node is not None else None
        return (
            Fix("fetch", "Download its source", reference=reference) if isinstance(reference, str) else None
        )
    if (upgrade := _of_upgrade(row, cause, workspace)) is not None:
        return upgrade
    edits = edits_for(cause, document)
    return Fix("edit", cause.hint, edits) if edits else None


def _of_upgrade(row: OutcomeRow, cause: Cause, workspace: Workspace) -> Fix | None:
    """A fix that the checks of the entry found for the same field."""
    if row.outcome is None or cause.file is not None:
        return None
    check = workspace.checks.get(row.outcome.index)
    wanted = "type" if cause.rule == "no-type" else _field(cause.path, row.outcome.path)
    for finding in check.findings if check else ():
        if finding.fix and finding.file is None and _field(finding.path, row.outcome.path) == wanted:
            return Fix("upgrade", finding.hint or cause.hint, names=(finding.fix,))
    return None


def _field(path: Path, entry: Path) -> Any:
    return path[len(entry)] if path[: len(entry)] == entry and len(path) > len(entry) else None


async def apply_fix(frame: Frame, row: OutcomeRow, fix: Fix) -> None:
    """Do it, as one step that can be undone; what is to be decided is asked."""
    match fix.kind:
        case "edit":
            if step := await frame.save_edits(f"compile: {fix.label}", fix.edits):
                frame.app.notify(f"{step.title}. Press ctrl+z to undo.", markup=False)
        case "upgrade" if row.outcome is not None:
            from partner_tui.ui.upgrade.screen import UpgradeScreen

            frame.app.push_screen(UpgradeScreen(frame, (row.outcome.index,), fix.names))
        case "duplicates":
            from partner_tui.ui.entries.acts import repair_duplicate_keys

            await repair_duplicate_keys(frame)
        case "fetch":
            from partner_tui.ui.entries.fetch_sources import fetch_references

            name = row.outcome.id if row.outcome else ""
            await fetch_references(frame, {fix.reference: (name,)})
