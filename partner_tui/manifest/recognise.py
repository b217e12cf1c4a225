"""Recognises a file as a manifest, the RDF of one resource, or neither. Asked here alone, by every command and by the app.

Its content decides, never its name: a model's RDF is told by what only models have, any other by its fields, and what
looks like neither is refused instead of being read as a manifest without entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.resource_types import GROUPS, TYPE_NAMES

EXPECTED = (
    "A manifest has a collection: list of entries, or a config: mapping that describes the partner; "
    "the RDF of one resource has a type, or inputs, outputs and weights"
)
"""What can be read, in one line without its full stop."""
_OF_PARTNERS = frozenset(
    (
        "id",
        "name",
        "splash_title",
        "splash_subtitle",
        "splash_feature_list",
        "explore_button_text",
        "background_image",
        "resource_types",
        "default_type",
        "url_root",
        "logo",
        "docs",
        "about_url",
    )
)
"""Fields that the `config` of a partner has; an RDF's holds mappings, one for each program."""
_OF_RESOURCES = frozenset(
    (
        "authors",
        "maintainers",
        "packaged_by",
        "cite",
        "covers",
        "documentation",
        "source",
        "download_url",
        "git_repo",
        "links",
        "badges",
        "attachments",
        "timestamp",
        "parent",
    )
)


def is_rdf(root: Mapping[Any, Any]) -> bool:
    """Whether the root of a file, in which no entries are listed, is that of an RDF."""
    kind = root.get("type")
    if kind == "collection":
        return False
    if has_model_parts(root) or kind in TYPE_NAMES:
        return True
    is_versioned = root.get("format_version") is not None
    if isinstance(kind, str) and (is_versioned or root.get("name")):
        return True
    if _describes_partner(root.get("config")):
        return False
    return "name" in root and (is_versioned or not _OF_RESOURCES.isdisjoint(root))


def has_model_parts(root: Mapping[Any, Any]) -> bool:
    """Whether a mapping has what only models have, in the shape in which they have it."""
    tensors = any(
        isinstance(value := root.get(side), list) and any(isinstance(one, dict) for one in value)
        for side in ("inputs", "outputs")
    )
    return tensors or isinstance(root.get("weights"), dict)


def is_manifest(root: Mapping[Any, Any]) -> bool:
    """Whether the root of a file, in which no entries are listed, is that of a manifest all the same."""
    return root.get("type") == "collection" or "collection" in root or _describes_partner(root.get("config"))


def not_an_rdf(data: Any) -> str:
    """What a file is that an entry names as its RDF, where that is none; empty for what may be one."""
    if not isinstance(data, dict):
        return "not a mapping"
    # A root of groups has such fields as well; it says what partner it is of.
    is_resource = not _OF_RESOURCES.isdisjoint(data) and not _describes_partner(data.get("config"))
    names = ("collection",) if is_resource else ("collection", *GROUPS)
    lists = [data[name] for name in names if isinstance(data.get(name), list)]
    is_listing = any(isinstance(one, dict) for members in lists for one in members)
    is_manifest = is_listing and not has_model_parts(data) and data.get("type") not in TYPE_NAMES
    return "a manifest" if is_manifest or data.get("type") == "collection" else ""


def not_understood(data: Any, name: str) -> ManifestParseError:
    """The error for a file that is YAML, and neither a manifest nor an RDF."""
    what = "contains only a single value"
    if data is None:
        what = "is empty"
    elif isinstance(data, list):
        what = "is a list"
    elif isinstance(data, dict):
        what = f"has the fields {_some(data)}" if data else "is an empty mapping"
    return ManifestParseError(
        f"{name} is neither a manifest nor an RDF: it {what}.", f"{EXPECTED}.", kind="content"
    )


def _describes_partner(config: Any) -> bool:
    return isinstance(config, dict) and any(
        field in _OF_PARTNERS and not isinstance(value, dict) for field, value in config.items()
    )


def _some(data: Mapping[Any, Any]) -> str:
    names = [str(name)[:30] for name in data]
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
