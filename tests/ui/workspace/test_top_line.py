"""The first line: the branch and its distance from the remote stay on it, whatever the room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.repository.state import parse_status
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.ui.workspace.top_line import TopLine, fit_open
from tests.small_partner import git
from tests.ui.waiting import until

ADDRESS = "https://git.example.org/imaging/zoo.git"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, "Meadow  ·  git.example.org/imaging/zoo  main ↑1 ↓0  ·  collection.yaml"),
        (60, "Meadow  ·  git.example.org/imaging/zoo  main ↑1 ↓0"),
        (40, "Meadow  ·  ….org/imaging/zoo  main ↑1 ↓0"),
        (24, "Meadow  ·  main ↑1 ↓0"),
        (10, "Meadow  ·  main ↑1 ↓0"),
    ],
)
def test_the_branch_stays_where_the_rest_gives_way(width: int, line: str) -> None:
    assert "".join(fit_open("Meadow", ADDRESS, "main ↑1 ↓0", "collection.yaml", width)) == line


def test_a_long_name_gives_way_last() -> None:
    name, rest = fit_open("The Meadow of Microscopy", ADDRESS, "main ↑1 ↓0", "collection.yaml", 30)
    assert (name, rest) == ("The Meadow of …", "  ·  main ↑1 ↓0")


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (["branch.oid abcdef123456", "branch.head main"], "main"),
        (["branch.oid abcdef123456", "branch.head (detached)"], "detached at abcdef1"),
        (["branch.head main", "branch.upstream origin/main", "branch.ab +1 -2"], "main ↑1 ↓2"),
    ],
)
def test_a_distance_is_shown_only_to_a_branch_that_is_followed(status: list[str], standing: str) -> None:
    output = "\0".join(f"# {line}" for line in status)
    assert parse_status(output, Path("nowhere")).standing == standing


async def test_the_line_fits_itself_to_the_window(
    make_app: Callable[..., PartnerApp], repository: Path
) -> None:
    git(repository, "remote", "add", "origin", ADDRESS)
    app = make_app(repository)
    async with app.run_test(size=(100, 24)) as pilot:
        await until(
            pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query(TopLine))
        )
        line = app.screen.query_one(TopLine)
        await until(
            pilot, lambda: "zoo  main  ·  collection.yaml" in shown(line) and not app.background.running
        )
        await pilot.resize_terminal(32, 24)
        # What runs in the background is named in it as long as it takes.
        await until(pilot, lambda: shown(line).strip() == "Microscopy Meadow  ·  main")


def shown(line: TopLine) -> str:
    return line.render_line(0).text
