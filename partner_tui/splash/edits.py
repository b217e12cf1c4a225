"""New values for fields of `config` as edits of the manifest: one field's edit touches its own lines alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partner_tui.manifest.editing.edits import Add, Edit, Remove, Replace
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same
from partner_tui.splash.fields import SPLASH_FIELDS

CONFIG: Path = ("config",)
_ORDER = {field.key: place for place, field in enumerate(SPLASH_FIELDS)}
_LISTS_OF_ENTRIES = {"collection", *GROUPS, "attachments"}


def config_edits(document: Document, changed: Mapping[str, Any]) -> tuple[Edit, ...]:
    """The edits that give fields of `config` new values, to be applied one after the other.

    Args:
        changed: By key; None removes the key.
    """
    root = document.data if isinstance(document.data, Mapping) else {}
    config = root.get("config")
    keys = sorted(changed, key=lambda key: _ORDER.get(key, len(_ORDER)))
    if config is None:
        filled = {key: changed[key] for key in keys if changed[key] is not None}
        if not filled:
            return ()
        if "config" in root:
            return (Replace(CONFIG, filled),)
        return (Add(CONFIG, filled, after=_last_before_entries(root)),)
    edits: list[Edit] = []
    present = list(config)
    for key in keys:
        path, new = (*CONFIG, key), changed[key]
        if key not in config:
            if new is not None:
                edits.append(Add(path, new, after=_neighbour(key, present)))
                present.append(key)
        elif new is None:
            edits.append(Remove(path))
            present.remove(key)
        elif not same(config[key], new):
            edits.append(Replace(path, new))
    return tuple(edits)


def _neighbour(key: str, present: Sequence[str]) -> str | None:
    """The key that a new one is put behind: the nearest of those that come before it in the form."""
    place = _ORDER.get(key, len(_ORDER))
    before = [known for known in present if _ORDER.get(known, len(_ORDER)) < place]
    return max(before, key=lambda known: _ORDER[known]) if before else None


def _last_before_entries(root: Mapping[str, Any]) -> str | None:
    """The root key that a new `config` is put behind, so that it stands before the entries; None for the end."""
    last: str | None = None
    for key in root:
        if key in _LISTS_OF_ENTRIES:
            return last
        last = key if isinstance(key, str) else last
    return None
