"""A merge or a revert as it would be: its commit, the entries that it changes, what speaks against it, and the lines of the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.contributions.contribution import Contribution
from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.workspace.contributions.merge_plan import MergePlan, Plan

HOW = {
    "git": "git merges it",
    "entries": "merged by entry, where git alone conflicts",
    "decision": "merged with your decisions",
}
REVERTED = {
    "git": "git reverts it",
    "entries": "reverted by entry, where git alone conflicts",
    "decision": "reverted with your decisions",
}


class MergePreview(PromptScreen[bool]):
    """Dismissed with True to commit it."""

    DEFAULT_CSS = """
    MergePreview {
        .head { height: auto; max-height: 9; padding: 0 1; }
        DiffLines { height: 1fr; margin-top: 1; }
    }
    """
    HELP = (
        "This is what the branch gets. Nothing is committed before you press ctrl+s, and nothing is pushed."
    )
    BINDINGS = [bind("ctrl+s,y", "merge", "Merge", "merge.commit", "Commit this on your branch")]

    def __init__(self, plan: Plan, one: Contribution, *, wants_fixes: bool = False) -> None:
        super().__init__()
        self._plan = plan
        self._one = one
        self._fixes = plan.fixes
        self._verb, self._how = _words(plan)
        self._wants_fixes = wants_fixes

    def compose(self) -> ComposeResult:
        title = f"{self._verb} {number(self._one)}"
        with Box(title, large=True, note="not pushed by this; undo until you push"):
            yield Static(Content("\n").join(self._head()), classes="head", markup=False)
            yield DiffLines()
            yield Choices(("merge", self._verb, "^s"), ("cancel", "Cancel", "esc"))

    def on_mount(self) -> None:
        lines = self.query_one(DiffLines)
        lines.show(list(self._lines()))
        lines.focus()

    def _head(self) -> Iterator[Content]:
        plan, outcome = self._plan, self._plan.outcome
        title, _, trailers = plan.message.partition("\n")
        yield Content.assemble(("Commit  ", "$foreground 60%"), (visible(title, 120), "bold"))
        for line in [line for line in trailers.splitlines() if line.startswith("Co-authored-by:")][:2]:
            yield Content.styled(f"        {visible(line, 120)}", "$foreground 75%")
        if self._fixes is not None:
            fixes = visible(self._fixes.message.partition("\n")[0], 120)
            yield Content.assemble(("Then    ", "$foreground 60%"), (fixes, "bold"))
        elif self._wants_fixes:
            none = "no second commit: nothing can be fixed without a question"
            yield Content.assemble(("Then    ", "$foreground 60%"), none)
        if outcome is None:
            return
        parts = (self._how[plan.merged.how], outcome.entry_counts, plural(len(outcome.files), "file"))
        yield Content.styled("; ".join(filter(None, parts)), "$foreground 75%")
        objections = list(plan.objections())
        for words in objections[:3]:
            yield Content.assemble(("✗ ", "bold $error"), visible(words, 300))
        if len(objections) > 3:
            yield Content.styled(f"  and {len(objections) - 3} more", "$error")

    def _lines(self) -> Iterator[Hunk | str]:
        outcome, fixes = self._plan.outcome, self._fixes
        if outcome is not None:
            if outcome.diff:
                yield "The manifest"
                yield from read_diff(outcome.diff)
            others = [path for path in outcome.files if f"+++ b/{path}\n" not in outcome.diff]
            if others:
                yield "Other files"
                yield from (f"  {visible(path, 200)}" for path in others[:200])
        if fixes is not None:
            yield "Our fixes on top"
            yield from read_diff(fixes.diff)

    def action_merge(self) -> None:
        self.dismiss(True)


def _words(plan: Plan) -> tuple[str, Mapping[str, str]]:
    """What committing it is called, and how it came about."""
    if isinstance(plan, MergePlan):
        return ("Squash" if plan.squash else "Merge"), HOW
    return "Revert", REVERTED
