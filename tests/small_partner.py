"""A small partner repository made with real git, for tests that need one."""

from __future__ import annotations

import subprocess
from pathlib import Path

MANIFEST = """\
# looked after by hand
format_version: 0.2.2
config:
  id: meadow
  name: Microscopy Meadow
  splash_title: Microscopy Meadow  # on the site
  splash_feature_list:
    - Interactive
  resource_types: [model, dataset]
collection:
  - id: petal-nuclei
    type: dataset
    name: Petal nuclei
    description: Nuclei of petals
    format_version: 0.2.2
    tags: [2d]
  - id: leaf-veins
    type: dataset
    name: Leaf veins
    description: Veins of leaves
    format_version: 0.2.2
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder with a fixed author; its output."""
    author = ("-c", "user.name=A. Maintainer", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def make_repository(folder: Path, files: dict[str, str]) -> Path:
    """A repository with one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", "--template=", ".")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    return folder
