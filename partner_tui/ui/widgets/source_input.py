"""A field for a path, a URL or a name: it completes what is typed, and takes what is pasted without the line breaks around it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input

from partner_tui.repository.clones.pasted import read_pasted
from partner_tui.repository.user_path import expanded


class SourceSuggester(Suggester):
    """Completes to known words, and to folders on this disk.

    Args:
        files: Whether files are completed too, also below the folder that the app was started in.
    """

    def __init__(self, words: Iterable[str] = (), *, files: bool = False) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = tuple(words)
        self._files = files

    async def get_suggestion(self, value: str) -> str | None:
        if any(sign in value[:2] for sign in ("/", ".", "~")) or (self._files and "://" not in value):
            return await asyncio.to_thread(self._path, value)
        return next((word for word in self._words if word.startswith(value.casefold())), None)

    def _path(self, value: str) -> str | None:
        parent, slash, start = value.rpartition("/")
        try:
            folder = expanded(parent + slash or ".")
            names = sorted(
                f"{one.name}/" if one.is_dir() else one.name
                for one in folder.iterdir()
                if one.name.startswith(start)
                and (start or not one.name.startswith("."))
                and one.name.isprintable()
                and (self._files or one.is_dir())
            )
        except (OSError, ValueError):
            return None
        return next((f"{parent}{slash}{name}" for name in names), None)


class SourceInput(Input):
    """An input of one line; right takes a suggestion up."""

    def paste(self, text: str) -> None:
        """Put a pasted text in: a repository's address without quotes, line breaks or the command around it."""
        pasted = text if self.value and self.selection.is_empty else read_pasted(text)[0]
        line = next((line for line in map(str.strip, pasted.splitlines()) if line), "")
        self.replace(line, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)
