"""Diffs are git's own, in its lines and its counts, and take no time for large files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from partner_tui.repository.commits.diff import diff_text
from tests.real_git import git, write


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\n", "a\n", ""),
        ("a\nb\nc\n", "a\nc\nd\n", "@@ -1,3 +1,3 @@\n a\n-b\n c\n+d\n"),
        ("", "a\n", "@@ -0,0 +1 @@\n+a\n"),
        ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"),
        ("a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"),
        ("a\x0cb\u2028c\n", "ü\n", "@@ -1 +1 @@\n-a\x0cb\u2028c\n+ü\n"),
        ("\0a\n", "\0b\n", "@@ -1 +1 @@\n-\0a\n+\0b\n"),
    ],
)
def test_what_differs_is_shown(before: str, after: str, expected: str) -> None:
    assert diff_text(before, after) == expected


def test_a_path_is_named_above() -> None:
    assert diff_text("a\n", "b\n", "x.yaml") == "--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a\n+b\n"


def test_counts_are_those_of_git(tmp_path: Path) -> None:
    def text(case: str, extra: str = "") -> str:
        return "".join(
            f"- id: {case}{n}\n  type: model\n{extra}  tags: [a]\n  cite:\n  - doi: x\n" for n in range(300)
        )

    git("init", "-q", cwd=tmp_path)
    write(tmp_path, "m.yaml", text("A"))
    git("add", ".", cwd=tmp_path)
    after = text("a", "  format_version: 0.3.4\n")
    write(tmp_path, "m.yaml", after)
    added, removed, _ = git("diff", "--numstat", cwd=tmp_path).split()
    lines = diff_text(text("A"), after).splitlines()
    assert (sum(line[0] == "+" for line in lines), sum(line[0] == "-" for line in lines)) == (
        int(added),
        int(removed),
    )


def test_fifty_thousand_lines_take_no_time() -> None:
    before = "".join(f"- id: {n}\n  type: model\n  license: MIT\n  tags: [a]\n\n" for n in range(10_000))
    started = time.monotonic()
    diff = diff_text(before, before.replace("MIT", "CC-BY-4.0"))
    assert diff.count("\n+") == 10_000
    assert time.monotonic() - started < 5


def test_the_users_settings_do_not_change_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(
        "[core]\n\tautocrlf = true\n[diff]\n\texternal = touch ran\n\tnoprefix = true\n[color]\n\tui = always\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert diff_text("a\r\n", "b\r\n") == "@@ -1 +1 @@\n-a\r\n+b\r\n"
