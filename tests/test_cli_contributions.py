"""`contributions` and `review` against a real remote with pull requests of every kind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.contributed import FERN, make_contributed
from tests.real_git import git, make_clone, push_from_elsewhere, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST

FERN_RDF = """\
type: dataset
format_version: 0.3.0
id: fern
name: Fern growth
description: Fern that grows
authors: [{name: Fay Frond}]
license: CC-BY-4.0
cite: [{text: Fronds, doi: 10.1000/fern}]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="partner-tui")


def reviewed(*arguments: str | Path) -> dict[str, Any]:
    done = run("review", *arguments, "--format", "json")
    assert done.exit_code in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_contributed(tmp_path_factory.mktemp("contributions"))


@pytest.fixture
def clone(made: Path, tmp_path: Path) -> Path:
    return make_clone(made, tmp_path / "clone")


def test_contributions_are_listed_with_what_is_known_of_their_state(clone: Path) -> None:
    done = run("contributions", clone, "--state", "all", "--format", "json")
    assert done.exit_code == 0, done.stderr
    states = {one["name"]: one["state"] for one in json.loads(done.stdout)["contributions"]}
    unknown = dict.fromkeys(("7", "6", "5", "4", "3"), "unknown")
    assert states == {**unknown, "2": "probably-open", "1": "merged"}
    assert list(states) == ["7", "6", "5", "4", "3", "2", "1"]
    assert "#1 " not in (listed := run("contributions", clone).stdout)
    assert "#2 " in listed and "1 other with another state" in listed


def test_nothing_is_checked_out_and_no_branch_moves(clone: Path) -> None:
    before = git("status", "--porcelain=v2", "--branch", cwd=clone), git("branch", "--list", cwd=clone)
    run("review", clone, "3")
    assert (
        git("status", "--porcelain=v2", "--branch", cwd=clone),
        git("branch", "--list", cwd=clone),
    ) == before
    assert not (clone / ".github").exists()


def test_a_new_entry_is_told_with_its_findings_and_the_checklist(clone: Path) -> None:
    found = reviewed(clone, "5")
    (entry,) = found["entries"]
    assert (entry["id"], entry["change"]) == ("fern", "added")
    assert any("0.2.2" in one["message"] for one in entry["new"])
    assert found["files"] == [{"path": "collection.yaml", "change": "changed", "care": None}]
    assert {one["section"] for one in found["checklist"]} >= {"Basic information", "Technical"}


def test_what_git_cannot_merge_is_merged_by_entry(clone: Path) -> None:
    """Both sides added an entry at the end: git conflicts, and the two have nothing to do with each other."""
    found = reviewed(clone, "5")
    assert (found["merges"], found["conflicts"]) == ("entries", [])


