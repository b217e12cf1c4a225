"""`contributions` and `review` against a real remote with pull requests of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST

NEW = """\
  - id: moss
    type: dataset
    name: Moss growth
    description: Moss that grows
    format_version: 0.2.2
"""
RENAMED = MANIFEST.replace("id: leaf-veins", "id: veins")
TITLED = MANIFEST.replace("splash_title: Microscopy Meadow ", "splash_title: The Meadow ")


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
    """A remote with six pull requests as GitHub keeps them."""
    folder = tmp_path_factory.mktemp("contributions")
    bare = make_remote(folder)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    pulls: dict[int, dict[str, str | None]] = {
        1: {"collection.yaml": MANIFEST + NEW},
        2: {"collection.yaml": RENAMED},
        3: {".github/workflows/ci.yml": "on: pull_request_target\n"},
        4: {"collection.yaml": None},
        5: {"collection.yaml": MANIFEST + NEW.replace("moss", "fern").replace("Moss", "Fern")},
        6: {"collection.yaml": TITLED.replace("The Meadow", "Their Meadow")},
    }
    work = make_clone(bare, folder / "work")
    for number, files in pulls.items():
        git("switch", "--quiet", "--detach", "origin/main", cwd=work)
        for path, content in files.items():
            _put(work, path, content)
        git("push", "--quiet", "origin", f"HEAD:refs/pull/{number}/head", cwd=work)
    git("update-ref", "refs/pull/2/merge", "refs/pull/2/head", cwd=bare)
    git("switch", "--quiet", "main", cwd=work)
    git("fetch", "--quiet", "origin", "refs/pull/1/head", cwd=work)
    git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1 from a", "FETCH_HEAD", cwd=work)
    _put(work, "collection.yaml", TITLED + NEW)
    git("push", "--quiet", "origin", "main", cwd=work)
    return bare


def _put(work: Path, path: str, content: str | None) -> None:
    """Commit a file, or its removal."""
    if content is None:
        git("rm", "--quiet", path, cwd=work)
    else:
        write(work, path, content)
        git("add", path, cwd=work)
    git("commit", "--quiet", "-m", f"Change {path}", cwd=work)


@pytest.fixture
def clone(made: Path, tmp_path: Path) -> Path:
    return make_clone(made, tmp_path / "clone")


def test_contributions_are_listed_with_what_is_known_of_their_state(clone: Path) -> None:
    done = run("contributions", clone, "--state", "all", "--format", "json")
    assert done.exit_code == 0, done.stderr
    states = {one["name"]: one["state"] for one in json.loads(done.stdout)["contributions"]}
    unknown = dict.fromkeys(("6", "5", "4", "3"), "unknown")
    assert states == {**unknown, "2": "probably-open", "1": "merged"}
    assert list(states) == ["6", "5", "4", "3", "2", "1"]
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


def test_a_merged_one_is_compared_with_the_branch_before_it(clone: Path) -> None:
    found = reviewed(clone, "1")
    assert [(one["id"], one["change"]) for one in found["entries"]] == [("moss", "added")]
    assert found["state"] == "merged"


def test_markdown_can_be_posted_as_it_is(clone: Path) -> None:
    done = run("review", clone, "2", "--format", "markdown")
    assert done.stdout.startswith("## Review of `2`: ")
    assert "- renamed: `veins` (was `leaf-veins`): `id`" in done.stdout
    assert "**Basic information**" in done.stdout


def test_what_there_is_not_is_a_usage_error(clone: Path) -> None:
    done = run("review", clone, "99", "--offline")
    assert done.exit_code == 2
    assert "There is no pull request or branch '99'." in done.stderr


def test_a_folder_outside_of_a_repository_has_none(tmp_path: Path) -> None:
    (tmp_path / "collection.yaml").write_text(MANIFEST)
    done = run("contributions", tmp_path)
    assert done.exit_code == 2 and "is not in a git repository" in done.stderr
