"""The history of one entry among many commits: how soon its newest version is found, and all of them.

The first line is what a person waits for who opens the history of an entry that changed some hundred commits ago.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from partner_tui.comparison.tracing import Seen
from partner_tui.manifest.sound import sound_manifest
from partner_tui.workspace.entries.history import History, Snapshot
from tests.benchmarks.contributed import NAME, begin_entries, write_commit
from tests.benchmarks.figure import Figure
from tests.benchmarks.manifests import entry_id, manifest
from tests.real_git import git

COMMITS, ENTRIES = 5_000, 300
TURNS = 5
_NAME = re.compile(r"^    name: .*$", re.MULTILINE)


def history() -> Iterator[Figure]:
    """Commits that change one entry each, in turn; of that one, and of one that never changed."""
    with tempfile.TemporaryDirectory() as folder:
        clone = _repository(Path(folder))
        for index, what, limit in (
            (1, f"changed {ENTRIES - 2} commits ago, its newest version", 0.3),
            (0, "never changed, its only version", None),
        ):
            first, whole, count = min(_read(clone, index) for _ in range(TURNS))
            yield Figure("history", f"an entry {what}", first, limit, "s", f"all {count} in {whole:.2f} s")


def _read(clone: Path, index: int) -> tuple[float, float, int]:
    """Seconds until the first version is found, and all are; how many there are."""
    now = sound_manifest((clone / NAME).read_bytes(), NAME)
    began = time.perf_counter()
    first, count = 0.0, 0
    for versions in History(clone, Snapshot(Seen(now, now.entries[index])), NAME).versions():
        count += len(versions)
        first = first or (time.perf_counter() - began if versions else 0.0)
    return first, time.perf_counter() - began, count


def _repository(folder: Path) -> Path:
    clone = folder / "clone"
    git("init", "--quiet", "--initial-branch=main", str(clone), cwd=folder)
    parts = begin_entries(manifest(ENTRIES))
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=clone, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        for number in range(1, COMMITS + 1):
            at = 1 + (COMMITS + 1 - number) % (ENTRIES - 1) if number > 1 else 0
            if at:
                parts[at + 1] = _NAME.sub(f"    name: Changed {number}", parts[at + 1])
            files = {NAME: "".join(parts)}
            importer.stdin.write(write_commit("refs/heads/main", number, f"Update {entry_id(at)}", files))
    git("reset", "--quiet", "--hard", cwd=clone)
    return clone
