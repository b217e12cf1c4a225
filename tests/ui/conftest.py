"""A real workspace over a small repository made with real git, and an app that keeps everything in a temporary folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.workspace.opening import find_place, locate, open_workspace
from partner_tui.workspace.workspace import Workspace

MANIFEST = """\
# looked after by hand
format_version: 0.2.2
config:
  id: meadow
  name: Microscopy Meadow
  splash_title: Microscopy Meadow  # on the site
  splash_feature_list:
    - Interactive
  resource_types: [model, dataset]
collection:
  - id: petal-nuclei
    type: dataset
    name: Petal nuclei
    format_version: 0.2.2
    tags: [2d]
  - id: leaf-veins
    type: dataset
    name: Leaf veins
    format_version: 0.2.2
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder with a fixed author; its output."""
    author = ("-c", "user.name=A. Maintainer", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def make_repository(folder: Path, files: dict[str, str]) -> Path:
    """A repository with one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", "--template=", ".")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    return folder


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone of the user's with a small manifest, committed."""
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


@pytest.fixture
def workspace(repository: Path, directories: Directories) -> Iterator[Workspace]:
    opened = open_workspace(find_place(locate(str(repository), directories), None, directories), directories)
    yield opened
    opened.checker.close()


@pytest.fixture
def make_app(directories: Directories) -> Callable[..., PartnerApp]:
    """Makes an app that opens a source, or shows the start screen."""

    def make(source: Path | str | None = None, **settings: object) -> PartnerApp:
        chosen = Settings(**{"fetch_on_open": False, **settings})  # type: ignore[arg-type]
        return PartnerApp(chosen, directories, None if source is None else str(source))

    return make
