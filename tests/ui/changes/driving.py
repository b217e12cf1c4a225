"""Drives the Changes view in tests: opens it, edits, waits, and remembers what the app said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST as JUDGED_MANIFEST
from tests.small_partner import git
from tests.ui import waiting

MakeApp = Callable[..., PartnerApp]
# Entries that need a source which is not in the clone: they are known to be unresolved without the spec library.
MANIFEST = JUDGED_MANIFEST.replace(
    "    type: dataset\n", "    type: dataset\n    rdf_source: https://example.org/rdf.yaml\n"
)
TITLE = ("config", "splash_title")


NOTES: dict[str, str] = {}
"""What the app said in this test; the app itself forgets it after a while."""


async def until(pilot: Pilot[None], true: Callable[[], Any], what: str = "") -> None:
    """As `waiting.until`, and what the app says meanwhile is remembered."""

    def is_true() -> bool:
        NOTES.update((note.identity, f"{note.title} {note.message}") for note in pilot.app._notifications)
        return bool(true())

    await pilot.pause()
    await waiting.until(pilot, is_true, what)


@asynccontextmanager
async def changes_of(
    app: PartnerApp, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], ChangesView]]:
    """The app with the Changes view in front, read to its end."""
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen), "the workspace")
        await pilot.press("5")
        view = app.screen.query_one(ChangesView)
        await until(pilot, lambda: view._known is not None and view.query(CommitForm), "the changes")
        yield pilot, view


async def edit(pilot: Pilot[None], *edits: Replace) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, WorkspaceScreen)
    for each in edits:
        await screen.save_edits(f"{each.path[-1]}", [each])
    view = screen.query_one(ChangesView)
    await until(pilot, lambda: view.query_one(ChangeList).rows, "the edits in the list")


def rows(view: ChangesView) -> list[str]:
    return [row.words for row in view.query_one(ChangeList).rows]


def text_of(view: ChangesView, widget: type[Any]) -> str:
    return "\n".join(str(static.render()) for static in view.query_one(widget).query(Static))


def told() -> str:
    return "\n".join(NOTES.values())


async def on_screen(pilot: Pilot[None], screen: type[Any]) -> None:
    # With what it is made of: a busy machine shows the screen a while before.
    await until(
        pilot, lambda: isinstance(pilot.app.screen, screen) and pilot.app.screen.is_mounted, screen.__name__
    )
    await pilot.pause()


def lines_of(pilot: Pilot[None]) -> list[str]:
    """The rows of the dialog's list."""
    rows = pilot.app.screen.query_one(OptionList)
    return [str(option.prompt) for option in rows.options]


def screen_text(app: App[Any]) -> str:
    return "\n".join(str(static.render()) for static in app.screen.query(Static))


def push_from_elsewhere(bare: Path, folder: Path, old: str, new: str) -> None:
    """Another maintainer edits the manifest and pushes first."""
    git(folder, "clone", "--quiet", bare.as_uri(), "other")
    manifest = folder / "other" / "collection.yaml"
    assert old in manifest.read_text()
    manifest.write_text(manifest.read_text().replace(old, new))
    git(folder / "other", "commit", "--quiet", "--all", "--message", "Theirs came first")
    git(folder / "other", "push", "--quiet")


def remote_manifest(bare: Path, branch: str = "main") -> str:
    return git(bare, "show", f"{branch}:collection.yaml")
