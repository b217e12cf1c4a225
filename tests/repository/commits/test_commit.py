"""Commits are made of the named paths alone; whatever else is in the clone stays as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import signed_off
from partner_tui.repository.config import Author
from partner_tui.repository.process.failures.kinds import StaleLock
from partner_tui.repository.remotes.pushing import push
from partner_tui.repository.repository import Repository
from tests.real_git import git, write


def committed(repository: Repository) -> list[str]:
    return git("show", "--name-only", "--format=", "HEAD", cwd=repository.root).splitlines()


def test_what_the_user_staged_stays_staged_and_is_not_committed(users: Repository) -> None:
    write(users.root, "staged.txt", "staged\n")
    git("add", "staged.txt", cwd=users.root)
    write(users.root, "model/rdf.yaml", "unstaged: true\n")
    write(users.root, "collection.yaml", "id: new\n")
    made = users.commit(["collection.yaml"], "Change the id")
    assert committed(users) == ["collection.yaml"]
    assert git("rev-parse", "HEAD", cwd=users.root) == made
    assert git("status", "--short", cwd=users.root).splitlines() == ["M model/rdf.yaml", "A  staged.txt"]


def test_new_and_removed_files_are_committed(users: Repository) -> None:
    write(users.root, "docs/new [1].md", "new\n")
    write(users.root, ":(top)odd", "odd\n")
    write(users.root, "--amend", "odd\n")
    (users.root / "model" / "readme.md").unlink()
    users.commit(
        ["docs/new [1].md", ":(top)odd", "--amend", "model/readme.md", "never/was.md"], "Move things"
    )
    assert set(committed(users)) == {"docs/new [1].md", ":(top)odd", "--amend", "model/readme.md"}
    assert users.state.dirty == ()


def test_a_removal_that_is_staged_is_committed_and_stays_staged_where_git_refuses(users: Repository) -> None:
    git("rm", "--quiet", "model/readme.md", cwd=users.root)
    git("rm", "--quiet", "--cached", "collection.yaml", cwd=users.root)  # another's, and its file is there
    git("config", "user.signingKey", "none", cwd=users.root)
    git("config", "commit.gpgSign", "true", cwd=users.root)
    git("config", "gpg.format", "ssh", cwd=users.root)
    with pytest.raises(GitError, match="sign"):
        users.commit(["model/readme.md"], "Remove")
    assert "D  model/readme.md" in git("status", "--short", cwd=users.root).splitlines()
    git("config", "commit.gpgSign", "false", cwd=users.root)
    users.commit(["model/readme.md", "never/was.md"], "Remove")
    assert committed(users) == ["model/readme.md"]
    assert git("status", "--short", cwd=users.root).splitlines() == [
        "D  collection.yaml",
        "?? collection.yaml",
    ]


def test_new_files_outside_of_the_sparse_patterns_are_committed(sparse: Repository) -> None:
    write(sparse.root, "images/new.bin", b"\0\1")
    write(sparse.root, "collection.yaml", "id: new\n")
    sparse.commit(["images/new.bin", "collection.yaml"], "Add")
    assert set(committed(sparse)) == {"images/new.bin", "collection.yaml"}
    assert git("ls-tree", "--name-only", "-r", "HEAD", cwd=sparse.root).count("\n") == 5
    assert sparse.state.dirty == ()


def test_the_message_is_kept_and_signed_off(users: Repository) -> None:
    write(users.root, "collection.yaml", "id: new\n")
    users.commit(["collection.yaml"], "Schön\n\nbody\n# no comment\n", sign_off=True)
    commit = users.unpushed()[0]
    assert commit.subject == "Schön"
    assert "body\n# no comment\n" in commit.message and commit.message.endswith(
        "Signed-off-by: Ada <ada@example.org>"
    )


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("One", "One\n\nSigned-off-by: A <a@b>\n"),
        ("fix: one", "fix: one\n\nSigned-off-by: A <a@b>\n"),
        ("One\n\nBody\n\n", "One\n\nBody\n\nSigned-off-by: A <a@b>\n"),
        ("One\n\nReviewed-by: B <b@c>", "One\n\nReviewed-by: B <b@c>\nSigned-off-by: A <a@b>\n"),
        ("One\n\nSigned-off-by: A <a@b>", "One\n\nSigned-off-by: A <a@b>"),
    ],
)
def test_a_sign_off_is_the_last_line_once(message: str, expected: str) -> None:
    assert signed_off(message, Author("A", "a@b")) == expected


def test_an_author_given_is_author_and_committer(users: Repository) -> None:
    write(users.root, "collection.yaml", "id: new\n")
    users.commit(["collection.yaml"], "Change", author=Author("Bob", "bob@example.org"))
    assert git("log", "-1", "--format=%an %ae %cn", cwd=users.root) == "Bob bob@example.org Bob"


def test_a_missing_author_is_told_and_can_be_set(users: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    write(users.root, "collection.yaml", "id: new\n")
    write(users.root, "new.yaml", "id: new\n")
    assert users.author() is None
    with pytest.raises(GitError, match="who the author is"):
        users.commit(["collection.yaml", "new.yaml"], "Change")
    assert git("status", "--short", cwd=users.root).splitlines() == ["M collection.yaml", "?? new.yaml"]
    users.set_author(Author("Ada", "ada@example.org"))
    assert users.author() == Author("Ada", "ada@example.org")
    users.commit(["collection.yaml", "new.yaml"], "Change")
    with pytest.raises(GitError):
        users.set_author(Author("A <b>", ""))


def test_a_commit_needs_a_message_paths_and_a_change(users: Repository) -> None:
    for paths, message in (
        (["collection.yaml"], "  "),
        ([], "Message"),
        (["collection.yaml"], "Nothing changed"),
    ):
        with pytest.raises(GitError):
            users.commit(paths, message)
    assert users.unpushed() == ()


def test_files_of_git_lfs_are_left_to_git(users: Repository) -> None:
    write(users.root, ".gitattributes", "*.png filter=lfs\n")
    write(users.root, "model/cover.png", b"new")
    with pytest.raises(GitError, match="LFS"):
        users.commit(["model/cover.png"], "Cover")


@pytest.mark.parametrize("operation", ["detached", "merge", "am", "sequence", "rebase", "lock"])
def test_states_that_take_no_commit_are_told_with_a_way_out(users: Repository, operation: str) -> None:
    expected = {"am": "git am --abort", "sequence": "git revert --abort", "rebase": "git rebase --abort"}
    if operation == "detached":
        git("checkout", "--quiet", "--detach", cwd=users.root)
    elif operation in ("am", "sequence", "rebase"):
        _stop_in_the_middle(users, operation)
    elif operation == "merge":
        git("switch", "--quiet", "--create", "side", "HEAD~1", cwd=users.root)
        write(users.root, "side", "x")
        git("add", "side", cwd=users.root)
        git("commit", "--quiet", "-m", "side", cwd=users.root)
        git("merge", "--no-commit", "--no-ff", "main", cwd=users.root)
    else:
        write(users.root, ".git/index.lock", "")
    before = git("rev-parse", "HEAD", cwd=users.root)
    write(users.root, "collection.yaml", "id: new\n")
    with pytest.raises(GitError) as caught:
        users.commit(["collection.yaml"], "Change")
    assert caught.value.hint and expected.get(operation, "") in caught.value.hint
    assert git("rev-parse", "HEAD", cwd=users.root) == before
    if operation == "rebase":  # HEAD is detached, and another branch is no way out
        with pytest.raises(GitError, match="A rebase is in progress"):
            push(users)


def _stop_in_the_middle(users: Repository, operation: str) -> None:
    root = users.root
    for text in ("1", "2", "3"):
        write(root, "side", text)
        git("add", "side", cwd=root)
        git("commit", "--quiet", "-m", f"side {text}", cwd=root)
    patch = git("format-patch", "-1", "--stdout", cwd=root)
    write(root, "patch", f"{patch}\n")
    git("switch", "--quiet", "--create", "other", "HEAD~3", cwd=root)
    write(root, "side", "other")
    git("add", "side", cwd=root)
    git("commit", "--quiet", "-m", "other", cwd=root)
    stopped = {
        "am": ["am", "--quiet", "patch"],
        "rebase": ["rebase", "main"],
        "sequence": ["revert", "--no-edit", "main", "main~1"],
    }[operation]
    git(*stopped, cwd=root, check=False)
    if operation == "sequence":  # the first one made by hand: only git's list of what is left tells
        git("add", "side", cwd=root)
        git("commit", "--quiet", "--allow-empty", "-m", "by hand", cwd=root)


def test_an_unborn_branch_takes_the_first_commit(tmp_path: Path) -> None:
    git("init", "--quiet", "fresh", cwd=tmp_path)
    repository = Repository.open(tmp_path / "fresh")
    assert repository.state.commit is None and repository.branch == "main"
    assert repository.unpushed() == () and repository.remote is None and repository.slug is None
    write(repository.root, "collection.yaml", "id: new\n")
    repository.commit(["collection.yaml"], "First")
    assert [commit.subject for commit in repository.unpushed()] == ["First"]


def test_a_branch_whose_file_a_power_cut_emptied_is_no_branch_without_commits(users: Repository) -> None:
    write(users.root, ".git/refs/heads/main", "")
    with pytest.raises(GitError, match="damaged"):
        users.refresh()


def test_a_commit_killed_in_the_middle_leaves_a_clone_that_opens_and_says_what_to_do(
    users: Repository,
) -> None:
    write(users.root, "collection.yaml", "id: new\n")
    # A clean filter that hangs keeps git in the middle of the commit, with its lock held.
    write(users.root, ".git/info/attributes", "collection.yaml filter=slow\n")
    git("config", "--global", "filter.slow.clean", "sleep 30; cat", cwd=users.root)
    code = (
        "import sys; from pathlib import Path\n"
        "from partner_tui.repository.repository import Repository\n"
        "Repository.open(Path(sys.argv[1])).commit(['collection.yaml'], 'Change')\n"
    )
    before = git("rev-parse", "HEAD", cwd=users.root)
    child = subprocess.Popen([sys.executable, "-c", code, str(users.root)], stderr=subprocess.DEVNULL)
    lock = users.root / ".git" / "index.lock"
    while not lock.exists():
        assert child.poll() is None
        time.sleep(0.01)
    inner = subprocess.run(["pgrep", "-P", str(child.pid)], capture_output=True, text=True).stdout.split()
    child.kill()
    child.wait()
    for group in inner:
        os.killpg(int(group), signal.SIGKILL)
    git("config", "--global", "--unset", "filter.slow.clean", cwd=users.root)
    again = Repository.open(users.root)
    assert again.state.commit == before and again.state.lock == lock
    with pytest.raises(GitError) as caught:
        again.commit(["collection.yaml"], "Change")
    assert "index.lock" in caught.value.message and "remove" in caught.value.hint
    lock.unlink()
    assert again.commit(["collection.yaml"], "Change")


def test_a_lock_met_while_committing_is_named(users: Repository) -> None:
    write(users.root, ".git/config.lock", "")
    with pytest.raises((StaleLock, GitError)) as caught:
        users.set_author(Author("Ada", "ada@example.org"))
    assert "lock" in caught.value.message
