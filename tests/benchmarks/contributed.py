"""A repository with many open contributions to a large manifest, made in seconds: `git fast-import` reads one stream.

The branch went on after every contribution began, so that what each starts from differs; among them are entries changed,
added and removed, two that change the same field, other files, and such as git alone cannot merge.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.manifests import entry_id, manifest
from tests.real_git import git

NAME = "collection.yaml"
BRANCH_COMMITS = 40
"""Commits of the branch from which contributions begin."""
_BEGINS = 1_760_000_000
_ENTRY = re.compile(r"^  - id: ", re.MULTILINE)


def make_contributed(folder: Path, entries: int, contributions: int) -> Path:
    """A bare repository as GitHub serves one: `refs/pull/N/head` of each contribution, and `refs/pull/N/merge`, as all are open."""
    bare = folder / "partner.git"
    git("init", "--quiet", "--bare", "--initial-branch=main", str(bare), cwd=folder)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=bare, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        for part in _stream(entries, contributions):
            importer.stdin.write(part)
    assert importer.returncode == 0
    return bare


def clone_contributed(bare: Path, clone: Path) -> Path:
    """A clone of it before any contribution was fetched."""
    git("clone", "--quiet", str(bare), str(clone), cwd=bare.parent)
    return clone


def _stream(entries: int, contributions: int) -> Iterator[bytes]:
    chance = random.Random(1)
    parts = begin_entries(manifest(entries))
    history = []
    yield write_commit("refs/heads/main", 1, "Begin", {NAME: "".join(parts), "README.md": "# Bench\n"})
    for number in range(2, BRANCH_COMMITS + 2):
        history.append(list(parts))
        at = _changed(parts, chance, number)
        yield write_commit("refs/heads/main", number, f"Update {entry_id(at - 1)}", {NAME: "".join(parts)})
    for number in range(1, contributions + 1):
        begins = chance.randrange(BRANCH_COMMITS)
        files, title = _contributed(list(history[begins]), chance, number)
        mark = BRANCH_COMMITS + 2 * number
        yield write_commit(f"refs/pull/{number}/head", mark, title, files, begins + 1)
        yield write_commit(
            f"refs/pull/{number}/merge", mark + 1, f"Merge {title}", {}, BRANCH_COMMITS + 1, mark
        )


def begin_entries(text: str) -> list[str]:
    """The text of a manifest before the entries, then each entry's."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _changed(parts: list[str], chance: random.Random, number: int, field: str = "name") -> int:
    """Change a field of some entry, and tell which part it is."""
    at = chance.randrange(1, len(parts))
    parts[at] = re.sub(rf"^    {field}: .*$", f"    {field}: Changed {number}", parts[at], flags=re.MULTILINE)
    return at


def _contributed(parts: list[str], chance: random.Random, number: int) -> tuple[dict[str, str], str]:
    """The files that a contribution writes, and its title."""
    files: dict[str, str] = {}
    kind = number % 10
    if kind < 4:
        title = f"Update {entry_id(_changed(parts, chance, number, ('name', 'license')[kind % 2]) - 1)}"
    elif kind < 7:
        title = f"Add entry {number}"
        added = begin_entries(manifest(1, seed=number))[1].replace(entry_id(0), f"added-{number:05d}")
        parts.append(added.replace("/dataset/0", f"/dataset/added/{number}"))
    elif kind == 7:
        title = "Update several entries"
        for _ in range(5):
            _changed(parts, chance, number)
    elif kind == 8:
        at = chance.randrange(1, len(parts))
        title = f"Remove {entry_id(at - 1)}"
        del parts[at]
    else:
        title = "Change what CI does, and say so"
        files = {
            ".github/workflows/ci.yml": f"on: push\njobs: {{}}\n# {number}\n",
            "README.md": f"# Bench {number}\n",
        }
    return files or {NAME: "".join(parts)}, title


def write_commit(ref: str, mark: int, title: str, files: dict[str, str], *parents: int) -> bytes:
    """A commit as `git fast-import` reads it, with the marks of its parents."""
    who = f"A. Contributor {mark % 40} <a{mark % 40}@example.org> {_BEGINS + 3600 * mark} +0000"
    lines = [
        f"commit {ref}\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata {len(title)}\n{title}\n",
        *(f"{'merge' if place else 'from'} :{parent}\n" for place, parent in enumerate(parents)),
    ]
    written: Sequence[str] = [
        f"M 100644 inline {path}\ndata {len(content.encode())}\n{content}\n"
        for path, content in files.items()
    ]
    return "".join([*lines, *written]).encode()
