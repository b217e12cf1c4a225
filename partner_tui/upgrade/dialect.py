"""A grouped, mixed or attachments manifest turned into one `collection:` list of format 0.2.2.

The lines of the groups move as they are, comments and style included; an entry gains only what its group and the root
said for it. What the entries mean is compared before and after: a difference that is not intended stops the change.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.comments import with_comments_of
from partner_tui.manifest.editing.edits import Add, Edit, Rename
from partner_tui.manifest.editing.patch import apply, set_value
from partner_tui.manifest.editing.segments import Segment, body_at, segments
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles, NoFiles
from partner_tui.manifest.resolve import Resolved, names_rdf, resolve
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.upgrade.fields import mapping

FORMAT = "0.2.2"
_LISTS = ("collection", *GROUPS)


def to_collection(document: Document, files: CloneFiles | None = None) -> Document:
    """The manifest as a `collection:` list; the very same document when it is one already.

    Args:
        files: The clone, to compare what entries resolve to.

    Raises:
        PatchError: It cannot be done without changing what an entry means; nothing was changed.
    """
    files = files or NoFiles()
    before = read_manifest(document)
    if before.dialect in ("collection", "rdf", "none"):
        return document
    if doubled := [one.key for one in document.duplicates if len(one.path) <= 1]:
        raise PatchError(
            f"“{doubled[0]}” is a duplicate key; resolve it first.",
            "Press M in Entries, or run partner-tui repair.",
        )
    old = [resolve(entry, before, files) for entry in before.entries]
    try:
        renamed = _with_rdf_sources(document, before.entries)
        grouped = _lifted(renamed) if before.dialect == "attachments" else renamed
        listed = Document.parse(_as_one_list(grouped), document.name)
    except ManifestParseError as error:
        raise PatchError("The groups cannot be joined to one list.", error.message) from None
    placed = read_manifest(listed)
    if len(placed.entries) != len(old):
        raise PatchError("The groups cannot be joined to one list without losing entries.")
    edits = [
        edit for entry, was in zip(placed.entries, old, strict=True) for edit in _said_by_group(entry, was)
    ]
    result = with_comments_of(document, _with_format(apply(listed, edits)), [((), ())])
    _compare(before, old, read_manifest(result), files)
    return result


def _with_format(document: Document) -> Document:
    """The root's format_version as `FORMAT`; a new one goes first."""
    if document.slot(("format_version",)) is not None:
        return set_value(document, ("format_version",), FORMAT)
    head, text = segments(document)[0].head, document.text
    return Document.parse(
        f"{text[:head]}format_version: {FORMAT}{document.layout.newline}{text[head:]}", document.name
    )


def _with_rdf_sources(document: Document, entries: tuple[Entry, ...]) -> Document:
    """The `source` of a grouped entry that is an RDF becomes `rdf_source`: in a collection it would be the resource."""
    edits = [Rename((*entry.path, "source"), "rdf_source") for entry in entries if is_rdf(entry)]
    try:
        return apply(document, edits)
    except PatchError:
        raise _other_meaning("an entry's source") from None


def is_rdf(entry: Entry) -> bool:
    """Whether an entry's `source` is read as its RDF because it stands in a group."""
    return bool(entry.group) and not entry.own.get("rdf_source") and names_rdf(entry)


def _lifted(document: Document) -> Document:
    """Groups that stand in `attachments` as groups of the root; what else is attached stays there."""
    outer = next(part for part in segments(document) if part.key == "attachments")
    text, newline = document.text, document.layout.newline
    kept, lifted = "", ""
    for part in segments(document, ("attachments",)):
        group = part.key.removesuffix("s")
        if group not in GROUPS:
            kept += text[part.start : part.end]
            continue
        if not part.is_block:
            raise _not_in_lines(part)
        comments = "".join(
            line.lstrip(" ") for line in text[part.start : part.head].splitlines(keepends=True)
        )
        lifted += f"{comments}{group}:{text[part.slot.lead_end : part.body]}{body_at(document, part, 2)}"
    head = text[outer.start : outer.body] + kept if kept else text[outer.start : outer.head]
    if head and not head.endswith(("\n", "\r")):
        head += newline
    end = document.layout.after_line(outer.slot.value_end)
    return Document.parse(text[: outer.start] + head + lifted + text[end:], document.name)


