"""Findings in two lines each: what is wrong and where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.plain import visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import SEVERITY_STYLES, STATUS_STYLES
from partner_tui.ui.widgets.empty import ListOrWords
from partner_tui.ui.widgets.side_list import cursor_keys

PLACE_WIDTH = 10
"""What severity, line and the key of the fix take, in cells."""
UPGRADE = "format-version"
"""The fix of the finding that tells the format and the latest one: it stands first."""


class FindingList(ListOrWords[Finding]):
    """The findings of one entry, or of the manifest."""

    TITLE = "Findings"
    DEFAULT_CSS = """
    FindingList {
        #standing { height: auto; padding: 0 1; margin: 0 0 1 0; display: none; }
    }
    """
    BINDINGS = [*cursor_keys("findings", "finding")]
    MOST = 200

    class Chosen(Message):
        """Enter or a click on a finding."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fixable = False

    def compose(self) -> ComposeResult:
        yield Static(id="standing", markup=False)
        yield from super().compose()

    def show(self, check: EntryCheck | None) -> None:
        """Show what the check of an entry found; None while it is not checked."""
        standing = self.query_one("#standing", Static)
        text = Text()
        if check is not None and check.status is not Status.UNCHECKED:
            style = theme_style(self.app, STATUS_STYLES[check.status])
            text.append(f"{check.status.glyph} ", style)
            text.append(_standing(check))
        findings = sorted(check.findings if check else (), key=lambda finding: finding.fix != UPGRADE)
        standing.update(text)
        standing.display = bool(text) and bool(findings) and findings[0].fix != UPGRADE
        self.show_findings(findings, _nothing(check), fixable=True)

    def show_findings(self, findings: Sequence[Finding], nothing: str, fixable: bool = False) -> None:
        """Show findings, or what to say where there are none.

        Args:
            fixable: Whether the fix that a finding names can be applied here.
        """
        self._fixable = fixable
        self.show_items(findings, nothing)

    def row(self, place: int, finding: Finding) -> Table:
        return two_lines(self.app, finding, self._fixable)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if (finding := self.selected) is not None:
            self.post_message(self.Chosen(finding))


def two_lines(app: App[Any], finding: Finding, fixable: bool = False) -> Table:
    """A finding with its place, and what to do about it below."""
    quiet = theme_style(app, "$foreground 60%")
    severity = theme_style(app, SEVERITY_STYLES[finding.severity])
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=PLACE_WIDTH)
    grid.add_column(ratio=1)
    place = f"{visible(finding.file, 80)}:{finding.line}  " if finding.file else ""
    words = Text.assemble((place, quiet), visible(finding.message, 600))
    hint = Text(visible(finding.hint, 600), quiet)
    line = Text(f"L{finding.line}" if finding.line else "", quiet)
    if fixable and finding.fix:
        line.append(" f", theme_style(app, "$accent"))
        line.append(" fix" if len(line) + 4 <= PLACE_WIDTH else "", quiet)
    grid.add_row(Text(f"{finding.severity.glyph} {finding.severity}", severity), words)
    grid.add_row(line, hint)
    return grid


def _standing(check: EntryCheck) -> str:
    version = f"format {check.format_version}" if check.format_version else "no format version"
    match check.status:
        case Status.LATEST:
            return f"{version}, the latest"
        case Status.UNRESOLVED:
            return f"{Status.UNRESOLVED}: {Status.UNRESOLVED.meaning}"
        case _ if check.latest and check.format_version != check.latest:
            return f"{version}, latest is {check.latest}"
        case _:
            return f"{version}: {check.status.meaning}"


def _nothing(check: EntryCheck | None) -> str:
    if check is None:
        return "Not checked yet."
    match check.status:
        case Status.LATEST:
            return "No findings. This entry uses the latest format."
        case Status.UNCHECKED:
            return "This entry could not be checked."
        case _:
            return f"No findings.\n\n{check.status.glyph} {_standing(check)}"
