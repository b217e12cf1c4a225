"""Checks of one field's value while it is typed: instant, pure, about the form's own rules only.

What needs the whole repository (missing files, links between entries) is said by the compliance rules; the form shows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from partner_tui.pictures.references import is_emoji, is_site_path, is_url, url_flaw
from partner_tui.splash.fields import SPLASH_FIELDS, FieldKind, SplashField, field
from partner_tui.splash.list_checks import (
    check_contacts,
    check_default_type,
    check_resource_types,
    check_texts,
)
from partner_tui.splash.notices import Notice, Notices, is_blank, line_notices, not_text

__all__ = ["Notice", "Notices", "check_config", "check_field"]

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def check_field(key: str, value: Any, config: Mapping[str, Any]) -> Notices:
    """Everything to say about a field's value.

    Args:
        key: The field's name in `config`; of a field that the site does not know nothing is said.
        value: The value as YAML gives it; None for an empty field.
        config: The whole `config`, with the values of the other fields.
    """
    known = field(key)
    if known is None:
        return ()
    if is_blank(value):
        return _check_empty(known, config)
    return _CHECKS[known.kind](known, value, config)


def check_config(config: Mapping[str, Any]) -> dict[str, Notices]:
    """The notices of all fields that have some, in the form's order."""
    every = ((known.key, check_field(known.key, config.get(known.key), config)) for known in SPLASH_FIELDS)
    return {key: notices for key, notices in every if notices}


def _check_empty(known: SplashField, config: Mapping[str, Any]) -> Notices:
    match known.key:
        case "resource_types":
            text = "The classic page does not open without resource types."
            return (Notice("error", text, "Choose at least one."),)
        case "id" | "name":
            return (Notice("error", f"A partner needs {'an id' if known.key == 'id' else 'a name'}."),)
        case "splash_title":
            return (Notice("warning", "The splash has no title.", "Give the partner's name."),)
        case "explore_button_text":
            text = "The button on the splash is shown empty."
            return (Notice("warning", text, "Give it a text, such as Start Exploring."),)
        case "icon":
            return (Notice("warning", "Today's strip of partners shows the site's own icon instead."),)
        case "tags":
            text = "The search box stays empty: visitors see all resources, not only yours."
            return (Notice("warning", text, "Add the tag that all your entries carry."),)
        case "default_type" if not is_blank(config.get("resource_types")):
            return (Notice("info", "The page opens with all resources."),)
    return ()


def _check_text(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        if known.key == "version" and isinstance(value, int | float) and not isinstance(value, bool):
            text = f"A version without quotes is a number: {value}."
            return (Notice("warning", text, "Put it in quotes, so that 1.20 does not become 1.2."),)
        return (not_text(value),)
    return line_notices(known, value)


def _check_id(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    if not _ID.fullmatch(value):
        text = "An id has lower-case letters, digits, and . _ - only."
        return (Notice("error", text, "It stands in addresses: deepimagej, not Deep ImageJ."),)
    return line_notices(known, value)


def _check_url(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    flaw = url_flaw(value)
    if flaw is not None:
        return (Notice("error", flaw, f"For example {known.example}"),)
    if known.key == "url_root" and value.endswith("/"):
        return (Notice("info", "The last / is doubled when a path is put behind it.", "Leave it out."),)
    if value.startswith("http://"):
        return (Notice("warning", "Browsers warn about http pages.", "Use https:// if the page has it."),)
    return ()


def _check_picture(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    if is_emoji(value):
        if known.kind is FieldKind.PICTURE:
            return (Notice("error", "An emoji is no background picture.", f"For example {known.example}"),)
        if known.key == "icon":
            text = "An emoji is not shown in today's strip: the site's own icon stands there."
            return (Notice("warning", text, "Give the address of a square picture."),)
        return ()
    if is_url(value):
        if value.startswith("http://"):
            text = "The page is served by https: browsers block pictures that come by http."
            return (Notice("warning", text, "Use https://"),)
        if "github.com/" in value and "/blob/" in value:
            text = "This is GitHub's page about the picture, not the picture."
            return (Notice("error", text, "Use raw.githubusercontent.com/<owner>/<name>/<branch>/<path>."),)
        return ()
    if "://" in value:
        return (Notice("error", url_flaw(value) or "This is no address."),)
    if is_site_path(value):
        return (Notice("info", "A picture of the website; it is not in this repository."),)
    if value.lower().endswith(_PICTURE_SUFFIXES):
        text = "A relative path is looked up on the website, not in this repository."
        return (Notice("warning", text, "Use the raw address of the file."),)
    return (Notice("error", "This is no address, path or emoji of a picture."),)


_CHECKS: dict[FieldKind, Callable[[SplashField, Any, Mapping[str, Any]], Notices]] = {
    FieldKind.ID: _check_id,
    FieldKind.TEXT: _check_text,
    FieldKind.LONG_TEXT: _check_text,
    FieldKind.URL: _check_url,
    FieldKind.URL_OR_EMOJI: _check_picture,
    FieldKind.PICTURE: _check_picture,
    FieldKind.TEXTS: check_texts,
    FieldKind.RESOURCE_TYPES: check_resource_types,
    FieldKind.DEFAULT_TYPE: check_default_type,
    FieldKind.CONTACTS: check_contacts,
}
