from __future__ import annotations

import pytest

from partner_tui.central.rules_2024 import item_of

FOLDER = "https://bioimage-io.github.io/collection-bioimage-io/rdfs/p/e/latest"


@pytest.mark.parametrize(
    ("cover", "published"),
    [
        (f"{FOLDER}/there.png", f"{FOLDER}/there.png"),
        (7, 7),
        ("https://x.org/a/c.png", f"{FOLDER}/c.png"),
        ("https://x.org/a/c.png?raw=true#f", f"{FOLDER}/c.png"),
        ("https://zenodo.org/api/records/1/files/c.png/content", f"{FOLDER}/c.png"),
        ("https://x.org/a/c.png/", f"{FOLDER}/c.png"),
        # The CI took letters off, and not the word.
        ("https://x.org/a/noce", f"{FOLDER}/a"),
    ],
)
def test_a_cover_is_published_as_a_copy(cover: object, published: object) -> None:
    item, _ = item_of("p/e", {"covers": [cover]}, {}, frozenset())
    assert item["covers"] == [published]


@pytest.mark.parametrize(
    ("icon", "published"),
    [
        ("https://x.org/badge.svg", "https://x.org/badge.svg"),
        ("https://zenodo.org/api/records/1/files/b.svg/content", f"{FOLDER}/b.svg"),
    ],
)
def test_of_badges_those_of_zenodo_are_copied(icon: str, published: str) -> None:
    item, _ = item_of("p/e", {"badges": [{"label": "l", "icon": icon}]}, {}, frozenset())
    assert item["badges"] == [{"label": "l", "icon": published}]


def test_fields_that_no_item_has_are_left_out() -> None:
    data = {"cite": [], "documentation": "d", "git_repo": "g", "maintainers": [], "version": "1", "name": "n"}
    item, origins = item_of("p/e", data, {"name": "entry"}, frozenset())
    assert set(item) == {"download_count", "id", "name", "rdf_source", "versions"} == set(origins)
