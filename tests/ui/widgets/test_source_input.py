"""What is typed is completed to known words and to what is on this disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.ui.widgets.source_input import SourceSuggester


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("ila", "ilastik"), ("ILA", "ilastik"), ("zzz", None), ("deepimagej/", "deepimagej/models")],
)
async def test_known_words_are_completed(typed: str, completed: str | None) -> None:
    suggester = SourceSuggester(["ilastik", "deepimagej/models"])
    assert await suggester.get_suggestion(typed) == completed


async def test_folders_are_completed_and_hidden_ones_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "Meadow").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "A file").touch()
    assert await SourceSuggester().get_suggestion(f"{tmp_path}/") == f"{tmp_path}/Meadow/"
    assert await SourceSuggester().get_suggestion(f"{tmp_path}/.h") == f"{tmp_path}/.hidden/"


async def test_files_are_completed_where_they_are_asked_for_but_no_name_with_an_escape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rdf.yaml").touch()
    (tmp_path / "\x1b[31mred").touch()
    monkeypatch.chdir(tmp_path)
    suggester = SourceSuggester(files=True)
    assert await suggester.get_suggestion("rd") == "rdf.yaml"
    assert await suggester.get_suggestion(f"{tmp_path}/") == f"{tmp_path}/rdf.yaml"
    assert await suggester.get_suggestion("\x1b") is None
    assert await suggester.get_suggestion("https://rd") is None
    assert await suggester.get_suggestion(f"{tmp_path}/nowhere/") is None
