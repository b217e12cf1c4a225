"""Compares the newest release of the spec with the installed one, once its download was agreed to, and saves the comparison."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from partner_tui.errors import NeedsConsent
from partner_tui.plain import plural
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import agrees
from partner_tui.ui.dialogs.save_file import SaveFileScreen, save_file

if TYPE_CHECKING:
    from partner_tui.central.impact import Impact
    from partner_tui.ui.view import Frame


async def compare_releases(screen: Frame) -> None:
    """Ask, compare and save as Markdown, for the discussion in the spec's repository."""
    from partner_tui.workspace.headless.impact import impact
    from partner_tui.workspace.opening.opening import ManifestLocation

    app, workspace = screen.app, screen.workspace
    place = ManifestLocation(workspace.folder, workspace.manifest_name, workspace.in_repository)

    async def compared(*, agreed: bool) -> Impact:
        running = Running("comparing releases of the spec")
        compare = partial(impact, place, app.directories, agreed=agreed, cancelled=running.cancelled)
        return await app.background.run(running, compare)

    with app.errors_shown():
        try:
            found = await compared(agreed=False)
        except NeedsConsent as doubt:
            if not await agrees(app, "Download the newest release of the spec?", doubt, yes="Download"):
                return
            found = await compared(agreed=True)
        counts = f"{plural(len(found.new), 'new finding')}, {len(found.resolved)} resolved"
        note = (
            f"{found.other} against {found.installed}, {plural(found.compared, 'entry')} compared: {counts}."
        )
        to_name = SaveFileScreen("Save the comparison as Markdown", f"spec-{found.other}.md", note)
        await save_file(app, to_name, lambda _: found.to_markdown().encode("utf-8", "replace"))
