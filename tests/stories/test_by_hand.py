"""What people send by other ways than a pull request: added by hand, reviewed, merged, or deleted again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contributed import FERN, make_contributed
from tests.real_git import git, make_clone, write
from tests.repository.http_remote import HttpRemote
from tests.sent_files import FILES, RDF
from tests.small_partner import MANIFEST
from tests.stories import acts
from tests.stories.terminal import Terminal


def make_fork(remote: Path, folder: Path) -> Path:
    """A bare repository ``zoe/meadow.git`` whose branch ``fern`` adds an entry."""
    work = make_clone(remote, folder / "work")
    git("switch", "--quiet", "-c", "fern", "origin/main~2", cwd=work)
    write(work, "collection.yaml", MANIFEST + FERN)
    git("commit", "--quiet", "--all", "-m", "Add a fern", cwd=work)
    (folder / "zoe").mkdir()
    git("clone", "--quiet", "--bare", str(work), "zoe/meadow.git", cwd=folder)
    return folder


@pytest.mark.slow
def test_an_rdf_and_a_forks_branch_are_added_one_is_merged_and_the_other_deleted(
    home: Path, tmp_path: Path
) -> None:
    remote = make_contributed(tmp_path)
    clone = make_clone(remote, tmp_path / "clone")
    rdf = write(tmp_path, "sent/rdf.yaml", RDF)
    for name, content in FILES.items():
        write(tmp_path, f"sent/{name}", content)
    with (
        HttpRemote(make_fork(remote, tmp_path)) as server,
        Terminal(str(clone), home=home) as app,
    ):
        app.sees("petal-nuclei").rests().keys("2").sees("To review 6").rests()
        app.keys("a").sees("Add a contribution").rests().type("--upload-pack=x").keys("enter")
        app.sees("looks like an option").rests().keys("ctrl+u").type(str(rdf))
        app.sees("the RDF of one resource: rdf.yaml").rests().keys("enter")
        app.sees("fern-fronds", "datasets/fern-fronds", "docs/readme.md", "2 files").rests()
        app.type("leaf-veins").sees("There is an entry leaf-veins already.").rests()
        app.keys("ctrl+u").type("fronds").sees("datasets/fronds").rests().keys("enter")
        app.sees("Review", "contributed/fronds", "Add the dataset fronds", "Checklist ✓").rests()
        app.keys("v").sees("Verdict on contributed/fronds").rests().keys("enter")
        app.sees("Merge contributed/fronds").rests().keys("ctrl+s").sees("Merged contributed/fronds")
        app.rests().keys("escape").sees("To review 6").rests()
        app.keys("a").sees("Add a contribution").rests().type(server.url("zoe/meadow.git")).keys("enter")
        app.sees("Connect to this URL?", server.url("zoe/meadow.git")).rests()
        assert not server.requests
        app.keys("y").sees("fern", "main", "Fetch").rests().keys("enter")
        app.sees("Review", "contributed/zoe-fern", "Add a fern", "Checklist").rests().keys("escape")
        app.sees("Brought by hand 1", "contributed/zoe-fern").rests()
        app.keys("d").sees("Delete contributed/zoe-fern?", "1 commit of it is on no other branch").rests()
        app.keys("y").sees("Deleted contributed/zoe-fern").sees_no_more("Brought by hand").rests()
        app.keys("5").sees("Remote").rests().keys("P").sees("Pushed")
        acts.leave(app)
    assert "id: fronds" in git("show", "main:collection.yaml", cwd=remote)
    assert git("show", "main:datasets/fronds/docs/readme.md", cwd=remote) == "# Ferns"
    branches = git("branch", "--list", "--format=%(refname:short)", cwd=clone).split()
    assert branches == ["contributed/fronds", "main"]
