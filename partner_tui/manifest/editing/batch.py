"""Groups edits that can be applied and verified in one parse."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from typing import Any

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import (
    Add,
    Append,
    Copies,
    Edit,
    Insert,
    KeepOne,
    Move,
    Remove,
    Rename,
    Replace,
    edited,
    lookup,
)
from partner_tui.manifest.editing.lines import Splice
from partner_tui.manifest.editing.splicing import Splicer
from partner_tui.manifest.text.document import Document, Path


class Batch:
    """Edits gathered on one document.

    Attributes:
        splices: Of all edits taken; offsets into the document's text.
        replaced: Those taken that give a value anew, with the paths of the document.
    """

    def __init__(self, document: Document, blocks: bool = True) -> None:
        self.splices: list[Splice] = []
        self.replaced: list[Replace] = []
        self._document = document
        self._splicer = Splicer(document, blocks)
        self._origins: dict[Path, list[int | None]] = {}  # of lists: where each present member was at first
        self._done: set[Path] = set()  # written anew: nothing inside can be edited any more
        self._above: set[Path] = set()  # something inside was edited: cannot be written anew
        self._behind: dict[Path, str | None] = {}  # of keys added: behind which key they were put
        self._names: dict[Path, str] = {}  # of keys renamed: what they are called in the document
        self._renamed: dict[
            Path, str
        ] = {}  # of those, by the path in the document: what they are called then
        self._spans: list[tuple[int, int]] = []  # of the splices, in the order of the text
        self._closed = False

    def meant(self, edit: Edit, data: Any, copies: Copies | None = None) -> Any:
        """What the edit makes of the data; see `edited`."""
        if isinstance(edit, KeepOne):
            return self._kept(edit, data)
        return edited(data, edit, copies)

    def take(self, edit: Edit) -> bool:
        """Take an edit; False if it has to wait for the result of those before.

        Raises:
            PatchError: It does not fit the document.
        """
        if self._closed:
            return False
        first = not self.splices
        path = self._original(edit.path)
        if path is None:
            return False
        if isinstance(edit, Move | KeepOne):
            if not first:
                return False
            self._closed = True
        whole = isinstance(edit, Replace | Remove | Add | Rename | KeepOne)
        if any(path[:length] in self._done for length in range(len(path) + 1)):
            return False
        if isinstance(edit, Replace | Remove) and path in self._above:
            return False
        placed: Edit = replace(edit, path=path)
        if isinstance(placed, Insert):
            if path in self._origins:
                return False
            self._list(path).insert(placed.index, None)
        elif isinstance(placed, Append) and path in self._origins:
            self._origins[path].append(None)
        elif isinstance(placed, Add) and placed.after is not None:
            after = self._names.get((*path[:-1], placed.after), placed.after)
            placed = replace(placed, after=self._behind.get((*path[:-1], after), after))
        splices = self._splicer.splices(placed)
        if not self._reserve(splices):
            return False
        if isinstance(edit, Remove) and isinstance(edit.path[-1], int):
            self._list(path[:-1]).pop(edit.path[-1])
        if isinstance(placed, Replace):
            self.replaced.append(placed)
        if isinstance(placed, Add):
            self._behind[path] = placed.after
        if isinstance(edit, Rename):
            self._names[*path[:-1], edit.key] = str(path[-1])
            self._renamed[path] = edit.key
        self.splices += splices
        if whole:
            self._done.add(path)
        self._above.update(path[:length] for length in range(len(path) + (0 if whole else 1)))
        return True

    def _reserve(self, splices: list[Splice]) -> bool:
        """Keep the text of splices for them; False if some of it belongs to others already."""
        spans = sorted((splice.start, splice.end) for splice in splices)
        for start, end in spans:
            at = bisect_left(self._spans, (start, end))
            if (at and self._spans[at - 1][1] > start) or (
                at < len(self._spans) and self._spans[at][0] < end
            ):
                return False
        for span in spans:
            insort(self._spans, span)
        return True

    def _list(self, path: Path) -> list[int | None]:
        if path not in self._origins:
            node = self._document.node(path)
            self._origins[path] = list(range(len(node.value))) if node is not None else []
        return self._origins[path]

    def _original(self, path: Path) -> Path | None:
        """A path as it was in the document; None if it leads into something inserted since."""
        original: Path = ()
        for step in path:
            origins = self._origins.get(original)
            if isinstance(step, str):
                step = self._names.get((*original, step), step)
            elif origins is not None:
                if not 0 <= step < len(origins):
                    return None
                known = origins[step]
                if known is None:
                    return None
                step = known
            original = (*original, step)
        return original

    def present(self, path: Path) -> Path | None:
        """Where a path of the document leads after the edits taken; None for what is not there any more."""
        present: Path = ()
        for length, step in enumerate(path):
            origins = self._origins.get(path[:length])
            if origins is not None:
                if step not in origins:
                    return None
                step = origins.index(step)
            present = (*present, self._renamed.get(path[: length + 1], step))
        return present

    def _kept(self, edit: KeepOne, data: Any) -> Any:
        try:
            lookup(data, edit.path)
        except KeyError:
            raise PatchError(f"There is no key {edit.path[-1]!r} to keep one of.") from None
        if edit.keep == "last":
            return data
        parent = self._splicer.collection(edit.path[:-1])
        first = self._splicer.occurrences(parent, edit.path)[0]
        slot = self._document.layout.slots(parent)[first]
        return edited(data, Replace(edit.path, self._document.value(slot.value)))


class PendingEdit:
    """Edits that wait for the next parse, and with them those that may depend on them.

    Two edits are independent when they are in different members of the lists that stand highest in the document, such
    as two entries of a manifest; an edit that changes the order of such members holds up all that come after it.

    Attributes:
        edits: In their order.
    """

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self._homes: set[Path] = set()  # of the edits that wait
        self._above: set[Path] = set()  # what these are in
        self._everything = False

    def holds_up(self, edit: Edit) -> bool:
        """Whether an edit has to wait for one of these."""
        home = _home(edit)
        return bool(self.edits) and (
            self._everything
            or _reorders_members(edit)
            or home in self._above
            or any(home[:length] in self._homes for length in range(len(home) + 1))
        )

    def add(self, edit: Edit) -> None:
        """Let an edit wait."""
        home = _home(edit)
        self.edits.append(edit)
        self._homes.add(home)
        self._above.update(home[:length] for length in range(len(home)))
        self._everything = self._everything or _reorders_members(edit)


def _home(edit: Edit) -> Path:
    """The highest list's member that an edit is in; without a list, the highest key."""
    number = next((at for at, step in enumerate(edit.path) if isinstance(step, int)), 0)
    return edit.path[: number + 1]


def _reorders_members(edit: Edit) -> bool:
    """Whether an edit changes which number the members of a highest list have."""
    if isinstance(edit, Remove):
        return bool(edit.path) and isinstance(edit.path[-1], int) and edit.path == _home(edit)
    inside = any(isinstance(step, int) for step in edit.path)
    return isinstance(edit, Insert | Append | Move) and not inside
