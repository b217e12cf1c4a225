"""The versions of an entry as a list, two lines each: what the commit says, and when who changed how much."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.workspace.entries.history import Version

_COLOURS = {"added": "$success", "removed": "$error", "renamed": "$accent", "unreadable": "$warning"}


class VersionList(SideList):
    """The newest version first; more are added below while the log is read."""

    TITLE = "Versions"
    BINDINGS = [
        bind("enter", "select", "Open", "versions.open", "Go to the fields that it changed"),
        *cursor_keys("versions", "version"),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.versions: list[Version] = []

    @property
    def selected(self) -> Version | None:
        at = self.highlighted
        return self.versions[at] if at is not None and at < len(self.versions) else None

    def clear(self) -> None:
        """Begin anew."""
        self.versions = []
        self.clear_options()

    def extend(self, versions: Sequence[Version]) -> None:
        """Add older versions; the cursor stays."""
        self.versions.extend(versions)
        self.add_options(Option(row(version)) for version in versions)
        if self.highlighted is None and self.versions:
            self.highlighted = 0


def row(version: Version) -> Content:
    """A version in two lines."""
    colour = _COLOURS.get(version.change, "$foreground 70%")
    commit = version.commit
    if commit is None:
        return Content.assemble(("Uncommitted changes", "bold"), "\n", (act(version), colour))
    return Content.assemble(
        (visible(commit.subject, 200) or "(no message)", "bold"),
        "\n",
        (f"{commit.date:%Y-%m-%d}  ", "$foreground 60%"),
        (act(version), colour),
        (f"  {visible(commit.author.name, 40)}", "$foreground 60%"),
    )


def act(version: Version) -> str:
    """What a commit did, in a few words."""
    match version.change:
        case "changed":
            return plural(len(version.fields) + len(version.rdf_fields), "value")
        case "renamed":
            return f"renamed from {visible(version.was or '', 60)}"
        case "oldest":
            return "was there already"
        case "unreadable":
            return f"{version.more + 1} cannot be read" if version.more else "cannot be read"
        case change:
            return change
