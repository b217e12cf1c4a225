"""Finds a work tree's git folder as git does but without running git, and what of it leads elsewhere.

The rule: what git would follow out of the folder is told, unless the other end names this work tree itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LONGEST = 4096
_GIT_FILE = "gitdir: "
_NEVER_USED = frozenset({"hooks", "lfs", "modules"})
_NOT_WALKED = frozenset({"objects", "worktrees"})


@dataclass(frozen=True, slots=True)
class GitFolder:
    """A git folder.

    Args:
        root: The work tree; of a bare repository the folder itself.
        own: Holds HEAD and the index.
        common: Holds the configuration, objects and branches; another one than ``own`` for linked work trees.
    """

    root: Path
    own: Path
    common: Path

    @property
    def bare(self) -> bool:
        return self.own == self.root


def find_git_folder(root: Path) -> GitFolder | None:
    """The git folder that git uses in ``root`` itself; None when there is none that it would take."""
    dot_git = root / ".git"
    own = dot_git if os.path.lexists(dot_git) else root
    if dot_git.is_file():
        # To the letter as git reads it, blanks and all: else another folder than git's would be looked at.
        start, said = (text := _small_text(dot_git))[: len(_GIT_FILE)], text[len(_GIT_FILE) :].rstrip("\r\n")
        if start != _GIT_FILE or not said:
            return None
        own = root / said
    said = _small_text(own / "commondir").rstrip("\r\n")
    common = own / said if said else own
    if not (os.path.lexists(own / "HEAD") and (common / "objects").is_dir() and (common / "refs").is_dir()):
        return None
    return GitFolder(root, own, common)


def leads_elsewhere(folder: GitFolder) -> Iterator[tuple[str, str]]:
    """What of the git folder lies outside of the work tree: (its name in there, where it leads)."""
    if folder.bare:
        return
    root, own, common = (Path(os.path.realpath(path)) for path in (folder.root, folder.own, folder.common))
    if not own.is_relative_to(root) and not _names(own, root):
        yield ".git", str(own)
    if common != own and own.parent != common / "worktrees":
        yield ".git/commondir", str(common)
    for top in dict.fromkeys((own, common)):
        for link in _links(top):
            target = Path(os.path.realpath(link))
            if target.exists() and not (target.is_file() or target.is_dir()):
                yield f".git/{link.relative_to(top).as_posix()}", "a pipe or device"
            elif not (target.is_relative_to(own) or target.is_relative_to(common)):
                yield f".git/{link.relative_to(top).as_posix()}", str(target)
    for line in _small_text(common / "objects/info/alternates", 1 << 16).splitlines():
        if line and not line.startswith("#"):
            target = Path(os.path.realpath(common / "objects" / line))
            if not target.is_relative_to(common):
                yield ".git/objects/info/alternates", str(target)


def _names(own: Path, root: Path) -> bool:
    """Whether a git folder elsewhere says that this is its work tree, as those of linked work trees do.

    Those of submodules say so in their configuration, which is read later: they lie in a folder of this name.
    """
    said = _small_text(own / "gitdir").strip()
    return bool(said) and Path(os.path.realpath(own / said)) == root / ".git"


def _links(top: Path) -> Iterator[Path]:
    """The links in a git folder through which git would read or write, and pipes and devices, on which it would wait for
    ever; what it never goes into is left out."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            path = Path(entry.path)
            if folder == top and entry.name in _NEVER_USED:
                continue
            if entry.is_symlink() or not (entry.is_dir() or entry.is_file()):
                yield path
            elif entry.is_dir() and not (folder == top and entry.name in _NOT_WALKED):
                waiting.append(path)
    objects = top / "objects"
    for folder in (objects, objects / "pack", objects / "info"):
        try:
            yield from (Path(entry.path) for entry in os.scandir(folder) if entry.is_symlink())
        except OSError:
            continue


def _small_text(path: Path, limit: int = _LONGEST) -> str:
    """The text of one of git's small files; empty when it is no plain file or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return os.fsdecode(file.read(limit))
    except OSError:
        return ""
