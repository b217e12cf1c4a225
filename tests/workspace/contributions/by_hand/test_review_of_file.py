"""`review SOURCE FILE`: a patch, an RDF or a package is reviewed without a branch, with the exit codes that a CI reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.real_git import git, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.sent_files import FILES, RDF, package
from tests.small_partner import MANIFEST
from tests.workspace.contributions.by_hand.conftest import Stand


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))


def review(clone: Path, file: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["review", str(clone), str(file), *more], prog_name="partner-tui")


def test_a_package_is_reviewed_as_an_added_entry_and_leaves_no_branch(
    clone: Path, tmp_path: Path, stand: Stand
) -> None:
    before = stand()
    done = review(clone, package(tmp_path / "ferns.zip", {**FILES, ".env": b"x"}), "--format", "json")
    found = json.loads(done.stdout)
    assert "Left out .env: hidden, or a name that not every system takes." in done.stderr.splitlines()
    assert (found["state"], found["merges"]) == ("file", "git")
    ((entry),) = found["entries"]
    assert (entry["id"], entry["change"]) == ("fern-fronds", "added")
    errors = [one for one in entry["new"] if one["severity"] == "error"]
    assert done.exit_code == (1 if errors else 0)
    assert stand() == before


def test_a_patch_that_does_nothing_to_the_manifest_brings_nothing_new(clone: Path, tmp_path: Path) -> None:
    write(clone, "notes.md", "words\n")
    git("add", "notes.md", cwd=clone)
    file = write(tmp_path, "notes.diff", git("diff", "--cached", cwd=clone) + "\n")
    git("reset", "--quiet", "--hard", cwd=clone)
    done = review(clone, file, "--format", "json")
    assert (done.exit_code, [one["path"] for one in json.loads(done.stdout)["files"]]) == (0, ["notes.md"])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04 cut", "x.zip"),
        (MANIFEST.encode(), "manifest.yaml"),
        (b"diff --git a/no b/no\n--- a/no\n+++ b/no\n@@ -1 +1 @@\n-a\n+b\n", "x.patch"),
        (b"\x00\x01", "x.bin"),
    ],
)
def test_what_cannot_be_read_is_three(clone: Path, tmp_path: Path, content: bytes, name: str) -> None:
    done = review(clone, write(tmp_path, name, content), "--format", "json")
    assert done.exit_code == 3, done.output
    assert "Traceback" not in done.output


def test_a_file_that_is_not_there_is_a_usage_error(clone: Path, tmp_path: Path) -> None:
    assert review(clone, tmp_path / "nothing.zip", "--offline").exit_code == 2


def test_an_rdf_whose_id_is_taken_gets_another_proposed(clone: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "rdf.yaml", RDF + "id: leaf-veins\n")
    found = json.loads(review(clone, file, "--format", "json").stdout)
    assert [one["id"] for one in found["entries"]] == ["leaf-veins-2"]


@pytest.mark.slow
def test_a_folder_with_an_rdf_is_reviewed_as_the_rdf_is_unless_a_branch_has_its_name(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rdf = write(tmp_path / "ferns", "rdf.yaml", RDF)
    as_rdf, as_folder = (
        json.loads(review(clone, file, "--format", "json").stdout) for file in (rdf, rdf.parent)
    )
    assert as_folder["state"] == "file" and as_folder["entries"] == as_rdf["entries"] != []
    git("switch", "--quiet", "-c", "ferns", cwd=clone)
    git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", "", cwd=clone)
    git("switch", "--quiet", "main", cwd=clone)
    monkeypatch.chdir(tmp_path)
    assert review(clone, Path("ferns")).stdout.startswith("ferns  (no message)\n")
    (tmp_path / "empty").mkdir()
    refused = review(clone, tmp_path / "empty")
    assert refused.exit_code == 3 and "has no RDF" in refused.output
