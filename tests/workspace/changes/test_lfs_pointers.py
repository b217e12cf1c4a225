"""A pointer into LFS does not reach the remote without a question: its content would stay behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import NeedsConsent
from partner_tui.repository.remotes.push import unpushed_pointers
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.workspace.changes.soundness import push
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from tests.small_partner import MANIFEST, git, make_repository

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 12345\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    seed = make_repository(tmp_path / "seed", {"collection.yaml": MANIFEST, "old.pt": POINTER})
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), "remote.git")
    git(tmp_path, "-C", "remote.git", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", (tmp_path / "remote.git").as_uri(), "clone")
    return tmp_path / "clone"


def commit(clone: Path, path: str, text: str) -> None:
    (clone / path).parent.mkdir(parents=True, exist_ok=True)
    (clone / path).write_text(text)
    git(clone, "add", "--force", "--sparse", path)
    git(clone, "commit", "--quiet", "--message", f"Add {path}")


def known(clone: Path) -> tuple[str, ...]:
    return Repository.open(clone).state.known


def test_only_pointers_that_go_out_are_found(clone: Path) -> None:
    assert unpushed_pointers(clone, known(clone)) == ()
    commit(clone, "notes.txt", "a text")
    commit(clone, "like.txt", f"quoted:\n{POINTER}")
    commit(clone, "weights/a b.pt", POINTER.replace("a" * 64, "b" * 64))
    commit(clone, "ünï.pt", POINTER.replace("oid", "ext-0-x sha256:1\noid").replace("a" * 64, "c" * 64))
    assert unpushed_pointers(clone, known(clone)) == ("weights/a b.pt", "ünï.pt")
    (clone / "weights/a b.pt").unlink()
    git(clone, "commit", "--quiet", "--all", "--message", "Remove it: the history has it")
    assert "weights/a b.pt" in unpushed_pointers(clone, ())


def test_a_partial_clone_fetches_nothing_for_it(clone: Path, tmp_path: Path) -> None:
    address = (tmp_path / "remote.git").as_uri()
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", address, "part")
    part = tmp_path / "part"
    git(part, "sparse-checkout", "set", "--no-cone", "*.yaml")
    git(part, "checkout", "--quiet")
    commit(part, "new.pt", POINTER.replace("a" * 64, "b" * 64))
    before = git(part, "rev-list", "--objects", "--all", "--missing=print").count("?")
    assert before
    assert unpushed_pointers(part, known(part)) == ("new.pt",)
    assert git(part, "rev-list", "--objects", "--all", "--missing=print").count("?") == before


def test_a_push_asks_first(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    directories = Directories.of_user()
    commit(clone, "a.pt", POINTER.replace("a" * 64, "b" * 64))
    workspace = open_workspace(
        find_manifest(resolve_source(str(clone), directories), None, directories), directories
    )
    workspace.open_repository()
    assert workspace.repository is not None
    with pytest.raises(NeedsConsent, match=r"a\.pt: its content is kept in Git LFS") as caught:
        push(workspace, workspace.repository)
    assert "git lfs push origin HEAD" in caught.value.hint
    assert workspace.repository.refresh().ahead == 1
    assert push(workspace, workspace.repository, consented=True).branch == "main"
    workspace.checker.close()
