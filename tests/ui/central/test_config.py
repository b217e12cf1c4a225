"""The page Config: fetched after a question, a central value taken over as one step, and fields proposed as a pushed branch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from partner_tui.central.partners_json import FILE, CentralPartners
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.central_source import CentralSourceScreen
from partner_tui.ui.central.config_page import ConfigPage
from partner_tui.ui.central.propose_screen import ProposeScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.real_git import git
from tests.repository.http_remote import HttpRemote
from tests.small_partner import MANIFEST, make_repository
from tests.ui.central.driving import open_page
from tests.ui.waiting import screen_text, until
from tests.workspace.central.central_repository import central_text, commit_at, make_bare, make_central

MakeApp = Callable[..., PartnerApp]
MEADOW = {
    "id": "meadow",
    "name": "Meadow",
    "splash_title": "Central title",
    "resource_types": ["model", "dataset"],
    "docs": "https://meadow.org",
}


async def open_config(pilot: Pilot[None], app: PartnerApp) -> ConfigPage:
    page = await open_page(pilot, ConfigPage, "config")
    await until(pilot, lambda: said(page) != "Reading …" and not app.background.running)
    return page


def said(page: ConfigPage) -> str:
    return str(page.query_one("#about", Static).content)


def keys(page: ConfigPage) -> list[str]:
    return [one.sides.key for one in page.list.fields if not one.sides.is_equal]


@pytest.mark.slow
async def test_it_is_fetched_taken_over_and_proposed(make_app: MakeApp, tmp_path: Path) -> None:
    make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    central = make_central(tmp_path / "collection", {"2021-01-01": central_text(MEADOW)})
    make_bare(central)
    (tmp_path / "ada").mkdir()
    fork = make_bare(central, "ada/collection.git")
    git("config", "http.receivepack", "true", cwd=fork)
    with HttpRemote(tmp_path) as remote:
        url = remote.url("collection.git")
        app = make_app(tmp_path / "meadow", central=url)
        async with app.run_test(size=(120, 36)) as pilot:
            page = await open_config(pilot, app)
            assert "is not here" in said(page) and not remote.requests
            await pilot.press("F")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            assert url in screen_text(app) and not remote.requests
            await pilot.press("y")
            await until(pilot, lambda: keys(page) != [] and not app.background.running)
            assert set(keys(page)) == {"name", "splash_title", "splash_feature_list", "docs"}
            assert url in said(page) and "fetched just now" in said(page) and "not live" in said(page)
            # here, as one step that keeps the comment
            at = [one.sides.key for one in page.list.fields].index("splash_title")
            page.list.highlighted = at
            page.list.focus()
            await until(
                pilot, lambda: page.list.has_focus and app.screen.check_action("take", ()) is not False
            )
            await pilot.press("t")
            taken = MANIFEST.replace("splash_title: Microscopy Meadow  #", "splash_title: Central title  #")
            manifest = tmp_path / "meadow" / "collection.yaml"
            await until(pilot, lambda: manifest.read_text() == taken and "splash_title" not in keys(page))
            await until(pilot, lambda: not app.background.running)
            await pilot.press("ctrl+z")
            await until(pilot, lambda: manifest.read_text() == MANIFEST and "splash_title" in keys(page))
            await until(pilot, lambda: not app.background.running)
            # centrally, as a branch of the copy that is pushed where it was said
            page.list.highlighted = [one.sides.key for one in page.list.fields].index("name")
            await pilot.press("space")
            await until(pilot, lambda: "1 marked" in said(page))
            await pilot.press("p")
            await until(pilot, lambda: isinstance(app.screen, ProposeScreen))
            await pilot.press("enter", "enter", "enter")
            assert isinstance(app.screen, ProposeScreen), "Enter sent it"
            assert '"name": "Microscopy Meadow"' in screen_text(app)
            app.screen.query_one("#fork", Input).value = remote.url("ada/collection.git")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "pushed to" in said(page) and not app.background.running)
            assert "partner-meadow" in said(page)
            assert page.disabled_reason("page") is not None, "no page is known of this host"
            changed = git("diff", "main", "partner-meadow", "--unified=0", cwd=fork).splitlines()
            assert [line.strip() for line in changed if line.startswith(("+ ", "- "))] == [
                f'-{" " * 10}"name": "Meadow",',
                f'+{" " * 10}"name": "Microscopy Meadow",',
            ]


@pytest.mark.slow
async def test_a_clone_that_is_named_is_read_as_it_is(make_app: MakeApp, tmp_path: Path) -> None:
    make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    central = make_central(tmp_path / "collection", {"2021-01-01": "{ broken"})
    app = make_app(tmp_path / "meadow", central=str(tmp_path / "nowhere"))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_config(pilot, app)
        assert "central repository cannot be read" in said(page)
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, CentralSourceScreen))
        app.screen.query_one(Input).value = str(central)
        await pilot.press("enter")
        await until(pilot, lambda: "not valid JSON" in said(page) and not app.background.running)
        assert f"central: {central}" in app.directories.settings_file.read_text()
        commit_at(central, FILE, central_text({"id": "moss"}), "2022-01-01")
        page.read()
        await until(pilot, lambda: "not in the central file" in said(page) and not app.background.running)
        assert page.disabled_reason("take") == "The central file has nothing of this partner."
        await until(pilot, lambda: page.list.has_focus)
        await pilot.press("a", "p")
        await until(pilot, lambda: isinstance(app.screen, ProposeScreen))
        assert "Add the partner meadow" in screen_text(app)
        # What cannot be pushed to is said before anything is made, and what was typed stays.
        app.screen.query_one("#fork", Input).value = "nowhere"
        await until(pilot, lambda: "Make branch and push ^s" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(
            pilot,
            lambda: any("not a known partner" in f"{one.title} {one.message}" for one in app._notifications),
        )
        assert isinstance(app.screen, ProposeScreen) and git("branch", cwd=central) == "* main"
        app.screen.query_one("#fork", Input).value = ""
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "partner-meadow in" in said(page) and not app.background.running)
        added = CentralPartners(git("show", f"partner-meadow:{FILE}", cwd=central)).partner("meadow")
        assert added is not None and added["name"] == "Microscopy Meadow"
        assert page.disabled_reason("page") is not None
        commit_at(central, FILE, central_text(MEADOW), "2023-01-01")
        page.read()
        await until(pilot, lambda: bool(page.list.fields) and not app.background.running)
        assert "newest commit" in said(page)
