"""A plan is checked before it is committed, carries our fixes where asked, and several are planned on top of each other."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.applying import (
    apply_batch,
    apply_plan,
    apply_planned,
    branch_to_merge_into,
    undo_applied,
)
from partner_tui.workspace.contributions.batch import Trials
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.merge_plan import MergePlan
from tests.contributed import FERN
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST

NAME = "collection.yaml"
LISTED = MANIFEST + FERN.replace("    format_version", "    rdf_source: fern/rdf.yaml\n    format_version")
RDF = "type: dataset\nname: Fern growth\ndescription: Fern that grows\nformat_version: 0.3.0\n"
OLD_DOI = "    cite:\n      - text: A paper\n        doi: https://doi.org/10.1234/abc\n"
PULLS: dict[int, dict[str, str | None]] = {
    1: {"fern/rdf.yaml": None},
    2: {NAME: LISTED.replace("name: Leaf veins", "name: Veins", 1)},
    3: {NAME: LISTED.replace("description: Veins of leaves\n", f"description: Veins\n{OLD_DOI}", 1)},
    4: {NAME: LISTED.replace("name: Leaf veins", "name: Other veins", 1)},
    5: {"docs.md": "Docs\n"},
    6: {NAME: LISTED.replace("name: Leaf veins", "name: Third veins", 1), "docs.md": "Other docs\n"},
    7: {NAME: None, "manifest.bioimage.io.yaml": LISTED},
}


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    bare = make_remote(folder)
    push_from_elsewhere(bare, "fern/rdf.yaml", RDF)
    push_from_elsewhere(bare, NAME, LISTED)
    work = make_clone(bare, folder / "work")
    for number, files in PULLS.items():
        git("switch", "--quiet", "--detach", "origin/main", cwd=work)
        for path, content in files.items():
            if content is None:
                git("rm", "--quiet", path, cwd=work)
            else:
                write(work, path, content)
        git("add", "--all", cwd=work)
        author = f"--author=Author {number} <author{number}@example.org>"
        git("commit", "--quiet", "-m", f"Change {number}", author, cwd=work)
        git("push", "--quiet", "origin", f"HEAD:refs/pull/{number}/head", cwd=work)
    return bare


@pytest.fixture
def known(clone: Path) -> Iterator[Contributions]:
    with Checker() as checker:
        made = Contributions(clone, checker)
        made.fetch()
        yield made


def planned(known: Contributions, name: str, **wishes: bool) -> tuple[Repository, MergePlan]:
    repository = Repository.open(known.root)
    plan = known.plan(known.find(name), branch_to_merge_into(repository), **wishes)  # type: ignore[arg-type]
    return repository, plan


def test_an_entry_that_loses_its_file_is_an_objection(known: Contributions) -> None:
    _, plan = planned(known, "1")
    assert plan.merged.how == "git"
    assert any("new error" in one and "in fern:" in one for one in plan.objections())


def test_fixes_on_top_are_a_commit_of_their_own_undone_together(known: Contributions) -> None:
    repository, plan = planned(known, "3", with_fixes=True)
    assert plan.fixes is not None and plan.fixes.entries == ("leaf-veins",)
    assert "+        doi: 10.1234/abc" in plan.fixes.diff
    before = branch_to_merge_into(repository)
    applied = apply_plan(repository, plan)
    subjects = git("log", "--first-parent", "-2", "--format=%s|%p", cwd=known.root).splitlines()
    assert subjects[0].startswith("Fix leaf-veins|") and len(subjects[0].split("|")[1].split()) == 1
    assert subjects[1].startswith("Merge pull request #3|") and len(subjects[1].split("|")[1].split()) == 2
    assert "doi: 10.1234/abc" in (known.root / NAME).read_text()
    undo_applied(repository, applied)
    assert git("rev-parse", "HEAD", cwd=known.root) == before
    assert (known.root / NAME).read_text() == LISTED


def test_what_needs_no_fix_has_no_second_commit(known: Contributions) -> None:
    assert planned(known, "5", with_fixes=True)[1].fixes is None


def test_the_message_can_be_another_one(known: Contributions) -> None:
    repository, plan = planned(known, "5")
    apply_plan(repository, replace(plan, message="Take the docs\n"))
    assert git("log", "-1", "--format=%s", cwd=known.root) == "Take the docs"


def test_a_batch_leaves_out_what_conflicts_and_says_with_which(known: Contributions) -> None:
    repository = Repository.open(known.root)
    onto = branch_to_merge_into(repository)
    wanted = [known.find(name) for name in ("3", "2", "4", "5")]
    rows = list(known.plan_several(wanted, onto))
    assert [row.is_merged for row in rows] == [True, True, False, True]
    assert [row.conflicts_with and row.conflicts_with.name for row in rows] == [None, None, "2", None]
    assert git("rev-parse", "HEAD", cwd=known.root) == onto, "a plan moves nothing"
    applied = apply_batch(repository, onto, rows)
    assert git("log", "--first-parent", "--format=%s", f"{onto}..", cwd=known.root).splitlines() == [
        f"Merge pull request #{number}" for number in (5, 2, 3)
    ]
    undo_applied(repository, applied)
    assert git("rev-parse", "HEAD", cwd=known.root) == onto


@pytest.mark.slow
def test_the_best_order_merges_the_most(known: Contributions) -> None:
    """6 conflicts with 2, 4 and 5; 2 and 4 with each other: first what conflicts with none."""
    onto = branch_to_merge_into(Repository.open(known.root))
    wanted = [known.find(name) for name in ("6", "2", "4", "5", "3")]
    order = [one.name for one in Trials(known.repository, onto).best_order(wanted)]
    assert order == ["3", "5", "2", "4", "6"]


def test_planning_needs_no_author_and_signs_nothing(clone: Path, known: Contributions) -> None:
    git("config", "user.useConfigOnly", "true", cwd=clone)
    git("config", "commit.gpgSign", "true", cwd=clone)
    git("config", "gpg.program", "false", cwd=clone)
    onto = branch_to_merge_into(Repository.open(clone))
    rows = list(known.plan_several([known.find("2"), known.find("3")], onto))
    assert [row.is_merged for row in rows] == [True, True]


def test_an_uncommitted_change_in_the_way_is_named(known: Contributions) -> None:
    repository, plan = planned(known, "2")
    write(known.root, NAME, LISTED + "# mine\n")
    with pytest.raises(GitError, match=f"{NAME} has uncommitted changes"):
        apply_plan(repository, plan)
    assert (known.root / NAME).read_text() == LISTED + "# mine\n"
    assert git("for-each-ref", "refs/partner-tui/backup", cwd=known.root) == ""


def test_an_uncommitted_change_elsewhere_stays(known: Contributions) -> None:
    repository, plan = planned(known, "2")
    write(known.root, "old.md", "mine\n")
    apply_plan(repository, plan)
    assert (known.root / "old.md").read_text() == "mine\n"
    assert "name: Veins" in (known.root / NAME).read_text()


def test_a_branch_that_moved_since_is_not_merged_into(known: Contributions) -> None:
    repository, plan = planned(known, "2")
    git("commit", "--quiet", "--allow-empty", "-m", "Moved", cwd=known.root)
    with pytest.raises(GitError, match="moved since"):
        apply_plan(repository, plan)


def test_a_renamed_manifest_is_an_objection(known: Contributions) -> None:
    _, plan = planned(known, "7")
    assert [one.split(":")[0] for one in plan.objections()] == [
        f"The manifest is renamed from {NAME} to manifest.bioimage.io.yaml"
    ]


def test_what_is_merged_already_is_not_merged_again(known: Contributions) -> None:
    repository, plan = planned(known, "5")
    apply_plan(repository, plan)
    _, again = planned(known, "5")
    assert (again.merged.how, again.merged.why) == ("no", "all of its commits are in the branch already")


def test_what_the_branch_has_by_another_commit_is_an_objection(known: Contributions) -> None:
    repository, plan = planned(known, "5", squash=True)
    apply_plan(repository, plan)
    _, again = planned(known, "5")
    assert list(again.objections()) == ["It changes nothing: the branch has all of it already."]


def test_a_contribution_on_top_of_a_squashed_one_is_merged_as_git_will_see_it(known: Contributions) -> None:
    onto = branch_to_merge_into(Repository.open(known.root))
    first, _ = rows = list(known.plan_several([known.find("2"), known.find("3")], onto, squash=True))
    assert [row.is_merged for row in rows] == [True, True]
    assert git("log", "-1", "--format=%P", first.plan.trial_commit(known.root), cwd=known.root) == onto


@pytest.mark.parametrize("path", [".git/config", "..", "../out", ".GIT/config"])
def test_a_tree_that_reaches_into_the_git_folder_or_out_of_the_clone_is_not_merged(
    known: Contributions, path: str
) -> None:
    repository, plan = planned(known, "5")
    folder, _, name = path.rpartition("/")
    entry = f"100755 {name}\0".encode() + bytes.fromhex(git("hash-object", "-w", NAME, cwd=known.root))
    if folder:
        entry = f"40000 {folder}\0".encode() + bytes.fromhex(_literal_tree(known.root, entry))
    own = subprocess.run(
        ["git", "cat-file", "tree", f"{plan.onto}^{{tree}}"], cwd=known.root, capture_output=True, check=True
    ).stdout
    hostile = _literal_tree(known.root, entry + own)
    head = git("commit-tree", "-p", plan.onto, "-m", "Hostile", hostile, cwd=known.root)
    refused = known.plan(replace(known.find("5"), head=head), plan.onto)
    why = f"it writes {path}, which is not a file of a repository"
    assert (refused.merged.how, refused.merged.why, refused.is_decided) == ("no", why, False)
    assert known.review(refused.contribution).merges == refused.merged.mergeability
    with pytest.raises(GitError):  # nor does git let it through
        apply_planned(repository, plan.onto, head)
    assert git("rev-parse", "HEAD", cwd=known.root) == plan.onto
    assert git("status", "--porcelain", cwd=known.root) == ""
    assert not (known.root.parent / "out").exists()


def _literal_tree(root: Path, content: bytes) -> str:
    command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    done = subprocess.run(command, cwd=root, input=content, capture_output=True, check=True)
    return done.stdout.decode().strip()
