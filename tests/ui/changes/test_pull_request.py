"""A pull request is opened from the Changes view: what is sent is shown before, and what was written outlives every failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, TextArea

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.pull_request import PullRequestScreen
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.dialogs.credentials import CredentialsScreen
from tests.forge.api_server import Answer, ApiServer, pull
from tests.small_partner import git
from tests.ui.changes.driving import MakeApp, changes_of, on_screen, screen_text, told, until

PULLS = "POST /repos/o/r/pulls"


def served_as(clone: Path, bare: Path, url: str, git_configuration: Path) -> None:
    """Let the clone's remote have an URL, of which git reaches the folder alone."""
    git(clone, "remote", "set-url", "origin", url)
    with git_configuration.open("a") as file:
        file.write(f'[url "{bare.as_uri()}"]\n\tpushInsteadOf = {url}\n')


def commit(clone: Path, message: str, text: str = "# more\n") -> None:
    with (clone / "collection.yaml").open("a") as file:
        file.write(text)
    git(clone, "commit", "--quiet", "--all", "--message", message)


async def ask(pilot: Pilot[None]) -> PullRequestScreen:
    await pilot.press("r")
    await on_screen(pilot, PullRequestScreen)
    screen = pilot.app.screen
    assert isinstance(screen, PullRequestScreen)
    return screen


def value(screen: PullRequestScreen, name: str) -> str:
    return screen.query_one(f"#{name}", Input).value


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_commits_of_the_default_branch_go_to_a_new_branch_and_a_pull_request(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    commit(clone, "Add [moss]\n\nIt grows.")
    api.answers[PULLS] = Answer(201, pull(12, api.url))
    app = make_app(clone, github_api=api.url)
    async with changes_of(app, size) as (pilot, view):
        screen = await ask(pilot)
        assert "1 commit is pushed to origin" in screen_text(app)
        assert "localhost/o/r" in screen_text(app) and "Add [moss]" in screen_text(app)
        assert (value(screen, "title"), value(screen, "base")) == ("Add [moss]", "main")
        assert screen.query_one(TextArea).text == "It grows."
        assert screen.query_one("#open").region.bottom < size[1], "the buttons are on the screen"
        assert api.asked == [] and "partner-tui" not in git(bare, "branch", "--list")
        screen.query_one(Checkbox).value = True
        await pilot.press("enter", "ctrl+s")
        await until(pilot, lambda: "Pull request opened" in told())
        branch = git(bare, "branch", "--list", "partner-tui/*").strip()
        assert api.asked[-1].body == {
            "title": "Add [moss]",
            "body": "It grows.",
            "base": "main",
            "head": branch,
            "draft": True,
        }
        assert git(bare, "log", "-1", "--format=%s", branch).strip() == "Add [moss]"
        await until(pilot, lambda: view._link == "https://example.org/o/r/pull/12")
        assert view.workspace.drafts.find("pull-request") is None


@pytest.mark.parametrize("answer", [Answer(502), Answer(422, {"message": "Validation Failed"})])
async def test_what_was_written_is_there_again_after_a_failure(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    commit(clone, "Add moss")
    api.answers[PULLS] = answer
    app = make_app(clone, github_api=api.url)
    async with changes_of(app) as (pilot, view):
        screen = await ask(pilot)
        screen.query_one(TextArea).text = "Many words"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Your text is kept" in told())
        await until(pilot, lambda: not view._remote_work.why_busy)
        screen = await ask(pilot)
        assert screen.query_one(TextArea).text == "Many words"
        assert "on origin already" in screen_text(app), "the branch was pushed"
        api.answers[PULLS] = Answer(201, pull(12, api.url))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Pull request opened" in told())
        assert len([one for one in api.asked if one.method == "POST"]) == 2


async def test_a_cancelled_one_is_kept_and_nothing_is_sent(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    commit(clone, "Add moss")
    commit(clone, "Add fern")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        screen = await ask(pilot)
        assert screen.query_one(TextArea).text == "- Add moss\n- Add fern"
        screen.query_one("#title", Input).value = "Mine"
        await pilot.press("escape")
        await until(pilot, lambda: not view._remote_work.why_busy)
        assert value(await ask(pilot), "title") == "Mine"
    assert git(bare, "branch", "--list").split() == ["*", "main"]


def link_opened(app: PartnerApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    return opened


async def test_without_a_token_the_page_that_opens_it_is_shown(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    git(clone, "switch", "--quiet", "--create", "moss")
    commit(clone, "Add moss\n\nIt grows.")
    app = make_app(clone, github_api=api.url)
    opened = link_opened(app, monkeypatch)
    async with changes_of(app) as (pilot, _view):
        screen = await ask(pilot)
        assert value(screen, "branch") == "moss" and screen.query_one("#branch").disabled
        await pilot.press("ctrl+s")
        await on_screen(pilot, CredentialsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: opened)
        assert opened == [f"{api.url}/o/r/compare/main...moss"]
        assert app.clipboard == "Add moss\n\nIt grows."
        assert "moss" in git(bare, "branch", "--list")
        assert api.asked == []


async def test_one_push_opens_it_where_the_forge_is_gitea(
    make_app: MakeApp, clone: Path, bare: Path, git_configuration: Path, tmp_path: Path
) -> None:
    git(bare, "config", "receive.advertisePushOptions", "true")
    hook = bare / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\ncat > "{tmp_path}/refs"\nenv | grep ^GIT_PUSH_OPTION > "{tmp_path}/options"\n'
        'echo "Visit https://gitea.example.org/o/r/pulls/3"\n'
    )
    hook.chmod(0o755)
    served_as(clone, bare, "https://gitea.example.org/o/r.git", git_configuration)
    commit(clone, "Add moss\n\nIt grows\nand grows.")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        screen = await ask(pilot)
        assert "One push of 1 commit" in screen_text(app)
        screen.query_one("#branch", Input).value = "moss"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Pull request opened" in told())
        await until(pilot, lambda: view._link == "https://gitea.example.org/o/r/pulls/3")
    assert (tmp_path / "refs").read_text().split()[2] == "refs/for/main"
    said = (tmp_path / "options").read_text()
    assert "topic=moss" in said and "title=Add moss" in said and "description=It grows and grows." in said


async def test_a_branch_without_commits_of_its_own_says_so(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        assert isinstance(view, ChangesView)
        await pilot.press("r")
        await until(pilot, lambda: "No commits that origin/main lacks" in told())
