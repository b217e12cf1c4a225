"""The trend of a real history: which commits count, what they did, and how often anything is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from partner_tui.central.trend import Trend
from partner_tui.cli.trend import read_trend
from partner_tui.compliance import protocol
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.status import sum_in_words
from partner_tui.errors import Cancelled
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from tests.real_git import git
from tests.workspace.central.meadow_history import make_history


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("trend") / "meadow")


def read(root: Path, tmp_path: Path, tell: Any = lambda done, total: None) -> Trend:
    directories = Directories(*(tmp_path / name for name in ("config", "data", "state", "cache")))
    place = find_manifest(resolve_source(str(root), directories), None, directories)
    return read_trend(place, directories, tell)


def test_each_commit_of_the_branch_that_changed_the_manifest_is_a_point(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    judge_all = Checker.judge_all

    def counting(self: Checker, entries: Any, cancelled: Any = None) -> Any:
        asked.extend(protocol.decode(line)["id"] for line in entries)
        return judge_all(self, entries, cancelled)

    monkeypatch.setattr(Checker, "judge_all", counting)
    told: list[tuple[int, int]] = []
    found = read(root, tmp_path, lambda done, total: told.append((done, total)))
    table = [
        (one.subject, sum_in_words(one.counts), one.upgraded, one.broken, one.added) for one in found.points
    ]
    assert table == [
        ("Add ivy", "1 latest, 1 outdated, 1 unresolved", (), (), 1),
        ("Rename", "1 latest, 1 outdated", (), (), 0),
        ("Upgrade", "1 latest, 1 outdated", ("fern",), (), 0),
        ("Slip", "", (), (), 0),
        ("Add moss", "1 outdated, 1 invalid", (), ("moss",), 1),
        ("Begin", "1 outdated", (), (), 1),
    ]
    assert "line 5" in found.points[3].problem
    assert not found.is_cut
    assert found.by_author() == {"Ada": (1, 1)}
    assert found.title.startswith("6 commits of main that changed the manifest")
    assert told == [(done, 6) for done in range(1, 7)]
    assert sorted(asked) == ["fern", "fern", "moss", "moss"], "each content is judged once"
    read(root, tmp_path)
    assert len(asked) == 4, "and its verdict is kept"


def test_a_shallow_clone_says_that_there_may_be_more(root: Path, tmp_path: Path) -> None:
    git("clone", "--quiet", "--depth=2", f"file://{root}", str(tmp_path / "shallow"), cwd=tmp_path)
    found = read(tmp_path / "shallow", tmp_path)
    assert found.is_cut
    assert [(one.subject, one.added, one.is_cut) for one in found.points] == [
        ("Add ivy", 1, False),
        ("Rename", 0, True),
    ]
    assert "there may be older ones" in found.title


def test_a_partial_clone_fetches_all_at_once_and_tells_what_it_lacks_offline(
    root: Path, tmp_path: Path
) -> None:
    git("config", "uploadpack.allowFilter", "true", cwd=root)
    git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=root)
    clone = tmp_path / "partial"
    git("clone", "--quiet", "--filter=blob:none", f"file://{root}", str(clone), cwd=tmp_path)
    git("remote", "set-url", "origin", f"file://{tmp_path}/gone", cwd=clone)
    offline = read(clone, tmp_path)
    assert sum_in_words(offline.points[0].counts) == "1 latest, 1 outdated, 1 unresolved"
    assert "not in this clone" in offline.points[-1].problem
    git("remote", "set-url", "origin", f"file://{root}", cwd=clone)
    assert sum_in_words(read(clone, tmp_path).points[-1].counts) == "1 outdated"


def test_what_is_on_another_branch_does_not_count(root: Path, tmp_path: Path) -> None:
    git("clone", "--quiet", f"file://{root}", str(tmp_path / "clone"), cwd=tmp_path)
    git("checkout", "--quiet", "upgrade", cwd=tmp_path / "clone")
    found = read(tmp_path / "clone", tmp_path)
    assert (found.branch, found.points[0].subject) == ("origin/main", "Add ivy")


def test_it_can_be_stopped_between_two_versions(root: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(root, tmp_path, stop)
