"""A restored version is an edit of what differs: all else stays byte for byte, what it would break is asked about, and it is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.comparison.tracing import Seen, see_splash
from partner_tui.compliance.checker import Checker
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.clone_files import RepositoryFiles
from partner_tui.workspace.entries.history import Version, history_of
from partner_tui.workspace.entries.restoring import Plugin, Restore, plan_restore, restored_plugin
from partner_tui.workspace.workspace import Workspace
from tests.real_git import write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.workspace.entries.versions import FERN, HEAD, NAME, begin, commit

pytestmark = pytest.mark.usefixtures("own_git_configuration")
MOSS = """\
  - id: moss  # looked after by Ada
    type: dataset
    name: Moss
    version: 1.20
    license: MIT
    tags: [2d,   3d]  # both
    authors:
      - {name: Ada}
      - name: "Grace"
"""
LATER = (
    MOSS.replace("MIT", "GPL-3.0")
    .replace("1.20", "2.0")
    .replace("      - {name: Ada}\n", "")
    .replace("name: Moss", "name: Mosses")
)


@pytest.fixture
def open_at(tmp_path: Path) -> Callable[[Path], Workspace]:
    checkers: list[Checker] = []

    def open_workspace(root: Path) -> Workspace:
        checker = Checker()
        checkers.append(checker)
        files = RepositoryFiles(root, lambda: None)
        return Workspace(root, NAME, files, checker, tmp_path / "state")

    return open_workspace


@pytest.fixture
def workspace(tmp_path: Path, open_at: Callable[[Path], Workspace]) -> Workspace:
    root = begin(tmp_path / "clone")
    commit(root, "Begin", {NAME: HEAD + MOSS + FERN})
    commit(root, "Change moss", {NAME: HEAD.replace("Meadow", "The Meadow") + FERN + LATER + "# end\n"})
    return open_at(root)


def versions(workspace: Workspace, id: str | None) -> list[Version]:
    manifest = workspace.manifest
    entry = next((one for one in manifest.entries if one.id == id), None)
    seen = Seen(manifest, entry) if entry else see_splash(manifest)
    return [one for group in history_of(workspace, seen).versions() for one in group]


def planned(
    workspace: Workspace, id: str | None, version: int, field: str | None = None, *, in_rdf: bool = False
) -> Restore:
    manifest = workspace.manifest
    entry = next((one for one in manifest.entries if one.id == id), None)
    seen = Seen(manifest, entry) if entry else see_splash(manifest)
    old = versions(workspace, id)[version].after
    return plan_restore(workspace, seen, old, field, in_rdf=in_rdf)


def test_all_of_it_is_as_it_was_written_and_undone(workspace: Workspace) -> None:
    before = workspace.content
    plan = planned(workspace, "moss", -1)
    assert not plan.doubts
    workspace.save("restore", plan.contents)
    titled = HEAD.replace("Meadow", "The Meadow")
    text = workspace.document.text
    assert text.startswith(titled + FERN) and text.endswith("# end\n")
    for line in ("version: 1.20", "tags: [2d,   3d]  # both", "license: MIT", '- name: "Grace"'):
        assert line in text
    assert dict(workspace.manifest.entries[1].own)["authors"] == [{"name": "Ada"}, {"name": "Grace"}]
    workspace.undo()
    assert workspace.content == before


def test_one_field_of_it_changes_its_lines_alone(workspace: Workspace) -> None:
    before = workspace.document.text
    workspace.save("restore", planned(workspace, "moss", -1, "license").contents)
    assert workspace.document.text == before.replace("GPL-3.0", "MIT")


def test_a_field_that_was_not_there_goes(workspace: Workspace) -> None:
    write(
        workspace.folder, NAME, HEAD + MOSS.replace("version: 1.20", "version: 1.20\n    icon: x.png") + FERN
    )
    workspace.load()
    workspace.save("restore", planned(workspace, "moss", -1, "icon").contents)
    assert workspace.document.text == HEAD + MOSS + FERN


def test_what_is_as_it_was_writes_nothing(workspace: Workspace) -> None:
    assert not planned(workspace, "moss", 0).contents
    assert not planned(workspace, None, 0).contents


def test_the_splash_is_restored_too(workspace: Workspace) -> None:
    workspace.save("restore", planned(workspace, None, -1).contents)
    assert workspace.document.text == HEAD + FERN + LATER + "# end\n"


def test_an_id_that_changes_is_asked_about(workspace: Workspace) -> None:
    commit(workspace.folder, "Rename", {NAME: HEAD + LATER.replace("id: moss", "id: mosses") + FERN})
    workspace.load()
    (doubt,) = planned(workspace, "mosses", -1).doubts
    assert "from mosses to moss" in doubt
    assert not planned(workspace, "mosses", -1, "license").doubts


def test_a_new_error_is_asked_about(workspace: Workspace) -> None:
    again = FERN.replace("id: fern", "id: moss")
    other = MOSS.replace("id: moss", "id: green")
    commit(workspace.folder, "Back", {NAME: HEAD + MOSS + FERN})
    commit(workspace.folder, "Rename", {NAME: HEAD + other + FERN})
    commit(workspace.folder, "Another takes its id", {NAME: HEAD + other + again})
    workspace.load()
    doubts = planned(workspace, "green", -1).doubts
    assert any("New error" in one and "moss" in one for one in doubts), doubts


def test_its_rdf_file_is_restored_with_it(tmp_path: Path, open_at: Callable[[Path], Workspace]) -> None:
    root = begin(tmp_path / "with-rdf")
    entry = "  - id: net\n    type: model\n    rdf_source: net/rdf.yaml\n"
    rdf = "# by hand\ntype: model\nname: Net  # short\nlicense: MIT\n"
    commit(root, "Begin", {NAME: HEAD + entry, "net/rdf.yaml": rdf})
    later = rdf.replace("MIT", "GPL-3.0").replace("name: Net ", "name: Nets")
    commit(root, "Edit", {"net/rdf.yaml": later, NAME: HEAD + entry + "    license: CC0-1.0\n"})
    workspace = open_at(root)
    alone = planned(workspace, "net", -1, "license", in_rdf=True).contents
    assert alone == {"net/rdf.yaml": later.replace("GPL-3.0", "MIT").encode()}
    assert planned(workspace, "net", -1, "license").contents == {NAME: (HEAD + entry).encode()}
    whole = planned(workspace, "net", -1).contents
    assert whole.keys() == {NAME, "net/rdf.yaml"}
    workspace.save("restore", whole)
    assert (root / NAME).read_text() == HEAD + entry
    assert (
        "name: Net" in (root / "net/rdf.yaml").read_text()
        and "# short" in (root / "net/rdf.yaml").read_text()
    )


def test_a_version_without_it_is_not_restored(workspace: Workspace) -> None:
    commit(workspace.folder, "Remove", {NAME: HEAD + FERN})
    commit(workspace.folder, "Again", {NAME: HEAD + FERN + MOSS})
    workspace.load()
    with pytest.raises(PartnerTuiError, match="nothing to restore"):
        planned(workspace, "moss", 1)


JSON = """{
  "name": "Net", "type": "web-worker",
  "labels": ["a", "b"],
  "author": "Ada"
}"""
YAML = "\nname: Net  # short\ntype: web-worker\nlabels: [a, b]\nauthor: Ada\n"


@pytest.mark.parametrize(("language", "block"), [("json", JSON), ("yaml", YAML)])
def test_a_plugin_gets_its_fields_back_and_keeps_its_code(
    tmp_path: Path, open_at: Callable[[Path], Workspace], language: str, block: str
) -> None:
    def plugin(config: str, code: str) -> str:
        return f'<config lang="{language}">{config}</config>\r\n<script>{code}</script>\n'

    root = begin(tmp_path / "with-plugin")
    entry = "  - id: app\n    type: application\n    source: apps/app.imjoy.html\n"
    commit(root, "Begin", {NAME: HEAD + entry, "apps/app.imjoy.html": plugin(block, "one()")})
    later = block.replace("Net", "Nets").replace("a, b", "c").replace('"a", "b"', '"c"').replace("Ada", "Bo")
    commit(root, "Edit", {"apps/app.imjoy.html": plugin(later, "two()")})
    workspace = open_at(root)
    before = (root / "apps/app.imjoy.html").read_bytes().decode()
    alone = planned(workspace, "app", -1, "tags", in_rdf=True).contents["apps/app.imjoy.html"].decode()
    assert "Nets" in alone and "Bo" in alone and ('"a", "b"' in alone or "a, b" in alone)
    whole = planned(workspace, "app", -1).contents
    assert whole.keys() == {"apps/app.imjoy.html"}
    made = whole["apps/app.imjoy.html"].decode()
    assert made.replace(" ", "") == before.replace(later, block).replace(" ", "")
    assert "two()" in made and "\r\n" in made
    workspace.save("restore", whole)
    assert planned(workspace, "app", -1).contents == {}


def test_the_block_of_a_plugin_may_have_tabs_and_one_that_is_gone_is_said(
    tmp_path: Path, open_at: Callable[[Path], Workspace]
) -> None:
    root = begin(tmp_path / "with-tabs")
    entry = "  - id: app\n    type: application\n    source: app.imjoy.html\n"
    block = '<config>{\n\t"name": "Net"\n}</config>'
    commit(root, "Begin", {NAME: HEAD + entry, "app.imjoy.html": block})
    commit(root, "Edit", {"app.imjoy.html": block.replace("Net", "Nets")})
    workspace = open_at(root)
    assert planned(workspace, "app", -1).contents["app.imjoy.html"].decode() == block
    now = Plugin("app.imjoy.html", b"<config>{</config>")
    with pytest.raises(PartnerTuiError, match="no readable <config>"):
        restored_plugin(now, block.encode(), None)
