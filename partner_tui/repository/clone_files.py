"""The clone's files, for code that must not touch a disk. Nothing outside the clone is read, whatever a link says.

The work tree goes first; a file that a sparse checkout left out is found in the index, its content in git (which may
fetch it from the remote, once).
"""

from __future__ import annotations

import os
import stat
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from partner_tui.errors import Cancelled, GitError, SourceError
from partner_tui.plain import visible
from partner_tui.repository.git import run, run_bytes
from partner_tui.repository.process.credentials import Credentials

TEXT_LIMIT = 2 * 1024 * 1024
_CACHE_LIMIT = 32 * 1024 * 1024
_MOST_SHOWN = 100


def contained(root: Path, path: str) -> Path | None:
    """Where a relative POSIX path leads, links followed; None when that is outside of ``root`` or inside ``.git``."""
    if not is_own_file(path):
        return None
    try:
        real_root = root.resolve()
        real = (real_root / path).resolve()
        below = real.relative_to(real_root)
    except (OSError, RuntimeError, ValueError):
        return None
    return None if in_git_folder(below.parts) else real


def manifest_path(root: Path, path: str) -> Path:
    """The file behind a manifest's name, which may be a link to another one of the clone.

    Raises:
        SourceError: It is a link, and leads out of the clone, to git's own files, nowhere, or in a circle.
    """
    real, here = contained(root, path), PurePosixPath(path)
    has_link = any(_is_link(root / part) for part in (here, *here.parents))
    if real is not None and (os.path.lexists(real) or not has_link):
        return real
    raise SourceError(
        f"{path} is a link {_where_to(root, path, real)}.",
        "Replace the link with the file, then open it again.",
    )


def _where_to(root: Path, path: str, real: Path | None) -> str:
    """Where a link leads that leads to no file of the clone: ``to ../zoo.yaml, which is outside the repository``."""
    end = Path(os.path.realpath(root / path))
    if _is_link(end):
        return "that leads back to itself"
    if not end.is_relative_to(top := Path(os.path.realpath(root))):
        return f"to {visible(str(end), _MOST_SHOWN)}, which is outside the repository"
    why = "is one of git's own files" if real is None else "does not exist"
    return f"to {visible(end.relative_to(top).as_posix(), _MOST_SHOWN)}, which {why}"


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # a name that is too long
        return False


class FolderFiles:
    """The files below a folder that is no clone: those beside a manifest file that was opened by itself."""

    slug: str | None = None

    def __init__(self, root: Path) -> None:
        self.root = root

    def exists(self, path: str) -> bool:
        real = contained(self.root, path)
        try:
            return real is not None and stat.S_ISREG(real.stat().st_mode)
        except OSError:
            return False

    def read_text(self, path: str) -> str | None:
        """UTF-8 text of at most 2 MiB, its newlines as they are; None when missing, larger, or not text."""
        data = self.read_bytes(path, TEXT_LIMIT)
        try:
            return None if data is None or b"\0" in data else data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        """The content; None when it is missing, larger than ``limit`` bytes, or no plain file."""
        real = contained(self.root, path)
        return None if real is None else _read_plain(real, limit)


