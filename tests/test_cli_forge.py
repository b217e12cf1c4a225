"""`contributions --forge` against a server in the place of GitHub's API: asked only then, and shown offline from what was kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from partner_tui.cli import cli
from partner_tui.settings import Directories
from tests.contributed import make_contributed
from tests.forge.api_server import Answer, ApiServer, pull
from tests.real_git import git, make_clone
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.repository.http_remote import HttpRemote

pytest.importorskip("github")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiServer]:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    monkeypatch.delenv("GH_HOST", raising=False)
    with ApiServer() as server:
        yield server


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: ApiServer) -> Iterator[Path]:
    """One whose remote has the address of the server, which sends git on to the repository."""
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    file = Directories.of_user().settings_file
    file.parent.mkdir(parents=True)
    file.write_text(f"github_api: {api.url}\n")
    bare = make_contributed(tmp_path)
    made = make_clone(bare, tmp_path / "clone")
    git("remote", "set-url", "origin", f"{api.url}/o/r.git", cwd=made)
    with HttpRemote(bare.parent) as remote:
        there = f"{remote.url(bare.name)}/info/refs?service=git-upload-pack"
        api.answers["GET /o/r.git/info/refs"] = Answer(302, headers={"Location": there})
        yield made


def listed(*arguments: str | Path) -> tuple[dict[str, Any], str]:
    """The contributions by number, and standard error."""
    done = CliRunner().invoke(
        cli, ["contributions", *map(str, arguments), "--format", "json"], prog_name="partner-tui"
    )
    assert done.exit_code == 0, done.stderr + done.stdout
    return {one["name"]: one for one in json.loads(done.stdout)["contributions"]}, done.stderr


def asked_api(api: ApiServer) -> list[str]:
    return [one.path.partition("?")[0] for one in api.asked if one.path.startswith("/repos")]


def test_the_forge_says_which_are_open_when_it_is_asked(clone: Path, api: ApiServer) -> None:
    api.answers["GET /repos/o/r/pulls"] = Answer(
        body=[pull(7, title="Ivy, an orphan", draft=True), pull(3, state="closed"), pull(1, state="closed")]
    )
    known, _ = listed(clone)
    assert asked_api(api) == []
    assert known["7"]["state"] == "unknown"
    known, told = listed(clone, "--forge", "--state", "all")
    assert {name: known[name]["state"] for name in ("7", "3", "2", "1")} == {
        "7": "open",
        "3": "closed",
        "2": "probably-open",
        "1": "merged",
    }
    assert (known["7"]["title"], known["7"]["author"]) == ("Ivy, an orphan", "ada")
    assert known["7"]["why"] == "the forge reports it, as a draft"
    assert {one.token for one in api.asked if one.path.startswith("/repos")} == {"token right"}
    assert {one.token for one in api.asked if not one.path.startswith("/repos")} == {""}
    assert "Shown as" not in told
    known, _ = listed(clone, "--forge")
    assert {"3", "1"}.isdisjoint(known) and {"7", "2"} <= known.keys()


def test_what_it_said_last_is_shown_offline_and_when_it_fails(clone: Path, api: ApiServer) -> None:
    api.answers["GET /repos/o/r/pulls"] = Answer(body=[pull(7)])
    listed(clone, "--forge")
    count = len(asked_api(api))
    known, told = listed(clone, "--forge", "--offline")
    assert (known["7"]["state"], len(asked_api(api))) == ("open", count)
    assert "Shown as localhost said" in told
    api.answers["GET /repos/o/r/pulls"] = Answer(502)
    known, told = listed(clone, "--forge")
    assert known["7"]["state"] == "open"
    assert "HTTP 502" in told


def test_a_remote_without_an_api_is_said(clone: Path, api: ApiServer) -> None:
    Directories.of_user().settings_file.write_text("")
    done = CliRunner().invoke(cli, ["contributions", str(clone), "--forge", "--offline"])
    assert done.exit_code == 2
    assert "github_api" in done.stderr
    assert asked_api(api) == []
