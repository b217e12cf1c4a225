"""A clone held in memory, for values that ask for files."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class FilesInMemory:
    """Files by path; satisfies `CloneFiles`."""

    contents: dict[str, str] = field(default_factory=dict)
    slug: str | None = "lab/models"

    def exists(self, path: str) -> bool:
        return path in self.contents

    def read_text(self, path: str) -> str | None:
        return self.contents.get(path)

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        text = self.contents.get(path)
        return text.encode()[:limit] if text is not None else None
