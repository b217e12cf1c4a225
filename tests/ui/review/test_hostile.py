"""Whatever a contribution is called and holds, it is shown as text: no escape reaches the terminal, no markup is read, nothing ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.words_screen import WordsScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.contributions.contributions import Contributions
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.small_partner import MANIFEST
from tests.ui.waiting import frame_of, screen_text, until

ESCAPE = "\x1b[31m\x1b]0;owned\x07"
ENTRY = """\
  - id: "[red]fern[/red]"
    type: "[@click=app.quit]dataset[/]"
    name: "\\e[31mFern\\u202Egpj"
    description: "%s"
    covers: ["[b]x.png", "../../../etc/passwd", "bomb.png"]
    documentation: bad.md
    authors: [{name: "[/]"}]
    license: "[bold"
    format_version: 0.2.2
"""


@pytest.mark.slow
async def test_a_hostile_contribution_is_shown_as_text(tmp_path: Path, directories: Directories) -> None:
    bare = make_remote(tmp_path)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    work = make_clone(bare, tmp_path / "work")
    git("switch", "--quiet", "--create", "x", cwd=work)
    write(work, "collection.yaml", MANIFEST + ENTRY % ("long " * 40_000))
    write(work, f"[red]{ESCAPE}.md", f"{ESCAPE}[@click=app.quit]x[/]\n" * 50)
    write(work, "bad.md", f"# {ESCAPE}\n[a](javascript:alert(1)) ![b](https://example.org/x.png)\n")
    write(
        work,
        "bomb.png",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\x00\x00\x00",
    )
    write(work, "--upload-pack=x.yaml", "a: 1\n")
    (work / "loop").symlink_to("loop")
    git("add", "--all", "--", ".", cwd=work)
    author = f"--author=[red]{ESCAPE}Eve <e@x>"
    git("commit", "--quiet", author, "-m", f"[@click=app.quit]{ESCAPE}hi[/]", cwd=work)
    git("push", "--quiet", "origin", "HEAD:refs/pull/9/head", cwd=work)
    clone = make_clone(bare, tmp_path / "clone")
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        workspace = frame_of(app).workspace
        await until(pilot, lambda: workspace.repository is not None)
        contributions = Contributions(clone, workspace.checker)
        await asyncio.to_thread(contributions.fetch)
        screen = ReviewScreen(contributions, await asyncio.to_thread(contributions.find, "9"))
        await app.push_screen(screen)
        await until(pilot, lambda: screen.rows.chosen is not None and not app.background.running)
        assert "[@click=app.quit]" in screen_text(app)
        seen = []
        await pilot.press("enter")
        while True:
            for _ in screen.detail.tabs:
                await until(pilot, lambda: not app.background.running)
                await until(pilot, lambda: all(worker.is_finished for worker in screen.detail.workers))
                text = screen_text(app)
                assert "\x1b" not in text and "\u202e" not in text
                seen.append(text)
                if len(screen.detail.tabs) > 1:
                    await pilot.press("right")
            before = screen.rows.chosen
            await pilot.press("right_square_bracket")
            if screen.rows.chosen is before:
                break
        words = "\n".join(seen)
        assert "[red]fern[/red]" in words and "[@click=app.quit]x[/]" in words
        assert "root:" not in words
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, WordsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("m")
        await until(pilot, lambda: "Review of" in app.clipboard)
        assert "\x1b" not in app.clipboard and app.is_running
