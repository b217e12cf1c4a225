"""`history` prints each commit that changed an entry, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.real_git import write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.workspace.entries.versions import FERN, HEAD, MOSS, NAME, begin, commit


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = begin(tmp_path / "clone")
    commit(root, "Begin", {NAME: HEAD + FERN})
    commit(root, "Add moss", {NAME: HEAD + MOSS + FERN})
    commit(root, "Add \x1b[31mred", {NAME: HEAD + MOSS.replace("MIT", "GPL-3.0") + FERN})
    commit(root, "Remove fern", {NAME: HEAD.replace("Meadow", "The Meadow") + MOSS.replace("MIT", "GPL-3.0")})
    return root


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["history", *map(str, arguments)], prog_name="partner-tui")


def test_text_has_who_when_what_and_no_escapes(clone: Path) -> None:
    done = run(clone, "moss")
    assert done.exit_code == 0, done.stderr
    first, act, field, *_ = done.stdout.splitlines()
    assert "Ada" in first and "Add ␛[31mred" in first and "\x1b" not in done.stdout
    assert (act.strip(), field.strip()) == ("changed", "~ license: MIT → GPL-3.0")
    assert done.stdout.rstrip().endswith("added")


def test_json_has_the_values(clone: Path) -> None:
    write(clone, NAME, HEAD + MOSS)
    found = json.loads(run(clone, "moss", "--format", "json").stdout)
    assert (found["schema"], found["id"], found["complete"]) == (1, "moss", True)
    here, changed, added = found["versions"]
    assert here["commit"] is None and here["fields"][0]["after"] == "MIT"
    assert changed["fields"] == [{"path": ["license"], "before": "MIT", "after": "GPL-3.0"}]
    assert changed["author"] == {"name": "Ada", "email": "ada@example.org"}
    assert added["change"] == "added" and added["subject"] == "Add moss"


def test_an_entry_that_is_gone_and_the_splash_have_a_history(clone: Path) -> None:
    gone = json.loads(run(clone, "fern", "--format", "json").stdout)["versions"]
    assert [(one["subject"], one["change"]) for one in gone] == [
        ("Remove fern", "removed"),
        ("Begin", "added"),
    ]
    assert "splash_title: Meadow → The Meadow" in run(clone, "--splash").stdout


@pytest.mark.parametrize("arguments", [(), ("moss", "--splash"), ("no-such-entry",)])
def test_what_is_asked_for_has_to_be_there(clone: Path, arguments: tuple[str, ...]) -> None:
    done = run(clone, *arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
