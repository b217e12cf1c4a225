"""kill -9 at every change of the file system: after the next start a step is there as a whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from partner_tui.cli.main import cli
from partner_tui.compliance.checker import Checker
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.upgrade.question import Answers
from partner_tui.workspace.changes import committing
from partner_tui.workspace.opening.opening import state_folder
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import make_repository
from tests.workspace.killing import kill_everywhere, killed_at

NAME = "collection.yaml"
RDF = """\
type: dataset
format_version: 0.2.2
name: Petal nuclei
description: Nuclei of petals
authors: [{name: A. Botanist}]
cite: [{text: On petals, doi: 'https://doi.org/10.1000/petals'}]
tags: petals
"""
MANIFEST = """\
config: {id: meadow}
collection:
  - id: Petals
    type: dataset
    rdf_source: petals/rdf.yaml
  - id: leaves
    type: dataset
    format_version: 0.2.2
    name: Leaf veins
    description: Veins of leaves
    authors: [{name: A. Botanist}]
    cite: [{text: On leaves, url: https://example.org/leaves}]
"""
FOUR_FILES = {
    NAME: MANIFEST.replace("meadow", "garden").encode(),
    "petals/rdf.yaml": RDF.replace("Petal", "Flower").encode(),
    "new/deep/notes.md": b"new\n",
    "old.md": None,
}
Files = dict[str, bytes | None]


class Clone:
    """A repository that is made anew for each kill, and what is in it before and after the act that is killed."""

    def __init__(self, folder: Path, checker: Checker) -> None:
        self.folder = folder / "meadow"
        self.state = folder / "state"
        self._checker = checker
        self._template = make_repository(
            folder / "template", {NAME: MANIFEST, "petals/rdf.yaml": RDF, "old.md": "old\n"}
        )
        (self._template / "empty").mkdir()

    def renew(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copytree(self._template, self.folder)

    def open(self) -> Workspace:
        workspace = Workspace(self.folder, NAME, FolderFiles(self.folder), self._checker, self.state)
        workspace.repository = Repository.open(self.folder)
        return workspace

    def files(self) -> Files:
        """All files with their contents, and all folders as None; git's own left out."""
        found = (path for path in self.folder.rglob("*") if ".git" not in path.parts)
        return {
            path.relative_to(self.folder).as_posix(): None if path.is_dir() else path.read_bytes()
            for path in found
        }


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as checker:
        yield checker


@pytest.fixture
def clone(tmp_path: Path, checker: Checker) -> Clone:
    return Clone(tmp_path, checker)


def four_files(workspace: Workspace) -> Step | None:
    return workspace.save("four files", FOUR_FILES)


def one_file(workspace: Workspace) -> Step | None:
    return workspace.save("splash: id", {NAME: FOUR_FILES[NAME]})


def upgrade(workspace: Workspace) -> Step | None:
    upgrading = UpgradeSession(workspace)
    upgrading.take(Answers(defaults=True))
    return upgrading.apply(upgrading.plan())


def changed(workspace: Workspace) -> set[str]:
    return {file.path for file in committing.changed_files(workspace)}


@pytest.mark.slow
@pytest.mark.parametrize(("make", "fewest"), [(four_files, 15), (one_file, 8), (upgrade, 15)])
def test_a_killed_save_is_there_as_a_whole_or_not_at_all(
    clone: Clone, make: Callable[[Workspace], Step | None], fewest: int
) -> None:
    clone.renew()
    before = clone.files()
    workspace = clone.open()
    step = make(workspace)
    assert step is not None
    paths, after = changed(workspace), clone.files()
    ends: set[str] = set()

    def prepare() -> Callable[[], object]:
        clone.renew()
        workspace = clone.open()
        contents = {change.path: change.after for change in step.files}
        return lambda: workspace.save(step.title, contents)

    def check() -> None:
        workspace = clone.open()
        now, said = clone.files(), workspace.steps.recovered
        ends.add(said.rpartition("was ")[2])
        if workspace.steps.done:
            assert now == after and workspace.steps.done == (step,)
            assert changed(workspace) == paths and len(paths) == len(step.files)
            workspace.undo()
            assert clone.files() == before
            workspace.redo()
            assert clone.files() == after
        else:
            assert now == before and changed(workspace) == set()
            assert make(workspace) is not None and clone.files() == after
        if said:
            assert f"“{step.title}”" in said
        assert clone.open().steps.recovered == ""

    assert kill_everywhere(prepare, check) >= fewest
    assert {"", "rolled back.", "finished."} >= ends and "rolled back." in ends
    if len(step.files) > 1:
        assert "finished." in ends


@pytest.mark.slow
@pytest.mark.parametrize("again", [False, True], ids=["undo", "redo"])
def test_a_killed_undo_or_redo_is_done_as_a_whole_or_not_at_all(clone: Clone, again: bool) -> None:
    clone.renew()
    old = clone.files()
    four_files(clone.open())
    new = clone.files()

    def prepare() -> Callable[[], object]:
        clone.renew()
        workspace = clone.open()
        four_files(workspace)
        if again:
            workspace.undo()
        return workspace.redo if again else workspace.undo

    def check() -> None:
        workspace = clone.open()
        done = bool(workspace.steps.done)
        assert clone.files() == (new if done else old)
        assert bool(workspace.steps.undone) != done
        assert changed(workspace) == (set(FOUR_FILES) if done else set())
        if said := workspace.steps.recovered:
            assert ("the undo of “four files”" in said) != again
        workspace.undo() if done else workspace.redo()
        assert clone.files() == (old if done else new)

    assert kill_everywhere(prepare, check) >= 15


@pytest.mark.slow
def test_a_recovery_that_is_killed_is_recovered(clone: Clone) -> None:
    clone.renew()
    before = clone.files()
    four_files(clone.open())
    after = clone.files()
    kills = 0
    for first in range(6, 16, 2):

        def prepare(first: int = first) -> Callable[[], object]:
            clone.renew()
            workspace = clone.open()
            assert killed_at(first, lambda: four_files(workspace))
            return clone.open

        def check() -> None:
            workspace = clone.open()
            assert clone.files() == (after if workspace.steps.done else before)

        kills += kill_everywhere(prepare, check)
    assert kills >= 15


@pytest.mark.slow
@pytest.mark.parametrize("path", ["petals/rdf.yaml", "new/deep/notes.md", NAME])
def test_what_others_changed_after_a_kill_is_kept_and_named(clone: Clone, path: str) -> None:
    number, ends = 0, set()
    while True:
        clone.renew()
        workspace = clone.open()
        if not killed_at(number, lambda: four_files(workspace)):  # noqa: B023
            break
        number += 1
        if not (clone.state / "steps.next.json").exists():
            continue
        (clone.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (clone.folder / path).write_bytes(b"collection: []\n")
        workspace = clone.open()
        assert (clone.folder / path).read_bytes() == b"collection: []\n"
        assert f"Not touched, since other programs changed them: {path}." in workspace.steps.recovered
        ends.add("finished" in workspace.steps.recovered)
        others = {name: content for name, content in FOUR_FILES.items() if name != path}
        whole = [workspace.read(name) == content for name, content in others.items()]
        assert all(whole) or not any(whole), f"half a step after kill {number}"
        assert bool(workspace.steps.done) == all(whole)
        assert path in changed(workspace) or not workspace.steps.done
    assert False in ends


@pytest.mark.parametrize("end", ["rolled back", "finished"])
def test_a_command_after_a_kill_settles_it_and_says_so(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    clone.state = state_folder(clone.folder, Directories.of_user())

    def is_begun() -> bool:
        changed = (clone.folder / "petals" / "rdf.yaml").read_bytes() == FOUR_FILES["petals/rdf.yaml"]
        return (clone.state / "steps.next.json").exists() and changed == (end == "finished")

    for number in count():
        clone.renew()
        workspace = clone.open()
        assert killed_at(number, lambda: four_files(workspace))  # noqa: B023
        if is_begun():
            break
    said = CliRunner().invoke(cli, ["set", str(clone.folder), "splash_title", "A zoo"])
    assert said.exit_code == 0
    assert f"partner-tui was interrupted during “four files” (4 files). It was {end}." in said.stderr
    titles = [step.title for step in clone.open().steps.done]
    assert titles == ([] if end == "rolled back" else ["four files"]) + ["splash: splash_title"]
