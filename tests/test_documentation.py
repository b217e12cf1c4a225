"""The pages for those who join say where things are: every path that they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "partner_tui"
PAGES = ("README.md", "CONTRIBUTING.md", ".github/pull_request_template.md")
OF_THE_USER = {"settings.yaml", "rdf.yaml", "coverage.txt", "path/to/a/clone", "owner/name"}
"""Not in this repository: files of a user or of a test run, and names to put others in place of."""

_PATH = re.compile(r"[\w.<>*-]+/[\w./<>*-]*|[\w<>-]+\.(?:py|md|toml|txt|yaml|yml|tcss)")
_ADDRESS = re.compile(r"[a-z]+://|@|^refs/|^~|^-")


def named_paths(page: str) -> list[tuple[str, str]]:
    """Each path in code or in a link, with its line, whose first path may be the folder of the others."""
    found = []
    for line in (ROOT / page).read_text("utf-8").splitlines():
        words = [word for code in re.findall(r"`([^`]+)`", line) for word in code.split()]
        words += re.findall(r"\]\(([^)]+)\)", line)
        found += [(word, line) for word in words if _PATH.fullmatch(word) and not _ADDRESS.search(word)]
    return found


def exists(path: str, line: str) -> bool:
    room = re.match(r"\| `([\w/]+)/` \|", line)
    folders = [ROOT, PACKAGE, *([PACKAGE / room[1]] if room else [])]
    return any(any(folder.glob(re.sub(r"<[^>]+>", "*", path).rstrip("/"))) for folder in folders)


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_exists(page: str) -> None:
    assert [
        path for path, line in named_paths(page) if path not in OF_THE_USER and not exists(path, line)
    ] == []


def test_the_table_of_rooms_is_the_package() -> None:
    rows = re.findall(r"(?m)^\| `([\w/]+)/` \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    rooms = [folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()]
    assert sorted(name for name in rows if "/" not in name) == sorted(rooms)


def test_a_path_that_is_gone_would_be_noticed() -> None:
    assert len(named_paths("CONTRIBUTING.md")) > 40
    assert not exists("no_such_module.py", "| `manifest/` |")
