"""A repository without a manifest always leads on: to its last version, a branch that has one, or a new one."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError, ManifestNotFound, PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.scaffold import id_problem, new_manifest, propose_id
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.settings import Directories
from partner_tui.workspace.opening.lost_manifest import LostManifest, look_for_manifest
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.opening.past import ReadOnlyVersion, open_past
from partner_tui.workspace.opening.regaining import create, fetch, restore, switch
from tests.corpus import CORPUS
from tests.small_partner import MANIFEST, git, make_repository

ILASTIK = CORPUS / "pulls" / "ilastik.bundle"


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST, "README.md": "A zoo\n"})


def commit(root: Path, message: str) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


def remove(root: Path, *names: str, message: str = "Remove the manifest") -> str:
    for name in names or ("collection.yaml",):
        (root / name).unlink()
    return commit(root, message)


def lost_in(source: Path | str, directories: Directories, name: str | None = None) -> LostManifest:
    located = resolve_source(str(source), directories)
    with pytest.raises(ManifestNotFound) as caught:
        find_manifest(located, name, directories)
    return look_for_manifest(located, caught.value)


# What removed it


def test_the_commit_that_removed_it_is_told(root: Path, directories: Directories) -> None:
    made = remove(root)
    commit(root, "Later")
    lost = lost_in(root, directories)
    assert lost.removal is not None and lost.removal.commit.hash == made
    assert (lost.removal.commit.subject, lost.removal.path) == ("Remove the manifest", "collection.yaml")
    assert f"main has no manifest: commit {made[:7]} " in lost.message
    assert f"`git checkout {made[:7]}^ -- collection.yaml`" in lost.error.hint


def test_the_newest_removal_counts(root: Path, directories: Directories) -> None:
    remove(root)
    (root / "manifest.bioimage.io.yaml").write_text(MANIFEST)
    commit(root, "Begin again")
    made = remove(root, "manifest.bioimage.io.yaml", message="Remove it again")
    removal = lost_in(root, directories).removal
    assert removal is not None and (removal.commit.hash, removal.path) == (made, "manifest.bioimage.io.yaml")


def test_of_several_that_a_commit_removed_the_best_known_name_is_told(
    root: Path, directories: Directories
) -> None:
    (root / "manifest.yaml").write_text("a: b\n")
    (root / "rdf.yaml").write_text("type: model\n")
    commit(root, "More")
    remove(root, "collection.yaml", "manifest.yaml", "rdf.yaml")
    removal = lost_in(root, directories).removal
    assert removal is not None and removal.path == "collection.yaml"


def test_an_rdf_that_was_removed_later_is_not_taken_for_it(root: Path, directories: Directories) -> None:
    made = remove(root)
    for name in ("rdf.yaml", "models/a/rdf.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("type: model\n")
    commit(root, "Add models")
    remove(root, "rdf.yaml", "models/a/rdf.yaml", message="Remove models")
    removal = lost_in(root, directories).removal
    assert removal is not None and removal.commit.hash == made


@pytest.mark.parametrize("name", ["Collection.yaml", "COLLECTION.YML", "bioimageio/collection.yaml"])
def test_other_spellings_and_folders_are_found(tmp_path: Path, directories: Directories, name: str) -> None:
    root = make_repository(tmp_path / "zoo", {name: MANIFEST, "README.md": ""})
    made = remove(root, name)
    lost = lost_in(root, directories)
    assert lost.removal is not None and (lost.removal.commit.hash, lost.removal.path) == (made, name)
    restored = restore(lost, lost.last_version or pytest.fail(), directories)
    assert restored.manifest_name == name and (root / name).read_text() == MANIFEST


def test_a_merge_that_removed_it_is_told(root: Path, directories: Directories) -> None:
    git(root, "switch", "--quiet", "--create", "side")
    (root / "side.md").write_text("")
    commit(root, "Side")
    git(root, "switch", "--quiet", "main")
    (root / "collection.yaml").write_text(MANIFEST + "# more\n")
    commit(root, "Edit")
    git(root, "merge", "--quiet", "--no-commit", "--no-ff", "side")
    made = remove(root, message="Merge side")
    lost = lost_in(root, directories)
    assert lost.removal is not None and lost.removal.commit.hash == made
    restore(lost, lost.last_version or pytest.fail(), directories)
    assert (root / "collection.yaml").read_text() == MANIFEST + "# more\n"


def test_a_history_that_was_replaced_by_a_merge_is_looked_through(
    root: Path, directories: Directories
) -> None:
    """`git merge -s ours` of a line that never had one: git's simplified history ends there."""
    before = git(root, "rev-parse", "HEAD").strip()
    git(root, "switch", "--quiet", "--orphan", "fresh")
    (root / "README.md").write_text("")
    commit(root, "Begin afresh")
    git(root, "merge", "--quiet", "-s", "ours", "--allow-unrelated-histories", "-m", "Keep the past", before)
    git(root, "branch", "--delete", "--force", "main")
    assert lost_in(root, directories).removal is None  # nothing on this line ever removed it ...
    git(root, "branch", "old", before)
    assert [holder.branch.name for holder in lost_in(root, directories).holders] == ["old"]


