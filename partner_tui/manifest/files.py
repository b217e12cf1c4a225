"""CloneFiles, the read-only file interface, and the mapping from URLs to files of the clone.

No path that this gives leaves the clone: no "..", no absolute path, no drive, no backslash.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import normpath
from typing import Protocol
from urllib.parse import unquote

from partner_tui.addresses.forge import file_on_forge


class CloneFiles(Protocol):
    """The files of a clone, read only.

    Attributes:
        slug: "owner/name" on the forge; None when unknown.
    """

    @property
    def slug(self) -> str | None: ...

    def exists(self, path: str) -> bool:
        """Whether a relative POSIX path is a file; False for anything outside the clone."""
        ...

    def read_text(self, path: str) -> str | None:
        """A UTF-8 file of at most 2 MiB; None when missing, larger, or not text."""
        ...

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        """A file of at most `limit` bytes; None when missing or larger."""
        ...


class NoFiles:
    """The empty clone: of a manifest that is read without a repository."""

    slug: str | None = None

    def exists(self, path: str) -> bool:
        return False

    def read_text(self, path: str) -> str | None:
        return None

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        return None


class WrappedFiles:
    """A clone's files, perhaps under another name of the repository: one that it had before, or one that nobody told git.

    Args:
        slug: "owner/name", for URLs of files of the clone; None for that of `files`.
    """

    def __init__(self, files: CloneFiles, slug: str | None = None) -> None:
        self._files = files
        self._slug = slug

    @property
    def slug(self) -> str | None:
        return self._slug or self._files.slug

    def exists(self, path: str) -> bool:
        return self._files.exists(path)

    def read_text(self, path: str) -> str | None:
        return self._files.read_text(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        return self._files.read_bytes(path, limit)


class FetchedOverlay(WrappedFiles):
    """A clone's files, and texts and pictures that were fetched from elsewhere because the user said so.

    Args:
        files: The clone.
        fetched: The text of an address; None when it was not fetched.
        picture: The picture at an address, of at most so many bytes; the same.
    """

    def __init__(
        self,
        files: CloneFiles,
        fetched: Callable[[str], str | None],
        picture: Callable[[str, int], bytes | None] = lambda address, limit: None,
    ) -> None:
        super().__init__(files)
        self._fetched = fetched
        self._picture = picture

    def read_text(self, path: str) -> str | None:
        if path.startswith(_FETCHED):
            return self._fetched(path.removeprefix(_FETCHED))
        return super().read_text(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        if path.startswith(_FETCHED):
            return self._picture(path.removeprefix(_FETCHED), limit)
        return super().read_bytes(path, limit)


_FETCHED = "\0"


def fetched_name(address: str) -> str:
    """The name under which a fetched text or picture is asked for; no file of a clone can have it."""
    return _FETCHED + address.strip()


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def path_in_clone(url_or_path: str, files: CloneFiles, base: str = "") -> str | None:
    """The file of the clone that a URL or relative path names, whether or not it exists.

    Args:
        url_or_path: A URL of this repository on GitHub (raw, blob or tree; any branch, tag or commit),
            or a path relative to `base`.
        files: The clone.
        base: The folder of the file that it stands in, relative to the clone.

    Returns:
        A normalised relative POSIX path; None if it is elsewhere, or would leave the clone.
    """
    given = url_or_path.strip()
    if not given or _CONTROL.search(given) or "\\" in given:
        return None
    if not _SCHEME.match(given):
        if given.startswith(("/", "#", "?")):
            return None
        # A file name may hold "#", "?" or "%": the name as written is tried first.
        written = _inside(given, base)
        if written and files.exists(written):
            return written
        return _inside(unquote(re.split(r"[?#]", given, maxsplit=1)[0]), base)
    found = file_on_forge(given) if files.slug else None
    if found is None or not files.slug or found[0] != files.slug.lower():
        return None
    rest = found[1]
    # A branch's name may hold slashes: take the shortest one under which the file exists.
    for length in range(1, min(len(rest), 5)):
        path = _inside("/".join(rest[length:]), "")
        if path and files.exists(path):
            return path
    return _inside("/".join(rest[1:]), "")


def _inside(path: str, base: str) -> str | None:
    """A path normalised; None if it would leave the clone."""
    if not path or path.startswith("/") or "\\" in path or _CONTROL.search(path) or _SCHEME.match(path):
        return None
    joined = normpath(f"{base}/{path}" if base else path)
    if joined in (".", "..") or joined.startswith(("../", "/")):
        return None
    return joined
