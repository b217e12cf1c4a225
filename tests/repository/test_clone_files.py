"""Nothing outside of the clone is read, whatever contributed links and paths say."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.errors import SourceError
from partner_tui.manifest.files import CloneFiles
from partner_tui.repository.clone_files import FolderFiles, contained, manifest_path
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.repository.repository import Repository
from tests.real_git import git, write
from tests.repository.http_remote import HttpRemote


def test_both_are_files_of_a_clone(users: Repository, tmp_path: Path) -> None:
    found: list[CloneFiles] = [users.files, FolderFiles(tmp_path)]
    assert [files.slug for files in found] == [None, None]


def test_files_are_found_checked_out_or_not(sparse: Repository) -> None:
    assert sparse.files.exists("collection.yaml") and sparse.files.exists("images/large.bin")
    assert sparse.files.exists("model/../collection.yaml") is False
    assert (
        not sparse.files.exists("old.md") and not sparse.files.exists("model") and not sparse.files.exists("")
    )
    assert "images/large.bin" in sparse.files.names()


def test_a_file_the_user_removed_is_missing(users: Repository) -> None:
    (users.root / "model" / "cover.png").unlink()
    assert not users.files.exists("model/cover.png")
    assert users.files.read_bytes("model/cover.png", 100_000) is None


def test_of_an_index_that_is_torn_nothing_is_known_and_nothing_breaks(sparse: Repository) -> None:
    (sparse.root / ".git" / "index").write_bytes(b"torn")
    assert sparse.files.exists("collection.yaml")
    assert not sparse.files.exists("images/large.bin")


def test_the_work_tree_goes_before_the_commit(sparse: Repository) -> None:
    write(sparse.root, "model/cover.png", b"new")
    assert sparse.files.read_bytes("model/cover.png", 10) == b"new"


def test_larger_files_are_not_read(sparse: Repository) -> None:
    assert sparse.files.read_bytes("collection.yaml", 3) is None
    assert sparse.files.read_bytes("images/large.bin", 19_999) is None
    assert len(sparse.files.read_bytes("images/large.bin", 20_000) or b"") == 20_000
    assert sparse.files.read_bytes("images/large.bin", 19_999) is None


def test_text_is_text(users: Repository) -> None:
    write(users.root, "bom.yaml", b"\xef\xbb\xbfid: x\r\n")
    write(users.root, "latin.yaml", "é".encode("latin-1"))
    assert users.files.read_text("bom.yaml") == "id: x\r\n"
    assert users.files.read_text("latin.yaml") is None
    assert users.files.read_text("model/cover.png") is None


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "/etc/passwd",
        ".git/config",
        "model/../.git/config",
        ".GIT/config",
        "a\0b",
        "out",
        "in/../../secret",
    ],
)
def test_paths_that_lead_out_are_missing(users: Repository, tmp_path: Path, path: str) -> None:
    write(tmp_path, "secret", "secret")
    (users.root / "out").symlink_to(tmp_path / "secret")
    (users.root / "in").symlink_to("model")
    for files in (users.files, FolderFiles(users.root)):
        assert not files.exists(path)
        assert files.read_bytes(path, 1000) is None


def test_links_within_the_clone_are_followed_and_others_are_not(users: Repository, tmp_path: Path) -> None:
    (users.root / "within").symlink_to("collection.yaml")
    (users.root / "folder").symlink_to("/etc")
    (users.root / "git").symlink_to(".git")
    (users.root / "loop").symlink_to("loop")
    os.mkfifo(users.root / "pipe")
    files = users.files
    assert files.exists("within") and files.read_bytes("within", 1000)
    for path in ("folder/passwd", "git/config", "loop", "pipe"):
        assert not files.exists(path) and files.read_bytes(path, 1000) is None


def test_a_link_that_was_left_out_is_missing(tmp_path: Path, bare: Path) -> None:
    seed = tmp_path / "seed"
    (seed / "link.png").symlink_to("/etc/passwd")
    git("add", "link.png", cwd=seed)
    git("commit", "--quiet", "-m", "link", cwd=seed)
    git("push", "--quiet", str(bare), "HEAD:main", cwd=seed)
    clone(parse_source(str(bare)), tmp_path / "c")
    files = Repository.open(tmp_path / "c").files
    assert not files.exists("link.png") and files.read_bytes("link.png", 1000) is None


def test_a_manifest_that_is_a_link_out_is_refused(users: Repository, tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.yaml", "id: x\n")
    (users.root / "manifest.yaml").symlink_to(outside)
    (users.root / "within.yaml").symlink_to("collection.yaml")
    with pytest.raises(SourceError, match=r"is a link to .*, which is outside the repository"):
        manifest_path(users.root, "manifest.yaml")
    assert manifest_path(users.root, "within.yaml") == (users.root / "collection.yaml").resolve()


def test_a_clone_reached_through_a_link_is_a_clone(users: Repository, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(users.root)
    assert contained(tmp_path / "alias", "collection.yaml") is not None


def test_a_remote_that_is_gone_makes_contents_missing_until_the_next_fetch(
    sparse: Repository, bare: Path
) -> None:
    away = bare.rename(bare.with_name("away.git"))
    assert sparse.files.exists("model/cover.png")
    assert sparse.files.read_bytes("model/cover.png", 100_000) is None
    away.rename(bare)
    assert sparse.files.read_bytes("model/cover.png", 100_000) is None
    sparse.fetch()
    assert sparse.files.read_bytes("model/cover.png", 100_000)


def test_contents_of_a_private_remote_are_fetched_with_the_apps_credentials(
    bare: Path, tmp_path: Path
) -> None:
    def answer(request: CredentialRequest) -> str:
        return "ada" if request.kind == "username" else "secret"

    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        clone(parse_source(remote.url("partner.git")), tmp_path / "c", credentials=answer)
        files = Repository.open(tmp_path / "c").files
        assert files.read_bytes("model/cover.png", 100_000) is None
        files.forget()
        files.credentials = answer
        assert files.read_bytes("model/cover.png", 100_000)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_plain_file_is_missing(users: Repository, make: Callable[[Path], None]) -> None:
    make(users.root / "rdf.yaml")
    assert users.files.read_text("rdf.yaml") is None
    assert not users.files.exists("rdf.yaml")
