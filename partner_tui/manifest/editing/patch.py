"""Lossless edits: splice the text, parse it again, and require exactly the data that was meant.

Whatever goes wrong in the writing of an edit ends in a PatchError and no change; nothing outside the
splices can change at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.editing.batch import Batch, PendingEdit
from partner_tui.manifest.editing.comments import with_comments_of
from partner_tui.manifest.editing.difference import changes, moves
from partner_tui.manifest.editing.edits import Add, Copies, Edit, Replace, shown
from partner_tui.manifest.editing.lines import Splice
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same


def apply(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with the edits done, one after the other.

    Args:
        document: Stays as it is.
        edits: Each path is meant for the document as the edits before it leave it.

    Raises:
        PatchError: An edit does not fit, or cannot be written so that the text means what was meant.
    """
    left = list(edits)
    while left:
        document, left = _apply_some(document, left)
    return document


def _with_comments(before: Document, after: Document, batch: Batch) -> Document:
    """What a batch made of a document, with the comments that were in the structures that it has written anew."""
    anew = (path for one in batch.replaced for path in _anew(before, one.path, one.value))
    places = ((path, now) for path in anew if (now := batch.present(path)) is not None)
    return with_comments_of(before, after, (one for one in places if after.node(one[1]) is not None))


def _anew(before: Document, path: Path, value: Any) -> Iterator[Path]:
    """The structures that a new value has written anew; what is taken out of the others goes with its comments."""
    node = before.node(path)
    old = before.value(node) if isinstance(node, yaml.CollectionNode) else value
    if same(old, value) or moves(old, value) is not None:
        return
    change = changes(old, value)
    if change is None:
        yield path
    elif isinstance(old, dict) or not (change.removed or change.inserted):
        for step, inner in change.replaced:
            yield from _anew(before, (*path, step), inner)


def objection(document: Document, edits: Sequence[Edit]) -> PatchError | None:
    """What is known against edits without a parse, such as an anchor in their way; None for nothing."""
    batch, data = Batch(document), document.data
    try:
        for edit in edits:
            data = batch.meant(edit, data)
            if not batch.take(edit):
                break
    except PatchError as error:
        return error
    return None


def set_value(document: Document, path: Path, value: Any) -> Document:
    """Give a path a value, whether or not it is there; mappings on the way are made.

    Raises:
        PatchError: As `apply`; also when a parent is there and is no mapping.
    """
    for length in range(1, len(path) + 1):
        if (slot := document.slot(path[:length])) is not None:
            if length < len(path) and document.value(slot.value) is None:
                return apply(document, [Replace(path[:length], _nested(path[length:], value))])
            continue
        if isinstance(path[length - 1], int):
            raise PatchError(f"There is no {shown(path[:length])} to set a value in.")
        return apply(document, [Add(path[:length], _nested(path[length:], value))])
    return apply(document, [Replace(path, value)])


def _nested(path: Path, value: Any) -> Any:
    for step in reversed(path):
        if isinstance(step, int):
            raise PatchError("A list cannot be made on the way to a value.")
        value = {step: value}
    return value


def _apply_some(
    document: Document, edits: Sequence[Edit], blocks: bool = True
) -> tuple[Document, list[Edit]]:
    """As many edits as one parse can serve, at least one, and those that are left; a batch that fails is halved."""
    batch = Batch(document, blocks)
    taken: list[Edit] = []
    waiting = PendingEdit()
    for edit in edits:
        if waiting.holds_up(edit):
            waiting.add(edit)
            continue
        try:
            if edit is edits[0]:
                batch.meant(edit, document.data)  # raises for an edit that does not fit
            is_taken = batch.take(edit)
        except PatchError:
            if edit is edits[0]:
                raise
            is_taken = False
        if is_taken:
            taken.append(edit)
        else:
            waiting.add(edit)
    try:
        data, copies = document.data, Copies()
        for edit in taken:
            data = batch.meant(edit, data, copies)
        after = _spliced(document, batch.splices, data)
        return _with_comments(document, after, batch), waiting.edits
    except PatchError as error:
        if len(taken) > 1:
            half = len(taken) // 2
            document, left = _apply_some(document, taken[:half])
            return document, [*left, *taken[half:], *waiting.edits]
        if blocks:
            document, _ = _apply_some(document, taken, blocks=False)
            return document, waiting.edits
        named = f"{type(edits[0]).__name__} {shown(edits[0].path)}"
        hint = error.hint or "Edit these lines in your editor instead."
        raise PatchError(f"{named}: {error.message}", hint) from None


def _spliced(document: Document, splices: Sequence[Splice], meant: Any) -> Document:
    try:
        return _checked(document, splices, meant)
    except PatchError:
        text = document.text
        if not text or text.endswith(("\n", "\r")):
            raise
        end = len(text)  # what was moved behind the last line may need the line break that is missing there
        newline = "\r\n" if "\r\n" in text else "\n"
        return _checked(document, [*splices, Splice(end, end, newline)], meant)


def _checked(document: Document, splices: Sequence[Splice], meant: Any) -> Document:
    parts: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.start < at:
            raise PatchError("Two edits touch the same text.")
        parts.append(document.text[at : splice.start])
        parts.append(_behind(parts, splice) if splice.start == len(document.text) else splice.text)
        at = splice.end
    parts.append(document.text[at:])
    text = "".join(parts)
    if text == document.text:
        result = document
    else:
        try:
            result = Document.parse(text, document.name)
        except ManifestParseError as error:
            if "alias" in error.message:
                raise PatchError("the text contains an anchor (&) that an alias (*) repeats.") from None
            raise PatchError("this text cannot be edited safely.") from None
    if not same(result.data, meant) or result.duplicate_count > document.duplicate_count:
        raise PatchError("the edited file would not contain the intended values.")
    return result


def _behind(parts: Sequence[str], splice: Splice) -> str:
    """Text for the end of a document without a last line break: needs its own only if a line stands there."""
    before = next((part for part in reversed(parts) if part), "\n")
    return splice.text.lstrip("\r\n") if before.endswith("\n") else splice.text
