"""Reads the `<config>` block of an ImJoy plugin file; nothing of it is run."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.document import Document

MAX_BLOCK = 64 * 1024

_OPENING = re.compile(r"<config(?:\s+lang\s*=\s*[\"']?(json|yaml|yml)[\"']?)?\s*>", re.IGNORECASE)
_CLOSING = "</config>"

# What the central CI takes over (bioimageio.spec, partner_utils.imjoy). The plugin's own machinery is left
# out: no resource has an `api_version`, and its `type` ("web-worker", ...) is none of a resource's types.
_FIELDS = ("name", "version", "description", "license", "icon")
PLUGIN_NAMES: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in _FIELDS},
    "tags": ("labels", "flags"),
    "covers": ("cover",),
    "badges": ("badge",),
    "authors": ("author",),
}
"""What plugins call each field of an RDF."""


def config_block(text: str) -> tuple[int, int] | None:
    """Start and end of what is in the `<config>` block of a plugin file; None where it has none, or one of more than 64 KiB."""
    opening = _OPENING.search(text)
    if opening is None:
        return None
    end = text.find(_CLOSING, opening.end(), opening.end() + MAX_BLOCK)
    return (opening.end(), end) if end >= 0 else None


def plugin_config(text: str) -> dict[str, Any] | None:
    """The `<config>` block of a plugin file as it is written; None as for `read_plugin`."""
    opening, place = _OPENING.search(text), config_block(text)
    if opening is None or place is None:
        return None
    block = text[slice(*place)]
    try:
        found = json.loads(block) if (opening[1] or "json").lower() == "json" else Document.parse(block).data
    except (ValueError, RecursionError, ManifestParseError):
        return None
    return found if isinstance(found, dict) else None


def read_plugin(text: str) -> dict[str, Any] | None:
    """The resource fields of a plugin file.

    Args:
        text: The whole `.imjoy.html` file.

    Returns:
        The fields under the names that RDFs use (`covers`, `authors`, ...); None when there is
        no block, it is larger than 64 KiB, or it cannot be read.
    """
    found = plugin_config(text)
    if found is None:
        return None
    fields = {name: found[name] for name in _FIELDS if found.get(name)}
    tags = [tag for name in PLUGIN_NAMES["tags"] for tag in _as_list(found.get(name)) if isinstance(tag, str)]
    if tags:
        fields["tags"] = tags
    for name in ("covers", "badges", "authors"):
        if given := _as_list(found.get(PLUGIN_NAMES[name][0])):
            is_person = name == "authors"
            fields[name] = [{"name": one} if is_person and isinstance(one, str) else one for one in given]
    return fields


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value and not isinstance(value, dict) else []
