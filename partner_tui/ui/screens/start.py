"""The first screen: what was open before, the known partners, and a field for any other repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.suggester import Suggester
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.compliance.status import Status
from partner_tui.manifest.partners import KNOWN_PARTNERS, KnownPartner
from partner_tui.plain import ELLIPSIS, visible
from partner_tui.repository.source import parse_source
from partner_tui.settings import Recent
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.widgets.footer import Footer

NAME_WIDTH = 20
SUM_WIDTH, SHORT_SUM_WIDTH = 56, 24
ROOMY = 110
"""From this width on, in cells, statuses are summed up in words."""


class SourceSuggester(Suggester):
    """Completes to known partners, to what was open before, and to folders on this disk."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(use_cache=False)
        self._words = tuple(words)

    async def get_suggestion(self, value: str) -> str | None:
        if any(sign in value[:2] for sign in ("/", ".", "~")):
            return self._folder(value)
        return next((word for word in self._words if word.startswith(value)), None)

    @staticmethod
    def _folder(value: str) -> str | None:
        parent, _, start = value.rpartition("/")
        try:
            folder = Path(f"{parent}/").expanduser()
            names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
        except (OSError, RuntimeError):
            return None
        hidden = start.startswith(".")
        fitting = (name for name in names if name.startswith(start) and (hidden or not name.startswith(".")))
        return next((f"{parent}/{name}/" for name in fitting), None)


class StartScreen(Screen[None]):
    """Recent repositories with their last sum of statuses; the known partners in two columns; an address."""

    app = getters.app(PartnerApp)
    CSS_PATH = "start.tcss"
    AUTO_FOCUS = None
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    HELP = """
    Choose a repository with the arrow keys and open it with enter, or type where it lies: a known partner's id, owner/name,
    a git URL (https, ssh, file), a folder. ✓ marks the partners that are on this machine; others are cloned first.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash,o", "address", "Address", key_display="/", id="start.address", tooltip="Type what to open"
        ),
        Binding(
            "d", "app.open_demo", "Demo", id="start.demo", tooltip="Open a sample partner with its own remote"
        ),
        Binding("down,j", "move(1)", "Down", show=False, id="start.down", tooltip="Go down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="start.up", tooltip="Go up"),
        Binding(
            "right,l", "column(1)", "Right", show=False, id="start.right", tooltip="Go to the right column"
        ),
        Binding("left,h", "column(-1)", "Left", show=False, id="start.left", tooltip="Go to the left column"),
        Binding("escape", "lists", "Lists", show=False, id="start.lists", tooltip="Back to the lists"),
    ]

    def compose(self) -> ComposeResult:
        self._recent = [recent for recent in self.app.recent.load() if Path(recent.source).exists()]
        half = (len(KNOWN_PARTNERS) + 1) // 2
        yield Static(
            Content.assemble(
                ("partner-tui", "bold $accent"),
                ("   Look after the repository of a BioImage.IO community partner", "$foreground 75%"),
            ),
            id="head",
        )
        with Vertical(id="address-panel", classes="panel") as panel:
            panel.border_title = "Open"
            yield Input(
                placeholder="partner id, owner/name, git URL or folder",
                suggester=SourceSuggester(self._words()),
                id="address",
            )
        with Vertical(id="lists"):
            with Vertical(id="recent-panel", classes="panel") as panel:
                panel.border_title = "Recent"
                if self._recent:
                    yield OptionList(*map(self._recent_option, self._recent), id="recent", markup=False)
                else:
                    yield Static(
                        "Nothing was open yet. Choose a partner below, or press d for the demo.",
                        id="no-recent",
                        classes="empty",
                    )
            with Vertical(id="partners-panel", classes="panel") as panel:
                panel.border_title = "Known partners"
                with Horizontal(id="partners"):
                    yield OptionList(
                        *map(self._partner_option, KNOWN_PARTNERS[:half]), id="left", markup=False
                    )
                    yield OptionList(
                        *map(self._partner_option, KNOWN_PARTNERS[half:]), id="right", markup=False
                    )
        yield Footer()

    def on_mount(self) -> None:
        self.action_lists()

    def _words(self) -> Iterable[str]:
        return (*(known.id for known in KNOWN_PARTNERS), *(known.slug for known in KNOWN_PARTNERS))

    def _recent_option(self, recent: Recent) -> Option:
        name = visible(recent.name, NAME_WIDTH - 2).ljust(NAME_WIDTH)
        width = self.app.size.width
        parts = [(f" {name}", "bold"), *sum_of_statuses(recent.summary, roomy=width >= ROOMY)]
        where = visible(self.app.short_path(Path(recent.source)))
        if len(where) > (room := max(12, width - 8 - sum(len(text) for text, _ in parts))):
            where = ELLIPSIS + where[1 - room :]  # repositories of one owner differ at the end
        parts.append((where, "$foreground 50%"))
        return Option(Content.assemble(*parts), id=recent.source)

    def _partner_option(self, partner: KnownPartner) -> Option:
        there = (parse_source(partner.id).clone_folder(self.app.directories.clones) / ".git").exists()
        sign = ("✓ ", "$success") if there else ("  ", "")
        parts = [(" ", ""), sign, (f"{partner.id:<17}", ""), (partner.slug, "$foreground 50%")]
        return Option(Content.assemble(*parts), id=partner.id)

    # Acts

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.app.open_source(event.option_id)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if source := event.value.strip():
            self.app.open_source(source)

    def action_address(self) -> None:
        self.query_one("#address", Input).focus()

    def action_lists(self) -> None:
        """Focus what is most likely opened: the newest repository, else the first partner."""
        self._focus_list("recent" if self._recent else "left", 0)

    def action_move(self, by: int) -> None:
        """One row up or down; past a list's end lies the next one."""
        names = [name for name in ("recent", "left") if self.query(f"#{name}")]
        focused = self.focused
        if isinstance(focused, Input):
            if by > 0:
                self._focus_list(names[0], 0)
            return
        if not isinstance(focused, OptionList):
            self.action_lists()
            return
        row = (focused.highlighted or 0) + by
        if 0 <= row < focused.option_count:
            focused.highlighted = row
        elif row < 0:
            if focused.id == "recent" or "recent" not in names:
                self.action_address()
            else:
                self._focus_list("recent", -1)
        elif focused.id == "recent":
            self._focus_list("left", 0)

    def action_column(self, by: int) -> None:
        focused = self.focused
        if isinstance(focused, OptionList) and focused.id == ("left" if by > 0 else "right"):
            self._focus_list("right" if by > 0 else "left", focused.highlighted or 0)

    def _focus_list(self, name: str, row: int) -> None:
        chosen = self.query_one(f"#{name}", OptionList)
        chosen.focus()
        chosen.highlighted = min(row, chosen.option_count - 1) if row >= 0 else chosen.option_count - 1


def sum_of_statuses(summary: str, roomy: bool = True) -> list[tuple[str, str]]:
    """``2 latest, 11 outdated`` with glyphs and colours, padded to one width.

    Args:
        roomy: Whether there is room for the words beside the glyphs.
    """
    parts: list[tuple[str, str]] = []
    width = 0
    for words in filter(None, summary.split(", ")):
        count, _, word = words.partition(" ")
        status = next((status for status in Status if status.value == word), None)
        said = f"{count} {word}" if roomy else count
        text = f"{status.glyph} {said}  " if status else f"{visible(words, 30)}  "
        parts.append((text, STATUS_STYLES[status] if status else ""))
        width += len(text)
    return [*parts, (" " * max(0, (SUM_WIDTH if roomy else SHORT_SUM_WIDTH) - width), "")]
