"""A kept clone holds history alone, fetches nothing unasked, and says how old it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partner_tui.errors import GitError, SourceError
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.process.git_log import GitLog
from tests.real_git import git, push_from_elsewhere

LIMIT = 1_000_000


def kept(bare: Path) -> KeptClone:
    return KeptClone.of_source(parse_source(str(bare)), bare.parent / "kept", "owner/partner")


def test_contents_come_when_they_are_asked_for_and_stay_when_the_remote_is_gone(bare: Path) -> None:
    clone, log = kept(bare), GitLog()
    assert clone.head("main") is None and clone.fetched("main") is None and not clone.is_own
    commit = clone.fetch("main", log)
    assert clone.head("main") == commit == git("rev-parse", "main", cwd=bare)
    assert clone.address == bare.as_uri() and any("fetch" in one.command for one in log.commands)
    paths = ["collection.yaml", "model/rdf.yaml", "nowhere.md"]
    here = clone.contents(commit, paths, LIMIT)
    assert not here.found and here.missing == ("collection.yaml", "model/rdf.yaml")
    fetched = clone.contents(commit, paths[1:], LIMIT, may_fetch=True)
    assert fetched.found == {"model/rdf.yaml": b"type: model\n"} and not fetched.missing
    bare.rename(bare.with_name("gone.git"))
    offline = clone.contents(commit, paths, LIMIT)
    assert list(offline.found) == ["model/rdf.yaml"] and offline.missing == ("collection.yaml",)
    with pytest.raises(GitError):
        clone.fetch("main")
    assert clone.head("main") == commit


def test_what_a_kill_left_of_a_new_clone_is_made_whole(bare: Path) -> None:
    clone = kept(bare)
    clone.root.mkdir(parents=True)
    git("init", "--quiet", ".", cwd=clone.root)
    assert clone.fetch("main") == git("rev-parse", "main", cwd=bare)
    assert clone.fetch("main") == clone.head("main")


def test_the_age_is_that_of_the_branch_that_was_fetched(bare: Path) -> None:
    clone = kept(bare)
    clone.fetch("main")
    os.utime(clone.root / ".git/partner-tui-fetched/main", (1_700_000_000, 1_700_000_000))
    git("branch", "gh-pages", "main~1", cwd=bare)
    clone.fetch("gh-pages")
    assert clone.fetched("main") == datetime.fromtimestamp(1_700_000_000, UTC)
    assert clone.head("gh-pages") == git("rev-parse", "gh-pages", cwd=bare)
    moved = push_from_elsewhere(bare, "more.md", "more\n")
    assert clone.fetch("main") == moved and clone.fetched("main") > datetime.fromtimestamp(1_700_000_000, UTC)  # type: ignore[operator]


def test_of_a_users_clone_the_remote_of_the_repository_is_read(bare: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    git("clone", "--quiet", bare.as_uri(), str(own), cwd=tmp_path)
    clone = KeptClone.of_source(parse_source(str(own)), tmp_path / "kept", "owner/partner")
    assert (
        clone.is_own and clone.remote == "origin" and clone.head("main") == git("rev-parse", "main", cwd=bare)
    )
    git("remote", "add", "upstream", "https://example.org/owner/partner.git", cwd=own)
    git("update-ref", "refs/remotes/upstream/main", "HEAD~1", cwd=own)
    clone = KeptClone.of_source(parse_source(str(own)), tmp_path / "kept", "owner/partner")
    assert clone.remote == "upstream" and clone.head("main") == git("rev-parse", "HEAD~1", cwd=own)
    assert clone.address == "https://example.org/owner/partner.git"
    assert clone.contents(clone.head("main") or "", ["collection.yaml"], LIMIT).found
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_is_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        KeptClone.of_source(parse_source(str(tmp_path)), tmp_path / "kept", "owner/partner")
