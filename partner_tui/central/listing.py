"""How the CI of 2022 to 2024 listed a manifest's entries, and what it refused before it looked at any of them."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from packaging.version import Version

from partner_tui.central.causes import Causes, Ignored
from partner_tui.central.compiled import Cause, Layer
from partner_tui.central.formats import COLLECTION, LATEST_RESOURCE, convert_resource, unfit
from partner_tui.manifest.text.document import Path, spelled

_GROUPED_VERSIONS = ("0.2.0", "0.2.1")
GROUPS = ("application", "model", "dataset", "notebook")
"""In the order in which the CI put them behind `collection`; it knew no others."""
UNWRITABLE = "a date, a set or binary"
"""What YAML has and the CI could not write."""
_NOT_INHERITED = ("collection", "id", "download_url")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as the CI listed it."""

    path: Path
    own: dict[str, Any]


@dataclass(slots=True)
class Layered:
    """A description that is put together from several places.

    Attributes:
        layers: What said each field last.
    """

    data: dict[str, Any]
    layers: dict[str, Layer]

    def put(self, fields: dict[str, Any], layer: Layer) -> None:
        self.data.update(fields)
        self.layers.update(dict.fromkeys(fields, layer))


class Listing(Causes):
    """Lists the entries of a manifest."""

    def read(self, base: str) -> tuple[list[Listed], Layered]:
        """The entries, and what they inherit. Raises Ignored.

        Args:
            base: The folder that relative paths of the root are below.
        """
        root = self._document.data
        if not isinstance(root, dict):
            raise self.ignored("unreadable", (), "The manifest is not a mapping", "Write fields with values")
        for twice in self._document.duplicates:
            raise Ignored(
                Cause(
                    "duplicate-key",
                    (*twice.path, twice.key),
                    twice.again.line,
                    f"The CI could not read the manifest: {twice.key} is a duplicate key (first in line {twice.first.line})",
                    "Merge the two, or remove one",
                )
            )
        if root.get("type") != "collection":
            said = f"is {root['type']}" if "type" in root else "is missing"
            why = f"The root's type {said}"
            raise self.ignored("no-collection", ("type",), why, "Add type: collection to the root")
        root, listed = self._lists(root)
        mended = {name: deepcopy(value) for name, value in root.items() if name != "collection"}
        if "collection" in root:
            mended["collection"] = [one.own for one in listed]
        self._read_as_latest(mended)
        convert_resource(mended)
        for problem in COLLECTION.problems(mended):
            path = problem.path
            if path[:1] == ("collection",) and len(path) > 1:
                path = (*listed[int(path[1])].path, *path[2:])
            raise self.ignored("root", path, f"{spelled(path) or 'The root'} {problem.text}", problem.hint)
        self._check_ids(listed)
        if (place := unwritable_in(root)) is not None:
            why = f"{spelled(place)} is {UNWRITABLE}, which failed the whole run"
            raise self.ignored("unwritable", place, why, "Put it in quotes")
        written = COLLECTION.write(
            {name: value for name, value in mended.items() if name not in _NOT_INHERITED}, base
        )
        return listed, Layered(written, dict.fromkeys(written, "root"))

    def _read_as_latest(self, root: dict[str, Any]) -> None:
        """Of a format that the CI did not know yet, it read the newest one, and noted that in `config`."""
        version, config = root.get("format_version"), root.get("config", {})
        if version is None:
            return
        if (problem := unfit(version, LATEST_RESOURCE)) is not None:
            raise self.ignored("root", problem.path, f"{spelled(problem.path)} {problem.text}", problem.hint)
        if Version(version) > Version(LATEST_RESOURCE):
            root["format_version"] = LATEST_RESOURCE
            if isinstance(config, dict) and isinstance(config.get("bioimageio", {}), dict):
                noted = {**config.get("bioimageio", {}), "original_format_version": version}
                root["config"] = {**config, "bioimageio": noted}

    def _lists(self, root: dict[str, Any]) -> tuple[dict[str, Any], list[Listed]]:
        """The root and its entries, those in groups moved behind `collection` as the CI moved them."""
        own = root.get("collection")
        if "collection" in root and not (isinstance(own, list) and all(isinstance(one, dict) for one in own)):
            raise self.ignored("root", ("collection",), "collection is not a list of mappings", "Correct it")
        listed = [Listed(("collection", number), dict(one)) for number, one in enumerate(own or ())]
        if root.get("format_version") not in _GROUPED_VERSIONS:
            return root, listed
        for group in GROUPS:
            if group not in root:
                continue
            members = root[group]
            if not isinstance(members, list) or not all(isinstance(one, dict) for one in members):
                why = f"{group} is not a list of entries"
                raise self.ignored("root", (group,), why, "Correct it, or remove it")
            listed += [Listed((group, number), dict(one)) for number, one in enumerate(members)]
            if not listed:
                why = f"{group} is empty, which the CI did not survive"
                raise self.ignored("root", (group,), why, "Remove it")
            # A fault of the CI: the last of the group alone, and of an empty one the entry before it.
            listed[-1].own["type"] = group
        config = root.get("config")
        if isinstance(config, dict) and "id" in config:
            root = {
                **root,
                "config": {name: value for name, value in config.items() if name != "id"},
                "id": config["id"],
            }
        return {**root, "collection": []}, listed

    def _check_ids(self, listed: list[Listed]) -> None:
        seen: dict[str, Path] = {}
        for one in listed:
            source = one.own.get("rdf_source")
            if "rdf_source" in one.own and not isinstance(source, str):
                hint = "Name the RDF by its path or URL"
                raise self.ignored("root", (*one.path, "rdf_source"), "rdf_source is not a text", hint)
            if "id" not in one.own:
                if "rdf_source" not in one.own:
                    hint = "Correct if: to id:" if "if" in one.own else "Add an id"
                    raise self.ignored("no-id", one.path, "An entry has neither id nor rdf_source", hint)
                continue
            own_id = one.own["id"]
            if not isinstance(own_id, str):
                why = f"The id {own_id} is not a text"
                raise self.ignored("id-not-text", (*one.path, "id"), why, "Put it in quotes")
            if own_id in seen:
                first = self._document.position(seen[own_id]).line
                why = f"The id {own_id} occurs twice (first in line {first})"
                raise self.ignored("duplicate-id", (*one.path, "id"), why, "Rename or remove one")
            seen[own_id] = one.path


def unwritable_in(value: Any, place: Path = ()) -> Path | None:
    """Where a value is that the CI read and could not write; None where there is none."""
    if isinstance(value, set | bytes) or (isinstance(value, date) and not isinstance(value, datetime)):
        return place
    below: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        below = value.items()
    elif isinstance(value, list):
        below = enumerate(value)
    for step, one in below:
        if step is not None and not isinstance(step, str | int | float):  # what JSON makes text of
            return place
        inside = (*place, step) if isinstance(step, str | int) else place
        if (found := unwritable_in(one, inside)) is not None:
            return found
    return None
