"""What is proposed for a new entry follows its id, as long as its folder is named after that."""

from __future__ import annotations

import pytest

from partner_tui.contributions.new_entry import NewEntry


@pytest.mark.parametrize(
    ("folder", "id", "renamed"),
    [
        ("models/fern", "ivy", "models/ivy"),
        ("fern", "ivy", "ivy"),
        ("models/fern", "zoe/ivy", "models/zoe-ivy"),
        ("models/fern-2", "ivy", "models/fern-2"),
        ("elsewhere", "ivy", "elsewhere"),
        ("", "ivy", ""),
    ],
)
def test_a_folder_of_its_own_goes_with_the_id(folder: str, id: str, renamed: str) -> None:
    entry = NewEntry("fern", "model", folder, "rdf.yaml").renamed(id)
    assert (entry.id, entry.folder, entry.rdf_name) == (id, renamed, "rdf.yaml")
