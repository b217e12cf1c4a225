"""Asks for the texts of a pull request, and shows what would be sent and where before anything is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Input, Static, TextArea

from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.draft_keeper import DraftKeeper
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.toggles import CheckBox
from partner_tui.workspace.changes.pull_request import Proposal, Texts

SHOWN = 3


class PullRequestScreen(PromptScreen[Texts]):
    """Dismissed with what was written; None when cancelled.

    Args:
        keep: Keeps what was written so far. Blocks.
    """

    DEFAULT_CSS = """
    PullRequestScreen {
        Box { width: 88; padding: 0 2; }
        .field { margin-bottom: 0; }
        #body {
            height: 6; border: none; padding: 0 1; margin-top: 1; background: $panel; scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
        &.-tall { Box { padding: 1 2; } #body { height: 12; } }
        #sent { margin-bottom: 1; }
        CheckBox { width: 12; margin-left: 2; }
        Input:focus { background: $boost; }
    }
    """
    HELP = """
    What is sent, and where, is at the top. Nothing is sent before you open it. Your text is kept until the pull request is open,
    also when you cancel or the forge does not take it.
    """
    BINDINGS = [bind("ctrl+s,ctrl+enter", "open", "Open", "pull_request.open", "Push, and open the request")]

    def __init__(self, proposal: Proposal, keep: Callable[[Texts], None]) -> None:
        super().__init__()
        self._proposal = proposal
        self._texts = proposal.texts
        self._drafts = DraftKeeper(self, lambda: keep(self._texts))

    def compose(self) -> ComposeResult:
        proposal, texts = self._proposal, self._proposal.texts
        with Box("Open a pull request"):
            yield Static(Content("\n").join(sent_words(proposal)), id="sent")
            yield labelled("Title", Input(texts.title, compact=True, id="title"))
            yield labelled(
                "Topic" if proposal.way == "agit" else "Branch",
                Input(texts.branch, compact=True, id="branch", disabled=not proposal.is_new),
            )
            draft = CheckBox("draft", texts.is_draft, compact=True, id="draft")
            draft.display = proposal.way != "page"
            yield labelled("Into", Input(texts.base, compact=True, id="base"), draft)
            yield TextArea(texts.body, id="body", tab_behavior="focus", soft_wrap=True)
            label = "Push and show its page" if proposal.way == "page" else "Open pull request"
            yield Choices(("open", label, "^s"), ("no", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one("#title", Input).focus()
        self.query_one("#body", TextArea).placeholder = "Description, as Markdown"

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Checkbox.Changed)
    def _edited(self) -> None:
        texts = Texts(
            self._value("title"),
            self.query_one("#body", TextArea).text,
            self._value("branch"),
            self._value("base"),
            self.query_one("#draft", Checkbox).value,
        )
        if texts != self._texts:
            self._texts = texts
            self._drafts.changed()

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        """Enter goes on: what others see is never sent by it."""
        self.focus_next()

    def action_open(self) -> None:
        self._edited()
        for name in ("title", "branch", "base"):
            if not self._value(name):
                self.query_one(f"#{name}", Input).focus()
                self.notify("Title, branch and target cannot be empty.", severity="warning")
                return
        self._drafts.flush()
        self.dismiss(self._texts)

    def action_cancel(self) -> None:
        self._drafts.flush()
        self.dismiss(None)

    def on_unmount(self) -> None:
        self._drafts.flush()


def sent_words(proposal: Proposal) -> Iterator[Content]:
    """What would be sent, and where."""
    count = plural(len(proposal.commits), "commit")
    where = visible(proposal.remote, 40)
    place = (visible(proposal.place, 100), "$accent")
    if proposal.way == "agit":
        yield Content.assemble(f"One push of {count} to {where} opens a pull request at ", place, ".")
        yield _quiet("No branch is made. The push carries the description as one line.")
    else:
        pushed = "is pushed" if len(proposal.commits) == 1 else "are pushed"
        first = f"{count} on {where} already" if proposal.is_pushed else f"{count} {pushed} to {where}"
        if proposal.way == "api":
            yield Content.assemble(f"{first}; a pull request is opened at ", place, ".")
        else:
            yield Content.assemble(f"{first}. Then you open the pull request at ", place, ".")
            yield _quiet("The forge's API is not used: its page opens, and your text is copied.")
    for commit in proposal.commits[:SHOWN]:
        yield Content.assemble((f"  {commit.short} ", "$secondary"), visible(commit.subject, 70))
    if len(proposal.commits) > SHOWN:
        yield _quiet(f"  and {len(proposal.commits) - SHOWN} more")


def _quiet(text: str) -> Content:
    return Content.styled(text, "$foreground 60%")
