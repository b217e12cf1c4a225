"""What writes is neither lost nor passed over, whoever asked for it and however fast the keys come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from textual.pilot import Pilot
from textual.screen import Screen

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.steps.step import Step
from tests.ui.waiting import opened_frame, screen_text, until

MakeApp = Callable[..., PartnerApp]
NAME = ("config", "name")


async def _edited(pilot: Pilot[None], times: int) -> WorkspaceScreen:
    frame = await opened_frame(pilot)
    for number in range(1, times + 1):
        await frame.save_edits(f"edit {number}", [Replace(NAME, f"Name {number}")])
    return frame


def _held(frame: WorkspaceScreen, title: str, name: str) -> tuple[Event, Callable[[], Step | None]]:
    """An edit that blocks its thread until it may go on."""
    may_go_on = Event()

    def edit() -> Step | None:
        may_go_on.wait(30)
        return frame.workspace.edit(title, [Replace(NAME, name)])

    return may_go_on, edit


def _titles(steps: tuple[Step, ...]) -> list[str]:
    return [step.title for step in steps]


async def test_each_press_of_undo_and_redo_counts_however_fast_they_come(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        frame = await _edited(pilot, 4)
        steps = frame.workspace.steps
        for key in ("ctrl+z",) * 3:
            app.simulate_key(key)
        await until(pilot, lambda: _titles(steps.done) == ["edit 1"])
        for key in ("ctrl+y",) * 2:
            app.simulate_key(key)
        await until(pilot, lambda: _titles(steps.done) == ["edit 1", "edit 2", "edit 3"])
        await until(pilot, lambda: frame.workspace.manifest.partner.name == "Name 3")
        said = [note.message.partition(".")[0] for note in app._notifications]
        undone = ["Undone: edit 4", "Undone: edit 3", "Undone: edit 2"]
        assert [one for one in said if "done:" in one] == [*undone, "Redone: edit 2", "Redone: edit 3"]


async def test_undo_waits_for_what_is_being_saved(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        frame = await _edited(pilot, 1)
        may_go_on, edit = _held(frame, "edit 2", "Name 2")
        saving = frame.run_worker(frame.run_and_refresh("saving", edit))
        await pilot.press("ctrl+z")
        may_go_on.set()
        await saving.wait()
        await until(pilot, lambda: _titles(frame.workspace.steps.undone) == ["edit 2"])
        assert _titles(frame.workspace.steps.done) == ["edit 1"]


async def test_what_was_written_is_shown_though_the_screen_that_asked_for_it_was_left(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        frame = await _edited(pilot, 0)
        may_go_on, edit = _held(frame, "a new name", "Another name")
        asking = Screen[None]()
        await app.push_screen(asking)
        worker = asking.run_worker(frame.run_and_refresh("saving", edit))
        await until(pilot, lambda: any(one.title == "saving" for one in app.background.running))
        asking.dismiss(None)
        await until(pilot, lambda: app.screen is frame and worker.is_cancelled)
        may_go_on.set()
        await until(pilot, lambda: "Another name" in screen_text(app))
        assert not app.background.running
