from typing import Any

import pytest

from partner_tui.splash.card import Link, find_urls, read_card, site_link


@pytest.mark.parametrize(
    ("cite", "read"),
    [
        (None, ()),
        ("A paper", (Link("A paper", ""),)),
        ({"text": "A", "doi": "10.1/x"}, (Link("A", "https://doi.org/10.1/x"),)),
        ([{"text": "A", "doi": "https://doi.org/10.1/x"}], (Link("A", "https://doi.org/10.1/x"),)),
        ([{"text": "A", "url": "https://a.org"}, 5, None], (Link("A", "https://a.org"), Link("5", ""))),
        ([{"text": "A", "url": "javascript:alert(1)"}], (Link("A", ""),)),
    ],
)
def test_citations_are_read_in_every_form(cite: Any, read: tuple[Link, ...]) -> None:
    assert read_card({"cite": cite}).citations == read


@pytest.mark.parametrize(
    ("authors", "read"),
    [
        (None, ()),
        ("One", ("One",)),
        (
            ["One", {"name": "Two", "affiliation": "x"}, {"github_user": "three"}, None, {}],
            ("One", "Two", "three"),
        ),
    ],
)
def test_authors_are_read_in_every_form(authors: Any, read: tuple[str, ...]) -> None:
    assert read_card({"authors": authors}).authors == read


def test_every_address_of_an_entry_is_found_once_and_labelled() -> None:
    data = {
        "source": "https://a.org/x",
        "covers": ["https://a.org/1.png", "two.png", "https://a.org/1.png"],
        "cite": [{"text": "see https://b.org", "doi": "10.1/x"}],
        "rdf_source": "file:///etc/passwd",
        "download_url": "https://a.org/with blank",
    }
    assert find_urls(data) == (
        Link("source", "https://a.org/x"),
        Link("covers[0]", "https://a.org/1.png"),
        Link("cite.doi", "https://doi.org/10.1/x"),
    )


@pytest.mark.parametrize(
    ("public_id", "nickname", "url"),
    [
        ("ilastik/a b", "", "https://bioimage.io/#/artifacts/ilastik:a%20b"),
        ("ilastik/a/b", "", "https://bioimage.io/#/artifacts/ilastik:a/b"),
        ("ilastik/a?b#c", "", "https://bioimage.io/#/artifacts/ilastik:a%3Fb%23c"),
        ("deepimagej/unet", "affable-shark", "https://bioimage.io/#/artifacts/affable-shark"),
    ],
)
def test_a_page_on_the_site_has_the_nickname_or_the_id_with_a_colon(
    public_id: str, nickname: str, url: str
) -> None:
    assert site_link(public_id, nickname) == url


@pytest.mark.parametrize(
    ("data", "nickname"),
    [
        ({}, ""),
        ({"config": {"bioimageio": {"nickname": "affable-shark"}}}, "affable-shark"),
        ({"config": {"bioimageio": ["affable-shark"]}}, ""),
        (
            {"nickname": "loyal-parrot", "config": {"bioimageio": {"nickname": "affable-shark"}}},
            "loyal-parrot",
        ),
    ],
)
def test_the_nickname_is_read_where_entries_keep_it(data: dict[str, Any], nickname: str) -> None:
    assert read_card(data).nickname == nickname


def test_files_are_read_as_texts_and_as_mappings_with_a_source() -> None:
    card = read_card(
        {
            "covers": ["a.png", {"source": "b.png", "sha256": "0"}, {}],
            "documentation": {"source": "README.md"},
        }
    )
    assert card.covers == ("a.png", "b.png")
    assert card.documentation == "README.md"
