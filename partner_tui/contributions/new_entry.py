"""The entry that an RDF becomes: its id and type, and the place where this repository keeps such entries and their files.

The rule: the manifest's own manner decides. Where its entries name RDFs that are files of the repository, the new one does, with
the same spelling; where they hold their fields themselves, it does.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from partner_tui.manifest.editing.edits import Add, Append, Edit
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.ids import ENTRY_ID
from partner_tui.manifest.recognise import has_model_parts
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.sources import is_yaml, place
from partner_tui.manifest.text.document import Path

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_. -]*")
_LONGEST = 1_000
_IN_TEXT = re.compile(r"(?:conda:|pip:|maven:)?(.+?)(?::[A-Za-z_][\w.]*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is proposed for an RDF; `dataclasses.replace` it where the maintainer decides otherwise.

    Attributes:
        folder: Where its files are put, from the repository's top, POSIX.
        rdf_name: What its RDF is called there; None where the entry holds its fields itself.
        field: The entry's field that names the RDF.
        prefix: What is written before a path, such as ``./``, or the start of a URL.
        says_type: Whether entries say their type beside the RDF.
    """

    id: str
    type: str
    folder: str
    rdf_name: str | None
    field: str = "rdf_source"
    prefix: str = ""
    says_type: bool = False

    def renamed(self, id: str) -> NewEntry:
        """With another id, and in a folder of that name where it was in one of its own."""
        parent, slash, last = self.folder.rpartition("/")
        own = last == _folder_name(self.id)
        return replace(self, id=id, folder=f"{parent}{slash}{_folder_name(id)}" if own else self.folder)

    def path(self, name: str) -> str:
        """Where a file of the resource is put."""
        return f"{self.folder}/{name}" if self.folder else name

    def reference(self, name: str) -> str:
        """A file of the resource as the manifest names it."""
        path = self.path(name)
        return self.prefix + (quote(path) if "://" in self.prefix else path)

    def objection(self, manifest: Manifest, taken: Collection[str]) -> str | None:
        """Why it cannot be added so, in a sentence; None when it can."""
        if not ENTRY_ID.fullmatch(self.id):
            return "An id may contain only a-z 0-9 _ - / . and must not start or end with a slash."
        if any(one.id == self.id for one in manifest.entries):
            return f"There is an entry {self.id} already."
        if not self.type.strip():
            return "The type is missing."
        parts = self.folder.split("/") if self.folder else []
        if not all(_PART.fullmatch(part) for part in parts):
            return f"{self.folder!r} is not a folder of the repository."
        if self.folder and (self.folder in taken or any(one.startswith(f"{self.folder}/") for one in taken)):
            return f"There is a folder {self.folder} already."
        if any("/".join(parts[:count]) in taken for count in range(1, len(parts))):
            return f"A file is in the way of {self.folder}."
        return None


