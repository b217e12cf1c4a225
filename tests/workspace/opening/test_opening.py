"""Which folder, which manifest, and what is said when there is none or several."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import ManifestNotFound, ManifestParseError, SourceError
from partner_tui.manifest.editing.edits import Replace
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import (
    ManifestLocation,
    find_manifest,
    open_files,
    open_workspace,
    resolve_source,
    state_folder,
)
from tests.small_partner import MANIFEST, git, make_repository


@pytest.fixture
def directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directories:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    return Directories.of_user()


def place_of(source: Path, directories: Directories, name: str | None = None) -> ManifestLocation:
    return find_manifest(resolve_source(str(source), directories), name, directories)


def test_a_known_partner_that_is_not_here_is_to_be_cloned(directories: Directories) -> None:
    located = resolve_source("ilastik", directories)
    assert not located.is_there
    assert located.folder.is_relative_to(directories.clones)


def test_a_known_partner_that_was_cloned_is_opened_at_once(directories: Directories) -> None:
    folder = resolve_source("ilastik", directories).folder
    make_repository(folder, {"collection.yaml": MANIFEST})
    located = resolve_source("ilastik", directories)
    assert located.is_there
    assert find_manifest(located, None, directories) == ManifestLocation(folder, "collection.yaml", True)


def test_a_partner_that_renamed_its_manifest_is_still_found(directories: Directories) -> None:
    folder = resolve_source("ilastik", directories).folder
    make_repository(folder, {"manifest.bioimage.io.yaml": MANIFEST})
    found = find_manifest(resolve_source("ilastik", directories), None, directories)
    assert found.manifest_name == place_of(folder, directories).manifest_name == "manifest.bioimage.io.yaml"


def test_a_folder_below_the_top_opens_the_whole_repository(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"collection.yaml": MANIFEST, "docs/a.md": ""})
    assert place_of(root / "docs", directories) == ManifestLocation(root, "collection.yaml", True)


def test_a_manifest_below_the_top_is_named_from_the_top(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"zoo/collection.yaml": MANIFEST})
    assert place_of(root / "zoo", directories).manifest_name == "zoo/collection.yaml"


def test_behind_a_link_the_file_itself_is_edited(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"zoo/real.yaml": MANIFEST})
    (root / "collection.yaml").symlink_to("zoo/real.yaml")
    workspace = open_workspace(place_of(root, directories), directories)
    workspace.edit("splash: title", [Replace(("config", "splash_title"), "A zoo")])
    assert (root / "collection.yaml").is_symlink()
    assert "splash_title: A zoo" in (root / "zoo" / "real.yaml").read_text()


def test_a_manifest_file_outside_any_repository_is_opened(tmp_path: Path, directories: Directories) -> None:
    (tmp_path / "mine.yaml").write_text(MANIFEST)
    place = place_of(tmp_path / "mine.yaml", directories)
    assert place == ManifestLocation(tmp_path, "mine.yaml", False)
    workspace = open_workspace(place, directories)
    assert [entry.id for entry in workspace.manifest.entries] == ["petal-nuclei", "leaf-veins"]


def test_an_empty_repository_is_called_empty(tmp_path: Path, directories: Directories) -> None:
    git(tmp_path, "init", "--quiet", "--template=", "new")
    with pytest.raises(ManifestNotFound, match="is empty") as caught:
        place_of(tmp_path / "new", directories)
    assert "collection.yaml" in caught.value.hint and not caught.value.found


def test_no_manifest_says_what_was_looked_for_and_what_is_there(
    tmp_path: Path, directories: Directories
) -> None:
    root = make_repository(tmp_path / "one", {"zoo.yaml": "", "deep/er/other.yml": "", ".hidden/x.yaml": ""})
    with pytest.raises(ManifestNotFound) as caught:
        place_of(root, directories)
    assert "collection.yaml" in caught.value.looked_for
    assert caught.value.found == ("zoo.yaml", "deep/er/other.yml")


def test_several_manifests_are_asked_about_once(tmp_path: Path, directories: Directories) -> None:
    files = {"collection.yaml": MANIFEST, "manifest.bioimage.io.yaml": MANIFEST}
    root = make_repository(tmp_path / "one", files)
    with pytest.raises(ManifestNotFound) as caught:
        place_of(root, directories)
    assert set(caught.value.found) == set(files)
    open_workspace(place_of(root, directories, "collection.yaml"), directories)
    assert place_of(root, directories).manifest_name == "collection.yaml"


def test_a_named_manifest_that_is_not_there_is_an_error(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"collection.yaml": MANIFEST})
    with pytest.raises(ManifestNotFound, match=r"no other\.yaml"):
        place_of(root, directories, "other.yaml")


@pytest.mark.parametrize("name", ["../outside.yaml", "/outside.yaml"])
def test_a_name_never_leads_out_of_the_repository(
    tmp_path: Path, directories: Directories, name: str
) -> None:
    (tmp_path / "outside.yaml").write_text(MANIFEST)
    root = make_repository(tmp_path / "one", {"collection.yaml": MANIFEST})
    with pytest.raises(SourceError):
        place_of(
            root, directories, name.replace("/outside", f"{tmp_path}/outside") if name[0] == "/" else name
        )


def test_a_link_out_of_the_repository_is_refused(tmp_path: Path, directories: Directories) -> None:
    (tmp_path / "outside.yaml").write_text(MANIFEST)
    root = make_repository(tmp_path / "one", {"README.md": ""})
    (root / "collection.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(SourceError, match="link"):
        open_workspace(place_of(root, directories), directories)


def test_a_huge_manifest_is_refused_without_reading_it(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"README.md": ""})
    with (root / "collection.yaml").open("wb") as file:
        file.truncate(5 * 10**9)
    with pytest.raises(ManifestParseError, match="too large"):
        open_workspace(place_of(root, directories), directories)


def test_a_folder_named_like_a_manifest_is_not_one(tmp_path: Path, directories: Directories) -> None:
    root = make_repository(tmp_path / "one", {"README.md": ""})
    (root / "collection.yaml").mkdir()
    with pytest.raises(ManifestNotFound):
        place_of(root, directories)


def test_two_clones_of_one_name_keep_their_state_apart(tmp_path: Path, directories: Directories) -> None:
    one, other = (
        state_folder(tmp_path / "a" / "zoo", directories),
        state_folder(tmp_path / "b" / "zoo", directories),
    )
    assert one != other
    assert one.name.startswith("zoo-")


def test_git_is_asked_for_the_slug_once_until_the_remote_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "clone"
    make_repository(root, {"collection.yaml": "config: {id: meadow}\n"})
    files = open_files(ManifestLocation(root, "collection.yaml", True))
    assert files.slug is None
    git(root, "remote", "add", "origin", "https://github.com/meadow/models")
    assert files.slug == "meadow/models"
    opened: list[Path] = []
    read = Repository.open

    def counting(root: Path) -> Repository:
        opened.append(root)
        return read(root)

    monkeypatch.setattr(Repository, "open", counting)
    assert files.slug == "meadow/models"
    assert not opened
    git(root, "remote", "set-url", "origin", "https://github.com/meadow/more")
    assert files.slug == "meadow/more"
    assert len(opened) == 1
