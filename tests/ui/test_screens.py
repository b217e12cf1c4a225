"""No screen changes unseen: the demo's are kept as text below `screens/`, with their styles.

After a change that is meant, look at the screens, then keep them as they are now and look at the diff that is committed:
`.venv/bin/pytest tests/ui/test_screens.py --accept-screens`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central import central_source
from partner_tui.ui.contributions import row_lines
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.workspace.central.central_clone import central_clone
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git
from tests.ui.drawn import Drawn, compare, differences, draw, read
from tests.ui.waiting import frame_of, until
from tests.workspace.central.central_repository import central_text, make_central

pytestmark = [pytest.mark.drawn, pytest.mark.all_views]
SCREENS = Path(__file__).with_name("screens")
SIZES = ((80, 24), (120, 36), (200, 60))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
"""What the ages in a list are counted to."""
REST_SECONDS = 0.3
ASKING = ("act", "by-hand", "choose", "default", "merge", "verdict")
"""Workers that wait for an answer; the others fetch what is still to be drawn, pictures above all."""
SETTINGS = Path("/home/ada/.config/partner-tui")
"""Not there, and shown by the help: a temporary folder would have another name each time."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen of the demo: the keys that lead there from the one before."""

    name: str
    keys: tuple[str, ...]


SHOWN = (
    Shown("entries", ()),
    Shown("card", ("j", "j", "tab")),
    Shown("findings", ("right",)),
    Shown("help", ("f1",)),
    Shown("filter", ("escape", "escape", "slash")),
    Shown("central", ("escape", "4")),
    Shown("central-item", ("enter",)),
    # First of the pages that read the history: it fetches what the clone of the demo lacks of it.
    Shown("central-trend", ("escape", "left_square_bracket")),
    Shown("central-listed", ("right_square_bracket", "right_square_bracket")),
    Shown("central-config", ("right_square_bracket",)),
    Shown("central-links", ("right_square_bracket", "j")),
    Shown("central-files", ("right_square_bracket",)),
    Shown("changes", ("escape", "5")),
    Shown("splash", ("3",)),
    Shown("splash-field", ("enter",)),
    Shown("palette", ("escape", "ctrl+p")),
    Shown("upgrade", ("escape", "1", "U")),
    Shown("answered", ("f6",)),
)
PARTNER = {
    "id": "meadow",
    "name": "Microscopy Meadow",
    "tags": ["meadow"],
    "splash_title": "The Microscopy Meadow",
    "splash_feature_list": ["Models that run on a laptop", "Plant data"],
    "docs": "https://meadow.example.org",
    "default_type": "model",
}
"""The sample in the central file."""
REVIEWED = (
    Shown("review", ()),
    Shown("review-card", ("enter", "right")),
    Shown("review-lines", ("right_square_bracket", "right_square_bracket")),
    Shown("review-checklist", ("escape", "G", "k", "enter")),
    Shown("review-verdict", ("v",)),
    Shown("review-merge", ("enter",)),
)
"""Of the sample's pull request 11, which adds an entry."""
HISTORY = (Shown("history", ("j", "j", "H")), Shown("history-fields", ("j", "enter")))
"""Of an entry of the sample that was renamed once."""
STUDIO = (
    Shown("studio-full", ("3", "f6")),
    Shown("studio-current", ("f4",)),
    Shown("studio-cards", ("f4",)),
    Shown("studio-share", ("escape", "f7")),
    Shown("studio-qr", ("r",)),
    Shown("studio-picture", ("escape", "escape", "enter", "up", "f2")),
)
"""The splash on the whole screen, its views, and what is chosen in dialogs."""
CONTRIBUTED = (
    Shown("contributions", ("2",)),
    Shown("contribution", ("tab",)),
    Shown("batch", ("escape", "space", "space", "m")),
    Shown("add", ("escape", "a")),
)
ANSWERS = ("~/meadow", "Meadow", "", "Plants", "https://meadow.org", "meadow/zoo", "", "Ada")
"""Field by field, the cursor being in the first; the id follows from the name."""
STARTED = (
    Shown("start", ()),
    Shown("join", ("f4",)),
    Shown("join-answers", ("space", "ctrl+s")),
    Shown("join-planned", (*(key for answer in ANSWERS for key in (*answer, "down")), "ctrl+s")),
)
"""From the start screen to what becoming a partner would write."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Directories]:
    return make_sample(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Directories]:
    """For the tests that fetch contributions, whose number is in every frame."""
    return make_sample(tmp_path_factory.mktemp("demo"))


def make_sample(folder: Path) -> tuple[Path, Directories]:
    """The sample partner's clone, every entry of it judged, and where the app keeps its things."""
    clone = build_demo(folder / "demo").clone
    directories = Directories(SETTINGS, *(folder / kind for kind in ("data", "state", "cache")))
    check_and_set.check(
        find_manifest(resolve_source(str(clone), directories), None, directories), directories
    )
    keep_central(directories)
    return clone, directories


