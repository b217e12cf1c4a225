"""A review is posted where its reviewer chooses so, about the head that was reviewed; what was not posted is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from partner_tui.contributions.kept import Comment
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import CredentialsScreen
from partner_tui.ui.review.discussion import DiscussionScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.telling import TellScreen
from partner_tui.ui.review.verdict import VerdictScreen
from tests.forge.api_server import Answer, ApiServer, Asked, pull
from tests.real_git import git
from tests.ui.review.conftest import Reviewing
from tests.ui.review.test_said import on_disk
from tests.ui.waiting import screen_text, until

pytest.importorskip("github")
REVIEWS = "POST /repos/o/r/pulls/7/reviews"


def put_on_forge(screen: ReviewScreen, api: ApiServer, **more: object) -> None:
    """Let the contribution be one of the server's, which `more` is said of."""
    git("remote", "set-url", "origin", f"{api.url}/o/r.git", cwd=screen.contributions.root)
    screen.contributions.__init__(  # type: ignore[misc]
        screen.contributions.root, screen.frame.workspace.checker
    )
    screen.app.settings = replace(screen.app.settings, github_api=api.url)
    head = screen.one.head
    api.answers["GET /repos/o/r/pulls/7"] = Answer(
        body=pull(7, api.url, head={"sha": head, "ref": "x", "label": "o:x"}, **more)
    )


async def agree(pilot: Pilot[None], *keys: str) -> str:
    """Choose a way, and agree to what it shows; that text."""
    await pilot.press(*keys, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
    shown = screen_text(pilot.app)
    await pilot.press("y")
    return shown


async def decide(pilot: Pilot[None], screen: ReviewScreen, api: ApiServer, *keys: str) -> None:
    """Give a verdict with two comments, up to the ways to tell it."""
    put_on_forge(screen, api)
    patch = "@@ -0,0 +1,2 @@\n+Ivy\n+more"
    api.answers["GET /repos/o/r/pulls/7/files"] = Answer(body=[{"filename": "docs/ivy.md", "patch": patch}])
    on_line, elsewhere = (
        Comment("file:docs/ivy.md", "line 1", "More words."),
        Comment("entry:ivy", "", "Nice."),
    )
    screen.keep(screen.kept.commented(on_line).commented(elsewhere))
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, VerdictScreen))
    await pilot.press(*keys, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, TellScreen))
    await until(pilot, lambda: "Open its page" in screen_text(pilot.app))


def accepts(token: str) -> object:
    def answer(asked: Asked) -> Answer:
        if asked.token != f"token {token}":
            return Answer(401, {"message": "Bad credentials"})
        return Answer(body={"id": 1, "html_url": "https://example.org/review"})

    return answer


