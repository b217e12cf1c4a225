"""A copy of the central repository made with real git, whose file of partners has some history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partner_tui.central.partners_json import FILE
from tests.real_git import git, write


def central_text(*partners: Mapping[str, Any]) -> str:
    """The central file with some partners."""
    data = {"reviewers": [], "collection_template": {"config": {"partners": list(partners)}}}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def commit_at(folder: Path, path: str, text: str, day: str) -> str:
    """Commit a file on a day; the commit's hash."""
    write(folder, path, text)
    git("add", "--all", cwd=folder)
    date = f"{day}T12:00:00+0000"
    env = {
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_DATE": date,
        **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ada@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    git("commit", "--quiet", "--allow-empty", f"--message={day}", cwd=folder, env=env)
    return git("rev-parse", "HEAD", cwd=folder)


def make_central(folder: Path, versions: Mapping[str, str]) -> Path:
    """A clone of the central repository with a commit of each version of its file, by day."""
    folder.mkdir(parents=True)
    git("init", "--quiet", "--initial-branch=main", ".", cwd=folder)
    git("config", "user.name", "Ada", cwd=folder)
    git("config", "user.email", "ada@example.org", cwd=folder)
    write(folder, "README.md", "# Collection\n")
    for day, text in versions.items():
        commit_at(folder, FILE, text, day)
    return folder


def make_bare(clone: Path, name: str = "collection.git") -> Path:
    """A bare copy of a clone that lets contents be left out, as GitHub does."""
    bare = clone.parent / name
    git("clone", "--quiet", "--bare", str(clone), str(bare), cwd=clone.parent)
    for key in ("allowFilter", "allowAnySHA1InWant"):
        git("config", f"uploadpack.{key}", "true", cwd=bare)
    return bare
