"""A push to its end, without a terminal: what is asked, and what becomes of each answer, against a real remote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import Cancelled, PushRejected
from partner_tui.repository.branches.branch_names import BranchTaken
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.repository.git import Watch
from partner_tui.repository.remotes.push import Pushed
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.push_questions import Caller
from partner_tui.workspace.changes.push_workflow import (
    NothingLeft,
    NotPushed,
    PushWorkflow,
    push_unattended,
    to_its_end,
)
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git, make_clone, push_from_elsewhere
from tests.small_partner import MANIFEST, make_repository

NAME = "collection.yaml"
OURS = MANIFEST.replace("Petal nuclei", "Petals")
THEIRS = MANIFEST.replace("Leaf veins", "Veins")
CLASHING = MANIFEST.replace("Petal nuclei", "Buds")


class Scripted(Caller):
    """Gives the answers it was given, in their order, and remembers what was asked."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []
        self.about: list[tuple[object, ...]] = []
        self.did: list[str] = []

    async def run(self, title: str, function: Callable[[Watch], Any], **how: bool) -> Any:
        self.did.append(title)
        return function({})

    def manifest_changed(self) -> None:
        self.did.append("manifest changed")

    async def checked(self) -> None:
        self.did.append("checked")

    async def _answer(self, asked: str, *about: object) -> Any:
        self.asked.append(asked)
        self.about.append(about)
        return self._answers.pop(0)

    async def pull_first(self, *about: object) -> Any:
        return await self._answer("pull first", *about)

    async def push_again(self, *about: object) -> Any:
        return await self._answer("push again", *about)

    async def choose_sides(self, *about: Any) -> Any:
        return await self._answer("choose sides", *about)

    async def branch_name(self, *about: object, **more: object) -> Any:
        return await self._answer("branch name", *about)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST, "README.md": "a\n"})
    git("clone", "--quiet", "--bare", str(seed), str(tmp_path / "remote.git"), cwd=tmp_path)
    return tmp_path / "remote.git"


@pytest.fixture
def workspace(remote: Path) -> Workspace:
    """A clone with a commit that is not pushed."""
    clone = make_clone(remote, remote.parent / "clone")
    for key, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        git("config", key, value, cwd=clone)
    workspace = Workspace(clone, NAME, FolderFiles(clone), Checker(), remote.parent / "state")
    workspace.open_repository()
    workspace.save("edit", {NAME: OURS.encode()})
    committing.commit(workspace, "Name the petals", None, False)
    return workspace


def tips(remote: Path) -> str:
    return git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", cwd=remote)


def test_a_push_that_nothing_stands_against_asks_nothing(workspace: Workspace, remote: Path) -> None:
    caller = Scripted()
    assert isinstance(to_its_end(PushWorkflow(workspace, caller).push()), Pushed)
    assert not caller.asked and "Petals" in git("show", f"main:{NAME}", cwd=remote)


def test_a_race_is_pulled_checked_asked_about_and_pushed(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, THEIRS)
    caller = Scripted(True, True)
    assert isinstance(to_its_end(PushWorkflow(workspace, caller).push()), Pushed)
    assert caller.asked == ["pull first", "push again"]
    assert caller.did.index("manifest changed") < caller.did.index("checked") < len(caller.did) - 1
    pushed = git("show", f"main:{NAME}", cwd=remote)
    assert "Petals" in pushed and "Veins" in pushed


@pytest.mark.parametrize(
    ("theirs", "answers", "ending"),
    [(THEIRS, (True, False), NotPushed.REBASED), (CLASHING, (True, None), NotPushed.CONFLICTS)],
)
def test_a_no_sends_nothing_and_loses_nothing(
    workspace: Workspace, remote: Path, theirs: str, answers: tuple[object, ...], ending: NotPushed
) -> None:
    push_from_elsewhere(remote, NAME, theirs)
    before = tips(remote)
    assert to_its_end(PushWorkflow(workspace, Scripted(*answers)).push()) is ending
    assert tips(remote) == before and "Petals" in (workspace.folder / NAME).read_text()


def test_the_sides_of_conflicts_are_asked_for_and_kept(workspace: Workspace, remote: Path) -> None:
    push_from_elsewhere(remote, NAME, CLASHING)

    class Choosing(Scripted):
        async def choose_sides(self, conflicts: Any, arrived: object) -> Any:
            return {conflict.key: "ours" for conflict in conflicts}

    assert isinstance(to_its_end(PushWorkflow(workspace, Choosing(True, True)).push()), Pushed)
    assert "Petals" in git("show", f"main:{NAME}", cwd=remote)


@pytest.mark.parametrize("theirs", [CLASHING, OURS])
def test_where_no_commit_is_left_to_push_nobody_is_asked_to_push_again(
    workspace: Workspace, remote: Path, theirs: str
) -> None:
    """The remote's value was chosen, or it has the same change."""
    push_from_elsewhere(remote, NAME, theirs)
    before = tips(remote)

    class Yielding(Scripted):
        async def choose_sides(self, conflicts: Any, arrived: object) -> Any:
            return {conflict.key: "theirs" for conflict in conflicts}

    caller = Yielding(True)
    ending = to_its_end(PushWorkflow(workspace, caller).push())
    assert isinstance(ending, NothingLeft)
    assert ending.integration.left_out == ("Name the petals",) and len(ending.integration.arrived) == 1
    assert caller.asked == ["pull first"] and tips(remote) == before
    assert git("rev-parse", "HEAD", cwd=workspace.folder) == git("rev-parse", "main", cwd=remote)


def test_who_cancels_the_name_of_a_branch_that_is_taken_pushes_nowhere(
    workspace: Workspace, remote: Path
) -> None:
    """Not to the branch that is followed either: a new one was meant."""
    git("branch", "mine", "main", cwd=remote)
    before, caller = tips(remote), Scripted("mine", None)
    with pytest.raises(Cancelled, match="Nothing was pushed"):
        to_its_end(PushWorkflow(workspace, caller).push_to_new_branch())
    assert tips(remote) == before
    (_, proposed, no_error), (_, _, error) = caller.about
    assert proposed == "partner-tui/name-the-petals" and no_error is None
    assert isinstance(error, BranchTaken)


def test_where_nobody_can_be_asked_what_the_app_would_ask_is_raised(
    workspace: Workspace, remote: Path
) -> None:
    push_from_elsewhere(remote, NAME, THEIRS)
    before, head = tips(remote), git("rev-parse", "HEAD", cwd=workspace.folder)
    with pytest.raises(PushRejected):
        push_unattended(workspace)
    assert tips(remote) == before and git("rev-parse", "HEAD", cwd=workspace.folder) == head
    assert push_unattended(workspace, "tried", dry_run=True).new and tips(remote) == before
    assert push_unattended(workspace, "mine").new
    assert "Petals" in git("show", f"mine:{NAME}", cwd=remote)
