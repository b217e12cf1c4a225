"""What a contributor put into the work tree besides files (links in circles, pipes, devices) blocks nothing."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.config import Author
from partner_tui.settings import Directories
from partner_tui.workspace.changes import committing
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
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


def too_long(path: Path) -> None:
    path.symlink_to("x" * 4000)


def to_a_screen_full(path: Path) -> None:
    path.symlink_to("no\x1b[2Jfile")


def to_nowhere_outside(path: Path) -> None:
    path.symlink_to("../no/such/file")


def to_a_neighbour(path: Path) -> None:
    (path.parent.parent / "neighbour.yaml").write_text(MANIFEST)
    path.symlink_to("../neighbour.yaml")


def into_git(path: Path) -> None:
    path.symlink_to(".git/config")


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
    too_long,
    to_a_screen_full,
    to_nowhere_outside,
    to_a_neighbour,
    into_git,
    pipe,
    listening,
    deep,
    git_in_a_circle,
]


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


def opened(root: Path, directories: Directories, named: str | None = None) -> Workspace:
    return open_workspace(
        find_manifest(resolve_source(str(root), directories), named, directories), directories
    )


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
    assert [file.path for file in committing.changed_files(workspace)] == ["collection.yaml"]
    assert workspace.repository is not None
    workspace.repository.set_author(Author("Ada", "ada@example.org"))
    committing.commit(workspace, "Edit", None, False)
    assert git(root, "show", "--stat", "--format=").count("|") == 1
    workspace.checker.close()


WHERE_IT_LEADS = {
    circle: "is a link that leads back to itself.",
    circle_of_two: "is a link that leads back to itself.",
    nowhere: "is a link to no/such/file, which does not exist.",
    above: "which is outside the repository.",
    absolute: "is a link to /etc, which is outside the repository.",
    endless: "is a link to /dev/zero, which is outside the repository.",
    long_chain: "is a link to collection.yaml-60, which does not exist.",
    too_long: "which does not exist.",
    to_a_screen_full: "is a link to no␛[2Jfile, which does not exist.",
    to_nowhere_outside: "no/such/file, which is outside the repository.",
    to_a_neighbour: "neighbour.yaml, which is outside the repository.",
    into_git: "is a link to .git/config, which is one of git's own files.",
    pipe: "is not a regular file.",
    listening: "is not a regular file.",
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("named", [None, "collection.yaml"])
@pytest.mark.parametrize(("make", "said"), WHERE_IT_LEADS.items())
def test_in_the_manifests_place_it_is_told_where_it_leads(
    tmp_path: Path, directories: Directories, make: Callable[[Path], None], said: str, named: str | None
) -> None:
    root = make_repository(tmp_path / "zoo", {"README.md": ""})
    make(root / "collection.yaml")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PartnerTuiError) as caught:
        opened(root, directories, named)
    assert caught.value.message.startswith("collection.yaml is ") and caught.value.message.endswith(said)
    assert "\n" not in caught.value.message and caught.value.hint
    assert [path for path in sorted(tmp_path.rglob("*")) if "home" not in path.parts] == before


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", [nowhere, absolute, endless, to_a_neighbour, into_git])
def test_a_manifest_that_becomes_a_link_is_not_written_through(
    tmp_path: Path, directories: Directories, make: Callable[[Path], None]
) -> None:
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})
    workspace = opened(root, directories)
    (root / "collection.yaml").unlink()
    make(root / "collection.yaml")
    before = (root / ".git/config").read_bytes()
    assert workspace.is_changed_outside()
    with pytest.raises(PartnerTuiError):
        workspace.save("edit", {"collection.yaml": b"id: zoo\n"})
    assert (root / "collection.yaml").is_symlink() and not (root / "no").exists()
    assert (root / ".git/config").read_bytes() == before
    assert not (tmp_path / "neighbour.yaml").exists() or (tmp_path / "neighbour.yaml").read_text() == MANIFEST
    workspace.checker.close()


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
