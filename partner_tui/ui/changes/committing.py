"""Commits and undoes the last one as the Changes view is told to; what hardly should be done is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import NeedsConsent
from partner_tui.plain import visible
from partner_tui.repository.git import Watch
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen, agrees
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.committing import undo_commit

if TYPE_CHECKING:
    from partner_tui.repository.commits.commit import Commit
    from partner_tui.repository.commits.last_commit import LastCommit
    from partner_tui.repository.config import Author
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.changes.commit_form import CommitForm
    from partner_tui.ui.view import Frame


COMMITTING = "committing"


async def commit(
    app: BaseApp,
    frame: Frame,
    form: CommitForm.Submitted,
    author: Author | None,
    *,
    consented: bool = False,
) -> str | None:
    """Commit; the hash, or None when that failed or was not agreed to."""

    running = Running(COMMITTING, writes=True)
    watch = Watch(cancelled=running.cancelled, credentials=app.credentials)

    def write() -> str | NeedsConsent:
        target = (form.message, author, form.sign_off, form.new_branch)
        try:
            made = committing.commit(frame.workspace, *target, amend=form.amend, consented=consented, **watch)
        except NeedsConsent as doubt:
            return doubt
        frame.workspace.open_repository()
        return made

    made = await frame.run_and_refresh(running, write)
    if not isinstance(made, NeedsConsent):
        return made
    if await agrees(app, "Commit with errors?", made, yes="Commit"):
        return await commit(app, frame, form, author, consented=True)
    return None


async def ask_and_undo(app: BaseApp, screen: Frame, last: LastCommit) -> bool:
    """Ask, then undo it; whether its message is to be given back."""
    commit = last.commit
    if last.merged_into is not None:
        await _ask_and_undo_merge(app, screen, commit)
        return False
    text = (
        f"{commit.short} {visible(commit.subject, 200)}\n\n"
        "Its changes become uncommitted changes again; no file is touched. The message is kept for the next commit."
    )
    if not await app.push_screen_wait(ConfirmScreen("Undo the last commit?", text, yes="Undo it")):
        return False
    step = await screen.run_and_refresh("undoing the commit", lambda: undo_commit(screen.workspace, commit))
    if step is not None:
        app.notify(f"Undone: commit {commit.short}. Press c to commit again.")
    return step is not None


async def _ask_and_undo_merge(app: BaseApp, screen: Frame, commit: Commit) -> None:
    from partner_tui.workspace.contributions.acts import undo_last_merge

    text = (
        f"{commit.short} {visible(commit.subject, 200)}\n\n"
        "The branch and its files go back to how they were before the merge. The contribution stays as it is."
    )
    if not await app.push_screen_wait(ConfirmScreen("Undo the last merge?", text, yes="Undo it")):
        return

    def undo() -> bool:
        undo_last_merge(screen.workspace, commit)
        return True

    if await screen.run_and_refresh("undoing the merge", undo):
        app.notify(f"Undone: merge {commit.short}.")
