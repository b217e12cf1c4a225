"""What is a URL, and what is wrong with what is none."""

from __future__ import annotations

import gc
import weakref

import pytest

from partner_tui.addresses.urls import beside, is_url, names_file, url_flaw
from partner_tui.manifest.text.document import Document


@pytest.mark.parametrize(
    "text", ["https://example.org", "http://localhost:8000/a?b#c", "https://imjoy.io/docs/#/"]
)
def test_an_address_has_no_flaw(text: str) -> None:
    assert is_url(text)
    assert url_flaw(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "https://", "https://a b", " https://a", "https://a,", "ftp://a/b", "http://[bad"],
)
def test_a_flaw_is_named(text: str) -> None:
    assert url_flaw(text)


@pytest.mark.parametrize(
    "text", ["javascript:x", "file:///x", "ftp://x", "https://a b", "https://a\x1b]", "", "-x"]
)
def test_only_clean_web_addresses_may_reach_a_browser(text: str) -> None:
    assert not is_url(text)


@pytest.mark.parametrize(
    "text",
    ["a.yml", " A/B.YAML ", "https://a/b.yaml", "https://a/b.yaml?raw=1#.txt", "https://[bad/b.yml"],
)
def test_a_path_or_the_path_of_a_url_names_a_yaml_file(text: str) -> None:
    assert names_file(text, ".yaml", ".yml")


@pytest.mark.parametrize("text", ["", "a", "a.yaml/b", "https://a.yml", "https://a/b?c=d.yaml", "a.yamlx"])
def test_a_suffix_elsewhere_names_none(text: str) -> None:
    assert not names_file(text, ".yaml", ".yml")


RECORD = "https://zenodo.org/api/records/123/files"


@pytest.mark.parametrize(
    ("url", "path", "found"),
    [
        ("https://e.org/m/rdf.yaml", "c.png", "https://e.org/m/c.png"),
        ("https://e.org/m/rdf.yaml?x=1#y", "./s/c.png", "https://e.org/m/s/c.png"),
        ("https://e.org/m/rdf.yaml", "../c.png", "https://e.org/c.png"),
        ("https://e.org/rdf.yaml", "a b.png", "https://e.org/a%20b.png"),
        ("https://e.org/rdf.yaml", "a%20b.png", "https://e.org/a%20b.png"),
        ("https://e.org/rdf.yaml", "a#b.png", "https://e.org/a%23b.png"),
        ("https://e.org/rdf.yaml", "a%20?b.png", "https://e.org/a%20%3Fb.png"),
        ("https://e.org/rdf.yaml", "100%.png", "https://e.org/100%25.png"),
        ("https://e.org/rdf.yaml", "größe.png", "https://e.org/gr%C3%B6%C3%9Fe.png"),
        ("https://e.org/rdf.yaml", "%2F%2Fother.org/c.png", "https://e.org/other.org/c.png"),
        (f"{RECORD}/rdf.yaml/content", "c.png", f"{RECORD}/c.png/content"),
        (f"{RECORD}/rdf.yaml/content?x=1", "a b.png", f"{RECORD}/a%20b.png/content"),
        ("https://e.org/rdf.yaml/content", "c.png", "https://e.org/rdf.yaml/c.png"),
    ],
)
def test_a_file_beside_another_has_a_url(url: str, path: str, found: str) -> None:
    assert beside(url, path) == found
    assert is_url(found)


def test_a_manifest_is_not_remembered_for_a_url_in_it() -> None:
    document = Document.parse("a: 'https://example.org/remembered'")
    layout = weakref.ref(document.layout)
    assert is_url(document.data["a"])
    del document
    gc.collect()
    assert layout() is None