def keep_central(directories: Directories) -> None:
    """The central repository, as it was fetched."""
    kept = central_clone("", directories)
    make_central(kept.root, {"2021-05-01": central_text(PARTNER)})
    git("remote", "add", "origin", kept.url, cwd=kept.root)
    git("update-ref", "refs/remotes/origin/main", "main", cwd=kept.root)


async def at_rest(pilot: Pilot[None]) -> Drawn:
    """The screen when nothing moves on it any more, cursors shown."""
    app = pilot.app
    assert isinstance(app, PartnerApp)
    drawn = None
    while True:
        await until(pilot, lambda: not app.background.running)
        await until(pilot, lambda: all(one.is_finished or one.group in ASKING for one in app.workers))
        for cursor in (*app.screen.query(Input), *app.screen.query(TextArea)):
            cursor.cursor_blink = False
        before, drawn = drawn, draw(app)
        if drawn == before:
            return drawn
        await asyncio.sleep(REST_SECONDS)


async def look(pilot: Pilot[None], shown: Shown, *, accept: bool) -> list[str]:
    """Go to a screen; how it differs from the one that was kept."""
    for key in shown.keys:
        await pilot.press(key)
        await pilot.pause()
    drawn = await at_rest(pilot)
    file = SCREENS / f"{shown.name}-{pilot.app.size.width}x{pilot.app.size.height}.txt"
    differs = compare(drawn, file, accept=accept)
    return [f"=== {file.stem}", *differs] if differs else []


@pytest.fixture
def accept(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> bool:
    """Whether the screens are kept as they are; what the user's shell says is not said."""
    for name in ("NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return bool(pytestconfig.getoption("accept_screens"))


each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@asynccontextmanager
async def opened(
    made: tuple[Path, Directories], state: Path, size: tuple[int, int]
) -> AsyncIterator[tuple[Pilot[None], Workspace]]:
    """The demo in the app; answers and drafts are kept in a folder of this test alone."""
    clone, directories = made
    app = PartnerApp(Settings(fetch_on_open=False), replace(directories, state=state), str(clone))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query("EntriesView")))
        yield pilot, frame_of(app).workspace


