"""What the start screen says of repositories that were open before: from this machine alone, and nothing of it is changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, GitError
from partner_tui.repository.git import offline, run
from partner_tui.settings import Directories
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.opening.glance import LOOKS, Glance, take
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from tests.contributed import MOSS, make_contributed
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.small_partner import MANIFEST


@pytest.fixture
def directories(tmp_path: Path) -> Directories:
    return Directories(*(tmp_path / "home" / kind for kind in ("config", "data", "state", "cache")))


def look(folder: Path, directories: Directories, cancelled: threading.Event | None = None) -> Glance:
    known = Glance(folder)
    for one in LOOKS:
        known = take(one, known, directories, "", cancelled or threading.Event())
    return known


def test_branch_edits_contributions_and_statuses_are_known(tmp_path: Path, directories: Directories) -> None:
    bare = make_contributed(tmp_path)
    clone = make_clone(bare, tmp_path / "clone")
    git("fetch", "--quiet", "origin", "+refs/pull/*:refs/partner-tui/contributions/pull/*", cwd=clone)
    git("config", "user.email", "me@example.org", cwd=clone)
    push_from_elsewhere(bare, "news.md", "new\n")
    git("fetch", "--quiet", cwd=clone)
    write(clone, "collection.yaml", MANIFEST + MOSS)
    before = git("for-each-ref", cwd=clone)
    check_and_set.check(
        find_manifest(resolve_source(str(clone), directories), None, directories), directories
    )
    write(clone, "collection.yaml", MANIFEST + MOSS + MOSS.replace("moss", "fern").replace("Moss", "Fern"))
    known = look(clone, directories)
    assert known.problem == ""
    assert known.state is not None
    assert (known.state.branch, known.state.ahead, known.state.behind) == ("main", 0, 1)
    assert known.state.dirty == ("collection.yaml",)
    assert known.to_review == 7  # of seven one is merged, and one commit arrived
    assert known.statuses is not None
    assert known.statuses[Status.UNCHECKED] == 1 and sum(known.statuses.values()) == 4
    assert git("for-each-ref", cwd=clone) == before


def test_a_folder_that_is_gone_says_so(tmp_path: Path, directories: Directories) -> None:
    assert look(tmp_path / "gone", directories).problem == "folder not found"


def test_settings_that_are_not_trusted_are_not_used(tmp_path: Path, directories: Directories) -> None:
    clone = make_clone(make_remote(tmp_path), tmp_path / "clone")
    git("config", "filter.x.clean", f"touch {tmp_path}/run; cat", cwd=clone)
    write(clone, ".gitattributes", "*.yaml filter=x\n")
    write(clone, "collection.yaml", "id: other\n")
    known = look(clone, directories)
    assert known.problem == "not trusted yet"
    assert known.state is None and known.statuses is None
    assert not (tmp_path / "run").exists()


def test_a_folder_without_git_has_statuses_alone(tmp_path: Path, directories: Directories) -> None:
    write(tmp_path, "plain/collection.yaml", "config: {id: plain}\ncollection: []\n")
    known = look(tmp_path / "plain", directories)
    assert known.problem == "" and known.state is None and known.to_review is None
    assert known.statuses is not None and not any(known.statuses.values())


def test_a_broken_manifest_says_so_beside_the_branch(tmp_path: Path, directories: Directories) -> None:
    clone = make_clone(make_remote(tmp_path), tmp_path / "clone")
    write(clone, "collection.yaml", "a: [\n")
    known = look(clone, directories)
    assert known.problem == "manifest cannot be read"
    assert known.state is not None and known.state.branch == "main"


def test_what_a_partial_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    bare = make_remote(tmp_path)
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--filter=blob:none", "--no-checkout", bare.as_uri(), str(clone), cwd=tmp_path)
    with offline(threading.Event()), pytest.raises(GitError):
        run(["show", "HEAD:collection.yaml"], cwd=clone)
    assert "partner" in run(["show", "HEAD:collection.yaml"], cwd=clone)


def test_a_look_that_takes_too_long_leaves_what_was_known(tmp_path: Path, directories: Directories) -> None:
    clone = make_clone(make_remote(tmp_path), tmp_path / "clone")
    cancelled = threading.Event()
    cancelled.set()
    with offline(cancelled), pytest.raises(Cancelled):
        run(["status"], cwd=clone)
    assert take(LOOKS[0], Glance(clone), directories, "", cancelled) == Glance(clone)
