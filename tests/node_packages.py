"""Packages of npm that some tests use: nothing is fetched, and where Node or the package is absent they are skipped.

A package is looked for in ``node_modules`` beside this repository's files, among npm's global packages, or in the folder
that a variable of the environment names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path


def find_package(name: str, version: str, variable: str) -> tuple[str, Path] | None:
    """Node, and the folder of a package of the version that the tests are written for; None where either is absent."""
    node, npm = shutil.which("node"), shutil.which("npm")
    folders = [Path(__file__).parents[1] / "node_modules"]
    if named := os.environ.get(variable):
        folders.insert(0, Path(named))
    if npm:
        said = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)
        folders.append(Path(said.stdout.strip()))
    for folder in folders:
        about = folder / name / "package.json"
        if node and about.is_file() and json.loads(about.read_text())["version"] == version:
            return node, about.parent
    return None
