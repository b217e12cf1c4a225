"""The last commit amended and undone: only while nobody else has it, without touching a file, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError, PartnerTuiError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.commits.commit import Commit
from partner_tui.repository.commits.last_commit import read_last_commit
from partner_tui.repository.config import Author
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.committing import changed_files, undo_commit
from partner_tui.workspace.contributions.acts import undo_last_merge
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository

NAME = "collection.yaml"
ADA = Author("Ada", "ada@example.org")
EDITED = MANIFEST.replace("Petal nuclei", "Petals").encode()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST, "mine.md": "mine\n"})
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), "partner.git")
    git(tmp_path, "clone", "--quiet", "partner.git", "clone")
    return tmp_path / "clone"


def open_clone(clone: Path) -> Workspace:
    workspace = Workspace(clone, NAME, FolderFiles(clone), Checker(), clone.parent / "state")
    workspace.open_repository()
    return workspace


def commit(workspace: Workspace, message: str = "Edit petals", amend: str | None = None) -> str:
    return committing.commit(workspace, message, ADA, False, amend=amend)


def last(workspace: Workspace) -> Commit:
    found = read_last_commit(workspace.folder)
    assert found is not None
    return found.commit


def edit_and_commit(workspace: Workspace) -> Commit:
    workspace.save("edit", {NAME: EDITED, "docs/new.md": b"# New\n"})
    commit(workspace)
    return last(workspace)


def backups(clone: Path) -> list[str]:
    return git(clone, "for-each-ref", "--format=%(objectname)", "refs/partner-tui/backup/").split()


def test_what_an_undone_commit_changed_is_uncommitted_again_and_can_be_undone(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    begin = git(clone, "rev-parse", "HEAD~1").strip()
    undo_commit(workspace, made)
    assert git(clone, "rev-parse", "HEAD").strip() == begin
    assert (clone / NAME).read_bytes() == EDITED
    assert [file.path for file in changed_files(workspace)] == [NAME, "docs/new.md"]
    assert backups(clone) == [made.hash]
    again = open_clone(clone)
    assert [step.title for step in again.steps.done] == ["undid the commit “Edit petals”"]
    assert again.undo()
    assert (clone / NAME).read_bytes() == MANIFEST.encode() and not (clone / "docs/new.md").exists()
    assert again.redo()
    commit(again)
    assert git(clone, "show", "--format=", "--name-only", "HEAD").split() == [NAME, "docs/new.md"]
    assert git(clone, "status", "--porcelain") == ""


def test_an_edit_after_the_commit_stays_the_newest_step(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    later = EDITED.replace(b"Leaf veins", b"Veins")
    workspace.save("later", {NAME: later})
    undo_commit(workspace, made)
    assert (clone / NAME).read_bytes() == later
    assert [step.title for step in workspace.steps.done][1:] == ["later"]
    workspace.undo()
    assert (clone / NAME).read_bytes() == EDITED
    workspace.undo()
    assert (clone / NAME).read_bytes() == MANIFEST.encode()


def test_what_the_user_staged_and_edited_otherwise_stays(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    (clone / "staged.md").write_text("staged\n")
    git(clone, "add", "staged.md")
    (clone / "mine.md").write_text("edited\n")
    undo_commit(workspace, made)
    assert "A  staged.md" in git(clone, "status", "--porcelain")
    assert (clone / "mine.md").read_text() == "edited\n"
    undone = last(workspace)
    workspace.save("more", {NAME: EDITED + b"# more\n"})
    commit(workspace, "Again")
    assert "staged.md" not in git(clone, "show", "--format=", "--name-only", "HEAD")
    assert undone.hash != made.hash


def test_amending_takes_the_message_and_what_has_changed_since(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    commit(workspace, "Better words", amend=made.hash)
    assert git(clone, "log", "--format=%s", "-2").split("\n")[:2] == ["Better words", "Begin"]
    workspace.save("more", {NAME: EDITED + b"# more\n"})
    (clone / "mine.md").write_text("edited\n")
    commit(workspace, "Better words, more", amend=last(workspace).hash)
    assert git(clone, "show", "--format=", "--name-only", "HEAD").split() == [NAME, "docs/new.md"]
    assert git(clone, "rev-list", "--count", "HEAD").strip() == "2"
    assert len(backups(clone)) == 2 and workspace.steps.done == ()


def test_an_amended_commit_keeps_its_author(clone: Path) -> None:
    workspace = open_clone(clone)
    git(clone, "commit", "--quiet", "--allow-empty", "--author=Bo <bo@example.org>", "--message", "Bo's")
    commit(workspace, "Bo's words", amend=last(workspace).hash)
    assert git(clone, "log", "-1", "--format=%an %ae %s").strip() == "Bo bo@example.org Bo's words"


def test_a_commit_is_not_amended_into_an_empty_one(clone: Path) -> None:
    workspace = open_clone(clone)
    workspace.save("edit", {NAME: EDITED})
    made = commit(workspace)
    workspace.save("back", {NAME: MANIFEST.encode()})
    with pytest.raises(GitError, match="would be empty"):
        commit(workspace, "Words", amend=made)
    assert last(workspace).hash == made


def push(clone: Path) -> None:
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Pushed")
    git(clone, "push", "--quiet")


def push_elsewhere(clone: Path) -> None:
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Pushed to another branch")
    git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/other")


def merge(clone: Path) -> None:
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Ours")
    git(clone, "switch", "--quiet", "--create", "side", "HEAD~1")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Side")
    git(clone, "switch", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-edit", "--no-ff", "side")


def first(clone: Path) -> None:
    git(clone, "switch", "--quiet", "--orphan", "new")
    (clone / NAME).write_text(MANIFEST)
    git(clone, "add", NAME)
    git(clone, "commit", "--quiet", "--message", "The first")


@pytest.mark.parametrize(
    ("make", "said"),
    [(push, "is pushed"), (push_elsewhere, "is pushed"), (merge, "is a merge"), (first, "is the first one")],
)
def test_what_others_may_have_a_merge_and_the_first_one_stay(
    clone: Path, make: Callable[[Path], None], said: str
) -> None:
    make(clone)
    workspace = open_clone(clone)
    refs = git(clone, "for-each-ref")
    known = read_last_commit(clone)
    assert known is not None and known.problem is not None and said in known.problem[0]
    with pytest.raises(GitError, match=said):
        undo_commit(workspace, known.commit)
    with pytest.raises(GitError, match=said):
        commit(workspace, "Other words", amend=known.commit.hash)
    assert git(clone, "for-each-ref") == refs


def test_a_merge_that_nobody_else_has_is_undone_as_a_whole(clone: Path) -> None:
    workspace = open_clone(clone)
    before = git(clone, "rev-parse", "HEAD").strip()
    git(clone, "switch", "--quiet", "--create", "side")
    (clone / NAME).write_bytes(EDITED)
    git(clone, "commit", "--quiet", "-am", "Side")
    git(clone, "switch", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-edit", "--no-ff", "side")
    workspace.load()
    made = last(workspace)
    (clone / "mine.md").write_text("mine, edited\n")
    undo_last_merge(workspace, made)
    assert git(clone, "rev-parse", "HEAD").strip() == before
    assert workspace.content == MANIFEST.encode() == (clone / NAME).read_bytes()
    assert (clone / "mine.md").read_text() == "mine, edited\n"
    assert backups(clone) == [made.hash]
    with pytest.raises(GitError, match="another one now"):
        undo_last_merge(workspace, made)


def test_a_commit_that_came_meanwhile_is_not_taken_for_the_one_that_was_seen(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "By another program")
    refs = git(clone, "for-each-ref")
    with pytest.raises(GitError, match="another one now"):
        undo_commit(workspace, made)
    with pytest.raises(GitError, match="another one now"):
        commit(workspace, "Words", amend=made.hash)
    assert git(clone, "for-each-ref") == refs


def test_an_unsound_manifest_is_not_amended_into_a_commit(clone: Path) -> None:
    workspace = open_clone(clone)
    made = edit_and_commit(workspace)
    (clone / NAME).write_text("a: b: c\n")
    workspace.record_external_edit("outside")
    with pytest.raises(PartnerTuiError, match="Nothing can be committed"):
        commit(workspace, "Words", amend=made.hash)
    assert last(workspace).hash == made.hash
