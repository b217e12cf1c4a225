"""A cover is a .gif, .jpeg, .jpg, .png or .svg file; a link to anything else is kept in config."""

from __future__ import annotations

from typing import Any

from partner_tui.addresses.urls import is_path, is_url, suffix
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".svg")


@fix(
    "cover-suffix",
    "Move non-image covers",
    "A cover is a .gif, .jpeg, .jpg, .png or .svg file.",
    FixKind.CONFIG,
)
def cover_suffix(draft: Draft) -> None:
    covers = draft.data.get("covers")
    if not isinstance(covers, list):
        return
    others = [one for one in covers if not _is_picture(one)]
    if others:
        draft.data["covers"] = [one for one in covers if _is_picture(one)]
        draft.to_config("covers", others)
        draft.drop_if_empty("covers")


def _is_picture(cover: Any) -> bool:
    source = cover.get("source") if isinstance(cover, dict) else cover
    return (
        isinstance(source, str)
        and (is_url(source) or is_path(source))
        and suffix(source).lower() in _PICTURES
    )
