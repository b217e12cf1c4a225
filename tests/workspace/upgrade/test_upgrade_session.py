"""The upgrade of a workspace: answers are kept, a plan is one step, and what lies elsewhere is fetched when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.status import Status
from partner_tui.errors import FileChangedOutside, PartnerTuiError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.upgrade.question import SKIPPED, Answers
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace

ADDRESS = "https://example.org/petals/rdf.yaml"
MANIFEST = f"""\
config: {{id: meadow}}
collection:
  - id: Petals
    type: dataset
    rdf_source: {ADDRESS}
  - id: leaves
    type: dataset
    format_version: 0.2.2
    name: Leaf veins
    description: Veins of leaves
    authors: [{{name: A. Botanist}}]
    cite: [{{text: On leaves, url: https://example.org/leaves}}]
    documentation: https://example.org/leaves
"""
REMOTE = """\
type: dataset
format_version: 0.2.2
name: Petal nuclei
description: Nuclei of petals
authors: [{name: A. Botanist}]
cite: [{text: On petals, doi: 'https://doi.org/10.1000/petals'}]
documentation: README.md
"""


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as checker:
        yield checker


@pytest.fixture
def workspace(tmp_path: Path, checker: Checker) -> Workspace:
    folder = tmp_path / "meadow"
    folder.mkdir()
    (folder / "collection.yaml").write_text(MANIFEST)
    return Workspace(folder, "collection.yaml", FolderFiles(folder), checker, tmp_path / "state")


def test_a_plan_is_written_as_one_step_with_the_files_it_creates(workspace: Workspace) -> None:
    upgrading = UpgradeSession(workspace)
    upgrading.take(Answers(defaults=True))
    plan = upgrading.plan([1])
    assert [file.path for file in plan.files]
    step = upgrading.apply(plan)
    assert step is not None
    assert {change.path for change in step.files} == {"collection.yaml", *(file.path for file in plan.files)}
    assert all((workspace.folder / file.path).is_file() for file in plan.files)
    workspace.undo()
    assert (workspace.folder / "collection.yaml").read_text() == MANIFEST
    assert not any((workspace.folder / file.path).exists() for file in plan.files)


def test_a_file_that_came_meanwhile_is_never_overwritten(workspace: Workspace) -> None:
    upgrading = UpgradeSession(workspace)
    plan = upgrading.plan([1])
    made = workspace.folder / plan.files[0].path
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("mine")
    with pytest.raises(PartnerTuiError, match="already exists"):
        upgrading.apply(plan)
    made.unlink()
    (workspace.folder / "collection.yaml").write_text(MANIFEST + "# more\n")
    with pytest.raises(FileChangedOutside):
        upgrading.apply(plan)


def test_what_lies_elsewhere_is_named_and_fetched_only_when_asked_for(workspace: Workspace) -> None:
    upgrading = UpgradeSession(workspace)
    assert upgrading.plan([0]).entries[0].after is Status.UNRESOLVED
    assert upgrading.remote_sources() == {ADDRESS: ("Petals",)}
    asked: list[str] = []

    def fetch(address: str) -> str:
        asked.append(address)
        return REMOTE

    workspace.fetch_source(ADDRESS, fetch)
    upgrading.take(Answers(defaults=True))
    plan = upgrading.plan([0])
    assert asked == [ADDRESS]
    assert upgrading.remote_sources() == {}
    assert plan.entries[0].after is Status.LATEST, plan.entries[0].reason
    assert set(plan.documents) == {"collection.yaml"}
    entry = plan.documents["collection.yaml"].data["collection"][0]
    assert entry["rdf_source"] == ADDRESS
    assert entry["cite"] == [{"text": "On petals", "doi": "10.1000/petals"}]


def test_answers_are_kept_and_what_was_put_off_is_asked_again(workspace: Workspace) -> None:
    first = UpgradeSession(workspace)
    first.take(Answers({"a": 1, "b": SKIPPED}, {"k": [1, {"x": None}]}))
    first.keep()
    again = UpgradeSession(workspace).answers
    assert dict(again.questions) == {"a": 1}
    assert dict(again.kinds) == {"k": [1, {"x": None}]}
