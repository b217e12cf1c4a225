"""The edits that a document takes, and what each means for the data alone.

The meaning is kept apart from the writing on purpose: what was written is checked against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.errors import PatchError
from partner_tui.manifest.text.document import Path, spelled
from partner_tui.manifest.text.values import plain


@dataclass(frozen=True, slots=True)
class Replace:
    """Give what stands at `path` another value; only what differs inside lists and mappings is touched."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Add the new key `path[-1]` to the mapping `path[:-1]`, behind the key `after` or at the end."""

    path: Path
    value: Any
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a key (all of its occurrences) or a list member; comments on lines of their own stay."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Insert a member into the list at `path`, so that it has `index` afterwards."""

    path: Path
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class Append:
    """Add a member at the end of the list at `path`; an empty value counts as an empty list."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Move:
    """Move the member `old` of the list at `path`, with its comments, so that it has the index `new`."""

    path: Path
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Rename:
    """Give the key at `path` another name; its place and value stay."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class KeepOne:
    """Of a key that is written twice or more, keep the first or the last occurrence."""

    path: Path
    keep: Literal["first", "last"]


Edit: TypeAlias = Replace | Add | Remove | Insert | Append | Move | Rename | KeepOne


def shown(path: Path) -> str:
    """A path as errors name it: `config.tags[2]`, or "the root"."""
    return spelled(path) or "the root"


class Copies:
    """Lists and mappings that are ours to change: each is copied once, and changed in place from then on."""

    def __init__(self) -> None:
        self._own: dict[int, Any] = {}  # kept alive, so that no other gets the identity of one

    def of(self, container: Any) -> Any:
        """The container itself where it is ours, else a copy that is."""
        if id(container) in self._own:
            return container
        copied: Any = dict(container) if isinstance(container, dict) else list(container)
        self._own[id(copied)] = copied
        return copied


def edited(data: Any, edit: Edit, copies: Copies | None = None) -> Any:
    """The data with an edit done; what was given is not changed, but for what is in `copies`.

    Raises:
        PatchError: The edit does not fit the data.
    """
    own = copies or Copies()
    match edit:
        case Replace(path, value):
            if not path:
                return plain(value)
            return _at(data, path[:-1], lambda parent: _replaced(own, parent, path, plain(value)), own)
        case Add(path, value):
            if not path:
                raise PatchError("The key to add is empty.")
            return _at(data, path[:-1], lambda parent: _added(own, parent, path, plain(value)), own)
        case Remove(path):
            if not path:
                raise PatchError("The root of a document cannot be removed.")
            return _at(data, path[:-1], lambda parent: _removed(own, parent, path), own)
        case Insert(path, index, value):
            return _at(data, path, lambda members: _inserted(own, members, path, index, plain(value)), own)
        case Append(path, value):
            return _at(data, path, lambda members: _inserted(own, members, path, None, plain(value)), own)
        case Move(path):
            return _at(data, path, lambda members: _moved(own, members, edit), own)
        case Rename(path, key):
            return _at(data, path[:-1], lambda parent: _renamed(parent, path, key), own)
        case KeepOne(path):
            return data


def lookup(data: Any, path: Path) -> Any:
    """The value at a path.

    Raises:
        KeyError: There is none.
    """
    for step in path:
        if not _has(data, step):
            raise KeyError(path)
        data = data[step]
    return data


def _has(parent: Any, step: str | int) -> bool:
    if isinstance(parent, dict):
        return step in parent
    return isinstance(parent, list) and type(step) is int and 0 <= step < len(parent)


def _at(data: Any, path: Path, change: Callable[[Any], Any], own: Copies) -> Any:
    """The data with the value at a path changed; containers on the way are copied."""
    if not path:
        return change(data)
    step, rest = path[0], path[1:]
    if not _has(data, step):
        raise PatchError(f"There is no {shown(path)} to change.")
    changed = _at(data[step], rest, change, own)
    copied = own.of(data)
    copied[step] = changed
    return copied


def _replaced(own: Copies, parent: Any, path: Path, value: Any) -> Any:
    if not _has(parent, path[-1]):
        raise PatchError(f"There is no {shown(path)} to replace.")
    copied = own.of(parent)
    copied[path[-1]] = value
    return copied


def _added(own: Copies, parent: Any, path: Path, value: Any) -> Any:
    if parent is None:
        parent = {}
    if not isinstance(parent, dict) or not isinstance(path[-1], str):
        raise PatchError(f"{shown(path[:-1])} is not a mapping, so the key {path[-1]!r} cannot be added.")
    copied = own.of(parent)
    copied[path[-1]] = value
    return copied


def _removed(own: Copies, parent: Any, path: Path) -> Any:
    if not _has(parent, path[-1]):
        raise PatchError(f"There is no {shown(path)} to remove.")
    copied = own.of(parent)
    del copied[path[-1]]
    return copied


def _inserted(own: Copies, members: Any, path: Path, index: int | None, value: Any) -> Any:
    if members is None:
        members = []
    if not isinstance(members, list):
        raise PatchError(f"{shown(path)} is not a list.")
    if index is None:
        index = len(members)
    if not 0 <= index <= len(members):
        raise PatchError(f"{shown(path)} has {len(members)} members: nothing can be inserted at {index}.")
    copied = own.of(members)
    copied.insert(index, value)
    return copied


def _moved(own: Copies, members: Any, edit: Move) -> Any:
    if not isinstance(members, list):
        raise PatchError(f"{shown(edit.path)} is not a list.")
    if not (0 <= edit.old < len(members) and 0 <= edit.new < len(members)):
        raise PatchError(
            f"{shown(edit.path)} has {len(members)} members: {edit.old} cannot move to {edit.new}."
        )
    moved = own.of(members)
    moved.insert(edit.new, moved.pop(edit.old))
    return moved


def _renamed(parent: Any, path: Path, key: str) -> Any:
    if not path or not isinstance(parent, dict) or path[-1] not in parent:
        raise PatchError(f"There is no {shown(path)} to rename.")
    if key in parent and key != path[-1]:
        raise PatchError(f"{shown((*path[:-1], key))} already exists.")
    return {key if name == path[-1] else name: value for name, value in parent.items()}
