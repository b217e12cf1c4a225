"""What the user's own editor does to the manifest: broken, corrected, undone; and opened where it does not parse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_git import git
from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.conftest import Partner
from tests.stories.terminal import Terminal

BROKEN = MANIFEST.replace("name: Leaf veins", 'name: "Leaf veins')
MENDED = MANIFEST.replace("name: Leaf veins", "name: Veins of leaves")


@pytest.fixture
def editor(tmp_path: Path) -> str:
    """An editor that writes what `next` holds, and notes what it was started with."""
    script = tmp_path / "editor"
    script.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/started\nfor file in "$@"; do :; done\ncat {tmp_path}/next > "$file"\n'
    )
    script.chmod(0o755)
    return str(script)


@pytest.mark.slow
def test_a_broken_edit_is_undone_or_edited_again(
    home: Path, partner: Partner, editor: str, tmp_path: Path
) -> None:
    (tmp_path / "next").write_text(BROKEN)
    with Terminal(str(partner.clone), home=home, env={"EDITOR": editor}) as app:
        app.sees("petal-nuclei", "Leaf veins").rests()
        app.keys("e").sees("cannot be read", "begins on line 19", "Edit", "Repair", "Undo").rests()
        app.keys("ctrl+z").sees_no_more("cannot be read").sees("petal-nuclei")
        assert partner.manifest == MANIFEST

        app.rests().keys("e").sees("cannot be read").rests()
        (tmp_path / "next").write_text(MENDED)
        app.keys("e").sees_no_more("cannot be read").sees("Veins of leaves", "Changes 1")
        assert partner.manifest == MENDED
        app.rests().keys("ctrl+z").sees("Undone", "Leaf veins").rests()
        assert partner.manifest == MANIFEST
        acts.leave(app)


@pytest.mark.slow
def test_a_broken_edit_is_neither_committed_nor_pushed(
    home: Path, partner: Partner, editor: str, tmp_path: Path
) -> None:
    head = git("rev-parse", "HEAD", cwd=partner.clone)
    (tmp_path / "next").write_text(BROKEN)
    with Terminal(str(partner.clone), home=home, env={"EDITOR": editor}) as app:
        app.sees("petal-nuclei", "Leaf veins").rests()
        app.keys("e").sees("cannot be read").rests().keys("escape").rests()
        app.keys("ctrl+z").sees("Undone").rests().keys("ctrl+y").sees("Redone", "cannot be read").rests()
        assert partner.manifest == BROKEN
        app.keys("5").sees("collection.yaml changed", "Not checked, not committed").rests()
        app.keys("c", "ctrl+s").sees("Nothing can be committed").rests().keys("P").rests()
        assert git("rev-parse", "HEAD", cwd=partner.clone) == head
        acts.leave(app)
    assert partner.pushed() + "\n" == MANIFEST


def test_an_unparsable_manifest_says_where_and_is_corrected(
    home: Path, partner: Partner, editor: str, tmp_path: Path
) -> None:
    bad = MANIFEST.replace("splash_title: Microscopy", "splash_title: Micro: scopy")
    partner.write(bad)
    (tmp_path / "next").write_text(MENDED)
    with Terminal(str(partner.clone), home=home, size=(80, 24), env={"EDITOR": editor}) as app:
        app.sees(
            "cannot be read",
            "6",
            "name: Microscopy Meadow",
            "splash_title: Micro: scopy",
            "splash_feature_list",
        )
        app.rests().keys("e").sees_no_more("cannot be read").sees("petal-nuclei", "Entries 2")
        acts.leave(app)
    assert partner.manifest == MENDED


def test_without_an_editor_the_setting_is_named(home: Path, partner: Partner) -> None:
    with Terminal(str(partner.clone), home=home, env={"EDITOR": "no-such-editor"}) as app:
        app.sees("petal-nuclei").rests().keys("e").sees("no-such-editor", "$EDITOR")
        acts.leave(app)


@pytest.mark.slow
def test_an_editor_that_writes_nothing_is_told_whether_the_manifest_is_there(
    home: Path, partner: Partner
) -> None:
    with Terminal(str(partner.clone), home=home, env={"EDITOR": "true"}) as app:
        app.sees("petal-nuclei", "Leaf veins").rests()
        app.keys("e").sees("No changes made.").rests()
        (partner.clone / "collection.yaml").unlink()
        app.keys("ctrl+r").sees("is missing").rests()
        app.keys("e").rests().sees("is missing", "Edit")
        acts.leave(app)
