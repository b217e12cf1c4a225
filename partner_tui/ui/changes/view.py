"""The Changes view: what is edited and not committed, the steps that made it, and the way to the remote."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import visible
from partner_tui.repository.config import Author
from partner_tui.ui.acting import act
from partner_tui.ui.changes import bindings
from partner_tui.ui.changes.bindings import disabled_reason
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.committing import COMMITTING, ask_and_undo, commit
from partner_tui.ui.changes.git_log import GitLogPane
from partner_tui.ui.changes.panes import ChangesPanes
from partner_tui.ui.changes.remote_work import RemoteWork
from partner_tui.ui.draft_keeper import DraftKeeper
from partner_tui.ui.view import NO_REPOSITORY, View
from partner_tui.ui.widgets.diff import DiffPane
from partner_tui.workspace.changes.uncommitted import ChangeRow, ChangesState, discard, load_changes_state

if TYPE_CHECKING:
    from partner_tui.repository.remotes.push import Pushed

SETTLE_SECONDS = 0.05
AGAIN_SECONDS = 2.0
"""While something keeps commits from being made (a lock, a merge), whether it is gone is looked at this often."""
REMOTE_ACTS = ("push", "push_branch", "bring_in", "pull_request")
A_COMMIT_RUNS = "A commit is being made. Press esc to stop it."
COMMIT_ACTS = ("commit", "amend", "undo_commit", "discard")
"""What would end a commit that waits for a hook or for gpg."""
ACTS = (*REMOTE_ACTS, *COMMIT_ACTS, "toggle_diff", "copy_link", "open_link")
DRAFT = "commit"


class ChangesView(View):
    """What is not committed, and the way to the remote."""

    TITLE = "Changes"
    HELP = """
    What differs from the last commit, in the manifest and in the files that partner-tui wrote; everything else that you
    changed in the clone is not included in commits. ctrl+z undoes the last saved change, until it is committed.
    """
    BINDINGS = bindings.BINDINGS

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._known: ChangesState | None = None
        self._unread: PartnerTuiError | None = None
        self._panes: ChangesPanes | None = None
        self._opens_commit = False
        self._author: Author | None = None
        self._link: str | None = None
        self._message: str | None = None
        self._drafts = DraftKeeper(self, self._write_draft)

    # What is shown

    def manifest_loaded(self) -> None:
        self._look()

    def repository_changed(self) -> None:
        self._look()

    def shown(self) -> None:
        if not self.query(ChangesPanes):
            self._build()
        self.focus_main()

    def focus_main(self) -> None:
        if panes := self._panes:
            panes.focus_list()

    @work(exclusive=True, group="build")
    async def _build(self) -> None:
        panes = ChangesPanes()
        await self.mount(panes)
        self._panes = panes
        if (message := self.workspace.drafts.find(DRAFT)) and isinstance(message, str):
            panes.query_one(CommitForm).restore(message)
        panes.focus_list()
        self._show()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Read what differs from the last commit; edits that follow each other closely are read once."""
        await asyncio.sleep(SETTLE_SECONDS)
        if self.workspace.repository is None:
            self._show()
            return
        with self.app.errors_shown():
            try:
                self._known = await asyncio.to_thread(load_changes_state, self.workspace)
                self._unread = None
            except PartnerTuiError as error:
                self._known, self._unread = None, error
                self._show()
                raise
            if not self.app.is_running:  # it ended meanwhile, and the widgets with it
                return
            self.workspace_screen.show_view_count("changes", self._known.count)
            self._show()
            if self._known.problem:
                self.set_timer(AGAIN_SECONDS, self._look)

    def _show(self) -> None:
        panes, known = self._panes, self._known
        if panes is None:
            return
        in_front = self.display and self.screen.is_current
        had_focus = in_front and (panes.list_has_focus or self.screen.focused is None)
        if known is not None:
            standing = replace(known.standing, link=self._link)
            known = replace(known, author=self._author or known.author, standing=standing)
        panes.show(
            known,
            self.workspace.steps,
            self._not_read(),
            self.disabled_reason("commit"),
            self.disabled_reason("amend"),
        )
        if self.workspace.repository is not None:
            panes.query_one(GitLogPane).follow(self.workspace.repository.log)
        if had_focus:
            panes.focus_list()
        self._open_wanted_commit()
        self.refresh_bindings()

    def _not_read(self) -> str:
        if not self.workspace.in_repository:
            return NO_REPOSITORY
        if unread := self.workspace.unread or self._unread:
            return f"{unread.message}\n{unread.hint}\n\nPress ctrl+r to reload."
        return "Reading the repository …"

    def on_side_list_opened(self) -> None:
        if panes := self._panes:
            panes.open_pane("diff")

    # What can be done

    @property
    def _chosen(self) -> ChangeRow | None:
        return panes.query_one(ChangeList).chosen if (panes := self._panes) else None

    @property
    def _is_committing(self) -> bool:
        return any(one.title == COMMITTING for one in self.app.background.running)

    def disabled_reason(self, action: str) -> str | None:
        if action not in ACTS:
            return None
        if action in COMMIT_ACTS and self._is_committing:
            return A_COMMIT_RUNS
        if (known := self._known) is None:
            return self._not_read()
        if action in ("copy_link", "open_link"):
            return None if self._link else "No link yet: push to a new branch to get one."
        busy = self._remote_work.why_busy if action in REMOTE_ACTS else None
        return busy or disabled_reason(known, action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "commit" and (panes := self._panes) and panes.query_one(CommitForm).has_focus_within:
            return False  # the form has a key of its own that commits
        return super().check_action(action, parameters)

    def action_commit(self) -> None:
        """Go to the commit's form, as soon as it is made and what there is to commit is read."""
        self._opens_commit = True
        self._open_wanted_commit()

    def _open_wanted_commit(self) -> None:
        panes = self._panes
        if self._opens_commit and panes is not None and self.disabled_reason("commit") is None:
            self._opens_commit = False
            panes.open_pane("commit")

    def action_amend(self) -> None:
        """Go to the form, for the last commit."""
        if panes := self._panes:
            panes.query_one(CommitForm).amend()
            panes.open_pane("commit")

    @act("undo")
    async def action_undo_commit(self) -> None:
        """Undo the last commit, after a question; its message is given back."""
        last, panes = self._known.last if self._known else None, self._panes
        if last and panes and await ask_and_undo(self.app, self.workspace_screen, last):
            panes.query_one(CommitForm).give_back(last.commit.message)

    def action_toggle_diff(self) -> None:
        if panes := self._panes:
            diff = panes.query_one(DiffPane)
            if diff.region:
                diff.toggle()
            else:
                panes.open_pane("diff")

    def action_log(self) -> None:
        """To the git log; from there, back to the list."""
        if panes := self._panes:
            if panes.query_one(GitLogPane).has_focus:
                panes.focus_list()
            else:
                panes.open_pane("log")

    def action_back(self) -> None:
        """To the list; from there, escape stops what is running; a commit from anywhere."""
        panes = self._panes
        if panes is None or panes.list_has_focus or self._is_committing:
            self.workspace_screen.action_stop()
        else:
            panes.focus_list()

    @act("discard")
    async def action_discard(self) -> None:
        """Reset the selected change to the last commit, after a question; it is a step."""
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        row = self._chosen
        if row is None:
            return
        what = f"{visible(row.words, 300)}\n\nIt is reset to the last commit. ctrl+z restores your edit."
        if not await self.app.push_screen_wait(
            ConfirmScreen("Discard this change?", what, yes="Discard", no="Cancel")
        ):
            return
        step = await self.workspace_screen.run_and_refresh("discarding", lambda: discard(self.workspace, row))
        if step:
            self.notify(f"{step.title}. Press ctrl+z to undo.", markup=False)

    @work(exclusive=True, group="author")
    async def action_author(self) -> None:
        await self._ask_author()
        self._show()

    async def _ask_author(self) -> Author | None:
        from partner_tui.ui.changes.author import ask_author

        known = self._author or (self._known.author if self._known else None)
        self._author = await ask_author(self.app, self.workspace.repository, known) or self._author
        return self._author

    def on_commit_form_author_wanted(self) -> None:
        self.action_author()

    def on_commit_form_message_edited(self, message: CommitForm.MessageEdited) -> None:
        self._message = message.text
        self._drafts.changed()

    def _write_draft(self) -> None:
        if self._message:
            self.workspace.drafts.keep(DRAFT, self._message)
        else:
            self.workspace.drafts.drop(DRAFT)

    def keep_drafts(self) -> None:
        self._drafts.flush()

    def on_unmount(self) -> None:
        """Leaving between two keys: what was typed last is kept, too."""
        self.keep_drafts()

    def on_commit_form_submitted(self, form: CommitForm.Submitted) -> None:
        if self._is_committing:
            self.notify(A_COMMIT_RUNS, severity="warning")
        else:
            self._commit(form)

    @act("commit")
    async def _commit(self, form: CommitForm.Submitted) -> None:
        """Write the listed changes to a commit, and push it when that was asked for."""
        known, panes = self._known, self._panes
        if known is None or panes is None:
            return
        author = self._author
        if author is None and known.author is None and (author := await self._ask_author()) is None:
            self.notify("Not committed: no author set.", severity="warning")
            return
        made = await commit(self.app, self.workspace_screen, form, author)
        if made is None:
            return
        self._message = None
        self.workspace.drafts.drop(DRAFT)
        panes.query_one(CommitForm).committed()
        panes.focus_list()
        said = f"Amended: {form.amend[:7]} is {made[:7]} now." if form.amend else f"Committed {made[:7]}."
        if form.new_branch and not form.push and self.workspace.has_remote:
            said += " Press r to push it and open a pull request."
        self.notify(said)
        if form.push:
            self._remote_work.start("push")

    # The remote: the work is the app's, so that it survives this view

    @property
    def _remote_work(self) -> RemoteWork:
        return RemoteWork(self.app, self.workspace_screen, self._pushed, self._show_link)

    def action_push(self) -> None:
        self._remote_work.start("push")

    def action_push_branch(self) -> None:
        self._remote_work.start("push_branch")

    def action_pull_request(self) -> None:
        """Push, and open a pull request, after its texts were asked for."""
        self._remote_work.start("pull_request")

    def action_bring_in(self) -> None:
        self._remote_work.start("bring_in")

    def _pushed(self, pushed: Pushed) -> None:
        more = "\nPress r to open a pull request." if pushed.may_request else ""
        said = f"{pushed.branch} is now at {pushed.commit[:7]}.{more}"
        self.app.notify(said, title="Pushed", markup=False)
        self._show_link(pushed.compare_url)

    def _show_link(self, link: str | None) -> None:
        self._link = link
        if self.is_attached:
            self._show()

    def action_copy_link(self) -> None:
        if self._link:
            self.app.copy_to_clipboard(self._link)
            self.notify("Copied.")

    def action_open_link(self) -> None:
        if self._link:
            self.app.open_url(self._link)