def _as_one_list(document: Document) -> str:
    """The text with all entries in one list, where the first of them stood; file order is kept."""
    text = document.text
    parts = segments(document)
    lists = [part for part in parts if part.key in _LISTS and document.value(part.slot.value)]
    for part in lists:
        if not part.is_block or not isinstance(part.slot.value, yaml.SequenceNode):
            raise _not_in_lines(part)
    if not lists:
        raise PatchError("The manifest has no entries.", "Write “collection: []” by hand.")
    first = lists[0]
    column = document.layout.column(first.slot.value_start)
    made = [text[: parts[0].start]]
    for part in parts:
        above = text[part.start : part.head]
        if part is first:
            made += [
                above,
                "collection:",
                text[part.slot.lead_end : part.body],
                body_at(document, part, column),
            ]
            for other in lists[1:]:
                comment = text[other.slot.lead_end : other.body].strip()
                made += [text[other.start : other.head], comment + document.layout.newline if comment else ""]
                made.append(body_at(document, other, column))
        elif part.key not in _LISTS:
            made.append(text[part.start : part.end])
        elif part not in lists:  # an empty group: what is written about it stays
            made += [above, text[part.body : part.end]]
    joined = "".join(made)
    is_ended = text.endswith(("\n", "\r"))
    return joined if is_ended else joined.removesuffix(document.layout.newline)


def _not_in_lines(part: Segment) -> PatchError:
    return PatchError(
        f"“{part.key}” is not written as a list with lines for each entry.",
        "Rewrite it in your editor first.",
    )


def _said_by_group(entry: Entry, was: Resolved) -> Iterator[Edit]:
    """What an entry has to say itself now: the type of its group, and the model version that the root gave."""
    if entry.problem:
        return
    if was.entry.group and "type" not in was.entry.own:
        yield Add((*entry.path, "type"), was.entry.group, "id" if "id" in entry.own else None)
    if was.origins.get("format_version") == "root" and was.type == "model":
        behind = "type" if "type" in was.entry.own or was.entry.group else None
        yield Add((*entry.path, "format_version"), was.data["format_version"], behind)


def _compare(before: Manifest, old: list[Resolved], after: Manifest, files: CloneFiles) -> None:
    """Stop where the root, or what an entry resolves to, is another than before and is not meant to be."""
    problem = None
    if after.dialect != "collection" or not same(before.root, after.root):
        problem = "the root"
    if not same(dict(before.partner.config), dict(after.partner.config)):
        problem = "config"
    for entry, was in zip(after.entries, old, strict=True):
        now = resolve(entry, after, files)
        if not _means_the_same(was, now):
            problem = was.entry.id or f"the entry in line {was.entry.line}"
    if problem:
        raise _other_meaning(problem)


def _other_meaning(what: str) -> PatchError:
    return PatchError(f"Converting would change the meaning of {what}; nothing was changed.")


def _means_the_same(was: Resolved, now: Resolved) -> bool:
    old, new = dict(was.data), dict(now.data)
    if is_rdf(was.entry):
        if new.pop("rdf_source", None) != old.pop("source"):
            return False
        if was.rdf is not None and (inherited := mapping(was.rdf.data).get("source")) is not None:
            old["source"] = inherited
    if was.type != "model" and was.origins.get("format_version", "root") == "root" and was.type:
        old["format_version"] = FORMAT  # the root's now says what these entries are written in
    return same(old, new) and (was.type, was.rdf_path, was.missing, was.entry.problem) == (
        now.type,
        now.rdf_path,
        now.missing,
        now.entry.problem,
    )
