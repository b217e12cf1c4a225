"""The findings that a contribution brings, resolves, and leaves, each below its name; what is new comes first."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.ui.entries.finding_list import two_lines
from partner_tui.ui.widgets.side_list import cursor_keys

MAX_SHOWN = 200
PARTS = (
    ("new", "New", "$error"),
    ("resolved", "Resolved", "$success"),
    ("remaining", "Remaining", "$foreground 60%"),
)


class FindingChangesList(OptionList):
    """New, resolved and remaining findings."""

    TITLE = "Findings"
    BINDINGS = [*cursor_keys("brought", "finding")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def show(self, changes: FindingChanges | None) -> None:
        """Show the findings of an entry, or of the manifest; None while they are not known."""
        if changes is None:
            self.set_options([Option("Checking…", disabled=True)])
            return
        options = []
        for name, title, colour in PARTS:
            findings = getattr(changes, name)
            heading = Content.assemble((title, f"bold {colour}"), (f"  {len(findings)}", "$foreground 60%"))
            options.append(Option(heading, disabled=True))
            options += [Option(two_lines(self.app, one)) for one in findings[:MAX_SHOWN]]
            if len(findings) > MAX_SHOWN:
                options.append(Option(f"… and {len(findings) - MAX_SHOWN} more", disabled=True))
        if not any((changes.new, changes.resolved, changes.remaining)):
            options = [Option("No findings, before or after.", disabled=True)]
        self.clear_options()
        self.add_options(options)
        self.action_first()
