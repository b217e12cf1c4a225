"""A test that drives the app presses no key before somebody can take it: on a busy machine that is a while later."""

from __future__ import annotations

import re
from pathlib import Path

TOO_SOON = re.compile(
    r"isinstance\((?:pilot\.)?app\.screen, WorkspaceScreen\)\)\n\s+await (?:\w+\.)?pilot\.(?:press|click)"
)


def test_no_key_is_pressed_as_soon_as_a_repository_is_on_top() -> None:
    tests = Path(__file__).parent.rglob("test_*.py")
    found = [path.name for path in tests if TOO_SOON.search(path.read_text("utf-8"))]
    assert not found, "wait with opened_frame: its first view is there and has the focus"
