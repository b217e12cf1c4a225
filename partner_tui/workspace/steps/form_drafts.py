"""Forms that are open and not saved, kept as drafts so that a crash or a kill does not lose what was typed."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from partner_tui.repository.private_files import keep_private, read_kept

_LARGEST = 64 << 20


class Drafts:
    """One draft a form, each in a small JSON file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, form: str, values: Any) -> None:
        """Keep what a form holds, where anything can be kept (see `lock.why_nothing_is_kept`); `values` is JSON data."""
        keep_private(self._path(form), json.dumps(values, ensure_ascii=False).encode())

    def find(self, form: str) -> Any | None:
        """What a form held when the app ended without saving; None when there is no draft."""
        return read_kept(self._path(form), _LARGEST)

    def drop(self, form: str) -> None:
        """The form was saved or given up."""
        with contextlib.suppress(OSError):  # then it is offered once more
            self._path(form).unlink(missing_ok=True)

    def _path(self, form: str) -> Path:
        return self._folder / f"draft-{form}.json"
