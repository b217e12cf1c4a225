"""Changes that git was told to ignore: no list calls them nothing, no commit leaves them out."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.workspace.changes.committing import changed_files, commit
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository

NAME, OTHER = "collection.yaml", "docs/petals [1].md"
EDITED = MANIFEST.replace("Petal nuclei", "Petals").encode()
MARKS = ["assume-unchanged", "skip-worktree"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = make_repository(tmp_path / "partner", {NAME: MANIFEST, OTHER: "petals\n"})
    made = Workspace(folder, NAME, FolderFiles(folder), Checker(), tmp_path / "state")
    made.open_repository()
    return made


def mark(workspace: Workspace, name: str, path: str) -> None:
    git(workspace.folder, "update-index", f"--{name}", path)


def head(workspace: Workspace) -> str:
    return git(workspace.folder, "rev-parse", "HEAD")


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize("hidden", [NAME, OTHER])
def test_nothing_is_committed_while_one_file_would_be_left_out(
    workspace: Workspace, name: str, hidden: str
) -> None:
    workspace.save("both", {NAME: EDITED, OTHER: b"more petals\n"})
    mark(workspace, name, hidden)
    before = head(workspace)
    for read in (changed_files, lambda of: commit(of, "Edit petals", None, False)):
        with pytest.raises(GitError, match=name) as refused:
            read(workspace)
        assert f"git update-index --no-{name} {quote(hidden)}" in refused.value.hint
    assert head(workspace) == before
    mark(workspace, f"no-{name}", hidden)
    commit(workspace, "Edit petals", None, False)
    assert changed_files(workspace) == ()
    committed = git(workspace.folder, "show", "-z", "--name-only", "--format=", "HEAD")
    assert set(committed.strip("\0").split("\0")) == {NAME, OTHER}


@pytest.mark.parametrize("name", MARKS)
def test_a_staged_version_is_not_committed_in_place_of_the_hidden_one(
    workspace: Workspace, name: str
) -> None:
    workspace.save("edit", {NAME: EDITED})
    git(workspace.folder, "add", NAME)
    mark(workspace, name, NAME)
    assert [file.path for file in changed_files(workspace)] == [NAME], "nothing of it is hidden yet"
    workspace.save("again", {NAME: EDITED + b"# more\n"})
    with pytest.raises(GitError, match=name):
        changed_files(workspace)


def test_a_removed_file_that_git_takes_for_unchanged_is_told(workspace: Workspace) -> None:
    workspace.save("edit", {OTHER: b"more petals\n"})
    mark(workspace, "assume-unchanged", OTHER)
    (workspace.folder / OTHER).unlink()
    with pytest.raises(GitError, match="assume-unchanged"):
        changed_files(workspace)


@pytest.mark.parametrize("name", MARKS)
def test_a_marked_file_without_changes_is_in_nobodys_way(workspace: Workspace, name: str) -> None:
    mark(workspace, name, OTHER)
    mark(workspace, name, NAME)
    assert changed_files(workspace) == ()


@pytest.mark.parametrize("name", MARKS)
def test_hidden_edits_can_be_undone_after_another_commit(workspace: Workspace, name: str) -> None:
    workspace.save("edit", {NAME: EDITED})
    mark(workspace, name, NAME)
    git(workspace.folder, "commit", "--quiet", "--allow-empty", "-m", "by somebody else")
    again = Workspace(
        workspace.folder, NAME, FolderFiles(workspace.folder), Checker(), workspace.folder.parent / "state"
    )
    again.open_repository()
    assert again.steps.touched == {NAME}, "they are not taken for committed"
