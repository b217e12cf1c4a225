"""An entry with all its fields: the root's, those of its RDF or plugin, its own; each with where it is from.

The precedence is that of the central CI (domain.md, section 2). Nothing is fetched: a source that is not in
the clone is named as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.addresses.urls import names_file
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.entry import Entry, Manifest, as_fields
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.plugin import read_plugin
from partner_tui.manifest.recognise import has_model_parts, not_an_rdf
from partner_tui.manifest.sources import Missing, fetched_text, is_doi, is_yaml, missing, place, unreadable
from partner_tui.manifest.stored_files import unread
from partner_tui.manifest.text.document import Document, Path

Origin: TypeAlias = Literal["own", "root", "rdf"]

PLUGIN = ".imjoy.html"


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry with all its fields.

    Attributes:
        entry: The entry.
        data: Field by field, each overwritten whole.
        origins: Where each field of `data` comes from.
        rdf_path: The RDF or plugin in the clone that was read, relative to the clone.
        rdf: That RDF; None for a plugin.
        missing: The RDF or plugin that is needed and cannot be read.
        supplied: What the RDF or plugin says.
        pointers: The own fields that only name the RDF, and are none of the resource's.
        folder: Where relative paths in the data begin, relative to the clone.
        type: The resource type, if anything says it.
        format_version: The declared one, if anything says it.
    """

    entry: Entry
    data: dict[str, Any]
    origins: dict[str, Origin]
    rdf_path: str | None
    rdf: Document | None
    missing: Missing | None
    supplied: dict[str, Any]
    pointers: frozenset[str]
    folder: str
    type: str | None
    format_version: str | None

    @property
    def judged(self) -> dict[str, Any]:
        """The fields as the spec library shall see them: without what only tells a manifest where the RDF is."""
        data = {name: value for name, value in self.data.items() if name not in self.pointers}
        if "source" in self.pointers and "source" in self.supplied:
            data["source"] = self.supplied["source"]
        return data

    @property
    def remote(self) -> str:
        """The reference to an RDF or plugin that was downloaded: what it has shows through, whatever the entry says."""
        reference = self.entry.own.get("rdf_source") or self.entry.own.get("source")
        return reference if self.supplied and not self.rdf_path and isinstance(reference, str) else ""

    def base(self, field: str) -> str:
        """Where relative paths in a field begin, relative to the clone: beside the file that it is written in.

        A field that nothing has is that of the RDF, where there is one.
        """
        if self.rdf_path and (self.origins.get(field, "rdf") == "rdf" or field in self.pointers):
            return self.rdf_path.rpartition("/")[0]
        return self.folder if not self.entry.path else ""


@dataclass(frozen=True, slots=True)
class _Source:
    """What an entry's source gave."""

    data: dict[str, Any]
    path: str | None = None
    rdf: Document | None = None
    missing: Missing | None = None


def resolve(entry: Entry, manifest: Manifest, files: CloneFiles) -> Resolved:
    """Resolve one entry; a malformed one resolves to nothing.

    Args:
        entry: An entry of `manifest`.
        manifest: Where it stands.
        files: The clone; the manifest lies at its root.
    """
    if entry.problem:
        return Resolved(entry, {}, {}, None, None, None, {}, frozenset(), "", None, None)
    source = _Source({}) if manifest.is_rdf else _read_source(entry, files)
    data: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    layers: tuple[tuple[Origin, dict[str, Any]], ...] = (
        ("root", dict(manifest.root)),
        ("rdf", source.data),
        ("own", dict(entry.own)),
    )
    for origin, fields in layers:
        data.update(fields)
        origins.update(dict.fromkeys(fields, origin))
    if "type" not in entry.own and entry.group:
        data["type"] = entry.group
        origins["type"] = "own"
    kind = data.get("type")
    if data.get("format_version") is None:
        version = _inherited_version(kind, manifest)
        if version is not None:
            data["format_version"] = version
            origins["format_version"] = "root"
    declared = data.get("format_version")
    return Resolved(
        entry,
        data,
        origins,
        source.path,
        source.rdf,
        source.missing,
        source.data,
        _pointers(entry, manifest, source),
        source.path.rpartition("/")[0] if source.rdf and source.path else manifest.folder,
        kind if isinstance(kind, str) else None,
        None if declared is None or isinstance(declared, dict | list) else str(declared),
    )


