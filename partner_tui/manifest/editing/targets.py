"""Resolves an edit's path to the node it changes, or explains why it cannot be edited.

An edit changes one place and no other: what an alias repeats elsewhere, or a merge brings in, is refused.
"""

from __future__ import annotations

import yaml

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import shown
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.layout import Slot


class Targets:
    """Finds what is written at the paths of one document; every method raises PatchError for what cannot be edited."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def guard(self, path: Path) -> None:
        """Refuse to edit what an alias repeats elsewhere, or through an alias."""
        for length, slot in enumerate([None, *self.document.slots(path)]):
            if slot and slot.alias:
                name = self.document.text[slot.value_start : slot.value_end]
                raise PatchError(
                    f"{shown(path[:length])} is an alias ({name}): edit the value that it repeats.",
                    "Replace the alias with the value, or edit the value at its anchor (&).",
                )
            node = slot.value if slot else self.document.root
            if node is not None and self.document.is_shared(node):
                raise PatchError(
                    f"{shown(path[:length])} is repeated by an alias (*); an edit would also change the alias.",
                    "Write the repeated values out first.",
                )

    def collection(self, path: Path) -> yaml.CollectionNode:
        """The list or mapping at a path."""
        node = self.document.node(path)
        if not isinstance(node, yaml.CollectionNode):
            raise PatchError(f"{shown(path)} is neither a list nor a mapping.")
        return node

    def slot(self, path: Path) -> Slot:
        """The key with its value, or the list member, at a path."""
        slot = self.document.slot(path)
        if slot is None:
            raise PatchError(
                f"{shown(path)} is not written in {self.document.name} at this place.",
                "It may come from a merge (<<).",
            )
        return slot

    def occurrences(self, parent: yaml.CollectionNode, path: Path) -> list[int]:
        """The numbers of the slots of a member of `parent`; of a key that is written twice, all of them."""
        slots = self.document.layout.slots(parent)
        if isinstance(parent, yaml.SequenceNode):
            found = [path[-1]] if isinstance(path[-1], int) and 0 <= path[-1] < len(slots) else []
        else:
            found = list(self.document.numbers(parent, path[-1]))
        if not found:
            self.slot(path)
        return found

    def slots(self, path: Path) -> list[Slot]:
        """The slots of a key, all of them where it is written twice."""
        parent = self.collection(path[:-1])
        return [self.document.layout.slots(parent)[number] for number in self.occurrences(parent, path)]
