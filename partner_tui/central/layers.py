"""The layers of an entry by the rules of 2022 to 2024: root, `rdf_source`, plugin, its own fields; lowest first."""

from __future__ import annotations

from typing import Any

from partner_tui.central.causes import Causes, Unfit
from partner_tui.central.compiled import Cause
from partner_tui.central.formats import read
from partner_tui.central.home import Home, source_text
from partner_tui.central.listing import UNWRITABLE, Layered, Listed, unwritable_in
from partner_tui.central.plugins import is_plugin, plugin_2024
from partner_tui.central.shapes import Problem, joined, parent_of
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.sources import Missing
from partner_tui.manifest.text.document import Document, Path, spelled


class Layers(Causes):
    """Puts entries together, each source read once."""

    def __init__(self, document: Document, files: CloneFiles, home: Home) -> None:
        super().__init__(document)
        self._files = files
        self._home = home
        self._seen: dict[str, int] = {}
        self._texts: dict[str, tuple[str, str | None] | Missing] = {}

    def put_together(self, one: Listed, base: Layered) -> tuple[str, Layered]:
        """The entry's id, and all fields, lowest layer first.

        Raises:
            Unfit: It has no id, or its source cannot be read.
            Ignored: It fails the whole run.
        """
        whole = Layered(dict(base.data), dict(base.layers))
        supplied = ""
        own = dict(one.own)
        reference = own.pop("rdf_source", None)
        if reference is not None:
            source = self._rdf(reference, (*one.path, "rdf_source"))
            supplied = source.pop("id", "")
            whole.put(self._plugin(source, one.path, "rdf_source"), "plugin")
            whole.put(source, "rdf_source")
        plugin = self._plugin(own, one.path, "source")
        entry_id = own.pop("id", supplied)
        if not entry_id:
            raise self.unfit("no-id", one.path, "It has no id, nor has its rdf_source", "Add an id")
        if entry_id in self._seen:
            why = f"The id {entry_id} is taken by the entry in line {self._seen[entry_id]}"
            raise self.unfit("duplicate-id", one.path, why, "Give it another id")
        self._seen[entry_id] = self.line(one.path)
        whole.put(plugin, "plugin")
        whole.put(own, "entry")
        return entry_id, whole

    def _rdf(self, reference: str, path: Path) -> dict[str, Any]:
        """What an RDF says, as the library writes it."""
        text, file = self._text(reference.strip(), path, "rdf-source")
        name = file or reference
        try:
            document = Document.parse(text, name)
        except ManifestParseError as error:
            why = f"{name} cannot be read: {error.message.rstrip('.')}"
            raise self.unfit("rdf-source", path, why, "Correct it", file) from None
        if not isinstance(document.data, dict) or document.duplicate_count:
            what = "has a duplicate key" if document.duplicate_count else "is not a mapping"
            raise self.unfit("rdf-source", path, f"{name} {what}", "Correct it", file)
        url = reference if "://" in reference else joined(self._home.url, reference)
        found = read(
            {key: value for key, value in document.data.items() if isinstance(key, str)}, parent_of(url)
        )
        if found.problems:
            raise Unfit(*(self._in_rdf(problem, document, path, name, file) for problem in found.problems))
        if (place := unwritable_in({"config": found.data.get("config")})) is not None:
            why = f"{spelled(place)} is {UNWRITABLE} ({name}, line {document.position(place).line})"
            raise self.ignored("unwritable", path, f"{why}, which failed the whole run", "Put it in quotes")
        return found.data

    def _in_rdf(self, problem: Problem, document: Document, path: Path, name: str, file: str | None) -> Cause:
        line = document.position(problem.path).line
        why = f"{spelled(problem.path)} {problem.text} ({name}, line {line})"
        return self.cause("rdf-source", path, why, problem.hint, file)

    def _plugin(self, data: dict[str, Any], path: Path, field: str) -> dict[str, Any]:
        """What the plugin says that a description's source is; nothing when it is none."""
        if "source" not in data:
            return {}
        source = data["source"]
        place = (*path, field)
        if not isinstance(source, str):
            why = "source is not a text, which failed the whole run"
            raise self.ignored("source", place, why, "Write it as one URL")
        if not is_plugin(source):
            return {}
        if field == "source" and "://" not in source:
            why = f"{source} is the plugin's path, which failed the whole run: the CI downloaded it"
            raise self.ignored("plugin", place, why, "Write the URL that it is downloaded from")
        text, file = self._text(source, place, "plugin")
        if (found := plugin_2024(text, source)) is None:
            why = f"{file or source} has no readable <config>, which failed the whole run"
            raise self.ignored("plugin", place, why, "Correct it")
        return found

    def _text(self, reference: str, path: Path, rule: str) -> tuple[str, str | None]:
        """A source's text, and its path in the clone.

        Raises:
            Unfit: It is not here.
        """
        if reference not in self._texts:
            self._texts[reference] = source_text(reference, self._home, self._files)
        found = self._texts[reference]
        if isinstance(found, Missing):
            raise self.no_source(found, reference, path, rule)
        return found
