"""A remote with contributions of every kind, made once a module, and a clone of it for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contributed import make_contributed
from tests.real_git import make_clone


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_contributed(tmp_path_factory.mktemp("contributions"))


@pytest.fixture
def clone(remote: Path, tmp_path: Path) -> Path:
    return make_clone(remote, tmp_path / "clone")
