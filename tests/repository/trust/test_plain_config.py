"""A configuration is read as git reads it, or left to git."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.repository.trust.plain_config import list_settings, read_plain, write_settings

PIECES = st.sampled_from(
    [
        "[core]",
        '[remote "origin"]',
        '[a "B.c"]',
        "[a.b]",
        "[A-1]",
        "\tkey = value",
        "key=v",
        " Two = a  b",
        "k = a b",
        "x",
        "x =",
        "y = = z",
        'q = "a b"',
        "e = a\\",
        "c = a # b",
        "c = a;b",
        "w = a ",
        "n = ä",
        "t = a\tb",
        "\r",
        "",
        "[core] inline = 1",
        "\ufeff",
        "u = a\xa0b",
        "l = a\u2028b",
        "f = a\x0cb",
        "=",
        "1a = b",
        "-a = b",
        "\x01",
    ]
)


def as_git_reads_it(data: bytes) -> list[tuple[str, str | None]] | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "config")
        file.write_bytes(data)
        command = ["git", "config", "--file", str(file), "--no-includes", "--list", "-z"]
        done = subprocess.run(command, capture_output=True, cwd="/")
    return None if done.returncode else list_settings(done.stdout.decode())


@given(st.lists(PIECES, max_size=6))
def test_what_is_read_without_git_is_what_git_reads(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    settings = read_plain(text)
    assert settings is None or settings == as_git_reads_it(text.encode())


def test_what_git_writes_itself_is_read_without_git(tmp_path: Path) -> None:
    for command in (["init", "--quiet"], ["remote", "add", "origin", "https://host.invalid/x.git"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    data = (tmp_path / ".git/config").read_bytes()
    settings = read_plain(data.decode())
    assert settings is not None and settings == as_git_reads_it(data)
    assert ("remote.origin.url", "https://host.invalid/x.git") in settings


@pytest.mark.parametrize("value", [None, "", " a ", 'a "b"', "a\\b", "#", ";x", "ä"])
@pytest.mark.parametrize("key", ["a.b", 'a.b "c\\d.e', "a.B.c.d", "http.https://x/.proxy"])
def test_what_is_written_is_read_again(key: str, value: str | None) -> None:
    assert as_git_reads_it(write_settings([(key, value)]).encode()) == [(key, value)]
