"""Who links to whom, what a wrong link means, and the edits that correct it."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from partner_tui.central import links
from partner_tui.central.links import Linking, read_links, removals
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.splash.share_links import link_edits, list_entries
from tests.compliance.clone import FilesInMemory

MANIFEST = """\
config: {id: meadow}
collection:
- id: fern
  links: [moss, meadow/meadow]  # both
- id: moss
  links:
  - Fern   # shouted
  - fern
  - meadow/meadow/ivy
- id: ivy
  links: [imjoy/BioImageIO-Packager, gone]
- id: dew
  rdf_source: dew/rdf.yaml
"""
RDF = "type: model\nlinks:\n- IVY\n"


def linking(text: str = MANIFEST, **files: str) -> Linking:
    manifest = read_manifest(Document.parse(text, "collection.yaml"))
    return read_links(manifest, list_entries(manifest, FilesInMemory({"dew/rdf.yaml": RDF, **files})))


def judged(written: str, ids: str = "fern, moss", partner: str = "meadow") -> list[tuple[str, str, bool]]:
    entries = "".join(f"- id: {one}\n" for one in ids.split(", "))
    text = f"config: {{id: {partner}}}\ncollection:\n{entries}- id: last\n  links: [{written}]\n"
    return [(one.kind, one.right, one.is_sure) for one in linking(text).links]


def test_links_are_read_both_ways_with_their_places() -> None:
    found = linking()
    assert [(one.entry, one.text, one.kind, one.document, one.line, one.right) for one in found.links] == [
        (0, "moss", "own", "collection.yaml", 4, "meadow/moss"),
        (0, "meadow/meadow", "partner", "collection.yaml", 4, ""),
        (1, "Fern", "wrong", "collection.yaml", 7, "meadow/fern"),
        (1, "fern", "own", "collection.yaml", 8, "meadow/fern"),
        (1, "meadow/meadow/ivy", "wrong", "collection.yaml", 9, "meadow/ivy"),
        (2, "imjoy/BioImageIO-Packager", "other", "collection.yaml", 11, ""),
        (2, "gone", "wrong", "collection.yaml", 11, ""),
        (3, "IVY", "wrong", "dew/rdf.yaml", 3, "meadow/ivy"),
    ]
    assert [one.entry for one in found.by_target["meadow/fern"]] == [1]
    assert [one.id for one in found.unlinked] == ["meadow/moss", "meadow/ivy", "meadow/dew"]


@pytest.mark.parametrize(
    ("link", "is_meant"),
    [
        ("Fern-Leaf", ("wrong", "meadow/fern_leaf", True)),
        ("meadow/fernleaf", ("wrong", "meadow/fern_leaf", True)),
        ("Meadow/fern_leaf", ("wrong", "meadow/fern_leaf", True)),
        ("meadow/fern_laef", ("wrong", "meadow/fern_leaf", False)),
        ("unet_2d", ("own", "meadow/unet_2d", True)),
        ("unet_3d", ("wrong", "", False)),  # another number is another resource
        ("birch", ("wrong", "", False)),
        ("https://example.org/fern_leaf", ("wrong", "", False)),
        ("stardist", ("wrong", "bioimageio/stardist", False)),
        ("StarDist/StarDist", ("wrong", "bioimageio/stardist", False)),
        ("zero-Notebook_U-Net", ("wrong", "zero/Notebook_U-Net", False)),
        ("ImJoy/vizarr", ("wrong", "imjoy/vizarr", False)),
        ("fiji/Fiji", ("other", "", False)),  # an entry of theirs; the link to them is fiji/fiji
        ("ilastik/ilastik", ("other", "", False)),
        ("ilastik/some-dataset", ("other", "", False)),
        ("somebody/else", ("other", "", False)),
    ],
)
def test_a_wrong_link_is_told_with_what_it_means(link: str, is_meant: tuple[str, str, bool]) -> None:
    assert judged(link, "fern_leaf, unet_2d") == [is_meant]


def test_what_two_entries_could_be_is_not_proposed() -> None:
    assert judged("FERN", "fern, Fern") == [("wrong", "", False)]


def test_an_id_of_another_partner_is_proposed_as_most_write_it() -> None:
    assert judged("imjoy/a-b, imjoy/a-b, imjoy/a_b") == [
        ("other", "", False),
        ("other", "", False),
        ("wrong", "imjoy/a-b", False),
    ]


def test_what_the_site_lists_of_other_partners_is_known() -> None:
    text = "config: {id: meadow}\ncollection:\n- id: fern\n  links: [fiji/FIJI, fiji/fiji, imjoy/a, imjoy/Vizarr]\n"
    manifest = read_manifest(Document.parse(text, "collection.yaml"))
    listed = list_entries(manifest, FilesInMemory({}))
    found = read_links(manifest, listed, ["fiji/Fiji", "imjoy/vizarr", "meadow/old", ""])
    assert found.site == {"fiji/Fiji", "imjoy/vizarr"}
    assert [(one.kind, one.right, one.is_sure) for one in found.links] == [
        ("wrong", "fiji/Fiji", True),
        ("other", "", False),
        ("other", "", False),
        ("wrong", "imjoy/vizarr", True),
    ]


def test_a_partner_of_which_another_answers_is_known_by_its_link() -> None:
    assert judged("bioimageio/stardist", partner="stardist") == [("partner", "", True)]


def corrected(found: Linking, text: str, rdf: str) -> tuple[str, str]:
    edits = found.corrections(one for one in found.links if one.kind == "wrong")
    manifest = apply(Document.parse(text, "collection.yaml"), edits.get("collection.yaml", ()))
    return manifest.text, apply(Document.parse(rdf, "dew/rdf.yaml"), edits.get("dew/rdf.yaml", ())).text


def test_wrong_links_are_corrected_where_they_are_written_and_never_twice() -> None:
    text, rdf = corrected(linking(), MANIFEST, RDF)
    assert text == MANIFEST.replace("  - Fern   # shouted\n", "").replace("meadow/meadow/ivy", "meadow/ivy")
    assert rdf == "type: model\nlinks:\n- meadow/ivy\n"


def test_a_link_that_all_inherit_is_corrected_once() -> None:
    text = "config: {id: meadow}\nlinks: [Fern, FERN]  # all\ncollection:\n- id: fern\n- id: moss\n"
    edited, _ = corrected(linking(text), text, RDF)
    assert edited == text.replace("[Fern, FERN]", "[meadow/fern]")


def test_links_are_removed_from_the_last_on() -> None:
    text = "config: {id: meadow}\ncollection:\n- id: fern\n  links: [a, meadow/meadow, b, c]\n"
    found = linking(text)
    edits = removals(one for one in found.links if one.kind == "wrong")
    document = apply(Document.parse(text, "collection.yaml"), edits["collection.yaml"])
    assert document.text == text.replace("[a, meadow/meadow, b, c]", "[meadow/meadow]")


def test_adding_the_link_to_the_partner_leaves_nothing_wrong() -> None:
    text = "config: {id: meadow}\ncollection:\n- id: fern\n  links: [moss]\n- id: moss\n"
    manifest = read_manifest(Document.parse(text, "collection.yaml"))
    found = linking(text)
    linked = linking(apply(manifest.document, link_edits(manifest, found.unlinked)).text)
    assert not linked.unlinked
    assert {one.kind for one in linked.links} == {"own", "partner"}


def test_names_are_compared_with_the_few_that_share_most_letters_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []

    class Counting(SequenceMatcher[str]):
        def ratio(self) -> float:
            compared.append(1)
            return super().ratio()

    monkeypatch.setattr(links, "SequenceMatcher", Counting)
    entries = "".join(f"- {{id: notebook-{at}, links: [notbook-{at}]}}\n" for at in range(200))
    found = linking(f"config: {{id: meadow}}\ncollection:\n{entries}")
    assert {one.right for one in found.links} >= {"meadow/notebook-7", "meadow/notebook-123"}
    assert len(compared) <= 200 * links._COMPARED  # 40,000 with each
