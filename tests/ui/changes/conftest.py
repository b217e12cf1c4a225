"""Git's configuration, a remote and a clone of it, for the tests of the Changes view."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_partner import git, make_repository
from tests.ui.changes.driving import MANIFEST, NOTES


@pytest.fixture(autouse=True)
def git_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Git's configuration of this test, with an author."""
    NOTES.clear()
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n[core]\n\tfsync = none\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return settings


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A remote with the small manifest."""
    seed = make_repository(tmp_path / "seed", {"collection.yaml": MANIFEST, "docs/a.md": "# A\n"})
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), str(tmp_path / "remotes" / "partner.git"))
    return tmp_path / "remotes" / "partner.git"


@pytest.fixture
def clone(bare: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", bare.as_uri(), "mine")
    return tmp_path / "mine"
