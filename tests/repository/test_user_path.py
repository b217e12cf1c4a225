from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.repository.user_path import expanded


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("~/a", "HOME/a"),
        ("~", "HOME"),
        ("a/~b", "a/~b"),
        ("~no-such-user/a", "~no-such-user/a"),
        ("~no", "~no"),
    ],
)
def test_a_home_is_written_out_where_there_is_one(
    typed: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert str(expanded(typed)) == path.replace("HOME", str(tmp_path))
