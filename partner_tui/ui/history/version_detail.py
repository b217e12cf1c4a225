"""One version: its commit, and every value that it changed, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.review.field_list import FieldList
from partner_tui.workspace.entries.history import Version

_MESSAGE = 600
"""Characters of a commit's message."""


class VersionDetail(Vertical):
    """The panel beside the list; its keys are about the selected field alone."""

    TITLE = "Version"
    DEFAULT_CSS = """
    VersionDetail {
        FieldList { height: 1fr; }
        #commit { height: auto; max-height: 6; padding: 0 1; margin-bottom: 1; }
    }
    """
    BINDINGS = [
        bind(
            "r",
            "screen.restore_field('after')",
            "Restore field",
            "version.restore_after",
            "Give this field the value it had after the commit",
        ),
        bind(
            "b",
            "screen.restore_field('before')",
            "Field as before",
            "version.restore_before",
            "Give this field the value it had before the commit",
        ),
    ]

    fields = getters.query_one(FieldList)

    def __init__(self) -> None:
        super().__init__(id="detail", classes="panel")
        self._count = 0

    def compose(self) -> ComposeResult:
        yield Static(id="commit", markup=False)
        yield FieldList(id="fields")

    def show(self, version: Version | None, nothing: str) -> None:
        """Show a version.

        Args:
            nothing: Said where there is none.
        """
        self._count = len(version.fields) if version else 0
        self.border_title = version.commit.short if version and version.commit else "Version"
        head = self.query_one("#commit", Static)
        head.display = version is not None
        if version is None:
            self.fields.show((), {}, nothing)
            return
        head.update(Content("\n").join(_head(version)))
        changes = (*version.fields, *version.rdf_fields)
        rdf = version.after.rdf or version.before.rdf
        where = f"in {rdf.path}" if rdf else ""
        notes = dict.fromkeys(range(len(version.fields), len(changes)), where)
        unread = visible(version.problem, 400) if version.change == "unreadable" else ""
        self.fields.show(changes, notes, unread or "No value differs.")

    @property
    def in_rdf(self) -> bool:
        """Whether the selected field is one of the RDF file."""
        return (self.fields.options.highlighted or 0) >= self._count


def _head(version: Version) -> Iterator[Content]:
    commit = version.commit
    if commit is None:
        yield Content.styled("Uncommitted changes", "bold")
        return
    subject, _, rest = visible(commit.message, _MESSAGE, lines=True).partition("\n")
    yield Content.styled(subject or "(no message)", "bold")
    who = f"{commit.author.name} <{commit.author.email}>  {commit.date:%Y-%m-%d %H:%M}"
    yield Content.styled(visible(who, 200), "$foreground 60%")
    if version.was:
        yield Content.styled(f"renamed {visible(version.was, 60)} to {visible(version.name, 60)}", "$accent")
    if version.change == "oldest":
        yield Content.styled("It was there already: older commits are not in this clone.", "$warning")
    if version.more:
        yield Content.styled(f"{plural(version.more, 'commit')} before it cannot be read either.", "$warning")
    if rest.strip():
        yield Content(rest.strip())
