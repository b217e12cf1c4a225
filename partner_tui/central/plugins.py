"""An ImJoy plugin as the CI turned it into a resource; nothing of it is run."""

from __future__ import annotations

from typing import Any

from partner_tui.manifest.plugin import plugin_config

_FIELDS = ("icon", "name", "version", "description", "license")
"""Those of its config that a resource has, too."""
_ALWAYS = "bioengine"
_PER_TAG = frozenset(
    (
        "base_frame",
        "base_worker",
        "cover",
        "dependencies",
        "env",
        "flags",
        "icon",
        "labels",
        "passive",
        "requirements",
        "type",
        "ui",
    )
)
"""Fields of which a plugin may give each of its tags a value."""


def is_plugin(reference: Any) -> bool:
    """Whether a `source` is a plugin's, by its spelling: in the CI, upper case was none."""
    return isinstance(reference, str) and reference.split("?")[0].endswith(".imjoy.html")


def plugin_2024(text: str, source: str) -> dict[str, Any] | None:
    """The fields of a plugin by the rules of 2022 to 2024; None when its config cannot be read."""
    config = _config(text)
    if config is None:
        return None
    tags = [*config.get("labels", ()), *config.get("flags", ())]
    found = {
        "type": "application",
        "source": source,
        **{name: config[name] for name in _FIELDS if name in config},
    }
    found["tags"] = tags if _ALWAYS in tags else [*tags, _ALWAYS]
    found["covers"] = _list(config.get("cover"))
    found["badges"] = _list(config.get("badge"))
    if authors := config.get("author"):
        found["authors"] = [{"name": authors}] if isinstance(authors, str) else _list(authors)
    return found


def plugin_2021(text: str) -> dict[str, Any] | None:
    """The fields of a plugin by the rules of 2019 to 2021; None when its config cannot be read."""
    config = _config(text)
    if config is None:
        return None
    names = (*_FIELDS, "api_version", "requirements", "dependencies", "env", "passive")
    found = {name: config[name] for name in names if name in config}
    found["tags"] = [*config.get("labels", ()), *config.get("flags", ())]
    found["documentation"] = config.get("docs")
    for theirs, ours in (("cover", "covers"), ("badge", "badges"), ("author", "authors")):
        found[ours] = _list(config.get(theirs))
    return found


def _config(text: str) -> dict[str, Any] | None:
    """The config, of fields that are written per tag the first tag's value; None where the CI could not read it."""
    config = plugin_config(text)
    if config is None or not isinstance(config.get("name"), str):
        return None
    tags = config.get("tags")
    tag = tags[0] if isinstance(tags, list) and tags else None
    per_tag = {
        name: value
        for name, value in config.items()
        if name in _PER_TAG and value and isinstance(value, dict)
    }
    if per_tag and (not tag or isinstance(tag, list | dict)):
        return None
    found = {**config, **{name: value.get(tag) for name, value in per_tag.items()}}
    return found if all(isinstance(found.get(name, []), list) for name in ("labels", "flags")) else None


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list(value)
    return [value] if value else []
