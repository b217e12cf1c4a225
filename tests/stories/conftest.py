"""Who the stories are about: a maintainer with a name for git, a partner repository, and known verdicts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.opening.opening import find_manifest, resolve_source
from tests.real_git import git, make_clone
from tests.small_partner import MANIFEST, make_repository

NAME = "collection.yaml"


@dataclass(frozen=True)
class Partner:
    """A bare remote and a clone of the maintainer's."""

    remote: Path
    clone: Path
    manifest_name: str = NAME

    @property
    def manifest(self) -> str:
        """The manifest in the clone, as it is on the disk."""
        return (self.clone / self.manifest_name).read_text("utf-8")

    def write(self, text: str) -> None:
        (self.clone / self.manifest_name).write_text(text, "utf-8")

    def pushed(self) -> str:
        """The manifest as the remote has it."""
        return git("show", f"main:{self.manifest_name}", cwd=self.remote)

    def pushed_lines(self) -> list[str]:
        """The lines that the remote's last commit changed, with their signs."""
        shown = git("show", "--unified=0", "--format=", "main", cwd=self.remote).splitlines()
        return [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]

    def is_whole(self) -> bool:
        """Whether git finds nothing wrong with both repositories."""
        return not any(
            git("fsck", "--full", "--no-dangling", cwd=folder) for folder in (self.clone, self.remote)
        )


@pytest.fixture(autouse=True)
def maintainer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows a name and an address, and nothing else of this machine's settings."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n  name = Ada\n  email = ada@example.org\n[init]\n  defaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("GIT_ASKPASS", raising=False)
    monkeypatch.delenv("SSH_ASKPASS", raising=False)


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Verdicts on all entries of the stories, so that only this start waits for the spec library."""
    folder = tmp_path_factory.mktemp("verdicts")
    caches = Directories(folder, folder, folder, folder / "cache")
    small = make_repository(folder / "small", {NAME: MANIFEST})
    for source in (build_demo(folder / "demo").clone, small):
        check_and_set.check(find_manifest(resolve_source(str(source), caches), None, caches), caches)
    return caches.cache


@pytest.fixture
def home(tmp_path: Path, verdicts: Path) -> Path:
    """Where the app keeps its things in a story."""
    folder = tmp_path / "home"
    shutil.copytree(verdicts, folder / "cache")
    return folder


@pytest.fixture
def unfetched(home: Path) -> Path:
    """Settings that leave the remote alone until something is pushed, so that others are surely faster."""
    (home / "config").mkdir()
    (home / "config" / "settings.yaml").write_text("fetch_on_open: false\n")
    return home


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    """A small partner, two entries, looked after by hand."""
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST})
    remote = tmp_path / "remotes" / "meadow.git"
    git("clone", "--quiet", "--bare", str(seed), str(remote), cwd=tmp_path)
    git("config", "uploadpack.allowFilter", "true", cwd=remote)
    yield Partner(remote, make_clone(remote, tmp_path / "meadow"))


@pytest.fixture
def demo(tmp_path: Path) -> Partner:
    built = build_demo(tmp_path / "demo")
    return Partner(built.remote, built.clone, "collection.bioimage.io.yaml")
