"""`trend`: the statuses over a history as text, JSON and SVG."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.workspace.central.meadow_history import make_history


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["trend", *map(str, arguments)], prog_name="partner-tui")


def test_the_trend_is_printed_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    root = make_history(tmp_path / "meadow")
    text = run(root)
    assert text.exit_code == 0
    assert "█ 1 latest  ▒ 1 outdated  ╳ 0 invalid" in text.stdout
    assert "6 commits of main that changed the manifest" in text.stdout
    assert "  Ada: 1 became latest, 1 invalid" in text.stdout

    shape = json.loads(run(root, "--format", "json").stdout)
    assert list(shape) == ["schema", "branch", "complete", "bioimageio.spec", "authors", "commits"]
    assert (shape["branch"], shape["complete"]) == ("main", True)
    merge = shape["commits"][2]
    assert (merge["subject"], merge["became_latest"]) == ("Upgrade", ["fern"])
    assert merge["statuses"] == {"latest": 1, "outdated": 1, "invalid": 0, "unresolved": 0, "unchecked": 0}
    assert shape["commits"][3]["why"].startswith("collection.yaml, line 5")

    written = run(root, "--output", tmp_path / "trend.svg")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (tmp_path / "trend.svg").read_text().startswith("<svg")


def test_a_manifest_in_no_repository_has_no_trend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "collection.yaml").write_text("config: {id: meadow}\ncollection: []\n")
    done = run(tmp_path / "collection.yaml")
    assert done.exit_code == 2
    assert "is not in a git repository" in done.stderr
