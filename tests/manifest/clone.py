"""A clone's files as a value, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Files:
    texts: Mapping[str, str] = field(default_factory=dict)
    slug: str | None = "Owner/name"

    def exists(self, path: str) -> bool:
        return path in self.texts

    def read_text(self, path: str) -> str | None:
        return self.texts.get(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        return self.texts[path].encode()[:limit] if path in self.texts else None
