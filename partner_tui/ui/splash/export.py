"""Writes what the preview shows, with the edits of the form, to a file that the user names; its suffix is the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partner_tui.manifest.files import CloneFiles
from partner_tui.splash.drawing.exports import SUFFIXES, format_of
from partner_tui.splash.scene import make_scene
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.splash.preview import SplashPreview
from partner_tui.workspace.headless.splash import look_up


def export_screen(preview: SplashPreview, config: Mapping[str, Any], files: CloneFiles) -> SaveFileScreen:
    """Asks for a file and writes it."""
    view, window, canvas, page = preview.view, preview.window, preview.canvas, preview.canvas.scene.page

    def content(name: str) -> bytes:
        kind = format_of(name)
        scene = make_scene(view, config, canvas.entries, kind.size(view, window), page, canvas.partners)
        return kind.draw(scene, look_up(scene, files).pictures)

    note = f"The suffix is the format: {', '.join(SUFFIXES)}."
    name = f"{_file_name(config.get('id'))}-{view}.png"
    return SaveFileScreen("Export the preview", name, content, note=note)


def _file_name(partner_id: object) -> str:
    """An id that no system takes for a folder, or for an option."""
    text = partner_id if isinstance(partner_id, str) else ""
    return "".join(sign if sign.isalnum() else "-" for sign in text).strip("-")[:60] or "splash"
