"""NO_COLOR takes the colour out of every piece of a line; a piece without a style ends the app there."""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "partner_tui" / "ui"


def test_every_blank_line_has_a_style() -> None:
    bare = [
        f"{path.name}: {call}"
        for path in sorted(UI.rglob("*.py"))
        for call in re.findall(r"Strip\.blank\([^,()]*\)", path.read_text("utf-8"))
    ]
    assert bare == []
