"""Git without this machine's configuration, and a small remote to work with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.repository import Repository
from tests.real_git import make_clone, make_remote


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
    """A remote, the work tree it came from and two clones, for the other fixtures to copy."""
    folder = tmp_path_factory.mktemp("made")
    bare = make_remote(folder)
    clone(parse_source(str(bare)), folder / "sparse")
    make_clone(bare, folder / "users")
    return folder


@pytest.fixture
def bare(made_once: Path, tmp_path: Path) -> Path:
    for name in ("partner.git", "seed"):
        shutil.copytree(made_once / name, tmp_path / name)
    return tmp_path / "partner.git"


@pytest.fixture
def sparse(made_once: Path, bare: Path) -> Repository:
    """As the app clones it: without file contents, sparse."""
    return _copy_of(made_once / "sparse", bare)


@pytest.fixture
def users(made_once: Path, bare: Path) -> Repository:
    """A full clone of the user's own."""
    return _copy_of(made_once / "users", bare)


def _copy_of(made: Path, bare: Path) -> Repository:
    copy = shutil.copytree(made, bare.parent / made.name)
    config = copy / ".git" / "config"
    config.write_text(config.read_text().replace((made.parent / bare.name).as_uri(), bare.as_uri()))
    return Repository.open(copy)
