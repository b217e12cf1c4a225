"""Contents that a partial clone lacks are fetched from its own promisor remote, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.repository.commits.blobs import fetch_missing
from tests.real_git import git


@pytest.mark.parametrize("absolute", [False, True])
def test_a_setting_of_a_branch_names_no_remote_to_fetch_from(tmp_path: Path, absolute: bool) -> None:
    root, inner = tmp_path / "clone", tmp_path / "clone" / "inner"
    for folder in (root, inner):
        git("init", "--quiet", str(folder), cwd=tmp_path)
    (inner / "planted").write_text("planted\n")
    git("add", "planted", cwd=inner)
    git("commit", "--quiet", "-m", "planted", cwd=inner)
    blob = git("rev-parse", "HEAD:planted", cwd=inner).strip()
    where = str(inner) if absolute else "inner"
    git("config", f"branch.{where}.promisor", "true", cwd=root)
    before = (root / ".git" / "config").read_bytes()

    fetch_missing(root, [blob])

    assert not [path for path in (root / ".git" / "objects").rglob("*") if path.is_file()]
    assert (root / ".git" / "config").read_bytes() == before, "no remote.inner.promisor"
