"""Real repositories for tests: a bare remote with a manifest, pictures and some history; and plain git to look at them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

MANIFEST = "id: partner\nconfig:\n  splash_title: Hello\n"


def git(*arguments: str, cwd: Path, check: bool = True, env: Mapping[str, str] | None = None) -> str:
    """Run the user's git (not the app's), with some environment more, and return what it printed."""
    environment = {**os.environ, **(env or {})}
    done = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, env=environment)
    if check and done.returncode:
        raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


def write(folder: Path, path: str, content: str | bytes) -> Path:
    """Write a file below a folder, making the folders between."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
    return target


def write_hook(repository: Path, name: str, body: str) -> Path:
    """A hook of a bare repository, in shell."""
    hook = write(repository, f"hooks/{name}", f"#!/bin/sh\n{body}\n")
    hook.chmod(0o755)
    return hook


def make_remote(folder: Path, *, filters: bool = True, blob_size: int = 20_000) -> Path:
    """A bare repository ``partner.git`` in ``folder`` with a branch ``main``: three commits, one of them removing a file.

    Args:
        filters: Whether the server can leave file contents out.
        blob_size: Bytes of each of the two pictures.
    """
    work = folder / "seed"
    git("init", "--quiet", "--initial-branch=main", str(work), cwd=folder)
    git("config", "user.name", "Ada", cwd=work)
    git("config", "user.email", "ada@example.org", cwd=work)
    write(work, "collection.yaml", MANIFEST)
    write(work, "old.md", "gone soon\n")
    git("add", "--all", cwd=work)
    git("commit", "--quiet", "--message=First", cwd=work)
    write(work, "model/rdf.yaml", "type: model\n")
    write(work, "model/cover.png", os.urandom(blob_size))
    write(work, "model/readme.md", "# Model\n")
    write(work, "images/large.bin", os.urandom(blob_size))
    git("add", "--all", cwd=work)
    git("commit", "--quiet", "--message=Add a model", cwd=work)
    git("rm", "--quiet", "old.md", cwd=work)
    git("commit", "--quiet", "--message=Remove old.md", cwd=work)
    bare = folder / "partner.git"
    git("clone", "--quiet", "--bare", str(work), str(bare), cwd=folder)
    git("config", "uploadpack.allowFilter", "true" if filters else "false", cwd=bare)
    return bare


def make_clone(bare: Path, folder: Path) -> Path:
    """A full clone as a user makes it."""
    git("clone", "--quiet", bare.as_uri(), str(folder), cwd=bare.parent)
    return folder


def push_from_elsewhere(bare: Path, path: str, content: str | None, branch: str = "main") -> str:
    """Somebody else's commit on the remote's branch, None removes the file; returns its hash."""
    other = bare.parent / "elsewhere"
    if not other.exists():
        make_clone(bare, other)
    git("pull", "--quiet", "--rebase", "origin", branch, cwd=other)
    if content is None:
        (other / path).unlink()
    else:
        write(other, path, content)
    git("add", "--all", cwd=other)
    git("commit", "--quiet", f"--message=Elsewhere {path}", cwd=other)
    git("push", "--quiet", "origin", f"HEAD:{branch}", cwd=other)
    return git("rev-parse", "HEAD", cwd=other)
