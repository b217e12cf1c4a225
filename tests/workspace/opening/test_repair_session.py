"""The last committed version that can be read is offered, from what the clone holds: nothing is downloaded for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.commits.blobs import missing_of
from partner_tui.workspace.opening.repair_session import diagnose_open
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git
from tests.small_partner import MANIFEST, make_repository

NAME = "collection.yaml"


def opened(clone: Path) -> Workspace:
    workspace = Workspace(
        clone, NAME, FolderFiles(clone), Checker(), clone.parent / "state", even_broken=True
    )
    workspace.open_repository()
    return workspace


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """The last commits hold a manifest that cannot be read, and the one before them was removed."""
    root = make_repository(tmp_path / "seed", {NAME: MANIFEST})
    git("rm", "--quiet", NAME, cwd=root)
    git("commit", "--quiet", "--message=Remove it", cwd=root)
    for text in ("- neither\n", "- nor\n"):
        (root / NAME).write_text(text)
        git("add", NAME, cwd=root)
        git("commit", "--quiet", "--message=Break it", cwd=root)
    git("config", "uploadpack.allowFilter", "true", cwd=root)
    git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=root)
    return root


def test_a_version_before_a_removal_is_offered(seed: Path) -> None:
    kept = git("rev-parse", "--short=7", "HEAD~3", cwd=seed)
    (remedy,) = diagnose_open(opened(seed)).remedies
    assert f"as of commit {kept}" in remedy.title and remedy.text == MANIFEST


def test_what_a_partial_clone_lacks_is_not_downloaded(seed: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--filter=blob:none", seed.as_uri(), str(clone), cwd=tmp_path)
    blobs = [git("rev-parse", f"HEAD~{back}:{NAME}", cwd=seed) for back in (1, 3)]
    assert missing_of(clone, blobs) == set(blobs)
    assert diagnose_open(opened(clone)).remedies == ()
    assert missing_of(clone, blobs) == set(blobs)
    git("cat-file", "blob", blobs[1], cwd=clone)
    assert diagnose_open(opened(clone)).remedies == (), "a newer one that is not here may be the one"
    git("cat-file", "blob", blobs[0], cwd=clone)
    assert [remedy.text for remedy in diagnose_open(opened(clone)).remedies] == [MANIFEST]
