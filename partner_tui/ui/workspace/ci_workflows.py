"""Writes the workflows that check and review the repository, after their files were named and agreed to."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from partner_tui.central.workflows import to_set
from partner_tui.plain import visible
from partner_tui.ui.dialogs.confirm import ConfirmScreen

if TYPE_CHECKING:
    from partner_tui.ui.view import Frame
    from partner_tui.workspace.central.workflows import PlannedWorkflows


async def write_workflows(screen: Frame) -> None:
    """Ask and write; Changes then shows them."""
    from partner_tui.workspace.central.workflows import plan

    app, workspace = screen.app, screen.workspace
    with app.errors_shown():
        planned = await asyncio.to_thread(plan, workspace)
        if not planned.diff:
            app.notify(_left(planned) or "The workflows are up to date.")
            return
        question = ConfirmScreen("Write the GitHub workflow?", _about(planned), yes="Write")
        if not await app.push_screen_wait(question):
            return
        if await screen.run_and_refresh("writing the workflow", partial(planned.write, workspace)):
            app.notify("Workflow written. Press 5 to commit it, or ctrl+z to undo.")


def _about(planned: PlannedWorkflows) -> str:
    """What would be written, and what it does on GitHub."""
    made = planned.workflows
    files = "\n".join(f"  {visible(path)}" for path in made.files)
    gone = "".join(
        f"\nThe job {visible(key)} of {visible(path)} is replaced: its command no longer exists."
        for path, key in made.replaced
    )
    return (
        f"{files}\n\nOn GitHub it checks each push, and comments a review on each pull request.{gone}{_left(planned)} {to_set()}\n\n"
        "Changes shows the files before you commit them; ctrl+z undoes this."
    )


def _left(planned: PlannedWorkflows) -> str:
    return "".join(
        f"\n{visible(path)} runs a command that no longer exists and is not changed: {visible(why)}"
        for path, why in planned.workflows.left
    )
