"""Contents that a partial clone lacks are fetched from its own promisor remote, and from nowhere else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from partner_tui.repository.commits.blobs import fetch_missing, read_blobs
from tests.real_git import git, write


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


def test_a_content_that_goes_away_while_it_is_read_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own git may repack at any time."""
    git("init", "--quiet", cwd=tmp_path)
    files = [str(write(tmp_path, name, f"{name}\n")) for name in ("one", "two", "three")]
    hashes = git("hash-object", "-w", *files, cwd=tmp_path).split()
    lost = tmp_path / ".git" / "objects" / hashes[1][:2] / hashes[1][2:]
    case = f'case " $* " in *" --batch "*) rm -f {lost} ;; esac'
    program = write(tmp_path / "bin", "git", f'#!/bin/sh\n{case}\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    read = dict(read_blobs(tmp_path, hashes, 100))
    assert read == {hashes[0]: b"one\n", hashes[1]: None, hashes[2]: b"three\n"}
