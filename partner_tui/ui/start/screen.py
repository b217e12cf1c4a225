"""The first screen: a field for any repository, what was open before, and the known partners.

Whatever is typed or pasted goes to the field, so that a name is never taken for commands. Only j in a list, before anything
is typed, is one: these lists have no letters to move by, and the focus begins in the field.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.manifest.partners import KNOWN_PARTNERS, KnownPartner
from partner_tui.repository.clones.source import parse_source
from partner_tui.ui.binding import bind
from partner_tui.ui.start.recent_list import RecentPanel
from partner_tui.ui.start.source_field import SourceField, SourceList
from partner_tui.ui.textual_private import active_binding
from partner_tui.ui.view import WholeScreen
from partner_tui.ui.widgets.footer import Footer

JOIN = Content.assemble(
    ("   + ", "$accent"), "Become a community partner …  ", ("f4, or j in a list", "$foreground 50%")
)


class StartScreen(WholeScreen):
    """Recent repositories with where each stands; the known partners in two columns; an address."""

    field = getters.query_one("#address", SourceField)
    recent = getters.query_one(RecentPanel)
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#address"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    HELP = """
    Type or paste a location: a known partner's id, owner/name, a git URL (https, ssh, file), a page of GitHub, or a folder.
    Or choose with the arrow keys: letters go to the field from there too, except j, which opens Join until something is typed.
    ✓ marks the partners that are on this machine; others are cloned first.
    """
    BINDINGS = [
        bind("f3", "app.open_demo", "Demo", "start.demo", "Open a sample partner"),
        bind("j,f4", "join", "Join", "start.join", "Become a community partner: start its repository"),
        bind("escape", "clear", "Clear", "start.clear", "Clear the field"),
        bind("escape", "address", "Back", "start.address", "Go back to the field"),
        bind("escape", "app.leave", "Quit", "start.quit", "Quit partner-tui"),
    ]

    def compose(self) -> ComposeResult:
        half = (len(KNOWN_PARTNERS) + 1) // 2
        yield Static(
            Content.assemble(
                ("partner-tui", "bold $accent"),
                ("   Maintain a BioImage.IO community-partner repository", "$foreground 75%"),
            ),
            id="head",
        )
        with Vertical(id="address-panel", classes="panel") as panel:
            panel.border_title = "Open"
            yield SourceField(self._words(), id="address")
        with Vertical(id="lists"):
            yield RecentPanel(self.app.recent.load())
            with Vertical(id="partners-panel", classes="panel") as panel:
                panel.border_title = "Known partners"
                with Horizontal(id="partners"):
                    yield SourceList(
                        *map(self._partner_option, KNOWN_PARTNERS[:half]), id="left", markup=False
                    )
                    yield SourceList(
                        *map(self._partner_option, KNOWN_PARTNERS[half:]), id="right", markup=False
                    )
                yield SourceList(Option(JOIN), id="join", markup=False)
        yield Footer()

    def _words(self) -> Iterable[str]:
        return (*(known.id for known in KNOWN_PARTNERS), *(known.slug for known in KNOWN_PARTNERS))

    def _partner_option(self, partner: KnownPartner) -> Option:
        there = (parse_source(partner.id).clone_folder(self.app.directories.clones) / ".git").exists()
        sign = ("✓ ", "$success") if there else ("  ", "")
        parts = [(" ", ""), sign, (f"{partner.id:<17}", ""), (partner.slug, "$foreground 50%")]
        return Option(Content.assemble(*parts), id=partner.id)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        self.recent.look()

    # What is typed and pasted goes to the field, wherever the focus is

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are no commands of the app here: a name is what is typed first."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if active_binding(self, event.key):
            return
        if event.is_printable and event.character:
            event.stop()
            self.field.focus()
            self.field.insert_text_at_cursor(event.character)
        elif event.key == "backspace" and self.focused is not self.field:
            event.stop()
            self.field.focus()
            self.field.action_delete_left()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.field.focus()
        self.field.paste(event.text)

    # Acts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        in_field = self.is_mounted and self.focused is self.field
        match action:
            case "clear":
                return in_field and bool(self.field.value)
            case "address":
                return not in_field
            case "reopen":
                return self.recent.newest is not None
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_list.id == "join":
            self.action_join()
        elif event.option_id is not None:
            self._open(event.option_id)

    def on_input_changed(self) -> None:
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._open(event.value.strip())

    def _open(self, source: str) -> None:
        """Unless another one is opened already, or asked about: a second press was under way when that came up."""
        if self.app.screen is self:
            self.app.open_source(source)

    def action_join(self) -> None:
        from partner_tui.ui.join.screen import JoinScreen

        self.app.push_screen(JoinScreen())

    def action_reopen(self) -> None:
        if newest := self.recent.newest:
            self._open(newest)

    def action_clear(self) -> None:
        self.field.value = ""

    def action_address(self) -> None:
        self.field.focus()

    def action_move(self, by: int) -> None:
        """One row up or down; past a list's end is the next one, before the first the field."""
        names = ["recent", "left", "join"] if self.recent.newest else ["left", "join"]
        focused = self.focused
        if not isinstance(focused, SourceList):
            self._focus_list(names[0], 0)
            return
        row = (focused.highlighted or 0) + by
        if 0 <= row < focused.option_count:
            focused.highlighted = row
        else:
            at = names.index("left" if focused.id == "right" else str(focused.id)) + (1 if by > 0 else -1)
            if at < 0:
                self.action_address()
            elif at < len(names):
                self._focus_list(names[at], 0 if by > 0 else -1)

    def action_column(self, by: int) -> None:
        focused = self.focused
        if isinstance(focused, SourceList) and focused.id == ("left" if by > 0 else "right"):
            self._focus_list("right" if by > 0 else "left", focused.highlighted or 0)

    def _focus_list(self, name: str, row: int) -> None:
        chosen = self.query_one(f"#{name}", SourceList)
        chosen.focus()
        chosen.highlighted = min(row, chosen.option_count - 1) if row >= 0 else chosen.option_count - 1
