"""What the app keeps is for its user alone; where nothing can be kept, everything can still be looked at."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partner_tui.private import private_file, private_folder
from partner_tui.settings import Directories, Recent, RecentRepositories
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.steps.lock import why_nothing_is_kept
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository


@pytest.fixture(autouse=True)
def lax_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def opened(root: Path) -> Workspace:
    directories = Directories.of_user()
    return open_workspace(
        find_manifest(resolve_source(str(root), directories), None, directories), directories
    )


def use_everything(root: Path) -> Workspace:
    """Keep one of each kind of thing."""
    workspace = opened(root)
    workspace.save("edit", {"collection.yaml": MANIFEST.replace("Petal nuclei", "Petals").encode()})
    workspace.drafts.keep("splash", {"config": {"id": "x"}})
    workspace.fetched.keep("https://example.org/rdf.yaml", "type: model\n")
    upgrading = UpgradeSession(workspace)
    upgrading.keep()
    RecentRepositories(Directories.of_user().state).remember(Recent(str(root), "Zoo"))
    return workspace


def laxer_than_private(home: Path) -> list[str]:
    return [
        f"{path.relative_to(home)} {stat.S_IMODE(path.lstat().st_mode):o}"
        for path in sorted(home.rglob("*"))
        if "clones" not in path.relative_to(home).parts[:2] or path.relative_to(home).parts[0] != "data"
        if path.lstat().st_mode & 0o077
    ]


def test_nobody_else_may_read_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("PARTNER_TUI_HOME", str(home))
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "remote.git")
    for arguments in (["check", str(root)], ["check", (tmp_path / "remote.git").as_uri()]):
        command = [sys.executable, "-m", "partner_tui", *arguments, "--fail-on", "never"]
        subprocess.run(command, check=True, capture_output=True, umask=0)
    use_everything(root).checker.close()
    kept = {path.name for path in home.rglob("*") if path.is_file() and "data" not in path.parts}
    assert {
        "steps.json",
        "draft-splash.json",
        "answers.json",
        "recent.json",
        "verdicts.sqlite",
        "lock",
    } <= kept
    assert laxer_than_private(home) == []
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(0o755)
    (folder / "log").write_text("")
    private_file(folder / "log")
    private_folder(folder)
    assert laxer_than_private(tmp_path) == []


def test_the_manifest_keeps_the_permissions_of_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    (root / "collection.yaml").chmod(0o664)
    use_everything(root).checker.close()
    assert stat.S_IMODE((root / "collection.yaml").stat().st_mode) == 0o664
    assert stat.S_IMODE(root.stat().st_mode) == 0o777


@pytest.mark.parametrize("blocked", ["home", "home/state", "home/state/clones", "home/cache"])
def test_where_nothing_can_be_kept_everything_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    """A file in the folder's place stops root too, whom permissions do not bind."""
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / blocked).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / blocked).write_text("")
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    workspace = opened(root)
    assert len(workspace.manifest.entries) == 2
    workspace.drafts.keep("splash", {})
    workspace.drafts.drop("splash")
    workspace.fetched.keep("https://example.org/rdf.yaml", "type: model\n")
    assert workspace.fetched.read("https://example.org/rdf.yaml") == "type: model\n"
    RecentRepositories(Directories.of_user().state).remember(Recent(str(root), "Zoo"))
    workspace.checker.close()
    assert bool(why_nothing_is_kept(workspace.state)) == (blocked != "home/cache")


def test_what_cannot_be_undone_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from partner_tui.errors import PartnerTuiError

    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "home").write_text("")
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    workspace = opened(root)
    with pytest.raises(PartnerTuiError, match="cannot be written") as caught:
        workspace.save("edit", {"collection.yaml": b"x: y\n"})
    assert "Undo, drafts and locks" in caught.value.hint
    assert (root / "collection.yaml").read_text() == MANIFEST
    workspace.checker.close()
