"""A pull request is opened from the Changes view: what is sent is shown before, and what was written outlives every failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, TextArea

from partner_tui.manifest.editing.edits import Replace
from partner_tui.settings import Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.opening_pull_request import ForgeKindScreen
from partner_tui.ui.changes.pull_request import PullRequestScreen
from partner_tui.ui.changes.push_dialogs import ForkUrlScreen, NewBranchScreen
from partner_tui.ui.changes.remote_box import RemoteBox
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import CredentialsScreen
from partner_tui.ui.widgets.toggles import RadioChoice
from tests.forge.api_server import Answer, ApiServer, pull
from tests.real_git import push_from_elsewhere, write_hook
from tests.small_partner import git
from tests.ui.changes.driving import (
    TITLE,
    MakeApp,
    changes_of,
    edit,
    on_screen,
    screen_text,
    text_of,
    told,
    until,
)

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


async def test_commits_of_the_default_branch_go_to_a_new_branch_and_a_pull_request(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    commit(clone, "Add [moss]\n\nIt grows.")
    api.answers[PULLS] = Answer(201, pull(12, api.url))
    app = make_app(clone, github_api=api.url)
    async with changes_of(app, (80, 24)) as (pilot, view):
        screen = await ask(pilot)
        assert "1 commit is pushed to origin" in screen_text(app)
        assert "localhost/o/r" in screen_text(app) and "Add [moss]" in screen_text(app)
        assert (value(screen, "title"), value(screen, "base")) == ("Add [moss]", "main")
        assert screen.query_one(TextArea).text == "It grows."
        assert screen.query_one("#open").region.bottom < 24, "the buttons are on the screen"
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


@pytest.mark.slow
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


@pytest.mark.slow
async def test_what_was_written_is_there_again_after_the_push_rebased_the_commits(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    git(clone, "switch", "--quiet", "--create", "moss")
    commit(clone, "Add moss")
    git(clone, "push", "--quiet", "--set-upstream", "origin", "moss")
    push_from_elsewhere(bare, "more.md", "more\n", branch="moss")
    commit(clone, "Add fern")
    head = git(clone, "rev-parse", "HEAD")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        screen = await ask(pilot)
        screen.query_one(TextArea).text = "Many words"
        await pilot.press("ctrl+s")
        await on_screen(pilot, ConfirmScreen)
        assert "Your commits were rebased" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Your text is kept" in told())
        assert git(clone, "rev-parse", "HEAD") != head
        await until(pilot, lambda: not view._remote_work.why_busy)
        assert (await ask(pilot)).query_one(TextArea).text == "Many words"


@pytest.mark.slow
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
    monkeypatch.setattr("partner_tui.ui.browser.open_in_browser", opened.append)
    return opened


@pytest.mark.slow
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
        assert opened == [f"{api.url}/o/r/compare/main...moss?expand=1"]
        assert app.clipboard == "Add moss\n\nIt grows."
        assert "moss" in git(bare, "branch", "--list")
        assert api.asked == []


@pytest.mark.slow
async def test_one_push_opens_it_where_the_forge_is_gitea(
    make_app: MakeApp, clone: Path, bare: Path, git_configuration: Path, tmp_path: Path
) -> None:
    git(bare, "config", "receive.advertisePushOptions", "true")
    write_hook(
        bare,
        "post-receive",
        f'cat > "{tmp_path}/refs"\nenv | grep ^GIT_PUSH_OPTION > "{tmp_path}/options"\n'
        'echo "Visit https://gitea.example.org/o/r/pulls/3"',
    )
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


@pytest.mark.slow
async def test_a_branch_without_commits_of_its_own_says_so(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        assert isinstance(view, ChangesView)
        await pilot.press("r")
        await until(pilot, lambda: "No commits that origin/main lacks" in told())


REFUSAL = 'echo "You are not allowed to push to this repository." >&2; exit 1'
PROTECTION = (
    "cat | grep -q refs/heads/main || exit 0\necho 'error: GH006: Protected branch update failed'\nexit 1\n"
)


def forked(bare: Path, clone: Path, api: ApiServer, git_configuration: Path) -> Path:
    """The remote takes nothing from Ada; there is a fork that does, of which git knows as of a URL of the same host."""
    write_hook(bare, "pre-receive", REFUSAL)
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    fork = bare.with_name("fork.git")
    git(bare.parent, "clone", "--quiet", "--bare", bare.as_uri(), fork.name)
    with git_configuration.open("a") as file:
        file.write(f'[url "{fork.as_uri()}"]\n\tpushInsteadOf = {api.url}/ada/r.git\n')
    return fork


async def agree(pilot: Pilot[None], *words: str) -> None:
    await on_screen(pilot, ConfirmScreen)
    for word in words:
        assert word in screen_text(pilot.app), word
    await pilot.press("y")


@pytest.mark.slow
async def test_whoever_may_not_push_has_it_forked_after_a_question(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    fork = forked(bare, clone, api, git_configuration)
    commit(clone, "Add moss")
    api.answers["POST /repos/o/r/forks"] = Answer(202, {"full_name": "ada/r"})
    api.answers[PULLS] = Answer(502)
    app = make_app(clone, github_api=api.url)
    async with changes_of(app) as (pilot, view):
        await pilot.press("P")
        await agree(pilot, "You do not have permission", "from a fork of your own")
        await on_screen(pilot, PullRequestScreen)
        app.screen.query_one("#branch", Input).value = "moss"
        await pilot.press("ctrl+s")
        await on_screen(pilot, ConfirmScreen)
        assert "localhost/o/r is forked to your account" in screen_text(app)
        assert api.asked == [], "nothing is asked of the forge before"
        await pilot.press("y")
        await until(pilot, lambda: "Your text is kept" in told())
        await until(pilot, lambda: not view._remote_work.why_busy)
        api.answers[PULLS] = Answer(201, pull(12, api.url))
        again = await ask(pilot)
        assert value(again, "branch") == "moss" and "at localhost/o/r" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Pull request opened" in told())
        await until(pilot, lambda: "https://example.org/o/r/pull/12" in told())
        assert view._link == "https://example.org/o/r/pull/12"
        assert [one.path for one in api.asked] == ["/repos/o/r/forks", *["/repos/o/r/pulls"] * 2]
        assert api.asked[-1].body["head"] == "ada:moss"
        assert git(fork, "log", "-1", "--format=%s", "moss").strip() == "Add moss"
        assert git(clone, "remote", "get-url", "ada").strip() == f"{api.url}/ada/r.git"
        assert git(clone, "branch", "--show-current").strip() == "moss"
        ran = " ".join(one.command for one in view.workspace.log.commands)
        assert "git remote add" in ran and "remote.pushDefault ada" in ran
        commit(clone, "Add fern")
        await until(pilot, lambda: not view._remote_work.why_busy)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "not pushed" in text_of(view, RemoteBox))
        await pilot.press("P")
        await until(pilot, lambda: git(fork, "log", "-1", "--format=%s", "moss").strip() == "Add fern")


@pytest.mark.slow
async def test_no_fork_is_made_when_the_user_says_no_and_the_text_is_kept(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    forked(bare, clone, api, git_configuration)
    commit(clone, "Add moss")
    app = make_app(clone, github_api=api.url)
    async with changes_of(app) as (pilot, view):
        screen = await ask(pilot)
        screen.query_one(TextArea).text = "Many words"
        await pilot.press("ctrl+s")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "No pull request was opened" in told())
        await until(pilot, lambda: not view._remote_work.why_busy)
        assert (await ask(pilot)).query_one(TextArea).text == "Many words"
    assert api.asked == []
    assert git(clone, "remote").split() == ["origin"]


@pytest.mark.slow
async def test_a_protected_branch_offers_a_pull_request_from_a_new_one(
    make_app: MakeApp, clone: Path, bare: Path, api: ApiServer, git_configuration: Path
) -> None:
    write_hook(bare, "pre-receive", PROTECTION)
    served_as(clone, bare, f"{api.url}/o/r.git", git_configuration)
    commit(clone, "Add moss")
    app = make_app(clone, github_api=api.url)
    async with changes_of(app) as (pilot, _view):
        await pilot.press("P")
        await on_screen(pilot, NewBranchScreen)
        assert "it is protected" in screen_text(app)
        app.screen.query_one(Input).value = "moss"
        await pilot.press("ctrl+r")
        await on_screen(pilot, PullRequestScreen)
        screen = app.screen
        assert isinstance(screen, PullRequestScreen) and value(screen, "branch") == "moss"
        assert "moss" not in git(bare, "branch", "--list"), "nothing is sent before"
        await pilot.press("ctrl+s")
        await on_screen(pilot, CredentialsScreen)
        assert "moss" in git(bare, "branch", "--list")


@pytest.mark.slow
async def test_a_commit_to_a_new_branch_says_which_key_opens_a_pull_request(
    make_app: MakeApp, clone: Path
) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "The Meadow"))
        await pilot.press("c")
        form = view.query_one(CommitForm)
        await until(pilot, lambda: form.has_focus_within)
        form.query_one("#elsewhere", RadioChoice).value = True
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Press r to push it and open a pull request" in told())
        await until(pilot, lambda: "r opens a pull request" in text_of(view, RemoteBox))


@pytest.mark.slow
async def test_what_a_host_runs_is_asked_once_where_its_name_does_not_say_it(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served_as(clone, bare, "https://git.example.org/o/r.git", git_configuration)
    git(clone, "switch", "--quiet", "--create", "moss")
    commit(clone, "Add moss")
    app = make_app(clone)
    opened = link_opened(app, monkeypatch)
    async with changes_of(app) as (pilot, view):
        await pilot.press("r")
        await on_screen(pilot, ForgeKindScreen)
        assert "What does git.example.org run?" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: not view._remote_work.why_busy)
        await pilot.press("r")
        await on_screen(pilot, ForgeKindScreen)
        await pilot.press("down", "enter")
        await on_screen(pilot, PullRequestScreen)
        await pilot.press("ctrl+s")
        page = "https://git.example.org/o/r/-/merge_requests/new?merge_request[source_branch]=moss&merge_request[target_branch]=main"
        await until(pilot, lambda: page in told())
        assert opened == [page]
        assert Settings.load(app.directories.settings_file).forges == {"git.example.org": "gitlab"}
        await until(pilot, lambda: not view._remote_work.why_busy)
        await ask(pilot)


@pytest.mark.slow
async def test_the_fork_of_a_forge_without_api_is_one_that_the_user_names(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    api: ApiServer,
    git_configuration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork = forked(bare, clone, api, git_configuration)
    commit(clone, "Add moss")
    app = make_app(clone, forges={"localhost": "gitlab"})
    opened = link_opened(app, monkeypatch)
    async with changes_of(app) as (pilot, _view):
        screen = await ask(pilot)
        screen.query_one("#branch", Input).value = "moss"
        await pilot.press("ctrl+s")
        await on_screen(pilot, ForkUrlScreen)
        assert f"Fork the repository at {api.url}/o/r" in screen_text(app)
        app.screen.query_one(Input).value = f"{api.url}/ada/r.git"
        await pilot.press("enter")
        await until(pilot, lambda: opened)
        assert opened[0].startswith(f"{api.url}/ada/r/-/merge_requests/new?")
        assert "moss" in git(fork, "branch", "--list")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["P", "r"])
async def test_where_no_commit_is_left_to_push_what_arrived_is_told_and_nothing_is_tried_again(
    make_app: MakeApp, clone: Path, bare: Path, tmp_path: Path, key: str
) -> None:
    git(clone, "switch", "--quiet", "--create", "topic")
    commit(clone, "Begin")
    git(clone, "push", "--quiet", "--set-upstream", "origin", "topic")
    git(tmp_path, "clone", "--quiet", "--branch", "topic", bare.as_uri(), "other")
    commit(tmp_path / "other", "Theirs came first", "# moss\n")
    git(tmp_path / "other", "push", "--quiet")
    commit(clone, "Add moss", "# moss\n")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        if key == "P":
            await pilot.press("P")
        else:
            await ask(pilot)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "No pull request was opened" in told())
        await until(pilot, lambda: "None of your commits is left after the pull." in told())
        await until(pilot, lambda: not view._remote_work.why_busy)
    assert "1 new commit from the remote:\n  Theirs came first\n" in told()
    assert "1 of your commits skipped" in told() and "Add moss" in told()
    assert "try again" not in told()