@pytest.mark.slow
@each_size
async def test_the_screens_of_the_demo_are_as_they_were(
    made: tuple[Path, Directories],
    tmp_path: Path,
    size: tuple[int, int],
    accept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(central_source, "now", lambda: NOW)
    found: list[str] = []
    async with opened(made, tmp_path, size) as (pilot, workspace):
        await until(pilot, lambda: len(workspace.checks) == len(workspace.manifest.entries))
        for shown in SHOWN:
            found += await look(pilot, shown, accept=accept)
    assert not found, "\n".join([*found, "", __doc__ or ""])


@pytest.mark.slow
@each_size
async def test_the_studio_is_as_it_was(
    made: tuple[Path, Directories], tmp_path: Path, size: tuple[int, int], accept: bool
) -> None:
    found: list[str] = []
    async with opened(made, tmp_path, size) as (pilot, workspace):
        await until(pilot, lambda: len(workspace.checks) == len(workspace.manifest.entries))
        for shown in STUDIO:
            found += await look(pilot, shown, accept=accept)
    assert not found, "\n".join([*found, "", __doc__ or ""])


@pytest.mark.slow
@each_size
async def test_the_review_of_a_contribution_is_as_it_was(
    fetched: tuple[Path, Directories], tmp_path: Path, size: tuple[int, int], accept: bool
) -> None:
    found: list[str] = []
    async with opened(fetched, tmp_path, size) as (pilot, workspace):
        await until(pilot, lambda: workspace.repository is not None)
        contributions = Contributions(workspace.folder, workspace.checker, repository=workspace.repository)
        await asyncio.to_thread(contributions.fetch)
        screen = ReviewScreen(contributions, await asyncio.to_thread(contributions.find, "11"))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.rows.chosen is not None)
        for shown in REVIEWED:
            found += await look(pilot, shown, accept=accept)
    assert not found, "\n".join([*found, "", __doc__ or ""])


@pytest.mark.slow
@each_size
async def test_the_history_of_an_entry_is_as_it_was(
    made: tuple[Path, Directories], tmp_path: Path, size: tuple[int, int], accept: bool
) -> None:
    found: list[str] = []
    async with opened(made, tmp_path, size) as (pilot, workspace):
        await until(pilot, lambda: workspace.repository is not None)
        for shown in HISTORY:
            found += await look(pilot, shown, accept=accept)
    assert not found, "\n".join([*found, "", __doc__ or ""])


@pytest.mark.slow
@each_size
async def test_the_list_of_contributions_is_as_it_was(
    fetched: tuple[Path, Directories],
    tmp_path: Path,
    size: tuple[int, int],
    accept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_lines, "now", lambda: NOW)
    found: list[str] = []
    async with opened(fetched, tmp_path, size) as (pilot, workspace):
        await until(pilot, lambda: workspace.repository is not None)
        await asyncio.to_thread(workspace.fetch)
        frame_of(pilot.app).repository_changed()
        for shown in CONTRIBUTED:
            found += await look(pilot, shown, accept=accept)
    assert not found, "\n".join([*found, "", __doc__ or ""])


@pytest.mark.slow
@each_size
async def test_the_start_screen_and_joining_are_as_they_were(
    tmp_path: Path, size: tuple[int, int], accept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    directories = Directories(SETTINGS, *(tmp_path / kind for kind in ("data", "state", "cache")))
    async with PartnerApp(Settings(fetch_on_open=False), directories).run_test(size=size) as pilot:
        found = [line for shown in STARTED for line in await look(pilot, shown, accept=accept)]
    assert not found, "\n".join([*found, "", __doc__ or ""])


def test_every_screen_that_is_kept_is_looked_at() -> None:
    wanted = {
        f"{one.name}-{width}x{height}"
        for one in (*SHOWN, *REVIEWED, *HISTORY, *STUDIO, *CONTRIBUTED, *STARTED)
        for width, height in SIZES
    }
    assert {file.stem for file in SCREENS.iterdir()} == wanted


KEPT = Drawn(("ab", "cd"), (("bold", "bold"), ("", "red")))


def test_a_screen_is_read_as_it_was_kept() -> None:
    assert read(KEPT.to_text({"red": "a"})) == (KEPT, {"red": "a", "bold": "b"})


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (KEPT, []),
        (Drawn(("ab", "cd"), (("bold", "bold"), ("", "dim"))), ["row 1, columns 1 to 1 'd': red -> dim"]),
        (Drawn(("ab", "ce"), KEPT.styles), ["--- kept", "+++ now", "@@ -1,2 +1,2 @@", " ab", "-cd", "+ce"]),
    ],
)
def test_what_changed_is_told_by_row_and_column(now: Drawn, told: list[str]) -> None:
    assert list(differences(KEPT, now)) == told
