"""The Changes view: what is edited and not committed, the steps that made it, and the way to the remote."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import OptionList, Static, TextArea

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.config import Author
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.plain import visible
from partner_tui.ui.publishing import Publisher
from partner_tui.ui.view import View
from partner_tui.ui.views.changes_reading import Known, read_known
from partner_tui.ui.widgets.change_list import ChangeList, ChangeRow
from partner_tui.ui.widgets.commit_form import CommitForm
from partner_tui.ui.widgets.diff import DiffPane, words
from partner_tui.ui.widgets.git_log import GitLogPane
from partner_tui.ui.widgets.remote_box import RemoteBox
from partner_tui.ui.widgets.step_list import StepList
from partner_tui.workspace import history
from partner_tui.workspace.steps import Step

if TYPE_CHECKING:
    from partner_tui.repository.push import Pushed

NARROW = 100
SHORT = 26
SETTLE_SECONDS = 0.05
DRAFT = "commit"


class EmptyWords(Static, can_focus=True):
    """Stands where the list would; it takes the focus, so that the keys of the view work."""


class ChangesPanes(Container):
    """The panes of the view; made when it is first shown."""

    DEFAULT_CSS = """
    ChangesPanes {
        layout: vertical;
        #upper { height: 1fr; }
        #left { width: 38%; max-width: 70; min-width: 40; }
        #right { width: 1fr; }
        #changed { height: 2fr; min-height: 5; }
        #others { height: auto; padding: 0 1; color: $foreground 60%; display: none; }
        #others.-any { display: block; }
        #steps { height: 1fr; min-height: 4; max-height: 9; }
        #remote { height: auto; min-height: 3; max-height: 9; }
        #diff { height: 1fr; }
        #log { height: 7; }
        &.-short #log { display: none; }
        &.-short #steps { max-height: 5; }
        &.-narrow {
            #left { width: 1fr; max-width: 100%; }
            #right, #log { display: none; }
            &.-diff, &.-commit { #left { display: none; } #right { display: block; } }
            &.-diff #commit { display: none; }
            &.-commit { #diff { display: none; } #commit { height: 1fr; } }
            &.-log { #upper { display: none; } #log { display: block; height: 1fr; } }
        }
        &.-short.-log { #upper { display: none; } #log { display: block; height: 1fr; } }
    }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="upper"):
            with Vertical(id="left"):
                with Vertical(id="changed", classes="panel") as panel:
                    panel.border_title = "Not committed"
                    yield ChangeList(id="list")
                    yield EmptyWords(id="empty", classes="empty", markup=False)
                    yield Static(id="others", markup=False)
                yield StepList(id="steps")
                yield RemoteBox(id="remote")
            with Vertical(id="right"):
                yield DiffPane(id="diff")
                yield CommitForm(id="commit")
        yield GitLogPane(id="log")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.height < SHORT, "-short")

    def open_pane(self, name: str) -> None:
        """Where panes stack, the one that is on top: ``diff``, ``commit``, ``log``, or none for the list."""
        for pane in ("diff", "commit", "log"):
            self.set_class(pane == name, f"-{pane}")

    @property
    def is_stacked(self) -> bool:
        return self.has_class("-narrow")

    @property
    def has_open_pane(self) -> bool:
        return any(self.has_class(f"-{pane}") for pane in ("diff", "commit", "log"))


class ChangesView(View):
    """What is not committed, and the way to the remote."""

    app = getters.app(PartnerApp)

    TITLE = "Changes"
    HELP = """
    What differs from the last commit, in the manifest and in the files that partner-tui wrote; everything else that you
    changed in the clone is left alone. ctrl+z takes the newest step back, until it is committed.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "commit", "Commit", id="changes.commit", tooltip="Write the commit's message"),
        Binding(
            "d",
            "discard",
            "Discard",
            id="changes.discard",
            tooltip="Give the chosen change up; ctrl+z brings it back",
        ),
        Binding(
            "P", "push", "Push", key_display="P", id="changes.push", tooltip="Push the commits to the branch"
        ),
        Binding(
            "p", "bring_in", "Bring in", id="changes.bring_in", tooltip="Fetch, and put your commits on top"
        ),
        Binding(
            "w",
            "toggle_diff",
            "Diff",
            id="changes.diff",
            tooltip="The diff in words, or line by line",
        ),
        Binding(
            "B", "push_branch", "New branch", show=False, id="changes.branch", tooltip="Push to a new branch"
        ),
        Binding("a", "author", "Author", show=False, id="changes.author", tooltip="Say who commits"),
        Binding(
            "l", "log", "Git log", show=False, id="changes.log", tooltip="The git commands of this session"
        ),
        Binding(
            "y",
            "copy_link",
            "Copy link",
            show=False,
            id="changes.copy",
            tooltip="Copy the pull request's link",
        ),
        Binding(
            "o",
            "open_link",
            "Open link",
            show=False,
            id="changes.open",
            tooltip="Open the pull request's page",
        ),
        Binding("escape", "back", "Back", show=False, id="changes.back", tooltip="Back to the list"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._known: Known | None = None
        self._panes: ChangesPanes | None = None
        self._is_ready = False
        self._author: Author | None = None
        self._link: str | None = None

    # What is shown

    def manifest_loaded(self) -> None:
        self._look()

    def repository_changed(self) -> None:
        self._look()

    def shown(self) -> None:
        if self._panes is None:
            self._panes = ChangesPanes()
            self._build(self._panes)
        else:
            self._focus_list()

    @work(exclusive=True, group="build")
    async def _build(self, panes: ChangesPanes) -> None:
        await self.mount(panes)
        self._is_ready = True
        if (message := self.workspace.drafts.find(DRAFT)) and isinstance(message, str):
            panes.query_one(CommitForm).restore(message)
        self._show()
        self._focus_list()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Read what differs from the last commit; edits that follow each other closely are read once."""
        await asyncio.sleep(SETTLE_SECONDS)
        if self.workspace.repository is None:
            self._show()
            return
        with self.app.errors_shown():
            self._known = await asyncio.to_thread(read_known, self.workspace)
            self.workspace_screen.show_changes_count(self._known.count)
            self._show()

    def _show(self) -> None:
        known, panes = self._known, self._panes
        if panes is None or not self._is_ready:
            return
        steps = self.workspace.steps
        panes.query_one(StepList).show(steps.done, steps.undone)
        rows = known.rows if known else ()
        changes = panes.query_one(ChangeList)
        focus_lost = self._is_current and (not changes.display if rows else changes.has_focus)
        changes.show(rows)
        changes.display = bool(rows)
        empty = panes.query_one(EmptyWords)
        empty.display = not rows
        empty.update(self._empty_words())
        self._show_others()
        self._show_remote()
        self._show_form()
        self._show_chosen(changes.chosen)
        if focus_lost or (self._is_current and self.screen.focused is None):
            self._focus_list()
        self.refresh_bindings()

    @property
    def _is_current(self) -> bool:
        """Whether the user is here, and not in the commit's form."""
        focused = self.screen.focused
        within = focused is None or isinstance(focused, ChangeList | EmptyWords)
        return self.display and self.screen.is_current and within

    def _empty_words(self) -> str:
        if self._known is None:
            return self._not_read()
        return (
            "Nothing is edited.\nEdit an entry (1, then e) or the splash (2); what you save is listed here."
        )

    def _not_read(self) -> str:
        if (self.workspace.folder / ".git").exists():
            return "Reading the repository …"
        return "This manifest lies in no git repository, so there is nothing to commit to."

    def _show_others(self) -> None:
        assert self._panes is not None
        count = self._known.others if self._known else 0
        others = self._panes.query_one("#others", Static)
        others.set_class(count > 0, "-any")
        others.update(
            f"{count} other changed file{' is' if count == 1 else 's are'} left alone." if count else ""
        )

    def _show_remote(self) -> None:
        assert self._panes is not None
        box = self._panes.query_one(RemoteBox)
        if self._known is None:
            box.show_words(self._not_read())
            return
        box.show(replace(self._known.standing, link=self._link))
        if self.workspace.repository is not None:
            self._panes.query_one(GitLogPane).follow(self.workspace.repository.log)

    def _show_form(self) -> None:
        assert self._panes is not None
        form, known = self._panes.query_one(CommitForm), self._known
        form.propose(known.message if known else "")
        branch = known.standing.state.branch if known else None
        author = self._author or (known.author if known else None)
        form.show_place(branch, author, known.problem if known else None, self.why_not("commit"))

    def _show_chosen(self, row: ChangeRow | None) -> None:
        assert self._panes is not None
        pane = self._panes.query_one(DiffPane)
        if row is None or self._known is None:
            pane.show_empty()
            return
        differences = self._known.differences if row.file.changes else None
        if differences is None:
            pane.show(row.file.path, None, self._known.hunks(row.file))
        elif row.change is None:
            parts = [(change.words, differences.fields(change)) for change in row.file.changes]
            pane.show(row.file.path, words(parts), differences.hunks)
        else:
            content = words([(row.change.words, differences.fields(row.change))])
            pane.show(row.change.name, content, differences.hunks_of(row.change))

    def _focus_list(self) -> None:
        if self._panes is None or not self._is_ready:
            return
        self._panes.open_pane("")
        changes = self._panes.query_one(ChangeList)
        (changes if changes.display else self._panes.query_one(EmptyWords)).focus()

    @on(OptionList.OptionHighlighted, "#list")
    def _row_highlighted(self) -> None:
        if self._panes is not None:
            self._show_chosen(self._panes.query_one(ChangeList).chosen)
            self.refresh_bindings()

    @on(OptionList.OptionSelected, "#list")
    def _row_selected(self) -> None:
        if self._panes is not None:
            self._panes.open_pane("diff")
            self._panes.query_one(DiffPane).body.focus()

    # What can be done

    @property
    def _chosen(self) -> ChangeRow | None:
        return self._panes.query_one(ChangeList).chosen if self._panes and self._is_ready else None

    def why_not(self, action: str) -> str | None:
        if action not in ("commit", "discard", "push", "push_branch", "bring_in", "copy_link", "open_link"):
            return None
        if (known := self._known) is None:
            return self._not_read().replace("\n", " ")
        if action in ("copy_link", "open_link"):
            return None if self._link else "There is no link: it comes with a push to a new branch."
        if action == "discard":
            return None if self._chosen else "Nothing is edited, so there is nothing to discard."
        if known.problem:
            return known.problem
        if action == "commit":
            return None if known.rows else "Nothing is edited, so there is nothing to commit."
        if known.standing.remote is None:
            return "This clone has no remote. Add one: git remote add origin <url>"
        if any(worker.group == "remote" and not worker.is_finished for worker in self.app.workers):
            return "A push is under way."
        state = known.standing.state
        if action == "bring_in":
            if not state.behind:
                return "Nothing to bring in. f5 fetches."
            return "Commit or discard your edits first, then bring in what arrived." if known.rows else None
        return None if known.standing.unpushed else "Every commit is pushed."

    def action_commit(self) -> None:
        if self._panes is not None:
            self._panes.open_pane("commit")
            self._panes.query_one("#message", TextArea).focus()

    def action_toggle_diff(self) -> None:
        if self._panes is not None:
            focused = self._panes.query_one(DiffPane).has_focus_within
            self._panes.query_one(DiffPane).toggle()
            if focused:
                self._panes.query_one(DiffPane).body.focus()

    def action_log(self) -> None:
        if self._panes is not None:
            self._panes.open_pane("log")
            self._panes.query_one(GitLogPane).focus()

    def action_back(self) -> None:
        """To the list; from there, escape stops what is running."""
        if self._panes is None:
            return
        changes = self._panes.query_one(ChangeList)
        if self._panes.has_open_pane or (changes.display and not changes.has_focus):
            self._focus_list()
        else:
            self.workspace_screen.action_stop()

    @work(exclusive=True, group="act")
    async def action_discard(self) -> None:
        """Give the chosen change up, after a question; it is a step."""
        from partner_tui.ui.screens.confirm import ConfirmScreen

        row, known = self._chosen, self._known
        if row is None or known is None:
            return
        what = f"{visible(row.words, 300)}\n\nIt becomes as in the last commit. ctrl+z brings your edit back."
        if not await self.app.push_screen_wait(
            ConfirmScreen("Discard this change?", what, yes="Discard", no="Keep")
        ):
            return
        step = await self.workspace_screen.act("discarding", lambda: self._discard(row, known))
        if step:
            self.notify(f"{step.title}. ctrl+z brings it back.", markup=False)

    def _discard(self, row: ChangeRow, known: Known) -> Step | None:
        if row.change is None or known.differences is None:
            return history.discard(self.workspace, [row.file.path])
        if known.differences.after.text != self.workspace.document.text:
            raise PartnerTuiError(
                "The manifest was changed meanwhile.", "Look at the change again, then discard it."
            )
        text = known.differences.without(row.change)
        document = type(known.differences.after).parse(text, row.file.path)
        return self.workspace.save(f"discarded: {row.words}", {row.file.path: document.encode()})

    @work(exclusive=True, group="author")
    async def action_author(self) -> None:
        await self._ask_author()
        self._show()

    async def _ask_author(self) -> Author | None:
        """Who commits, by the user; kept in the clone's configuration only when the user says so."""
        from partner_tui.ui.screens.author import AuthorScreen

        known = self._author or (self._known.author if self._known else None)
        answer = await self.app.push_screen_wait(AuthorScreen(known))
        if answer is None:
            return None
        self._author = answer.author
        if answer.keep and self.workspace.repository is not None:
            author = answer.author
            with self.app.errors_shown():
                await asyncio.to_thread(self.workspace.repository.set_author, author.name, author.email)
        return answer.author

    def on_commit_form_author_wanted(self) -> None:
        self.action_author()

    def on_commit_form_message_edited(self, message: CommitForm.MessageEdited) -> None:
        if message.text is None:
            self.workspace.drafts.drop(DRAFT)
        else:
            self.workspace.drafts.keep(DRAFT, message.text)

    @work(exclusive=True, group="act")
    async def on_commit_form_submitted(self, form: CommitForm.Submitted) -> None:
        """Commit what is listed, and push it when that was asked for."""
        known = self._known
        if known is None or self._panes is None:
            return
        author = self._author
        if author is None and known.author is None and (author := await self._ask_author()) is None:
            self.notify("Not committed: git needs to know who you are.", severity="warning")
            return
        made: list[str] = []

        def commit() -> None:
            if form.new_branch is not None:
                history.the_repository(self.workspace).start_branch(form.new_branch)
            made.append(history.commit(self.workspace, form.message, author, form.sign_off))
            self.workspace.open_repository()

        await self.workspace_screen.act("committing", commit)
        if not made:
            return
        self.workspace.drafts.drop(DRAFT)
        self._panes.query_one(CommitForm).committed()
        self._focus_list()
        self.notify(f"Committed {made[0][:7]}.")
        if form.push:
            self._start_push(None)

    # The remote: the work is the app's, so that it survives this view

    def action_push(self) -> None:
        self._start_push(None)

    @work(exclusive=True, group="branch")
    async def action_push_branch(self) -> None:
        from partner_tui.ui.screens.new_branch import NewBranchScreen
        from partner_tui.ui.widgets.commit_form import branch_name

        unpushed = self._known.standing.unpushed if self._known else ()
        proposed = branch_name(unpushed[0].subject if unpushed else "")
        why = "Your commits go to a branch of their own, from which a pull request can be opened."
        if name := await self.app.push_screen_wait(NewBranchScreen(why, proposed)):
            self._start_push(name)

    def action_bring_in(self) -> None:
        self.app.run_worker(self._publisher.bring_in(), group="remote")

    def _start_push(self, new_branch: str | None) -> None:
        self.app.run_worker(self._publisher.push(new_branch), group="remote")

    @property
    def _publisher(self) -> Publisher:
        return Publisher(self.app, self.workspace_screen, self._pushed)

    def _pushed(self, pushed: Pushed) -> None:
        self._link = pushed.compare_url
        more = "\nIts pull request: y copies the link, o opens it." if pushed.compare_url else ""
        self.app.notify(f"{pushed.branch} is at {pushed.commit[:7]} now.{more}", title="Pushed", markup=False)
        if self.is_attached:
            self._show()

    def action_copy_link(self) -> None:
        if self._link:
            self.app.copy_to_clipboard(self._link)
            self.notify("Copied.")

    def action_open_link(self) -> None:
        if self._link:
            self.app.open_url(self._link)