class RepositoryFiles(FolderFiles):
    """The files of a clone, checked out or not.

    Args:
        slug: Asked when it is first needed, since it takes git to know it.

    ``credentials`` may be set to answer a private remote when a file's content has to be fetched.
    """

    credentials: Credentials | None = None

    def __init__(self, root: Path, slug: Callable[[], str | None] = lambda: None) -> None:
        super().__init__(root)
        self._slug = slug
        self._lock = threading.Lock()
        self._left_out: dict[str, str] | None = None
        self._contents: OrderedDict[str, bytes] = OrderedDict()
        self._unreachable: set[str] = set()

    @property
    def slug(self) -> str | None:  # type: ignore[override]
        try:
            return self._slug()
        except GitError:
            return None

    def exists(self, path: str) -> bool:
        return super().exists(path) or self.blob(path) is not None

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        found = super().read_bytes(path, limit)
        if found is not None or super().exists(path):
            return found
        blob = self.blob(path)
        return None if blob is None else self._content(blob, limit)

    def names(self) -> tuple[str, ...]:
        """All files of the index, from the root: what is tracked, checked out or not."""
        return tuple(run(["ls-files", "-z"], cwd=self.root).split("\0")[:-1])

    @property
    def lacks_some(self) -> bool:
        """Whether the content of a file was asked for and could not be fetched; it may be another time."""
        return bool(self._unreachable)

    def forget(self) -> None:
        """Look again: after a commit, a fetch, or a replay, other files and contents may be there."""
        with self._lock:
            self._left_out = None
            self._unreachable.clear()

    def blob(self, path: str) -> str | None:
        """The hash of a file that the sparse checkout left out; None for all others."""
        if not is_inside(path) or os.path.lexists(self.root / path):
            return None
        with self._lock:
            if self._left_out is None:
                self._left_out = _left_out(self.root)
            return self._left_out.get(PurePosixPath(path).as_posix())

    def _content(self, blob: str, limit: int) -> bytes | None:
        with self._lock:
            if blob in self._unreachable:
                return None
            if blob in self._contents:
                self._contents.move_to_end(blob)
                data = self._contents[blob]
                return data if len(data) <= limit else None
        try:
            size = int(run(["cat-file", "-s", blob], cwd=self.root, credentials=self.credentials))
            if size > limit:
                return None
            data = run_bytes(["cat-file", "blob", blob], cwd=self.root)
        except (GitError, Cancelled):
            # Offline, or refused: not tried again at every look, since each try may take as long as the network.
            with self._lock:
                self._unreachable.add(blob)
            return None
        with self._lock:
            self._contents[blob] = data
            while sum(map(len, self._contents.values())) > _CACHE_LIMIT:
                self._contents.popitem(last=False)
        return data


def present_files(root: Path) -> tuple[str, ...]:
    """All files that are tracked, and the new ones that are not ignored, from the root. Raises GitError."""
    listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return tuple(dict.fromkeys(run(listing, cwd=root).split("\0")[:-1]))


def is_ignored(root: Path, path: str) -> bool:
    """Whether git would leave a new file out of a commit. Blocks."""
    try:
        # This command knows no literal paths; with ./ before it, none has a magic of git's.
        run(["--no-literal-pathspecs", "check-ignore", "--quiet", "--", f"./{path}"], cwd=root)
    except GitError:
        return False
    return True


def _left_out(root: Path) -> dict[str, str]:
    """Path and blob of the plain files that are in the index but, by sparse checkout, not on the disk."""
    try:
        printed = run(["ls-files", "-z", "-t", "--stage"], cwd=root)
    except GitError:
        return {}
    lines = (line.partition("\t") for line in printed.split("\0")[:-1])
    files = ((*about.split(" "), path) for about, _, path in lines)
    return {path: blob for tag, mode, blob, _, path in files if tag == "S" and mode.startswith("100")}


def is_inside(path: str) -> bool:
    """Whether a path, by its spelling, is one below the root."""
    pure = PurePosixPath(path)
    return bool(path) and "\0" not in path and not pure.is_absolute() and ".." not in pure.parts


def is_own_file(path: str) -> bool:
    """Whether a path, by its spelling, may be a file of a repository: below the root, and not git's own."""
    return is_inside(path) and not in_git_folder(PurePosixPath(path).parts)


def in_git_folder(parts: tuple[str, ...]) -> bool:
    """Whether a path leads into a git folder, however a file system spells it."""
    return any(part.lower() == ".git" for part in parts)


def _read_plain(path: Path, limit: int) -> bytes | None:
    """A plain file's content; never waits for a pipe or a device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    # Looked at before a file is made of it: Python makes none of a folder.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as file:
        try:
            data = file.read(limit + 1)
        except OSError:
            return None
    return data if len(data) <= limit else None
