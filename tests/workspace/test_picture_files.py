"""Pictures of the clone, and those copied into it: found, named by their URL, never over another file, undone as one step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.pictures.raster import SIZE_LIMIT
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.picture_files import (
    checked_target,
    copy_picture,
    cover_edits,
    field_edits,
    find_pictures,
    free_name,
    picture_url,
    read_picture,
    usual_folder,
)
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace
from tests.pictures.test_decoding import SVG, picture
from tests.small_partner import git, make_repository

MANIFEST = "config:\n  id: meadow\n  name: Meadow\ncollection: []\n"
RAW = "https://raw.githubusercontent.com/meadow/zoo"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    files = {
        "collection.yaml": MANIFEST,
        ".gitignore": "build/\n",
        "b/Logo.PNG": "",
        "a.svg": "",
        "notes.txt": "",
    }
    folder = make_repository(tmp_path / "meadow", files)
    git(folder, "remote", "add", "origin", "https://github.com/meadow/zoo.git")
    for name in ("build/hidden.png", "new one.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"")
    directories = Directories(*(tmp_path / name for name in ("config", "data", "state", "cache")))
    opened = open_workspace(
        find_manifest(resolve_source(str(folder), directories), None, directories), directories
    )
    opened.open_repository()
    return opened


def test_tracked_and_new_pictures_are_found_and_ignored_ones_are_not(workspace: Workspace) -> None:
    assert find_pictures(workspace) == ("a.svg", "b/Logo.PNG", "new one.png")


@pytest.mark.parametrize(
    ("url_root", "url"),
    [
        ("", f"{RAW}/main/new%20one.png"),
        (f"{RAW}/pages/", f"{RAW}/pages/new%20one.png"),
        ("https://example.org/zoo", f"{RAW}/main/new%20one.png"),
    ],
)
def test_a_picture_is_named_by_its_url(workspace: Workspace, url_root: str, url: str) -> None:
    assert picture_url(workspace, "new one.png", url_root) == url


def test_of_another_forge_or_without_a_remote_the_path_is_all_that_is_known(workspace: Workspace) -> None:
    for change in (("set-url", "origin", "https://gitlab.com/meadow/zoo.git"), ("remove", "origin")):
        git(workspace.folder, "remote", *change)
        workspace.repository = None
        workspace.open_repository()
        assert picture_url(workspace, "a.svg", "") == "a.svg"


def copy_logo(workspace: Workspace, data: bytes, target: str) -> Step | None:
    return copy_picture(workspace, data, target, "splash: logo", partial(field_edits, workspace, "logo"))


COVERS = """\
config: {id: meadow, name: Meadow}
collection:
  - {id: none, type: dataset}
  - id: some
    covers:
      - old.png  # from the microscope
      - https://example.org/a.png
  - {id: text, covers: old.png}
  - {id: empty, covers: []}
  - {id: inherits, rdf_source: models/rdf.yaml}
