"""A YAML text with the position of every node: the one form in which files are read and edited.

The text is kept to the last character; data are derived from it and never written back whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import RLock
from typing import Any, TypeAlias

import yaml

from partner_tui.manifest.text.composing import UnsupportedYaml, compose, schema_of, uncollected
from partner_tui.manifest.text.construction import Construction
from partner_tui.manifest.text.decoding import decoded
from partner_tui.manifest.text.layout import Layout, Slot
from partner_tui.manifest.text.parts import Parts, read_parts
from partner_tui.manifest.text.syntax_errors import explain
from partner_tui.manifest.text.tokens import INT, STR, VALUE, YAML_1_2

Path: TypeAlias = tuple[str | int, ...]

_MANY_KEYS = 32
"""Keys of a mapping of this many are looked up, and not looked for."""
_BOM = "\ufeff"
_TEXTS = (STR, VALUE)
_OF_THE_TREE = frozenset({"root", "schema", "unusual", "_made", "_duplicates"})


def spelled(path: Path) -> str:
    """A path as messages spell it: ``cite[0].doi``; empty for the root."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the text; line and column are 1-based."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key written twice in one mapping: YAML readers keep the last and drop the first without a word.

    Attributes:
        path: The mapping.
        key: The key.
        first: Where it stands first.
        again: Where it stands again.
    """

    path: Path
    key: str
    first: Position
    again: Position


class Document:
    """An immutable YAML text, parsed. Make one with `parse` or `decode`.

    Attributes:
        text: Every character of the file, a byte order mark and line endings included.
        name: What to call it in messages.
        data: What the spec library's reader takes; of a key written twice the last counts. Read only.
        root: The composed tree; None for an empty text. Read only.
        schema: How its tokens are read: as YAML 1.2, unless its %YAML directive says 1.1.
        duplicate_count: How many keys are written again.
        layout: Where each part of the text begins and ends.
        unusual: Tokens without quotes and tag that are not written as we would write their value: `1e3`, `yes`, `1.20`.
    """

    __slots__ = (
        "_duplicates",
        "_lock",
        "_made",
        "_named",
        "_parts",
        "_walked",
        "data",
        "duplicate_count",
        "layout",
        "name",
        "root",
        "schema",
        "text",
        "unusual",
    )

    def __init__(self, text: str, name: str, by_parts: bool = False) -> None:
        self.text = text
        self.name = name
        self._lock = RLock()
        self._named: dict[int, dict[str, list[int]]] = {}
        self._walked: tuple[Path, Sequence[Slot]] = ((), ())
        body = text.removeprefix(_BOM)
        self.layout = Layout(text, len(text) - len(body))
        self._parts = read_parts(body) if by_parts else None
        if self._parts is None:
            construction = self._read_whole()
            self.data: Any = construction.data
            self.duplicate_count = len(construction.duplicates)
        else:
            self.data = self._parts.data
            self.duplicate_count = self._parts.duplicate_count

    def _read_whole(self) -> Construction:
        body = self.text[self.layout.offset :]
        try:
            with uncollected(len(body)):
                root: yaml.Node | None = compose(body)
                schema = schema_of(body)
                construction = Construction(root, self.layout, schema)
        except (UnsupportedYaml, yaml.YAMLError, UnicodeEncodeError) as error:
            raise explain(error, body, self.name) from None
        self.layout.shared = frozenset(construction.shared)
        self.schema = schema
        self._made = construction.made
        self._duplicates: Any = construction.duplicates
        self.unusual: Sequence[yaml.ScalarNode] = construction.unusual
        self.root = root
        return construction

    def __getattr__(self, name: str) -> Any:
        """What only the tree tells of a text that was read by its parts: it is made when that is asked for."""
        if name not in _OF_THE_TREE:
            raise AttributeError(name)
        with self._lock:
            if not self._has_tree:
                self._read_whole()
        return object.__getattribute__(self, name)

    def __repr__(self) -> str:
        return f"Document({self.name!r}, {len(self.text)} characters)"

    @property
    def _has_tree(self) -> bool:
        try:
            object.__getattribute__(self, "root")
        except AttributeError:
            return False
        return True

    @classmethod
    def parse(cls, text: str, name: str = "manifest") -> Document:
        """Read a text.

        Raises:
            ManifestParseError: It is no YAML, or none that is safe to read; says where.
        """
        return cls(text, name)

    @classmethod
    def decode(cls, data: bytes, name: str = "manifest", *, by_parts: bool = False) -> Document:
        """Read the bytes of a file, UTF-8 with or without a byte order mark.

        Args:
            by_parts: Whether entries that another version has in the same words need not be read again; what is looked at
                and not written. Values remember their source within their entry then, without the comments above it.

        Raises:
            ManifestParseError: As `parse`; also when it is too large or not UTF-8.
        """
        return cls(decoded(data, name), name, by_parts)

    def encode(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8")

    # Nodes and places

    def member_lines(self, path: Path) -> Sequence[int] | None:
        """The lines (1-based) of the dashes of a list of the root, where they are known without the tree."""
        return self._parts.lines(path) if self._parts else None

    @property
    def duplicates(self) -> tuple[DuplicateKey, ...]:
        """Keys written twice, in file order."""
        if not self.duplicate_count:
            return ()
        made = self._duplicates  # read once: another thread may be at it, too
        if not isinstance(made, tuple):
            paths = self.paths(found.mapping for found in made)
            made = tuple(
                DuplicateKey(
                    paths.get(id(found.mapping), ()),
                    found.key,
                    self.place(self.layout.start(found.first)),
                    self.place(self.layout.start(found.again)),
                )
                for found in sorted(made, key=lambda one: int(one.again.start_mark.index))
            )
            self._duplicates = made
        return made

    def paths(self, nodes: Iterable[yaml.Node]) -> dict[int, Path]:
        """The first path to each of some values, by the `id` of its node; a key has none."""
        wanted = {id(node) for node in nodes}
        return _paths(self.root, wanted) if wanted else {}

    def node(self, path: Path) -> yaml.Node | None:
        """The value at a path; None if there is none. The empty path is the root."""
        if not path:
            return self.root
        slot = self.slot(path)
        return slot.value if slot else None

    def slot(self, path: Path) -> Slot | None:
        """The key with its value, or the list member, at a path; None if it is not written here."""
        slots = self.slots(path)
        return slots[-1] if path and len(slots) == len(path) else None

    def slots(self, path: Path) -> Sequence[Slot]:
        """The slots along a path from the root on, as far as it is written here."""
        walked, known = (
            self._walked
        )  # read once; what is asked for next is mostly beside what was asked for before
        slots: list[Slot] = []
        for step, before, slot in zip(path, walked, known, strict=False):
            if step != before:
                break
            slots.append(slot)
        if len(slots) == len(path):
            return slots  # what is remembered leads further
        node = slots[-1].value if slots else self.root
        for step in path[len(slots) :]:
            found = self._step(node, step)
            if found is None:
                break
            slots.append(found)
            node = found.value
        self._walked = path, slots
        return slots

    def value(self, node: yaml.Node) -> Any:
        """The data of one of the document's nodes. Read only."""
        return self._made[id(node)]

    def pairs(self, path: Path) -> list[tuple[Any, Any]]:
        """The keys and values of a mapping as they are written, keys that stand twice too; [] for anything else."""
        node = self.node(path)
        written = node.value if isinstance(node, yaml.MappingNode) else ()
        return [(self.value(key), self.value(value)) for key, value in written]

    def is_shared(self, node: yaml.Node) -> bool:
        """Whether an alias somewhere repeats this very node."""
        return id(node) in self.layout.shared

    def _step(self, node: yaml.Node | None, step: str | int) -> Slot | None:
        if isinstance(node, yaml.SequenceNode):
            slots = self.layout.slots(node)
            return slots[step] if isinstance(step, int) and 0 <= step < len(slots) else None
        if isinstance(node, yaml.MappingNode):
            numbers = self.numbers(node, step)
            return self.layout.slots(node)[numbers[-1]] if numbers else None
        return None

    def numbers(self, node: yaml.CollectionNode, step: str | int) -> Sequence[int]:
        """The numbers of the slots of a mapping that have a key: several where it is a duplicate."""
        slots = self.layout.slots(node)
        if isinstance(step, int) or len(slots) < _MANY_KEYS:
            return [
                number
                for number, slot in enumerate(slots)
                # The name first: most keys are others, and this is asked of every entry for every field.
                if (isinstance(step, int) or (slot.key is not None and slot.key.value == step))
                and is_key(slot.key, step)
            ]
        named = self._named.get(id(node))
        if named is None:
            named = defaultdict(list)
            for number, slot in enumerate(slots):
                if isinstance(slot.key, yaml.ScalarNode) and slot.key.tag in _TEXTS:
                    named[slot.key.value].append(number)
            self._named[id(node)] = named
        return named.get(step, ())

    def occurrences(self, path: Path) -> list[Slot]:
        """Where a key stands in its mapping, in file order; none where it is no key that is written here."""
        node = self.node(path[:-1])
        if not isinstance(node, yaml.MappingNode):
            return []
        slots = self.layout.slots(node)
        return [slots[number] for number in self.numbers(node, path[-1])]

    def place(self, index: int) -> Position:
        """Line and column of an offset into the text."""
        return Position(self.layout.line_of(index) + 1, self.layout.column(index) + 1)

    def position(self, path: Path) -> Position:
        """Where the key or the list member stands; of a path that does not exist, its nearest parent."""
        return self.place(self._start(path))

    @property
    def parts(self) -> Parts | None:
        """What it was read by, where it has no tree yet."""
        return None if self._has_tree else self._parts

    def _start(self, path: Path) -> int:
        if parts := self.parts:
            near = parts.near(path)
            return near.moved(_part(near.text)._start(near.path)) + self.layout.offset
        if slots := self.slots(path):
            return slots[-1].start
        return self.layout.start(self.root) if self.root else self.layout.offset

    def value_position(self, path: Path) -> Position:
        """Where the value stands; of a path that does not exist, its nearest parent."""
        return self.place(self._value_start(path))

    def _value_start(self, path: Path) -> int:
        parts = self.parts
        if parts and parts.lines(path) is None:
            near = parts.near(path)
            return near.moved(_part(near.text)._value_start(near.path)) + self.layout.offset
        slot = self.slot(path)
        return slot.value_start if slot else self._start(path)

    def line_span(self, path: Path) -> tuple[int, int]:
        """First and last line (1-based, inclusive), key included, trailing comment and blank lines not."""
        slot = self.slot(path)
        if slot:
            start, end = slot.start, slot.value_end
        elif path or self.root is None:
            line = self.position(path).line
            return line, line
        else:
            start, end = self.layout.start(self.root), self.layout.end(self.root)
        return self.layout.line_of(start) + 1, self.layout.line_of(max(start, end)) + 1

    def excerpt(self, path: Path) -> str:
        """The lines of `line_span`, as written, without the last line break."""
        first, last = self.line_span(path)
        starts = self.layout.line_starts
        return self.text[starts[first - 1] : self.layout.line_end(starts[last - 1])].removeprefix(_BOM)


@lru_cache(maxsize=64)
def _part(text: str) -> Document:
    """A part of a text that was read by its parts, with its tree."""
    return Document.parse(text)


def is_key(node: yaml.Node | None, step: str | int) -> bool:
    """Whether a key's node is the key `step`."""
    if not isinstance(node, yaml.ScalarNode):
        return False
    if isinstance(step, str):
        return node.value == step and node.tag in _TEXTS
    return node.tag == INT and bool(YAML_1_2.value(INT, node.value) == step)


def _paths(root: yaml.Node | None, wanted: set[int]) -> dict[int, Path]:
    """The first path to each of some nodes."""
    found: dict[int, Path] = {}
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, Path]] = [(root, ())] if root else []
    while waiting:
        node, path = waiting.pop()
        if id(node) in wanted:
            found.setdefault(id(node), path)
        if isinstance(node, yaml.ScalarNode) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend((child, (*path, i)) for i, child in reversed(list(enumerate(node.value))))
        else:
            waiting.extend((value, (*path, str(key.value))) for key, value in reversed(node.value))
    return found
