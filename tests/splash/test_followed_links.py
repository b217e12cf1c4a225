"""A visitor's link shows the entries that it was made for; any other text is no link."""

from __future__ import annotations

from itertools import product

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.splash.card import site_link
from partner_tui.splash.followed_links import entries_of, read_link
from partner_tui.splash.share_links import (
    Listed,
    Selection,
    classic_url,
    entry_classic_url,
    entry_today_url,
    list_entries,
    selected,
    today_url,
)
from tests.corpus import manifests, needs_corpus

MANIFEST = """\
config: {id: meadow, default_type: model}
collection:
  - {id: fern, type: model, name: Fern, tags: [plants, 2d, "a&b=c, d"], links: [meadow]}
  - {id: moss, type: model, name: Moss at 100%, tags: [plants], nickname: kind-moss}
  - {id: notes, type: notebook, name: Notes on fern, links: [meadow/meadow, other/other]}
"""
PARTNER = understood(Document.parse(MANIFEST))
ENTRIES = list_entries(PARTNER, NoFiles())


def ids(url: str) -> list[str]:
    link = read_link(url)
    assert link is not None
    return [one.id.removeprefix("meadow/") for one in entries_of(link, PARTNER.partner, ENTRIES)]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://bioimage.io/#/models?partner=meadow", ["fern"]),
        (" http://www.bioimage.io/#/models?page=2&tags=plants ", ["fern", "moss"]),
        ("https://bioimage.io/#/models?q=MOSS", ["moss"]),
        ("https://bioimage.io/#/notebooks?partner=other", ["notes"]),
        ("https://bioimage.io/#/models?partner=stardist", []),
        ("https://bioimage.io/#/artifacts/meadow:fern", ["fern"]),
        ("https://bioimage.io/#/artifacts/kind-moss", ["moss"]),
        ("https://bioimage.io/#/?partner=meadow", ["fern", "moss", "notes"]),
        ("https://bioimage.io/#/?partner=meadow&tags=fern&type=all", ["fern", "notes"]),
        ("https://bioimage.io/#/?partner=meadow&tags=plants,moss&type=model", ["moss"]),
        ("https://bioimage.io/#/?partner=ilastik", []),
        ("https://bioimage.io/#/?partner=meadow&type=model&id=meadow/moss", ["moss"]),
    ],
)
def test_a_link_shows_what_a_visitor_sees(url: str, found: list[str]) -> None:
    assert ids(url) == found


@pytest.mark.parametrize("by_partner", [True, False])
@pytest.mark.parametrize(
    "wanted", list(product(("model", "notebook"), ((), ("plants",)), ("", "100%", "ö & x=1")))
)
def test_links_that_are_handed_out_are_read_back(
    wanted: tuple[str, tuple[str, ...], str], by_partner: bool
) -> None:
    selection = Selection(*wanted, by_partner)
    read = read_link(today_url(PARTNER.partner, ENTRIES, selection))
    assert read is not None and read.selection == selection
    assert entries_of(read, PARTNER.partner, ENTRIES) == selected(PARTNER.partner, ENTRIES, selection)
    classic = read_link(classic_url(PARTNER.partner, selection))
    assert classic is not None and classic.is_classic
    assert classic.selection.tags == (*selection.tags, *([selection.query] if selection.query else []))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.id)
def test_a_link_to_one_entry_leads_to_it(entry: Listed) -> None:
    for url in (
        site_link(entry.id, entry.nickname),
        entry_today_url(entry),
        entry_classic_url(PARTNER.partner, entry),
    ):
        assert ids(url) == [entry.id.removeprefix("meadow/")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nuclei",
        "type:model",
        "https://example.org/#/models",
        "https://bioimage.io/#/about",
        "http://[",
        "x y",
    ],
)
def test_any_other_text_is_no_link(text: str) -> None:
    assert read_link(text) is None


@needs_corpus
def test_both_schemes_agree_on_every_partner_of_the_corpus() -> None:
    newest = {path.name.partition(".")[0]: path for path in manifests()}
    assert newest
    for path in newest.values():
        try:
            manifest = understood(Document.parse(path.read_text("utf-8")))
        except ManifestParseError:
            continue
        entries, partner = list_entries(manifest, NoFiles()), manifest.partner
        for kind in {one.type for one in entries} & {"model", "application", "notebook", "dataset"}:
            link = read_link(classic_url(partner, Selection(kind)))
            assert link is not None
            assert [one.type for one in entries_of(link, partner, entries)] == [
                one.type for one in entries if one.type == kind
            ]
            today = read_link(today_url(partner, entries, Selection(kind)))
            assert today is not None
            found = entries_of(today, partner, entries)
            assert found == selected(partner, entries, Selection(kind))
