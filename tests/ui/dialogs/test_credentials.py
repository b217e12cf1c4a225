"""Who asks for credentials in the app: what the user waits for, never what goes on by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from partner_tui.repository.process.prompts import CredentialRequest, read_prompt
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import OVER_SECONDS, CredentialsScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.ui.workspace.top_line import TopLine
from tests.repository.http_remote import HttpRemote
from tests.small_partner import git
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    """The small partner with a remote, which nobody serves yet."""
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "remotes/meadow.git")
    git(repository, "remote", "add", "origin", (tmp_path / "remotes/meadow.git").as_uri())
    git(repository, "config", "core.fsync", "none")
    return repository


def first_line(app: PartnerApp) -> str:
    line = app.screen.query_one(TopLine)
    return str(line.render())


async def test_a_fetch_that_nobody_asked_for_takes_no_keys(
    make_app: MakeApp, clone: Path, tmp_path: Path
) -> None:
    with HttpRemote(tmp_path / "remotes", user="ada", password="right") as remote:
        git(clone, "remote", "set-url", "origin", remote.url("meadow.git", "ada@"))
        app = make_app(clone, fetch_on_open=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.wanted is not None)
            await until(pilot, lambda: "Fetch needs your password  f5" in first_line(app))
            assert isinstance(app.screen, WorkspaceScreen)
            assert not app._notifications, "the first line says it"
            await pilot.press("f5")
            await until(pilot, lambda: isinstance(app.screen, CredentialsScreen))
            await pilot.press(*"right", "enter")
            await until(pilot, lambda: any("Fetched" in note.message for note in app._notifications))
            await until(pilot, lambda: "f5" not in first_line(app))


async def ask(
    app: PartnerApp, pilot: Pilot[None], request: CredentialRequest
) -> Callable[[], list[str | None]]:
    """Ask as git's thread does; returns what was answered so far."""
    answers: list[str | None] = []
    threading.Thread(target=lambda: answers.append(app.credentials(request)), daemon=True).start()
    await until(pilot, lambda: isinstance(app.screen, CredentialsScreen))
    return lambda: answers


def text(app: PartnerApp) -> str:
    return "\n".join(str(static.render()) for static in app.screen.query(Static))


async def test_a_touch_is_a_notice_that_goes_when_it_is_done(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        request = read_prompt("Confirm user presence for key ED25519-SK SHA256:abc", "none")
        answers = await ask(app, pilot, request)
        assert "SHA256:abc" in text(app) and not app.screen.query(Input)
        assert [button.id for button in app.screen.query(Button)] == ["no"]
        request.over.set()
        await until(pilot, lambda: not isinstance(app.screen, CredentialsScreen))
        await until(pilot, lambda: answers() == [None])


async def test_a_code_is_asked_for_by_its_own_words_and_unseen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for _ in range(2):
            answers = await ask(app, pilot, read_prompt("(ada@example.org) Verification code: "))
            assert "(ada@example.org) Verification code:" in text(app) and "not kept" in text(app)
            assert app.screen.query_one(Input).password and app.screen.query_one(Input).value == ""
            await pilot.press(*"123456", "enter")
            await until(pilot, partial(lambda given: given() == ["123456"], answers))


async def test_a_dialog_that_nobody_waits_for_any_more_closes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        request = read_prompt("ada@example.org's password: ")
        answers = await ask(app, pilot, request)
        request.over.set()
        await until(pilot, lambda: answers() == [None])


async def test_what_stands_over_a_question_that_is_over_stays_to_be_read(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        request = read_prompt("Confirm user presence for key ED25519-SK SHA256:abc", "none")
        answers = await ask(app, pilot, request)
        question, failure = app.screen, ConfirmScreen("Failed", "The host refused the key.", yes="Retry")
        await app.push_screen(failure)
        request.over.set()
        await pilot.pause(5 * OVER_SECONDS)
        assert app.screen is failure and answers() == []
        await pilot.press("escape")
        await until(pilot, lambda: answers() == [None])
        assert question not in app.screen_stack


async def test_enter_does_not_trust_a_host(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        answers = await ask(
            app, pilot, read_prompt("ED25519 key fingerprint is SHA256:abc.\nAre you sure (yes/no)? ")
        )
        assert "SHA256:abc" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: answers() == ["no"])


@pytest.mark.parametrize(("attempt", "is_told"), [(1, False), (2, True)])
async def test_an_answer_that_was_rejected_is_told(make_app: MakeApp, attempt: int, is_told: bool) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await ask(app, pilot, replace(read_prompt("ada@example.org's password: "), attempt=attempt))
        assert ("rejected your last answer" in text(app)) is is_told
        await pilot.press("escape")
