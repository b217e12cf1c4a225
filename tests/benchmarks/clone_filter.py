"""How much of a repository's history a clone transfers: run ``python -m tests.benchmarks.clone_filter [megabytes]``.

A bare repository with a long history of binary files is generated and cloned over HTTP, once as the app does it and
once in full; printed are the bytes that the server sent, and their ratio.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from tests.real_git import make_remote
from tests.repository.http_remote import HttpRemote

_COMMIT_SIZE = 1024 * 1024


def measure(megabytes: int, folder: Path) -> tuple[int, int]:
    """Clone a repository with about that much history.

    Returns:
        Bytes sent for a clone as the app makes it, and for a full one.
    """
    bare = make_remote(folder)
    _grow(bare, megabytes)
    with HttpRemote(folder) as remote:
        clone(parse_source(remote.url("partner.git")), folder / "ours")
        ours = remote.served
        subprocess.run(
            ["git", "clone", "--quiet", remote.url("partner.git"), str(folder / "full")], check=True
        )
        return ours, remote.served - ours


def _grow(bare: Path, commits: int) -> None:
    """Add commits on main, each with another megabyte in the place of the last."""
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=bare, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        for number in range(commits):
            importer.stdin.write(
                b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\n" % (10**9 + number)
            )
            importer.stdin.write(b"data 4\nGrow\n" + (b"" if number else b"from refs/heads/main^0\n"))
            importer.stdin.write(b"M 100644 inline weights/%d.bin\ndata %d\n" % (number % 3, _COMMIT_SIZE))
            importer.stdin.write(os.urandom(_COMMIT_SIZE) + b"\n")
    assert importer.returncode == 0


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        ours, full = measure(megabytes, Path(folder))
    print(
        f"history {megabytes} MB: full clone {full:,} bytes, ours {ours:,} bytes, ratio {ours / full:.4%} (limit 2 %)"
    )


if __name__ == "__main__":
    main()
