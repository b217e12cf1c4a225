"""What the site shows is read from gh-pages by git alone: what was agreed to is fetched, and all else works on what is here."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from partner_tui.central.collection import BRANCH
from partner_tui.errors import Cancelled, GitError, PartnerTuiError
from partner_tui.manifest.partner import Partner
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_clone import central_clone
from partner_tui.workspace.central.collection import Collection, Copy, open_copy, read_collection
from tests.central.collection_data import item
from tests.collection_remote import make_collection, publish
from tests.real_git import git
from tests.repository.http_remote import HttpRemote

ZOO = Partner({"id": "zoo"})
ITEMS = [item("zoo:fern", "application"), item("ark:boat", "application"), item("busy-bee")]
SUMMARIES: dict[str, Any] = {
    "zoo_fern/v0": {"id": "zoo/fern"},
    "ark_boat/v0": {"id": "ark/boat"},
    "busy-bee/v0": {"name": "Bee"},
}


@pytest.fixture
def directories(tmp_path: Path) -> Directories:
    return Directories(*(tmp_path / kind for kind in ("config", "data", "state", "cache")))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "remote", ITEMS, SUMMARIES)


def fetched(setting: str, directories: Directories) -> Copy:
    central_clone(setting, directories).fetch(BRANCH, newest_only=True)
    return open_copy(setting, directories)


def read(copy: Copy, **options: Any) -> Collection:
    found = read_collection(copy, ZOO, **options)
    assert found is not None
    return found


def names(found: Collection) -> tuple[list[str], list[str]]:
    """The items whose summary is here, with its version, and those whose is not."""
    here = [
        f"{item_id.rpartition('/')[2]} {version.name}" for item_id, (version, _) in found.summaries.items()
    ]
    return here, [one.name for one in found.missing]


@pytest.mark.parametrize("over", ["file", "http"])
def test_only_summaries_that_may_be_the_partners_are_fetched_and_stay_without_network(
    bare: Path, directories: Directories, over: str
) -> None:
    with HttpRemote(bare.parent) as server:
        setting = server.url(bare.name) if over == "http" else bare.as_uri()
        assert read_collection(open_copy(setting, directories), ZOO) is None
        copy = fetched(setting, directories)
        assert read_collection(copy, ZOO) is None and copy.clone is not None
        assert git("rev-list", "--count", str(copy.commit), cwd=copy.root) == "1"
        assert copy.contents(["index.json"], may_fetch=True).found
        assert names(read(copy)) == ([], ["zoo:fern", "busy-bee"])
        told: list[str] = []
        assert names(read(copy, tell=told.append, may_fetch=True)) == (["zoo:fern v0", "busy-bee v0"], [])
        assert told == ["0/2"]
    (bare / "objects").rename(bare / "gone")
    found = read(open_copy(setting, directories))
    assert names(found) == (["zoo:fern v0", "busy-bee v0"], [])
    assert found.date == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert copy.contents(["reports/bioimage-io/ark_boat/v0/summary.json"]).missing


def test_a_new_version_is_missing_until_it_is_fetched_and_the_older_one_shown(
    bare: Path, directories: Directories
) -> None:
    read(fetched(bare.as_uri(), directories), may_fetch=True)
    newer = item("zoo:fern", "application", ("v0", "2025-07-01T22:53:02Z"), ("v1", "2026-10-30T00:00:00Z"))
    publish(bare, [newer, *ITEMS[1:]], {**SUMMARIES, "zoo_fern/v1": {"id": "zoo/fern", "version": 2}})
    copy = fetched(bare.as_uri(), directories)
    assert copy.contents(["index.json"], may_fetch=True).found
    assert names(read(copy)) == (["zoo:fern v0", "busy-bee v0"], ["zoo:fern"])
    assert names(read(copy, may_fetch=True)) == (["zoo:fern v1", "busy-bee v0"], [])
    anew = Directories(*(directories.cache.with_name(kind) for kind in ("c2", "d2", "s2", "cache2")))
    copy = fetched(bare.as_uri(), anew)
    assert names(read(copy, may_fetch=True)) == (["zoo:fern v1", "busy-bee v0"], [])
    assert copy.contents(["reports/bioimage-io/zoo_fern/v0/summary.json"]).missing


def test_summaries_that_are_broken_or_not_there_cost_nothing_else(
    tmp_path: Path, directories: Directories
) -> None:
    bare = make_collection(
        tmp_path / "remote", [*ITEMS, item("calm-cat"), item("sly-fox")], {**SUMMARIES, "calm-cat/v0": b"{"}
    )
    found = read(fetched(bare.as_uri(), directories), may_fetch=True)
    assert names(found) == (["zoo:fern v0", "busy-bee v0"], [])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"items": [', "is not valid JSON"),
        (None, "has no index.json"),
        (b" " * (8 * 1024 * 1024 + 1), "has no index.json"),
    ],
)
def test_a_branch_without_an_index_that_can_be_read_says_so(
    bare: Path, directories: Directories, content: bytes | None, why: str
) -> None:
    work = bare.with_name("pages")
    (work / "index.json").unlink()
    if content is not None:
        (work / "index.json").write_bytes(content)
    git("-c", "user.name=CI", "-c", "user.email=c@example.org", "commit", "--quiet", "-am", "Break", cwd=work)
    git("push", "--quiet", "origin", "gh-pages", cwd=work)
    with pytest.raises(PartnerTuiError, match=why):
        read_collection(fetched(bare.as_uri(), directories), ZOO, may_fetch=True)


def test_a_fetch_that_fails_in_its_midst_or_is_stopped_leaves_what_is_here(
    bare: Path, directories: Directories
) -> None:
    copy = fetched(bare.as_uri(), directories)
    assert copy.contents(["index.json"], may_fetch=True).found
    hash = git("rev-parse", "gh-pages:reports/bioimage-io/busy-bee/v0/summary.json", cwd=bare)
    torn = next(iter((bare / "objects").glob(f"{hash[:2]}/{hash[2:]}")))
    content = torn.read_bytes()
    torn.chmod(0o644)
    torn.write_bytes(content[: len(content) // 2])
    with pytest.raises(GitError):
        read(copy, may_fetch=True)
    assert names(read(copy)) == ([], ["zoo:fern", "busy-bee"])
    torn.write_bytes(content)
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Cancelled):
        read(copy, may_fetch=True, cancelled=stopped)
    assert names(read(copy, may_fetch=True)) == (["zoo:fern v0", "busy-bee v0"], [])


def test_a_clone_of_the_users_own_and_a_folder_without_git_are_read_as_they_are(
    bare: Path, directories: Directories, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    git("clone", "--quiet", "--branch=gh-pages", bare.as_uri(), str(own), cwd=tmp_path)
    found = read(open_copy(str(own), directories))
    assert names(found) == (["zoo:fern v0", "busy-bee v0"], [])
    recorded = tmp_path / "recorded"
    shutil.copytree(own, recorded, ignore=shutil.ignore_patterns(".git"))
    (recorded / "reports/bioimage-io/busy-bee/v0/summary.json").unlink()
    (recorded / "reports/bioimage-io/busy-bee/v0/summary.json").symlink_to(own / "index.json")
    open_copy(str(recorded), directories)
    found = read(open_copy(str(recorded), directories))
    assert names(found) == (["zoo:fern v0"], [])
    assert found.date == datetime(2026, 10, 1, 4, 54, 18, 40432, UTC)
    with pytest.raises(PartnerTuiError):
        open_copy(str(tmp_path / "remote"), directories)
    assert not directories.cache.exists()
