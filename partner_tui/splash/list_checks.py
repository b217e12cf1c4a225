"""Checks of the fields that are lists, or that choose from one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from partner_tui.splash.fields import ALL_TYPES, RESOURCE_TYPES, SplashField
from partner_tui.splash.notices import Notice, Notices, is_blank, line_notices, named, not_text

#: More bullets than this push the buttons below the fold of a 1080 px high window.
FEATURES_THAT_FIT = 5

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_GITHUB_USER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")


def check_texts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
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
                line = f"“{text.strip()}” is there twice (also at {seen[folded] + 1})."
                notices.append(Notice("warning", line, "Remove one.", index=index))
            seen.setdefault(folded, index)
            notices.extend(line_notices(known, text, index))
    if known.key == "splash_feature_list" and len(value) > FEATURES_THAT_FIT:
        line = f"{len(value)} features push the buttons out of view on most screens."
        notices.append(Notice("warning", line, f"Keep {FEATURES_THAT_FIT} or fewer."))
    return tuple(notices)


def check_resource_types(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list, not {named(value)}."),)
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


def check_default_type(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, str):
        return (not_text(value),)
    chosen = config.get("resource_types")
    if value == ALL_TYPES or not isinstance(chosen, list) or not chosen or value in chosen:
        return ()
    text = f"“{value}” is not one of the resource types: the page opens on a tab that is not there."
    return (Notice("error", text, f"Choose {', '.join(map(str, chosen))} or {ALL_TYPES}."),)


def check_contacts(known: SplashField, value: Any, config: Mapping[str, Any]) -> Notices:
    if not isinstance(value, list):
        return (Notice("error", f"It should be a list of people, not {named(value)}."),)
    notices: list[Notice] = []
    for index, person in enumerate(value):
        if not isinstance(person, Mapping) or is_blank(person.get("name")):
            notices.append(Notice("warning", "A contact needs a name.", index=index))
            continue
        email, github = person.get("email"), person.get("github")
        if is_blank(email) and is_blank(github):
            text = f"{person['name']} cannot be reached."
            notices.append(Notice("warning", text, "Give an email address or a GitHub name.", index=index))
        if not is_blank(email) and not _EMAIL.fullmatch(str(email)):
            notices.append(Notice("error", f"{email} is no email address.", index=index))
        if not is_blank(github) and not _GITHUB_USER.fullmatch(str(github)):
            text = f"{github} is no GitHub name."
            notices.append(Notice("error", text, "The name alone, without @ or address.", index=index))
    return tuple(notices)
