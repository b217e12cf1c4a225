"""What a forge knows fills the list: asked on a key alone, kept for the next start, and never believed over git's merges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.settings import Directories
from partner_tui.ui.contributions.view import ContributionsView
from partner_tui.ui.widgets.filter_line import FilterLine
from tests.contributed import make_contributed
from tests.forge.api_server import Answer, ApiServer, pull
from tests.real_git import git, make_clone
from tests.ui.contributions import test_view
from tests.ui.contributions.test_view import names, overview, prompt
from tests.ui.waiting import until

pytest.importorskip("github")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ApiServer]:
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GH_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    with ApiServer() as server:
        yield server


@pytest.fixture
def clone(tmp_path: Path, api: ApiServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fetched from a folder, its remote said to be the server's."""
    bare = make_contributed(tmp_path)
    clone = make_clone(bare, tmp_path / "clone")
    git("fetch", "--quiet", "origin", "+refs/pull/*:refs/partner-tui/contributions/pull/*", cwd=clone)
    git("remote", "set-url", "origin", f"{api.url}/o/r.git", cwd=clone)
    heads = {number: git("rev-parse", f"refs/pull/{number}/head", cwd=bare) for number in (1, 5, 6, 7)}

    def one(number: int, **more: object) -> dict[str, object]:
        return pull(number, api.url, head={"sha": heads[number], "ref": "x"}, labels=[], **more)

    api.answers["GET /repos/o/r/pulls"] = Answer(
        body=[
            one(7, title="Add [ivy]", draft=True),
            one(6, state="closed"),
            one(5, title="Ferns", **{"body": "They \x1b[2Jgrow."}) | {"labels": [{"name": "plants"}]},
            one(1, state="open"),
        ]
    )
    start = "GET /repos/o/r"
    for number in (7, 5, 1):
        api.answers[f"{start}/pulls/{number}/reviews"] = Answer(
            body=[{"user": {"login": "bo"}, "state": "APPROVED", "body": ""}] if number == 5 else []
        )
        api.answers[f"{start}/commits/{heads[number]}"] = Answer(body={"sha": heads[number]})
        failed = [{"name": "ci", "status": "completed", "conclusion": "failure"}]
        api.answers[f"{start}/commits/{heads[number]}/check-runs"] = Answer(
            body={"total_count": 1, "check_runs": failed if number == 5 else []}
        )
        api.answers[f"{start}/commits/{heads[number]}/status"] = Answer(body={"statuses": []})
    return clone


def shown(
    clone: Path, directories: Directories, api: ApiServer, size: tuple[int, int] = (120, 36)
) -> AbstractAsyncContextManager[tuple[Pilot[None], ContributionsView]]:
    directories.config.mkdir(parents=True, exist_ok=True)
    return test_view.shown(clone, directories, fetch=False, size=size, github_api=api.url)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_titles_drafts_labels_checks_reviews_and_states_fill_the_list(
    clone: Path, directories: Directories, api: ApiServer, size: tuple[int, int]
) -> None:
    async with shown(clone, directories, api, size) as (pilot, view):
        await until(pilot, lambda: "#5" in names(view))
        assert api.asked == [], "nobody asked for it"
        await pilot.press("F")
        await until(pilot, lambda: "#5" in names(view) and "Ferns" in prompt(view, "#5"))
        if size[0] < 100:
            assert "checks ✗, bo approv" in prompt(view, "#5")
        else:  # beside
            await pilot.press("g", *"j" * (names(view).index("#5") - 1))
            await until(
                pilot, lambda: "checks: failure" in overview(view) and "bo approved" in overview(view)
            )
        assert "Add [ivy]" in prompt(view, "#7") and "draft" in prompt(view, "#7")
        assert "#6" not in names(view), "it is closed"
        assert "#1" not in names(view), "git has it merged, whatever the forge says"
        assert "forge: just now" in str(view.panel.border_subtitle)
        assert {one.token for one in api.asked} == {"token right"}


@pytest.mark.slow
async def test_the_filter_knows_what_the_forge_said_and_a_second_start_too(
    clone: Path, directories: Directories, api: ApiServer
) -> None:
    async with shown(clone, directories, api) as (pilot, view):
        await until(pilot, lambda: "#5" in names(view))
        await pilot.press("F")
        await until(pilot, lambda: "Ferns" in prompt(view, "#5"))
    count = len(api.asked)
    async with shown(clone, directories, api) as (pilot, view):
        await until(pilot, lambda: "#5" in names(view) and "Ferns" in prompt(view, "#5"))
        for words, left in (
            ("state:open", {"#2", "#5", "#7"}),  # of 2, git says that it is probably open
            ("state:closed", {"#6"}),
            ("label:plant", {"#5"}),
            ("checks:failure", {"#5"}),
            ("draft:yes", {"#7"}),
        ):
            view.query_one(FilterLine).value = words
            await until(pilot, lambda left=left: {one for one in names(view) if one[0] == "#"} == left)  # type: ignore[misc]
            if words == "label:plant":
                await until(pilot, lambda: "They ␛[2Jgrow." in overview(view))
    assert len(api.asked) == count


@pytest.mark.slow
async def test_a_forge_that_does_not_answer_leaves_the_list(
    clone: Path, directories: Directories, api: ApiServer
) -> None:
    api.answers["GET /repos/o/r/pulls"] = Answer(502)
    async with shown(clone, directories, api) as (pilot, view):
        await until(pilot, lambda: "#6" in names(view))
        await pilot.press("F")
        await until(pilot, lambda: bool(view.app._notifications))
        assert "#6" in names(view)
