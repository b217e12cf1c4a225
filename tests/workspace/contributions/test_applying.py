"""A merge can be undone until it is pushed, and reverted by entry then; later edits stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.repository import Repository
from partner_tui.workspace.changes.integration import rebase_onto_upstream
from partner_tui.workspace.contributions.applying import (
    Applied,
    apply_plan,
    branch_to_merge_into,
    undo_applied,
)
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.workspace import Workspace
from tests.contributed import FERN, IVY
from tests.real_git import git, make_clone, push_from_elsewhere, write
from tests.repository.conftest import own_git_configuration  # noqa: F401

NAME = "collection.yaml"


def merge(clone: Path, name: str) -> tuple[Repository, Applied]:
    repository = Repository.open(clone)
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        plan = known.plan(known.find(name), branch_to_merge_into(repository))
        return repository, apply_plan(repository, plan)


def text(clone: Path) -> str:
    return (clone / NAME).read_text("utf-8")


def test_an_undone_merge_leaves_the_branch_and_the_files_as_they_were(clone: Path) -> None:
    before, head = text(clone), git("rev-parse", "HEAD", cwd=clone)
    repository, done = merge(clone, "5")
    assert "id: fern" in text(clone)
    write(clone, "notes.md", "mine\n")
    undo_applied(repository, done)
    assert (text(clone), git("rev-parse", "HEAD", cwd=clone)) == (before, head)
    assert (clone / "notes.md").read_text() == "mine\n"
    assert git("rev-parse", "refs/partner-tui/backup/2", cwd=clone) == done.commit, "it stays reachable"
    shown = [command.command for command in repository.log.commands]
    assert any("reset --keep" in command for command in shown)


def test_a_merge_below_an_edit_is_not_undone(clone: Path) -> None:
    repository, done = merge(clone, "5")
    write(clone, NAME, text(clone) + "# mine\n")
    with pytest.raises(GitError):
        undo_applied(repository, done)
    assert text(clone).endswith("# mine\n") and git("rev-parse", "HEAD", cwd=clone) == done.commit


def test_a_pushed_merge_is_not_undone(remote: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.git"
    git("clone", "--quiet", "--mirror", str(remote), str(own), cwd=tmp_path)
    clone = make_clone(own, tmp_path / "clone")
    repository, done = merge(clone, "5")
    git("push", "--quiet", "origin", "main", cwd=clone)
    with pytest.raises(GitError, match="pushed"):
        undo_applied(repository, done)


def test_a_branch_behind_the_remote_is_pulled_first(remote: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.git"
    git("clone", "--quiet", "--mirror", str(remote), str(own), cwd=tmp_path)
    clone = make_clone(own, tmp_path / "clone")
    push_from_elsewhere(own, "README.md", "Read me\n")
    git("fetch", "--quiet", cwd=clone)
    with pytest.raises(GitError, match="one commit behind the remote"):
        branch_to_merge_into(Repository.open(clone))


def test_a_merge_in_a_clone_without_contents_fetches_what_it_needs(remote: Path, tmp_path: Path) -> None:
    clone = tmp_path / "partial"
    git("clone", "--quiet", "--filter=blob:none", remote.as_uri(), str(clone), cwd=tmp_path)
    _, done = merge(clone, "7")
    assert "id: ivy" in text(clone) and (clone / "docs" / "ivy.md").read_text() == "Ivy\n"
    assert git("rev-parse", "HEAD", cwd=clone) == done.commit
    assert git("status", "--porcelain", cwd=clone) == ""


def test_a_merge_is_pulled_below_and_pushed_with_its_author(remote: Path, tmp_path: Path) -> None:
    """The remote moved on meanwhile, in the same place of the manifest: the merge stays a merge of the same commit."""
    own = tmp_path / "own.git"
    git("clone", "--quiet", "--mirror", str(remote), str(own), cwd=tmp_path)
    clone = make_clone(own, tmp_path / "clone")
    merge(clone, "5")
    head = git("rev-parse", "HEAD^2", cwd=clone)
    push_from_elsewhere(own, NAME, text(clone).replace(FERN, IVY))
    with Checker() as checker:
        workspace = Workspace(clone, NAME, FolderFiles(clone), checker, tmp_path / "state")
        workspace.open_repository()
        assert workspace.repository is not None
        workspace.repository.fetch()
        workspace.open_repository()
        assert rebase_onto_upstream(workspace, {}).conflicts == ()
    assert text(clone).count("id: fern") == text(clone).count("id: ivy") == 1
    assert git("log", "-1", "--format=%P", cwd=clone).split() == [
        git("rev-parse", "origin/main", cwd=clone),
        head,
    ]
    git("push", "--quiet", "origin", "main", cwd=clone)
    assert "Author 5" in git("log", "--format=%an", "main", cwd=own).splitlines()
