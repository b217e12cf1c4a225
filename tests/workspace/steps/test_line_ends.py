"""A file is compared with the last commit as git compares it: line ends, encodings and $Id$ that git converts are no change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partner_tui.manifest.editing.edits import Add, Replace
from partner_tui.settings import Directories
from partner_tui.workspace.changes import committing
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git
from tests.small_partner import MANIFEST, make_repository

NAME = "collection.yaml"
TITLE = ("config", "splash_title")
CRLF = MANIFEST.replace("\n", "\r\n").encode()
MIXED = MANIFEST.replace("\n", "\r\n", 4).encode()
LF = MANIFEST.encode()

# How git is told, the attributes of the repository, what is committed, and what is on the disk; git sees no change in any.
UNEDITED = [
    pytest.param(("core.autocrlf=true",), "", LF, CRLF, id="autocrlf"),
    pytest.param(("core.autocrlf=true",), "", LF, LF, id="autocrlf-lf"),
    pytest.param(("core.autocrlf=true",), "", LF, MIXED, id="autocrlf-mixed"),
    pytest.param(("core.autocrlf=true",), "", CRLF, CRLF, id="autocrlf-committed-crlf"),
    pytest.param(("core.autocrlf=input",), "", LF, CRLF, id="input"),
    pytest.param((), "*.yaml text eol=crlf\n", LF, CRLF, id="eol-crlf"),
    pytest.param((), "*.yaml text eol=crlf\n", LF, LF, id="eol-crlf-on-lf"),
    pytest.param(("core.autocrlf=true",), "*.yaml eol=lf\n", LF, CRLF, id="eol-lf"),
    pytest.param(("core.eol=crlf",), "* text=auto\n", LF, CRLF, id="core-eol"),
    pytest.param(("core.autocrlf=true",), "*.yaml -text\n", CRLF, CRLF, id="no-text"),
    pytest.param((), "", CRLF, CRLF, id="crlf-as-it-is"),
    pytest.param(
        (),
        "*.yaml ident\n",
        LF + b"# $Id$\n",
        LF + b"# $Id: 0123456789012345678901234567890123456789 $\n",
        id="ident",
    ),
]

Open = Callable[[tuple[str, ...], str, bytes, bytes], Workspace]


@pytest.fixture
def open_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a clone with a configuration, attributes, a committed manifest and one on the disk."""
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    opened: list[Workspace] = []

    def open_it(settings: tuple[str, ...], attributes: str, committed: bytes, disk: bytes) -> Workspace:
        root = make_repository(tmp_path / "meadow", {".gitattributes": attributes, "a.md": "a\n"})
        (root / NAME).write_bytes(committed)
        git("-c", "core.autocrlf=false", "add", NAME, cwd=root)
        git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message=Add", cwd=root)
        for setting in (*settings, "user.name=A", "user.email=a@b"):
            git("config", *setting.split("=", 1), cwd=root)
        (root / NAME).write_bytes(disk)
        directories = Directories.of_user()
        workspace = open_workspace(
            find_manifest(resolve_source(str(root), directories), None, directories), directories
        )
        workspace.open_repository()
        opened.append(workspace)
        return workspace

    yield open_it
    for workspace in opened:
        workspace.checker.close()


def numbers(workspace: Workspace) -> list[tuple[str, int, int]]:
    return [(file.path, file.added, file.removed) for file in committing.changed_files(workspace)]


def told_by_git(workspace: Workspace) -> list[tuple[str, int, int]]:
    lines = git("diff", "--numstat", "HEAD", cwd=workspace.folder).splitlines()
    return [(path, int(added), int(removed)) for added, removed, path in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("settings", "attributes", "committed", "disk"), UNEDITED)
def test_an_unedited_clone_shows_no_changes(
    open_with: Open, settings: tuple[str, ...], attributes: str, committed: bytes, disk: bytes
) -> None:
    workspace = open_with(settings, attributes, committed, disk)
    assert told_by_git(workspace) == [] and numbers(workspace) == []