def written_in(resolved: Resolved, manifest: Manifest, field: str) -> tuple[Document | None, Path]:
    """The file in which a field of an entry is written, and its path there; no file where none of the clone has it."""
    match resolved.origins.get(field):
        case "rdf":
            return resolved.rdf if resolved.rdf_path else None, (field,)
        case "root":
            return manifest.document, (field,)
    return manifest.document, (*resolved.entry.path, field)


def _inherited_version(kind: Any, manifest: Manifest) -> str | None:
    """The root's format_version, where it belongs to the entry's type.

    A root 0.2.x is the collection's and its kin's; a root of 0.3 or more in a grouped manifest was the
    version of *models* at the time.
    """
    version = manifest.format_version
    if version is None or not isinstance(kind, str):
        return None
    if version.startswith("0.2."):
        return None if kind == "model" else version
    return version if kind == "model" and manifest.dialect in ("grouped", "mixed", "attachments") else None


def _pointers(entry: Entry, manifest: Manifest, source: _Source) -> frozenset[str]:
    if manifest.is_rdf:
        return frozenset()
    by_source = entry.group and source.data and names_rdf(entry) and "rdf_source" not in entry.own
    return frozenset(("rdf_source", "source") if by_source else ("rdf_source",))


def _read_source(entry: Entry, files: CloneFiles) -> _Source:
    """What the entry's `rdf_source`, or its `source` where that describes the resource, supplies."""
    reference, source = entry.own.get("rdf_source"), entry.own.get("source")
    if isinstance(reference, dict):
        return _Source(as_fields(reference))
    if isinstance(reference, str) and reference.strip():
        if names_file(reference, PLUGIN):
            return _read_plugin(reference.strip(), entry, files)
        return _read_rdf(reference.strip(), files)
    if reference is not None and not isinstance(reference, str):
        return _Source({}, missing=unreadable(str(reference), "rdf_source is not the path or URL of an RDF"))
    if isinstance(source, str):
        if names_file(source, PLUGIN):
            return _read_plugin(source.strip(), entry, files)
        if entry.group and names_rdf(entry):
            return _read_rdf(source.strip(), files)
    if "rdf_source" in entry.own and entry.type == "model" and not has_model_parts(entry.own):
        return _Source({}, missing=unreadable("", "rdf_source is empty; it should name the RDF of the model"))
    return _Source({})


def names_rdf(entry: Entry) -> bool:
    """Whether an entry's `source` has to be its RDF: a YAML file, or the DOI of a model that says nothing else of itself."""
    source = entry.own.get("source")
    if not isinstance(source, str):
        return False
    is_archived = entry.type == "model" and is_doi(source)
    return is_yaml(source) or (is_archived and not entry.name and not has_model_parts(entry.own))


def _read_plugin(reference: str, entry: Entry, files: CloneFiles) -> _Source:
    path = place(reference, files)
    text = files.read_text(path) if path else None
    if text is None:
        text = fetched_text(reference, files)
    fields = read_plugin(text) if text is not None else None
    if fields is not None:
        return _Source(fields, path)
    if entry.own.get("name") and entry.own.get("description"):
        return _Source({})
    if text is None:
        return _Source({}, missing=missing(reference, files))
    why = f"{path or reference} has no readable <config>"
    return _Source({}, missing=unreadable(reference, unread(path, files, why) if path else why))


def _read_rdf(reference: str, files: CloneFiles) -> _Source:
    path = place(reference, files)
    text = files.read_text(path) if path else None
    if path is None or text is None:
        return _read_fetched(reference, files)
    try:
        document = Document.parse(text, path)
    except ManifestParseError as error:
        return _Source({}, path, missing=unreadable(reference, unread(path, files, error.message)))
    if what := not_an_rdf(document.data):
        why = unread(path, files, f"{path} is {what}")
        return _Source({}, path, document, missing=unreadable(reference, why))
    return _Source(as_fields(document.data), path, document)


def _read_fetched(reference: str, files: CloneFiles) -> _Source:
    """A remote RDF: missing, unless the user had it downloaded. It can be read and not be written."""
    text = fetched_text(reference, files)
    if text is None:
        return _Source({}, missing=missing(reference, files))
    try:
        data = Document.parse(text, reference).data
    except ManifestParseError:
        data = None
    if not_an_rdf(data):
        return _Source(
            {}, missing=unreadable(reference, f"What was downloaded from {reference} is not an RDF")
        )
    return _Source(as_fields(data))
