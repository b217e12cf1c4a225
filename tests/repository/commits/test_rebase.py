"""A commit made again on top of what arrived is the same commit: nothing that is not understood is lost on the way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import read_commits
from partner_tui.repository.commits.commit_object import CommitObject
from partner_tui.repository.commits.rebase import Replayed, three_way
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.repository.repository import Repository
from tests.real_git import MANIFEST, git, push_from_elsewhere, write


def commit(repository: Repository, *arguments: str, message: bytes = b"Ours\n", **environment: str) -> str:
    """A commit as a person makes it with git, of all that is changed."""
    git("add", "--all", cwd=repository.root)
    subprocess.run(
        ["git", *arguments, "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--file=-"],
        cwd=repository.root,
        input=message,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return git("rev-parse", "HEAD", cwd=repository.root)


def as_made_elsewhere(repository: Repository, message: bytes, *headers: tuple[bytes, bytes]) -> str:
    """The newest commit with what git would not write, but other programs and older gits do."""
    made = CommitObject.read(repository.root, "HEAD")
    named = dict(headers)
    changed = [(name, named.pop(name, value)) for name, value in made.headers]
    odd = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repository.root,
        input=bytes(CommitObject((*changed, *named.items()), message)),
        capture_output=True,
        check=True,
    ).stdout.decode()
    git("reset", "--quiet", "--soft", odd.strip(), cwd=repository.root)
    return odd.strip()


def replay(repository: Repository) -> Replayed:
    """Fetch, and make our commits again on top of what arrived."""
    repository.fetch()

    def merge(commit: str, path: str, tip: str) -> bytes | None:
        return three_way(repository.root, commit, path, tip)

    return repository.replay("origin/main", merge)


def kept(repository: Repository, rev: str) -> tuple[tuple[tuple[bytes, bytes], ...], bytes]:
    """What of a commit must be the same in the one that is made again."""
    found = CommitObject.read(repository.root, rev)
    new = (b"tree", b"parent", b"committer", b"gpgsig")
    return tuple(header for header in found.headers if header[0] not in new), found.message


def entries(repository: Repository, rev: str = "HEAD") -> dict[str, str]:
    """Path, and mode and hash, of all that a commit holds."""
    command = ["git", "ls-tree", "-r", "-z", rev]
    printed = subprocess.run(command, cwd=repository.root, capture_output=True, check=True).stdout
    lines = os.fsdecode(printed).split("\0")[:-1]
    return {path: about.replace(" blob", "") for about, _, path in (line.partition("\t") for line in lines)}


@pytest.fixture
def ours(users: Repository, bare: Path) -> Repository:
    """A clone behind its remote by a commit, ready for commits of its own."""
    push_from_elsewhere(bare, "theirs.md", "theirs\n")
    return users


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        (b"", "Ändere\n".encode("latin-1")),
        (b"ISO-8859-1", "Ändere\n\nÜber alles\n".encode("latin-1")),
        (b"Shift_JIS", "変更\n".encode("shift_jis")),
        (b"no-such", "Ändere\n".encode("latin-1")),
        (b"", "Ändere\n\n\n# kept\n \n\nTwo blank lines above\n\n\n".encode()),
        (b"", b"No newline at its end"),
        (b"", b"Tab\tand \x1b[31mescape\n"),
        (b"", b"Bad \xff\xfe bytes\n"),
    ],
)
def test_a_message_stays_as_it_is_whatever_its_encoding(
    ours: Repository, encoding: bytes, message: bytes
) -> None:
    write(ours.root, "ours.md", "ours\n")
    commit(ours)
    old = as_made_elsewhere(ours, message, *([(b"encoding", encoding)] if encoding else []))
    new = replay(ours).tip
    assert kept(ours, new) == kept(ours, old) and CommitObject.read(ours.root, new).message == message
    (listed,) = ours.unpushed()
    assert listed.subject and listed.message.encode()


@pytest.mark.parametrize(
    "author",
    [
        b"J. R. Hacker Jr. <j@example.org> 1700000000 -0930",
        "Zoë 😀 <zoe@example.org> 1 +1345".encode(),
        b"Zo\xeb <zoe@example.org> 1700000000 +0000",
        b" <nobody> 1700000000 +0000",
        b"Name, only <> 1700000000 +0000",
        b"Odd <a b@c> 1700000000 +5130",
        b"Far <a@b> 999999999999999 +0000",
        b"Before <a@b> -1 +0000",
    ],
)
def test_an_odd_author_and_date_stay_as_they_are(ours: Repository, author: bytes) -> None:
    write(ours.root, "ours.md", "ours\n")
    commit(ours)
    as_made_elsewhere(ours, b"Ours\n", (b"author", author), (b"change-id", b"zz\n more"))
    assert ours.unpushed()[0].author is not None
    found = CommitObject.read(ours.root, replay(ours).tip)
    assert found.header(b"author") == author and found.header(b"change-id") == b"zz\n more"


def test_an_empty_commit_stays_and_one_that_arrived_otherwise_is_told(ours: Repository, bare: Path) -> None:
    empty = commit(ours, message=b"Start the release\n")
    write(ours.root, "theirs.md", "theirs\n")
    same = commit(ours, message=b"The same\n")
    replayed = replay(ours)
    assert replayed.left_out == (same,)
    assert git("log", "-1", "--format=%s", replayed.tip, cwd=ours.root) == "Start the release"
    assert kept(ours, replayed.tip) == kept(ours, empty)


def test_a_merge_is_made_again_as_a_merge_of_the_same_commit(ours: Repository) -> None:
    git("switch", "--quiet", "--create", "side", cwd=ours.root)
    write(ours.root, "side.md", "side\n")
    side = commit(ours, message=b"Side\n")
    git("switch", "--quiet", "main", cwd=ours.root)
    write(ours.root, "mine.md", "mine\n")
    commit(ours, message=b"Mine\n")
    git("merge", "--quiet", "--no-edit", "--no-ff", "side", cwd=ours.root)
    merge = git("rev-parse", "HEAD", cwd=ours.root)
    replayed = replay(ours)
    assert kept(ours, replayed.tip) == kept(ours, merge)
    first, *others = git("log", "-1", "--format=%P", replayed.tip, cwd=ours.root).split()
    assert others == [side]
    assert git("log", "-2", "--first-parent", "--format=%s", first, cwd=ours.root).splitlines() == [
        "Mine",
        "Elsewhere theirs.md",
    ]
    assert {"side.md", "mine.md", "theirs.md"} <= entries(ours).keys()


def test_a_merge_of_what_arrived_is_left_out(ours: Repository, bare: Path) -> None:
    write(ours.root, "mine.md", "mine\n")
    commit(ours, message=b"Mine\n")
    ours.fetch()
    git("merge", "--quiet", "--no-edit", "origin/main", cwd=ours.root)
    merge = git("rev-parse", "HEAD", cwd=ours.root)
    push_from_elsewhere(bare, "later.md", "later\n")
    replayed = replay(ours)
    assert replayed.left_out == (merge,)
    assert git("log", "-2", "--format=%s", replayed.tip, cwd=ours.root).splitlines() == [
        "Mine",
        "Elsewhere later.md",
    ]


def test_what_is_no_plain_text_is_taken_as_it_is(ours: Repository) -> None:
    write(ours.root, "run.sh", "#!/bin/sh\n").chmod(0o755)
    (ours.root / "link").symlink_to("run.sh")
    (ours.root / "model" / "readme.md").unlink()
    (ours.root / "model" / "readme.md").symlink_to("../run.sh")
    write(ours.root, "binary", bytes(range(256)))
    odd = os.fsdecode(b"na\xefve\ttab.md")
    write(ours.root, odd, "odd\n")
    write(ours.root, "new\nline.md", "odd\n")
    inner = git("rev-parse", "HEAD", cwd=ours.root)
    git("update-index", "--add", "--cacheinfo", f"160000,{inner},sub", cwd=ours.root)
    (ours.root / "sub").mkdir()
    old = commit(ours)
    before, after = entries(ours, old), entries(ours, replay(ours).tip)
    assert before.items() <= after.items() and after.keys() - before.keys() == {"theirs.md"}
    modes = {path: about.split()[0] for path, about in after.items()}
    assert {"run.sh": "100755", "link": "120000", "sub": "160000", odd: "100644"}.items() <= modes.items()


def test_a_file_made_executable_there_and_edited_here_is_both(users: Repository, bare: Path) -> None:
    theirs = push_from_elsewhere(bare, "theirs.md", "theirs\n")
    other = bare.parent / "elsewhere"
    git("update-index", "--chmod=+x", "model/rdf.yaml", cwd=other)
    git("commit", "--quiet", "--message=Make it executable", cwd=other)
    git("push", "--quiet", "origin", "HEAD:main", cwd=other)
    write(users.root, "model/rdf.yaml", "type: model\nname: Ours\n")
    commit(users)
    assert replay(users).tip != theirs
    assert entries(users)["model/rdf.yaml"].startswith("100755")
    assert git("show", "HEAD:model/rdf.yaml", cwd=users.root) == "type: model\nname: Ours"


def test_a_folder_that_became_a_file_and_the_reverse_are_taken(ours: Repository) -> None:
    for name in ("rdf.yaml", "cover.png", "readme.md"):
        (ours.root / "model" / name).unlink()
    (ours.root / "model").rmdir()
    write(ours.root, "model", "a file now\n")
    commit(ours)
    (ours.root / "collection.yaml").unlink()
    write(ours.root, "collection.yaml/a.yaml", "a folder now\n")
    commit(ours)
    replay(ours)
    found = entries(ours)
    assert {"model", "collection.yaml/a.yaml", "theirs.md"} <= found.keys() and "model/rdf.yaml" not in found


def their_file(bare: Path) -> None:
    push_from_elsewhere(bare, "new", "theirs\n")


def their_folder(bare: Path) -> None:
    push_from_elsewhere(bare, "new/inner.md", "theirs\n")


def their_change(bare: Path) -> None:
    push_from_elsewhere(bare, "model/rdf.yaml", "type: theirs\n")


def their_removal(bare: Path) -> None:
    push_from_elsewhere(bare, "x.md", "x\n")
    git("rm", "--quiet", "model/rdf.yaml", cwd=bare.parent / "elsewhere")
    git("commit", "--quiet", "--message=Remove", cwd=bare.parent / "elsewhere")
    git("push", "--quiet", "origin", "HEAD:main", cwd=bare.parent / "elsewhere")


def our_link(root: Path) -> None:
    (root / "model" / "rdf.yaml").unlink()
    (root / "model" / "rdf.yaml").symlink_to("readme.md")


@pytest.mark.parametrize(
    ("theirs", "ours", "named"),
    [
        (their_file, lambda root: write(root, "new/inner.md", "ours\n"), "new/inner.md"),
        (their_folder, lambda root: write(root, "new", "ours\n"), "new"),
        (their_change, our_link, "model/rdf.yaml"),
        (their_change, lambda root: (root / "model/rdf.yaml").unlink(), "model/rdf.yaml"),
        (their_removal, lambda root: write(root, "model/rdf.yaml", "type: ours\n"), "model/rdf.yaml"),
        (their_change, lambda root: write(root, "model/rdf.yaml", "type: ours\n"), "model/rdf.yaml"),
    ],
)
def test_what_cannot_be_merged_is_refused_by_name_and_nothing_moves(
    users: Repository, bare: Path, theirs: object, ours: object, named: str
) -> None:
    theirs(bare)  # type: ignore[operator]
    ours(users.root)  # type: ignore[operator]
    head = commit(users)
    with pytest.raises(GitError) as caught:
        replay(users)
    assert caught.value.message.startswith(f"{named} was ") and caught.value.hint
    assert git("rev-parse", "HEAD", cwd=users.root) == head and users.refresh().dirty == ()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_file_removed_on_one_side_and_changed_on_the_other_is_a_clash(
    users: Repository, bare: Path, side: str
) -> None:
    (their_change if side == "ours" else their_removal)(bare)
    if side == "ours":
        (users.root / "model" / "rdf.yaml").unlink()
    else:
        write(users.root, "model/rdf.yaml", "type: ours\n")
    made = commit(users)
    users.fetch()
    with pytest.raises(GitError, match="same place"):
        three_way(users.root, made, "model/rdf.yaml", "origin/main")


def test_notes_go_with_their_commits(ours: Repository) -> None:
    write(ours.root, "ours.md", "ours\n")
    commit(ours)
    git("notes", "add", "--message=Reviewed by Grace", cwd=ours.root)
    git("notes", "--ref=other", "add", "--message=Another", cwd=ours.root)
    replay(ours)
    assert git("notes", "show", cwd=ours.root) == "Reviewed by Grace"
    assert git("notes", "--ref=other", "show", cwd=ours.root) == "Another"


@pytest.fixture
def signing_key(ours: Repository) -> Path:
    """An ssh key without a passphrase that signs, and is trusted."""
    return make_key(ours, "")


def make_key(repository: Repository, passphrase: str) -> Path:
    home = Path(os.environ["HOME"])
    key = home / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "ada", "-f", str(key)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    write(home, "allowed", f"ada@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingKey", str(key)),
        ("gpg.ssh.allowedSignersFile", str(home / "allowed")),
    ):
        git("config", "--global", name, value, cwd=repository.root)
    return key


@pytest.mark.parametrize("by", ["configuration", "commit"])
def test_a_signed_commit_is_signed_again(ours: Repository, signing_key: Path, by: str) -> None:
    if by == "configuration":
        git("config", "--global", "commit.gpgSign", "true", cwd=ours.root)
        write(ours.root, "collection.yaml", MANIFEST + "ours: 1\n")
        old = ours.commit(["collection.yaml"], "Ours")
    else:
        write(ours.root, "ours.md", "ours\n")
        old = commit(ours, "-c", "commit.gpgSign=true")
    new = replay(ours).tip
    assert git("log", "-1", "--format=%G?", old, cwd=ours.root) == "G"
    assert git("log", "-1", "--format=%G?", new, cwd=ours.root) == "G"
    assert kept(ours, new) == kept(ours, old)


def test_what_cannot_be_signed_again_is_not_moved(ours: Repository, signing_key: Path) -> None:
    write(ours.root, "ours.md", "ours\n")
    old = commit(ours, "-c", "commit.gpgSign=true")
    signing_key.unlink()
    with pytest.raises(GitError, match="could not sign") as caught:
        replay(ours)
    assert "gpgSign" in caught.value.hint and caught.value.output
    assert git("rev-parse", "HEAD", cwd=ours.root) == old


def test_a_message_that_a_signature_would_change_is_refused(ours: Repository, signing_key: Path) -> None:
    git("config", "commit.gpgSign", "true", cwd=ours.root)
    write(ours.root, "ours.md", "ours\n")
    commit(ours, "-c", "commit.gpgSign=false")
    old = as_made_elsewhere(ours, "Ändere\n".encode("latin-1"))
    with pytest.raises(GitError, match="cannot be signed again without a change"):
        replay(ours)
    assert git("rev-parse", "HEAD", cwd=ours.root) == old


def test_the_passphrase_of_a_signing_key_is_asked_for(ours: Repository) -> None:
    make_key(ours, "open sesame")
    git("config", "commit.gpgSign", "true", cwd=ours.root)
    asked: list[CredentialRequest] = []

    def answer(request: CredentialRequest) -> str:
        asked.append(request)
        return "open sesame"

    write(ours.root, "ours.md", "ours\n")
    ours.commit(["ours.md"], "Ours", credentials=answer)
    ours.fetch()
    ours.replay("origin/main", lambda commit, path, tip: None, credentials=answer)
    assert git("log", "-1", "--format=%G?", cwd=ours.root) == "G"
    assert [request.kind for request in asked] == ["passphrase"] * 2


def test_an_index_that_the_callers_shell_names_is_left_alone(
    ours: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(ours.root, "ours.md", "ours\n")
    commit(ours)
    index = tmp_path / "index"
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert replay(ours).left_out == ()
    assert not index.exists()


def test_commits_of_any_date_are_listed(users: Repository) -> None:
    commit(users, GIT_AUTHOR_DATE="@4102444800 +0530")
    (found,) = read_commits(users.root, "-1")
    assert found.date.isoformat() == "2100-01-01T05:30:00+05:30"


def test_only_what_both_sides_changed_is_fetched(sparse: Repository, bare: Path) -> None:
    push_from_elsewhere(bare, "theirs.md", "theirs\n")
    write(sparse.root, "collection.yaml", MANIFEST + "ours: 1\n")
    sparse.commit(["collection.yaml"], "Ours")
    missing = ["rev-list", "--objects", "--all", "--missing=print"]
    before = {line for line in git(*missing, cwd=sparse.root).splitlines() if line.startswith("?")}
    replay(sparse)
    after = {line for line in git(*missing, cwd=sparse.root).splitlines() if line.startswith("?")}
    assert before and before <= after
