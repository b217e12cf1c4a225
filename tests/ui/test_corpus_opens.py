"""Every real historic manifest, as the repository it comes from: it opens or says where it does not parse, nothing crashes,
and setting one splash field changes the lines of that field alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.settings import Directories, Settings
from partner_tui.splash.edits import CONFIG, config_edits
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.changes import committing
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.workspace import Workspace
from tests.corpus import manifests, needs_corpus
from tests.small_partner import git
from tests.ui.waiting import until

pytestmark = needs_corpus

NAME = "collection.bioimage.io.yaml"
FIELD = "splash_subtitle"
VALUE = "Set by a test: with a colon, 'quotes' and a # sign"
UNPARSABLE = 23


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


@pytest.fixture
def make_clone(tmp_path: Path) -> Callable[[Path], Path]:
    """Makes a clone with one manifest; git runs once for all of them."""
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "--quiet", "--initial-branch=main", "--template=", ".")
    git(empty, "config", "user.name", "A. Maintainer")
    git(empty, "config", "user.email", "a@example.org")

    def make(manifest: Path) -> Path:
        folder = tmp_path / manifest.stem
        shutil.copytree(empty, folder)
        shutil.copyfile(manifest, folder / NAME)
        return folder

    return make


def open_clone(folder: Path, directories: Directories) -> Workspace:
    return open_workspace(
        find_manifest(resolve_source(str(folder), directories), None, directories), directories
    )


def set_field(workspace: Workspace) -> None:
    """Set one field as the form does."""
    workspace.edit("splash: subtitle", config_edits(workspace.document, {FIELD: VALUE}))


def others(document: Document) -> list[str]:
    """The lines of a document, but for those of the field, and of a `config` that holds nothing else."""
    config = document.data.get("config") if isinstance(document.data, dict) else None
    lines = document.text.splitlines()
    if isinstance(config, dict) and FIELD in config:
        first, last = document.line_span(CONFIG if len(config) == 1 else (*CONFIG, FIELD))
    elif isinstance(document.data, dict) and "config" in document.data and not config:
        first, last = document.line_span(CONFIG)
    else:
        return lines
    return lines[: first - 1] + lines[last:]


@pytest.mark.slow
def test_each_opens_or_says_line_and_column(
    make_clone: Callable[[Path], Path], directories: Directories
) -> None:
    unparsable = 0
    for manifest in manifests():
        try:
            workspace = open_clone(make_clone(manifest), directories)
        except ManifestParseError as error:
            unparsable += 1
            lines = manifest.read_text("utf-8").splitlines()
            assert error.line and error.column and 1 <= error.line <= len(lines) + 1, manifest.name
            assert 1 <= len(error.context) <= 3 and error.hint, manifest.name
            assert error.line > len(lines) or lines[error.line - 1] in error.context, manifest.name
        else:
            workspace.checker.close()
    assert len(manifests()) < 235 or unparsable == UNPARSABLE


@pytest.mark.slow
def test_a_splash_field_that_is_set_changes_its_own_lines_alone(
    make_clone: Callable[[Path], Path], directories: Directories
) -> None:
    wrong = []
    for manifest in manifests():
        folder = make_clone(manifest)
        try:
            workspace = open_clone(folder, directories)
        except ManifestParseError:
            continue
        before = workspace.document
        set_field(workspace)
        after = Document.decode((folder / NAME).read_bytes(), NAME)
        meant: dict[str, Any] = {**before.data, "config": {**(before.data.get("config") or {}), FIELD: VALUE}}
        if after.data != meant or others(before) != others(after):
            wrong.append(manifest.name)
        workspace.checker.close()
    assert not wrong


@pytest.mark.slow
def test_its_commit_changes_those_lines_alone(
    make_clone: Callable[[Path], Path], directories: Directories
) -> None:
    for manifest in manifests()[::12]:
        folder = make_clone(manifest)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message=As it was")
        try:
            workspace = open_clone(folder, directories)
        except ManifestParseError:
            continue
        workspace.open_repository()
        before = workspace.document
        set_field(workspace)
        committing.commit(workspace, "Set the subtitle", None, sign_off=False)
        shown = git(folder, "show", "--unified=0", "--format=", "HEAD").splitlines()
        removed = [line[1:] for line in shown if line.startswith("-") and not line.startswith("---")]
        added = [line[1:] for line in shown if line.startswith("+") and not line.startswith("+++")]
        assert removed == field_lines(before) or not removed, manifest.name
        assert "Set by a test" in "".join(added), manifest.name
        assert len(added) <= max(2, len(removed)), manifest.name
        assert git(folder, "show", "--stat", "--format=", "HEAD").count("|") == 1
        assert git(folder, "status", "--porcelain") == ""
        workspace.checker.close()


def field_lines(document: Document) -> list[str]:
    first, last = document.line_span((*CONFIG, FIELD))
    return document.text.splitlines()[first - 1 : last]


# The app itself


KINDS: dict[str, Callable[[Manifest], bool]] = {
    "collection, duplicate-keys": lambda m: m.dialect == "collection" and bool(m.document.duplicates),
    "grouped, duplicate-ids": lambda m: (
        m.dialect == "grouped" and len({e.id for e in m.entries}) < len(m.entries)
    ),
    "mixed": lambda m: m.dialect == "mixed",
    "none, no-entries": lambda m: m.dialect == "none" and not m.entries,
}
"""Each dialect with an oddity that its manifests had."""

_MANY = "".join(f"  - {{id: e{n}, type: dataset, name: Set {n}}}\n" for n in range(61))
BY_HAND: dict[str, str] = {
    "null-config, attachments": "config:\nattachments:\n  datasets:\n    - {id: a, name: A}\n",
    "no-config, malformed-entries, many-entries": f"collection:\n  - only a text\n  -\n{_MANY}",
}
"""Kinds that no manifest of the corpus is of, two or three in one."""


@cache
def sample() -> Mapping[str, Path]:
    """A manifest of each kind; kinds that no manifest is of are left out."""
    found: dict[str, Path] = {}
    for path in manifests():
        try:
            manifest = read_manifest(Document.decode(path.read_bytes(), path.name))
        except ManifestParseError:
            found.setdefault("unparsable", path)
            continue
        for kind, fits in KINDS.items():
            if kind not in found and fits(manifest):
                found[kind] = path
                break
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *BY_HAND, "unparsable"])
async def test_the_app_walks_through_every_view_without_an_error(
    kind: str, make_clone: Callable[[Path], Path], directories: Directories, tmp_path: Path
) -> None:
    if kind in BY_HAND:
        path = tmp_path / "by-hand.yaml"
        path.write_text(BY_HAND[kind], "utf-8")
    elif kind in sample():
        path = sample()[kind]
    else:
        pytest.skip("no manifest of the corpus is of this kind")
    folder = make_clone(path)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=As it was")
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert isinstance(app.screen, WorkspaceScreen)
        if app.screen.workspace.broken:
            await pilot.press("ctrl+r", "2", "3", "4", "5", "1")
            assert app.screen.current_view.id == "broken"
        else:
            await walk(pilot)
    assert not app.return_code


async def walk(pilot: Pilot[None]) -> None:
    """The tabs of the last entry, the findings of the manifest, a filter, and the other views."""
    screen = pilot.app.screen
    await pilot.press("G", "enter", *["right"] * 4, "escape", "m", "escape")
    await pilot.press("slash", *"tag:", "enter", "escape")
    await pilot.press("3")
    await until(pilot, lambda: bool(screen.query("#form-body > *")))
    await pilot.press("down", "escape", "f3", "f3", "escape", "5", "w", "l", "escape", "1")
    await until(pilot, lambda: pilot.app.screen is screen)
