"""What a contributor put into the work tree besides files (links in circles, pipes, devices) blocks nothing."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.settings import Directories
from partner_tui.workspace import history
from partner_tui.workspace.opening import find_place, locate, open_workspace
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def circle_of_two(path: Path) -> None:
    other = path.with_name(f"{path.name}-too")
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("no/such/file")


def above(path: Path) -> None:
    path.symlink_to("..")


def absolute(path: Path) -> None:
    path.symlink_to("/etc")


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def long_chain(path: Path) -> None:
    for number in range(60):
        path.with_name(f"{path.name}-{number}").symlink_to(f"{path.name}-{number + 1}")
    path.symlink_to(f"{path.name}-0")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def deep(path: Path) -> None:
    here = path
    for _ in range(60):
        here = here / ("d" * 60)
        here.mkdir(parents=True)


def git_in_a_circle(path: Path) -> None:
    path.mkdir()
    (path / ".git").symlink_to(".git")


ODD = [
    circle,
    circle_of_two,
    nowhere,
    above,
    absolute,
    endless,
    long_chain,
    pipe,
    listening,
    deep,
    git_in_a_circle,
]


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


def opened(root: Path, directories: Directories) -> Workspace:
    return open_workspace(find_place(locate(str(root), directories), None, directories), directories)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", ["odd", "odd.yaml", "manifest.yaml"])
def test_beside_the_manifest_it_is_left_alone(
    tmp_path: Path, directories: Directories, make: Callable[[Path], None], name: str
) -> None:
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    make(root / name)
    workspace = opened(root, directories)
    assert workspace.manifest_name == "collection.yaml"
    workspace.open_repository()
    workspace.save("edit", {"collection.yaml": MANIFEST.replace("Petal nuclei", "Petals").encode()})
    assert [file.path for file in history.changed_files(workspace)] == ["collection.yaml"]
    assert workspace.repository is not None
    workspace.repository.set_author("Ada", "ada@example.org")
    history.commit(workspace, "Edit", None, False)
    assert git(root, "show", "--stat", "--format=").count("|") == 1
    workspace.checker.close()


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", [circle, circle_of_two, endless, long_chain, pipe, listening])
def test_in_the_manifests_place_it_is_told(
    tmp_path: Path, directories: Directories, make: Callable[[Path], None]
) -> None:
    root = make_repository(tmp_path / "zoo", {"README.md": ""})
    make(root / "collection.yaml")
    with pytest.raises(PartnerTuiError) as caught:
        opened(root, directories)
    assert "collection.yaml" in caught.value.message and caught.value.hint


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", [circle, absolute, endless, pipe, listening])
def test_in_an_rdfs_place_it_is_an_rdf_that_is_not_there(
    tmp_path: Path, directories: Directories, make: Callable[[Path], None]
) -> None:
    pointing = MANIFEST + "  - id: stem\n    rdf_source: odd.yaml\n"
    root = make_repository(tmp_path / "zoo", {"collection.yaml": pointing})
    make(root / "odd.yaml")
    workspace = opened(root, directories)
    entry = workspace.manifest.entries[-1]
    assert workspace.resolved(entry).missing is not None
    with pytest.raises(PartnerTuiError):
        workspace.save("edit", {"odd.yaml": b"type: model\n"})
    workspace.checker.close()
