"""The main job: open, look, edit the splash, save, commit and push; the remote has that field's line and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.real_git import git
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal

SUBTITLE = "Models and data for everything that grows"


@pytest.mark.parametrize(
    "size", [pytest.param((120, 36), marks=pytest.mark.slow), (80, 24)], ids=["120x36", "80x24"]
)
def test_a_subtitle_of_the_demo_is_edited_saved_committed_and_pushed(
    size: tuple[int, int], home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sample"
    with Terminal("demo", "--folder", str(folder), home=home, size=size) as app:
        app.sees("Microscopy Meadow", "Entries 16", "● 5", "◐ 6", "✗ 3", "? 2")
        (remote,), (clone,) = folder.glob("remote/*/*.git"), folder.glob("clone/*")
        demo = Partner(remote, clone, "collection.bioimage.io.yaml")

        app.keys("/").sees("words").rests().type("status:invalid").sees("3 of 16").sees_no_more(
            "clover-leaves"
        )
        app.keys("enter").rests().keys("enter").sees("Measures how fast moss grows")
        app.rests().keys("right").sees("too short", "Use 5 characters or more", "L93")
        app.rests().keys("right").sees("name: Moss", "✗ 93")
        app.keys("escape").rests().keys("escape").sees("clover-leaves")

        acts.type_into(app, "Subtitle", "All ")
        app.sees(f'− splash_subtitle: "{SUBTITLE}"', f'+ splash_subtitle: "All {SUBTITLE}"')
        acts.save(app)
        assert f'splash_subtitle: "All {SUBTITLE}"' in demo.manifest

        app.keys("5").sees("Changes 1", "splash_subtitle")
        app.keys("ctrl+z").sees("Undone", "No uncommitted changes")
        assert f'splash_subtitle: "{SUBTITLE}"' in demo.manifest
        app.keys("ctrl+y").sees("Redone", "Changes 1")

        acts.commit(app)
        app.sees("↑1")
        acts.push(app)
        app.sees("↑0")
        acts.leave(app)

    assert demo.pushed_lines() == [
        f'-  splash_subtitle: "{SUBTITLE}"',
        f'+  splash_subtitle: "All {SUBTITLE}"',
    ]
    assert git("show", "--no-patch", "--format=%an %ae %s", "main", cwd=demo.remote).startswith(
        "Ada ada@example.org splash_subtitle changed"
    )
    assert git("status", "--porcelain", cwd=demo.clone) == ""


def test_leaving_asks_only_when_something_is_unsaved(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home, env={"NO_COLOR": "1"}) as app:
        app.sees("petal-nuclei", "outdated")
        acts.type_into(app, "Title", "The ")
        app.keys("ctrl+q").sees("Quit?", "not saved")
        app.keys("escape").sees_no_more("Quit?").sees("edited, not saved")
        acts.save(app)
        acts.leave(app)
    assert "splash_title: The Microscopy Meadow  # on the site" in partner.manifest
    colours = re.findall(rb"\x1b\[[0-9;]*[34]8;2;(\d+;\d+;\d+)", app.written)
    assert all(len(set(colour.split(b";"))) == 1 for colour in colours), "NO_COLOR, and something is not grey"
