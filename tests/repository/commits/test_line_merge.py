"""Texts merge by lines as git merges commits, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.errors import GitError
from partner_tui.repository.commits.line_merge import merge_lines
from tests.real_git import git

# By `git merge-file`, which compares by another algorithm, these conflict.
SHUFFLED = ("}babbb{}{cc}", "}babbb}{cc}", "}bbabb{b}{cc}")
TEXTS = {
    "nothing": ("abc", "abc", "abc"),
    "apart": ("abcdefg", "xbcdefg", "abcdefx"),
    "the same": ("abc", "axc", "axc"),
    "shuffled": SHUFFLED,
    "one line": ("abc", "axc", "ayc"),
    "next to each other": ("abc", "xbc", "ayc"),
    "removed and changed": ("abc", "ac", "ayc"),
    "all gone": ("abc", "", "abc"),
}


AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def text(letters: str) -> bytes:
    return "".join(f"{letter}\n" for letter in letters).encode()


def by_commits(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """What ``git merge`` makes of them; None where it conflicts."""
    git("init", "--quiet", "--initial-branch=base", cwd=folder)
    for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
        if name != "base":
            git("checkout", "--quiet", "-b", name, "base", cwd=folder)
        (folder / "text").write_bytes(content)
        git("add", "text", cwd=folder)
        git(*AUTHOR, "commit", "--quiet", "--allow-empty", "-m", name, cwd=folder)
    git("checkout", "--quiet", "ours", cwd=folder)
    git(*AUTHOR, "merge", "--quiet", "--no-edit", "theirs", cwd=folder, check=False)
    is_clean = not git("status", "--porcelain", cwd=folder)
    return (folder / "text").read_bytes() if is_clean else None


@pytest.mark.parametrize("name", TEXTS)
def test_lines_merge_as_git_merges_commits(tmp_path: Path, name: str) -> None:
    texts = [text(letters) for letters in TEXTS[name]]
    expected = by_commits(tmp_path, *texts)
    made = merge_lines(*texts)
    assert made.conflicts == (expected is None)
    if expected is not None:
        assert made.content == expected


def test_where_both_changed_the_same_lines_there_are_theirs_and_the_rest_of_both() -> None:
    made = merge_lines(text("abcdefg"), text("abxdefo"), text("tbydefg"))
    assert (made.content, made.conflicts) == (text("tbydefo"), True)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(GitError):
        merge_lines(b"a\0", b"b\0", b"c\0")


def test_a_text_of_any_bytes_is_merged_as_it_is() -> None:
    base = b"# \xff\r\n" + text("abcdefg") + b"end"
    made = merge_lines(base, base.replace(b"a\n", b"A\n"), base.replace(b"end", b"done"))
    assert (made.content, made.conflicts) == (base.replace(b"a\n", b"A\n").replace(b"end", b"done"), False)
