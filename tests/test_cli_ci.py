"""`ci`: the workflow that it writes does its job, its steps run by a shell in a fresh clone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from partner_tui.central.workflows import FILE, plan_workflows
from partner_tui.cli import cli
from tests.small_partner import MANIFEST, git, make_repository

NAME = "collection.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["ci", *map(str, arguments)], prog_name="partner-tui")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a remote that has a pull request, numbered 7."""
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST})
    git(seed, "switch", "--quiet", "--create", "theirs")
    (seed / NAME).write_text(MANIFEST.replace("splash_title: ", "splash_title: Their "))
    git(seed, "commit", "--quiet", "--all", "--message", "Their title")
    git(seed, "update-ref", "refs/pull/7/head", "theirs")
    git(seed, "switch", "--quiet", "main")
    git(tmp_path, "clone", "--quiet", "--single-branch", seed.as_uri(), "clone")
    return tmp_path / "clone"


def test_the_workflow_is_one_step_and_written_once(clone: Path) -> None:
    tried = run(clone, "--dry-run")
    assert (tried.exit_code, (clone / FILE).exists()) == (0, False)
    done = run(clone)
    assert done.exit_code == 0
    assert (clone / FILE).read_text() == plan_workflows({}, NAME, "main").files[FILE]
    assert "+++ b/.github/workflows/partner-tui.yml" in done.stdout
    again = run(clone)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "up to date" in again.stderr


def test_a_dead_job_is_told_as_replaced(clone: Path) -> None:
    path = clone / ".github/workflows/ci.yml"
    path.parent.mkdir(parents=True)
    path.write_text("jobs:\n  old:\n    steps:\n    - run: bioimageio validate-partner-collection a.yaml\n")
    outside = clone.parent / "outside.yml"
    outside.write_bytes(path.read_bytes())
    (path.parent / "link.yml").symlink_to(outside)
    done = run(clone)
    assert done.exit_code == 0
    assert "Replaced the job old of .github/workflows/ci.yml" in done.stderr
    assert "validate-partner-collection" not in path.read_text()
    assert "validate-partner-collection" in outside.read_text()


def test_outside_of_a_repository_it_says_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / NAME).write_text(MANIFEST)
    done = run(tmp_path / NAME)
    assert done.exit_code == 2
    assert "is not in a git repository" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("shards", [1, 2])
def test_the_steps_check_and_review_in_a_fresh_clone(clone: Path, tmp_path: Path, shards: int) -> None:
    summary = tmp_path / "summary.md"
    programs = str(Path(sys.executable).parent)
    settings = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(tmp_path / "runner"),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PIP_NO_INDEX": "1",  # the version that is pinned is there already
    }
    jobs = yaml.safe_load(plan_workflows({}, NAME, "main", shards).files[FILE])["jobs"]
    if shards > 1:  # the review is that of one shard, and tried there
        assert (
            jobs.pop("review")
            == yaml.safe_load(plan_workflows({}, NAME, "main").files[FILE])["jobs"]["review"]
        )
    values = {
        "${{ matrix.shard }}": "",
        "${{ github.event.pull_request.number }}": "7",
        "${{ vars.PARTNER_TUI }}": "partner-tui==0.1.0",
    }
    for key in ("check-shard", "check", "review"):
        for number in range(1, shards + 1 if key == "check-shard" else 2):
            values["${{ matrix.shard }}"] = str(number)
            for step in jobs.get(key, {"steps": []})["steps"]:
                if "run" not in step:
                    continue
                own = {name: values[value] for name, value in step.get("env", {}).items()}
                done = subprocess.run(
                    ["bash", "-e", "-c", step["run"]],
                    cwd=clone,
                    env=settings | own,
                    capture_output=True,
                    text=True,
                    timeout=100,
                    check=False,
                )
                assert done.returncode in ((0, 1) if "partner-tui" in step["run"] else (0,)), done.stderr
    if shards == 1:
        assert "It changes config" in (clone / "review.md").read_text()
        assert summary.read_text() == (clone / "review.md").read_text()
    else:
        assert json.loads((clone / "report-2.json").read_text())["shard"] == {"number": 2, "of": 2}