def test_a_rename_is_told_as_a_rename_and_the_file_is_offered(root: Path, directories: Directories) -> None:
    git(root, "mv", "collection.yaml", "zoo.yaml")
    made = commit(root, "Rename")
    lost = lost_in(root, directories)
    assert lost.renamed_to == "zoo.yaml"
    assert f"{made[:7]}" in lost.message and "renamed collection.yaml to zoo.yaml" in lost.message
    assert "--manifest zoo.yaml" in lost.error.hint and "zoo.yaml" not in lost.others


def test_a_rename_with_edits_is_told_as_well(root: Path, directories: Directories) -> None:
    (root / "collection.yaml").unlink()
    (root / "zoo.yaml").write_text(MANIFEST.replace("Interactive", "Fast"))
    (root / "other.yaml").write_text("nothing: alike\n")
    commit(root, "Rename and edit")
    assert lost_in(root, directories).renamed_to == "zoo.yaml"


def test_a_renamed_manifest_that_was_removed_later_is_restored_under_its_last_name(
    root: Path, directories: Directories
) -> None:
    git(root, "mv", "collection.yaml", "zoo.yaml")
    commit(root, "Rename")
    made = remove(root, "zoo.yaml")
    lost = lost_in(root, directories)
    assert lost.removal is not None and (lost.removal.commit.hash, lost.removal.path) == (made, "zoo.yaml")


def test_the_name_that_was_opened_last_is_looked_for(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "zoo", {"animals.yaml": MANIFEST, "README.md": ""})
    open_workspace(
        find_manifest(resolve_source(str(root), directories), "animals.yaml", directories), directories
    )
    made = remove(root, "animals.yaml")
    removal = lost_in(root, directories).removal
    assert removal is not None and (removal.commit.hash, removal.path) == (made, "animals.yaml")


def test_a_named_manifest_is_looked_for_alone(root: Path, directories: Directories) -> None:
    (root / "zoo.yaml").write_text(MANIFEST)
    commit(root, "Add")
    made = remove(root, "zoo.yaml")
    lost = lost_in(root, directories, "zoo.yaml")
    assert lost.removal is not None and (lost.removal.commit.hash, lost.removal.path) == (made, "zoo.yaml")
    assert lost.others == ("collection.yaml",)
    assert lost_in(root, directories, "never.yaml").removal is None


# What git still has


def test_deleted_in_the_work_tree(root: Path, directories: Directories) -> None:
    (root / "collection.yaml").unlink()
    lost = lost_in(root, directories)
    assert lost.kept is not None and lost.kept.how == "deleted" and lost.removal is None
    restore(lost, lost.kept.version, directories)
    assert git(root, "status", "--short") == ""


def test_what_was_staged_before_it_was_deleted_is_restored(root: Path, directories: Directories) -> None:
    (root / "collection.yaml").write_text(MANIFEST + "# staged\n")
    git(root, "add", "--all")
    (root / "collection.yaml").unlink()
    lost = lost_in(root, directories)
    restore(lost, lost.last_version or pytest.fail(), directories)
    assert (root / "collection.yaml").read_text() == MANIFEST + "# staged\n"


def test_deleted_in_the_index(root: Path, directories: Directories) -> None:
    git(root, "rm", "--quiet", "collection.yaml")
    lost = lost_in(root, directories)
    assert lost.kept is not None and lost.kept.how == "staged"
    restore(lost, lost.kept.version, directories)
    assert (root / "collection.yaml").read_text() == MANIFEST


def test_left_out_by_a_sparse_checkout(root: Path, directories: Directories) -> None:
    git(root, "sparse-checkout", "set", "--no-cone", "*.md")
    lost = lost_in(root, directories)
    assert lost.kept is not None and lost.kept.how == "sparse"
    said = re.search("`git (.*?)`", lost.error.hint)
    assert said is not None
    git(root, *said[1].split())
    assert (root / "collection.yaml").exists()
    (root / "collection.yaml").unlink()
    git(root, "sparse-checkout", "reapply")
    restore(lost, lost.kept.version, directories)
    assert git(root, "status", "--short") == ""


