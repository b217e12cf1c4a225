"""The splash view: a form for the partner's `config`, its preview, and what saving would write.

What is typed is never lost: it is kept as a draft, put on top of a manifest that changed meanwhile, and a revert is undone
by ctrl+z like any other edit. Nothing is written but by a save, and then the lines of the edited fields alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import work

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.diff import diff_text
from partner_tui.splash.editing import SplashEditing
from partner_tui.splash.edits import CONFIG, config_edits
from partner_tui.splash.form import FormState, why_no_form
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.splash.share_links import listed
from partner_tui.ui.acting import act
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.draft_keeper import DraftKeeper
from partner_tui.ui.view import NO_HISTORY, View
from partner_tui.workspace.central.config_sides import site_partners
from partner_tui.workspace.picture_files import copy_picture, field_edits

if TYPE_CHECKING:
    from partner_tui.ui.dialogs.copy_picture import NewPicture
    from partner_tui.ui.splash.draft_banner import DraftBanner
    from partner_tui.ui.splash.fields.row import FieldRow
    from partner_tui.ui.splash.form import SplashForm
    from partner_tui.ui.splash.panes import SplashPanes
    from partner_tui.workspace.workspace import Workspace

FORM = "splash"
"""The name of this form's draft."""

DIFF_SECONDS = 0.12


