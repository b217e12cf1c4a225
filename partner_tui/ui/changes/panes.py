"""The panes of the Changes view side by side, or stacked where there is little room."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static, TextArea

from partner_tui.comparison.hunks import read_diff
from partner_tui.plain import plural
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.git_log import GitLogPane
from partner_tui.ui.changes.remote_box import RemoteBox
from partner_tui.ui.changes.undo_history import UndoHistory
from partner_tui.ui.widgets.diff import DiffPane, words
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.changes.uncommitted import ChangesState
from partner_tui.workspace.steps.steps import Steps

NOTHING_EDITED = (
    "No uncommitted changes.\nEdit an entry (1, then e) or the splash (3); what you save is listed here."
)
NARROW = 100
SHORT = 30
"""Below this width and height of the terminal, in cells, the panes stack."""


class ChangesPanes(Container):
    """The panes of the view; made when it is first shown."""

    DEFAULT_CSS = """
    ChangesPanes {
        layout: vertical;
        #upper { height: 1fr; }
        #left { width: 38%; max-width: 70; min-width: 40; }
        #right { width: 1fr; }
        #changed { height: 2fr; min-height: 5; }
        #others { height: auto; padding: 0 1; color: $foreground 60%; }
        #steps { height: 1fr; min-height: 4; max-height: 9; }
        #remote { height: auto; min-height: 3; max-height: 9; }
        #diff { height: 1fr; }
        #log { height: 7; }
        &.-log #log { height: 60%; }
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

    _list = getters.query_one("#list", ChangeList)
    _empty = getters.query_one("#empty", EmptyWords)
    _diff = getters.query_one("#diff", DiffPane)
    _form = getters.query_one("#commit", CommitForm)
    _log = getters.query_one("#log", GitLogPane)

    def __init__(self) -> None:
        super().__init__()
        self._known: ChangesState | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="upper"):
            with Vertical(id="left"):
                with Vertical(id="changed", classes="panel") as panel:
                    panel.border_title = "Uncommitted changes"
                    yield ChangeList(id="list")
                    yield EmptyWords(id="empty")
                    yield Static(id="others", markup=False)
                yield UndoHistory(id="steps")
                yield RemoteBox(id="remote")
            with Vertical(id="right"):
                yield DiffPane(id="diff")
                yield CommitForm(id="commit")
        yield GitLogPane(id="log")

    def on_mount(self) -> None:
        self.on_resize()  # the event is lost when the screen is laid out before this widget runs

    def on_resize(self) -> None:
        """What has the focus stays in sight where the panes stack now."""
        size = self.app.size
        path = self.screen.focused.ancestors_with_self if self.screen.focused else ()
        self._stack(next((name for name, pane in self._stacked.items() if pane in path), ""))
        self.set_class(size.width < NARROW, "-narrow")
        self.set_class(size.height < SHORT, "-short")

    @property
    def _stacked(self) -> dict[str, Widget]:
        """The panes that stand on top of the list where there is no room beside it."""
        return {"diff": self._diff, "commit": self._form, "log": self._log}

    def open_pane(self, name: str) -> None:
        """Go to a pane, ``diff``, ``commit`` or ``log``; where panes stack, it stands on top."""
        self._stack(name)
        focused = {"diff": self._diff.body, "commit": self._form.query_one(TextArea), "log": self._log}[name]
        # At once: until a deferred focus comes, a resize or what was read would take the list for what is in use.
        self.screen.set_focus(focused)

    def focus_list(self) -> None:
        """Back to the list, or to what stands in its place."""
        self._stack("")
        self.screen.set_focus(self._list if self._list.display else self._empty)

    @property
    def list_has_focus(self) -> bool:
        return self.screen.focused in (self._list, self._empty)

    def _stack(self, name: str) -> None:
        for pane in self._stacked:
            self.set_class(pane == name, f"-{pane}")

    def show(
        self,
        known: ChangesState | None,
        steps: Steps,
        absent: str,
        disabled_reason: str | None,
        amend_disabled_reason: str | None,
    ) -> None:
        """Show what is known.

        Args:
            absent: Says why nothing is known.
        """
        self._known = known
        rows = known.rows if known else ()
        self._list.show(rows)
        self._list.display = bool(rows)
        self._empty.display = not rows
        self._empty.update(NOTHING_EDITED if known else absent)
        self._show_others(known.others if known else 0)
        self.query_one(UndoHistory).show(steps.done, steps.undone)
        box = self.query_one(RemoteBox)
        if known is None:
            box.show_words(absent)
        else:
            box.show(known.standing)
        self._form.show(known, disabled_reason, amend_disabled_reason)

    def _show_others(self, count: int) -> None:
        others = self.query_one("#others", Static)
        others.display = count > 0
        others.update(
            f"{plural(count, 'other changed file')} {'is' if count == 1 else 'are'} not included in commits."
        )

    def on_side_list_selected(self) -> None:
        row, known = self._list.chosen, self._known
        if row is None or known is None:
            self._diff.show_empty()
            return
        comparison = row.file.comparison
        if comparison is None or not comparison.changes:
            self._diff.show(row.file.path, None, read_diff(row.file.diff))
        elif row.change is None:
            parts = [(change.summary, comparison.fields(change)) for change in row.file.changes]
            self._diff.show(row.file.path, words(parts), comparison.hunks)
        else:
            content = words([(row.change.summary, comparison.fields(row.change))])
            self._diff.show(row.change.name, content, comparison.hunks_of(row.change))
