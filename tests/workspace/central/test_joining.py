from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from partner_tui.central.compiled import NEWEST
from partner_tui.central.joining import Answers
from partner_tui.central.partners_json import FILE, CentralPartners
from partner_tui.cli.compile import compile_place
from partner_tui.errors import PartnerTuiError, SourceError, UsageError
from partner_tui.repository.process.git_log import GitLog
from partner_tui.settings import Directories
from partner_tui.workspace.central.central_branch import plan_branch, read_central
from partner_tui.workspace.central.joining import look_at, plan_joining, remote_of, write_joining
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from tests.central.central_file import branch_lines, make_central
from tests.real_git import git
from tests.small_partner import MANIFEST, make_repository

ANSWERS = Answers(
    "meadow", "Meadow", "Plants in pictures", "https://meadow.org", "meadow/resources", "Ada Lovelace"
)


@pytest.fixture
def directories(tmp_path: Path) -> Directories:
    return Directories(*(tmp_path / "home" / kind for kind in ("config", "data", "state", "cache")))


@pytest.mark.parametrize("name", ["Meadow", "日本語", "Ä: #é"])
def test_a_new_partner_is_latest_and_compiles_without_a_drop(
    tmp_path: Path, directories: Directories, name: str
) -> None:
    answers = replace(ANSWERS, name=name)
    central, log = make_central(tmp_path / "central"), GitLog()
    git("init", "--quiet", "--bare", "meadow.git", cwd=tmp_path)
    found = look_at(tmp_path / "new" / "meadow", directories)
    joining = plan_joining(found, answers, directories, str(tmp_path / "meadow.git"), central)
    assert not found.top.exists()
    assert [command[0] for command in joining.commands] == ["init", "remote"]

    write_joining(joining, directories, log)
    place = find_manifest(resolve_source(str(found.top), directories), None, directories)
    report = check_and_set.check(place, directories)
    assert [check.status.value for check in report.checks] == ["latest"]
    compiled, _ = compile_place(place, NEWEST, directories)
    assert ([outcome.state for outcome in compiled.outcomes], compiled.ignored) == (["item"], None)
    assert git("remote", "get-url", "origin", cwd=found.top) == (tmp_path / "meadow.git").as_uri()

    assert joining.branch is not None
    lines = branch_lines(central, joining.branch.name)
    removed = [line for line in lines if line[0] == "-"]
    assert removed == [line for line in removed[:1] if f"+{line[1:]}," in lines], "more than a comma"
    after = CentralPartners(git("show", f"{joining.branch.name}:{FILE}", cwd=central))
    assert after.partner("meadow") == joining.partner.central
    assert git("status", "--porcelain", cwd=central) == ""

    again = plan_joining(look_at(found.top, directories), answers, directories, "", central)
    assert (again.partner.files, again.commands) == ({}, ())
    assert again.branch is not None
    assert again.branch.is_made and again.branch.name == joining.branch.name


def test_an_existing_repository_gets_what_it_lacks_and_nothing_else(
    tmp_path: Path, directories: Directories
) -> None:
    top = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "readme.rst": "Meadow\n"})
    git("remote", "add", "origin", "https://github.com/meadow/zoo.git", cwd=top)
    found = look_at(top / ".git" / "..", directories)
    assert found.answers == {"id": "meadow", "name": "Microscopy Meadow", "repository": "meadow/zoo"}
    joining = plan_joining(found, replace(ANSWERS, id="meadow"), directories)
    assert joining.commands == ()
    write_joining(joining, directories)
    changed = git("status", "--porcelain", "--untracked-files=all", cwd=top).splitlines()
    assert sorted(line[3:] for line in changed) == sorted(joining.partner.files)
    assert {line[:2] for line in changed} == {"??"}
    assert set(joining.partner.kept) == {"collection.yaml", "README.md"}


def test_a_file_that_came_to_be_there_meanwhile_stays(tmp_path: Path, directories: Directories) -> None:
    joining = plan_joining(look_at(tmp_path / "new", directories), ANSWERS, directories)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "README.md").write_text("mine")
    with pytest.raises(PartnerTuiError, match=r"README.md already exists"):
        write_joining(joining, directories)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("", "https://github.com/meadow/resources.git"),
        ("https://ada:secret@git.example.org/meadow.git", "https://git.example.org/meadow.git"),
        ("git@git.example.org:meadow/zoo.git", "git@git.example.org:meadow/zoo.git"),
        ("other/zoo", "https://github.com/other/zoo.git"),
    ],
)
def test_what_is_pushed_to_is_a_url_without_a_password(typed: str, url: str) -> None:
    assert remote_of(typed, ANSWERS) == url


@pytest.mark.parametrize("typed", ["--upload-pack=x", "ext::sh -c x", ".", "/nowhere/at/all", "file:///"])
def test_what_is_no_remote_is_refused(typed: str) -> None:
    with pytest.raises(SourceError):
        remote_of(typed, ANSWERS)


def test_what_does_not_fit_is_refused_before_anything_is_written(
    tmp_path: Path, directories: Directories
) -> None:
    found = look_at(tmp_path / "new", directories)
    with pytest.raises(UsageError, match="website"):
        plan_joining(found, replace(ANSWERS, website="meadow"), directories)
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"license": "NOPE"}, "NOPE"),
        ({"author": "A/B"}, "slash"),
        ({"description": "d" * 1100}, "too long"),
    )
    for wrong, why in refused:
        with pytest.raises(UsageError, match=why):
            plan_joining(found, replace(ANSWERS, **wrong), directories)
    for clone in (tmp_path, make_repository(tmp_path / "other", {"a": ""})):
        with pytest.raises(SourceError, match=r"not in a git repository|has no"):
            plan_joining(found, ANSWERS, directories, "", clone)
    assert not found.top.exists()


def test_another_branch_of_that_name_is_never_moved(tmp_path: Path) -> None:
    central = make_central(tmp_path / "central")
    git("branch", "partner-meadow", cwd=central)
    planned = plan_branch(*read_central(central), "meadow", {"name": "Meadow"})
    assert planned.name == "partner-meadow-2"
    planned.make()
    assert plan_branch(*read_central(central), "meadow", {"name": "Meadow"}).name == "partner-meadow-3"
    git("branch", "-D", "partner-meadow", cwd=central)
    git("branch", "-m", "partner-meadow-2", "partner-meadow", cwd=central)
    again = plan_branch(*read_central(central), "meadow", {"name": "Meadow"})
    assert again.name == "partner-meadow" and again.is_made, "it is there as it is planned"
