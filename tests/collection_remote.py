"""A bare repository with a branch gh-pages such as the central repository has, made with real git."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.central.collection_data import index, summary
from tests.real_git import git, write

COMMITTED = "2026-11-01T10:00:00+00:00"


def make_collection(folder: Path, items: list[Any], summaries: Mapping[str, bytes | Any]) -> Path:
    """The remote ``collection.git`` below a folder.

    Args:
        summaries: By ``<id>/<version>``: the bytes of the file, or the RDF in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bare = folder / "collection.git"
    git("init", "--quiet", "--bare", "--template=", str(bare), cwd=folder)
    git("config", "uploadpack.allowFilter", "true", cwd=bare)
    publish(bare, items, summaries)
    return bare


def publish(bare: Path, items: list[Any], summaries: Mapping[str, bytes | Any]) -> None:
    """Replace what the branch has by these, as another commit."""
    files = {f"reports/bioimage-io/{name}/summary.json": content for name, content in summaries.items()}
    work = bare.with_name("pages")
    if not work.exists():
        git("init", "--quiet", "--initial-branch=gh-pages", str(work), cwd=bare.parent)
        git("remote", "add", "origin", bare.as_uri(), cwd=work)
    write(work, "index.json", index(*items))
    for path, content in files.items():
        write(work, path, content if isinstance(content, bytes) else summary(content))
    git("add", "--all", cwd=work)
    who = ("-c", "user.name=CI", "-c", "user.email=ci@example.org")
    git(
        *who,
        "commit",
        "--quiet",
        "--message=Update",
        cwd=work,
        env=dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), COMMITTED),
    )
    git("push", "--quiet", "origin", "gh-pages", cwd=work)
