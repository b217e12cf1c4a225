"""What git has behind a name of a manifest: no such file, one whose name is written otherwise, or only a Git LFS pointer.

Git and the site know a file by the characters of its name. "é" as one character and as "e" with an accent are two names,
though they look alike and a Mac takes them for one: a file is there under the very name that is asked for, and where only
another form of it is there, that is said. A pointer is never taken for the content that it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from partner_tui.manifest.files import CloneFiles

_LARGEST_POINTER = 1024
_POINTER = re.compile(
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v\d+\n"
    rb"(?:[a-z0-9.-]+ [^\n]*\n)*?oid sha256:([0-9a-f]{64})\n(?:size (\d{1,18})\n)?"
)


@dataclass(frozen=True, slots=True)
class LfsPointer:
    """The content that a pointer stands for: its sha256 in lower case, and its bytes."""

    sha256: str
    size: int


def lfs_pointer(content: bytes) -> LfsPointer | None:
    """What a file's content points to at a Git LFS server; None for any other content."""
    found = _POINTER.match(content) if len(content) <= _LARGEST_POINTER else None
    return LfsPointer(found[1].decode(), int(found[2] or 0)) if found else None


def composed(name: str) -> str:
    """A name in the one form in which names that look alike are equal."""
    return unicodedata.normalize("NFC", name)


def absent(path: str, files: CloneFiles, where: str = "in this repository") -> str:
    """That a file is not there, without a full stop: why, where its name alone is written otherwise."""
    others = {composed(path), unicodedata.normalize("NFD", path)} - {path}
    if any(map(files.exists, others)):
        return f"{path} is {where} under a name with other Unicode characters that look the same"
    return f"{path} is not {where}"


def unread(path: str, files: CloneFiles, otherwise: str) -> str:
    """Why the content of a file that is there cannot be used, without a full stop; `otherwise` where LFS is not why."""
    content = files.read_bytes(path, _LARGEST_POINTER)
    if content is not None and lfs_pointer(content):
        return f"{path} is kept in Git LFS, which this app does not download"
    return otherwise
