"""Values of another type than the format wants: lists, texts, mappings, nothing at all."""

from __future__ import annotations

from typing import Any

from packaging.version import InvalidVersion, Version

from partner_tui.manifest.text.scalars import as_text
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import LISTS, NULLABLE, objects
from partner_tui.upgrade.fix import FixKind, fix

_SITE = "bioimageio"
_TEXTS = ("id", "name", "description", "license", "version_comment", "git_repo", "id_emoji")
_LISTS = ("tags", "links")
_OBJECTS = ("authors", "maintainers", "cite", "badges")


@fix(
    "drop-null",
    "Remove empty values",
    "The format does not accept null; fields without a value are removed.",
    FixKind.AUTO,
)
def drop_null(draft: Draft) -> None:
    data = draft.data
    for field in list(data):
        value = data[field]
        is_needed = field == "source" and draft.type == "notebook"
        if (value is None and (field not in NULLABLE or is_needed)) or (
            value == "" and field not in ("description", "name")
        ):
            del data[field]
        elif field in LISTS and isinstance(value, list):
            data[field] = [_without(one) for one in value if one is not None and one != ""]


def _without(member: Any) -> Any:
    """An object of a list without its empty values."""
    if isinstance(member, dict):
        return {key: value for key, value in member.items() if value is not None and value != ""}
    return member


@fix(
    "scalar-to-list",
    "Wrap in lists",
    "Covers, citations, links, tags, badges and people are lists, also of one.",
    FixKind.AUTO,
)
def scalar_to_list(draft: Draft) -> None:
    for field in LISTS:
        value = draft.data.get(field)
        if isinstance(value, str) or (isinstance(value, dict) and field != "attachments"):
            draft.data[field] = [value]


@fix(
    "config-mapping",
    "Make config a mapping",
    "config is a mapping of names to values.",
    FixKind.CONFIG,
)
def config_mapping(draft: Draft) -> None:
    """config is a mapping, and so is its part for the site; anything else in it gets a name."""
    config = draft.data.get("config")
    if config is not None and not isinstance(config, dict):
        del draft.data["config"]
        draft.to_config("config", config)
    elif isinstance(config, dict) and _SITE in config and not isinstance(config[_SITE], dict):
        value = config.pop(_SITE)
        if value is not None:
            draft.to_config(_SITE, value)


@fix(
    "numbers-to-text",
    "Quote numbers",
    "Tags, links, ids, names and descriptions are text; YAML reads a bare 2018 as a number.",
    FixKind.AUTO,
)
def numbers_to_text(draft: Draft) -> None:
    for field in _TEXTS:
        if field in draft.data:
            draft.data[field] = _text(draft, draft.data[field])
    for field in _LISTS:
        value = draft.data.get(field)
        if isinstance(value, list):
            draft.data[field] = [_text(draft, one) for one in value]
    for field in _OBJECTS:
        for one in objects(draft.data.get(field)):
            for key in one:
                one[key] = _text(draft, one[key])


def _text(draft: Draft, value: Any) -> Any:
    if value is None or isinstance(value, str | list | dict):
        return value
    return draft.respell(value, as_text(value))


@fix(
    "version-to-text",
    "Quote versions",
    "A version is text, written as it is in the file.",
    FixKind.AUTO,
)
def version_to_text(draft: Draft) -> None:
    """A version is text: of `version: 1.20` YAML makes the number 1.2. What is no version is kept in config."""
    version = draft.data.get("version")
    if version is None or isinstance(version, dict | list):
        return
    text = version if isinstance(version, str) else as_text(version)
    try:
        Version(text)
    except InvalidVersion:
        return
    draft.data["version"] = draft.respell(version, text)
