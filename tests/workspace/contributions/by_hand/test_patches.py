"""A patch becomes a branch with the authors of its mails; what a patch must not write is refused by name."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.contributions.contribution import State
from partner_tui.errors import GitError
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.applying import apply_plan, branch_to_merge_into
from partner_tui.workspace.contributions.by_hand.bringing import bring_series, commit_series, read_series
from partner_tui.workspace.contributions.by_hand.sent import recognise
from partner_tui.workspace.contributions.contributions import Contributions
from tests.contributed import FERN
from tests.real_git import git, make_clone, write
from tests.repository.conftest import own_git_configuration  # noqa: F401
from tests.small_partner import MANIFEST
from tests.workspace.contributions.by_hand.conftest import Stand

NAME = "collection.yaml"


@pytest.fixture
def sender(remote: Path, tmp_path: Path) -> Path:
    """The clone of somebody who sends patches, on the commit that the pull requests start from."""
    made = make_clone(remote, tmp_path / "sender")
    git("config", "user.name", "Zoë Étoile", cwd=made)
    git("config", "user.email", "zoe@example.org", cwd=made)
    git("switch", "--quiet", "--detach", "origin/main~2", cwd=made)
    assert (made / NAME).read_text("utf-8") == MANIFEST
    return made


def commit(sender: Path, message: str, **files: str | bytes) -> None:
    for path, content in files.items():
        write(sender, path, content)
    git("add", "--all", cwd=sender)
    git("commit", "--quiet", "-m", message, cwd=sender)


def patch(sender: Path, since: str = "origin/main~2") -> Path:
    text = git("format-patch", "--stdout", f"{since}..HEAD", cwd=sender)
    return write(sender.parent, "sent.patch", text + "\n")


def bring(repository: Repository, file: Path) -> str:
    sent = recognise(str(file))
    assert sent.kind == "patch"
    target = git("rev-parse", "origin/main", cwd=repository.root)
    return bring_series(repository, sent, read_series(repository.root, sent), target)


def refused(repository: Repository, text: str | bytes) -> str:
    """Why a patch is refused; nothing of it stays."""
    file = write(repository.root.parent, "bad.patch", text)
    before = git("for-each-ref", cwd=repository.root)
    with pytest.raises(GitError) as caught:
        bring(repository, file)
    assert git("for-each-ref", cwd=repository.root) == before
    return caught.value.message


def test_patches_become_a_branch_with_their_authors_and_nothing_else_moves(
    repository: Repository, sender: Path, stand: Stand
) -> None:
    commit(sender, "Add a fern", **{NAME: MANIFEST + FERN})
    commit(sender, "Describe the fern\n\nIn a file of its own.", **{"docs/fern.md": "Fern\n"})
    write(repository.root, "mine.txt", "staged\n")
    git("add", "mine.txt", cwd=repository.root)
    write(repository.root, NAME, "changed: by me\n")
    status, refs, index = stand()
    name = bring(repository, patch(sender))
    assert name == "contributed/describe-the-fern"
    now = stand()
    assert (now[0], now[2]) == (status, index)
    assert [line for line in now[1].splitlines() if name not in line] == refs.splitlines()
    printed = git("log", "-2", "--format=%an <%ae> %cn %s|%b", name, cwd=repository.root)
    assert printed.splitlines()[0] == (
        "Zoë Étoile <zoe@example.org> Mia Describe the fern|In a file of its own."
    )
    assert git("rev-parse", f"{name}^{{tree}}", cwd=repository.root) == git(
        "rev-parse", "HEAD^{tree}", cwd=sender
    )


def test_a_patch_of_an_older_manifest_merges_by_entry_where_git_alone_conflicts(
    repository: Repository, sender: Path
) -> None:
    commit(sender, "Add a fern", **{NAME: MANIFEST + FERN})
    name = bring(repository, patch(sender))
    with Checker() as checker:
        known = Contributions(repository.root, checker, repository=repository)
        one = known.find(name)
        assert (one.kind, one.state) == ("hand", State.FILE)
        review = known.review(one)
        assert [change.name for change, _ in review.entries] == ["fern"]
        assert review.merges.how == "entries"
        assert known.page_of(one) == ""
        onto = branch_to_merge_into(repository)
        apply_plan(repository, known.plan(one, onto))
    text = (repository.root / NAME).read_text("utf-8")
    assert "id: fern" in text and "id: moss" in text


def test_the_same_patch_is_found_again_and_another_gets_a_name_of_its_own(
    repository: Repository, sender: Path
) -> None:
    commit(sender, "Add a fern", **{NAME: MANIFEST + FERN})
    name = bring(repository, patch(sender))
    assert bring(repository, patch(sender)) == name
    commit(sender, "Add a fern", **{"docs/fern.md": "Fern\n"})
    assert bring(repository, patch(sender)) == f"{name}-2"


def test_a_mail_program_that_ends_lines_its_own_way_does_no_harm(
    repository: Repository, sender: Path
) -> None:
    commit(sender, "Add a fern", **{NAME: MANIFEST + FERN})
    file = patch(sender)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    name = bring(repository, file)
    assert "id: fern" in git("show", f"{name}:{NAME}", cwd=repository.root)


def test_a_plain_diff_is_the_users_own_commit(repository: Repository, sender: Path) -> None:
    write(sender, "old.md", "words\n")
    git("add", "--all", cwd=sender)
    file = write(sender.parent, "change.diff", git("diff", "--cached", cwd=sender) + "\n")
    name = bring(repository, file)
    assert name == "contributed/change"
    assert git("log", "-1", "--format=%an", name, cwd=repository.root) == "Mia"


def test_a_binary_file_comes_with_its_content(repository: Repository, sender: Path) -> None:
    commit(sender, "Add a picture", **{"images/x.bin": bytes(range(256)) * 4})
    git("config", "core.quotePath", "false", cwd=sender)
    name = bring(repository, patch(sender))
    one, other = (
        git("rev-parse", f"{where}:images/x.bin", cwd=root)
        for where, root in ((name, repository.root), ("HEAD", sender))
    )
    assert one == other


def test_a_patch_that_does_not_apply_says_which_and_where(repository: Repository) -> None:
    words = refused(
        repository,
        "From: A <a@example.org>\nSubject: [PATCH 1/1] Retitle\n\n---\n"
        f"diff --git a/{NAME} b/{NAME}\n--- a/{NAME}\n+++ b/{NAME}\n@@ -3,1 +3,1 @@\n-nothing like it\n+new\n",
    )
    assert words == f"The patch “Retitle” does not apply: {NAME} is different at line 3."


ADDS = "diff --git a/{0} b/{0}\nnew file mode {1}\n--- /dev/null\n+++ b/{0}\n@@ -0,0 +1 @@\n+x\n"


@pytest.mark.parametrize(
    ("path", "mode", "words"),
    [
        (".git/config", "100644", "not a file of a repository"),
        ("a/.GIT/hooks/post-commit", "100755", "not a file of a repository"),
        ("../outside", "100644", "not a file of a repository"),
        ("a/../../outside", "100644", "not a file of a repository"),
        ("link", "120000", "a symbolic link"),
    ],
)
def test_a_patch_that_leaves_the_repository_is_refused(
    repository: Repository, path: str, mode: str, words: str
) -> None:
    said = refused(repository, "Subject: x\nFrom: A <a@b>\n\n---\n" + ADDS.format(path, mode))
    assert words in said
    assert not (repository.root.parent / "outside").exists()


def test_an_absolute_path_stays_below_the_repository_or_is_refused(
    repository: Repository, tmp_path: Path
) -> None:
    target = tmp_path / "absolute"
    refused(
        repository,
        f"diff --git {target} {target}\nnew file mode 100644\n--- /dev/null\n+++ {target}\n@@ -0,0 +1 @@\n+x\n"
        "--- /dev/null\n+++ /\n@@ -0,0 +1 @@\n+x\n",
    )
    assert not target.exists()


def test_a_workflow_in_a_patch_is_brought_and_needs_care(repository: Repository) -> None:
    path = ".github/workflows/ci.yml"
    file = write(
        repository.root.parent, "w.patch", "Subject: CI\nFrom: A <a@b>\n\n---\n" + ADDS.format(path, "100644")
    )
    name = bring(repository, file)
    with Checker() as checker:
        known = Contributions(repository.root, checker, repository=repository)
        cautions = list(known.review(known.find(name)).cautions())
    assert f"It changes what CI runs: {path}." in cautions


def _line(content: bytes) -> str:
    return chr(len(content) - 26 - 1 + ord("a") if len(content) > 26 else len(content) + ord("A") - 1) + (
        base64.b85encode(content, pad=True).decode()
    )


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


@pytest.mark.parametrize(
    "part",
    [
        "literal 50000000000\n" + _line(zlib.compress(b"x")) + "\n\n",
        "delta 12\n" + _line(zlib.compress(_varint(20_000) + _varint(10**11) + b"\x80")) + "\n\n",
        "delta 12\nAnonsense\n\n",
    ],
)
def test_a_few_lines_that_stand_for_gigabytes_are_refused(repository: Repository, part: str) -> None:
    words = refused(
        repository,
        "Subject: x\nFrom: A <a@b>\n\n---\ndiff --git a/images/large.bin b/images/large.bin\n"
        f"index {'1' * 40}..{'2' * 40} 100644\nGIT binary patch\n{part}",
    )
    assert "MB" in words or "damaged" in words


def test_escapes_in_a_subject_and_a_hostile_author_are_only_text(repository: Repository) -> None:
    text = (
        "From: \x1b[31mRed <--upload-pack=x@y>\nSubject: \x1b]0;owned\x07 --exec=sh\n\n---\n"
        + ADDS.format("x.md", "100644")
    )
    name = bring(repository, write(repository.root.parent, "e.patch", text))
    assert name == "contributed/0-owned-exec-sh"
    assert "\x1b" not in refused(repository, text.replace("+++ b/x.md", "+++ b/\x1b[31mx.md"))


def test_a_trial_is_on_no_branch_and_needs_no_author(
    repository: Repository, sender: Path, stand: Stand
) -> None:
    commit(sender, "Add a fern", **{NAME: MANIFEST + FERN})
    git("config", "--unset", "user.name", cwd=repository.root)
    git("config", "--unset", "user.email", cwd=repository.root)
    before = stand()
    target = git("rev-parse", "origin/main", cwd=repository.root)
    series = read_series(repository.root, recognise(str(patch(sender))))
    made = commit_series(repository, series, target, trial=True)
    assert stand() == before
    assert git("log", "-1", "--format=%an %cn", made, cwd=repository.root) == "Zoë Étoile nobody"
