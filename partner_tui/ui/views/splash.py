"""The splash view: a form for the partner's `config`, its preview, and what saving would write.

What is typed is never lost: it is kept as a draft, put on top of a manifest that changed meanwhile, and a revert is undone
by ctrl+z like any other edit. Nothing is written but by a save, and then the lines of the edited fields alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from textual import getters, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.document import Document
from partner_tui.manifest.patch import apply
from partner_tui.splash.edits import CONFIG, config_edits
from partner_tui.splash.fields import SPLASH_FIELDS, SplashField
from partner_tui.splash.form import FormState
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.plain import visible
from partner_tui.ui.view import View
from partner_tui.workspace.workspace import diff_text

FORM = "splash"
"""The name of this form's draft."""

DIFF_SECONDS = 0.12
DRAFT_SECONDS = 0.4
NARROW = 100
"""Below this many columns the preview lies behind the form."""

ROOMY = 150
"""From this many columns on, the subtitle fits on two lines."""

MAX_UNDO = 200
_LABELS = {field.key: field.label.lower() for field in SPLASH_FIELDS}


class SplashView(View):
    """Edits the `config` of the manifest, nothing else."""

    TITLE = "Splash"
    HELP = """
    Left the form, right what the sites make of it, below what saving would write. ctrl+s saves the edited fields as one step;
    escape leaves a field, and pressed again gives up what is not saved. ctrl+z takes back the newest edit, then saved steps.
    """
    DEFAULT_CSS = """
    SplashView {
        layout: vertical;
        #splash-top { height: 1fr; }
        #form-panel { width: 46%; min-width: 48; max-width: 92; }
        SplashPreview { width: 1fr; }
        &.-narrow {
            #form-panel { width: 1fr; max-width: 100%; }
            SplashPreview { display: none; }
            SavingWrites { height: 5; }
            FieldHelp { height: 3; }
            &.-preview #form-panel { display: none; }
            &.-preview SplashPreview { display: block; }
        }
        &.-middle FieldTextArea { height: 3; }
        &.-preview-hidden SplashPreview { display: none; }
        &.-preview-hidden #form-panel { width: 1fr; max-width: 100%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="splash.save", tooltip="Write the edited fields, as one step"),
        Binding(
            "escape",
            "revert",
            "Revert",
            id="splash.revert",
            tooltip="Give up what is not saved; ctrl+z brings it back",
        ),
        Binding(
            "ctrl+z",
            "undo_edit",
            "Undo",
            id="splash.undo",
            tooltip="Take back the newest edit, then saved steps",
        ),
        Binding(
            "ctrl+y",
            "redo_edit",
            "Redo",
            show=False,
            id="splash.redo",
            tooltip="Do again what was taken back",
        ),
        Binding(
            "f3,p",
            "preview",
            "Preview",
            key_display="f3",
            id="splash.preview",
            tooltip="Show or hide the preview",
        ),
        Binding("f4,t", "tab", "Other site", show=False, id="splash.tab", tooltip="Preview Classic or Today"),
        Binding(
            "f6,F",
            "full",
            "Full screen",
            show=False,
            id="splash.full",
            tooltip="The preview on the whole screen",
        ),
        Binding(
            "e",
            "edit_manifest",
            "Edit file",
            show=False,
            id="splash.edit",
            tooltip="Open the manifest at the config",
        ),
    ]

    app = getters.app(PartnerApp)

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.state = FormState()
        self._built = False
        self._done: list[Mapping[str, Any]] = []
        self._undone: list[Mapping[str, Any]] = []
        self._typing_in: str | None = None
        self._kept: FormState | None = None
        self._both: tuple[str, ...] = ()
        self._theirs: FormState | None = None
        self._field: SplashField | None = None
        self._looked_for_draft = False
        self._drafting = asyncio.Lock()

    # What the frame tells

    def manifest_loaded(self) -> None:
        """Put what is edited on top of what the manifest holds now."""
        self.state, both = self.state.on(self.workspace.manifest.partner.config)
        if not self._looked_for_draft:
            self._looked_for_draft = True
            self._kept = FormState.from_draft(self.workspace.drafts.find(FORM))
            if self._kept is not None and not self._built:
                self.notify(
                    "What you typed in the splash form was kept. Splash (2) offers it.", title="A draft"
                )
        if self._built:
            self._ask_about(both)
            self._show()

    async def build(self) -> None:
        """Make the widgets, at the first time the view is shown: they are many, and the entries come first."""
        from partner_tui.ui.widgets.draft_line import DraftLine
        from partner_tui.ui.widgets.saving_writes import SavingWrites
        from partner_tui.ui.widgets.splash_form import FieldHelp
        from partner_tui.ui.widgets.splash_preview import SplashPreview

        panel = Vertical(
            DraftLine(), Vertical(id="form-body"), FieldHelp(markup=False), id="form-panel", classes="panel"
        )
        panel.border_title = "Splash"
        preview = SplashPreview(self.workspace.files, "f4 other site   f6 full screen")
        await self.mount(
            Horizontal(panel, preview, id="splash-top"), SavingWrites(self.workspace.manifest_name)
        )
        self._built = True
        await self._make_form()
        self._show()
        self._offer_draft()

    def shown(self) -> None:
        self._show_first()

    @work(exclusive=True, group="build")
    async def _show_first(self) -> None:
        if not self._built:
            await self.build()
        self._focus_form()

    def _focus_form(self) -> None:
        from partner_tui.ui.widgets.draft_line import DraftLine
        from partner_tui.ui.widgets.splash_form import SplashForm

        if self.query_one(DraftLine).is_asking:
            self.query_one("#draft-restore").focus()
            return
        for form in self.query(SplashForm):
            form.focus(scroll_visible=False)

    @property
    def has_unsaved(self) -> bool:
        return bool(self.state.edited)

    @property
    def unsaved_words(self) -> str:
        """What is edited and not saved: ``subtitle and features``."""
        return _join([_LABELS[key] for key in self.state.keys])

    # The form

    @property
    def _why_no_form(self) -> str | None:
        """Why the config cannot be edited by fields; None when it can."""
        data = self.workspace.document.data
        if data is not None and not isinstance(data, dict):
            return "The manifest is not a mapping, so that it has no config."
        config = data.get("config") if data else None
        if config is not None and not isinstance(config, dict):
            return f"`config` is not a mapping: {visible(str(config), 60)}"
        return None

    async def _make_form(self) -> None:
        """Make the rows for the values that there are."""
        from partner_tui.ui.widgets.splash_form import SplashForm

        body = self.query_one("#form-body")
        had_focus = any(form.has_focus_within or form.has_focus for form in self.query(SplashForm))
        await body.remove_children()
        if why := self._why_no_form:
            await body.mount(Static(f"{why}\n\ne opens the manifest there.", classes="empty", markup=False))
            return
        form = SplashForm(self.state, self._tokens())
        await body.mount(form)
        if had_focus:
            form.focus(scroll_visible=False)

    def _tokens(self) -> dict[str, str]:
        """Values as they are written, where reading them changes them: 1.20 is a number for YAML."""
        document = self.workspace.document
        numbers = (key for key, value in self.state.config.items() if isinstance(value, int | float))
        return {key: token for key in numbers if (token := document.token((*CONFIG, key))) is not None}

    @work(exclusive=True, group="form")
    async def _make_form_again(self) -> None:
        await self._make_form()
        self._show_state()

    def _show(self) -> None:
        """Bring the form to the state, and all that follows from it."""
        from partner_tui.ui.widgets.splash_form import SplashForm

        forms = list(self.query(SplashForm))
        if bool(forms) is bool(self._why_no_form) or (
            forms and not forms[0].show(self.state, self._tokens())
        ):
            self._make_form_again()
        self._show_state()

    def _show_state(self) -> None:
        from partner_tui.ui.widgets.splash_preview import SplashPreview

        self.query_one(SplashPreview).show(self.state.values)
        panel = self.query_one("#form-panel")
        count = len(self.state.edited)
        panel.border_subtitle = f"{count} edited, not saved" if count else ""
        self._show_help()
        self._show_diff()
        self._keep_draft()
        self.refresh_bindings()

    def _show_help(self) -> None:
        from partner_tui.ui.widgets.splash_form import FieldHelp, SplashForm

        for form in self.query(SplashForm):
            self.query_one(FieldHelp).show(self._field, form.notices)

    def on_splash_form_entered(self, event: Any) -> None:
        event.stop()
        self._field = event.field
        self._typing_in = None
        self._show_help()

    def on_splash_form_edited(self, event: Any) -> None:
        event.stop()
        if self._typing_in != event.key:
            self._remember()
            self._typing_in = event.key
        self.state = self.state.set(event.key, event.value)
        self._show()

    def _remember(self) -> None:
        """Note the state before an edit, for ctrl+z; keys typed one after the other in a field are one edit."""
        self._done = [*self._done[-MAX_UNDO:], self.state.edited]
        self._undone = []

    def _set_edited(self, edited: Mapping[str, Any]) -> None:
        self.state, _ = FormState(self.state.config, edited).on(self.state.config)
        self._typing_in = None
        self._show()

    # What saving writes

    @work(exclusive=True, group="diff")
    async def _show_diff(self) -> None:
        from partner_tui.ui.widgets.saving_writes import SavingWrites

        panel = self.query_one(SavingWrites)
        if not self.state.edited:
            panel.show("")
            return
        await asyncio.sleep(DIFF_SECONDS)
        context = 0 if self.has_class("-narrow") else 1
        try:
            diff = await asyncio.to_thread(_diff, self.workspace.document, dict(self.state.edited), context)
        except PartnerTuiError as error:
            panel.show_problem(error.message, error.hint)
        else:
            panel.show(diff)

    # Drafts

    @work(exclusive=True, group="draft")
    async def _keep_draft(self) -> None:
        await asyncio.sleep(DRAFT_SECONDS)
        async with self._drafting:
            with self.app.errors_shown():
                await asyncio.to_thread(self._write_draft)

    def _write_draft(self) -> None:
        """Keep what is edited now; a draft that was not answered yet stays below it."""
        state = self.state
        if self._kept is not None:
            kept, _ = self._kept.on(state.config)
            state = FormState(state.config, {**kept.edited, **state.edited})
        if state.edited:
            self.workspace.drafts.keep(
                FORM, {**state.to_draft(), "kept": datetime.now().isoformat(timespec="minutes")}
            )
        else:
            self.workspace.drafts.drop(FORM)

    def on_unmount(self) -> None:
        """Leaving between two keys: what was typed last is kept, too."""
        if self.state.edited:
            self._write_draft()

    def _offer_draft(self) -> None:
        from partner_tui.ui.widgets.draft_line import DraftLine

        if self._kept is None:
            return
        kept = self.workspace.drafts.find(FORM) or {}
        when = str(kept.get("kept", "")).replace("T", " ")
        fields = _join([_LABELS[key] for key in self._kept.keys])
        self.query_one(DraftLine).ask(
            f"A draft{f' from {when}' if when else ''} was kept: {fields}", "Restore", "Drop"
        )

    def _ask_about(self, both: tuple[str, ...]) -> None:
        """Say which fields changed here and in the manifest; ours stay in the form until the user says otherwise."""
        from partner_tui.ui.widgets.draft_line import DraftLine

        self._both = both or tuple(key for key in self._both if key in self.state.edited)
        if both:
            names = _join([_LABELS[key] for key in both])
            self.query_one(DraftLine).ask(
                f"Changed in the manifest, too: {names}", "Keep mine", "Take theirs"
            )

    def on_draft_line_answered(self, event: Any) -> None:
        event.stop()
        if self._both:
            if not event.restore:
                self._remember()
                self._set_edited(
                    {key: value for key, value in self.state.edited.items() if key not in self._both}
                )
            self._both = ()
        elif self._kept is not None:
            kept, both = self._kept.on(self.state.config)
            self._kept = None
            if event.restore:
                self._remember()
                self._set_edited({**kept.edited, **self.state.edited})
                self._ask_about(both)
            else:
                self._keep_draft()
        self._offer_draft()
        self._focus_form()

    # Acts

    def why_not(self, action: str) -> str | None:
        if action == "save" and not self.state.edited:
            return "Nothing to save: no field is edited."
        if action == "revert" and not self.state.edited:
            return "Nothing to revert: no field is edited."
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "revert" and not self.state.edited:
            return False  # escape then stops what is running
        return super().check_action(action, parameters)

    @work(exclusive=True, group="act")
    async def action_save(self) -> None:
        keys = self.state.keys
        if not keys:
            return
        names = ", ".join(_LABELS[key] for key in keys) if len(keys) <= 3 else f"{len(keys)} fields"
        edits = config_edits(self.workspace.document, self.state.edited)
        if await self.workspace_screen.save_edits(f"splash: {names}", edits):
            self._done, self._undone, self._typing_in = [], [], None
            self.notify(f"Saved: {names}. ctrl+z takes it back; Changes (3) commits it.")

    def action_revert(self) -> None:
        words = self.unsaved_words
        self._remember()
        self._set_edited({})
        self.notify(f"Reverted: {words}. ctrl+z brings it back.")

    def action_undo_edit(self) -> None:
        """Take back what was edited here, newest first; then it is the turn of the saved steps."""
        if not self._done:
            self.workspace_screen.action_undo()
            return
        self._undone.append(self.state.edited)
        self._set_edited(self._done.pop())

    def action_redo_edit(self) -> None:
        if not self._undone:
            self.workspace_screen.action_redo()
            return
        self._done.append(self.state.edited)
        self._set_edited(self._undone.pop())

    def action_preview(self) -> None:
        from partner_tui.ui.widgets.splash_preview import SplashPreview

        self.toggle_class("-preview" if self.has_class("-narrow") else "-preview-hidden")
        if self.has_class("-preview"):
            self.query_one(SplashPreview).focus()
        elif isinstance(self.app.focused, SplashPreview) or self.app.focused is None:
            self._focus_form()

    def action_tab(self) -> None:
        from partner_tui.ui.widgets.splash_preview import SplashPreview

        if self._built:
            self.query_one(SplashPreview).toggle()

    def action_full(self) -> None:
        from partner_tui.ui.screens.preview import PreviewScreen
        from partner_tui.ui.widgets.splash_preview import SplashPreview

        self.app.push_screen(
            PreviewScreen(self.state.values, self.workspace.files, self.query_one(SplashPreview).tab)
        )

    @work(exclusive=True, group="act")
    async def action_edit_manifest(self) -> None:
        """Open the manifest in the user's editor, at the field or at the config."""
        from partner_tui.ui.editor import edit_file

        path = (*CONFIG, self._field.key) if self._field else CONFIG
        line = self.workspace.document.position(path).line
        with self.app.errors_shown():
            await edit_file(self.app, self.workspace.folder / self.workspace.manifest_name, line)
            await self.workspace_screen.act("reading", lambda: self.workspace.adopt("edited in the editor"))

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < NARROW, "-narrow")
        self.set_class(NARROW <= self.app.size.width < ROOMY, "-middle")


def _diff(document: Document, edited: Mapping[str, Any], context: int) -> str:
    return diff_text(document.text, apply(document, config_edits(document, edited)).text, context=context)


def _join(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
