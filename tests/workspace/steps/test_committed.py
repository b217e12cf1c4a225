"""Steps are undone until they are committed, whoever commits them, and whatever is killed in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import FileChangedOutside
from partner_tui.manifest.text.document import Document
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.config import Author
from partner_tui.workspace.changes import committing
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository
from tests.workspace.killing import kill_everywhere

NAME = "collection.yaml"
ADA = Author("Ada", "ada@example.org")
EDITED = MANIFEST.replace("Petal nuclei", "Petals").encode()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "clone", {NAME: MANIFEST, "README.md": "a\n"})


def open_clone(clone: Path) -> Workspace:
    workspace = Workspace(clone, NAME, FolderFiles(clone), Checker(), clone.parent / "state")
    workspace.open_repository()
    return workspace


def edit(workspace: Workspace, content: bytes = EDITED) -> None:
    assert workspace.save("edit", {NAME: content})


def test_what_another_git_committed_is_history(clone: Path) -> None:
    edit(open_clone(clone))
    assert open_clone(clone).steps.done
    git(clone, "commit", "--quiet", "--all", "--message", "Outside")
    workspace = open_clone(clone)
    assert workspace.steps.done == () and workspace.undo() is None
    assert (clone / NAME).read_bytes() == EDITED


def test_steps_that_cancel_out_can_be_undone_while_nothing_is_committed(clone: Path) -> None:
    workspace = open_clone(clone)
    edit(workspace)
    assert committing.discard(workspace, [NAME])
    workspace = open_clone(clone)
    assert committing.changed_files(workspace) == ()
    workspace.undo()
    assert (clone / NAME).read_bytes() == EDITED


def test_a_commit_of_something_else_leaves_the_steps(clone: Path) -> None:
    edit(open_clone(clone))
    (clone / "README.md").write_text("b\n")
    git(clone, "commit", "--quiet", "--message", "Other", "README.md")
    workspace = open_clone(clone)
    assert [step.title for step in workspace.steps.done] == ["edit"]
    workspace.undo()
    assert (clone / NAME).read_text() == MANIFEST


def test_steps_before_a_pull_are_no_way_to_undo_the_pull(clone: Path) -> None:
    workspace = open_clone(clone)
    edit(workspace)
    workspace.undo()
    edit(workspace, MANIFEST.encode() + b"# more\n")
    assert committing.discard(workspace, [NAME])
    (clone / NAME).write_bytes(EDITED)
    git(clone, "commit", "--quiet", "--all", "--message", "As a pull does")
    workspace = open_clone(clone)
    assert workspace.undo() is None and workspace.redo() is None
    assert (clone / NAME).read_bytes() == EDITED


def test_a_redo_that_others_made_impossible_is_forgotten_at_a_reload(clone: Path) -> None:
    workspace = open_clone(clone)
    edit(workspace)
    workspace.undo()
    (clone / NAME).write_text(MANIFEST + "# mine\n")
    workspace = open_clone(clone)
    with pytest.raises(FileChangedOutside):
        workspace.redo()
    assert workspace.record_external_edit("external edit") is None
    assert workspace.redo() is None
    assert (clone / NAME).read_text() == MANIFEST + "# mine\n"


@pytest.mark.slow
def test_a_commit_that_is_killed_anywhere_leaves_steps_that_are_true(clone: Path) -> None:
    template = shutil.copytree(clone, clone.parent / "template")

    def prepare() -> Callable[[], object]:
        shutil.rmtree(clone)
        shutil.rmtree(clone.parent / "state", ignore_errors=True)
        shutil.copytree(template, clone)
        workspace = open_clone(clone)
        edit(workspace)
        return lambda: committing.commit(workspace, "Edit", ADA, False)

    def check() -> None:
        committed = git(clone, "show", f"HEAD:{NAME}").encode() == EDITED
        workspace = open_clone(clone)
        assert bool(workspace.steps.done) != committed
        assert bool(committing.changed_files(workspace)) != committed
        assert (clone / NAME).read_bytes() == EDITED
        if not committed:
            workspace.undo()
            assert (clone / NAME).read_text() == MANIFEST

    assert kill_everywhere(prepare, check) >= 2


def test_the_last_commit_is_read_once_for_all_that_is_asked_about_it(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    decode = Document.decode.__func__  # type: ignore[attr-defined]

    def noted(cls: type[Document], data: bytes, name: str = "") -> Document:
        read.append(data)
        document: Document = decode(cls, data, name)
        return document

    monkeypatch.setattr(Document, "decode", classmethod(noted))
    workspace = open_clone(clone)
    for content in (EDITED, EDITED + b"# more\n"):
        edit(workspace, content)
        read.clear()
        (file,) = committing.changed_files(workspace)
        assert file.comparison is not None
        assert [change.summary for change in file.changes] == ["entry petal-nuclei edited (name)"]
        assert workspace.sound_on_disk() is workspace.manifest
        assert read == ([MANIFEST.encode()] if content == EDITED else [])
