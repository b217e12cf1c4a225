"""Names of files in commits, whatever git says of a folder that is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from partner_tui.repository.commits.commit_files import names_in
from tests.real_git import git, write


@pytest.fixture
def commits(tmp_path: Path) -> list[str]:
    """One with a folder ``sub``, one with a submodule of this name, and one with neither."""
    git("init", "--quiet", "--initial-branch=main", cwd=tmp_path)
    write(tmp_path, "sub/rdf.yaml", "type: model\n")
    git("add", "--all", cwd=tmp_path)
    git("commit", "--quiet", "--message=A folder", cwd=tmp_path)
    made = [git("rev-parse", "HEAD", cwd=tmp_path)]
    git("rm", "--quiet", "-r", "sub", cwd=tmp_path)
    git("commit", "--quiet", "--message=Nothing", cwd=tmp_path)
    made.append(git("rev-parse", "HEAD", cwd=tmp_path))
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub", cwd=tmp_path)
    git("commit", "--quiet", "--message=A submodule", cwd=tmp_path)
    return [made[0], git("rev-parse", "HEAD", cwd=tmp_path), made[1], made[0]]


def test_a_folder_that_is_missing_or_a_submodule_has_no_names(tmp_path: Path, commits: list[str]) -> None:
    found = names_in(tmp_path, commits, "sub")
    assert [found[commit] for commit in commits] == [("rdf.yaml",), (), (), ("rdf.yaml",)]


def test_nor_has_what_newer_git_calls_a_submodule(
    tmp_path: Path, commits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``<hash> submodule`` is printed where it was ``<what was asked> missing``."""
    said = f"s/^{commits[1]}:sub missing$/{'1' * 40} submodule/"
    real = shutil.which("git")
    program = write(
        tmp_path / "bin",
        "git",
        f'#!/bin/sh\ncase " $* " in *" --batch "*) {real} "$@" | LC_ALL=C sed "{said}" ;; *) exec {real} "$@" ;; esac\n',
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    found = names_in(tmp_path, commits, "sub")
    assert [found[commit] for commit in commits] == [("rdf.yaml",), (), (), ("rdf.yaml",)]