def file_names(data: Any) -> Iterator[tuple[str, str]]:
    """The texts of an RDF that may name a file beside it: (as written, the file's normalised path)."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from file_names(value)
    elif isinstance(data, list):
        for value in data:
            yield from file_names(value)
    elif isinstance(data, str) and 0 < len(data) <= _LONGEST and "\n" not in data:
        found = _IN_TEXT.fullmatch(data.strip())
        for one in dict.fromkeys((data.strip(), found[1] if found else "")):
            path = posixpath.normpath(one) if one else "."
            if is_beside(path):
                yield data, path


def is_beside(path: str) -> bool:
    """Whether a normalised path names a file in a folder or below, none of its parts hidden."""
    parts = path.split("/")
    return (
        path.isprintable()
        and not any(sign in path for sign in '\\:*?"<>|')
        and all(part and not part.startswith(".") and part != "__MACOSX" for part in parts)
    )


def propose(
    manifest: Manifest, files: CloneFiles, taken: Collection[str], data: Mapping[str, Any]
) -> NewEntry:
    """The likeliest id, type and place of an RDF."""
    kind = _type(data)
    same = [one for one in manifest.entries if one.type == kind and not one.problem]
    with_rdf = {one.index: found for one in manifest.entries if (found := _rdf(one, files))}
    alike = [one for one in same if one.index in with_rdf]
    is_file = len(alike) * 2 >= len(same) if same else bool(with_rdf) or kind == "model"
    id = _free(_slug(data.get("id")) or _slug(data.get("name")) or kind, {one.id for one in manifest.entries})
    own = _folder_name(id)
    if not is_file:
        named = [(path, text) for one in same or manifest.entries for path, text in _named(one, files)]
        return NewEntry(
            id, kind, _folder([p for p, _ in named], own, kind, taken), None, prefix=_prefix(named)
        )
    near = [with_rdf[one.index] for one in alike] or list(with_rdf.values())
    entries = alike or [one for one in manifest.entries if one.index in with_rdf]
    names = Counter(posixpath.basename(path) for path, _, _ in near)
    name, count = names.most_common(1)[0] if names else ("rdf.yaml", 2)
    fields = Counter(field for _, _, field in near)
    grouped = bool(_list(manifest, kind)[-1] in GROUPS)
    return NewEntry(
        id,
        kind,
        _folder([path for path, _, _ in near], own, kind, taken),
        name if count > 1 or len(near) == 1 else "rdf.yaml",
        fields.most_common(1)[0][0] if fields else "source" if grouped else "rdf_source",
        _prefix([(path, text) for path, text, _ in near]),
        sum("type" in one.own for one in entries) * 2 > len(entries),
    )


def entry_edits(
    manifest: Manifest, data: Mapping[str, Any], new: NewEntry, names: Collection[str]
) -> list[Edit]:
    """The edit that adds the entry.

    Args:
        names: The files of the resource that are put into the repository.
    """
    value: dict[str, Any] = {"id": new.id}
    where = _list(manifest, new.type)
    if new.rdf_name is not None:
        if (new.says_type or data.get("type") != new.type) and where[-1] != new.type:
            value["type"] = new.type
        value[new.field] = new.reference(new.rdf_name)
    else:
        if where[-1] != new.type:
            value["type"] = new.type
        value |= {
            name: _rewritten(field, new, names) for name, field in data.items() if name not in ("id", "type")
        }
    if where[0] in manifest.entry_lists:
        return [Append(where, value)]
    return [Add(where, [value])]


def _rewritten(value: Any, new: NewEntry, names: Collection[str]) -> Any:
    """A value with the files that it names as they are named from the manifest."""
    if isinstance(value, Mapping):
        return {name: _rewritten(one, new, names) for name, one in value.items()}
    if isinstance(value, list):
        return [_rewritten(one, new, names) for one in value]
    for text, path in file_names(value):
        if path in names:
            written = text.strip()
            return (
                new.reference(path)
                if posixpath.normpath(written) == path
                else written.replace(path, new.path(path))
            )
    return value


def _type(data: Mapping[str, Any]) -> str:
    said = data.get("type")
    if isinstance(said, str) and ENTRY_ID.fullmatch(said.strip().lower()):
        return said.strip().lower()
    return "model" if has_model_parts(data) else "dataset"


def _list(manifest: Manifest, kind: str) -> Path:
    """The list that an entry of a type belongs to."""
    for some in ([one for one in manifest.entries if one.type == kind], manifest.entries):
        if found := Counter(one.path[:-1] for one in some if one.path).most_common(1):
            is_other_group = found[0][0][-1] in GROUPS and some is manifest.entries
            return (kind,) if is_other_group and kind in GROUPS else found[0][0]
    return ("collection",)


def _rdf(entry: Entry, files: CloneFiles) -> tuple[str, str, str] | None:
    """The RDF of an entry that is a file of the repository: path, as written, the field that names it."""
    for field in ("rdf_source", "source"):
        text = entry.own.get(field)
        if isinstance(text, str) and is_yaml(text):
            path = place(text, files)
            if path is not None and files.exists(path):
                return path, text.strip(), field
    return None


def _named(entry: Entry, files: CloneFiles) -> Iterator[tuple[str, str]]:
    """The files of the repository that an entry itself names: path, and as written."""
    for field in ("covers", "documentation", "icon", "source", "download_url", "attachments"):
        value = entry.own.get(field)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and 0 < len(text) <= _LONGEST:
                path = place(text, files)
                if path is not None and "/" in path and files.exists(path):
                    yield path, text.strip()


def _prefix(named: Sequence[tuple[str, str]]) -> str:
    """What most stand behind, as written."""
    found = Counter(text[: -len(path)] for path, text in named if text.endswith(path))
    return found.most_common(1)[0][0] if found else ""


def _folder(paths: Sequence[str], own: str, kind: str, taken: Collection[str]) -> str:
    """A folder of its own, beside those of the others."""
    folders = Counter(posixpath.dirname(path) for path in paths)
    parents = Counter(posixpath.dirname(folder) for folder in folders if folder)
    if not folders:
        parent = f"{kind}s"
    elif parents:
        folder, count = folders.most_common(1)[0]
        parent = folder if len(folders) == 1 and count > 2 else parents.most_common(1)[0][0]
    else:
        parent = ""
    wanted = f"{parent}/{own}" if parent else own
    folders_taken = {
        "/".join(path.split("/")[:count]) for path in taken for count in range(1, path.count("/") + 2)
    }
    return _free(wanted, folders_taken)


def _folder_name(id: str) -> str:
    return id.replace("/", "-")


def _slug(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    letters = unicodedata.normalize("NFKD", value[:_LONGEST]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_\-/.]+", "-", letters))[:80].strip("-/.")


def _free(wanted: str, taken: Collection[str | None]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
