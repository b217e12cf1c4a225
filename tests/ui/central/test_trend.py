"""The page Trend fills in as versions are judged, tells what a commit did, and exports the bars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.trend_page import TrendChart, TrendPage
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.real_git import git
from tests.ui.central.driving import open_page
from tests.ui.waiting import until
from tests.workspace.central.meadow_history import make_history
from tests.workspace.entries.versions import commit

MakeApp = Callable[..., PartnerApp]


@pytest.mark.slow
async def test_the_history_is_shown_by_commit_and_exported(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_history(tmp_path / "meadow")
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path / "reports")
    app = make_app(root)
    async with app.run_test(size=(100, 32)) as pilot:
        page = await open_page(pilot, TrendPage, "trend")
        await until(pilot, lambda: page.list.option_count == 6 and page._reading is None)

        bars = str(page.query_one(TrendChart).render())
        assert all(cell in bars for cell in "█▒╳░!▲")
        about, did = (str(page.query_one(name, Static).render()) for name in ("#about", "#did"))
        assert "█ 1 latest  ▒ 1 outdated  ╳ 0 invalid  ░ 1 unresolved" in about
        assert "Add ivy" in did and "+1 entry" in did
        await until(pilot, lambda: page.list.has_focus)
        await pilot.click(TrendChart, offset=(4, 3))
        await until(pilot, lambda: page.list.highlighted == 5)
        await pilot.press("g", "j", "j")
        await until(pilot, lambda: "became latest: fern" in str(page.query_one("#did", Static).render()))
        await pilot.press("j")
        await until(pilot, lambda: "line 5" in str(page.query_one("#did", Static).render()))

        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, SaveFileScreen))
        await pilot.press("enter")
        saved = tmp_path / "reports" / "trend.svg"
        await until(pilot, saved.exists)
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert saved.read_text().startswith("<svg")

        commit(root, "Nothing new", {"README.md": "More\n"})
        git("rm", "--quiet", "moss/rdf.yaml", cwd=root)
        commit(root, "Remove ivy", {"manifest.bioimage.io.yaml": "config: {id: meadow}\ncollection: []\n"})
        await until(pilot, lambda: page.list.option_count == 7 and page._reading is None)
        assert "-3 entries" in str(page.query_one("#did", Static).render())


@pytest.mark.slow
async def test_a_repository_without_commits_says_so_and_draws_nothing(
    make_app: MakeApp, tmp_path: Path
) -> None:
    git("init", "--quiet", "--initial-branch=main", str(tmp_path / "new"), cwd=tmp_path)
    (tmp_path / "new" / "manifest.bioimage.io.yaml").write_text("config: {id: meadow}\ncollection: []\n")
    app = make_app(tmp_path / "new")
    async with app.run_test(size=(100, 32)) as pilot:
        page = await open_page(pilot, TrendPage, "trend")
        about = page.query_one("#about", Static)
        await until(pilot, lambda: "Nothing is committed here yet.\nCommit first." in str(about.render()))
        assert not str(page.query_one(TrendChart).render())


@pytest.mark.slow
async def test_a_row_counts_the_entries_of_every_status(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(make_history(tmp_path / "meadow"))
    async with app.run_test(size=(100, 32)) as pilot:
        page = await open_page(pilot, TrendPage, "trend")
        await until(pilot, lambda: page.list.option_count == 6 and page._reading is None)
        newest = str(page.list.get_option_at_index(0).prompt)
        assert newest.split()[1:9] == ["●", "1", "◐", "1", "✗", "0", "?", "1"]
