"""The dialects that manifests are written in, read into one shape (domain.md, section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.entry import Dialect, Entry, Manifest, as_fields
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.recognise import has_model_parts, is_manifest, is_rdf, not_understood
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.document import Document, Path

_MARKS = frozenset(("id", "type", "source", "rdf_source"))
"""Fields of which each entry has at least one."""
_NOT_INHERITED = frozenset(
    {"id", "config", "collection", *GROUPS, "attachments", "url_root", "logo", "type", "format_version"}
)


def read_manifest(document: Document) -> Manifest:
    """Read a document as a manifest; the RDF of one resource is its own only entry.

    Any document can be read; one without entries has the dialect "none". What is opened goes through `understood`.
    """
    root: Mapping[str, Any] = document.data if isinstance(document.data, dict) else {}
    lists = _lists(root)
    if _is_rdf(root, lists):
        return as_rdf(document)
    config = root.get("config")
    version = root.get("format_version")
    return Manifest(
        document=document,
        dialect=_dialect(root, lists),
        partner=Partner(as_fields(config)),
        entries=tuple(_entries(document, lists)),
        entry_lists=frozenset(path[0] for path, _, _ in lists),
        root={
            name: value
            for name, value in as_fields(root).items()
            if name not in _NOT_INHERITED and not name.startswith("splash_")
        },
        format_version=None if version is None or isinstance(version, dict | list) else str(version),
    )


def understood(document: Document) -> Manifest:
    """Read a document that has to be a manifest or an RDF.

    Raises:
        ManifestParseError: It is neither, or lists its entries in a way that is not read.
    """
    manifest = read_manifest(document)
    root: Mapping[str, Any] = document.data if isinstance(document.data, dict) else {}
    if manifest.entries:
        return manifest
    if unread := next(_unread(root), None):
        name, problem = unread
        place = document.position((name,))
        raise ManifestParseError(
            f"{document.name}, line {place.line}: {problem}.",
            "Entries are read from the list collection:, or from the lists model:, application:, dataset: and notebook:.",
            kind="content",
            line=place.line,
            column=place.column,
        )
    if manifest.dialect == "none" and not is_manifest(root):
        raise not_understood(document.data, document.name)
    return manifest


def _unread(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields of a root without entries that seem to list some: (name, what is wrong with them)."""
    for name, value in root.items():
        if name in ("collection", *GROUPS):
            if value is not None and not isinstance(value, list):
                yield name, f"{name} is not a list of entries"
        elif isinstance(value, list) and any(isinstance(one, dict) and _MARKS & one.keys() for one in value):
            yield (
                str(name),
                f"{name} seems to list entries, but no entries are read from a field of this name",
            )


def _is_rdf(root: Mapping[str, Any], lists: list[tuple[Path, str | None, list[Any]]]) -> bool:
    """Whether it is an RDF; one of a model may have a field that is called as a group of entries is."""
    if has_model_parts(root):
        return "collection" not in root
    listed = "collection" in root or any(members for _, _, members in lists)
    return not listed and is_rdf(root)


def as_rdf(document: Document) -> Manifest:
    """Read a document that is known to be the RDF of one resource, such as one that an entry names."""
    line = document.position(()).line
    entry = Entry(0, (), as_fields(document.data), None, line, None)
    return Manifest(document, "rdf", Partner({}), (entry,), frozenset(), {}, None)


def _lists(root: Mapping[str, Any]) -> list[tuple[Path, str | None, list[Any]]]:
    """The lists of entries: path, group, members; in file order."""
    found: list[tuple[Path, str | None, list[Any]]] = []
    for name, value in root.items():
        if isinstance(value, list) and (name == "collection" or name in GROUPS):
            found.append(((name,), None if name == "collection" else name, value))
    attachments = root.get("attachments")
    if not found and isinstance(attachments, dict):
        for name, value in attachments.items():
            group = name.removesuffix("s") if isinstance(name, str) else None
            if group in GROUPS and isinstance(value, list):
                found.append((("attachments", name), group, value))
    return found


def _dialect(root: Mapping[str, Any], lists: list[tuple[Path, str | None, list[Any]]]) -> Dialect:
    if any(path[0] == "attachments" for path, _, _ in lists):
        return "attachments"
    grouped = any(name in root for name in GROUPS)
    if "collection" in root:
        return "mixed" if grouped else "collection"
    return "grouped" if grouped else "none"


def _entries(document: Document, lists: list[tuple[Path, str | None, list[Any]]]) -> Iterator[Entry]:
    known = {path: document.member_lines(path) for path, _, _ in lists}
    placed = lists
    if len(lists) > 1 and any(lines is None for lines in known.values()):
        placed = sorted(lists, key=lambda one: document.value_position(one[0]).line)
    index = 0
    for path, group, members in placed:
        lines = known[path] or _lines(document, path)
        for number, member in enumerate(members):
            problem = None if isinstance(member, dict) else _problem(member)
            here = (*path, number)
            line = lines[number] if lines else 0
            yield Entry(index, here, as_fields(member), problem, line, group)
            index += 1


def _lines(document: Document, path: Path) -> list[int]:
    node = document.node(path)
    members = node.value if node is not None else ()
    return [_line(document, member, (*path, number)) for number, member in enumerate(members)]


def _line(document: Document, node: yaml.Node, path: Path) -> int:
    """The line of an entry's dash: nearly always that of its first field, which is quicker to find."""
    start = document.layout.start(node)
    if "-" in document.text[document.layout.line_start(start) : start]:
        return document.layout.line_of(start) + 1
    return document.position(path).line


def _problem(member: Any) -> str:
    if member is None:
        return "This entry is empty."
    if isinstance(member, str):
        return "This entry is a text; an entry is a mapping with an id and a type."
    kind = "a list" if isinstance(member, list) else "a single value"
    return f"This entry is {kind}; an entry is a mapping with an id and a type."
