"""The rules of 2022 to 2024: how the central CI compiled a manifest into items, its faults included.

Root fields below an entry's `rdf_source`, below the plugin that its `source` is, below the entry's own; then the
library judged the whole. What it refused in the root, in the ids or in how entries are listed, ignored the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from partner_tui.central.causes import Causes, Ignored, Unfit
from partner_tui.central.compiled import Cause, Compiled, Layer, Origin, Outcome
from partner_tui.central.formats import Read, read
from partner_tui.central.home import Home
from partner_tui.central.layers import Layers
from partner_tui.central.listing import GROUPS, Layered, Listed, Listing
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Document, Path, spelled

_SITE = "https://bioimage-io.github.io/collection-bioimage-io"
"""Where the CI published."""
_FIELDS = (
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
_FROM_CONFIG = ("nickname", "nickname_icon", "owners", "created")
"""Fields of `config.bioimageio` that are an item's."""
_REWRITTEN = "written as the library writes it"
_NOTES = {
    "links": "with the partner's id",
    "authors": "texts became objects",
    "name": "without slashes",
}
_VERSION = "latest"
_LARGEST = "at most 600 x 340"
_STRIPPED = "/content"
_ZENODO_API = "https://zenodo.org/api"
_SAID = {
    "root": ", inherited from the root",
    "plugin": ", from the plugin",
    "rdf_source": ", from its rdf_source",
}


class Rules2024(Causes):
    """Compiles a manifest; nothing is fetched, and nothing outside of the clone is read."""

    def __init__(self, document: Document, files: CloneFiles, home: Home) -> None:
        super().__init__(document)
        self._home = home
        self._layers = Layers(document, files, home)

    def run(self) -> Compiled:
        partner = self._home.partner
        try:
            listed, base = Listing(self._document).read(self._home.url)
            partner = self._overlaid(partner, base.data.get("config"))
            outcomes = {one.path: self._outcome(one, base) for one in listed}
            if not partner.get("logo"):
                why = "The partner has no logo, which failed the whole run"
                raise self.ignored("no-logo", ("config", "logo"), why, "Add logo to config")
        except Ignored as ignored:
            return Compiled("2024", partner, ignored=ignored.cause)
        made = []
        for entry in read_manifest(self._document).entries:
            outcome = outcomes.get(entry.path) or self._not_listed(entry.path)
            made.append(replace(outcome, index=entry.index, line=entry.line))
        return Compiled("2024", partner, tuple(made))

    def _overlaid(self, partner: dict[str, Any], config: Any) -> dict[str, Any]:
        """The partner's central object with the manifest's config laid over it, but for the id."""
        own_id = {"id": partner["id"]} if "id" in partner else {}
        return dict(sorted({**partner, **(config if isinstance(config, dict) else {}), **own_id}.items()))

    def _not_listed(self, path: Path) -> Outcome:
        why = f"The CI did not read the list {spelled(path[:-1])}"
        cause = self.cause("not-listed", path, why, "Move the entry to collection, with its type")
        return Outcome(0, path, "", 0, "dropped", causes=(cause,))

    def _outcome(self, one: Listed, base: Layered) -> Outcome:
        own_id = one.own.get("id", "")
        made = Outcome(0, one.path, self._home.public_id(own_id) if own_id else "", 0, "dropped")
        try:
            entry_id, whole = self._layers.put_together(one, base)
            made = replace(made, id=self._home.public_id(entry_id))
            return replace(made, state="item", **self._item(made.id, one, whole))
        except Unfit as unfit:
            return replace(made, state="dropped" if unfit.is_known else "unknown", causes=unfit.causes)

    def _item(self, public_id: str, one: Listed, whole: Layered) -> dict[str, Any]:
        data = dict(whole.data)
        links = data.get("links")
        if "links" in data:
            if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
                why = "links is not a list of texts, which failed the whole run"
                raise self.ignored("links", self._place(one, whole, "links"), why, "Correct it")
            data["links"] = [link if "/" in link else self._home.public_id(link) for link in links]
        data["id"] = public_id
        found = read(data, self._home.url)
        if found.problems:
            raise Unfit(*self._causes(found, one, whole))
        config = found.data.get("config", {})
        if not isinstance(config.get("bioimageio", {}), dict):
            place = (*self._place(one, whole, "config"), "bioimageio")
            why = "config.bioimageio is not a mapping, which failed the whole run"
            raise self.ignored("root", place, why, "Write it as fields with values")
        changed = frozenset(name for name, value in found.data.items() if value != whole.data.get(name))
        item, origins = item_of(public_id, found.data, whole.layers, changed)
        return {"item": item, "origins": origins}

    def _causes(self, found: Read, one: Listed, whole: Layered) -> Iterator[Cause]:
        if whole.data.get("type") == "collection" and whole.layers.get("type") == "root":
            why = "It has no type, and inherits the root's: collection"
            if one.path[0] in GROUPS:
                why = f"It has no type: the CI gave it to the last entry of {one.path[0]} only"
            kind = one.path[0] if one.path[0] in GROUPS else "application"
            yield self.cause("no-type", one.path, why, f"Add its type, such as type: {kind}")
            return
        for problem in found.problems:
            field = str(problem.path[0])
            layer = whole.layers.get(field)
            why = f"{spelled(problem.path)} {problem.text}{_SAID.get(layer or '', '')}"
            yield self.cause(
                "schema", (*self._place(one, whole, field), *problem.path[1:]), why, problem.hint
            )

    def _place(self, one: Listed, whole: Layered, field: str) -> Path:
        """Where a field is written in the manifest, or what brings it in."""
        match whole.layers.get(field):
            case "root":
                return (field,)
            case "rdf_source" | "plugin" as layer:
                return (*one.path, "rdf_source" if layer == "rdf_source" else "source")
            case _:
                return (*one.path, field)


def item_of(
    public_id: str, data: dict[str, Any], layers: dict[str, Layer], changed: frozenset[str]
) -> tuple[dict[str, Any], dict[str, Origin]]:
    """The item of one resource, and where each of its fields comes from.

    Args:
        changed: The fields that were written otherwise than they were said.
    """
    item: dict[str, Any] = {name: data[name] for name in _FIELDS if name in data}
    origins = {
        name: Origin(layers.get(name, "rule"), _NOTES.get(name, _REWRITTEN) if name in changed else "")
        for name in item
    }
    config = data.get("config")
    found = config.get("bioimageio") if isinstance(config, dict) else None
    for name in _FROM_CONFIG:
        if isinstance(found, dict) and name in found:
            item[name] = found[name]
            origins[name] = Origin(layers.get("config", "rule"), "of config.bioimageio")
    folder = f"{_SITE}/rdfs/{public_id}/{_VERSION}"
    if isinstance(item.get("covers"), list):
        item["covers"] = [_copied(cover, folder) for cover in item["covers"]]
        if item["covers"]:
            origins["covers"] = Origin(origins["covers"].layer, f"copied, {_LARGEST}")
    if isinstance(item.get("badges"), list):
        item["badges"] = [_with_copied_icon(badge, folder) for badge in item["badges"]]
    for name, value, note in (
        ("id", public_id, "<partner>/<entry>"),
        ("rdf_source", f"{folder}/rdf.yaml", "where the CI published the whole description"),
        ("versions", [_VERSION], "partners have one version"),
        ("download_count", 1, "1 until it is downloaded"),
    ):
        item[name], origins[name] = value, Origin("rule", note)
    return dict(sorted(item.items())), origins


def _copied(cover: Any, folder: str) -> Any:
    if not isinstance(cover, str) or cover.startswith(_SITE):
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
