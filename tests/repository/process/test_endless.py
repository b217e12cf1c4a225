"""A pipe in the place of a file that git reads in passing is named, and nobody waits for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.git import run
from partner_tui.repository.process import child
from partner_tui.repository.repository import Repository
from tests.real_git import write

pytestmark = pytest.mark.timeout(60)

STATUS = ["status", "--porcelain"]
ATTRIBUTES = ["check-attr", "-a", "--", "apps/rdf.yaml"]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        (".gitignore", STATUS),
        ("apps/.gitignore", STATUS),
        (".gitattributes", STATUS),
        ("apps/.gitattributes", ATTRIBUTES),
        (".mailmap", ["log", "-1", "--format=%aN"]),
    ],
)
def test_it_is_named_and_without_it_git_goes_on(
    users: Repository, name: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_LOOK_AFTER", 0.1)
    write(users.root, "apps/rdf.yaml", "id: a\n")
    (users.root / name).unlink(missing_ok=True)
    os.mkfifo(users.root / name)
    with pytest.raises(GitError) as caught:
        run(command, cwd=users.root)
    assert str(caught.value) == f"{name} is a pipe or device, not a file: git cannot read it."
    assert caught.value.hint == "Remove it, then try again."
    (users.root / name).unlink()
    run(command, cwd=users.root)


def test_a_command_that_only_reads_ends_even_if_nothing_is_found(
    users: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_LOOK_AFTER", 0.1)
    monkeypatch.setattr(child, "_READS_WITHIN", 0.3)
    os.mkfifo(users.root / "other")
    with pytest.raises(GitError, match=r"^Git did not finish within 0 minutes: git hash-object -- other$"):
        run(["hash-object", "--", "other"], cwd=users.root)


def test_a_file_that_is_one_is_not_in_the_way(
    users: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_LOOK_AFTER", 0.0)
    write(users.root, "apps/.gitattributes", "*.yaml text\n")
    os.mkfifo(tmp_path / ".gitignore")
    assert "apps/" in run(STATUS, cwd=users.root)
