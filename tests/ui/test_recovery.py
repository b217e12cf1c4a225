"""After a crash in the midst of a step the next start says in a line what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from partner_tui.settings import Directories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.opening.opening import state_folder
from partner_tui.workspace.steps.step import FileChange
from partner_tui.workspace.steps.steps import Steps
from tests.small_partner import MANIFEST
from tests.ui.waiting import until
from tests.workspace.killing import killed_at

EDITED = MANIFEST.replace("Petal nuclei", "Petals").encode()


async def test_a_step_that_was_interrupted_is_told_of_in_the_app_and_can_be_undone(
    make_app: Callable[..., PartnerApp], repository: Path, directories: Directories
) -> None:
    state = state_folder(repository, directories)
    manifest = repository / "collection.yaml"
    changes = (
        FileChange("docs/a.md", None, b"a"),
        FileChange("collection.yaml", manifest.read_bytes(), EDITED),
    )
    number = 0
    while not (repository / "docs" / "a.md").exists():
        assert killed_at(number, lambda: Steps(repository, state).run("two files", changes))
        number += 1
    assert manifest.read_bytes() != EDITED

    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        said = "partner-tui was interrupted during “two files” (2 files). It was finished."
        await until(pilot, lambda: said in [note.message for note in app._notifications])
        assert manifest.read_bytes() == EDITED
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_bytes() != EDITED and not (repository / "docs").exists())


async def test_what_a_command_in_a_shell_wrote_is_undone_in_the_app(
    make_app: Callable[..., PartnerApp], repository: Path, directories: Directories
) -> None:
    manifest = repository / "collection.yaml"
    before = manifest.read_bytes()
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        other = Steps(repository, state_folder(repository, directories))
        other.run("splash: splash_title", (FileChange("collection.yaml", before, EDITED),))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_bytes() == before)
        await until(
            pilot, lambda: any("Undone: splash: splash_title" in note.message for note in app._notifications)
        )
