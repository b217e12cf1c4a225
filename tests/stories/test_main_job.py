"""The main job: open, look, edit the splash, save, commit and push; the remote has that field's line and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repository.remotes import git
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal

SIZES = ((120, 36), (80, 24))
SUBTITLE = "Models and data for everything that grows"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_a_subtitle_is_edited_saved_committed_and_pushed(
    size: tuple[int, int], home: Path, demo: Partner
) -> None:
    with Terminal(str(demo.clone), home=home, size=size) as app:
        app.sees("Microscopy Meadow", "Entries 16", "● 5", "◐ 6", "✗ 3", "? 2")

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

        app.keys("3").sees("Changes 1", "splash_subtitle")
        app.keys("ctrl+z").sees("Taken back", "Nothing is edited")
        assert f'splash_subtitle: "{SUBTITLE}"' in demo.manifest
        app.keys("ctrl+y").sees("Done again", "Changes 1")

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


def test_the_demo_is_made_opened_and_pushed_to_with_one_command(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    with Terminal("demo", "--folder", str(folder), home=home) as app:
        app.sees("Microscopy Meadow", "5 latest", "3 invalid")
        acts.type_into(app, "Title", "The ")
        acts.save(app)
        acts.commit(app)
        acts.push(app)
        acts.leave(app)
    (remote,) = folder.glob("remote/*/*.git")
    assert "  splash_title: The Microscopy Meadow\n" in git(
        "show", "main:collection.bioimage.io.yaml", cwd=remote
    )


def test_leaving_asks_only_when_something_is_unsaved(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.leave(app)
    with Terminal(str(partner.clone), home=home) as app:
        app.sees("petal-nuclei")
        acts.type_into(app, "Title", "The ")
        app.keys("ctrl+q").sees("Quit?", "not saved")
        app.keys("escape").sees_no_more("Quit?").sees("edited, not saved")
        acts.save(app)
        acts.leave(app)
    assert "splash_title: The Microscopy Meadow  # on the site" in partner.manifest


def test_without_colours_the_words_are_the_same(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home, env={"NO_COLOR": "1"}) as app:
        app.sees("petal-nuclei", "Microscopy Meadow")
        acts.type_into(app, "Title", "Grey ")
        acts.save(app)
        acts.leave(app)
    colours = re.findall(rb"\x1b\[[0-9;]*[34]8;2;(\d+;\d+;\d+)", app.written)
    assert all(len(set(colour.split(b";"))) == 1 for colour in colours), "something is not grey"