@pytest.mark.parametrize(("settings", "attributes", "committed", "disk"), UNEDITED)
def test_an_edit_shows_its_lines_alone_and_keeps_the_line_ends(
    open_with: Open, settings: tuple[str, ...], attributes: str, committed: bytes, disk: bytes
) -> None:
    workspace = open_with(settings, attributes, committed, disk)
    workspace.edit("title", [Replace(TITLE, "Whales")])
    edited = disk.replace(b"splash_title: Microscopy Meadow", b"splash_title: Whales")
    assert (workspace.folder / NAME).read_bytes() == edited
    assert numbers(workspace) == told_by_git(workspace) == [(NAME, 1, 1)]
    (file,) = committing.changed_files(workspace)
    assert [change.summary for change in file.changes] == ["splash_title changed"]
    git_diff = git("diff", "--ignore-cr-at-eol", "HEAD", cwd=workspace.folder)
    shown = [line.rstrip("\r") for line in file.diff.splitlines() if line[0] in "+-"]
    assert shown == [line for line in git_diff.splitlines()[4:] if line[0] in "+-"]
    committing.commit(workspace, "Whales", None, sign_off=False)
    assert numbers(workspace) == [] and (workspace.folder / NAME).read_bytes() == edited


@pytest.mark.parametrize(("settings", "attributes", "committed", "disk"), UNEDITED)
@pytest.mark.parametrize("whole", [True, False])
def test_a_discarded_change_leaves_the_file_as_git_takes_it_for_committed(
    open_with: Open, settings: tuple[str, ...], attributes: str, committed: bytes, disk: bytes, whole: bool
) -> None:
    workspace = open_with(settings, attributes, committed, disk)
    workspace.edit("title", [Replace(TITLE, "Whales")])
    if not whole:
        workspace.edit("more", [Add(("config", "splash_subtitle"), "Deep")])
    (file,) = committing.changed_files(workspace)
    if whole:
        committing.discard(workspace, [NAME])
        assert told_by_git(workspace) == [] and numbers(workspace) == []
        return
    assert file.comparison is not None
    committing.discard_change(
        workspace, file.comparison, next(c for c in file.changes if c.name == "splash_title")
    )
    assert numbers(workspace) == told_by_git(workspace) == [(NAME, 1, 0)]


def test_line_ends_that_git_does_not_convert_are_a_change_of_every_line(open_with: Open) -> None:
    workspace = open_with((), "", LF, CRLF)
    count = len(MANIFEST.splitlines())
    assert numbers(workspace) == told_by_git(workspace) == [(NAME, count, count)]


def test_a_file_in_another_encoding_on_the_disk_is_no_change(open_with: Open) -> None:
    workspace = open_with((), "*.txt working-tree-encoding=ISO-8859-1\n", LF, LF)
    note = workspace.folder / "note.txt"
    note.write_bytes("Grüße\n".encode("latin-1"))
    git("add", "--all", cwd=workspace.folder)
    git("commit", "--quiet", "--message=Note", cwd=workspace.folder)
    workspace.save("note", {"note.txt": "Grüße!\n".encode("latin-1")})
    assert numbers(workspace) == [("note.txt", 1, 1)]
    committing.discard(workspace, ["note.txt"])
    assert note.read_bytes() == "Grüße\n".encode("latin-1") and numbers(workspace) == []


def test_a_line_separator_within_a_text_is_no_line_end(open_with: Open) -> None:
    text = LF.replace(b"Nuclei of petals", '"a\u2028b\x85c"'.encode())
    workspace = open_with((), "", text, text)
    workspace.edit("title", [Replace(TITLE, "Whales"), Add(("config", "splash_subtitle"), "Deep")])
    (file,) = committing.changed_files(workspace)
    assert file.comparison is not None
    committing.discard_change(
        workspace, file.comparison, next(c for c in file.changes if c.name == "splash_title")
    )
    assert numbers(workspace) == told_by_git(workspace) == [(NAME, 1, 0)]
