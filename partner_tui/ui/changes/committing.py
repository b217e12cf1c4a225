"""Writes what the form of the Changes view says to a commit; what hardly should be committed is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import NeedsConsent
from partner_tui.ui.dialogs.confirm import agrees
from partner_tui.workspace.changes import committing

if TYPE_CHECKING:
    from partner_tui.repository.config import Author
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.changes.commit_form import CommitForm
    from partner_tui.ui.view import Frame


async def commit(
    app: BaseApp,
    frame: Frame,
    form: CommitForm.Submitted,
    author: Author | None,
    *,
    consented: bool = False,
) -> str | None:
    """Commit; the hash, or None when that failed or was not agreed to."""
    made: list[str] = []
    doubts: list[NeedsConsent] = []

    def write() -> None:
        target = (form.message, author, form.sign_off, form.new_branch, app.credentials)
        try:
            made.append(committing.commit(frame.workspace, *target, amend=form.amend, consented=consented))
        except NeedsConsent as doubt:
            doubts.append(doubt)
        else:
            frame.workspace.open_repository()

    await frame.run_and_refresh("committing", write)
    if doubts and await agrees(app, "Commit with errors?", doubts[0], yes="Commit"):
        return await commit(app, frame, form, author, consented=True)
    return made[0] if made else None
