"""Where the branch stands against the remote: commits to push, commits to bring in, and the link of a new branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.repository.commit import Commit
from partner_tui.repository.state import State
from partner_tui.ui.plain import visible

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the branch and its remote.

    Args:
        remote: The remote's URL without credentials; None when there is none.
        unpushed: Newest first.
        link: Where a pull request is opened from the branch that was pushed last.
    """

    state: State
    remote: str | None
    unpushed: tuple[Commit, ...]
    link: str | None = None


class RemoteBox(VerticalScroll):
    """What is to be pushed and brought in, calmly."""

    DEFAULT_CSS = """
    RemoteBox {
        scrollbar-size-vertical: 1;
        Static { height: auto; padding: 0 1; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Remote"

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Reading the repository …", "$foreground 60%"), markup=False)

    def show_words(self, text: str) -> None:
        self.query_one(Static).update(Content.styled(visible(text, lines=True), "$foreground 60%"))

    def show(self, standing: Standing) -> None:
        lines = list(_lines(standing))
        self.border_title = f"Remote  {visible(standing.state.branch or 'detached HEAD', 40)}".replace(
            "[", "\\["
        )
        self.query_one(Static).update(Content("\n").join(lines))


def _lines(standing: Standing) -> Sequence[Content]:
    state = standing.state
    lines: list[Content] = []
    if state.problem is not None:
        lines += [Content.styled(visible(state.problem[0]), "$warning"), _quiet(state.problem[1])]
    if standing.link:
        lines += [
            Content.assemble(
                "Open a pull request:  ", ("y", "$accent"), " copies, ", ("o", "$accent"), " opens"
            ),
            Content.styled(visible(standing.link), "$secondary"),
        ]
    if standing.remote is None:
        return [*lines, _quiet("This clone has no remote; commits stay here.")]
    if state.behind:
        count = f"↓{state.behind} {_commits(state.behind)} to bring in"
        lines.append(Content.assemble((count, "bold $warning"), "   ", ("p", "$accent"), " brings them in"))
    if standing.unpushed:
        count = f"↑{len(standing.unpushed)} {_commits(len(standing.unpushed))} not pushed"
        lines.append(Content.assemble((count, "bold"), "   ", ("P", "$accent"), " pushes"))
        lines += [
            Content.assemble((f"  {commit.short} ", "$secondary"), Content(visible(commit.subject, 200)))
            for commit in standing.unpushed[:SHOWN]
        ]
    if not state.behind and not standing.unpushed:
        lines.append(
            _quiet(f"Level with {visible(state.upstream)}." if state.upstream else "Nothing to push.")
        )
    return lines


def _quiet(text: str) -> Content:
    return Content.styled(text, "$foreground 60%")


def _commits(count: int) -> str:
    return "commit" if count == 1 else "commits"
