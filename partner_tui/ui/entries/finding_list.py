"""Findings in two lines each: what is wrong and where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.plain import visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import SEVERITY_STYLES, STATUS_STYLES
from partner_tui.ui.widgets.empty import EmptyWords

MAX_SHOWN = 200
PLACE_WIDTH = 10
"""What severity, line and the key of the fix take, in cells."""
UPGRADE = "format-version"
"""The fix of the finding that tells the format and the latest one: it stands first."""


class FindingList(Vertical):
    """The findings of one entry, or of the manifest."""

    TITLE = "Findings"
    DEFAULT_CSS = """
    FindingList {
        #standing { height: auto; padding: 0 1; margin: 0 0 1 0; display: none; }
        OptionList { border: none; height: 1fr; background: $background; padding: 0; scrollbar-size-vertical: 1; }
        OptionList:focus { border: none; background-tint: $background 0%; }
        OptionList > .option-list--option { padding: 0 1; }
        .empty { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j",
            "focused('cursor_down')",
            "Down",
            show=False,
            id="findings.down",
            tooltip="Go to the next finding",
        ),
        Binding(
            "k",
            "focused('cursor_up')",
            "Up",
            show=False,
            id="findings.up",
            tooltip="Go to the previous finding",
        ),
        Binding(
            "g",
            "focused('first')",
            "First",
            show=False,
            id="findings.first",
            tooltip="Go to the first finding",
        ),
        Binding(
            "G", "focused('last')", "Last", show=False, id="findings.last", tooltip="Go to the last finding"
        ),
    ]

    class Chosen(Message):
        """Enter or a click on a finding."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._findings: Sequence[Finding] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="standing", markup=False)
        yield EmptyWords(id="nothing")
        yield OptionList(markup=False)

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
        self._findings = findings[:MAX_SHOWN]
        options = self.query_one(OptionList)
        highlighted = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(two_lines(self.app, finding, fixable)) for finding in self._findings)
        if len(findings) > MAX_SHOWN:
            options.add_option(Option(f"… and {len(findings) - MAX_SHOWN} more", disabled=True))
        options.highlighted = min(highlighted, len(self._findings) - 1) if findings else None
        empty = self.query_one("#nothing", EmptyWords)
        had_focus = self.has_focus_within
        options.display = bool(findings)
        empty.update(nothing)
        empty.display = not findings
        if had_focus:
            self.body.focus()

    @property
    def body(self) -> Widget:
        """The list, or what stands in its place."""
        options = self.query_one(OptionList)
        return options if options.display else self.query_one("#nothing")

    @property
    def chosen(self) -> Finding | None:
        """The finding under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._findings[at] if at is not None and at < len(self._findings) else None

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if message.option_index < len(self._findings):
            self.post_message(self.Chosen(self._findings[message.option_index]))

    def action_focused(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()


def two_lines(app: App[Any], finding: Finding, fixable: bool = False) -> Table:
    """A finding with its place, and what to do about it below.

    Args:
        fixable: Whether the fix that it names can be applied here.
    """
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
