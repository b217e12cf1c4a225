"""Detects that files changed since they were read: a stamp tells that one has, a fingerprint tells into what."""

from __future__ import annotations

import hashlib
import json
import shlex
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

Stamp = tuple[tuple[str, tuple[int, ...] | None], ...]
_LARGEST = 16 << 20
_MOST_WORDS = 100


class Basis:
    """The files that one reading rests on.

    Args:
        root: What relative paths in commands and addresses start from.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._stamps: dict[str, tuple[int, ...] | None] = {}
        self._contents: dict[str, str] = {}

    @property
    def stamp(self) -> Stamp:
        return tuple(self._stamps.items())

    def fingerprint(self, told: Iterable[tuple[str, str]]) -> str:
        """Of what was found and of the contents that were taken in."""
        text = json.dumps([sorted(told), sorted(self._contents.items())])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def rests_on(self, *paths: Path) -> None:
        """Read again when one of these changes, appears or goes."""
        for path in paths:
            self._stamps.setdefault(str(path), _stamp(path))

    def takes_in(self, path: Path) -> None:
        """Let the fingerprint change with the content of a file."""
        self.rests_on(path)
        self._contents[str(path)] = _digest(path)

    def takes_in_programs(self, command: str) -> None:
        """The files of the folder that a command names, among its words."""
        try:
            words = shlex.split(command.removeprefix("!"))
        except ValueError:
            words = command.split()
        for word in words[:_MOST_WORDS]:
            path = self._root / word.rpartition("=")[2]
            found = _stamp(path) if path.is_relative_to(self._root) else None
            if found and stat.S_ISREG(found[-1]):
                self.takes_in(path)

    def takes_in_repository(self, address: str) -> None:
        """The configuration and the hooks of a repository that lies in the folder."""
        place = self._root / address.removeprefix("file://")
        for git_folder in (place, place / ".git"):
            if (head := _stamp(git_folder / "HEAD")) and stat.S_ISREG(head[-1]):
                self.takes_in(git_folder / "config")
                self.rests_on(git_folder / "hooks")
                for hook in (git_folder / "hooks").glob("*"):
                    self.takes_in(hook)


def stamp_of(paths: Sequence[str]) -> Stamp:
    """What changes when one of the files does."""
    return tuple((path, _stamp(Path(path))) for path in paths)


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_mode


def _digest(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "not a file"
        if status.st_size > _LARGEST:
            return f"large {status.st_size} {status.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return "unreadable"
