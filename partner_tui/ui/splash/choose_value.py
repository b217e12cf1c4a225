"""Choose a field's value from what there is: the tags of the entries and the spec, or the pictures of the clone."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from partner_tui.manifest.files import path_in_clone
from partner_tui.splash.fields import FieldKind, SplashField
from partner_tui.splash.form import FormState
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.splash.picture_rules import check_picture
from partner_tui.ui.dialogs.choose_picture import PictureScreen
from partner_tui.ui.dialogs.copy_picture import NewPicture
from partner_tui.ui.splash.choose_tags import TagsScreen
from partner_tui.ui.view import Frame
from partner_tui.workspace.picture_files import picture_url


async def choose_value(frame: Frame, field: SplashField, state: FormState, entries: OwnEntries) -> Any:
    """The value that was chosen, a `NewPicture` that is to be copied first, or None when cancelled.

    Args:
        state: What the form holds.
    """
    if field.kind is FieldKind.TAGS:
        return await frame.app.push_screen_wait(TagsScreen(state[field.key] or [], entries))
    workspace, now = frame.workspace, state[field.key]
    path = await asyncio.to_thread(path_in_clone, str(now or ""), workspace.files)
    check = partial(check_picture, field)
    chosen = await frame.app.push_screen_wait(PictureScreen(workspace, field.label, check, path or ""))
    if chosen is None or isinstance(chosen, NewPicture):
        return chosen
    return await asyncio.to_thread(picture_url, workspace, chosen, str(state["url_root"] or ""))
