"""`impact`: what a release of the spec library means for the entries of a manifest."""

from __future__ import annotations

import json
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
    before = manifest.read_bytes()
    done = run(manifest, "--against", make_wheel(tmp_path), "--format", "json")
    assert done.exit_code == 1
    shape = json.loads(done.stdout)
    assert (shape["against"], shape["by"], shape["entries"], shape["compared"]) == ("0.6.0.0", "schema", 3, 2)
    (new,) = shape["new"]
    assert (new["format"], new["place"], new["message"]) == ("dataset 0.3", "maintainers", "is missing")
    assert new["entries"] == new["left_after_upgrade"] == ["fern", "moss"]
    assert new["asked"], "the upgrade of moss asks for a longer name"
    text = run(manifest, "--against", tmp_path / "bioimageio_spec-0.6.0.0-py3-none-any.whl")
    assert "New: 1 finding in 2 entries" in text.stdout
    assert "maintainers is missing (dataset 0.3): 2 entries (fern, moss)" in " ".join(text.stdout.split())
    assert manifest.read_bytes() == before


def test_nothing_is_downloaded_that_was_not_agreed_to(manifest: Path) -> None:
    done = run(manifest, "--against", "0.5.9.0")
    assert done.exit_code == 1
    assert "bioimageio.spec 0.5.9.0 is downloaded by pip from" in done.stderr
    assert "--yes" in done.stderr
    refused = run(manifest, "--against", "-r")
    assert refused.exit_code == 2 and "is not a version" in refused.stderr
