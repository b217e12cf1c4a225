"""Git without this machine's configuration, and a small remote to work with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from partner_tui.repository.clone import clone
from partner_tui.repository.repository import Repository
from partner_tui.repository.source import parse_source
from tests.repository.remotes import make_clone, make_remote


@pytest.fixture(autouse=True)
def own_git_configuration(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    settings = home / ".gitconfig"
    settings.write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[core]\n\tfsync = none\n[init]\n\tdefaultBranch = main\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A remote and the work tree it came from, for ``bare`` to copy."""
    folder = tmp_path_factory.mktemp("made")
    make_remote(folder)
    return folder


@pytest.fixture
def bare(made_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "partner.git"


@pytest.fixture
def sparse(bare: Path, tmp_path: Path) -> Repository:
    """As the app clones it: without file contents, sparse."""
    target = tmp_path / "clones" / "partner"
    clone(parse_source(str(bare)), target)
    return Repository.open(target)


@pytest.fixture
def users(bare: Path, tmp_path: Path) -> Repository:
    """A full clone of the user's own."""
    return Repository.open(make_clone(bare, tmp_path / "users"))
