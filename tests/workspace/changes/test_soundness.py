"""Nothing that cannot be read is committed, and nothing that holds it is pushed unasked, whoever committed it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import FileChangedOutside, NeedsConsent, PartnerTuiError
from partner_tui.manifest.editing.edits import Replace
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.config import Author
from partner_tui.repository.repository import Repository
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.soundness import push
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git as run_git
from tests.small_partner import MANIFEST, git, make_repository

NAME = "collection.yaml"
ADA = Author("Ada", "ada@example.org")
CONFLICT = MANIFEST.replace(
    "description: Nuclei of petals",
    'description: "Nuclei\n<<<<<<< HEAD\nof petals\n=======\nof buds\n>>>>>>> theirs\n"',
)


def make_link(path: Path) -> None:
    path.rename(path.with_name("real.yaml")).write_text(MANIFEST + "# more\n")
    path.symlink_to("real.yaml")


def make_link_outside(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hosts")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


Break = Callable[[Path], object]
BROKEN: dict[str, Break] = {
    "no YAML": lambda path: path.write_text(MANIFEST.replace("name: Leaf", 'name: "Leaf')),
    "a list": lambda path: path.write_text("- id: a\n"),
    "empty": lambda path: path.write_text(""),
    "no manifest": lambda path: path.write_text("hello: world\n"),
    "not UTF-8": lambda path: path.write_bytes(MANIFEST.encode().replace(b"Leaf", b"L\xe9af")),
    "a conflict in a quoted text": lambda path: path.write_text(CONFLICT),
    "removed": lambda path: path.unlink(),
    "a link": make_link,
    "a link outside": make_link_outside,
    "a folder": make_folder,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST, "m/rdf.yaml": "type: dataset\nname: m\n"})
    run_git("clone", "--quiet", "--bare", str(seed), str(tmp_path / "remote.git"), cwd=tmp_path)
    clone = tmp_path / "clone"
    run_git("clone", "--quiet", str(tmp_path / "remote.git"), str(clone), cwd=tmp_path)
    return open_clone(clone)


def open_clone(clone: Path) -> Workspace:
    state = clone.parent / "state"
    workspace = Workspace(clone, NAME, FolderFiles(clone), Checker(), state, even_broken=True)
    workspace.open_repository()
    return workspace


def commit(workspace: Workspace, *, consented: bool = False) -> str:
    return committing.commit(workspace, "Edit", ADA, False, consented=consented)


def the(workspace: Workspace) -> Repository:
    assert workspace.repository is not None
    return workspace.repository


@pytest.mark.parametrize("name", ["collection.bioimage.io.yaml", "zoo.yaml", "sub/collection.yaml"])
@pytest.mark.parametrize("is_staged", [True, False])
def test_a_renamed_manifest_is_not_left_under_its_old_name_too(
    workspace: Workspace, name: str, is_staged: bool
) -> None:
    folder = workspace.folder
    (folder / "sub").mkdir()
    (folder / NAME).rename(folder / name)
    if is_staged:
        git(folder, "add", "--all", NAME, name)
    (folder / "m" / "rdf.yaml").unlink()
    renamed = Workspace(folder, name, FolderFiles(folder), Checker(), folder.parent / "state")
    renamed.open_repository()
    assert {file.path: file.verb for file in committing.changed_files(renamed)} == {
        name: "added",
        NAME: "removed",
    }
    assert committing.read_changes(renamed)[1] == 1, "the RDF, which is the user's"
    commit(renamed)
    assert git(folder, "ls-tree", "-r", "--name-only", "HEAD").split() == sorted([name, "m/rdf.yaml"])


def test_a_rename_that_ends_while_it_is_open_is_seen(workspace: Workspace) -> None:
    """The old name was still there when the state of the clone was read last."""
    folder, name = workspace.folder, "collection.bioimage.io.yaml"
    (folder / name).write_bytes((folder / NAME).read_bytes())
    renamed = Workspace(folder, name, FolderFiles(folder), Checker(), folder.parent / "state")
    renamed.open_repository()
    assert [file.path for file in committing.changed_files(renamed)] == [name]
    (folder / NAME).unlink()
    assert [file.path for file in committing.changed_files(renamed)] == [name, NAME]
    commit(renamed)
    assert NAME not in git(folder, "ls-tree", "-r", "--name-only", "HEAD").split()


def test_another_manifest_that_the_user_removed_is_left_alone(workspace: Workspace) -> None:
    other = workspace.folder / "manifest.yaml"
    other.write_text(MANIFEST)
    git(workspace.folder, "add", "manifest.yaml")
    run_git("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "Two", cwd=workspace.folder)
    other.unlink()
    (workspace.folder / NAME).write_text(MANIFEST + "# more\n")
    workspace.record_external_edit("external edit")
    assert [file.path for file in committing.changed_files(workspace)] == [NAME]


@pytest.mark.parametrize("how", BROKEN)
def test_a_manifest_that_cannot_be_read_is_shown_so_and_never_committed(
    workspace: Workspace, how: str
) -> None:
    path, head = workspace.folder / NAME, git(workspace.folder, "rev-parse", "HEAD")
    BROKEN[how](path)
    assert workspace.is_changed_outside()
    step = workspace.record_external_edit("external edit")
    assert workspace.broken is not None and workspace.broken.message and workspace.broken.hint
    assert not workspace.is_changed_outside()
    assert [entry.id for entry in workspace.manifest.entries] == ["petal-nuclei", "leaf-veins"]
    with pytest.raises(
        PartnerTuiError, match=r"Nothing can be committed|is not a regular file|points outside"
    ):
        commit(workspace, consented=True)
    with pytest.raises(PartnerTuiError, match="Nothing was written"):
        workspace.edit("splash", [Replace(("config", "name"), "Garden")])
    assert git(workspace.folder, "rev-parse", "HEAD") == head
    if step is not None:
        workspace.undo()
        assert path.read_text() == MANIFEST and workspace.broken is None
        assert committing.changed_files(workspace) == ()


@pytest.mark.parametrize("how", ["no YAML", "removed", "empty", "not UTF-8"])
def test_a_redone_break_is_shown_and_what_corrects_it_is_one_step(workspace: Workspace, how: str) -> None:
    path = workspace.folder / NAME
    BROKEN[how](path)
    workspace.record_external_edit("external edit")
    workspace.undo()
    assert workspace.redo() is not None and workspace.broken is not None
    path.write_text(MANIFEST.replace("Petal nuclei", "Petals"))
    workspace.record_external_edit("edited in the editor")
    assert workspace.broken is None and [step.title for step in workspace.steps.done] == [
        "edited in the editor"
    ]
    workspace.undo()
    assert path.read_text() == MANIFEST
    assert workspace.undo() is None


def test_what_is_broken_is_replaced_as_a_whole_by_a_repair_or_a_discard(workspace: Workspace) -> None:
    path = workspace.folder / NAME
    with pytest.raises(FileChangedOutside):
        workspace.replace_broken("repair", b"")
    path.write_text("a: [\n")
    workspace.record_external_edit("external edit")
    assert [file.path for file in committing.changed_files(workspace)] == [NAME]
    assert committing.discard(workspace, [NAME]) is not None
    assert path.read_text() == MANIFEST and workspace.broken is None
    workspace.undo()
    assert path.read_text() == "a: [\n" and workspace.broken is not None
    path.write_text("a: [ #\n")
    with pytest.raises(FileChangedOutside):
        workspace.replace_broken("repair", MANIFEST.encode())
    assert path.read_text() == "a: [ #\n"


def test_a_broken_manifest_is_opened_by_the_app_alone(workspace: Workspace) -> None:
    (workspace.folder / NAME).write_text("a: [\n")
    assert open_clone(workspace.folder).broken is not None
    with pytest.raises(PartnerTuiError, match="line"):
        Workspace(workspace.folder, NAME, FolderFiles(workspace.folder), Checker(), workspace.state)


def test_an_rdf_of_a_step_that_was_broken_since_is_not_committed(workspace: Workspace) -> None:
    rdf = "m/rdf.yaml"
    workspace.save("edit", {rdf: b"type: dataset\nname: n\n", NAME: MANIFEST.encode()})
    (workspace.folder / rdf).write_text("name: [\n")
    with pytest.raises(PartnerTuiError, match=r"Nothing can be committed: m/rdf\.yaml, line"):
        commit(workspace)
    workspace.record_external_edit("external edit")
    workspace.undo()
    assert commit(workspace)


def test_new_duplicate_keys_are_committed_after_a_question(workspace: Workspace) -> None:
    doubled = MANIFEST.replace("    tags: [2d]\n", "    tags: [2d]\n    tags: [3d]\n")
    (workspace.folder / NAME).write_text(doubled)
    workspace.record_external_edit("external edit")
    assert workspace.broken is None
    with pytest.raises(NeedsConsent) as caught:
        commit(workspace)
    assert caught.value.message == f"{NAME}, line 17: “tags” is a duplicate key, first in line 16."
    assert commit(workspace, consented=True)
    (workspace.folder / NAME).write_text(doubled.replace("Leaf veins", "Veins"))
    assert commit(workspace), "what was there before is not asked about again"


def outside_commit(workspace: Workspace, text: str | None, subject: str) -> None:
    path = workspace.folder / NAME
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    git(workspace.folder, "add", "--all")
    git(workspace.folder, "commit", "--quiet", "--message", subject)
    workspace.record_external_edit("external edit")


@pytest.mark.parametrize(
    "text", ["a: [\n", "", None, CONFLICT], ids=["no YAML", "empty", "removed", "conflict"]
)
def test_commits_that_hold_a_broken_manifest_are_pushed_after_a_question(
    workspace: Workspace, text: str | None
) -> None:
    remote = workspace.folder.parent / "remote.git"
    before = run_git("rev-parse", "main", cwd=remote)
    outside_commit(workspace, MANIFEST.replace("Petal nuclei", "Petals"), "Fine")
    outside_commit(workspace, text, "Break it")
    with pytest.raises(NeedsConsent, match="“Break it”: ") as caught:
        push(workspace, the(workspace))
    assert "Fine" not in caught.value.message and caught.value.hint
    assert run_git("rev-parse", "main", cwd=remote) == before
    outside_commit(workspace, MANIFEST, "Correct it")
    with pytest.raises(NeedsConsent, match="“Break it”: "):
        push(workspace, the(workspace))
    with pytest.raises(NeedsConsent):
        push(workspace, the(workspace), new_branch="other")
    push(workspace, the(workspace), consented=True)
    assert run_git("rev-parse", "main", cwd=remote) != before
    outside_commit(workspace, MANIFEST.replace("Petal nuclei", "Buds"), "Fine again")
    push(workspace, the(workspace))


def test_commits_that_bring_duplicate_keys_are_pushed_after_a_question(workspace: Workspace) -> None:
    doubled = MANIFEST.replace("    tags: [2d]\n", "    tags: [2d]\n    tags: [3d]\n")
    outside_commit(workspace, doubled, "Double it")
    outside_commit(workspace, doubled.replace("Petal nuclei", "Petals"), "Fine")
    with pytest.raises(NeedsConsent) as caught:
        push(workspace, the(workspace))
    (line,) = caught.value.message.splitlines()
    assert line.endswith(" “Double it”: line 17: “tags” is a duplicate key, first in line 16.")
    assert "partner-tui repair" in caught.value.hint
    push(workspace, the(workspace), consented=True)
    outside_commit(workspace, doubled.replace("Petal nuclei", "Buds"), "What the remote has already")
    push(workspace, the(workspace))
    both = doubled.replace("    tags: [3d]\n", "    tags: [3d]\n    name: Twice\n    name: Again\n")
    outside_commit(workspace, both, "Another one")
    outside_commit(workspace, "a: [\n", "Break it")
    with pytest.raises(NeedsConsent) as caught:
        push(workspace, the(workspace))
    assert "“Break it”: " in caught.value.message and "“Another one”: line " in caught.value.message
    assert "cannot read it" in caught.value.hint and "keep one of the values" in caught.value.hint


def test_a_merge_brings_no_duplicate_keys_that_one_of_its_parents_had(workspace: Workspace) -> None:
    doubled = MANIFEST.replace("    tags: [2d]\n", "    tags: [2d]\n    tags: [3d]\n")
    run_git("checkout", "--quiet", "-b", "other", cwd=workspace.folder)
    outside_commit(workspace, doubled, "Double it")
    run_git("push", "--quiet", "origin", "other", cwd=workspace.folder)
    run_git("checkout", "--quiet", "main", cwd=workspace.folder)
    outside_commit(workspace, MANIFEST.replace("Petal nuclei", "Petals"), "Ours")
    run_git("merge", "--quiet", "--no-edit", "other", cwd=workspace.folder)
    with pytest.raises(NeedsConsent) as caught:
        push(workspace, the(workspace))
    (line,) = caught.value.message.splitlines()
    assert "“Double it”: " in line