async def test_a_review_is_posted_with_a_token_that_is_asked_for_until_it_is_taken(
    reviewing: Reviewing, api: ApiServer
) -> None:
    api.answers[REVIEWS] = accepts("right")  # type: ignore[assignment]
    async with reviewing("7") as (pilot, screen):
        await decide(pilot, screen, api, "down", "down", "down")
        shown = await agree(pilot, "down", "down", "down")
        assert "localhost/o/r" in shown and "docs/ivy.md:1  More words." in shown
        for typed in ("wrong", "right"):
            await until(pilot, lambda: isinstance(pilot.app.screen, CredentialsScreen))
            pilot.app.screen.query_one(Input).value = typed
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(pilot.app.screen, CredentialsScreen))
        await until(pilot, lambda: "keyring" in screen_text(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        body = api.asked[-1].body
        assert (body["event"], body["commit_id"]) == ("REQUEST_CHANGES", screen.one.head)
        assert body["comments"] == [{"path": "docs/ivy.md", "position": 1, "body": "More words."}]
        assert "Nice." in body["body"] and "More words." not in body["body"]


@pytest.mark.slow
async def test_a_declined_one_is_closed_after_its_review(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    api.answers[REVIEWS] = accepts("right")  # type: ignore[assignment]
    api.answers["PATCH /repos/o/r/pulls/7"] = Answer(body=pull(7, api.url, state="closed"))
    async with reviewing("7") as (pilot, screen):
        await decide(pilot, screen, api, "down", "down", "down", "down")
        assert "Post it and close" in screen_text(pilot.app)
        assert "closed after it" in await agree(pilot, "down", "down", "down", "down")
        await until(
            pilot,
            lambda: bool(api.asked) and api.asked[-1].method == "PATCH" and not screen.app.background.running,
        )
        assert [one.body["event"] for one in api.asked if one.method == "POST"] == ["COMMENT"]


@pytest.mark.slow
async def test_what_could_not_be_posted_is_kept(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    api.answers[REVIEWS] = Answer(502)
    async with reviewing("7") as (pilot, screen):
        await decide(pilot, screen, api, "down", "down", "down")
        await agree(pilot, "down", "down", "down")
        await until(
            pilot,
            lambda: bool(api.asked) and api.asked[-1].method == "POST" and not screen.app.background.running,
        )
        await until(pilot, lambda: len(on_disk(screen).comments) == 2)
        assert on_disk(screen).verdict == "changes"


@pytest.mark.slow
async def test_the_discussion_is_shown_as_text(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    async with reviewing("7", size=(80, 24)) as (pilot, screen):
        issue = f"{api.url}/repos/o/r/issues/7"
        put_on_forge(
            screen, api, issue_url=issue, draft=True, body="[red]It[/red] \x1b[2Jsegments.\r\n\r\nNuclei."
        )
        head, start = screen.one.head, "GET /repos/o/r"
        api.answers[f"{start}/commits/{head}/check-runs"] = Answer(
            body={
                "total_count": 1,
                "check_runs": [{"name": "ci", "status": "completed", "conclusion": "failure"}],
            }
        )
        api.answers[f"{start}/pulls/7/reviews"] = Answer(
            body=[{"user": {"login": "bo"}, "state": "CHANGES_REQUESTED", "body": "Which axes?"}]
        )
        api.answers[f"{start}/issues/7/comments"] = api.answers[f"{start}/pulls/7/comments"] = Answer(body=[])
        assert api.asked == []
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DiscussionScreen))
        await until(pilot, lambda: "Which axes?" in screen_text(pilot.app))
        shown = screen_text(pilot.app)
        assert "draft  ·  ada  ·  new model" in shown
        assert "[red]It[/red] ␛[2Jsegments." in shown
        assert "failure     ci" in shown
        assert "bo  changes requested" in shown
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


@pytest.mark.slow
async def test_an_approval_is_posted_as_one(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    api.answers[REVIEWS] = accepts("right")  # type: ignore[assignment]
    async with reviewing("7") as (pilot, screen):
        await decide(pilot, screen, api, *["down"] * 5)
        assert "an approval of" in await agree(pilot, "down", "down", "down")
        await until(pilot, lambda: bool(api.asked) and api.asked[-1].method == "POST")
        assert api.asked[-1].body["event"] == "APPROVE"
        assert on_disk(screen).verdict == "approved"


MERGE = "PUT /repos/o/r/pulls/7/merge"


async def merge_there(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, VerdictScreen))
    return await agree(pilot, *keys)


@pytest.mark.slow
@pytest.mark.parametrize(("downs", "how"), [(6, "merge"), (7, "squash")])
async def test_the_forge_merges_the_head_that_was_reviewed(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch, downs: int, how: str
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    api.answers[MERGE] = Answer(body={"sha": "c" * 40, "merged": True, "message": "done"})
    async with reviewing("7") as (pilot, screen):
        put_on_forge(screen, api)
        shown = await merge_there(pilot, *["down"] * downs)
        assert screen.one.head[:7] in shown and "cannot be undone" in shown
        await until(pilot, lambda: on_disk(screen).verdict == "merged-there")
        body = api.asked[-1].body
        assert (body["sha"], body["merge_method"]) == (screen.one.head, how)


@pytest.mark.slow
async def test_a_head_that_moved_is_not_merged_there(
    reviewing: Reviewing, api: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "right")
    async with reviewing("7") as (pilot, screen):
        put_on_forge(screen, api)
        api.answers["GET /repos/o/r/pulls/7"] = Answer(
            body=pull(7, api.url, head={"sha": "d" * 40, "ref": "x", "label": "o:x"})
        )
        await merge_there(pilot, *["down"] * 6)
        await until(
            pilot,
            lambda: any("new commits" in note.message + note.title for note in screen.app._notifications),
        )
        assert all(one.method == "GET" for one in api.asked)
        assert on_disk(screen).verdict is None
