"""The upgrade in the app, on the sample partner with the real spec library: one page, from its questions to the commit."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from partner_tui.compliance.status import Status
from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.upgrade.plan_list import PlanList
from partner_tui.ui.upgrade.question_card import AnswerChoices
from partner_tui.ui.upgrade.rows import Part
from partner_tui.ui.upgrade.screen import UpgradeScreen
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.ui.widgets.toggles import RadioChoice
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.upgrade.plan import OnProgress, Plan
from partner_tui.upgrade.question import SKIPPED, Question
from partner_tui.workspace.upgrade.flow import UpgradeFlow
from tests.ui.waiting import until

MANIFEST = "collection.bioimage.io.yaml"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return build_demo(tmp_path / "demo").clone


@asynccontextmanager
async def opened(
    clone: Path, directories: Directories, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], WorkspaceScreen]]:
    """The app on the sample partner, every entry checked, the cursor on the first, which is of the latest format."""
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=size) as pilot:
        await until(
            pilot, lambda: isinstance(app.screen, WorkspaceScreen) and len(app.screen.workspace.checks) == 16
        )
        assert isinstance(app.screen, WorkspaceScreen)
        yield pilot, app.screen


@asynccontextmanager
async def upgrading(
    clone: Path, directories: Directories, *keys: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], UpgradeScreen]]:
    """The same, with the upgrade opened and its plan made."""
    async with opened(clone, directories, size) as (pilot, _):
        await pilot.press(*(keys or ("U",)))
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, UpgradeScreen) and app.screen.flow.plan is not None)
        assert isinstance(app.screen, UpgradeScreen)
        yield pilot, app.screen


async def planned_again(pilot: Pilot[None], screen: UpgradeScreen, *keys: str) -> None:
    """Press keys, and wait until the plan was made again."""
    before = screen.flow.plan
    await pilot.press(*keys)
    await until(pilot, lambda: screen.flow.plan is not before)


@asynccontextmanager
async def one_approved(
    clone: Path, directories: Directories
) -> AsyncIterator[tuple[Pilot[None], WorkspaceScreen, UpgradeScreen]]:
    """The upgrade of one entry over its repository, its question answered and its new file approved."""
    async with upgrading(clone, directories, "j", "u") as (pilot, screen):
        workspace = pilot.app.screen_stack[-2]
        assert isinstance(workspace, WorkspaceScreen)
        await planned_again(pilot, screen, "enter")
        await pilot.press("y")
        yield pilot, workspace, screen


async def all_answered(pilot: Pilot[None], screen: UpgradeScreen) -> None:
    """Accept what is suggested, and type the one answer that nothing suggests."""
    await planned_again(pilot, screen, "f6")
    await until(pilot, lambda: isinstance(screen.focused, Input))
    await planned_again(pilot, screen, *"1.15", "enter")


def left(screen: UpgradeScreen) -> str:
    return str(screen.query_one("#about", Static).render())


def notices(pilot: Pilot[None]) -> str:
    return " ".join(note.message for note in pilot.app._notifications)


def texts(screen: UpgradeScreen) -> list[str]:
    """The lines of the plan."""
    return [str(option.prompt) for option in screen.query_one(PlanList).options]


def cell(screen: UpgradeScreen, text: str) -> tuple[int, int]:
    """Where the box of a line stands in the list."""
    place = next(n for n, line in enumerate(texts(screen)) if text in line)
    return texts(screen)[place].index("[") + 2, place - round(screen.query_one(PlanList).scroll_y)


async def test_it_opens_on_the_first_open_question_and_shows_all_that_waits_for_it(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories, "j", "u") as (pilot, screen):
        assert screen.flow.plan is not None
        assert not screen.flow.plan.contents()
        assert left(screen) == "1 question, 1 new file to approve, then ctrl+s"
        assert isinstance(screen.focused, AnswerChoices)
        shown = "\n".join(texts(screen))
        assert all(f"─ {part}" in shown for part in Part)
        assert "[x] Lowercase ids" in shown
        assert "1 open" in shown
        assert "→config moved to config" in shown
        await until(pilot, lambda: screen.query_one(DiffLines).virtual_size.height > 5)


@pytest.mark.slow
async def test_the_line_on_top_says_what_is_left_after_each_decision(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        said = [left(screen)]
        await planned_again(pilot, screen, "1")
        said.append(left(screen))
        await all_answered(pilot, screen)
        said.append(left(screen))
        await pilot.press("y")
        said.append(left(screen))
        assert said == [
            "4 questions, 2 new files to approve, then ctrl+s",
            "3 questions, 2 new files to approve, then ctrl+s",
            "2 new files to approve, then ctrl+s",
            "Ready: press ctrl+s to apply.",
        ]


@pytest.mark.slow
async def test_a_digit_is_an_answer_chosen_or_typed(clone: Path, directories: Directories) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "2")
        assert screen.flow.plan is not None
        assert screen.flow.answer_to(screen.flow.plan.questions[0]) is False
        await until(pilot, lambda: isinstance(screen.focused, Input))
        await pilot.press(*"3 aso")
        assert screen.query_one("#typed", Input).value == "3 aso"
        assert left(screen).startswith("3 questions") or left(screen).startswith("2 questions")


@pytest.mark.slow
async def test_a_typed_answer_is_checked_kept_and_not_asked_again(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "1")
        await pilot.press(*"Mo", "enter")
        assert str(screen.query_one("#said", Static).render()).startswith("✗")
        await planned_again(pilot, screen, *"ss of all", "enter")
        assert left(screen).startswith("2 questions")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, UpgradeScreen)
        assert isinstance(screen.focused, PlanList)
        await pilot.press("escape")
        assert "2 answers kept" in notices(pilot)
    async with upgrading(clone, directories) as (pilot, screen):
        assert left(screen).startswith("2 questions")


@pytest.mark.slow
async def test_what_is_skipped_stays_unchanged_and_is_asked_again(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "s")
        assert left(screen).startswith("3 questions")
        assert any("skipped: 1 unanswered question" in text for text in texts(screen))
        assert screen.flow.answer_to(screen.flow.plan.questions[0]) is SKIPPED  # type: ignore[union-attr]
    async with upgrading(clone, directories) as (pilot, screen):
        assert left(screen).startswith("4 questions")


@pytest.mark.slow
async def test_one_entry_is_answered_by_itself(clone: Path, directories: Directories) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await pilot.press("o", "down", "enter")
        await planned_again(pilot, screen, "2")
        plan = screen.flow.plan
        assert plan is not None
        assert [(one.key, one.entries) for one in plan.questions if one.is_alone] == [
            ("id-lowercase @ Meadow_Segmenter", ("Meadow_Segmenter",))
        ]
        await planned_again(pilot, screen, "a")
        became = {entry.id: entry.after for entry in screen.flow.plan.entries}  # type: ignore[union-attr]
        assert became["Meadow_Segmenter"] is Status.OUTDATED
        assert became["LeafVeins"] is Status.LATEST
        await pilot.press("escape")
        screen.plan_list.go(
            lambda row: isinstance(row.item, Question) and row.item.is_alone and not row.entry
        )
        await planned_again(pilot, screen, "o")
        assert not any(one.is_alone for one in screen.flow.plan.questions)  # type: ignore[union-attr]


async def test_a_fix_is_excluded_with_its_key_and_with_the_mouse(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await pilot.press("tab")
        await until(pilot, lambda: screen.query_one("#detail").border_title == "Diff · Strip DOI prefixes")
        await planned_again(pilot, screen, "space")
        assert any("[ ] Strip DOI prefixes" in text for text in texts(screen))
        assert all(one.fix != "doi-prefix" for entry in screen.flow.plan.entries for one in entry.changes)  # type: ignore[union-attr]
        before = screen.flow.plan
        await pilot.click(PlanList, offset=cell(screen, "Strip DOI prefixes"))
        await until(pilot, lambda: screen.flow.plan is not before)
        assert any("[x] Strip DOI prefixes" in text for text in texts(screen))


@pytest.mark.slow
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["from the plan", "from its lines over the plan"])
async def test_new_files_are_approved_or_declined_one_by_one(
    clone: Path, directories: Directories, keys: tuple[str, ...]
) -> None:
    async with upgrading(clone, directories, size=(80, 24)) as (pilot, screen):
        await all_answered(pilot, screen)
        screen.plan_list.go(lambda row: row.part is Part.FILES)
        await pilot.press(*keys, "space")
        assert left(screen) == "1 new file to approve, then ctrl+s"
        await planned_again(pilot, screen, "space")
        assert any("[-] docs/m" in text for text in texts(screen))
        words = [group.words for group in screen.flow.outcomes]
        assert "skipped: the new file docs/meadow_segmenter.md was declined" in words
        assert [file.path for file in screen.flow.plan.files] == ["docs/notebook_train_unet_2d.md"]  # type: ignore[union-attr]


@pytest.mark.slow
async def test_a_name_that_changes_without_a_question_is_shown_as_it_was_and_will_be(
    clone: Path, directories: Directories
) -> None:
    manifest = clone / MANIFEST
    manifest.write_text(manifest.read_text().replace("name: Leaf veins", "name: 'Leaves: Veins'"))
    async with upgrading(clone, directories) as (_, screen):
        words = " ".join(" ".join(texts(screen)).split())
        assert "[x] Fix name characters →config 1" in words
        assert "Leaves: Veins → Leaves - Veins" in words


async def test_nothing_is_written_before_questions_and_files_are_decided(
    clone: Path, directories: Directories
) -> None:
    before = (clone / MANIFEST).read_bytes()
    async with upgrading(clone, directories, "j", "u") as (pilot, screen):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Answer the open questions first." in notices(pilot))
        await planned_again(pilot, screen, "enter")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Approve the new files first" in notices(pilot))
        assert screen.plan_list.selected is not None
        assert screen.plan_list.selected.part is Part.FILES
    async with upgrading(clone, directories) as (pilot, screen):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("escape")
        assert (clone / MANIFEST).read_bytes() == before


@pytest.mark.slow
async def test_what_is_applied_ends_in_the_commit_with_its_subject_and_the_branch_chosen_before(
    clone: Path, directories: Directories
) -> None:
    manifest = clone / MANIFEST
    before = manifest.read_bytes()
    async with opened(clone, directories) as (pilot, workspace):
        await pilot.press("5")
        await until(pilot, lambda: bool(workspace.query("#branch")))
        workspace.query_one("#elsewhere", RadioChoice).value = True
        workspace.query_one("#branch", Input).value = "upgrade-2026"
        await pilot.press("1", "U")
        await until(pilot, lambda: isinstance(pilot.app.screen, UpgradeScreen))
        screen = pilot.app.screen
        assert isinstance(screen, UpgradeScreen)
        await until(pilot, lambda: screen.flow.plan is not None)
        await all_answered(pilot, screen)
        created = [clone / file.path for file in screen.flow.files]
        await pilot.press("y", "ctrl+s")
        form = workspace.query_one(CommitForm)
        subject = "Upgrade 7 entries to 0.3.4 and 2 models to 0.5.14"
        await until(pilot, lambda: pilot.app.screen is workspace and form.message == subject)
        assert isinstance(workspace.focused, TextArea)
        assert workspace.query_one("#branch", Input).value == "upgrade-2026"
        assert workspace.query_one("#elsewhere", RadioChoice).value
        assert all(path.is_file() for path in created)
        assert b"# three at most: more of them push the button down" in manifest.read_bytes()
        await pilot.press("escape", "ctrl+z")
        await until(pilot, lambda: manifest.read_bytes() == before)
        assert not any(path.exists() for path in created)


@pytest.mark.slow
async def test_the_commit_is_reached_where_its_view_was_never_shown(
    clone: Path, directories: Directories
) -> None:
    async with one_approved(clone, directories) as (pilot, workspace, _):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(workspace.focused, TextArea))
        form = workspace.query_one(CommitForm)
        await until(pilot, lambda: form.message == "Upgrade Meadow_Segmenter to 0.3.4")


@pytest.mark.slow
async def test_the_commit_is_reached_though_its_view_is_made_after_the_upgrade_was_closed(
    clone: Path, directories: Directories
) -> None:
    """A slow start: the work that goes there outlives the screen that asked for it."""
    async with one_approved(clone, directories) as (pilot, workspace, screen):
        async with workspace._making:
            await pilot.press("ctrl+s")
            await until(pilot, lambda: pilot.app.screen is workspace and not screen.is_attached)
        await until(pilot, lambda: isinstance(workspace.focused, TextArea))


@pytest.mark.slow
async def test_applying_twice_applies_once_and_goes_on_to_the_commit(
    clone: Path, directories: Directories
) -> None:
    async with one_approved(clone, directories) as (pilot, workspace, _):
        for key in ("ctrl+s", "ctrl+s"):
            pilot.app.simulate_key(key)
        await until(pilot, lambda: isinstance(workspace.focused, TextArea))
        await until(pilot, lambda: "Applied: " in notices(pilot))
        assert len(workspace.workspace.steps.done) == 1 and "again" not in notices(pilot)


async def test_an_entry_of_the_latest_format_is_said_to_be_up_to_date(
    clone: Path, directories: Directories
) -> None:
    async with opened(clone, directories) as (pilot, workspace):
        await pilot.press("u")
        await pilot.pause()
        assert pilot.app.screen is workspace
        assert "meadow-viewer is up to date" in notices(pilot)


@pytest.mark.slow
async def test_where_there_is_little_room_the_lines_open_over_the_plan(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories, size=(80, 24)) as (pilot, screen):
        assert isinstance(screen.focused, AnswerChoices)
        assert screen.plan_list.size.height >= 6
        await pilot.press("tab", "enter")
        assert screen.detail.lines.has_focus
        assert not screen.query_one("#rows").display
        await pilot.press("escape")
        assert screen.plan_list.has_focus
        assert screen.query_one("#rows").display


async def test_escape_stops_the_planning_and_nothing_comes_of_it(
    clone: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch
) -> None:
    def goes_on(flow: UpgradeFlow, on_progress: OnProgress) -> Plan:
        """A plan that is not made before it is stopped, however fast planning is."""
        while True:
            on_progress(1, 2)
            time.sleep(0.01)

    monkeypatch.setattr(UpgradeFlow, "make_plan", goes_on)
    async with opened(clone, directories) as (pilot, workspace):
        await pilot.press("U")
        await until(pilot, lambda: isinstance(pilot.app.screen, UpgradeScreen))
        screen = pilot.app.screen
        assert isinstance(screen, UpgradeScreen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workspace and not workspace.app.background.running)
        assert screen.flow.plan is None
