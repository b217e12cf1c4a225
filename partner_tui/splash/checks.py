"""Checks of one field's value while it is typed: instant, pure, about the form's own rules only.

What needs the whole repository (missing files, links between entries) is said by the compliance rules; the form shows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partner_tui.splash.fields import ALL_TYPES, RESOURCE_TYPES, SPLASH_FIELDS, FieldKind, SplashField, field
from partner_tui.splash.references import is_emoji, is_site_path, is_url, url_flaw

NoticeSeverity = Literal["error", "warning", "info"]

#: More bullets than this push the buttons below the fold of a 1080 px high window.
FEATURES_THAT_FIT = 5

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_GITHUB_USER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the form says below a field.

    Args:
        severity: ``error`` where the site fails, ``warning`` where it misleads, ``info`` where it is good to know.
        text: One sentence: what is so.
        hint: One sentence: what to do; may be empty.
        index: The position in a list (0-based) that it is about; None for the whole field.
    """

    severity: NoticeSeverity
    text: str
    hint: str = ""
    index: int | None = None


Notices = tuple[Notice, ...]


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
    if _is_empty(value):
        return _check_empty(known, config)
    return _CHECKS[known.kind](known, value, config)


def check_config(config: Mapping[str, Any]) -> dict[str, Notices]:
    """The notices of all fields that have some, in the form's order."""
    every = ((known.key, check_field(known.key, config.get(known.key), config)) for known in SPLASH_FIELDS)
    return {key: notices for key, notices in every if notices}


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", []) or (isinstance(value, str) and not value.strip())


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
        case "default_type" if not _is_empty(config.get("resource_types")):
            return (Notice("info", "The page opens with all resources."),)
    return ()


def _check_text(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        if known.key == "version" and isinstance(value, int | float) and not isinstance(value, bool):
            text = f"A version without quotes is a number: {value}."
            return (Notice("warning", text, "Put it in quotes, so that 1.20 does not become 1.2."),)
        return (_not_text(value),)
    return _line_notices(known, value)


def _line_notices(known: SplashField, text: str, index: int | None = None) -> Notices:
    notices: list[Notice] = []
    if "\n" in text.strip("\n"):
        notices.append(Notice("warning", "It has several lines; the site shows them as one.", index=index))
    elif text != text.strip():
        notices.append(Notice("info", "There are blanks around the text; the site drops them.", index=index))
    if known.fits is not None and len(text.strip()) > known.fits:
        text_length = f"{len(text.strip())} characters; about {known.fits} fit on one line."
        notices.append(
            Notice("warning", text_length, "It wraps: shorten it, or look at the preview.", index=index)
        )
    return tuple(notices)


def _check_id(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (_not_text(value),)
    if not _ID.fullmatch(value):
        text = "An id has lower-case letters, digits, and . _ - only."
        return (Notice("error", text, "It stands in addresses: deepimagej, not Deep ImageJ."),)
    return _line_notices(known, value)


def _check_url(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (_not_text(value),)
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
        return (_not_text(value),)
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


def _check_texts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        hint = f"Write [{value}]" if isinstance(value, str) else ""
        return (Notice("error", f"It should be a list, not {_named(value)}.", hint),)
    notices: list[Notice] = []
    seen: dict[str, int] = {}
    for index, text in enumerate(value):
        if _is_empty(text):
            notices.append(
                Notice("warning", "An empty line in the list is shown as an empty bullet.", index=index)
            )
        elif not isinstance(text, str):
            notices.append(_not_text(text, index))
        else:
            folded = text.strip().casefold()
            if folded in seen:
                line = f"“{text.strip()}” is there twice (also at {seen[folded] + 1})."
                notices.append(Notice("warning", line, "Remove one.", index=index))
            seen.setdefault(folded, index)
            notices.extend(_line_notices(known, text, index))
    if known.key == "splash_feature_list" and len(value) > FEATURES_THAT_FIT:
        line = f"{len(value)} features push the buttons out of view on most screens."
        notices.append(Notice("warning", line, f"Keep {FEATURES_THAT_FIT} or fewer."))
    return tuple(notices)


def _check_resource_types(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list, not {_named(value)}."),)
    notices: list[Notice] = []
    for index, name in enumerate(value):
        if not isinstance(name, str) or name not in RESOURCE_TYPES:
            known_types = ", ".join(RESOURCE_TYPES)
            notices.append(
                Notice(
                    "warning", f"The site has no tab for {name!r}.", f"It knows {known_types}.", index=index
                )
            )
        elif name in value[:index]:
            notices.append(Notice("warning", f"“{name}” is there twice.", "Remove one.", index=index))
    return tuple(notices)


def _check_default_type(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (_not_text(value),)
    chosen = config.get("resource_types")
    if value == ALL_TYPES or not isinstance(chosen, list) or not chosen or value in chosen:
        return ()
    text = f"“{value}” is not one of the resource types: the page opens on a tab that is not there."
    return (Notice("error", text, f"Choose {', '.join(map(str, chosen))} or {ALL_TYPES}."),)


def _check_contacts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list of people, not {_named(value)}."),)
    notices: list[Notice] = []
    for index, person in enumerate(value):
        if not isinstance(person, Mapping) or _is_empty(person.get("name")):
            notices.append(Notice("warning", "A contact needs a name.", index=index))
            continue
        email, github = person.get("email"), person.get("github")
        if _is_empty(email) and _is_empty(github):
            text = f"{person['name']} cannot be reached."
            notices.append(Notice("warning", text, "Give an email address or a GitHub name.", index=index))
        if not _is_empty(email) and not _EMAIL.fullmatch(str(email)):
            notices.append(Notice("error", f"{email} is no email address.", index=index))
        if not _is_empty(github) and not _GITHUB_USER.fullmatch(str(github)):
            text = f"{github} is no GitHub name."
            notices.append(Notice("error", text, "The name alone, without @ or address.", index=index))
    return tuple(notices)


def _not_text(value: Any, index: int | None = None) -> Notice:
    return Notice("error", f"It should be text, not {_named(value)}.", "Put it in quotes.", index=index)


def _named(value: Any) -> str:
    match value:
        case bool():
            return f"a yes or no ({'true' if value else 'false'})"
        case int() | float():
            return f"a number ({value})"
        case str():
            return "text"
        case list():
            return "a list"
        case Mapping():
            return "a mapping"
    return f"a {type(value).__name__}"


_CHECKS: dict[FieldKind, Callable[[SplashField, Any, Mapping[str, Any]], Notices]] = {
    FieldKind.ID: _check_id,
    FieldKind.TEXT: _check_text,
    FieldKind.LONG_TEXT: _check_text,
    FieldKind.URL: _check_url,
    FieldKind.URL_OR_EMOJI: _check_picture,
    FieldKind.PICTURE: _check_picture,
    FieldKind.TEXTS: _check_texts,
    FieldKind.RESOURCE_TYPES: _check_resource_types,
    FieldKind.DEFAULT_TYPE: _check_default_type,
    FieldKind.CONTACTS: _check_contacts,
}
