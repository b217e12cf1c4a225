"""The Changes view at work, on real clones of real bare remotes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Static, TextArea

from partner_tui.comparison.hunks import DiffLine
from partner_tui.errors import GitError
from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.background import Running
from partner_tui.ui.changes.author import AuthorScreen
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.conflicts import ConflictsScreen
from partner_tui.ui.changes.git_log import GitLogPane
from partner_tui.ui.changes.panes import ChangesPanes
from partner_tui.ui.changes.push_dialogs import NewBranchScreen
from partner_tui.ui.changes.remote_box import RemoteBox
from partner_tui.ui.changes.undo_history import UndoHistory
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import CredentialsScreen
from partner_tui.ui.dialogs.failure import FailureScreen
from partner_tui.ui.widgets.diff import DiffPane
from partner_tui.ui.widgets.diff_lines import DiffLines, emphasis, partners
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.changes.branching import branch_name
from tests.real_git import write, write_hook
from tests.repository.http_remote import HttpRemote
from tests.small_partner import git
from tests.ui.changes.driving import (
    MANIFEST,
    TITLE,
    MakeApp,
    changes_of,
    edit,
    on_screen,
    push_from_elsewhere,
    remote_manifest,
    rows,
    screen_text,
    text_of,
    told,
    until,
)

NAME = ("collection", 0, "name")


@pytest.mark.slow
async def test_edits_are_told_in_the_words_of_the_field_and_line_by_line(
    make_app: MakeApp, clone: Path
) -> None:
    async with changes_of(make_app(clone)) as (pilot, view):
        (clone / "mine.txt").write_text("the user's own")
        await edit(pilot, Replace(TITLE, "Microscopy [red]Meadows[/red]"), Replace(NAME, "Petals"))
        await until(pilot, lambda: len(rows(view)) == 3)
        assert rows(view) == ["collection.yaml", "splash_title changed", "entry petal-nuclei edited (name)"]
        assert [(row.added, row.removed) for row in view.query_one(ChangeList).rows] == [
            (2, 2),
            (1, 1),
            (1, 1),
        ]
        assert "1 other changed file is not included in commits." in str(
            view.query_one("#others", Static).render()
        )

        await pilot.press("down")
        words = text_of(view, DiffPane)
        assert "− Microscopy Meadow\n+ Microscopy [red]Meadows[/red]" in words
        assert "Petals" not in words

        await pilot.press("w")
        lines = view.query_one(DiffLines)
        drawn = "\n".join(lines.render_line(y).text for y in range(lines.size.height))
        assert "6   −   splash_title: Microscopy Meadow  # on the site" in drawn
        assert "6 +   splash_title: Microscopy [red]Meadows[/red]" in drawn

        assert "▸ name" in text_of(view, UndoHistory)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(pilot, lambda: not rows(view))
        assert text_of(view, UndoHistory).count("undone") == 2
        assert (clone / "collection.yaml").read_text() == MANIFEST


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36)])
async def test_the_name_of_a_new_branch_is_in_sight_beside_a_long_one(
    make_app: MakeApp, clone: Path, size: tuple[int, int]
) -> None:
    git(clone, "switch", "--quiet", "--create", "partner-tui/a-name-that-is-longer-than-there-is-room-for")
    async with changes_of(make_app(clone), size) as (pilot, view):
        (clone / "collection.yaml").write_text(MANIFEST + "# more\n")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: view.query_one(CommitForm).message == "collection.yaml changed")
        await pilot.press("c")
        form = view.query_one(CommitForm)
        assert form.region.right > form.query_one("#branch").region.x + 8
        assert form.query_one("#branch").region.x > form.query_one("#elsewhere").region.right - 1


async def test_a_commit_holds_our_changes_alone_and_a_push_brings_it_to_the_remote(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    async with changes_of(make_app(clone)) as (pilot, view):
        (clone / "docs/a.md").write_text("the user's own")
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+s")
        await until(pilot, lambda: "not pushed" in text_of(view, RemoteBox))
        assert git(clone, "log", "-1", "--format=%an %s") == "Ada splash_title changed\n"
        assert git(clone, "show", "--name-only", "--format=").split() == ["collection.yaml"]
        assert git(clone, "status", "--porcelain").strip() == "M docs/a.md"
        assert view.query_one(CommitForm).message == ""

        await pilot.press("P")
        await until(pilot, lambda: "Pushed" in told())
        assert remote_manifest(bare) == MANIFEST.replace(
            "splash_title: Microscopy Meadow", "splash_title: Whales"
        )
        await until(pilot, lambda: "Up to date with origin/main" in text_of(view, RemoteBox))
        assert "git push origin main\n" in f"{text_of(view, GitLogPane)}\n"
        await pilot.press("l", "enter")
        assert "--no-verify" in text_of(view, GitLogPane)


@pytest.mark.slow
async def test_a_field_changed_on_both_sides_is_chosen_by_the_user_now_or_later(
    make_app: MakeApp, clone: Path, bare: Path, tmp_path: Path
) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"), Replace(NAME, "Petals of ours"))
        await until(pilot, lambda: "petal" in view.query_one(CommitForm).message)
        push_from_elsewhere(bare, tmp_path, "splash_title: Microscopy Meadow", "splash_title: Sharks")
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, ConflictsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing was pushed" in told())
        assert "splash_title changed" in git(clone, "log", "-1", "--format=%s")
        assert "Whales" in (clone / "collection.yaml").read_text()
        await until(
            pilot, lambda: "P pushes" in text_of(view, RemoteBox) and "p pulls" in text_of(view, RemoteBox)
        )

        await pilot.press("P")
        await on_screen(pilot, ConflictsScreen)
        assert app.screen.query_one("#done", Button).disabled
        await pilot.press("left")
        assert not app.screen.query_one("#done", Button).disabled
        await pilot.press("right", "ctrl+s")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: "Pushed" in told())
        assert "splash_title: Sharks" in remote_manifest(bare)
        assert "Petals of ours" in remote_manifest(bare)


@pytest.mark.slow
async def test_credentials_are_asked_for_until_they_are_right_or_given_up(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    git(bare, "config", "http.receivepack", "true")
    with HttpRemote(bare.parent, user="ada", password="right") as remote:
        git(clone, "remote", "set-url", "origin", remote.url("partner.git"))
        app = make_app(clone)
        async with changes_of(app) as (pilot, view):
            await edit(pilot, Replace(TITLE, "Whales"))
            await until(pilot, lambda: view.query_one(CommitForm).message)
            await pilot.press("c", "ctrl+g")
            await on_screen(pilot, CredentialsScreen)
            await pilot.press("escape")
            await until(pilot, lambda: "Cancelled" in told() and "P pushes" in text_of(view, RemoteBox))

            await pilot.press("P")
            for attempt, password in ((1, "wrong"), (2, "right")):
                for kind, answer in (("username", "ada"), ("password", password)):
                    await until(
                        pilot, partial(lambda *asks: asked(app) == asks, kind, attempt), f"{kind} {attempt}"
                    )
                    await until(pilot, lambda: isinstance(app.focused, Input), "its field is made")
                    assert app.screen.query_one(Input).password == (kind == "password")
                    assert ("rejected your last answer" in screen_text(app)) == (attempt > 1)
                    await pilot.press(*answer, "enter")
            await until(pilot, lambda: "Pushed" in told())
            assert "right" not in text_of(view, GitLogPane)
    assert "Whales" in remote_manifest(bare)


async def test_enter_does_not_discard_and_a_letter_does_for_that_change_alone(
    make_app: MakeApp, clone: Path
) -> None:
    async with changes_of(make_app(clone)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"), Replace(NAME, "Petals"))
        await until(pilot, lambda: len(rows(view)) == 3)
        await pilot.press("down", "d")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("enter")
        await on_screen(pilot, WorkspaceScreen)
        assert len(rows(view)) == 3
        await pilot.press("d")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: len(rows(view)) == 2)
        assert (clone / "collection.yaml").read_text() == MANIFEST.replace(
            "name: Petal nuclei", "name: Petals"
        )
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(rows(view)) == 3)


@pytest.mark.slow
async def test_the_message_follows_the_changes_until_it_is_edited(make_app: MakeApp, clone: Path) -> None:
    async with changes_of(make_app(clone)) as (pilot, view):
        form = view.query_one(CommitForm)
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: form.message == "splash_title changed")
        await edit(pilot, Replace(NAME, "Petals"))
        await until(pilot, lambda: "petal-nuclei" in form.message)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.focused, TextArea))
        await pilot.press(*"My ", "escape")
        await edit(pilot, Replace(TITLE, "Sharks"))
        await pilot.pause(0.2)
        assert form.message.startswith("My ")


@pytest.mark.slow
async def test_a_missing_author_is_asked_for_and_kept_only_when_wanted(
    make_app: MakeApp, clone: Path, git_configuration: Path
) -> None:
    git_configuration.write_text("[core]\n\tfsync = none\n")
    async with changes_of(make_app(clone)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+s")
        await on_screen(pilot, AuthorScreen)
        await pilot.press(*"Eve", "enter", *"nowhere", "enter")
        assert "Not a valid email address" in str(pilot.app.screen.query_one(".problem", Static).render())
        await pilot.press(*"@example.org", "enter")
        await until(pilot, lambda: "not pushed" in text_of(view, RemoteBox))
        assert git(clone, "log", "-1", "--format=%an <%ae>") == "Eve <nowhere@example.org>\n"
        assert "Eve" not in (clone / ".git/config").read_text()


@pytest.mark.slow
async def test_a_commit_can_go_to_a_new_branch(make_app: MakeApp, clone: Path, bare: Path) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.click("#elsewhere")
        assert view.query_one("#branch", Input).value == "partner-tui/splash-title-changed"
        await pilot.click("#push")
        await until(pilot, lambda: "Pushed" in told())
        assert "Whales" in remote_manifest(bare, "partner-tui/splash-title-changed")
        assert "Whales" not in remote_manifest(bare)
        assert git(clone, "branch", "--show-current").strip() == "partner-tui/splash-title-changed"


@pytest.mark.slow
async def test_a_rejected_push_brings_in_what_arrived_and_pushes_again(
    make_app: MakeApp, clone: Path, bare: Path, tmp_path: Path
) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        push_from_elsewhere(bare, tmp_path, "Petal nuclei", "Petals of theirs")
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, ConfirmScreen)
        assert "Theirs came first" in "".join(str(static.render()) for static in app.screen.query(Static))
        await pilot.press("enter")
        await until(pilot, lambda: "Pushed" in told())
        pushed = remote_manifest(bare)
        assert "splash_title: Whales  # on the site" in pushed
        assert "Petals of theirs" in pushed


def asked(app: PartnerApp) -> tuple[str, int] | None:
    screen = app.screen
    return (screen.request.kind, screen.request.attempt) if isinstance(screen, CredentialsScreen) else None


@pytest.mark.slow
async def test_a_protected_branch_leads_to_a_new_one(make_app: MakeApp, clone: Path, bare: Path) -> None:
    write_hook(bare, "update", '[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch"; exit 1; }')
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, NewBranchScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "Pushed" in told())
        assert "Whales" in remote_manifest(bare, "partner-tui/splash-title-changed")


@pytest.mark.slow
async def test_what_the_remote_says_is_in_the_dialog_and_in_the_log(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    write_hook(bare, "pre-receive", "echo 'No YAML without an id.'; echo 'Ask Grace \x1b[31m.'; exit 1")
    app = make_app(clone)
    async with changes_of(app, size=(80, 24)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, FailureScreen)
        shown = screen_text(app)
        assert "declined the push: No YAML without an id." in shown and "new branch" not in shown
        assert "remote: Ask Grace" in shown and "[remote rejected] main -> main" in shown
        await pilot.press("escape")
        await on_screen(pilot, WorkspaceScreen)
        assert "remote: No YAML without an id." in text_of(view, GitLogPane)
        await until(pilot, lambda: "not pushed" in text_of(view, RemoteBox))


@pytest.mark.slow
async def test_a_rule_that_holds_for_new_branches_too_is_asked_about_once(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    write_hook(bare, "pre-receive", "echo 'error: GH006: Protected branch update failed'; exit 1")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, NewBranchScreen)
        assert "remote: error: GH006" in screen_text(app)
        await pilot.press("enter")
        await on_screen(pilot, FailureScreen)
        assert "fork" in screen_text(app) and "Push to a new branch" not in screen_text(app)


@pytest.mark.slow
async def test_a_commit_that_waits_is_ended_by_escape_and_by_no_other_act(
    make_app: MakeApp, clone: Path, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    program = write(
        tmp_path,
        "gpg.sh",
        f"#!/bin/sh\necho once >> {started}\nexec sleep 600\n",
    )
    program.chmod(0o755)
    git(clone, "config", "--global", "commit.gpgSign", "true")
    git(clone, "config", "--global", "gpg.program", str(program))
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        form = view.query_one(CommitForm)
        await until(pilot, lambda: form.message)
        await pilot.press("c", "ctrl+s")
        await until(pilot, started.exists)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "A commit is being made" in told())
        assert "A commit is being made" in (view.disabled_reason("discard") or "")
        await pilot.press("escape")
        await until(pilot, lambda: view.disabled_reason("commit") is None)
        assert started.read_text() == "once\n" and form.message
        assert git(clone, "rev-list", "--count", "HEAD").strip() == "1"
        assert not (clone / ".git" / "index.lock").exists()


@pytest.mark.slow
async def test_acts_that_cannot_be_done_say_why(make_app: MakeApp, repository: Path) -> None:
    git(repository, "switch", "--quiet", "--detach")
    app = make_app(repository)
    async with changes_of(app) as (pilot, view):
        assert "detached" in text_of(view, RemoteBox)
        assert "detached" in (view.disabled_reason("commit") or "")
        assert "No changes to discard" in (view.disabled_reason("discard") or "")
        git(repository, "switch", "--quiet", "main")
        await pilot.press("ctrl+r")
        await asyncio.to_thread(view.workspace.open_repository)
        view.repository_changed()
        await until(pilot, lambda: "no remote" in (view.disabled_reason("push") or ""))


async def test_the_panes_know_the_room_as_soon_as_they_are_there(make_app: MakeApp) -> None:
    """Not by the first resize alone: Textual drops it when the screen is laid out before the widget runs."""
    app = make_app()
    async with app.run_test(size=(80, 24)):
        panes = ChangesPanes()
        await app.screen.mount(panes)
        assert panes.has_class("-narrow", "-short")


@pytest.mark.slow
async def test_at_80_columns_the_panes_open_over_the_list(make_app: MakeApp, clone: Path) -> None:
    async with changes_of(make_app(clone), size=(80, 24)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        await until(pilot, lambda: view.query_one(ChangeList).has_focus)
        assert not view.query_one(DiffPane).region
        await pilot.press("enter")
        await pilot.pause()
        assert view.query_one(DiffPane).region and not view.query_one(ChangeList).region
        await pilot.press("escape", "c")
        assert isinstance(pilot.app.focused, TextArea) and view.query_one(CommitForm).region.width == 80
        await pilot.press("escape")
        assert view.query_one(ChangeList).has_focus


@pytest.mark.parametrize(
    ("before", "after", "spans"),
    [
        ("the old title here", "the new title here", (((4, 7),), ((4, 7),))),
        ("a", "something else altogether", ((), ())),
        ("one two three", "one three", (((4, 8),), ())),
    ],
)
def test_what_differs_in_a_line_is_marked(before: str, after: str, spans: Sequence[object]) -> None:
    assert emphasis(before, after) == spans


def test_of_each_run_the_first_removed_line_stands_for_the_first_added_one() -> None:
    removed, added, same = (DiffLine(sign, 1, 1, "a") for sign in ("-", "+", " "))
    lines: list[DiffLine | str | None] = [
        "a.yaml",
        removed,
        removed,
        added,
        same,
        removed,
        None,
        added,
        removed,
        added,
    ]
    assert partners(lines) == {1: 3, 3: 1, 8: 7, 7: 8}


def test_a_branch_is_named_after_the_subject() -> None:
    assert branch_name("Upgrade 14 entries to 0.3.4!\n\nbody") == "partner-tui/upgrade-14-entries-to-0-3-4"
    assert branch_name("☃") == "partner-tui/changes"


@pytest.mark.slow
async def test_a_message_leaves_the_form_that_is_typed_into(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Another"))
        app.show_error(GitError("The remote is gone.", "Try again."))
        await until(pilot, lambda: len(app._notifications) == 1, "the message")
        (note,) = app._notifications
        note.raised_at -= 3  # it was read meanwhile
        await pilot.press("down")
        assert note in app._notifications, "nothing is typed here"
        await pilot.press("c", "x")
        assert note not in app._notifications
        assert "x" in view.query_one(CommitForm).message


async def test_outside_of_a_repository_edits_are_saved_and_it_is_said_why_they_are_not_committed(
    make_app: MakeApp, tmp_path: Path
) -> None:
    manifest = tmp_path / "alone" / "collection.yaml"
    manifest.parent.mkdir()
    manifest.write_text(MANIFEST)
    app = make_app(manifest)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "not in a git repository" in told())
        assert [note.severity for note in app._notifications] == ["information"]
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await screen.save_edits("title", [Replace(TITLE, "Another")])
        assert "splash_title: Another" in manifest.read_text()
        await pilot.press("5")
        for key in ("c", "P", "f5"):
            app.clear_notifications()
            await pilot.press(key)
            await until(
                pilot, lambda: any("cannot be committed" in n.message for n in app._notifications), key
            )


@pytest.mark.slow
async def test_a_lost_remote_is_said_at_the_start_and_stops_nobody(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    bare.rename(bare.with_name("moved.git"))
    async with changes_of(make_app(clone, fetch_on_open=True)) as (pilot, view):
        await until(pilot, lambda: "Fetch failed:" in told())
        await edit(pilot, Replace(TITLE, "Another"))
        assert view.disabled_reason("commit") is None


@pytest.mark.slow
async def test_edits_that_git_was_told_to_ignore_are_not_told_as_no_changes(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        git(repository, "update-index", "--assume-unchanged", "collection.yaml")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "--no-assume-unchanged collection.yaml" in screen_text(app))
        assert "told to ignore" in (view.disabled_reason("commit") or "")


@pytest.mark.slow
async def test_escape_in_the_list_stops_what_runs_and_the_list_keeps_the_focus_when_it_is_read_anew(
    make_app: MakeApp, clone: Path
) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Whales"))
        running = Running("fetching")
        with app.background.shown(running):
            await pilot.press("tab", "escape")  # from a pane to the list
            assert view.query_one(ChangeList).has_focus
            assert not running.cancelled.is_set()
            await pilot.press("escape")
            assert running.cancelled.is_set()
        await edit(pilot, Replace(("config", "name"), "Another"))
        await until(pilot, lambda: len(rows(view)) == 3, "both edits")
        assert view.query_one(ChangeList).has_focus


@pytest.mark.slow
async def test_two_changes_of_one_id_keep_their_words_at_another_width(
    make_app: MakeApp, clone: Path
) -> None:
    manifest = clone / "collection.yaml"
    manifest.write_text(manifest.read_text().replace("id: leaf-veins", "id: petal-nuclei"))
    git(clone, "commit", "--quiet", "--all", "--message=Twice")
    async with changes_of(make_app(clone)) as (pilot, view):
        await edit(pilot, Replace(NAME, "Petals"), Replace(("collection", 1, "description"), "Veins"))
        await until(pilot, lambda: len(rows(view)) == 3)
        listed = view.query_one(ChangeList)
        for width in (200, 180):
            await pilot.resize_terminal(width, 36)
            await pilot.pause()
            shown = [str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count)]
            assert [sum(field in line for line in shown) for field in ("(nam", "(des")] == [1, 1], shown


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_form_keeps_the_focus_when_the_panes_are_laid_out_or_shown_again_at_once(
    make_app: MakeApp, clone: Path, size: tuple[int, int]
) -> None:
    async with changes_of(make_app(clone), size=size) as (pilot, view):
        await edit(pilot, Replace(NAME, "Pond"))
        panes = view.query_one(ChangesPanes)
        panes.open_pane("commit")
        panes.on_resize()
        view._show()
        await pilot.pause()
        assert view.query_one("#message", TextArea).has_focus
        await pilot.press("x")
        assert view.query_one("#message", TextArea).text.startswith("x")