class SplashView(View):
    """Edits the `config` of the manifest, nothing else."""

    TITLE = "Splash"
    HELP = """
    The form is on the left, a preview on the right, the unsaved changes below. ctrl+s saves the edited fields as one change;
    escape leaves a field; pressed again, it reverts unsaved edits. ctrl+z undoes the last edit, then saved changes.
    """
    BINDINGS = [
        bind("ctrl+s", "save", "Save", "splash.save", "Save the edited fields"),
        bind("escape", "revert", "Revert", "splash.revert", "Revert unsaved edits (ctrl+z restores them)"),
        bind("ctrl+z", "undo_edit", "Undo", "splash.undo", "Undo the last edit, then saved changes"),
        hidden("ctrl+y", "redo_edit", "Redo", "splash.redo", "Redo the last undone change"),
        bind(
            "f2,ctrl+o",
            "choose_value",
            "Choose",
            "splash.choose_value",
            "Choose the tags or the picture of this field",
            key_display="f2",
        ),
        bind("f3,p", "preview", "Preview", "splash.preview", "Show or hide the preview", key_display="f3"),
        hidden(
            "f4,t",
            "tab",
            "Switch view",
            "splash.tab",
            "Preview the classic page, the current site or the cards",
        ),
        hidden("f8,w", "window", "Window", "splash.window", "Preview another window size or page of cards"),
        hidden("shift+f8,f20,W", "size", "Window size", "splash.size", "Preview a window of any size"),
        hidden("f6,F", "full", "Full screen", "splash.full", "Show the preview on the whole screen"),
        hidden("f9,x", "export", "Export", "splash.export", "Write what the preview shows to a file"),
        bind(
            "f7,l",
            "share",
            "Link",
            "splash.share",
            "Share a link to the resources, or to one entry",
            key_display="f7",
        ),
        hidden("e", "edit_file", "Edit file", "splash.edit", "Open the manifest in your editor"),
        hidden(
            "h,H",
            "history",
            "History",
            "splash.history",
            "Every commit that changed the config",
            key_display="h",
        ),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.editing = SplashEditing()
        self.panes: SplashPanes | None = None
        self._was_unsaved = False
        self._looked_for_draft = False
        self._drafts = DraftKeeper(self, self._write_draft)

    def pictures_changed(self) -> None:
        if self.panes is None:
            return
        from partner_tui.ui.splash.canvas import SplashCanvas

        for screen in self.app.screen_stack:  # the preview in full has one of its own
            for canvas in screen.query(SplashCanvas):
                canvas.look_for_pictures()

    @property
    def state(self) -> FormState:
        return self.editing.state

    @property
    def has_unsaved(self) -> bool:
        return bool(self.state.edited)

    # What the frame tells

    def manifest_loaded(self) -> None:
        self.editing.load(self.workspace.manifest.partner.config)
        if not self._looked_for_draft:
            self._looked_for_draft = True
            if self.editing.offer_draft(self.workspace.drafts.find(FORM)):
                self.notify("Unsaved splash edits found. Open Splash (3) to restore them.")
        self._show()
        self._count_entries()

    def shown(self) -> None:
        self._show_panes()

    def focus_main(self) -> None:
        if self.panes is not None:
            self.panes.focus_form()

    @work(exclusive=True, group="panes")
    async def _show_panes(self) -> None:
        """Make the panes at the first time: their widgets are many, and the entries come first."""
        if self.panes is None:
            from partner_tui.ui.splash.panes import SplashPanes

            panes = SplashPanes(self.workspace.files, self.workspace.manifest_name)
            await self.mount(panes)
            self.panes = panes
            self._show()
            self._count_entries()
        self._find_partners()
        self.focus_main()

    # What follows from the state

    def _show(self) -> None:
        """Show the state, and keep it."""
        if self.panes is None:
            return
        self.panes.show(self.state, why_no_form(self.workspace.manifest))
        self.panes.show_offer(self.editing.offer)
        self._show_diff()
        self._drafts.changed()
        if self._was_unsaved != self.has_unsaved:
            self._was_unsaved = self.has_unsaved
            self.refresh_bindings()

    @work(exclusive=True, group="diff")
    async def _show_diff(self) -> None:
        if self.panes is None:
            return
        writes, context = self.panes.writes, 0 if self.panes.is_narrow else 1
        if not self.state.edited:
            writes.show("")
            return
        await asyncio.sleep(DIFF_SECONDS)
        try:
            diff = await asyncio.to_thread(_diff, self.workspace.document, dict(self.state.edited), context)
        except PartnerTuiError as error:
            writes.show_problem(error.message, error.hint)
        else:
            writes.show(diff)

    @work(exclusive=True, group="entries")
    async def _count_entries(self) -> None:
        """Tell the form of the partner's own entries: not while it is not shown, for their RDFs have to be read."""
        if self.panes is not None:
            self.panes.show_entries(await asyncio.to_thread(_own_entries, self.workspace))

    @work(exclusive=True, group="partners")
    async def _find_partners(self) -> None:
        """Tell the preview of the other partners each time it is shown: the central repository may have been fetched."""
        if self.panes is not None:
            partners = await asyncio.to_thread(site_partners, self.app.settings.central, self.app.directories)
            self.panes.preview.canvas.show_partners(partners)

    def _write_draft(self) -> None:
        draft = self.editing.to_draft(datetime.now().isoformat(timespec="minutes"))
        if draft is None:
            self.workspace.drafts.drop(FORM)
        else:
            self.workspace.drafts.keep(FORM, draft)

    def keep_drafts(self) -> None:
        self._drafts.flush()

    def on_unmount(self) -> None:
        """Leaving between two keys: what was typed last is kept, too."""
        self.keep_drafts()

    # What the user does

    def on_splash_form_entered(self, event: SplashForm.Entered) -> None:
        self.editing.leave_field()

    def on_splash_form_edited(self, event: SplashForm.Edited) -> None:
        if event.is_apart:
            self.editing.leave_field()
        self.editing.edit(event.key, event.value)
        self._show()

    def on_draft_banner_answered(self, event: DraftBanner.Answered) -> None:
        self.editing.answer(event.yes)
        self._show()
        if self.panes is not None:
            self.panes.focus_form()

    @act("choose")
    async def action_choose_value(self) -> None:
        """Choose the value of the field that has the focus from what there is."""
        if self.panes is not None and (row := self.panes.chooser) is not None:
            await self._choose(row)

    @act("choose")
    async def on_field_row_choice_asked(self, event: FieldRow.ChoiceAsked) -> None:
        await self._choose(event.row)

    async def _choose(self, row: FieldRow) -> None:
        from partner_tui.ui.dialogs.copy_picture import NewPicture
        from partner_tui.ui.splash.choose_value import choose_value

        if self.panes is None:
            return
        key = row.field.key
        value = await choose_value(self.workspace_screen, row.field, self.state, self.panes.entries)
        if isinstance(value, NewPicture):
            await self._copy_picture(key, value)
        elif value is not None:
            self.editing.leave_field()
            self.editing.edit(key, value)
            self._show()

    async def _copy_picture(self, key: str, picture: NewPicture) -> None:
        """Copy a picture, and save the field that names it with it: what was typed in the field gives way."""
        if key in self.state.edited:
            self.editing.edit(key, self.state.config.get(key))
        edits = partial(field_edits, self.workspace, key)
        copy = partial(copy_picture, self.workspace, picture.data, picture.target, f"splash: {key}", edits)
        if await self.workspace_screen.run_and_refresh("copying", copy):
            self.notify(f"Copied to {picture.target}. Press ctrl+z to undo.", markup=False)

    def disabled_reason(self, action: str) -> str | None:
        if action == "save" and self.workspace.why_read_only:
            return self.workspace.why_read_only
        if action == "save" and not self.has_unsaved:
            return "Nothing to save: no field is edited."
        if action in ("preview", "tab", "window", "size", "full", "export") and self.panes is None:
            return "The splash is still loading."
        if action == "history" and not self.workspace.in_repository:
            return NO_HISTORY
        if action in ("undo_edit", "redo_edit"):
            act = action.removesuffix("_edit")
            return None if self.editing.can(act) else self.workspace_screen.disabled_reason(act)
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "revert" and not self.has_unsaved:
            return False  # escape then stops what is running
        if action == "choose_value" and (self.panes is None or self.panes.chooser is None):
            return False  # it is a key of the fields that have a list to choose from
        if action in ("undo_edit", "redo_edit"):
            return True  # it looks again, for what other windows did
        return super().check_action(action, parameters)

    @act("save")
    async def action_save(self) -> None:
        if self.editing.error_summaries and not await self._save_all_the_same():
            return
        title = self.editing.title
        edits = config_edits(self.workspace.document, self.state.edited)
        if await self.workspace_screen.save_edits(f"splash: {title}", edits):
            self.editing.saved()
            self.notify(f"Saved: {title}. Press ctrl+z to undo; esc, then 5 to commit.")

    async def _save_all_the_same(self) -> bool:
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        question = ConfirmScreen(
            "Save with errors?", "\n".join(self.editing.error_summaries), yes="Save anyway", no="Keep editing"
        )
        return await self.app.push_screen_wait(question)

    def action_revert(self) -> None:
        words = self.editing.words
        self.editing.revert()
        self._show()
        self.notify(f"Reverted: {words}. Press ctrl+z to restore.")

    def action_undo_edit(self) -> None:
        """Take back what was edited here, newest first; then it is the turn of the saved steps."""
        if self.editing.undo():
            self._show()
        else:
            self.workspace_screen.action_undo()

    def action_redo_edit(self) -> None:
        if self.editing.redo():
            self._show()
        else:
            self.workspace_screen.action_redo()

    def action_preview(self) -> None:
        if self.panes is not None:
            self.panes.toggle_preview()

    def action_tab(self) -> None:
        if self.panes is not None and self.panes.preview.display:
            self.panes.preview.next_view()
        else:
            self.action_preview()

    def action_window(self) -> None:
        if self.panes is not None:
            self.panes.preview.action_turn()
            if not self.panes.preview.display and self.panes.preview.view == "classic":
                self.notify(f"Texts are measured in a window of {self.panes.preview.window}.")

    def action_size(self) -> None:
        if self.panes is not None:
            self.panes.preview.action_type_window()

    def action_full(self) -> None:
        from partner_tui.ui.splash.preview_screen import PreviewScreen

        if self.panes is not None:
            self.app.push_screen(PreviewScreen(self.state.values, self.workspace.files, self.panes.preview))

    def action_export(self) -> None:
        from partner_tui.ui.splash.export import export_screen

        if self.panes is not None:
            self.app.push_screen(export_screen(self.panes.preview, self.state.values, self.workspace.files))

    def action_history(self) -> None:
        from partner_tui.ui.history.screen import HistoryScreen

        self.app.push_screen(HistoryScreen(self.workspace_screen, None))

    def action_share(self) -> None:
        from partner_tui.ui.splash.share import ShareScreen

        self.app.push_screen(ShareScreen(self.workspace_screen))

    @act("edit")
    async def action_edit_file(self) -> None:
        """Open the manifest in the user's editor, at the field or at the config."""
        field = self.panes.field if self.panes else None
        line = self.workspace.document.position((*CONFIG, field.key) if field else CONFIG).line
        await self.workspace_screen.edit_manifest(line, "manifest edited")


def _own_entries(workspace: Workspace) -> OwnEntries:
    manifest = workspace.manifest
    return OwnEntries(
        tuple(listed(workspace.resolved(entry), manifest.partner) for entry in manifest.entries)
    )


def _diff(document: Document, edited: Mapping[str, Any], context: int) -> str:
    return diff_text(document.text, apply(document, config_edits(document, edited)).text, context=context)
