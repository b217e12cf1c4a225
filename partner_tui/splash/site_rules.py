"""The one list of what the sites make of a field of `config`: the form, the manifest's findings, the preview and
`partner-tui set` say what stands here, with one severity.

Instant and pure. What needs the whole repository (missing files, links between entries) is said by the compliance rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from partner_tui.addresses.forge import raw_of_blob
from partner_tui.addresses.urls import is_url, url_flaw
from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.manifest.ids import PARTNER_ID
from partner_tui.manifest.resource_types import TABS
from partner_tui.pictures.references import PICTURE_SUFFIXES, is_emoji, is_site_path
from partner_tui.splash.fields import ALL_TYPES, SPLASH_FIELDS, FieldKind, SplashField, field
from partner_tui.splash.notices import Notice, Notices, is_blank, line_notices, named, not_text

#: More bullets than this push the buttons below the fold of a 1080 px high window.
FEATURES_THAT_FIT = 5

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_GITHUB_USER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")


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
            text = "The classic page does not load without resource types."
            return (Notice("error", text, "Choose at least one."),)
        case "id" | "name":
            return (Notice("error", f"{'An id' if known.key == 'id' else 'A name'} is required."),)
        case "splash_title":
            return (Notice("warning", "The splash has no title.", "Give the partner's name."),)
        case "explore_button_text":
            text = "The button on the splash has no text."
            return (Notice("warning", text, "Enter a text, such as Start Exploring."),)
        case "icon":
            return (_default_icon("is missing"),)
        case "tags":
            text = "The search box stays empty: visitors see all resources, not only yours."
            return (Notice("warning", text, "Add the tag that all your entries carry."),)
        case "default_type" if not is_blank(config.get("resource_types")):
            return (Notice("info", "The page opens with all resources."),)
    return ()


def _check_text(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        if known.key == "version" and isinstance(value, int | float) and not isinstance(value, bool):
            text = f"A version without quotes is a number: {scalar_text(value)}."
            return (Notice("warning", text, "Put it in quotes, so that 1.20 does not become 1.2."),)
        return (not_text(value),)
    return line_notices(known, value)


def _check_id(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    if not PARTNER_ID.fullmatch(value):
        text = "Use only lowercase letters, digits and . _ -"
        return (Notice("error", text, "It is part of URLs: deepimagej, not Deep ImageJ."),)
    return line_notices(known, value)


def _check_url(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    flaw = url_flaw(value)
    if flaw is not None:
        return (Notice("error", flaw, f"For example {known.example}"),)
    if known.key == "url_root" and value.endswith("/"):
        return (Notice("info", "The trailing / is doubled when a path is appended.", "Remove it."),)
    if value.startswith("http://"):
        return (Notice("warning", "Browsers warn about http pages.", "Use https:// if the page has it."),)
    return ()


def icon_fallback(icon: str) -> Literal["", "missing", "an emoji", "a path", "not a URL"]:
    """Why the current site shows its default icon in place of a partner's; empty where it does not.

    Source: its strip of partners loads `icon` as a picture of 48 x 48 px, relative to itself.
    """
    if not icon.strip():
        return "missing"
    if is_emoji(icon):
        return "an emoji"
    if is_url(icon):
        return ""
    return "a path" if "://" not in icon and icon.lower().endswith(PICTURE_SUFFIXES) else "not a URL"


def _default_icon(why: str) -> Notice:
    text = f"The icon {why}: the current site shows its default icon."
    return Notice("warning", text, "Give the URL of a square picture.")


def _check_picture(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    if known.key == "icon" and (fallback := icon_fallback(value)):
        return (_default_icon(f"is {fallback}"),)
    if is_emoji(value):
        if known.kind is FieldKind.PICTURE:
            return (Notice("error", "The background cannot be an emoji.", f"For example {known.example}"),)
        return ()
    if is_url(value):
        if value.startswith("http://"):
            text = "The page uses https: browsers block pictures from http URLs."
            return (Notice("warning", text, "Use https://"),)
        if (picture := raw_of_blob(value)) is not None:
            text = "This is GitHub's page about the picture, not the picture."
            return (Notice("error", text, f"Use {picture}"),)
        return ()
    if "://" in value:
        return (Notice("error", url_flaw(value) or "Not a URL."),)
    if is_site_path(value):
        return (Notice("info", "A picture of the site, not of this repository."),)
    if value.lower().endswith(PICTURE_SUFFIXES):
        text = "A relative path is looked up on the site, not in this repository."
        return (Notice("warning", text, "Use the raw URL of the file."),)
    return (Notice("error", "Not a picture URL, path or emoji."),)


def _check_texts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        hint = f"Write [{value}]" if isinstance(value, str) else ""
        return (Notice("error", f"It should be a list, not {named(value)}.", hint),)
    notices: list[Notice] = []
    seen: dict[str, int] = {}
    for index, text in enumerate(value):
        if is_blank(text):
            notices.append(
                Notice("warning", "An empty line in the list is shown as an empty bullet.", index=index)
            )
        elif not isinstance(text, str):
            notices.append(not_text(text, index))
        else:
            folded = text.strip().casefold()
            if folded in seen:
                line = f"“{text.strip()}” is a duplicate (also item {seen[folded] + 1})."
                notices.append(Notice("warning", line, "Remove one.", index=index))
            seen.setdefault(folded, index)
            notices.extend(line_notices(known, text, index))
    if known.key == "splash_feature_list" and len(value) > FEATURES_THAT_FIT:
        line = f"{len(value)} features push the buttons out of view on most screens."
        notices.append(Notice("warning", line, f"Keep {FEATURES_THAT_FIT} or fewer."))
    return tuple(notices)


def _check_resource_types(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list, not {named(value)}."),)
    notices: list[Notice] = []
    for index, name in enumerate(value):
        if not isinstance(name, str) or name not in TABS:
            known_types = ", ".join(TABS)
            notices.append(
                Notice(
                    "warning", f"The site has no tab for “{name}”.", f"Its tabs: {known_types}.", index=index
                )
            )
        elif name in value[:index]:
            notices.append(Notice("warning", f"“{name}” is a duplicate.", "Remove one.", index=index))
    return tuple(notices)


def _check_default_type(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    chosen = config.get("resource_types")
    if value == ALL_TYPES or not isinstance(chosen, list) or not chosen or value in chosen:
        return ()
    text = f"“{value}” is not one of the resource types: the page opens on a tab that does not exist."
    return (Notice("error", text, f"Choose {', '.join(map(str, chosen))} or {ALL_TYPES}."),)


def _check_contacts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list of people, not {named(value)}."),)
    notices: list[Notice] = []
    for index, person in enumerate(value):
        if not isinstance(person, Mapping) or is_blank(person.get("name")):
            notices.append(Notice("warning", "A contact needs a name.", index=index))
            continue
        email, github = person.get("email"), person.get("github")
        if is_blank(email) and is_blank(github):
            text = f"{person['name']} has no contact details."
            notices.append(Notice("warning", text, "Add an email or a GitHub user name.", index=index))
        if not is_blank(email) and not _EMAIL.fullmatch(str(email)):
            notices.append(Notice("error", f"{email} is not an email address.", index=index))
        if not is_blank(github) and not _GITHUB_USER.fullmatch(str(github)):
            text = f"{github} is not a GitHub user name."
            notices.append(Notice("error", text, "Write the name alone, without @ or URL.", index=index))
    return tuple(notices)


_CHECKS: dict[FieldKind, Callable[[SplashField, Any, Mapping[str, Any]], Notices]] = {
    FieldKind.ID: _check_id,
    FieldKind.TEXT: _check_text,
    FieldKind.LONG_TEXT: _check_text,
    FieldKind.URL: _check_url,
    FieldKind.URL_OR_EMOJI: _check_picture,
    FieldKind.PICTURE: _check_picture,
    FieldKind.TEXTS: _check_texts,
    FieldKind.TAGS: _check_texts,
    FieldKind.RESOURCE_TYPES: _check_resource_types,
    FieldKind.DEFAULT_TYPE: _check_default_type,
    FieldKind.CONTACTS: _check_contacts,
}