def test_staged_and_deleted_before_the_first_commit(tmp_path: Path, directories: Directories) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "zoo")
    root = tmp_path / "zoo"
    (root / "collection.yaml").write_text(MANIFEST)
    git(root, "add", "--all")
    (root / "collection.yaml").unlink()
    lost = lost_in(root, directories)
    assert lost.kept is not None and lost.kept.how == "uncommitted"
    restore(lost, lost.kept.version, directories)
    assert (root / "collection.yaml").read_text() == MANIFEST


def test_a_restored_manifest_is_one_step_that_can_be_undone(root: Path, directories: Directories) -> None:
    head = remove(root)
    lost = lost_in(root, directories)
    workspace = open_workspace(restore(lost, lost.last_version or pytest.fail(), directories), directories)
    assert [entry.id for entry in workspace.manifest.entries] == ["petal-nuclei", "leaf-veins"]
    assert (
        git(root, "rev-parse", "HEAD").strip() == head
        and git(root, "status", "--short") == "?? collection.yaml\n"
    )
    assert workspace.undo() is not None
    assert not (root / "collection.yaml").exists()
    assert workspace.redo() is not None
    assert (root / "collection.yaml").read_text() == MANIFEST
    workspace.checker.close()


def test_nothing_that_came_meanwhile_is_overwritten(root: Path, directories: Directories) -> None:
    remove(root)
    lost = lost_in(root, directories)
    (root / "collection.yaml").write_text("mine\n")
    with pytest.raises(PartnerTuiError, match="already exists"):
        restore(lost, lost.last_version or pytest.fail(), directories)
    with pytest.raises(PartnerTuiError, match="already exists"):
        create(lost, "zoo", "Zoo", directories)
    assert (root / "collection.yaml").read_text() == "mine\n"


def test_nothing_is_restored_through_a_link_out_of_the_clone(
    tmp_path: Path, directories: Directories
) -> None:
    root = make_repository(tmp_path / "zoo", {"in/collection.yaml": MANIFEST, "README.md": ""})
    remove(root, "in/collection.yaml")
    (tmp_path / "outside").mkdir()
    (root / "in").rmdir()
    (root / "in").symlink_to(tmp_path / "outside")
    lost = lost_in(root, directories)
    with pytest.raises(PartnerTuiError, match="outside the repository"):
        restore(lost, lost.last_version or pytest.fail(), directories)
    assert not list((tmp_path / "outside").iterdir())


def test_a_manifest_that_was_a_link_is_restored_with_its_content(
    tmp_path: Path, directories: Directories
) -> None:
    root = make_repository(tmp_path / "zoo", {"real/data.txt": MANIFEST})
    (root / "collection.yaml").symlink_to("real/data.txt")
    commit(root, "Link")
    remove(root)
    lost = lost_in(root, directories)
    restore(lost, lost.last_version or pytest.fail(), directories)
    assert (root / "collection.yaml").read_text() == MANIFEST
    assert (root / "real" / "data.txt").read_text() == MANIFEST


# The past, read-only


def test_the_last_version_is_opened_read_only_with_the_files_of_its_time(
    root: Path, directories: Directories
) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "petals.md").write_text("# Petals\n")
    commit(root, "Document")
    remove(root, "collection.yaml", "docs/petals.md")
    lost = lost_in(root, directories)
    past = open_past(lost, lost.last_version or pytest.fail(), directories)
    assert len(past.manifest.entries) == 2 and past.files.read_text("docs/petals.md") == "# Petals\n"
    for act in (past.undo, past.redo, lambda: past.edit("t", []), lambda: past.save("t", {"a": b"b"})):
        with pytest.raises(ReadOnlyVersion):
            act()
    with pytest.raises(ReadOnlyVersion):
        _ = past.manifest_path
    assert git(root, "status", "--short") == ""
    past.checker.close()


def test_of_a_partial_clone_only_the_one_file_is_fetched(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    (root / "cover.txt").write_text("large\n" * 1000)
    commit(root, "Add a cover")
    remove(root)
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "remote.git")
    git(tmp_path / "remote.git", "config", "uploadpack.allowFilter", "true")
    clone(parse_source((tmp_path / "remote.git").as_uri()), tmp_path / "c")

    def missing() -> set[str]:
        printed = git(tmp_path / "c", "rev-list", "--objects", "--all", "--missing=print")
        return {line for line in printed.split() if line.startswith("?")}

    before = missing()
    lost = lost_in(tmp_path / "c", directories)
    assert missing() == before and len(before) > 1
    restore(lost, lost.last_version or pytest.fail(), directories)
    assert len(before - missing()) == 1 and (tmp_path / "c" / "collection.yaml").read_text() == MANIFEST


