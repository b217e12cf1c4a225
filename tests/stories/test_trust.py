"""Opening somebody's folder: what its own git configuration would run waits for a yes, and does not run after a no."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_git import git
from tests.repository.plants import PLANTS, make_program
from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.conftest import NAME, Partner
from tests.stories.terminal import Terminal

QUESTION = "Trust this folder's git settings?"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["diff.textconv", "remote.receivepack", "gpg.program"])
def test_a_folder_that_is_not_trusted_is_worked_in_without_its_settings(
    home: Path, partner: Partner, tmp_path: Path, name: str
) -> None:
    witness = tmp_path / "witness"
    plant = PLANTS[name]
    plant.put(partner.clone, make_program(witness))
    (partner.clone / NAME).touch()
    with Terminal(str(partner.clone), home=home, size=(80, 24)) as app:
        app.sees(QUESTION, plant.asked, "Don't trust").rests()
        assert not witness.exists()
        app.keys("enter").sees("petal-nuclei", "not trusted")
        acts.type_into(app, "Title", "The ")
        acts.save(app)
        saved = partner.manifest
        app.rests().keys("ctrl+z").waits(lambda: partner.manifest == MANIFEST, "not undone")
        app.rests().keys("ctrl+y").waits(lambda: partner.manifest == saved, "not redone")
        app.keys("5").sees("Uncommitted changes", "~ splash_").rests()
        app.keys("c").sees("new branch").rests().keys("ctrl+s")
        if name == "gpg.program":
            app.sees("A signed commit needs git settings of this folder", plant.asked)
            app.keys("escape").rests().keys("escape")
        else:
            app.sees("Committed ").sees("P pushes").rests().keys("P")
            app.sees("git push needs git settings" if name == "remote.receivepack" else "Pushed")
            app.rests().keys("escape")
        app.rests().keys("ctrl+q").ends()
    assert not witness.exists()


@pytest.mark.slow
def test_a_folder_that_is_trusted_is_asked_about_again_when_its_settings_change(
    unfetched: Path, partner: Partner, tmp_path: Path
) -> None:
    witness = tmp_path / "witness"
    PLANTS["filter.clean"].put(partner.clone, make_program(witness))
    with Terminal(str(partner.clone), home=unfetched) as app:
        app.sees(QUESTION, "filter.strip.clean = ").rests().keys("y").sees("petal-nuclei", "main ↑0")
        assert "not trusted" not in app.rests().text
        acts.leave(app)
    assert witness.exists()
    with Terminal(str(partner.clone), home=unfetched) as app:
        app.sees("petal-nuclei", "main ↑0")
        acts.leave(app)
    git("config", "core.sshCommand", "other", cwd=partner.clone)
    with Terminal(str(partner.clone), home=unfetched) as app:
        app.sees(QUESTION, "core.sshCommand = other").rests().keys("escape").sees("not trusted")
        app.keys("ctrl+p").sees("app: ").type("trust this").sees("git: trust this folder").rests()
        app.keys("enter").sees(QUESTION).rests().keys("y").sees_no_more("not trusted")
        acts.leave(app)


def test_a_git_folder_elsewhere_is_not_used_and_said_so(unfetched: Path, partner: Partner) -> None:
    (partner.clone / ".git").rename(partner.clone.parent / "elsewhere.git")
    (partner.clone / ".git").write_text("gitdir: ../elsewhere.git\n")
    with Terminal(str(partner.clone), home=unfetched) as app:
        app.sees(QUESTION, ".git →").rests().keys("enter")
        app.sees("petal-nuclei", "not trusted: .git")
        acts.leave(app)


@pytest.mark.slow
def test_a_clone_made_by_the_app_is_never_asked_about(home: Path, partner: Partner) -> None:
    for _ in range(2):
        with Terminal(partner.remote.as_uri(), home=home) as app:
            app.sees("petal-nuclei", "main ↑0")
            assert QUESTION not in app.rests().text
            acts.leave(app)


def test_a_folder_can_be_trusted_on_the_command_line(unfetched: Path, partner: Partner) -> None:
    git("config", "core.sshCommand", "other", cwd=partner.clone)
    with Terminal(str(partner.clone), "--trust", home=unfetched) as app:
        app.sees("petal-nuclei", "main ↑0")
        assert "not trusted" not in app.rests().text
        acts.leave(app)
