"""CloneFiles with the planned changes applied on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from partner_tui.manifest.files import CloneFiles, WrappedFiles


class Written(Protocol):
    """A file as it is going to be, such as a `Document`."""

    @property
    def text(self) -> str: ...

    def encode(self) -> bytes: ...


class Overlay(WrappedFiles):
    """Files of a clone with some of them replaced."""

    def __init__(self, files: CloneFiles, documents: Mapping[str, Written]) -> None:
        super().__init__(files)
        self._documents = documents

    def exists(self, path: str) -> bool:
        return path in self._documents or super().exists(path)

    def read_text(self, path: str) -> str | None:
        document = self._documents.get(path)
        return document.text if document else super().read_text(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        document = self._documents.get(path)
        return document.encode()[:limit] if document else super().read_bytes(path, limit)