def test_a_remote_that_is_gone_is_told_and_nothing_is_written(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    remove(root)
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "remote.git")
    git(tmp_path / "remote.git", "config", "uploadpack.allowFilter", "true")
    clone(parse_source((tmp_path / "remote.git").as_uri()), tmp_path / "c")
    (tmp_path / "remote.git").rename(tmp_path / "moved.git")
    lost = lost_in(tmp_path / "c", directories)
    with pytest.raises(GitError):
        restore(lost, lost.last_version or pytest.fail(), directories)
    assert not (tmp_path / "c" / "collection.yaml").exists()


# Branches


def remote_with_branches(tmp_path: Path, root: Path) -> str:
    git(root, "branch", "with-it")
    remove(root)
    git(root, "branch", "without-it")
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "remote.git")
    return (tmp_path / "remote.git").as_uri()


def test_branches_that_have_one_are_listed_and_switched_to(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    clone(parse_source(remote_with_branches(tmp_path, root)), tmp_path / "c")
    lost = lost_in(tmp_path / "c", directories)
    assert [holder.branch.label for holder in lost.holders] == ["origin/with-it"]
    place = switch(lost, lost.holders[0])
    assert place.manifest_name == "collection.yaml" and (tmp_path / "c" / "collection.yaml").is_file()
    assert git(tmp_path / "c", "status", "--short", "--branch") == "## with-it...origin/with-it\n"


def test_a_branch_of_ones_own_goes_before_the_remotes(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    clone(parse_source(remote_with_branches(tmp_path, root)), tmp_path / "c")
    git(tmp_path / "c", "branch", "with-it", "origin/with-it")
    assert [holder.branch.label for holder in lost_in(tmp_path / "c", directories).holders] == ["with-it"]


def test_a_switch_never_loses_an_edit(root: Path, directories: Directories) -> None:
    git(root, "branch", "with-it")
    (root / "README.md").write_text("Another zoo\n")
    remove(root)
    (root / "README.md").write_text("Not committed\n")
    lost = lost_in(root, directories)
    with pytest.raises(GitError):
        switch(lost, lost.holders[0])
    assert (root / "README.md").read_text() == "Not committed\n"
    assert git(root, "branch", "--show-current") == "main\n"


def test_what_the_remote_has_regained_is_fetched_and_taken(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    clone(parse_source(remote_with_branches(tmp_path, root)), tmp_path / "c")
    git(root, "checkout", "--quiet", "HEAD^", "--", "collection.yaml")
    commit(root, "Bring it back")
    git(root, "push", "--quiet", str(tmp_path / "remote.git"), "main")
    lost = lost_in(tmp_path / "c", directories)
    fetch(lost)
    lost = lost_in(tmp_path / "c", directories)
    assert [holder.branch.label for holder in lost.holders] == ["origin/main", "origin/with-it"]
    switch(lost, lost.holders[0])
    assert git(tmp_path / "c", "status", "--short", "--branch") == "## main...origin/main\n"
    assert (tmp_path / "c" / "collection.yaml").is_file()


def test_a_branch_that_has_gone_its_own_way_is_not_moved(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    clone(parse_source(remote_with_branches(tmp_path, root)), tmp_path / "c")
    git(root, "revert", "--no-edit", "HEAD")
    git(root, "push", "--quiet", str(tmp_path / "remote.git"), "main")
    mine = commit(tmp_path / "c", "Mine")
    fetch(lost_in(tmp_path / "c", directories))
    lost = lost_in(tmp_path / "c", directories)
    with pytest.raises(GitError, match="main has commits that origin/main does not have"):
        switch(lost, lost.holders[0])
    assert git(tmp_path / "c", "rev-parse", "HEAD").strip() == mine


def test_a_branch_without_commits_leads_to_those_with_some(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    git(root, "switch", "--quiet", "--orphan", "fresh")
    lost = lost_in(root, directories)
    assert lost.message == "fresh has no commits yet, and no manifest."
    assert [holder.branch.label for holder in lost.holders] == ["main"]
    assert switch(lost, lost.holders[0]).manifest_name == "collection.yaml"


def test_a_default_branch_that_is_gone_leads_to_the_others(
    tmp_path: Path, root: Path, directories: Directories
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "remote.git")
    git(tmp_path / "remote.git", "branch", "--move", "main", "trunk")
    git(tmp_path / "remote.git", "symbolic-ref", "HEAD", "refs/heads/main")
    clone(parse_source((tmp_path / "remote.git").as_uri()), tmp_path / "c")
    lost = lost_in(tmp_path / "c", directories)
    switch(lost, lost.holders[0])
    assert git(tmp_path / "c", "status", "--short", "--branch") == "## trunk...origin/trunk\n"


def test_on_a_detached_head_the_history_and_the_branches_are_looked_at(
    root: Path, directories: Directories
) -> None:
    git(root, "branch", "with-it")
    made = remove(root)
    git(root, "checkout", "--quiet", "--detach")
    lost = lost_in(root, directories)
    assert lost.standing == "HEAD" and lost.removal is not None and lost.removal.commit.hash == made
    assert [holder.branch.label for holder in lost.holders] == ["with-it"]


def test_a_history_that_is_cut_off_is_said(tmp_path: Path, root: Path, directories: Directories) -> None:
    remove(root)
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "c")
    lost = lost_in(tmp_path / "c", directories)
    assert lost.shallow and lost.removal is None and "--unshallow" in lost.error.hint


# A new one


def test_an_empty_repository_leads_to_a_new_manifest(tmp_path: Path, directories: Directories) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "zoo")
    lost = lost_in(tmp_path / "zoo", directories)
    assert lost.message == "main has no commits yet, and no manifest."
    place = create(lost, "zoo", "The zoo: a new one", directories)
    workspace = open_workspace(place, directories)
    assert workspace.manifest.partner.name == "The zoo: a new one"
    assert workspace.undo() is not None and not (tmp_path / "zoo" / "collection.yaml").exists()
    workspace.checker.close()


def test_a_folder_outside_any_repository_leads_to_a_new_manifest(
    tmp_path: Path, directories: Directories
) -> None:
    (tmp_path / "zoo").mkdir()
    (tmp_path / "zoo" / "other.yaml").write_text("")
    lost = lost_in(tmp_path / "zoo", directories)
    assert (lost.standing, lost.others) == ("", ("other.yaml",))
    assert not create(lost, "zoo", "Zoo", directories).in_repository


@pytest.mark.parametrize(
    ("partner_id", "name"), [("zoo", "Zoo"), ("no", "a: b # c"), ("1e3", "yes"), ("x-1", "Ü 🦒")]
)
def test_a_new_manifest_lacks_nothing_but_an_icon(partner_id: str, name: str) -> None:
    document = new_manifest(partner_id, name)
    with Checker(None) as checker:
        found = checker.check_manifest(read_manifest(document), NoFiles())
    assert [(finding.severity.value, finding.path) for finding in found] == [("warning", ("config", "icon"))]
    assert (document.data["config"]["id"], document.data["name"]) == (partner_id, name)


@pytest.mark.parametrize("partner_id", ["", "Zoo", "-zoo", "a b", "zoo/a", "zoö", "../zoo"])
def test_an_id_that_fits_no_url_is_refused(partner_id: str) -> None:
    assert id_problem(partner_id)
    with pytest.raises(PartnerTuiError):
        new_manifest(partner_id, "Zoo")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("qupath-bioimage-io", "qupath"),
        ("bioimage-io-resources", ""),
        ("HPA-model-zoo", "hpa-model-zoo"),
        ("My Models", "my"),
        ("___", ""),
    ],
)
def test_an_id_is_proposed_from_the_repositorys_name(name: str, proposed: str) -> None:
    assert propose_id(name) == proposed
    assert not proposed or id_problem(proposed) is None


# The README's first example


@pytest.mark.skipif(not ILASTIK.is_file(), reason="the corpus is not on this machine")
def test_ilastik_leads_somewhere(tmp_path: Path, directories: Directories) -> None:
    subprocess.run(["git", "clone", "--quiet", "--mirror", ILASTIK, tmp_path / "ilastik.git"], check=True)
    git(tmp_path / "ilastik.git", "config", "uploadpack.allowFilter", "true")
    clone(parse_source((tmp_path / "ilastik.git").as_uri()), tmp_path / "c")
    lost = lost_in(tmp_path / "c", directories)
    assert lost.message == "main has no manifest: commit 044e0fa (2024-07-08) removed collection.yaml."
    assert [holder.branch.name for holder in lost.holders] == [
        "add-ilastik-env",
        "covid-if",
        "add_UNet3DKinetochores",
    ]
    past = open_past(lost, lost.last_version or pytest.fail(), directories)
    assert past.manifest.partner.id == "ilastik" and len(past.manifest.entries) == 16
    past.checker.close()
