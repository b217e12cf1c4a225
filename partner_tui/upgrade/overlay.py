"""CloneFiles with the planned changes applied on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from partner_tui.manifest.files import CloneFiles


class Written(Protocol):
    """A file as it is going to be, such as a `Document`."""

    @property
    def text(self) -> str: ...

    def encode(self) -> bytes: ...


class Overlay:
    """Files of a clone with some of them replaced; a `CloneFiles`."""

    def __init__(self, files: CloneFiles, documents: Mapping[str, Written]) -> None:
        self._files = files
        self._documents = documents

    @property
    def slug(self) -> str | None:
        return self._files.slug

    def exists(self, path: str) -> bool:
        return path in self._documents or self._files.exists(path)

    def read_text(self, path: str) -> str | None:
        document = self._documents.get(path)
        return document.text if document else self._files.read_text(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        document = self._documents.get(path)
        return document.encode()[:limit] if document else self._files.read_bytes(path, limit)
