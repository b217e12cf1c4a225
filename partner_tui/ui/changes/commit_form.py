"""The commit: its message, who makes it, and where it goes. The message follows the changes until it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static, TextArea

from partner_tui.plain import visible
from partner_tui.repository.branches.branch_names import free_name
from partner_tui.repository.commits.last_commit import LastCommit
from partner_tui.repository.config import Author
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.toggles import CheckBox, RadioChoice
from partner_tui.workspace.changes.branching import branch_name
from partner_tui.workspace.changes.uncommitted import ChangesState

SUBJECT_LENGTH = 72


class CommitForm(Vertical):
    """Message, author, sign-off and target of a commit."""

    TITLE = "Commit message"
    DEFAULT_CSS = """
    CommitForm {
        height: 28%; min-height: 10; max-height: 16;
        TextArea {
            height: 1fr; border: none; padding: 0 1; background: $surface; scrollbar-size-vertical: 1;
            &:focus { border: none; background: $panel; }
        }
        .row { height: 1; padding: 0 1; }
        .label { width: 8; color: $foreground 60%; }
        .author { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        RadioChoice { margin-right: 2; text-wrap: nowrap; text-overflow: ellipsis; }
        #here { max-width: 32%; }
        CheckBox { margin-left: 2; }
        Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; &:focus { background: $panel; } }
        .buttons { height: 1; align-horizontal: right; padding: 0 1; }
        .problem { width: 1fr; color: $warning; text-wrap: nowrap; text-overflow: ellipsis; }
        Button { margin-left: 2; min-width: 0; padding: 0 1; &:focus { text-style: bold underline; } }
    }
    """
    HELP = """
    The message is generated from the changes until you edit it. Clear it to generate it again. Amend replaces the last commit by
    one with this message and the changes since; it is possible until that commit is pushed.
    """
    BINDINGS = [
        bind(
            "ctrl+s,ctrl+enter",
            "commit(False)",
            "Commit",
            "commit.commit",
            "Write the listed changes to a commit",
        ),
        bind(
            "ctrl+g",
            "commit(True)",
            "Commit and push",
            "commit.push",
            "Write the listed changes to a commit, then push it",
        ),
    ]

    @dataclass
    class Submitted(Message):
        """A commit is wanted.

        Args:
            new_branch: To be started for it; None for the current branch.
        """

        message: str
        sign_off: bool
        new_branch: str | None
        push: bool
        amend: str | None = None

    class AuthorWanted(Message):
        """The author is to be asked for."""

    class MessageEdited(Message):
        """The message is the user's own now, or was given up."""

        def __init__(self, text: str | None) -> None:
            super().__init__()
            self.text = text

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Commit"
        self._proposed = ""
        self._branch = ""
        self._taken: Iterable[str] = ()
        self._suggested = ""
        self._why_not: str | None = None
        self._last: LastCommit | None = None
        self._amend_disabled_reason: str | None = None
        self._problem = ""

    def compose(self) -> ComposeResult:
        yield TextArea(
            soft_wrap=True, show_line_numbers=False, compact=True, tab_behavior="focus", id="message"
        )
        with Horizontal(classes="row"):
            yield Static("Author", classes="label")
            yield Static(markup=False, classes="author")
            yield CheckBox("Signed-off-by", compact=True, id="sign-off")
            yield CheckBox("amend", compact=True, id="amend")
        with Horizontal(classes="row"):
            yield Static("Branch", classes="label")
            yield RadioChoice("this branch", value=True, compact=True, id="here")
            yield RadioChoice("new branch", compact=True, id="elsewhere")
            yield Input(compact=True, id="branch", disabled=True)
        with Horizontal(classes="buttons"):
            yield Static(markup=False, classes="problem")
            yield Button("Commit", compact=True, variant="primary", id="commit")
            yield Button("Commit and push", compact=True, id="push")

    def on_mount(self) -> None:
        self.query_one("#message", TextArea).placeholder = "Summary of the changes"

    # What is shown

    @property
    def message(self) -> str:
        return self.query_one("#message", TextArea).text

    @property
    def is_edited(self) -> bool:
        """Whether the message is the user's own."""
        return bool(self.message.strip()) and self.message != self._proposed

    def propose(self, message: str, taken: Iterable[str] = ()) -> None:
        """Propose a message, unless the user wrote one.

        Args:
            taken: Names of branches that the proposed one must not be in the way of.
        """
        self._taken, self._suggested = taken, message
        if self.is_amending and self._last is not None:
            message = self._last.commit.message
        follows = not self.is_edited
        self._proposed = message
        if follows and self.message != message:
            self.query_one("#message", TextArea).load_text(message)
        self._propose_branch()

    def restore(self, message: str) -> None:
        """Put a message there that the user wrote before."""
        self.query_one("#message", TextArea).load_text(message)

    def give_back(self, message: str) -> None:
        """Put the message of an undone commit there, unless the user wrote one."""
        if not self.is_edited:
            self.query_one("#amend", CheckBox).value = False
            self._proposed = ""
            self.restore(message)

    def show(self, known: ChangesState | None, why_not: str | None, why_not_amended: str | None) -> None:
        """Show where a commit goes, who makes it, and what is wrong with the clone or else keeps it from being made."""
        last = known.last if known else None
        if last != self._last and self.is_amending:
            self.query_one("#amend", CheckBox).value = False
        self._last, self._why_not, self._amend_disabled_reason = last, why_not, why_not_amended
        here = self.query_one("#here", RadioChoice)
        here.label = Content(visible((known and known.standing.state.branch) or "no branch", 30))
        self.query_one(".author", Static).update(_author(known.author if known else None))
        self._problem = (known and (known.problem or known.unsound)) or ""
        if known is not None:
            self.propose(known.message, known.taken)
        self._show_mode()

    @property
    def is_amending(self) -> bool:
        """Whether the last commit is to be made again."""
        return self.query_one("#amend", CheckBox).value

    @property
    def _why_not_now(self) -> str | None:
        return self._amend_disabled_reason if self.is_amending else self._why_not

    def amend(self) -> None:
        """Turn to the last commit, to make it again."""
        self.query_one("#amend", CheckBox).value = True

    def _show_mode(self) -> None:
        """What is about to be done: a new commit, or the last one again."""
        amends = self.is_amending
        self.border_title = "Amend the last commit" if amends else "Commit"
        self.query_one("#commit", Button).label = "Amend" if amends else "Commit"
        self.query_one("#push", Button).label = "Amend and push" if amends else "Commit and push"
        if amends:
            self.query_one("#here", RadioChoice).value = True
        self.query_one("#elsewhere", RadioChoice).disabled = amends
        said = f"{self._last.commit.short} is replaced." if amends and self._last else ""
        self.query_one(".problem", Static).update(visible(self._problem or said))
        for button in self.query(Button):
            button.disabled = self._why_not_now is not None
            button.refresh(layout=True)  # or its width stays that of the label before

    def _propose_branch(self) -> None:
        """The branch's name follows the message until it is edited."""
        field = self.query_one("#branch", Input)
        proposed = free_name(branch_name(self.message), self._taken)
        if field.value in ("", self._branch):
            field.value = proposed
        self._branch = proposed

    # What is done with it

    @on(CheckBox.Changed, "#amend")
    def _amend_changed(self, event: CheckBox.Changed) -> None:
        if event.value and self._amend_disabled_reason:
            event.checkbox.value = False
            self.notify(self._amend_disabled_reason, severity="warning", markup=False)
            return
        self.propose(self._suggested, self._taken)
        self._show_mode()

    @on(TextArea.Changed, "#message")
    def _message_changed(self) -> None:
        subject = len(self.message.partition("\n")[0])
        self.border_subtitle = (
            f"subject {subject}/{SUBJECT_LENGTH} characters" if subject > SUBJECT_LENGTH else ""
        )
        self._propose_branch()
        self.post_message(self.MessageEdited(self.message if self.is_edited else None))

    @on(RadioChoice.Changed)
    def _target_changed(self, event: RadioChoice.Changed) -> None:
        other = self.query_one("#elsewhere" if event.radio_button.id == "here" else "#here", RadioChoice)
        other.value = not event.value
        branch = self.query_one("#branch", Input)
        branch.disabled = not self.query_one("#elsewhere", RadioChoice).value

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_commit(event.button.id == "push")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#commit", Button).focus()

    @on(events.Click, ".author")
    def _change_author(self) -> None:
        self.post_message(self.AuthorWanted())

    def action_commit(self, push: bool) -> None:
        if disabled_reason := self._why_not_now:
            self.notify(disabled_reason, severity="warning", markup=False)
            return
        branch = self.query_one("#branch", Input).value.strip()
        new_branch = branch if self.query_one("#elsewhere", RadioChoice).value else None
        sign_off = self.query_one("#sign-off", CheckBox).value
        amend = self._last.commit.hash if self.is_amending and self._last else None
        self.post_message(self.Submitted(self.message, sign_off, new_branch, push, amend))

    def committed(self) -> None:
        """The message was used; the next one is proposed anew, and goes to the branch that is current then."""
        self.query_one("#amend", CheckBox).value = False
        self._proposed = ""
        self.query_one("#message", TextArea).load_text("")
        self.query_one("#here", RadioChoice).value = True


def _author(author: Author | None) -> Content:
    change = Content.styled("  (a: change)", "$foreground 50%")
    name = (
        Content(visible(str(author))) if author else Content.styled("not set; you will be asked", "$warning")
    )
    return name + change
