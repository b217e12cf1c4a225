"""Links to a partner's resources, and which entries each selects."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.partners import keyword
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.manifest.text.document import Document
from partner_tui.splash.share_links import (
    Listed,
    Selection,
    as_html,
    as_markdown,
    classic_url,
    entry_classic_url,
    entry_note,
    entry_today_url,
    link_edits,
    list_entries,
    selected,
    today_url,
    without_link,
)
from tests.corpus import manifests, needs_corpus

TEXT = """\
config:
  id: meadow
  name: Microscopy Meadow
  default_type: all
collection:
  - id: fern
    type: model
    name: Fern segmentation
    tags: [plants, 2d]
    links: [meadow/meadow, other/app]
  - id: moss
    type: model
    name: Moss counting
    description: Counts in 3D
    tags: [plants]   # one tag
    links: []
  - id: meadow
    type: application
    name: The app
    links: meadow
  - id: dew
    type: model
    name: Dew drops
"""
MANIFEST = understood(Document.parse(TEXT, "manifest.yaml"))
PARTNER = MANIFEST.partner
ENTRIES = list_entries(MANIFEST, NoFiles())


@pytest.mark.parametrize(
    ("one", "url"),
    [
        (Listed("m/a", 0, "application", "A b"), "artifacts/m:a"),
        (Listed("m/a", 0, "model", "A b"), "models?q=A%20b"),
        (Listed("m/a", 0, "dataset", "50 % & more"), "datasets?q=50%20%25%20%26%20more"),
        (Listed("m/a", 0, "model", "A", nickname="kind-bee"), "artifacts/kind-bee"),
        (Listed("m/a", 0, "model"), "artifacts/m:a"),
        (Listed("m/a", 0, "workflow", "A"), "artifacts/m:a"),
    ],
)
def test_one_entry_is_linked_by_its_page_where_its_id_on_the_site_is_known(one: Listed, url: str) -> None:
    assert entry_today_url(one) == f"https://bioimage.io/#/{url}"
    assert bool(entry_note(one)) is ("?q=" in url)


def ids(entries: tuple[Listed, ...]) -> list[str]:
    return [one.id.partition("/")[2] for one in entries]


@pytest.mark.parametrize(
    ("wanted", "today", "classic", "shown", "missing"),
    [
        (Selection(), "models?partner=meadow", "?partner=meadow&type=all", ["fern"], ["moss", "dew"]),
        (
            Selection("application"),
            "applications?partner=meadow",
            "?partner=meadow&type=application",
            ["meadow"],
            [],
        ),
        (
            Selection("model", ("plants", "2d"), "fern"),
            "models?partner=meadow&tags=plants,2d&q=fern",
            "?partner=meadow&tags=plants,2d,fern&type=model",
            ["fern"],
            [],
        ),
        (
            Selection("model", ("Plants",)),
            "models?partner=meadow&tags=Plants",
            "?partner=meadow&tags=Plants&type=model",
            [],
            [],
        ),
        (
            Selection("model", (), "IN 3d", by_partner=False),
            "models?q=IN%203d",
            "?tags=IN%203d&type=model",
            ["moss"],
            ["moss"],
        ),
        (
            Selection("dataset", ("a&b", "c=d#e", "ä")),
            "datasets?partner=meadow&tags=a%26b,c%3Dd%23e,%C3%A4",
            "?partner=meadow&tags=a%26b,c%3Dd%23e,%C3%A4&type=dataset",
            [],
            [],
        ),
    ],
)
def test_a_link_has_both_spellings_and_selects_what_todays_site_shows(
    wanted: Selection, today: str, classic: str, shown: list[str], missing: list[str]
) -> None:
    assert today_url(PARTNER, ENTRIES, wanted) == f"https://bioimage.io/#/{today}"
    assert classic_url(PARTNER, wanted) == f"https://bioimage.io/#/{classic}"
    assert ids(selected(PARTNER, ENTRIES, wanted)) == shown
    assert ids(without_link(PARTNER, ENTRIES, wanted)) == missing


def test_stardist_and_qupath_are_found_by_their_entries_at_bioimageio() -> None:
    assert [keyword(one) for one in ("stardist", "qupath", "fiji")] == [
        "bioimageio/stardist",
        "bioimageio/qupath",
        "fiji/fiji",
    ]


def test_one_entry_has_a_classic_link_with_its_public_id() -> None:
    assert entry_classic_url(PARTNER, ENTRIES[0]) == (
        "https://bioimage.io/#/?partner=meadow&type=model&id=meadow/fern"
    )


def test_missing_links_are_added_and_no_other_byte_changes() -> None:
    edits = link_edits(MANIFEST, ENTRIES)
    written = apply(MANIFEST.document, edits).text
    assert written == TEXT.replace("links: []", "links: [meadow/meadow]").replace(
        "    name: Dew drops\n", "    name: Dew drops\n    links: [meadow/meadow]\n"
    )
    again = list_entries(understood(Document.parse(written, "manifest.yaml")), NoFiles())
    assert ids(selected(PARTNER, again, Selection("model"))) == ["fern", "moss", "dew"]
    assert link_edits(MANIFEST, again) == ()


def test_links_that_an_entry_inherits_stay_its_links() -> None:
    manifest = understood(
        Document.parse("config: {id: m}\nlinks: [a/b]\ncollection:\n  - id: x\n    type: model\n", "m.yaml")
    )
    edits = link_edits(manifest, list_entries(manifest, NoFiles()))
    written = understood(apply(manifest.document, edits))
    assert list_entries(written, NoFiles())[0].links == ("a/b", "m/m")


def test_a_label_is_text_in_markdown_and_in_html() -> None:
    assert as_markdown("a]b<c>`*_\\", "u") == r"[a\]b\<c\>\`\*\_\\](u)"
    html = as_html('<script>"', "https://a.org/?x=1&y=2")
    assert 'href="https://a.org/?x=1&amp;y=2"' in html
    assert html.endswith(">&lt;script&gt;&quot;</a>")


@needs_corpus
@pytest.mark.parametrize("path", manifests()[::8], ids=lambda path: path.stem)
def test_every_entry_of_a_real_manifest_is_selected_once_its_link_was_added(path: Path) -> None:
    try:
        manifest = understood(Document.decode(path.read_bytes(), path.name))
    except ManifestParseError:
        pytest.skip("not readable")
    if not manifest.partner.id:
        pytest.skip("a manifest without a partner's id")
    entries = list_entries(manifest, NoFiles())
    document = apply(manifest.document, link_edits(manifest, entries))
    again = understood(document)
    for kind in SITE_TYPES:
        shown = {
            one.index for one in selected(again.partner, list_entries(again, NoFiles()), Selection(kind))
        }
        assert shown == {one.index for one in entries if one.type == kind}
