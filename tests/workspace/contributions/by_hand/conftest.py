"""A clone with a user, its repository, and what tells whether anything in it moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.repository.repository import Repository
from tests.contributed import make_contributed
from tests.real_git import git, make_clone

Stand = Callable[[], tuple[str, ...]]


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_contributed(tmp_path_factory.mktemp("by-hand"))


@pytest.fixture
def clone(remote: Path, tmp_path: Path) -> Path:
    made = make_clone(remote, tmp_path / "clone")
    git("config", "user.name", "Mia", cwd=made)
    git("config", "user.email", "mia@example.org", cwd=made)
    return made


@pytest.fixture
def repository(clone: Path) -> Repository:
    return Repository.open(clone)


@pytest.fixture
def stand(clone: Path) -> Stand:
    """Where the clone stands: the branch, what is staged and changed, and every ref."""

    def ask() -> tuple[str, ...]:
        asked = (["status", "--porcelain=v2", "--branch"], ["for-each-ref"], ["ls-files", "--stage"])
        return tuple(git(*arguments, cwd=clone) for arguments in asked)

    return ask