def test_a_field_that_both_changed_waits_for_a_decision(clone: Path) -> None:
    done = run("review", clone, "6", "--format", "json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    (conflict,) = found["conflicts"]
    assert found["merges"] == "decision"
    assert (conflict["key"], conflict["ours"], conflict["theirs"]) == (
        "config.splash_title",
        "The Meadow",
        "Their Meadow",
    )
    assert found["config"] == [
        {"path": ["splash_title"], "before": "Microscopy Meadow", "after": "Their Meadow"}
    ]


def test_a_renamed_entry_is_one_entry(clone: Path) -> None:
    found = reviewed(clone, "2")
    assert [(one["id"], one["was"], one["change"]) for one in found["entries"]] == [
        ("veins", "leaf-veins", "renamed")
    ]
    assert found["state"] == "probably-open" and found["merges"] == "git"


def test_a_workflow_and_a_removed_manifest_stand_at_the_top(clone: Path) -> None:
    assert "▲ It changes what CI runs: .github/workflows/ci.yml." in run("review", clone, "3").stdout
    assert "▲ It removes or renames the manifest: collection.yaml." in run("review", clone, "4").stdout


def test_config_and_files_are_told_by_value_and_name(clone: Path) -> None:
    told = run("review", clone, "6").stdout
    assert "config\n  ~ splash_title: Microscopy Meadow → Their Meadow\n" in told
    assert "Files\n  changed  collection.yaml\n" in told
    told = run("review", clone, "3", "--format", "markdown").stdout
    assert "### Files\n\n- added: `.github/workflows/ci.yml`\n" in told


def test_a_merged_one_is_compared_with_the_branch_before_it(clone: Path) -> None:
    found = reviewed(clone, "1")
    assert [(one["id"], one["change"]) for one in found["entries"]] == [("moss", "added")]
    assert found["state"] == "merged"


def test_markdown_can_be_posted_as_it_is(clone: Path) -> None:
    done = run("review", clone, "2", "--format", "markdown")
    assert done.stdout.startswith("## Review of `2`: ")
    assert "- renamed: `veins` (was `leaf-veins`): `id`" in done.stdout
    assert "**Basic information**" in done.stdout


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_what_cannot_be_reviewed_is_json_only_where_that_was_asked_for(tmp_path: Path, form: str) -> None:
    place, said = tmp_path / "none", f"No file or folder {tmp_path / 'none'}."
    done = run("review", place, "2", "--format", form)
    assert (done.exit_code, done.stdout) == (3, "") and f"Error: {said}" in done.stderr
    asked = run("review", place, "2", "--format", "json")
    assert json.loads(asked.stdout)["error"]["message"] == said


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A repository without a remote, of one entry with an RDF."""
    root = tmp_path / "alone"
    git("init", "--quiet", "--initial-branch=main", str(root), cwd=tmp_path)
    write(root, "rdfs/fern/rdf.yaml", FERN_RDF)
    write(root, "collection.yaml", MANIFEST + "  - id: fern\n    rdf_source: rdfs/fern/rdf.yaml\n")
    commit_all(root)
    git("switch", "--quiet", "--create", "theirs", cwd=root)
    return root


def commit_all(root: Path) -> None:
    git("add", "--all", cwd=root)
    git("commit", "--quiet", "-m", "Change", cwd=root)
    git("switch", "--quiet", "main", cwd=root)


def test_an_entry_is_touched_where_its_rdf_changes_or_a_file_of_it_goes(alone: Path) -> None:
    git("switch", "--quiet", "theirs", cwd=alone)
    write(alone, "rdfs/fern/rdf.yaml", FERN_RDF.replace("Fern growth", "5"))
    commit_all(alone)
    assert run("review", alone, "theirs").exit_code == 1
    (entry,) = reviewed(alone, "theirs")["entries"]
    assert (entry["id"], entry["change"], entry["was"]) == ("fern", "changed", None)
    assert entry["fields"] == [{"path": ["name"], "before": "Fern growth", "after": 5}]
    assert [one["severity"] for one in entry["new"] if one["path"] == ["name"]] == ["error"]
    git("switch", "--quiet", "theirs", cwd=alone)
    (alone / "rdfs/fern/rdf.yaml").unlink()
    commit_all(alone)
    (entry,) = reviewed(alone, "theirs")["entries"]
    assert any("is not in this repository" in one["message"] for one in entry["new"])


def test_a_file_beside_the_entries_touches_none(alone: Path) -> None:
    git("switch", "--quiet", "theirs", cwd=alone)
    write(alone, "rdfs/README.md", "# RDFs\n")
    commit_all(alone)
    assert reviewed(alone, "theirs")["entries"] == []
    assert run("review", alone, "theirs").exit_code == 0


def test_every_key_of_a_review_decides_a_merge(alone: Path) -> None:
    for branch, title in (("theirs", "Theirs"), ("main", "Ours")):
        git("switch", "--quiet", branch, cwd=alone)
        write(alone, "README.md", f"# {title}\n")
        write(alone, "collection.yaml", MANIFEST.replace("title: Microscopy", f"title: {title}"))
        commit_all(alone)
    keys = [one["key"] for one in reviewed(alone, "theirs")["conflicts"]]
    assert sorted(keys) == ["README.md", "config.splash_title"]
    chosen = [f"--choose={key}=theirs" for key in keys]
    assert run("merge", alone, "theirs", *chosen, "--write").exit_code == 0
    assert (alone / "README.md").read_text() == "# Theirs\n"
    assert "splash_title: Theirs Meadow" in (alone / "collection.yaml").read_text()


def test_all_entries_go_with_the_manifest_and_come_with_it(alone: Path) -> None:
    git("switch", "--quiet", "theirs", cwd=alone)
    (alone / "collection.yaml").unlink()
    commit_all(alone)
    assert run("review", alone, "theirs").exit_code == 1
    found = reviewed(alone, "theirs")
    assert found["why"] == "The manifest is gone"
    assert {one["change"] for one in found["entries"]} == {"removed"}
    assert "fern" in [one["id"] for one in found["entries"]]
    git("switch", "--quiet", "--create", "back", "theirs", cwd=alone)
    git("checkout", "--quiet", "main", "--", "collection.yaml", cwd=alone)
    commit_all(alone)
    back = reviewed(alone, "back", "--base", "theirs")
    assert [one["change"] for one in back["entries"]] == ["added"] * len(found["entries"])
    assert any(one["new"] for one in back["entries"])


def test_what_there_is_not_is_a_usage_error(clone: Path) -> None:
    done = run("review", clone, "99", "--offline")
    assert done.exit_code == 2
    assert "There is no pull request, branch or commit '99'." in done.stderr
    for base in ("nope", "", "--upload-pack=x"):
        done = run("review", clone, "5", "--base", base)
        assert done.exit_code == 2
        assert f"There is no commit or branch {base!r} here." in done.stderr


def test_the_branch_that_contributions_are_for_is_none_of_them(clone: Path, alone: Path) -> None:
    git("switch", "--quiet", "main", cwd=alone)
    for folder in (clone, alone):  # with a remote, and without
        done = run("review", folder, "main", "--offline")
        assert done.exit_code == 2
        assert "main is the branch that contributions are compared with." in done.stderr
    git("branch", "same", cwd=clone)
    assert reviewed(clone, "same", "--offline")["state"] == "merged"
    git("commit", "--quiet", "--allow-empty", "-m", "Ours", cwd=clone)
    assert reviewed(clone, "main", "--offline")["state"] == "unknown"  # what is not pushed yet
    assert reviewed(clone, "main", "--offline", "--base", "main^")["files"] == []


def test_a_folder_outside_of_a_repository_has_none(tmp_path: Path) -> None:
    (tmp_path / "collection.yaml").write_text(MANIFEST)
    done = run("contributions", tmp_path)
    assert done.exit_code == 2 and "is not in a git repository" in done.stderr


# merge


def merged(clone: Path, *arguments: str) -> Result:
    return run("merge", clone, *arguments)


def manifest_of(clone: Path, rev: str = "HEAD") -> str:
    return git("show", f"{rev}:collection.yaml", cwd=clone) + "\n"


def test_a_merge_is_shown_and_nothing_moves(clone: Path) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    done = merged(clone, "5")
    assert done.exit_code == 0, done.output
    assert "merges by entry; git alone conflicts" in done.stdout
    assert "+  - id: fern" in done.stdout and "-  - id: moss" not in done.stdout
    assert "Nothing was merged. Add --write to commit." in done.stderr
    assert git("rev-parse", "HEAD", cwd=clone) == before
    assert git("status", "--porcelain", cwd=clone) == ""


def test_a_merge_that_git_cannot_make_is_committed_with_both_parents(clone: Path) -> None:
    theirs = git("rev-parse", "origin/main", cwd=clone)
    done = merged(clone, "5", "--write")
    assert done.exit_code == 0, done.output
    assert manifest_of(clone) == manifest_of(clone, theirs) + FERN
    head = git("ls-remote", "origin", "refs/pull/5/head", cwd=clone).split()[0]
    assert git("log", "-1", "--format=%P", cwd=clone).split() == [theirs, head]
    assert git("log", "-1", "--format=%s", cwd=clone) == "Merge pull request #5"
    assert git("status", "--porcelain", cwd=clone) == ""
    assert (clone / "collection.yaml").read_text() == manifest_of(clone)
    assert git("rev-parse", "refs/partner-tui/backup/1", cwd=clone) == theirs


def test_a_squash_has_one_parent_and_names_its_authors(clone: Path) -> None:
    assert merged(clone, "7", "--squash", "--write").exit_code == 0
    assert len(git("log", "-1", "--format=%P", cwd=clone).split()) == 1
    message = git("log", "-1", "--format=%B", cwd=clone)
    assert message.splitlines()[0].endswith(" (#7)")
    assert message.splitlines()[-1] == "Co-authored-by: Author 7 <author7@example.org>"
    listed = json.loads(run("contributions", clone, "--state", "all", "--format", "json").stdout)
    assert {one["name"]: one["state"] for one in listed["contributions"]}["7"] == "unknown", "not pushed yet"


def test_several_are_merged_one_commit_each(clone: Path) -> None:
    done = merged(clone, "5", "7", "2", "--write")
    assert done.exit_code == 0, done.output
    subjects = git("log", "--first-parent", "-3", "--format=%s", cwd=clone).splitlines()
    assert subjects == [f"Merge pull request #{number}" for number in (2, 7, 5)]
    text = manifest_of(clone)
    assert text.count("id: fern") == text.count("id: ivy") == text.count("id: veins") == 1
    assert text.count("id: moss") == 1
    assert (clone / "docs" / "ivy.md").read_text() == "Ivy\n"
    git("push", "--quiet", "--dry-run", "origin", "main", cwd=clone)


def test_what_both_changed_waits_for_a_choice(clone: Path) -> None:
    done = merged(clone, "6", "--write")
    assert done.exit_code == 1
    assert "--choose config.splash_title=ours|theirs" in done.stdout
    assert "Nothing was merged." in done.stderr
    done = merged(clone, "6", "--choose", "config.splash_title=theirs", "--write")
    assert done.exit_code == 0, done.output
    assert "splash_title: Their Meadow  # on the site" in manifest_of(clone)
    assert "id: moss" in manifest_of(clone)


def test_a_merge_that_removes_the_manifest_has_to_be_agreed_to(clone: Path) -> None:
    done = merged(clone, "4", "--write")
    assert done.exit_code == 1
    assert "--choose collection.yaml=ours|theirs" in done.stdout
    done = merged(clone, "4", "--choose", "collection.yaml=theirs", "--write")
    assert done.exit_code == 1 and "The manifest is gone." in done.stdout
    assert (clone / "collection.yaml").exists()


def test_what_stands_in_the_way_of_a_merge_is_said(clone: Path) -> None:
    write(clone, "collection.yaml", MANIFEST)
    done = merged(clone, "5", "--write")
    assert done.exit_code == 3 and "collection.yaml" in done.stderr
    assert (clone / "collection.yaml").read_text() == MANIFEST
    git("switch", "--quiet", "--discard-changes", "-c", "side", cwd=clone)
    done = merged(clone, "5")
    assert done.exit_code == 3
    assert "Contributions are merged into main, and side is checked out." in done.stderr


def test_a_choice_that_cannot_be_read_is_a_usage_error(clone: Path) -> None:
    done = merged(clone, "6", "--choose", "config.splash_title=mine", "--offline")
    assert done.exit_code == 2 and "is not KEY=ours or KEY=theirs" in done.stderr


def test_a_choice_of_no_conflict_is_a_usage_error(clone: Path) -> None:
    done = merged(clone, "6", "--choose", "config.splash_titel=theirs", "--write")
    assert done.exit_code == 2 and "no conflict with the key 'config.splash_titel'" in done.stderr
    assert git("rev-parse", "HEAD", cwd=clone) == git("rev-parse", "origin/main", cwd=clone)


def test_fixes_follow_a_merge_as_a_commit_of_their_own(clone: Path) -> None:
    done = merged(clone, "5", "--with-fixes", "--write")
    assert done.exit_code == 0, done.output
    assert "Fix fern\n- " in done.stdout and "+    format_version: 0.3." in done.stdout
    subjects = git("log", "--first-parent", "-2", "--format=%s", cwd=clone).splitlines()
    assert subjects == ["Fix fern", "Merge pull request #5"]
    assert manifest_of(clone).count("format_version: 0.2.2") == MANIFEST.count("format_version: 0.2.2") + 1


def test_what_others_pushed_is_listed_when_asked_for_and_reviewed_by_its_commit(
    made: Path, tmp_path: Path
) -> None:
    bare = Path(shutil.copytree(made, tmp_path / "copy.git"))
    clone = make_clone(bare, tmp_path / "mine")
    assert run("contributions", clone, "--state", "arrived").stdout == "Nothing arrived that was not seen.\n"
    assert "pull" not in git("for-each-ref", "--format=%(refname)", cwd=clone), "they are not asked for"
    pushed = push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    git("config", "user.email", "me@example.org", cwd=clone)
    done = run("contributions", clone, "--state", "arrived", "--format", "json")
    (one,) = json.loads(done.stdout)["contributions"]
    assert (one["state"], one["kind"], one["head"], one["author"]) == ("arrived", "commit", pushed, "Ada")
    assert f"{pushed[:7]}  arrived" in run("contributions", clone, "--state", "arrived", "--offline").stdout
    found = reviewed(clone, pushed[:10])
    assert found["state"] == "arrived" and found["base"] == git("rev-parse", f"{pushed}^", cwd=bare)
    assert [(entry["id"], entry["change"]) for entry in found["entries"]] == [("moss", "removed")]


def test_a_commit_without_a_message_is_listed_and_merged_under_a_name(clone: Path) -> None:
    git("switch", "--quiet", "-c", "silent", "origin/main", cwd=clone)
    write(clone, "NEWS.md", "New\n")
    git("add", "NEWS.md", cwd=clone)
    git("commit", "--quiet", "--allow-empty-message", "--message", "", cwd=clone)
    git("push", "--quiet", "origin", "HEAD:refs/heads/silent", cwd=clone)
    listed = run("contributions", clone).stdout.splitlines()
    assert next(line for line in listed if line.startswith("silent")).endswith("(no message)")
    git("switch", "--quiet", "main", cwd=clone)
    git("reset", "--quiet", "--hard", "origin/main", cwd=clone)
    assert run("merge", clone, "silent", "--write").exit_code == 0
    assert git("log", "-1", "--format=%B", cwd=clone).split() == ["Merge", "branch", "'silent'", "silent"]
    assert run("review", clone, "3", "--offline").stderr.splitlines()[-1:] == [
        "Checked for merging onto main with 2 unpushed commits."
    ]
