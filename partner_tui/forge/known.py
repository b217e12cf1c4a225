"""The last answers of a forge, kept in the clone's folder of the user's state, so that they can be shown without asking again."""

from __future__ import annotations

import json
from pathlib import Path

from partner_tui.contributions.on_forge import ForgeKnowledge
from partner_tui.forge.hosts import Forge
from partner_tui.repository.private_files import keep_private, read_kept

_LARGEST = 64_000_000


def find_known(state: Path, forge: Forge) -> ForgeKnowledge | None:
    """What was kept; None where nothing was, it is of another repository, or it cannot be read."""
    data = read_kept(_path(state), _LARGEST)
    try:
        if data["forge"] != [forge.host, forge.slug]:
            return None
        return ForgeKnowledge.from_json(data)
    except (ValueError, TypeError, KeyError):
        return None


def keep_known(state: Path, forge: Forge, known: ForgeKnowledge) -> None:
    """Keep it in place of what was before."""
    shape = {"forge": [forge.host, forge.slug], **known.to_json()}
    keep_private(_path(state), json.dumps(shape, ensure_ascii=False).encode("utf-8", "replace"))


def _path(state: Path) -> Path:
    return state / "forge.json"
