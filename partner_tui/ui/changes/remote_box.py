"""State of the branch against the remote: commits to push, commits to pull, what is gone, and the link of a new branch."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import plural, visible
from partner_tui.workspace.changes.uncommitted import BranchStatus

SHOWN = 50


class RemoteBox(VerticalScroll):
    """What is to be pushed and pulled, calmly."""

    BORDER_TITLE = "Remote"
    DEFAULT_CLASSES = "panel"
    DEFAULT_CSS = """
    RemoteBox {
        scrollbar-size-vertical: 1;
        Static { height: auto; padding: 0 1; }
        #standing { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(markup=False, id="words")
        yield Static(markup=False, id="standing")

    async def on_click(self, event: events.Click) -> None:
        if self.border_subtitle and event.screen_offset.y == self.region.bottom - 1:
            await self.run_action("screen.branches")

    def show_words(self, text: str) -> None:
        self._update([_quiet(visible(text, lines=True))], [])

    def show(self, standing: BranchStatus) -> None:
        self.border_subtitle = "b branches"
        self.border_title = Content(f"Remote  {visible(standing.state.branch or 'detached HEAD', 40)}").markup
        self._update(_words(standing), _standing(standing))

    def _update(self, words: list[Content], standing: list[Content]) -> None:
        for part, lines in (("#words", words), ("#standing", standing)):
            static = self.query_one(part, Static)
            static.display = bool(lines)
            static.update(Content("\n").join(lines))


def _words(standing: BranchStatus) -> list[Content]:
    """What is read to its end, and wraps: what is wrong, and the link."""
    lines: list[Content] = []
    if problem := standing.state.problem:
        lines += [Content.styled(visible(problem[0]), "$warning"), _quiet(problem[1])]
    if standing.link:
        y, o = ("y", "$accent"), ("o", "$accent")
        lines += [
            Content.assemble("Pull request: ", y, " copies its link, ", o, " opens it"),
            Content.styled(visible(standing.link), "$secondary"),
        ]
    if standing.no_remote is not None:
        lines.append(_quiet(visible(standing.no_remote)))
    return lines


def _standing(standing: BranchStatus) -> list[Content]:
    """What is to be pulled and pushed, a line each."""
    state, count = standing.state, len(standing.unpushed)
    if standing.no_remote is not None:
        return []
    lines: list[Content] = []
    upstream, target = state.tracking.upstream, state.tracking.target
    if state.is_gone:
        lines.append(
            Content.styled(f"{visible(str(upstream))} is gone: renamed or deleted.", "bold $warning")
        )
    if standing.new_default:
        said = (f"Default branch: {visible(standing.new_default)}", "bold $warning")
        lines.append(Content.assemble(said, "   ", ("p", "$accent"), " follows"))
    if state.behind:
        behind = f"↓{plural(state.behind, 'commit')} to pull"
        lines.append(Content.assemble((behind, "bold $warning"), "   ", ("p", "$accent"), " pulls"))
    if count:
        ahead = f"↑{plural(count, 'commit')} not pushed"
        where = "" if target is None or target == upstream else f" to {visible(str(target))}"
        pushes = " asks where" if state.is_gone or target is None else f" pushes{where}"
        lines.append(Content.assemble((ahead, "bold"), "   ", ("P", "$accent"), pushes))
        lines += [
            Content.assemble((f"  {commit.short} ", "$secondary"), Content(visible(commit.subject, 200)))
            for commit in standing.unpushed[:SHOWN]
        ]
    if standing.may_request and not standing.link and state.problem is None:
        lines.append(Content.assemble(("r", "$accent"), " opens a pull request"))
    if not lines and state.problem is None:
        with_whom = f"Up to date with {upstream}." if upstream else "Nothing to push."
        if upstream and target and target != upstream:  # what one of them has counts as pushed
            with_whom = f"Every commit is on {target} or {upstream}."
        lines.append(_quiet(visible(with_whom)))
    return lines


def _quiet(text: str) -> Content:
    return Content.styled(text, "$foreground 60%")
