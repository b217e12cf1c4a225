"""The rules of 2019 to 2021: a script compiled grouped manifests; the YAML that an entry's `source` names overrode the entry.

It checked little: what the spec refused of a model was kept as `error`. Its library is not at hand; errors are told by
the formats of 2024.
"""

from __future__ import annotations

from typing import Any

from partner_tui.central.causes import Causes, Ignored, Unfit
from partner_tui.central.compiled import Compiled, Layer, Origin, Outcome, State
from partner_tui.central.formats import RESOURCE_FIELDS, read
from partner_tui.central.home import Home, source_text
from partner_tui.central.plugins import is_plugin, plugin_2021
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.sources import Missing
from partner_tui.manifest.text.document import Document, Path, spelled

_KEPT = frozenset(RESOURCE_FIELDS) - {"config", "maintainers", "rdf_source", "source", "type"} | {
    "api_version",
    "co2",
    "error",
    "model",
}
"""With `type` and `source` the 23 fields of an item."""


class Rules2021(Causes):
    """Compiles a manifest; nothing is fetched, and nothing outside of the clone is read."""

    def __init__(self, document: Document, files: CloneFiles, home: Home) -> None:
        super().__init__(document)
        self._files = files
        self._home = home
        root = document.data if isinstance(document.data, dict) else {}
        config = root.get("config")
        self._config: dict[str, Any] = config if isinstance(config, dict) else {}
        self._seen: dict[str, tuple[Entry, dict[str, Any]]] = {}

    def run(self) -> Compiled:
        partner = dict(self._config)
        try:
            if not isinstance(partner.get("id"), str):
                raise self.ignored("no-partner-id", ("config", "id"), "config has no id", "Add id to config")
            manifest = read_manifest(self._document)
            outcomes = tuple(self._outcome(entry) for entry in manifest.entries)
        except Ignored as ignored:
            return Compiled("2021", partner, ignored=ignored.cause)
        return Compiled("2021", partner, outcomes)

    def _outcome(self, entry: Entry) -> Outcome:
        public_id = f"{self._config['id']}/{entry.id}" if entry.id else ""
        try:
            item, layers = self._compiled(entry)
            self._check_unique(entry, item)
        except Unfit as unfit:
            state: State = "dropped" if unfit.is_known else "unknown"
            return Outcome(entry.index, entry.path, public_id, entry.line, state, causes=unfit.causes)
        origins = {name: Origin(layers.get(name, "rule")) for name in item}
        origins["id"] = Origin("rule", "<partner>/<entry>")
        return Outcome(entry.index, entry.path, item["id"], entry.line, "item", item, origins)

    def _compiled(self, entry: Entry) -> tuple[dict[str, Any], dict[str, Layer]]:
        if entry.problem:
            why = entry.problem.rstrip(".")
            raise self.ignored("root", entry.path, why, "Write it as fields with values")
        if entry.group is None or entry.path[0] == "attachments":
            why = "It is in collection, which this script read as a list of other manifests"
            if entry.group is not None:
                why = "This script did not read groups below attachments"
            hint = "These rules read the lists model:, application: …"
            raise self.unfit("not-listed", entry.path, why, hint)
        read_entry = self._application if entry.group == "application" else self._other
        found, layers = read_entry(entry, dict(entry.own))
        if not isinstance(found.get("id"), str):
            if not isinstance(found.get("name"), str):
                raise self.ignored("no-id", entry.path, "An entry has neither id nor name", "Add an id")
            found["id"] = found["name"].replace(" ", "-")
        if not isinstance(found.get("name"), str):
            raise self.ignored("no-name", entry.path, "An entry has no name", "Add a name")
        found["id"] = f"{self._config['id']}/{found['id']}"
        if isinstance(found.get("links"), list):
            found["links"] = [
                link if not isinstance(link, str) or "/" in link else f"{self._config['id']}/{link}"
                for link in found["links"]
            ]
        if isinstance(found.get("tags"), list):
            found["tags"] = list(dict.fromkeys(str(tag) for tag in found["tags"]))
        return found, layers

    def _application(self, entry: Entry, own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Layer]]:
        source = own.get("source")
        if not isinstance(source, str) or not source:
            why = "An application without a source was skipped"
            raise self.unfit("no-source", entry.path, why, "Add source")
        layers: dict[str, Layer] = dict.fromkeys(own, "entry")
        if not is_plugin(source):
            return {**own, "type": "application"}, layers
        text = self._text(source, (*entry.path, "source"))
        plugin = plugin_2021(text)
        if plugin is None:
            why = f"{source} has no readable <config>"
            raise self.ignored("plugin", (*entry.path, "source"), why, "Correct it")
        if entry.id != plugin.get("name"):
            why = f"The id {entry.id} is not the plugin's name, {plugin.get('name')}"
            raise self.ignored("plugin-name", (*entry.path, "id"), why, "Use the plugin's name as the id")
        given = {
            "id": entry.id,
            "type": "application",
            "source": self._absolute(source),
            "passive": own.get("passive", False),
        }
        return {**given, **plugin}, {**dict.fromkeys(given, "entry"), **dict.fromkeys(plugin, "plugin")}

    def _other(self, entry: Entry, own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Layer]]:
        source = own.get("source")
        layers: dict[str, Layer] = dict.fromkeys(own, "entry")
        item: dict[str, Any] = {"type": entry.group}
        if isinstance(source, str) and source.endswith(("yaml", "yml")):
            supplied = self._yaml(source, (*entry.path, "source"))
            own.update(supplied)
            layers.update(dict.fromkeys(supplied, "rdf_source"))
            if entry.group == "model":
                problems = read({**supplied, "type": "model"}, "").problems
                own["error"] = {"spec": {spelled(one.path): one.text for one in problems}} if problems else {}
                layers["error"] = "rule"
            item["source"] = source
            item["root_url"] = self._absolute(source).rpartition("/")[0]
        attached = {name: own[name] for name in ("files", "weights") if name in own}
        item |= {name: _trimmed(name, value) for name, value in own.items() if name in _KEPT}
        if "source" in own:
            item.setdefault("source", own["source"])
        if attached:
            item["attachments"] = {
                **attached,
                **(own["attachments"] if isinstance(own.get("attachments"), dict) else {}),
            }
        tags = self._config.get("tags")
        item["tags"] = [
            *(own["tags"] if isinstance(own.get("tags"), list) else ()),
            *(tags if isinstance(tags, list) else ()),
        ]
        return item, layers

    def _yaml(self, source: str, path: Path) -> dict[str, Any]:
        try:
            data = Document.parse(self._text(source, path), source).data
        except ManifestParseError as error:
            why = f"{source}: {error.message.rstrip('.')}"
            raise self.ignored("source", path, why, "Correct it") from None
        return dict(data) if isinstance(data, dict) else {}

    def _text(self, source: str, path: Path) -> str:
        found = source_text(source, self._home, self._files)
        if isinstance(found, Missing):
            raise self.no_source(found, source, path, "source")
        return found[0]

    def _absolute(self, source: str) -> str:
        root = self._config.get("url_root")
        if source.startswith("http") or not isinstance(root, str):
            return source
        return f"{root.strip('/')}/{source.strip('/').strip('./')}"

    def _check_unique(self, entry: Entry, item: dict[str, Any]) -> None:
        if item["id"] not in self._seen:
            self._seen[item["id"]] = (entry, item)
            return
        first, other = self._seen[item["id"]]
        place = (*entry.path, "id")
        if item != other:
            why = (
                f"The id {item['id']} is that of another entry, too (line {first.line}), which failed the run"
            )
            raise self.ignored("duplicate-id", place, why, "Rename or remove one")
        raise self.unfit("duplicate-id", place, f"It repeats the entry in line {first.line}", "Remove one")


def _trimmed(name: str, value: Any) -> Any:
    """Relative paths without what stood before them."""
    if name == "documentation" and isinstance(value, str):
        return value.strip("/").strip("./")
    if name == "covers" and isinstance(value, list):
        return [one.strip("/").strip("./") if isinstance(one, str) else one for one in value]
    return value
