"""Real repositories with a history, and the history of an entry as a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from partner_tui.comparison.tracing import Seen, see_removed, see_splash
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.repository.clone_files import RepositoryFiles
from partner_tui.workspace.entries.history import History, Snapshot, Version
from partner_tui.workspace.entries.rdf_versions import rdf_now
from tests.real_git import git, write

HEAD = "config:\n  splash_title: Meadow\ncollection:\n"
MOSS = "  - id: moss\n    type: dataset\n    name: Moss\n    license: MIT\n    authors: [{name: Ada}]\n"
FERN = "  - id: fern\n    type: dataset\n    name: Fern\n    license: CC0-1.0\n"
NAME = "collection.yaml"


def begin(folder: Path) -> Path:
    """An empty repository."""
    folder.mkdir(parents=True)
    git("init", "--quiet", "--initial-branch=main", ".", cwd=folder)
    git("config", "user.name", "Ada", cwd=folder)
    git("config", "user.email", "ada@example.org", cwd=folder)
    return folder


def commit(root: Path, message: str, files: Mapping[str, str | None]) -> None:
    """Commit files; None removes one."""
    for path, content in files.items():
        if content is None:
            (root / path).unlink()
        else:
            write(root, path, content)
    git("add", "--all", cwd=root)
    git("commit", "--quiet", "--allow-empty", "-m", message, cwd=root)


def history_of(root: Path, id: str | None, name: str = NAME) -> History:
    """The history of an entry by its id now, or of the splash where None."""
    manifest = read_manifest(Document.parse((root / name).read_text("utf-8"), name))
    entry = next((one for one in manifest.entries if one.id == id), None)
    if id is None:
        seen = see_splash(manifest)
    elif entry is None:
        seen = see_removed(manifest, id)
    else:
        seen = Seen(manifest, entry)
    return History(root, Snapshot(seen, rdf_now(seen, RepositoryFiles(root, lambda: None))), name)


def versions_of(root: Path, id: str | None, name: str = NAME) -> list[Version]:
    return [version for group in history_of(root, id, name).versions() for version in group]


def table(versions: list[Version]) -> list[tuple[str, str, str]]:
    """Subject, what it did, and the fields that differ."""
    return [
        (
            one.commit.subject if one.commit else "(not committed)",
            one.change,
            " ".join(".".join(map(str, change.path)) for change in (*one.fields, *one.rdf_fields))
            if one.change in ("changed", "renamed")
            else "",
        )
        for one in versions
    ]