"""


@pytest.mark.parametrize(
    ("index", "old", "new"),
    [
        (0, "{id: none, type: dataset}", "{id: none, type: dataset, covers: [NEW]}"),
        (1, "      - old.png", "      - NEW\n      - old.png"),
        (2, "covers: old.png", "covers: [NEW, old.png]"),
        (3, "covers: []", "covers: [NEW]"),
        (
            4,
            "rdf_source: models/rdf.yaml}",
            "rdf_source: models/rdf.yaml, covers: [NEW, OLD, https://example.org/b.png]}",
        ),
    ],
)
def test_a_chosen_cover_is_the_first_and_those_that_were_there_follow(
    workspace: Workspace, index: int, old: str, new: str
) -> None:
    (workspace.folder / "models").mkdir()
    (workspace.folder / "models/rdf.yaml").write_text(
        "{name: Moss, covers: [cover.png, https://example.org/b.png]}"
    )
    (workspace.folder / "models/cover.png").write_bytes(picture())
    workspace.manifest_path.write_text(COVERS)
    workspace.load()
    entry = workspace.manifest.entries[index]
    workspace.edit("cover", cover_edits(workspace, workspace.resolved(entry), "new one.png"))
    new = new.replace("NEW", f"{RAW}/main/new%20one.png").replace("OLD", f"{RAW}/main/models/cover.png")
    assert workspace.manifest_path.read_text() == COVERS.replace(old, new)
    again = cover_edits(workspace, workspace.resolved(workspace.manifest.entries[index]), "new one.png")
    workspace.edit("cover", again)
    assert workspace.manifest_path.read_text() == COVERS.replace(old, new)
    workspace.undo()
    assert workspace.manifest_path.read_text() == COVERS


@pytest.mark.parametrize("spelled", ["a.svg", "./a.svg", f"{RAW}/main/a.svg"])
def test_a_cover_that_is_there_comes_to_the_front_however_it_is_spelled(
    workspace: Workspace, spelled: str
) -> None:
    text = f"config: {{id: meadow}}\ncollection:\n- id: moss\n  covers:\n  - old.png\n  - {spelled}  # leaf\n"
    workspace.manifest_path.write_text(text)
    workspace.load()
    workspace.edit(
        "cover", cover_edits(workspace, workspace.resolved(workspace.manifest.entries[0]), "a.svg")
    )
    after = f"  covers:\n  - {spelled}  # leaf\n  - old.png\n"
    assert workspace.manifest_path.read_text().endswith(after)


def test_covers_beside_an_rdf_that_is_elsewhere_are_not_named_as_files_of_the_clone(
    workspace: Workspace,
) -> None:
    workspace.manifest_path.write_text(
        "config: {id: meadow}\ncollection:\n- {id: moss, rdf_source: 'https://example.org/m/rdf.yaml'}\n"
    )
    workspace.load()
    resolved = workspace.resolved(workspace.manifest.entries[0])
    covers = {"covers": ["cover.png"], "type": "dataset"}
    known = replace(resolved, supplied=covers, data=covers, origins=dict.fromkeys(covers, "rdf"))
    assert known.remote
    with pytest.raises(PartnerTuiError, match="beside its RDF"):
        cover_edits(workspace, known, "a.svg")


def test_a_copy_and_the_field_that_names_it_are_one_step(workspace: Workspace, tmp_path: Path) -> None:
    data = picture()
    (tmp_path / "leaf.png").write_bytes(data)
    assert read_picture(f" {tmp_path / 'leaf.png'} ") == data
    step = copy_logo(workspace, data, " images/./leaf.png")
    assert step is not None
    copied = workspace.folder / "images/leaf.png"
    assert copied.read_bytes() == data
    added = f"  name: Meadow\n  logo: {RAW}/main/images/leaf.png\n"
    assert workspace.manifest_path.read_text() == MANIFEST.replace("  name: Meadow\n", added)
    workspace.undo()
    assert workspace.manifest_path.read_text() == MANIFEST
    assert not copied.parent.exists()


@pytest.mark.parametrize(
    "target",
    (
        *(
            "",
            "../x.png",
            "/tmp/x.png",
            "a/../../x.png",
            ".git/x.png",
            "a\\x.png",
            "x\x1b.png",
            "leaf",
            "leaf.jpg",
            ".",
            "./",
            "b/..",
        ),
        *(
            "b/Logo.PNG",
            "new one.png",
            "build/hidden.png",
            "collection.yaml/x.png",
            "build/ignored.png",
            "b/.GIT/x.png",
        ),
    ),
)
def test_a_picture_is_copied_to_a_free_name_inside_the_clone_alone(workspace: Workspace, target: str) -> None:
    before = sorted(workspace.folder.rglob("*.png"))
    with pytest.raises(PartnerTuiError):
        checked_target(workspace, picture(), target)  # where the dialog still shows what was typed
    with pytest.raises(PartnerTuiError):
        copy_logo(workspace, picture(), target)
    assert workspace.manifest_path.read_text() == MANIFEST
    assert sorted(workspace.folder.rglob("*.png")) == before


def test_no_link_leads_a_copy_out_of_the_clone(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (workspace.folder / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(PartnerTuiError):
        checked_target(workspace, picture(), "link/leaf.png")
    with pytest.raises(PartnerTuiError):
        copy_logo(workspace, picture(), "link/leaf.png")
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("leaf.png", picture()),
        ("leaf.JPEG", picture(form="JPEG")),
        ("leaf.gif", picture(form="GIF")),
        ("leaf.webp", picture(form="WEBP")),
        ("leaf.svg", SVG.encode()),
    ],
)
def test_each_type_goes_by_its_own_suffix(workspace: Workspace, name: str, data: bytes) -> None:
    assert checked_target(workspace, data, name) == name
    with pytest.raises(PartnerTuiError, match="does not end in") as refused:
        checked_target(workspace, data, "b/leaf.bmp")
    assert refused.value.hint.startswith("Write b/leaf.")


@pytest.mark.parametrize(
    "content", [None, b"", b"no picture", b"<html></html>", picture() + b"\0" * SIZE_LIMIT]
)
def test_what_is_no_picture_or_too_large_is_not_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "leaf.png"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    for typed in (str(path), str(tmp_path / "gone.png"), "", "a\0b"):
        with pytest.raises(PartnerTuiError):
            read_picture(typed)


@pytest.mark.parametrize(
    ("folder", "name", "free"),
    [
        ("images", "leaf.png", "images/leaf.png"),
        ("b", "/home/ada/Logo.PNG", "b/Logo-2.PNG"),
        ("", "C:\\pictures\\a.svg", "a-2.svg"),
        ("", "~/..", ".."),
    ],
)
def test_a_name_that_is_taken_gets_a_number(workspace: Workspace, folder: str, name: str, free: str) -> None:
    assert free_name(workspace.files, folder, name) == free


@pytest.mark.parametrize(
    ("current", "names", "folder"),
    [
        ("", (), "images"),
        ("a.png", ("a.png", ""), "images"),
        ("", ("a.png", "b/c/d.png", "e/f.png", "e/g.png"), "e"),
        ("b/c/d.png", ("a.png", "b/c/d.png", "e/f.png", "e/g.png"), "b/c"),
    ],
)
def test_a_copy_goes_where_the_fields_picture_is_else_most(
    current: str, names: tuple[str, ...], folder: str
) -> None:
    assert usual_folder(current, names) == folder
