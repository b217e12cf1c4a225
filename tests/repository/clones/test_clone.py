"""Clones hold little, ask when they must, and leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, CredentialsRefused, GitError, SourceError
from partner_tui.repository.branches.switching import list_branches
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import Source, parse_source
from partner_tui.repository.process.credentials import RememberedCredentials
from partner_tui.repository.process.failures.kinds import RemoteNotFound, RemoteUnreachable
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.progress import Progress
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from partner_tui.repository.stale_files import remove_leftovers_at_start
from tests.real_git import git, make_remote, write
from tests.repository.http_remote import HttpRemote


def test_only_the_manifest_rdfs_and_texts_are_checked_out(sparse: Repository) -> None:
    found = {path.relative_to(sparse.root).as_posix() for path in sparse.root.rglob("*") if path.is_file()}
    assert {name for name in found if not name.startswith(".git/")} == {
        "collection.yaml",
        "model/rdf.yaml",
        "model/readme.md",
    }
    assert sparse.state.dirty == ()
    assert sparse.state.branch == "main"


def test_contents_that_are_not_checked_out_are_not_transferred(sparse: Repository) -> None:
    missing = git("rev-list", "--objects", "--all", "--missing=print", cwd=sparse.root)
    assert sum(line.startswith("?") for line in missing.splitlines()) == 3


def test_a_file_that_was_left_out_is_fetched_when_it_is_read(sparse: Repository, tmp_path: Path) -> None:
    seed = (tmp_path / "seed" / "model" / "cover.png").read_bytes()
    assert sparse.files.exists("model/cover.png")
    assert sparse.files.read_bytes("model/cover.png", 1_000_000) == seed
    assert sparse.read("HEAD", "model/cover.png") == seed


def test_a_server_without_filters_gives_a_full_clone(tmp_path: Path) -> None:
    target = tmp_path / "full"
    clone(parse_source(str(make_remote(tmp_path, filters=False))), target)
    assert (target / "images" / "large.bin").is_file()


def test_a_sparse_clone_over_http_reports_its_progress(bare: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    log = GitLog()
    with HttpRemote(bare.parent) as remote:
        clone(parse_source(remote.url("partner.git")), tmp_path / "c", progress=seen.append, log=log)
        assert remote.served < 10_000
    assert any(p.phase == "Receiving objects" and p.total for p in seen)
    assert all(command.ok for command in log.commands)
    assert [command.brief.split(" ")[1] for command in log.commands] == [
        "clone",
        "sparse-checkout",
        "checkout",
    ]


def test_an_http_remote_asks_for_user_and_password_and_push_asks_no_more(bare: Path, tmp_path: Path) -> None:
    asked: list[CredentialRequest] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request)
        return "ada" if request.kind == "username" else "secret"

    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        credentials = RememberedCredentials(answer)
        clone(parse_source(remote.url("partner.git")), tmp_path / "c", credentials=credentials)
        repository = Repository.open(tmp_path / "c")
        (repository.root / "collection.yaml").write_text("id: other\n")
        repository.commit(["collection.yaml"], "Change the id")
        push(repository, credentials=credentials)
    assert [request.kind for request in asked] == ["username", "password"]
    assert asked[1].username == "ada"
    assert asked[1].url.startswith("http://127.0.0.1")
    assert git("show", "main:collection.yaml", cwd=bare) == "id: other"


def test_a_wrong_password_is_asked_again_and_then_told(bare: Path, tmp_path: Path) -> None:
    attempts: list[int] = []

    def answer(request: CredentialRequest) -> str:
        attempts.append(request.attempt)
        return "wrong"

    with (
        HttpRemote(bare.parent, user="ada", password="secret") as remote,
        pytest.raises(CredentialsRefused) as caught,
    ):
        clone(parse_source(remote.url("partner.git")), tmp_path / "c", credentials=answer)
    assert attempts == [1, 1, 2, 2, 3, 3]
    assert "token" in caught.value.hint
    assert not (tmp_path / "c").exists()


def test_the_second_answer_may_be_right(bare: Path, tmp_path: Path) -> None:
    def answer(request: CredentialRequest) -> str:
        if request.kind == "username":
            return "ada"
        return "secret" if request.attempt == 2 else "typo"

    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        clone(
            parse_source(remote.url("partner.git")), tmp_path / "c", credentials=RememberedCredentials(answer)
        )
    assert (tmp_path / "c" / "collection.yaml").is_file()


def test_giving_up_at_the_question_cancels_at_once(bare: Path, tmp_path: Path) -> None:
    with HttpRemote(bare.parent, user="ada", password="secret") as remote, pytest.raises(Cancelled):
        clone(parse_source(remote.url("partner.git")), tmp_path / "c", credentials=lambda request: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["partner.git", "seed"]


def test_without_anybody_to_ask_it_fails_at_once(bare: Path, tmp_path: Path) -> None:
    with HttpRemote(bare.parent, user="ada", password="secret") as remote, pytest.raises(CredentialsRefused):
        clone(parse_source(remote.url("partner.git")), tmp_path / "c")


def test_a_password_in_the_url_is_never_shown(bare: Path, tmp_path: Path) -> None:
    log = GitLog()
    with HttpRemote(bare.parent, user="ada", password="s3cret") as remote:
        source = parse_source(remote.url("partner.git", "ada:s3cret@"))
        clone(source, tmp_path / "c", log=log)
        bad = parse_source(remote.url("nothing.git", "ada:s3cret@"))
        with pytest.raises(RemoteNotFound) as caught:
            clone(bad, tmp_path / "d", log=log)
    shown = [source.text, caught.value.message, caught.value.output, caught.value.command]
    shown += [command.command for command in log.commands]
    shown.append(Repository.open(tmp_path / "c").remote_url or "")
    assert not [text for text in shown if "s3cret" in text]


def test_a_clone_cancelled_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    bare = make_remote(tmp_path, filters=False, blob_size=2_000_000)
    cancelled = threading.Event()

    def stop(progress: Progress) -> None:
        if progress.phase == "Receiving objects":
            cancelled.set()

    with HttpRemote(bare.parent, delay=0.02) as remote:
        started = time.monotonic()
        with pytest.raises(Cancelled):
            target = tmp_path / "clones" / "host" / "c"
            clone(parse_source(remote.url("partner.git")), target, progress=stop, cancelled=cancelled)
        assert time.monotonic() - started < 10
    assert not (tmp_path / "clones").exists(), "not even the folder it would lie in"


def test_what_a_killed_clone_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    bare = make_remote(tmp_path, filters=False, blob_size=2_000_000)
    clones = tmp_path / "clones"
    with HttpRemote(bare.parent, delay=0.02) as remote:
        code = (
            "import sys; from pathlib import Path\n"
            "from partner_tui.repository.clones.clone import clone\n"
            "from partner_tui.repository.clones.source import parse_source\n"
            "source = parse_source(sys.argv[1])\n"
            "show = lambda progress: print(progress, flush=True)\n"
            "clone(source, source.clone_folder(Path(sys.argv[2])), progress=show)\n"
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code, remote.url("a/partner.git").replace("/a/", "/"), str(clones)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with child:
            assert child.stdout is not None
            while b"Receiving" not in child.stdout.readline():
                pass
            child.kill()
    assert _unfinished(clones)
    remove_leftovers_at_start(clones, tmp_path / "states")
    assert not _unfinished(clones)


def _unfinished(clones: Path) -> list[str]:
    """The folders of clones that did not end; git may be removing what is in them."""
    folders = (name for _, below, _ in os.walk(clones) for name in below)
    return [name for name in folders if name.startswith(".partner-tui-clone-")]


def test_an_empty_repository_is_cloned_to_be_begun(tmp_path: Path) -> None:
    git("init", "--quiet", "--bare", "--initial-branch=main", "empty.git", cwd=tmp_path)
    clone(parse_source(str(tmp_path / "empty.git")), tmp_path / "c")
    began = Repository.open(tmp_path / "c")
    assert (began.branch, began.state.commit) == ("main", None)
    write(began.root, "collection.yaml", "config: {id: a}\n")
    began.commit(["collection.yaml"], "Begin")
    assert push(began).branch == "main"
    assert git("ls-tree", "--name-only", "main", cwd=tmp_path / "empty.git") == "collection.yaml"


def test_a_remote_whose_default_branch_is_gone_is_cloned_with_its_other_branches(
    bare: Path, tmp_path: Path
) -> None:
    git("branch", "--move", "main", "trunk", cwd=bare)
    git("symbolic-ref", "HEAD", "refs/heads/main", cwd=bare)
    clone(parse_source(str(bare)), tmp_path / "c")
    assert Repository.open(tmp_path / "c").state.commit is None
    assert [branch.label for branch in list_branches(tmp_path / "c")] == ["origin/trunk"]


def test_the_branch_of_a_page_may_have_slashes(bare: Path, tmp_path: Path) -> None:
    git("branch", "fix/ids", "main", cwd=bare)
    clone(Source("remote", "x", url=bare.as_uri(), branch="fix", rest="ids/model"), tmp_path / "c")
    assert Repository.open(tmp_path / "c").branch == "fix/ids"


def test_a_known_branch_that_was_renamed_falls_back_to_the_default(bare: Path, tmp_path: Path) -> None:
    clone(Source("remote", "x", url=bare.as_uri(), branch="master"), tmp_path / "c")
    assert Repository.open(tmp_path / "c").branch == "main"


def test_a_taken_target_is_left_alone(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine").write_text("mine")
    with pytest.raises(SourceError, match="already exists"):
        clone(parse_source(str(bare)), tmp_path / "c")
    assert (tmp_path / "c" / "mine").read_text() == "mine"


@pytest.mark.parametrize("url", ["-uevil", "--upload-pack=touch /tmp/x"])
def test_a_dash_url_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        clone(Source("remote", url, url=url), tmp_path / "c")


def test_an_ext_url_runs_nothing_even_past_the_parser(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not allowed"):
        clone(Source("remote", "x", url=f"ext::touch {tmp_path}/ran"), tmp_path / "c")
    assert not (tmp_path / "ran").exists()


def test_a_refused_connection_is_told(tmp_path: Path) -> None:
    with pytest.raises(RemoteUnreachable):
        clone(parse_source("http://127.0.0.1:1/a/b.git"), tmp_path / "c")


def test_a_missing_host_is_told(tmp_path: Path) -> None:
    with pytest.raises(RemoteUnreachable, match=r"no-such-host\.invalid was not found"):
        clone(parse_source("http://no-such-host.invalid/a/b.git"), tmp_path / "c")


def test_a_target_that_cannot_be_made_is_told(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GitError, match="cannot be written"):
        clone(parse_source(str(bare)), tmp_path / "file" / "c")
