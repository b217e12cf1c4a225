"""What arrived is a group of its own: marked as seen, reviewed, reverted by entry, and upgraded on top."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.compliance.checker import Checker
from partner_tui.settings import Directories
from partner_tui.ui.contributions.view import ContributionsView
from partner_tui.ui.review.merge_preview import MergePreview
from partner_tui.ui.review.reverting import ChooseEntriesScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.verdict import VerdictScreen
from partner_tui.ui.upgrade.screen import UpgradeScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.contributions.arrived import arrivals
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.opening.opening import state_folder
from tests.contributed import FERN, IVY
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere
from tests.small_partner import MANIFEST
from tests.ui.contributions.test_view import overview, shown
from tests.ui.waiting import until

BROKEN = IVY.replace("type: dataset", "type: 5")
BOT = ("-c", "user.name=ci[bot]", "-c", "user.email=ci[bot]@users.noreply.github.com")


@pytest.fixture
def clone(tmp_path: Path, directories: Directories) -> Path:
    """A clone of Bob's, with what Ada and a bot pushed after he had looked: two entries, and nothing."""
    bare = make_remote(tmp_path)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    made = make_clone(bare, tmp_path / "clone")
    git("config", "user.name", "Bob", cwd=made)
    git("config", "user.email", "bob@example.org", cwd=made)
    with Checker() as checker:
        known = Contributions(made, checker)
        assert not arrivals(known.repository, state_folder(made, directories), known.target)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST + FERN + BROKEN)
    elsewhere = tmp_path / "elsewhere"
    git(*BOT, "commit", "--quiet", "--allow-empty", "-m", "Refresh", cwd=elsewhere)
    git("push", "--quiet", "origin", "HEAD:main", cwd=elsewhere)
    git("fetch", "--quiet", cwd=made)
    return made


def lines(view: ContributionsView) -> list[str]:
    return [str(view.sent.get_option_at_index(at).prompt).strip() for at in range(view.sent.option_count)]


def shows(view: ContributionsView, *headings: str) -> bool:
    return [line.partition(" ─")[0] for line in lines(view) if "──" in line] == list(headings)


async def reviewed(pilot: Pilot[None], view: ContributionsView) -> ReviewScreen:
    """Opens the review of what Ada pushed."""
    await until(pilot, lambda: shows(view, "Arrived 2"))
    await pilot.press("G", "enter")
    await until(pilot, lambda: isinstance(view.app.screen, ReviewScreen))
    screen = view.app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen.rows.chosen is not None and not view.app.background.running)
    return screen


@pytest.mark.slow
async def test_it_is_listed_with_who_and_what_and_leaves_the_list_once_seen(
    clone: Path, directories: Directories
) -> None:
    async with shown(clone, directories, fetch=False) as (pilot, view):
        await until(pilot, lambda: shows(view, "Arrived 2"))
        await until(pilot, lambda: all(row.summary for row in view.known.rows))
        bot, bob = (line.split("  ") for line in lines(view)[1:])
        assert "Refresh" in bot and bot[-1] == "–" and "ci[bot] (bot)" in overview(view)
        assert "Elsewhere collection" in bob[1] and "+2" in bob and "✗1" in bob
        await pilot.press("g", "n")
        await until(pilot, lambda: shows(view, "Arrived 1"))
        await pilot.press("t")
        await until(pilot, lambda: shows(view, "Arrived 1", "Seen 1"))
        await pilot.press("G", "n")
        await until(pilot, lambda: shows(view, "Arrived 2"))
        await pilot.press("N")
        await until(pilot, lambda: shows(view, "Seen 2"))
    async with shown(clone, directories, fetch=False) as (pilot, view):
        await until(pilot, lambda: view.known.contributions is not None and not view.sent.display)


@pytest.mark.slow
async def test_one_entry_of_it_is_reverted_after_a_look_and_the_revert_undone(
    clone: Path, directories: Directories
) -> None:
    git("merge", "--quiet", "--ff-only", "origin/main", cwd=clone)
    before = git("rev-parse", "HEAD", cwd=clone)
    async with shown(clone, directories, fetch=False) as (pilot, view):
        screen = await reviewed(pilot, view)
        app = view.app
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, VerdictScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseEntriesScreen))
        assert isinstance(app.screen, ChooseEntriesScreen) and app.screen.marked == ("ivy",)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, MergePreview))
        assert git("rev-parse", "HEAD", cwd=clone) == before
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen.kept.verdict == "reverted" and app.screen is screen)
        assert (clone / "collection.yaml").read_text("utf-8") == MANIFEST + FERN
        assert git("log", "-1", "--format=%an %s", cwd=clone).startswith('Bob Revert ivy of "Elsewhere')
        await pilot.press("ctrl+z", "y")
        await until(pilot, lambda: screen.kept.verdict is None and app.screen is screen)
        assert git("rev-parse", "HEAD", cwd=clone) == before


@pytest.mark.slow
async def test_what_is_not_pulled_yet_is_not_reverted(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories, fetch=False) as (pilot, view):
        await reviewed(pilot, view)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(view.app.screen, VerdictScreen))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: any("Pull first" in one.message for one in view.app._notifications))
        assert git("rev-list", "--count", "HEAD..origin/main", cwd=clone) == "2"


@pytest.mark.slow
async def test_its_entries_are_upgraded_on_top(clone: Path, directories: Directories) -> None:
    git("merge", "--quiet", "--ff-only", "origin/main", cwd=clone)
    async with shown(clone, directories, fetch=False) as (pilot, view):
        await reviewed(pilot, view)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(view.app.screen, VerdictScreen))
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(view.app.screen, UpgradeScreen))
        assert isinstance(view.app.screen_stack[-2], WorkspaceScreen)
