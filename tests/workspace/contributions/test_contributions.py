"""Versions are read once for all that ask for them, unless something of them could not be fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError
from partner_tui.workspace.contributions.contributions import Contributions
from tests.real_git import git


def test_contributions_that_begin_at_the_same_commit_share_what_was_read_of_it(clone: Path) -> None:
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        fern, ivy = (known.outline(known.find(name)) for name in ("5", "7"))
        assert fern.base == ivy.base
        assert known.reviewed(fern).old is known.reviewed(ivy).old
        assert known.reviewed(fern).new is not known.reviewed(ivy).new


def test_a_manifest_that_could_not_be_fetched_is_read_once_it_can_be(remote: Path, tmp_path: Path) -> None:
    own, clone = tmp_path / "own.git", tmp_path / "partial"
    git("clone", "--quiet", "--mirror", str(remote), str(own), cwd=tmp_path)
    git("config", "uploadpack.allowFilter", "true", cwd=own)
    git("clone", "--quiet", "--filter=blob:none", own.as_uri(), str(clone), cwd=tmp_path)
    with Checker() as checker:
        known = Contributions(clone, checker)
        known.fetch()
        one = next(one for one in known.listed(at_once=True) if one.name == "7")
        away = own.rename(tmp_path / "away.git")
        with pytest.raises(GitError):
            known.outline(one)
        away.rename(own)
        found = known.outline(one)
        assert not found.unreadable and [change.name for change, _ in found.entries] == ["ivy"]
