"""A fork's branch becomes a branch here: over file and HTTP, with no remote and no tag, and a URL is never an option."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.errors import Cancelled, GitError, SourceError
from partner_tui.repository.branches.by_hand import delete_brought
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.by_hand.bringing import bring_fork, fork_branches
from partner_tui.workspace.contributions.by_hand.sent import recognise
from partner_tui.workspace.contributions.contributions import Contributions
from tests.contributed import FERN
from tests.real_git import git, make_clone, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.repository.http_remote import HttpRemote
from tests.small_partner import MANIFEST
from tests.workspace.contributions.by_hand.conftest import Stand


@pytest.fixture
def fork(remote: Path, tmp_path: Path) -> Path:
    """A bare fork ``zoe/meadow.git`` with a branch ``fern`` that is ahead, and a tag."""
    work = make_clone(remote, tmp_path / "work")
    git("switch", "--quiet", "-c", "fern", "origin/main~2", cwd=work)
    write(work, "collection.yaml", MANIFEST + FERN)
    git("commit", "--quiet", "--all", "-m", "Add a fern", cwd=work)
    git("tag", "v1", cwd=work)
    (tmp_path / "zoe").mkdir()
    git("clone", "--quiet", "--bare", str(work), "zoe/meadow.git", cwd=tmp_path)
    return tmp_path / "zoe" / "meadow.git"


def test_a_forks_branch_is_listed_and_nothing_else_moves(
    repository: Repository, fork: Path, stand: Stand
) -> None:
    status, refs, index = stand()
    sent = recognise(fork.as_uri())
    branch, names = fork_branches(repository, sent)
    assert (branch, "main" in names) == ("fern", True)
    name = bring_fork(repository, sent, branch)
    assert name == "contributed/zoe-fern"
    now = stand()
    assert (now[0], now[2]) == (status, index)
    assert [line for line in now[1].splitlines() if name not in line] == refs.splitlines()
    assert git("remote", cwd=repository.root) == "origin"
    with Checker() as checker:
        known = Contributions(repository.root, checker, repository=repository)
        review = known.review(known.find(name))
    assert [change.name for change, _ in review.entries] == ["fern"]
    assert any("fetch" in command.command for command in repository.log.commands)
    assert bring_fork(repository, sent, branch) == name


def test_a_fork_over_http_may_be_named_by_a_page_of_its_branch(repository: Repository, fork: Path) -> None:
    with HttpRemote(fork.parent.parent) as remote:
        sent = recognise(remote.url("zoe/meadow.git"))
        assert sent.kind == "fork"
        assert bring_fork(repository, sent, fork_branches(repository, sent)[0]) == "contributed/zoe-fern"


def test_a_page_of_a_branch_names_it() -> None:
    sent = recognise("https://github.com/zoe/meadow/tree/fern/fronds")
    assert (sent.url, sent.branches) == ("https://github.com/zoe/meadow.git", ("fern", "fern/fronds"))


def test_a_branch_that_is_not_there_is_named_with_those_that_are(repository: Repository, fork: Path) -> None:
    sent = recognise(fork.as_uri())
    with pytest.raises(GitError) as caught:
        fork_branches(repository, sent.__class__("fork", sent.shown, url=sent.url, branches=("moss",)))
    assert "no branch moss" in caught.value.message and "fern" in caught.value.hint


def test_a_branch_without_anything_new_is_not_added(repository: Repository, fork: Path, stand: Stand) -> None:
    before, target = stand(), git("rev-parse", "origin/main", cwd=repository.root)
    git("branch", "old", "main", cwd=fork)
    with pytest.raises(GitError, match="old has no commits that your branch lacks"):
        bring_fork(repository, recognise(fork.as_uri()), "old", target)
    assert stand() == before


def test_the_address_is_what_git_connects_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text('[url "https://git.example.org/"]\n  insteadOf = ours:\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert recognise("ours:zoe/meadow").address == "https://git.example.org/zoe/meadow"
    assert recognise("zoe/meadow").address == "https://github.com/zoe/meadow.git"
    assert recognise("https://zoe:secret@example.org/meadow.git").address == "https://example.org/meadow.git"


def test_a_fetch_that_is_cancelled_leaves_nothing(repository: Repository, fork: Path, stand: Stand) -> None:
    before, cancelled = stand(), Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        bring_fork(repository, recognise(fork.as_uri()), "fern", cancelled=cancelled)
    assert stand() == before


@pytest.mark.parametrize(
    "text",
    ["--upload-pack=touch owned", "ext::sh -c touch% owned", "https://", "gopher://x/y", "a\x1b[31m/b", ""],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        recognise(text)


@pytest.mark.parametrize("branch", ["--upload-pack=touch", "-x", "a..b", "a b", "@"])
def test_a_branch_is_never_an_option(repository: Repository, fork: Path, branch: str, stand: Stand) -> None:
    before = stand()
    with pytest.raises(GitError):
        bring_fork(repository, recognise(fork.as_uri()), branch)
    assert stand() == before


def test_a_deleted_branch_stays_reachable(repository: Repository, fork: Path) -> None:
    name = bring_fork(repository, recognise(fork.as_uri()), "fern")
    commit = git("rev-parse", name, cwd=repository.root)
    delete_brought(repository.root, name, repository.log)
    assert git("branch", "--list", name, cwd=repository.root) == ""
    assert git("rev-parse", "refs/partner-tui/backup/1", cwd=repository.root) == commit


def test_only_such_branches_are_deleted_and_none_that_is_checked_out(
    repository: Repository, fork: Path
) -> None:
    name = bring_fork(repository, recognise(fork.as_uri()), "fern")
    git("branch", "mine", name, cwd=repository.root)
    git("switch", "--quiet", name, cwd=repository.root)
    for branch in ("mine", name, "main"):
        with pytest.raises(GitError):
            delete_brought(repository.root, branch)
