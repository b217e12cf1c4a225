"""From a resource that the CI took over to the item that it published (rules of 2022 to 2024)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from partner_tui.central.compiled import Layer, Origin

SITE = "https://bioimage-io.github.io/collection-bioimage-io"
"""Where the CI published."""
FIELDS = (
    "authors",
    "badges",
    "covers",
    "description",
    "download_url",
    "icon",
    "license",
    "links",
    "name",
    "source",
    "tags",
    "training_data",
    "type",
)
"""Fields of the resource that are an item's, too."""
FROM_CONFIG = ("nickname", "nickname_icon", "owners", "created")
"""Fields of `config.bioimageio` that are an item's."""
_VERSION = "latest"
_LARGEST = "at most 600 x 340"
_STRIPPED = "/content"
_ZENODO_API = "https://zenodo.org/api"


def item_of(
    public_id: str, data: dict[str, Any], layers: dict[str, Layer], changed: frozenset[str]
) -> tuple[dict[str, Any], dict[str, Origin]]:
    """The item of one resource, and where each of its fields comes from.

    Args:
        data: The resource as it was taken over.
        layers: What said each field last.
        changed: The fields that were written otherwise than they were said.
    """
    item: dict[str, Any] = {name: data[name] for name in FIELDS if name in data}
    origins = {
        name: Origin(layers.get(name, "rule"), _note(name) if name in changed else "") for name in item
    }
    config = data.get("config")
    found = config.get("bioimageio") if isinstance(config, dict) else None
    for name in FROM_CONFIG:
        if isinstance(found, dict) and name in found:
            item[name] = found[name]
            origins[name] = Origin(layers.get("config", "rule"), "of config.bioimageio")
    folder = f"{SITE}/rdfs/{public_id}/{_VERSION}"
    if isinstance(item.get("covers"), list):
        item["covers"] = [_copied(cover, folder) for cover in item["covers"]]
        if item["covers"]:
            origins["covers"] = Origin(origins["covers"].layer, f"copied, {_LARGEST}")
    if isinstance(item.get("badges"), list):
        item["badges"] = [_with_copied_icon(badge, folder) for badge in item["badges"]]
    always = {
        "id": public_id,
        "rdf_source": f"{folder}/rdf.yaml",
        "versions": [_VERSION],
        "download_count": 1,
    }
    item |= always
    origins |= {
        "id": Origin("rule", "<partner>/<entry>"),
        "rdf_source": Origin("rule", "where the CI published the whole description"),
        "versions": Origin("rule", "partners have one version"),
        "download_count": Origin("rule", "1 until it is downloaded"),
    }
    return dict(sorted(item.items())), origins


def _note(name: str) -> str:
    return {
        "links": "with the partner's id",
        "authors": "texts became objects",
        "name": "without slashes",
    }.get(name, "written as the library writes it")


def _copied(cover: Any, folder: str) -> Any:
    if not isinstance(cover, str) or cover.startswith(SITE):
        return cover
    return f"{folder}/{_file_name(cover)}"


def _with_copied_icon(badge: Any, folder: str) -> Any:
    icon = badge.get("icon") if isinstance(badge, dict) else None
    if isinstance(icon, str) and icon.startswith(_ZENODO_API):
        return {**badge, "icon": f"{folder}/{_file_name(icon)}"}
    return badge


def _file_name(url: str) -> str:
    """The name of the copy: the URL's last step, after any of these characters were taken off both of its ends.

    The CI meant to remove the end of Zenodo's file URLs, ``/content``, and removed its letters instead.
    """
    try:
        return PurePosixPath(urlsplit(url.strip(_STRIPPED)).path).name
    except ValueError:
        return PurePosixPath(url).name
