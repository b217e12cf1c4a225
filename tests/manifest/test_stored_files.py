"""What is behind a name of a manifest: the very file of that name in git, or why it cannot be used."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from partner_tui.compliance.own_findings import own_findings
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.stored_files import LfsPointer, absent, lfs_pointer
from partner_tui.manifest.text.document import Document
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.raster import PictureError
from partner_tui.pictures.source import resolve_picture
from partner_tui.repository.clone_files import FolderFiles, RepositoryFiles
from partner_tui.repository.commits.commit_files import CommitFiles
from tests.manifest.clone import Files
from tests.real_git import git, write

COMPOSED = unicodedata.normalize("NFC", "covers/Zelle-é.png")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
SHA = "ab" * 32
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{SHA}\nsize 700000\n"


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (POINTER, LfsPointer(SHA, 700000)),
        (POINTER.replace("oid", "ext-0-foo sha256:00\noid"), LfsPointer(SHA, 700000)),
        (POINTER.replace("git-lfs.github.com", "hawser.github.com"), LfsPointer(SHA, 700000)),
        (POINTER.partition("size")[0], LfsPointer(SHA, 0)),
        (POINTER + "x" * 1024, None),
        (POINTER.replace(SHA, "ab"), None),
        (" " + POINTER, None),
        ("version: 1\n", None),
        ("", None),
    ],
)
def test_a_pointer_is_told_from_other_content(content: str, pointer: LfsPointer | None) -> None:
    assert lfs_pointer(content.encode()) == pointer


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac takes both names for one file")
@pytest.mark.parametrize(("stored", "named"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
def test_a_name_in_another_unicode_form_is_no_file_wherever_it_is_looked_for_and_said_so(
    tmp_path: Path, stored: str, named: str
) -> None:
    git("init", "--quiet", cwd=tmp_path)
    git("config", "core.precomposeunicode", "true", cwd=tmp_path)
    write(tmp_path, stored, "x")
    git("add", ".", cwd=tmp_path)
    git("commit", "--quiet", "-m", "Begin", cwd=tmp_path)
    manifest = read_manifest(
        Document.parse(f"config: {{id: a}}\ncollection:\n- id: b\n  covers: [{named}]\n")
    )

    def look(view: CloneFiles) -> None:
        assert path_in_clone(named, view) == named
        assert view.exists(stored) and not view.exists(named) and view.read_bytes(named, 99) is None
        assert "other Unicode characters" in absent(named, view)
        (found,) = [one for one in own_findings(manifest, view, lambda: None) if one.rule == "missing-files"]
        assert "other Unicode characters" in found.message
        with pytest.raises(PictureError, match="other Unicode characters"):
            load_picture(resolve_picture(named, view), view, 100)

    for view in (FolderFiles(tmp_path), RepositoryFiles(tmp_path), CommitFiles(tmp_path, "HEAD")):
        look(view)
    git("sparse-checkout", "set", "--no-cone", "/nothing", cwd=tmp_path)
    assert not (tmp_path / stored).exists()
    look(RepositoryFiles(tmp_path))


def test_a_file_that_is_nowhere_is_said_to_be() -> None:
    assert absent("a.png", Files()) == "a.png is not in this repository"


def test_ids_that_look_the_same_are_duplicates() -> None:
    ids = [unicodedata.normalize(form, "zelle-é") for form in ("NFC", "NFD")]
    entries = "".join(f"- {{id: {one}, name: x}}\n" for one in ids)
    manifest = read_manifest(Document.parse(f"config: {{id: a}}\ncollection:\n{entries}"))
    found = [one for one in own_findings(manifest, Files(), lambda: None) if one.rule == "duplicate-ids"]
    assert len(found) == 2


@pytest.mark.parametrize("source", ["rdf_source: m/rdf.yaml", "source: app.imjoy.html"])
def test_an_rdf_or_plugin_that_is_a_pointer_is_said_to_be_in_lfs(source: str) -> None:
    manifest = read_manifest(Document.parse(f"config: {{id: a}}\ncollection:\n- id: b\n  {source}\n"))
    files = Files({"m/rdf.yaml": POINTER, "app.imjoy.html": POINTER})
    missing = resolve(manifest.entries[0], manifest, files).missing
    assert missing is not None and missing.why == "unreadable" and "is kept in Git LFS" in missing.problem


def test_a_cover_that_is_a_pointer_is_said_to_be_in_lfs() -> None:
    files = Files({"a.png": POINTER})
    with pytest.raises(PictureError, match=r"a\.png is kept in Git LFS"):
        load_picture(resolve_picture("a.png", files), files, 100)
