"""`impact`: what a release of the spec library means for the entries of a manifest."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.workspace.central.meadow_history import HEAD, IVY, LATEST
from tests.workspace.central.wheels import make_wheel

OLD = "- {id: moss, type: dataset, name: Moss, description: Moss, format_version: 0.2.2}\n"


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "collection.yaml"
    path.write_text(HEAD + LATEST + OLD + IVY)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["impact", *map(str, arguments)], prog_name="partner-tui")


def test_new_findings_are_told_with_what_the_upgrade_would_leave_and_ask(
    manifest: Path, tmp_path: Path
) -> None:
    with manifest.open("a") as file:
        file.write("- {id: sedge, type: 'work<flow>', name: Sedge, description: Sedge}\n")
    before = manifest.read_bytes()
    done = run(manifest, "--against", make_wheel(tmp_path), "--format", "json")
    assert done.exit_code == 1
    shape = json.loads(done.stdout)
    assert (shape["against"], shape["by"], shape["entries"], shape["compared"]) == ("0.6.0.0", "schema", 4, 2)
    assert shape["left_out"] == {
        "no schema has the type work<flow> (use --full)": ["sedge"],
        "they or their RDF cannot be read here": ["ivy"],
    }
    (new,) = shape["new"]
    assert (new["format"], new["place"], new["message"]) == ("dataset 0.3", "maintainers", "is missing")
    assert new["entries"] == new["left_after_upgrade"] == ["fern", "moss"]
    assert new["asked"], "the upgrade of moss asks for a longer name"
    text = run(manifest, "--against", tmp_path / "bioimageio_spec-0.6.0.0-py3-none-any.whl")
    assert "New: 1 finding in 2 entries" in text.stdout
    told = re.sub(r"[*`]", "", text.stdout)
    assert "- maintainers is missing (dataset 0.3):\n  2 entries (fern, moss)\n" in told
    assert manifest.read_bytes() == before


@pytest.mark.slow
def test_the_full_rules_are_asked_in_an_environment_of_their_own(manifest: Path, tmp_path: Path) -> None:
    """In one that was made before, and has the release that is installed here."""
    kept = tmp_path / "home" / "cache" / "spec"
    (kept / "environment-0.6.0.0" / "bin").mkdir(parents=True)
    make_wheel(kept)
    (kept / "environment-0.6.0.0" / "ready").touch()
    python = kept / "environment-0.6.0.0" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)
    with manifest.open("a") as file:
        file.write("- {id: sedge, type: workflow, name: Sedge, description: Sedge}\n")
    asked = ("--against", "0.6.0.0", "--full", "--format", "json")
    refused = run(manifest, *asked)
    assert refused.exit_code == 1
    assert "into an environment of its own" in refused.stderr
    done = run(manifest, *asked, "--yes")
    shape = json.loads(done.stdout)
    assert (done.exit_code, shape["by"], shape["compared"], shape["new"], shape["resolved"]) == (
        0,
        "full",
        3,
        [],
        [],
    )
    python.write_text("#!/bin/sh\nexit 1\n")
    broken = run(manifest, *asked, "--yes")
    assert broken.exit_code == 1 and "checker" in json.loads(broken.stdout)["new"][0]["message"]


def test_nothing_is_downloaded_that_was_not_agreed_to(manifest: Path) -> None:
    done = run(manifest, "--against", "0.5.9.0")
    assert done.exit_code == 1
    assert "bioimageio.spec 0.5.9.0 is downloaded by pip from" in done.stderr
    assert "--yes" in done.stderr
    refused = run(manifest, "--against", "-r")
    assert refused.exit_code == 2 and "is not a version" in refused.stderr
