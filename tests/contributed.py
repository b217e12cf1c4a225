"""A real remote with contributions of every kind."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.real_git import git, make_clone, make_remote, push_from_elsewhere, write
from tests.small_partner import MANIFEST

MOSS = """\
  - id: moss
    type: dataset
    name: Moss growth
    description: Moss that grows
    format_version: 0.2.2
"""
FERN, IVY = (MOSS.replace("moss", name.lower()).replace("Moss", name) for name in ("Fern", "Ivy"))
RENAMED = MANIFEST.replace("id: leaf-veins", "id: veins")
TITLED = MANIFEST.replace("splash_title: Microscopy Meadow ", "splash_title: The Meadow ")


def make_contributed(folder: Path) -> Path:
    """The remote of `_make` as ``partner.git`` in a folder: a copy, since sixty commands of git made the first."""
    return shutil.copytree(Path(_made().name) / "partner.git", folder / "partner.git")


@cache
def _made() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="contributed")
    _make(Path(folder.name))
    return folder


def _make(folder: Path) -> None:
    """A bare remote with seven pull requests as GitHub keeps them, each by an author of its own.

    1 is merged and added moss; 2 renames an id; 3 adds a workflow; 4 removes the manifest; 5 adds fern at the end, where git
    conflicts; 6 changes a title that the branch changed, too; 7 adds ivy at the end.
    """
    bare = make_remote(folder)
    push_from_elsewhere(bare, "collection.yaml", MANIFEST)
    pulls: dict[int, dict[str, str | None]] = {
        1: {"collection.yaml": MANIFEST + MOSS},
        2: {"collection.yaml": RENAMED},
        3: {".github/workflows/ci.yml": "on: pull_request_target\n"},
        4: {"collection.yaml": None},
        5: {"collection.yaml": MANIFEST + FERN},
        6: {"collection.yaml": TITLED.replace("The Meadow", "Their Meadow")},
        7: {"collection.yaml": MANIFEST + IVY, "docs/ivy.md": "Ivy\n"},
    }
    work = make_clone(bare, folder / "work")
    for number, files in pulls.items():
        git("switch", "--quiet", "--detach", "origin/main", cwd=work)
        for path, content in files.items():
            _put(work, path, content, f"Author {number}")
        git("push", "--quiet", "origin", f"HEAD:refs/pull/{number}/head", cwd=work)
    git("update-ref", "refs/pull/2/merge", "refs/pull/2/head", cwd=bare)
    git("switch", "--quiet", "main", cwd=work)
    git("fetch", "--quiet", "origin", "refs/pull/1/head", cwd=work)
    git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1 from a", "FETCH_HEAD", cwd=work)
    _put(work, "collection.yaml", TITLED + MOSS)
    git("push", "--quiet", "origin", "main", cwd=work)


def _put(work: Path, path: str, content: str | None, author: str = "Ada") -> None:
    """Commit a file, or its removal."""
    if content is None:
        git("rm", "--quiet", path, cwd=work)
    else:
        write(work, path, content)
        git("add", path, cwd=work)
    email = f"{author.replace(' ', '').lower()}@example.org"
    git("commit", "--quiet", "-m", f"Change {path}", f"--author={author} <{email}>", cwd=work)
