"""Pushes name both ends, never force, and say what to do when the remote says no."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled, CredentialsRefused, GitError, PushRejected
from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.commits.rebase import three_way
from partner_tui.repository.process.failures.kinds import (
    BranchProtected,
    PushDeclined,
    RemoteBroken,
    RemoteNotFound,
)
from partner_tui.repository.remotes.push import push_command
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from tests.real_git import MANIFEST, git, make_clone, push_from_elsewhere, write, write_hook
from tests.repository.http_remote import HttpRemote


def change(repository: Repository, content: str = "id: ours\n", path: str = "collection.yaml") -> str:
    write(repository.root, path, content)
    return repository.commit([path], f"Change {path}")


def test_a_push_names_both_ends_and_never_forces(users: Repository) -> None:
    assert push_command("-evil", "a:b", ["-n"])[-4:] == ["-n", "--end-of-options", "-evil", "a:b"]
    change(users)
    push(users)
    words = users.log.commands[-1].command.split()
    assert words[-3:] == ["--end-of-options", "origin", "refs/heads/main:refs/heads/main"]
    assert not [word for word in words if "force" in word or word.startswith("+")]


def test_a_push_reaches_the_branch(users: Repository, bare: Path) -> None:
    made = change(users)
    assert (users.state.ahead, users.state.behind) == (1, 0)
    pushed = push(users)
    assert (pushed.branch, pushed.commit, pushed.new, pushed.compare_url) == ("main", made, False, None)
    assert git("rev-parse", "main", cwd=bare) == made
    assert (users.state.ahead, users.state.behind) == (0, 0) and users.unpushed() == ()


def test_a_new_branch_is_pushed_followed_and_switched_to(users: Repository, bare: Path) -> None:
    git("remote", "set-url", "--push", "origin", bare.as_uri(), cwd=users.root)
    git("config", "--global", "url.file:///.insteadOf", "nothing:", cwd=users.root)
    made = change(users)
    pushed = push(users, new_branch="partner-tui/splash")
    assert (pushed.branch, pushed.commit, pushed.new) == ("partner-tui/splash", made, True)
    assert git("rev-parse", "partner-tui/splash", cwd=bare) == made
    assert (users.branch, users.state.upstream, (users.state.ahead, users.state.behind)) == (
        "partner-tui/splash",
        "origin/partner-tui/splash",
        (0, 0),
    )
    change(users, "id: again\n")
    assert push(users).branch == "partner-tui/splash"


def test_a_branch_started_here_follows_the_remotes_after_its_push(users: Repository) -> None:
    write(users.root, "staged.txt", "staged\n")
    git("add", "staged.txt", cwd=users.root)
    users.start_branch("mine")
    assert users.state.dirty == ("staged.txt",)
    change(users)
    assert [commit.subject for commit in users.unpushed()] == ["Change collection.yaml"]
    push(users)
    assert users.state.upstream == "origin/mine"


def test_the_compare_link_is_told_for_a_branch(users: Repository, bare: Path) -> None:
    git("remote", "set-url", "origin", "https://github.com/owner/name.git", cwd=users.root)
    git("remote", "set-url", "--push", "origin", bare.as_uri(), cwd=users.root)
    assert users.slug == "owner/name"
    change(users)
    assert (
        push(users, new_branch="fix").compare_url
        == "https://github.com/owner/name/compare/main...fix?expand=1"
    )


@pytest.mark.parametrize(
    "name", ["", "-f", "a b", "a..b", "HEAD", "a.lock", "/a", "a~1", "@", "refs/heads/a"]
)
def test_names_that_git_refuses_are_refused(users: Repository, name: str) -> None:
    with pytest.raises(GitError) as caught:
        check_branch_name(name, users.root)
    assert caught.value.hint


def test_a_branch_name_that_is_taken_is_refused(users: Repository, bare: Path) -> None:
    change(users)
    with pytest.raises(GitError, match="already"):
        push(users, new_branch="main")


def test_a_lost_race_is_told_and_nothing_moves(users: Repository, bare: Path) -> None:
    theirs = push_from_elsewhere(bare, "model/rdf.yaml", "type: theirs\n")
    ours = change(users)
    with pytest.raises(PushRejected) as caught:
        push(users)
    assert "Pull" in caught.value.hint
    assert git("rev-parse", "main", cwd=bare) == theirs
    assert git("rev-parse", "HEAD", cwd=users.root) == ours
    assert users.fetch().behind == 1


@pytest.mark.parametrize("kind", ["users", "sparse"])
def test_after_a_lost_race_our_commits_are_put_on_top_and_pushed(
    kind: str, bare: Path, request: pytest.FixtureRequest
) -> None:
    ours: Repository = request.getfixturevalue(kind)
    theirs = push_from_elsewhere(bare, "collection.yaml", MANIFEST + "theirs: 1\n")
    change(ours, "id: ours\nconfig:\n  splash_title: Hello\n")
    change(ours, "note\n", "note.md")
    write(ours.root, "model/rdf.yaml", "the user's own\n")
    with pytest.raises(PushRejected):
        push(ours)
    ours.fetch()

    def merged(commit: str, path: str, tip: str) -> bytes | None:
        if path == "collection.yaml":
            return ours.read(tip, path).replace(b"id: partner", b"id: ours")
        return three_way(ours.root, commit, path, tip)

    before = git("rev-parse", "HEAD", cwd=ours.root)
    dates = git("log", "-2", "--format=%aI", cwd=ours.root)
    tip = ours.replay("origin/main", merged).tip
    assert git("log", "--format=%s", f"{theirs}..{tip}", cwd=ours.root).splitlines() == [
        "Change note.md",
        "Change collection.yaml",
    ]
    assert git("log", "-2", "--format=%aI", cwd=ours.root) == dates
    assert git("rev-parse", "refs/partner-tui/backup/1", cwd=ours.root) == before
    assert (ours.root / "collection.yaml").read_text().startswith("id: ours\n")
    assert (ours.root / "model" / "rdf.yaml").read_text() == "the user's own\n"
    assert ours.state.dirty == ("model/rdf.yaml",)
    push(ours)
    assert (
        git("show", "main:collection.yaml", cwd=bare) == "id: ours\nconfig:\n  splash_title: Hello\ntheirs: 1"
    )
    assert not list((ours.root / ".git").glob("partner-tui-index*"))


def test_a_replay_stops_at_a_change_of_the_users_that_is_in_the_way(users: Repository, bare: Path) -> None:
    push_from_elsewhere(bare, "model/rdf.yaml", "type: theirs\n")
    ours = change(users)
    write(users.root, "model/rdf.yaml", "the user's own\n")
    users.fetch()
    with pytest.raises(GitError, match=r"model/rdf\.yaml"):
        users.replay("origin/main", lambda commit, path, tip: users.read(commit, path))
    assert git("rev-parse", "HEAD", cwd=users.root) == ours
    assert git("for-each-ref", "refs/partner-tui", cwd=users.root) == ""
    assert (users.root / "model" / "rdf.yaml").read_text() == "the user's own\n"


def test_a_commit_that_changes_nothing_any_more_is_left_out(users: Repository, bare: Path) -> None:
    theirs = push_from_elsewhere(bare, "collection.yaml", "id: same\n")
    change(users, "id: same\n")
    users.fetch()
    replayed = users.replay("origin/main", lambda commit, path, tip: users.read(commit, path))
    assert replayed.tip == theirs and len(replayed.left_out) == 1


def test_three_way_merges_lines_and_tells_a_clash(users: Repository, bare: Path) -> None:
    push_from_elsewhere(bare, "collection.yaml", MANIFEST + "end: 1\n")
    push_from_elsewhere(bare, "model/readme.md", "theirs\n")
    apart = change(users, "# start\n" + MANIFEST)
    clash = change(users, "ours\n", "model/readme.md")
    (users.root / "model" / "rdf.yaml").unlink()
    removed = users.commit(["model/rdf.yaml"], "Remove")
    users.fetch()
    assert (
        three_way(users.root, apart, "collection.yaml", "origin/main")
        == f"# start\n{MANIFEST}end: 1\n".encode()
    )
    assert three_way(users.root, removed, "model/rdf.yaml", "origin/main") is None
    with pytest.raises(GitError, match="same place"):
        three_way(users.root, clash, "model/readme.md", "origin/main")


def test_a_history_with_nothing_in_common_is_told(users: Repository, bare: Path) -> None:
    git("switch", "--quiet", "--orphan", "foreign", cwd=users.root)
    change(users, "foreign\n", "foreign.md")
    with pytest.raises(GitError, match="in common"):
        users.replay("origin/main", lambda commit, path, tip: None)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("error: GH006: Protected branch update failed for refs/heads/main.", BranchProtected),
        ("our rule says no", PushDeclined),
        ("Ticket: 42 is closed", PushDeclined),
        ("error: GH007: Your push would publish a private email address.", PushDeclined),
    ],
)
@pytest.mark.parametrize("hook", ["pre-receive", "update"])
@pytest.mark.parametrize("over", ["file", "http"])
def test_what_a_hook_of_the_remote_says_is_in_the_error_and_in_the_log(
    users: Repository, bare: Path, hook: str, said: str, error: type[GitError], over: str
) -> None:
    write_hook(bare, hook, f"echo '{said}'; echo 'Ask Grace.' >&2; exit 1")
    change(users)
    with HttpRemote(bare.parent) as remote:
        if over == "http":
            git("remote", "set-url", "origin", remote.url("partner.git", "ada:secret@"), cwd=users.root)
        with pytest.raises(error) as caught:
            push(users)
    assert caught.value.output.splitlines()[:2] == [f"remote: {said}", "remote: Ask Grace."]
    logged = users.log.commands[-1]
    assert not logged.ok and logged.words == caught.value.output and "secret" not in logged.words


def test_what_the_remote_says_of_a_push_that_succeeds_is_in_the_log(users: Repository, bare: Path) -> None:
    write_hook(bare, "post-receive", "echo 'Create a pull request: https://example.org/pr'")
    change(users)
    push(users)
    pushed = next(logged for logged in users.log.commands if " push " in logged.command)
    assert pushed.ok and pushed.words.startswith("remote: Create a pull request: https://example.org/pr")


def test_a_remote_that_is_not_bare_is_told(users: Repository, bare: Path) -> None:
    git("remote", "set-url", "origin", (bare.parent / "seed").as_uri(), cwd=users.root)
    change(users)
    with pytest.raises(BranchProtected, match="not a bare repository"):
        push(users)


def test_a_shallow_clone_that_cannot_be_pushed_from_is_told(bare: Path, tmp_path: Path) -> None:
    git("clone", "--quiet", "--depth=1", bare.as_uri(), "shallow", cwd=tmp_path)
    git("init", "--quiet", "--bare", "new.git", cwd=tmp_path)
    git("remote", "set-url", "origin", (tmp_path / "new.git").as_uri(), cwd=tmp_path / "shallow")
    git("switch", "--quiet", "--create", "new", cwd=tmp_path / "shallow")
    shallow = Repository.open(tmp_path / "shallow")
    change(shallow)
    with pytest.raises(PushDeclined, match="whole history"):
        push(shallow)


def test_an_unreadable_remote_is_called_damaged(bare: Path, tmp_path: Path) -> None:
    tree = git("rev-parse", "main^{tree}", cwd=bare)
    (bare / "objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(RemoteBroken) as caught:
        clone(parse_source(str(bare)), tmp_path / "c")
    assert "remote" in caught.value.output.splitlines()[0] and "damaged" in caught.value.message


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, CredentialsRefused), (404, RemoteNotFound), (413, PushDeclined), (503, RemoteBroken)],
)
def test_a_status_of_http_is_told(users: Repository, bare: Path, status: int, error: type[GitError]) -> None:
    change(users)
    with HttpRemote(bare.parent, status=status) as remote:
        git("remote", "set-url", "origin", remote.url("partner.git"), cwd=users.root)
        with pytest.raises(error) as caught:
            push(Repository.open(users.root))
    assert str(status) in caught.value.output or status == 404


def test_a_push_that_is_cancelled_leaves_the_clone_as_it_was(users: Repository, bare: Path) -> None:
    started = bare.parent / "started"
    hook = write_hook(bare, "pre-receive", f"touch {started}; sleep 30")
    made = change(users)
    cancelled = threading.Event()

    def stop() -> None:
        while not started.exists():
            time.sleep(0.01)
        cancelled.set()

    threading.Thread(target=stop, daemon=True).start()
    with pytest.raises(Cancelled):
        push(users, cancelled=cancelled)
    assert users.refresh().lock is None
    assert users.state.commit == made and (users.state.ahead, users.state.behind) == (1, 0)
    hook.unlink()
    assert push(users).commit == made


def test_a_clone_without_a_remote_and_a_detached_head_are_told(users: Repository, tmp_path: Path) -> None:
    git("checkout", "--quiet", "--detach", cwd=users.root)
    with pytest.raises(GitError, match="detached"):
        push(users)
    git("init", "--quiet", "alone", cwd=tmp_path)
    with pytest.raises(GitError, match="no remote"):
        Repository.open(tmp_path / "alone").fetch()


def test_two_clones_race_until_both_are_in(bare: Path, tmp_path: Path) -> None:
    both = [Repository.open(make_clone(bare, tmp_path / name)) for name in ("one", "two")]
    for number, repository in enumerate(both):
        change(repository, f"{number}\n", f"{number}.md")

    def push_in_the_end(repository: Repository) -> None:
        for _ in range(5):
            try:
                push(repository)
                return
            except PushRejected:
                repository.fetch()
                repository.replay("origin/main", lambda c, p, t: three_way(repository.root, c, p, t))
        raise AssertionError("never pushed")

    threads = [threading.Thread(target=push_in_the_end, args=(repository,)) for repository in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {"0.md", "1.md"} <= set(git("ls-tree", "--name-only", "main", cwd=bare).split())


def test_a_push_killed_in_the_middle_leaves_a_clone_that_pushes_again(users: Repository, bare: Path) -> None:
    started = bare.parent / "started"
    hook = write_hook(bare, "pre-receive", f"touch {started}; sleep 20")
    made = change(users)
    code = (
        "import sys; from pathlib import Path\n"
        "from partner_tui.repository.remotes.pushing import push\n"
        "from partner_tui.repository.repository import Repository\n"
        "push(Repository.open(Path(sys.argv[1])))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(users.root)], stderr=subprocess.DEVNULL)
    while not started.exists():
        assert child.poll() is None
        time.sleep(0.01)
    groups = subprocess.run(["pgrep", "-P", str(child.pid)], capture_output=True, text=True).stdout.split()
    child.kill()
    child.wait()
    for group in groups:
        os.killpg(int(group), signal.SIGKILL)
    hook.unlink()
    again = Repository.open(users.root)
    assert again.state.problem is None and again.state.commit == made
    assert push(again).commit == made
    assert git("rev-parse", "main", cwd=bare) == made


def test_an_untracked_file_of_the_users_is_not_overwritten_by_a_replay(users: Repository, bare: Path) -> None:
    push_from_elsewhere(bare, "new.md", "theirs\n")
    ours = change(users)
    write(users.root, "new.md", "the user's own\n")
    users.fetch()
    with pytest.raises(GitError, match=r"new\.md"):
        users.replay("origin/main", lambda commit, path, tip: users.read(commit, path))
    assert (users.root / "new.md").read_text() == "the user's own\n"
    assert git("rev-parse", "HEAD", cwd=users.root) == ours
