"""What is a URL, and what is wrong with what is none."""

from __future__ import annotations

import pytest

from partner_tui.addresses.urls import is_url, names_file, url_flaw


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
