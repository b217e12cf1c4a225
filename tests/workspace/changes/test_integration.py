"""Pulling: our commits on top of what arrived, uncommitted edits untouched, and a manifest that the remote broke told."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError, NeedsConsent, PartnerTuiError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.config import Author
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.integration import rebase_onto_upstream
from partner_tui.workspace.changes.soundness import push
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git, make_clone, push_from_elsewhere
from tests.small_partner import MANIFEST, make_repository

NAME = "collection.yaml"
ADA = Author("Ada", "ada@example.org")
OURS = MANIFEST.replace("Petal nuclei", "Petals")
THEIRS = MANIFEST.replace("Leaf veins", "Veins")
BOTH = OURS.replace("Leaf veins", "Veins")


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", ADA.name)
        monkeypatch.setenv(f"GIT_{who}_EMAIL", ADA.email)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST, "README.md": "a\n"})
    git("clone", "--quiet", "--bare", str(seed), str(tmp_path / "remote.git"), cwd=tmp_path)
    return tmp_path / "remote.git"


@pytest.fixture
def workspace(remote: Path) -> Workspace:
    clone = make_clone(remote, remote.parent / "clone")
    for key, value in (("user.name", ADA.name), ("user.email", ADA.email)):
        git("config", key, value, cwd=clone)
    workspace = Workspace(clone, NAME, FolderFiles(clone), Checker(), remote.parent / "state")
    workspace.open_repository()
    return workspace


def fetch(workspace: Workspace) -> None:
    assert workspace.repository is not None
    workspace.repository.fetch()
    workspace.open_repository()


def test_uncommitted_edits_stop_a_pull_and_stay(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, THEIRS)
    workspace.save("edit", {NAME: OURS.encode()})
    fetch(workspace)
    head = git("rev-parse", "HEAD", cwd=workspace.folder)
    with pytest.raises(PartnerTuiError) as caught:
        rebase_onto_upstream(workspace, {})
    assert caught.value.message == "The manifest has uncommitted changes."
    assert caught.value.hint.startswith("Commit them first")
    assert (workspace.folder / NAME).read_text() == OURS
    assert git("rev-parse", "HEAD", cwd=workspace.folder) == head
    assert [step.title for step in workspace.steps.done] == ["edit"]


def test_a_commit_is_put_on_top_and_the_steps_before_are_history(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, THEIRS)
    workspace.save("edit", {NAME: OURS.encode()})
    committing.commit(workspace, "Edit", ADA, False)
    workspace.save("more", {NAME: OURS.encode() + b"# more\n"})
    committing.discard(workspace, [NAME])
    fetch(workspace)
    rebase_onto_upstream(workspace, {})
    workspace.open_repository()
    assert (workspace.folder / NAME).read_text() == BOTH
    assert workspace.steps.done == () and workspace.undo() is None
    assert (workspace.folder / NAME).read_text() == BOTH


def test_a_manifest_that_the_remote_broke_is_shown_and_pushed_on_only_after_a_question(
    workspace: Workspace, remote: Path
) -> None:
    push_from_elsewhere(remote, NAME, MANIFEST.replace("name: Leaf veins", "name: Leaf: veins"))
    workspace.save("edit", {NAME: OURS.encode()})
    committing.commit(workspace, "Edit", ADA, False)
    fetch(workspace)
    rebase_onto_upstream(workspace, {})
    assert workspace.broken is not None and "line 19" in workspace.broken.message
    assert "name: Petals" in (workspace.folder / NAME).read_text()
    assert workspace.repository is not None
    with pytest.raises(NeedsConsent, match="“Edit”: "):
        push(workspace, workspace.repository)


def commit(workspace: Workspace, manifest: str) -> None:
    workspace.save("edit", {NAME: manifest.encode()})
    committing.commit(workspace, "Edit", ADA, False)


def test_items_of_one_list_are_merged_and_what_both_changed_is_asked_about(
    workspace: Workspace, remote: Path
) -> None:
    tags = "tags: [2d]"
    ours = MANIFEST.replace("Petal nuclei", "Petals").replace(tags, "tags: [2d, ours]")
    theirs = MANIFEST.replace("Petal nuclei", "Nuclei").replace(tags, "tags: [theirs, 2d]")
    push_from_elsewhere(remote, NAME, theirs)
    commit(workspace, ours)
    fetch(workspace)
    before = git("rev-parse", "HEAD", cwd=workspace.folder)
    (conflict,) = rebase_onto_upstream(workspace, {}).conflicts
    assert (conflict.label, conflict.ours, conflict.theirs) == ("petal-nuclei: name", "Petals", "Nuclei")
    assert git("rev-parse", "HEAD", cwd=workspace.folder) == before
    assert rebase_onto_upstream(workspace, {conflict.key: "ours"}).conflicts == ()
    assert (workspace.folder / NAME).read_text() == ours.replace(
        "tags: [2d, ours]", "tags: [theirs, 2d, ours]"
    )


def test_a_pull_names_a_comment_for_which_there_is_no_place(workspace: Workspace, remote: Path) -> None:
    line = "    description: Nuclei of petals\n"
    push_from_elsewhere(remote, NAME, MANIFEST.replace(line, f"    # theirs\n{line}    license: MIT\n"))
    commit(workspace, MANIFEST.replace(line, "    # ours\n    description: Nuclei\n"))
    fetch(workspace)
    assert rebase_onto_upstream(workspace, {}).lost == ("# ours",)
    made = (workspace.folder / NAME).read_text()
    assert "    # theirs\n    description: Nuclei\n    license: MIT\n" in made


def test_a_pull_says_which_side_cannot_be_merged(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, MANIFEST.replace("name: Petal nuclei", "name: Petal: nuclei"))
    commit(workspace, OURS)
    fetch(workspace)
    with pytest.raises(GitError) as caught:
        rebase_onto_upstream(workspace, {})
    assert caught.value.message == f"{NAME} was changed here and on the remote, and cannot be merged."
    assert caught.value.hint.startswith(f"As it is in the remote: {NAME}, line ")


def test_a_pull_says_that_the_remote_removed_the_manifest(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, None)
    commit(workspace, OURS)
    fetch(workspace)
    with pytest.raises(GitError, match="was removed or renamed on the remote, and changed here"):
        rebase_onto_upstream(workspace, {})
    assert (workspace.folder / NAME).read_text() == OURS
