"""What commits change, kept between starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.workspace.contributions.kept_changes import find_changes, keep_changes


def test_digests_are_found_again(tmp_path: Path) -> None:
    assert find_changes(tmp_path) == {}
    keep_changes(tmp_path / "state", {"ab" * 20: b"\x01\xff"})
    assert find_changes(tmp_path / "state") == {"ab" * 20: b"\x01\xff"}


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        '{"format": 0, "changes": {}}',
        '{"format": 1, "changes": {"a": "no"}}',
        '{"format": 1, "changes": []}',
    ],
)
def test_a_damaged_file_is_made_again(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "changes.json").write_text(damaged, "utf-8")
    assert find_changes(tmp_path) == {}
