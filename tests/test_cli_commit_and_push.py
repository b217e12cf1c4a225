"""`commit` and `push` from the command line, against a file remote and an HTTP remote: what is done, asked and refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.real_git import git, make_clone, make_remote, push_from_elsewhere
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.repository.http_remote import HttpRemote
from tests.small_partner import MANIFEST

UNSOUND = MANIFEST.replace("  id: meadow\n", "  id: meadow\n  id: meadow\n")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    made = make_remote(tmp_path)
    push_from_elsewhere(made, "collection.yaml", MANIFEST)
    return made


@pytest.fixture
def clone(bare: Path, tmp_path: Path) -> Path:
    return make_clone(bare, tmp_path / "clone")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="partner-tui")


def head(folder: Path, branch: str = "main") -> str:
    return git("rev-parse", branch, cwd=folder)


def edit(clone: Path, title: str = "New") -> None:
    assert run("set", clone, "splash_title", title).exit_code == 0


def test_an_edit_is_committed_alone_and_pushed(clone: Path, bare: Path) -> None:
    (clone / "mine.txt").write_text("of the user's own\n")
    edit(clone)
    done = run("commit", clone, "-m", "Give it a title")
    assert done.exit_code == 0, done.stderr
    assert f"Committed {head(clone)[:7]} on main: Give it a title" in done.stdout
    assert git("show", "--name-only", "--format=", "HEAD", cwd=clone) == "collection.yaml"
    assert "1 other changed file is not included in commits." in done.stderr
    assert head(bare) != head(clone)
    done = run("push", clone)
    assert done.exit_code == 0, done.stderr
    assert f"Pushed 1 commit to origin/main, now at {head(clone)[:7]}:" in done.stdout
    assert head(bare) == head(clone)


def test_the_suggested_message_is_taken_where_none_is_given(clone: Path) -> None:
    edit(clone)
    assert run("commit", clone).exit_code == 0
    assert git("log", "-1", "--format=%s", cwd=clone) == "splash_title changed"


def test_a_dry_run_of_commit_shows_the_diff_and_commits_nothing(clone: Path) -> None:
    edit(clone)
    before = head(clone)
    done = run("commit", clone, "-m", "Title", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "--- a/collection.yaml\n+++ b/collection.yaml\n@@" in done.stdout
    assert "+  splash_title: New  # on the site" in done.stdout
    assert head(clone) == before and "splash_title: New" in (clone / "collection.yaml").read_text()


def test_a_dry_run_of_push_asks_the_remote_and_changes_nothing(clone: Path, bare: Path) -> None:
    edit(clone)
    run("commit", clone, "-m", "Title")
    refs = git("for-each-ref", cwd=clone)
    done = run("push", clone, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        "1 commit would be pushed to origin/main:",
        f"  {head(clone)[:7]} Title",
    ]
    assert git("for-each-ref", cwd=clone) == refs and head(bare) != head(clone)
    push_from_elsewhere(bare, "other.md", "first\n")
    assert run("push", clone, "--dry-run").exit_code == 1, "a push would be rejected, too"
    assert git("for-each-ref", cwd=clone) == refs


@pytest.mark.parametrize(("command", "said"), [("commit", "Nothing to commit."), ("push", "No commits")])
def test_nothing_to_do_is_no_failure(clone: Path, command: str, said: str) -> None:
    done = run(command, clone)
    assert (done.exit_code, done.stdout) == (0, "")
    assert said in done.stderr


def test_a_manifest_that_does_not_parse_is_not_committed(clone: Path) -> None:
    before = head(clone)
    (clone / "collection.yaml").write_text("config:\n  id: x\n  name: a: b\n")
    for dry in ([], ["--dry-run"]):
        done = run("commit", clone, "-m", "Break it", *dry)
        assert done.exit_code == 3
        assert "Nothing can be committed" in done.stderr
    assert head(clone) == before


def test_what_the_app_asks_about_is_refused_unless_agreed_to(clone: Path, bare: Path) -> None:
    (clone / "collection.yaml").write_text(UNSOUND)
    for dry in ([], ["--dry-run"]):
        done = run("commit", clone, "-m", "Twice", *dry)
        assert done.exit_code == 1
        assert "duplicate key" in done.stderr and "--yes" in done.stderr
    assert run("commit", clone, "-m", "Twice", "--yes").exit_code == 0
    (clone / "collection.yaml").write_text("a: b: c\n")
    git("commit", "--quiet", "--all", "--message=Broken by git", cwd=clone)
    before = head(bare)
    for dry in ([], ["--dry-run"]):
        done = run("push", clone, *dry)
        assert done.exit_code == 1 and "Broken by git" in done.stderr and "--yes" in done.stderr
    assert head(bare) == before
    assert run("push", clone, "--yes").exit_code == 0
    assert head(bare) == head(clone)


def test_a_remote_that_moved_on_is_not_overwritten(clone: Path, bare: Path) -> None:
    theirs = push_from_elsewhere(bare, "other.md", "first\n")
    edit(clone)
    run("commit", clone, "-m", "Title")
    done = run("push", clone)
    assert done.exit_code == 1 and "Pull first" in done.stderr
    assert head(bare) == theirs


def test_a_push_to_a_new_branch_switches_to_it(clone: Path, bare: Path) -> None:
    edit(clone)
    run("commit", clone, "-m", "Title")
    assert run("push", clone, "--branch", "title", "--dry-run").stdout.startswith(
        "1 commit would be pushed to origin/title (new):"
    )
    assert git("branch", "--show-current", cwd=clone) == "main"
    assert run("push", clone, "--branch", "title").exit_code == 0
    assert head(bare, "title") == head(clone)
    assert git("branch", "--show-current", cwd=clone) == "title"


def test_a_push_over_http_asks_nobody_and_says_what_is_missing(clone: Path, bare: Path) -> None:
    edit(clone)
    run("commit", clone, "-m", "Title")
    with HttpRemote(bare.parent, user="ada", password="secret") as remote:
        git("config", "http.receivepack", "true", cwd=bare)
        git("remote", "set-url", "origin", remote.url("partner.git"), cwd=clone)
        done = run("push", clone)
        assert done.exit_code == 3 and "Error: " in done.stderr
        git("remote", "set-url", "origin", remote.url("partner.git", "ada:secret@"), cwd=clone)
        assert run("push", clone, "--dry-run").exit_code == 0
        assert head(bare) != head(clone)
        done = run("push", clone)
    assert done.exit_code == 0, done.stderr
    assert head(bare) == head(clone) and "secret" not in done.output


def test_outside_a_repository_there_is_nothing_to_commit_to(tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "collection.yaml").write_text(MANIFEST)
    done = run("commit", tmp_path / "alone", "-m", "x")
    assert done.exit_code == 3 and "not in a git repository" in done.stderr


def test_a_folder_that_is_not_trusted_pushes_nothing(clone: Path, bare: Path, tmp_path: Path) -> None:
    from tests.repository.plants import PLANTS, make_program

    edit(clone)
    run("commit", clone, "-m", "Title")
    PLANTS["core.sshCommand"].put(clone, make_program(tmp_path / "witness"))
    before = head(bare)
    done = run("push", clone)
    assert done.exit_code == 3 and "--trust" in done.stderr
    assert head(bare) == before
    assert not (tmp_path / "witness").exists()


def test_set_shows_what_it_would_write(clone: Path) -> None:
    before = (clone / "collection.yaml").read_bytes()
    done = run("set", clone, "splash_title", "New", "--dry-run")
    assert done.exit_code == 0 and "+  splash_title: New  # on the site" in done.stdout
    assert (clone / "collection.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("default_type", "notebook", "✗ Default type: "),
        ("resource_types", "[]", "✗ Resource types: The classic page does not load without resource types."),
        ("name", "", "✗ Name: A name is required."),
    ],
)
def test_set_refuses_what_the_form_calls_an_error_in_its_words(
    clone: Path, field: str, value: str, said: str
) -> None:
    before = (clone / "collection.yaml").read_bytes()
    for dry in ([], ["--dry-run"]):
        done = run("set", clone, field, value, *dry)
        assert done.exit_code == 1
        assert said in done.stderr and "To do it anyway: --yes." in done.stderr
        assert bool(done.stdout) == bool(dry), "a dry run shows the diff all the same"
    assert (clone / "collection.yaml").read_bytes() == before
    done = run("set", clone, field, value, "--yes")
    assert done.exit_code == 0 and "Error: " in done.stderr
    assert (clone / "collection.yaml").read_bytes() != before


@pytest.mark.parametrize("mark", ["assume-unchanged", "skip-worktree"])
def test_changes_that_git_was_told_to_ignore_are_not_told_as_nothing_to_commit(
    clone: Path, mark: str
) -> None:
    git("update-index", f"--{mark}", "collection.yaml", cwd=clone)
    assert run("commit", clone).exit_code == 0, "it has none"
    assert run("set", clone, "splash_title", "Another").exit_code == 0
    done = run("commit", clone, "-m", "x")
    assert done.exit_code == 3
    assert mark in done.stderr and f"git update-index --no-{mark} collection.yaml" in done.stderr
    git("update-index", f"--no-{mark}", "collection.yaml", cwd=clone)
    assert run("commit", clone, "-m", "x").stdout.startswith("Committed")


def test_a_detached_head_is_not_told_as_up_to_date(clone: Path) -> None:
    assert run("push", clone).exit_code == 0, "nothing to push, on a branch"
    git("checkout", "--quiet", "--detach", cwd=clone)
    done = run("push", clone)
    assert done.exit_code == 3
    assert "HEAD is detached: there is no branch to push." in done.stderr
    assert "Switch to a branch" in done.stderr


def test_a_dry_run_is_refused_where_the_commit_would_be(clone: Path) -> None:
    (clone / ".gitattributes").write_text("*.yaml filter=lfs\n")
    assert run("set", clone, "splash_title", "Another").exit_code == 0
    for more in (("--dry-run",), ()):
        done = run("commit", clone, "-m", "x", *more)
        assert (done.exit_code, done.stdout) == (3, "")
        assert "collection.yaml is kept in Git LFS, which this app does not upload." in done.stderr
