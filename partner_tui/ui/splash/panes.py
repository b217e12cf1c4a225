"""The splash view's panes: the form, the preview beside it, and what saving writes below. They show, and decide nothing."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from partner_tui.manifest.files import CloneFiles
from partner_tui.splash.editing import DraftPrompt
from partner_tui.splash.fields import SplashField
from partner_tui.splash.form import FormState
from partner_tui.splash.own_entries import OwnEntries, entries_note
from partner_tui.splash.room import room_note
from partner_tui.splash.scene.blocks import Window
from partner_tui.ui.splash.draft_banner import DraftBanner
from partner_tui.ui.splash.field_help import FieldHelp
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.form import SplashForm
from partner_tui.ui.splash.preview import SplashPreview
from partner_tui.ui.splash.unsaved_diff import UnsavedDiff

NARROW = 100
"""Below this many columns the preview lies behind the form."""

SHORT = 18
"""Below this many lines the fields have all the room."""

ROOMY = 150
"""From this many columns on, the subtitle fits on two lines."""


class SplashPanes(Vertical):
    """Form, preview and diff.

    Args:
        files: The files of the clone, for pictures.
        manifest_name: What saving writes.
    """

    DEFAULT_CSS = """
    SplashPanes {
        #splash-top { height: 1fr; }
        #form-panel {
            width: 46%; min-width: 48; max-width: 92;
            border: round $border-blurred;
            border-title-color: $foreground 70%; border-title-style: bold; border-subtitle-color: $foreground 60%;
            &.-focused { border: round $border; border-title-color: $accent; }
        }
        #form-body { height: 1fr; }
        SplashPreview { width: 1fr; }
        &.-middle FieldTextArea { height: 3; }
        &.-narrow {
            #form-panel { width: 1fr; max-width: 100%; }
            SplashPreview { display: none; }
            UnsavedDiff { height: 5; }
            FieldHelp { height: 3; }
            &.-preview #form-panel { display: none; }
            &.-preview SplashPreview { display: block; }
        }
        &.-short UnsavedDiff, &.-short FieldHelp { display: none; }
        &.-alone SplashPreview { display: none; }
        &.-alone #form-panel { width: 1fr; max-width: 100%; }
    }
    """

    def __init__(self, files: CloneFiles, manifest_name: str) -> None:
        super().__init__()
        self.preview = SplashPreview(files, "f4 view  f6 full")
        self.writes = UnsavedDiff(manifest_name)
        self.form: SplashForm | None = None
        self.field: SplashField | None = None
        self._offer = DraftBanner()
        self._body = Vertical(id="form-body")
        self._help = FieldHelp(markup=False)
        self._panel = Vertical(self._offer, self._body, self._help, id="form-panel")
        self._panel.border_title = "Splash"
        self._shown: tuple[FormState, str | None] = (FormState(), None)
        self.entries = OwnEntries()

    def compose(self) -> ComposeResult:
        with Horizontal(id="splash-top"):
            yield self._panel
            yield self.preview
        yield self.writes

    # What is shown

    def show(self, state: FormState, why_no_form: str | None) -> None:
        """Show the form's values and what follows from them.

        Args:
            why_no_form: Why there is nothing to edit; None when there is.
        """
        self._shown = (state, why_no_form)
        if why_no_form is not None or self.form is None or not self.form.show(state):
            self._make_form()
        self.preview.show(state.values)
        self._show_sum()

    def show_entries(self, entries: OwnEntries) -> None:
        """Say of the partner's own entries what concerns a field."""
        self.entries = entries
        self.preview.canvas.show_entries(entries.entries)
        if self.form is not None:
            self.form.show_entries(entries)
            self._show_help()

    def show_offer(self, offer: DraftPrompt | None) -> None:
        """Ask above the form, or stop asking."""
        if offer is None:
            self._offer.hide()
        else:
            self._offer.ask(offer.words, offer.yes, offer.no)

    @work(exclusive=True, group="form")
    async def _make_form(self) -> None:
        """Make the rows anew: their number or kind is another."""
        state, why = self._shown
        had_focus = self._body.has_focus_within
        await self._body.remove_children()
        self.form = None
        if why is not None:
            await self._body.mount(
                Static(f"{why}\n\nPress e to edit the manifest.", classes="empty", markup=False)
            )
            return
        self.form = SplashForm(state)
        await self._body.mount(self.form)
        self.form.show_pictures(self.preview.picture_kinds, self.preview.picture_notices)
        self.form.show_entries(self.entries)
        self.form.show_window(self.preview.window)
        if had_focus or self._wants_focus:
            self.focus_form()
        self._show_sum()

    def _show_sum(self) -> None:
        """The counts in the panel's frame, and what there is to say of the focused field."""
        if self.form is None:
            return
        count = len(self._shown[0].edited)
        parts = (f"{count} edited, not saved" if count else "", self.form.problems)
        subtitle = "  ·  ".join(part for part in parts if part)
        if self._panel.border_subtitle != subtitle:
            self._panel.border_subtitle = subtitle
        self._show_help()

    def _show_help(self) -> None:
        if self.form is not None:
            field, state = self.field, self._shown[0]
            said = ""
            if field is not None:
                said = entries_note(field, state, self.entries) or room_note(
                    field.key, state[field.key], self.preview.window
                )
            self._help.show(field, self.form.notices, said)

    # The focus

    @property
    def chooser(self) -> FieldRow | None:
        """The field that has the focus, where its value can be chosen from what there is."""
        rows = self.form.rows if self.form is not None else []
        return next((row for row in rows if row.CAN_CHOOSE and row.has_focus_within), None)

    _wants_focus = False

    def focus_form(self) -> None:
        """Put the focus where work begins: on a question, else on the form."""
        self.remove_class("-preview")  # what is hidden behind it takes no keys
        self._wants_focus = self.form is None
        if self._offer.is_asking:
            self.call_after_refresh(self._offer.query(Button).first().focus)
        elif self.form is not None:
            self.form.focus(scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """Mark the form's panel. Not by :focus-within, for which every field would be styled anew at every tab."""
        self._panel.set_class(self._panel.has_focus_within, "-focused")

    def on_splash_form_entered(self, event: SplashForm.Entered) -> None:
        self.field = event.field
        self._show_help()

    def on_splash_preview_painted(self) -> None:
        if self.form is not None:
            self.form.show_pictures(self.preview.picture_kinds, self.preview.picture_notices)
            self._show_sum()

    # The size

    def on_mount(self) -> None:
        self.on_resize()
        self.watch(self.preview, "window", self._show_window, init=False)

    def _show_window(self, window: Window) -> None:
        """The texts are measured by the window that is previewed."""
        if self.form is not None:
            self.form.show_window(window)
        self._show_sum()

    def on_resize(self) -> None:
        """What has the focus stays in sight where there is room for one pane only."""
        width = self.app.size.width
        if (width < NARROW) != self.is_narrow:
            self.set_class(self.preview.has_focus_within, "-preview")
        self.set_class(width < NARROW, "-narrow")
        self.set_class(NARROW <= width < ROOMY, "-middle")
        self.set_class(self.app.size.height < SHORT, "-short")

    @property
    def is_narrow(self) -> bool:
        return self.has_class("-narrow")

    def toggle_preview(self) -> None:
        """Show or hide the preview; where there is no room for both, it takes the form's place."""
        self.toggle_class("-preview" if self.is_narrow else "-alone")
        if self.is_narrow and self.has_class("-preview"):
            self.preview.focus()
        elif self.app.focused is None or self.app.focused is self.preview:
            self.focus_form()
