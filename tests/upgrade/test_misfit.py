"""What the format refuses goes to config as a whole or in part, and the rest of the entry stays."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.draft import Draft, DraftContext
from partner_tui.upgrade.fixes.misfit import move

NOTE = "{} has a value that the format does not accept; moved to config"


@pytest.mark.parametrize(
    ("data", "place", "after", "kept", "noted"),
    [
        ({"type": "notebook", "source": "a.py"}, ("source",), {"source": "a.py"}, {}, None),
        ({"type": "dataset", "source": "a b"}, ("source",), {}, {"source": "a b"}, "source"),
        ({"type": "notebook", "icon": "a b"}, ("icon",), {}, {"icon": "a b"}, "icon"),
        ({"type": "dataset", "id": "A b"}, ("id",), {"id": "A b"}, {}, None),
        ({"type": "dataset", "tags": ["a", 1]}, ("tags", 1), {"tags": ["a"]}, {"tags": [1]}, "tags"),
        ({"type": "dataset", "tags": ["a", 1]}, ("tags",), {}, {"tags": ["a", 1]}, "tags"),
        ({"type": "dataset", "tags": ["a", 1]}, ("tags", "x"), {}, {"tags": ["a", 1]}, "tags"),
        ({"type": "dataset", "tags": "a"}, ("tags", 0), {}, {"tags": "a"}, "tags"),
        ({"type": "dataset", "icon": ["a", 1]}, ("icon", 1), {}, {"icon": ["a", 1]}, "icon"),
    ],
)
def test_what_is_refused_moves_and_the_rest_stays(
    data: dict[str, Any], place: Path, after: dict[str, Any], kept: dict[str, Any], noted: str | None
) -> None:
    draft = Draft(data, DraftContext(partner_id="p"))
    moved = move(draft, [place])
    assert moved is (noted is not None)
    config = draft.data.pop("config", {}).get("p", {})
    assert draft.data == {"type": data["type"], **after}
    assert config == kept
    assert draft.degraded == ([] if noted is None else [NOTE.format(noted)])
