"""An older version of an entry, or of the splash, restored as an edit of what there is now.

The rule: only the values that differ are written, where they stand now; what was written around them, and every other entry, stays
byte for byte, and so does the code of a plugin, of which nothing is run. It is undone like any other change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.rewriting import edits_between
from partner_tui.comparison.tracing import Seen
from partner_tui.compliance.finding import Severity
from partner_tui.contributions.finding_changes import finding_changes
from partner_tui.errors import ManifestParseError, PartnerTuiError, PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import lookup
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.plugin import PLUGIN_NAMES, config_block, plugin_config
from partner_tui.manifest.resolve import PLUGIN
from partner_tui.manifest.text.document import Document
from partner_tui.plain import visible
from partner_tui.repository.commits.blobs import read_blobs
from partner_tui.upgrade.overlay import Overlay
from partner_tui.workspace.contributions.comparing import findings_of
from partner_tui.workspace.entries.history import Snapshot
from partner_tui.workspace.entries.rdf_versions import rdf_now
from partner_tui.workspace.steps.writing import MAX_BYTES
from partner_tui.workspace.workspace import Workspace

_MOST_DOUBTS = 5


@dataclass(frozen=True, slots=True)
class Restore:
    """What restoring writes.

    Attributes:
        contents: By path; empty where all is as it was then.
        doubts: What has to be agreed to first, a sentence each.
    """

    contents: Mapping[str, bytes]
    doubts: tuple[str, ...] = ()


def plan_restore(
    workspace: Workspace, now: Seen, version: Snapshot, field: str | None = None, *, in_rdf: bool = False
) -> Restore:
    """Work out how what there is now becomes as it was; nothing is written.

    Args:
        field: The one field to restore; all of them by default.

    Raises:
        PartnerTuiError: That version does not have the entry, or no edit can make that of the text.
    """
    if not version.is_there:
        raise PartnerTuiError(
            "There is nothing to restore: this version does not have it.", "Choose an older or a newer one."
        )
    documents: list[Document | Plugin] = []
    if field is None or not in_rdf:
        documents += _written(workspace, now, version, field)
    if field is None or in_rdf:
        documents += _written_rdf(workspace, now, version, field)
    written = {document.name: document for document in documents}
    doubts = tuple(_doubts(workspace, now, written)) if written else ()
    return Restore({name: document.encode() for name, document in written.items()}, doubts)


def _written(workspace: Workspace, now: Seen, version: Snapshot, field: str | None) -> Iterator[Document]:
    """The manifest, where it differs then."""
    document, path = workspace.document, _path(now)
    old = version.seen.manifest.document.data
    wanted = lookup(old, _path(version.seen))
    has_place = now.is_there or now.entry is not None
    present = lookup(document.data, path) if has_place else None
    restored = _restored(present if isinstance(present, dict) else {}, wanted, field)
    if not has_place:
        root = document.data if isinstance(document.data, dict) else {}
        yield apply(document, list(edits_between(document.data, {**root, "config": restored})))
    elif edits := list(edits_between(present, restored, path)):
        yield apply(document, edits)


def _written_rdf(
    workspace: Workspace, now: Seen, version: Snapshot, field: str | None
) -> Iterator[Document | Plugin]:
    """Its RDF or plugin file, where that is the same one as then."""
    present, old = rdf_now(now, workspace.files), version.rdf
    if present is None or old is None or present.path != old.path:
        return
    content = workspace.read(present.path)
    if content is None or not old.fields:
        return
    if present.path.endswith(PLUGIN):
        # What is not committed yet is what there is now.
        before = dict(read_blobs(workspace.folder, [old.blob], MAX_BYTES))[old.blob] if old.blob else content
        plugin = restored_plugin(Plugin(present.path, content), before or b"", field)
        if plugin.content != content:
            yield plugin
        return
    document = Document.decode(content, present.path)
    if isinstance(document.data, dict):
        restored = _restored(document.data, dict(old.fields), field)
        if edits := list(edits_between(document.data, restored)):
            yield apply(document, edits)


def _restored(present: Mapping[Any, Any], old: Any, field: str | None) -> Any:
    if field is None:
        return old
    if not isinstance(old, dict):
        raise PatchError("That version is not a mapping.", "Edit it in your editor instead.")
    value = old.get(field, ABSENT)
    rest = {name: one for name, one in present.items() if name != field}
    if value is ABSENT:
        return rest
    return {**present, field: value}


def _path(seen: Seen) -> tuple[str | int, ...]:
    return tuple(seen.entry.path) if seen.entry else ("config",)


def _doubts(workspace: Workspace, now: Seen, written: Mapping[str, Document | Plugin]) -> Iterator[str]:
    """A changed id, and the errors that it brings."""
    manifest = workspace.manifest
    changed = written.get(workspace.manifest_name)
    after = read_manifest(changed if isinstance(changed, Document) else workspace.document)
    entry = now.entry
    indices = [entry.index] if entry else []
    if entry and len(after.entries) == len(manifest.entries):
        new = after.entries[entry.index].id
        if entry.id and new != entry.id:
            was, made = visible(entry.id, 60), visible(new or "(none)", 60)
            yield f"The id changes from {was} to {made}: links to {was} no longer lead to it."
    files: CloneFiles = Overlay(workspace.files, written)
    old = findings_of(workspace.checker, manifest, workspace.files, indices)
    found = findings_of(workspace.checker, after, files, indices)
    errors = [
        finding
        for key in (*indices, None)
        for finding in finding_changes(old.get(key, ()), found.get(key, ())).new
        if finding.severity is Severity.ERROR
    ]
    for finding in errors[:_MOST_DOUBTS]:
        yield f"New error: {visible(finding.message, 200)}"
    if len(errors) > _MOST_DOUBTS:
        yield f"… and {len(errors) - _MOST_DOUBTS} more new errors"


_HINT = "Edit it in your editor instead."


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin file."""

    name: str
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "surrogateescape")

    def encode(self) -> bytes:
        return self.content


def restored_plugin(now: Plugin, before: bytes, field: str | None) -> Plugin:
    """The file with the fields of an older one.

    Args:
        field: The one to restore, as RDFs call it; None for all that an RDF would say.

    Raises:
        PatchError: One of the two has no block that can be read, or no edit makes that of it.
    """
    text, place = now.text, config_block(now.text)
    present, old = plugin_config(text), plugin_config(before.decode("utf-8", "surrogateescape"))
    if place is None or present is None or old is None:
        raise PatchError(f"{now.name} has no readable <config> now, or had none then.", _HINT)
    names = {theirs for ours in ([field] if field else PLUGIN_NAMES) for theirs in PLUGIN_NAMES.get(ours, ())}
    wanted = {name: old.get(name) if name in names else value for name, value in present.items()}
    wanted = {name: value for name, value in wanted.items() if name not in names or name in old}
    wanted |= {name: old[name] for name in old if name in names}
    try:
        block = Document.parse(text[slice(*place)], now.name)
        edited = apply(block, list(edits_between(block.data, wanted))).text
    except ManifestParseError as error:  # JSON that is no YAML, such as one with tabs
        raise PatchError(f"The <config> of {now.name} cannot be edited: {error.message}", _HINT) from error
    made = f"{text[: place[0]]}{edited}{text[place[1] :]}"
    if plugin_config(made) != wanted:
        raise PatchError(f"No edit makes the <config> of {now.name} what it was.", _HINT)
    return Plugin(now.name, made.encode("utf-8", "surrogateescape"))
