"""The files that a plan creates: one for each content and folder, never over a file that is there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from partner_tui.manifest.files import CloneFiles


class CannotUpgrade(Exception):
    """The entry cannot be finished; the text says why."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to create.

    Attributes:
        path: Relative to the clone, POSIX.
        content: Its text.
        url: What it stands for, where it is one file for a URL.
    """

    path: str
    content: str
    url: str = ""


class NewFiles:
    """The files that a plan creates: one for each content, never over a file that is there.

    Args:
        declined: Paths that the maintainer does not want.
    """

    def __init__(self, files: CloneFiles, declined: Collection[str] = ()) -> None:
        self._files = files
        self._declined = declined
        self.made: dict[str, NewFile] = {}

    def create(self, path: str, content: str, url: str = "") -> str:
        """The path of a file with this content: one that is planned or there already, else a new one.

        Raises:
            CannotUpgrade: The new one was declined.
        """
        path = self._path(path, content, url)
        if path in self.made and path in self._declined:
            raise CannotUpgrade(f"the new file {path} was declined")
        return path

    def _path(self, path: str, content: str, url: str) -> str:
        for made in self.made.values():
            is_same = (url and made.url == url) or made.content == content
            if is_same and _folder(made.path) == _folder(
                path
            ):  # from an RDF elsewhere its path would be another
                return made.path
        stem, dot, suffix = path.rpartition(".")
        candidate, number = path, 1
        while candidate in self.made or (
            self._files.exists(candidate) and self._files.read_text(candidate) != content
        ):
            number += 1
            candidate = f"{stem}-{number}{dot}{suffix}"
        if not self._files.exists(candidate):
            self.made[candidate] = NewFile(candidate, content, url)
        return candidate

    def text(self, path: str) -> str:
        """The text of a file, planned or there."""
        made = self.made.get(path)
        return made.content if made else self._files.read_text(path) or ""


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
