from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.manifest.files import NoFiles, path_in_clone
from tests.manifest.clone import Files

FILES = Files({"docs/a b.md": "", "x#1.png": "", "deep/er.yaml": ""})


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("docs/a.md", "docs/a.md"),
        ("./docs/../docs/a.md", "docs/a.md"),
        ("docs/a%20b.md?raw=1#top", "docs/a b.md"),
        ("x#1.png", "x#1.png"),
        ("https://raw.githubusercontent.com/owner/NAME/main/docs/a%20b.md", "docs/a b.md"),
        ("https://raw.githubusercontent.com/Owner/name/refs/heads/main/docs/a.md?token=1", "docs/a.md"),
        ("https://raw.githubusercontent.com/Owner/name/feature/x/deep/er.yaml", "deep/er.yaml"),
        ("https://github.com/Owner/name/raw/main/docs/a.md", "docs/a.md"),
        ("https://github.com/Owner/name/blob/0123abc/docs/a.md#L3", "docs/a.md"),
        ("https://github.com/Owner/name/tree/main/docs", "docs"),
        ("https://github.com/Owner/name/raw/refs/heads/main/docs/a.md", "docs/a.md"),
        ("https://github.com/Owner/name", None),
        ("https://github.com/Owner/name/releases/main/a", None),
        ("https://raw.githubusercontent.com/Owner/other/main/docs/a.md", None),
        ("https://example.org/Owner/name/main/docs/a.md", None),
        ("https://raw.githubusercontent.com/Owner/name/main/../../../etc/passwd", None),
        ("https://raw.githubusercontent.com/Owner/name/main/%2e%2e/%2e%2e/x", None),
        ("../x", None),
        ("docs/../../x", None),
        ("%2e%2e/x", None),
        ("/etc/passwd", None),
        ("C:/x", None),
        ("C:\\x", None),
        ("a\\..\\b", None),
        ("a%5C..%5Cb", None),
        ("a\nb", None),
        ("file:///etc/passwd", None),
        ("10.5281/zenodo.1", "10.5281/zenodo.1"),
        ("", None),
        ("https://[bad", None),
    ],
)  # fmt: skip
def test_urls_of_this_repository_and_relative_paths_are_files_of_the_clone(
    given: str, path: str | None
) -> None:
    assert path_in_clone(given, FILES) == path


def test_a_path_is_relative_to_the_file_that_it_stands_in() -> None:
    assert path_in_clone("../cover.png", NoFiles(), "models/one") == "models/cover.png"
    assert path_in_clone("../../../x", NoFiles(), "models/one") is None


def test_without_a_slug_no_url_is_in_the_clone() -> None:
    assert path_in_clone("https://raw.githubusercontent.com/Owner/name/main/a", NoFiles()) is None


@given(st.text("ab./\\%2e5C:~ \0#?", max_size=24), st.sampled_from(["", "base", "a/b"]))
def test_no_path_leaves_the_clone(given: str, base: str) -> None:
    for prefix in ("", "https://raw.githubusercontent.com/Owner/name/main/"):
        path = path_in_clone(prefix + given, FILES, base)
        if path is not None:
            assert not path.startswith("/")
            assert "\\" not in path
            assert ".." not in path.split("/")
