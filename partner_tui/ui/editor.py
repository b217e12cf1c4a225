"""Open the user's editor at a line: the terminal is handed over, and taken back when the editor ends.

No shell is involved: a file's name is an argument, whatever it holds.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from partner_tui.errors import PartnerTuiError

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp

FALLBACKS = ("nvim", "vim", "vi", "nano")
PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "mg", "ne"}
)
COLON_LINE = frozenset({"hx", "helix", "subl", "sublime_text", "zed"})
GOTO_LINE = frozenset({"code", "codium", "vscodium", "code-insiders", "cursor"})
WAITS_ONLY_IF_TOLD = frozenset({"subl", "sublime_text", "zed", *GOTO_LINE})


async def edit_file(app: BaseApp, path: Path, line: int) -> None:
    """Let the user edit a file, from a line (1-based); returns when the editor ends.

    Raises:
        PartnerTuiError: There is no editor, it cannot be started, or this terminal cannot be handed over.
    """
    words = with_line(editor_words(app.settings.editor, os.environ), path, line)
    app.keep_drafts()  # nothing of the app runs while the editor has the terminal
    try:
        with app.suspend():
            # Nothing may be raised in here: the app would not take the terminal back.
            done = _run(words)
    except SuspendNotSupported:
        raise PartnerTuiError(
            "Cannot open an editor in this terminal.",
            f"Edit {path} at line {line} in another terminal, then press ctrl+r to reload.",
        ) from None
    if isinstance(done, OSError):
        raise PartnerTuiError(
            f"The editor {words[0]} cannot be started: {done.strerror}.",
            "Set $EDITOR, or `editor` in the settings file.",
        )
    if done:
        raise PartnerTuiError(
            f"The editor ended with exit status {done}.", "Press ctrl+r to reload the file."
        )


def _run(words: Sequence[str]) -> int | OSError:
    """Run the editor; its exit status, or why it cannot be started."""
    try:
        return subprocess.run(words, check=False).returncode
    except OSError as error:
        return error


def editor_words(setting: str, environment: Mapping[str, str]) -> list[str]:
    """The editor's command: the setting, $VISUAL, $EDITOR, else the first common editor that is there.

    Raises:
        PartnerTuiError: There is none, or its quotes are not closed.
    """
    chosen = next(
        (text for text in (setting, environment.get("VISUAL"), environment.get("EDITOR")) if text), ""
    )
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        raise PartnerTuiError(f"Invalid editor command: {chosen}", "Check its quotes.") from error
    if words:
        return words
    for name in FALLBACKS:
        if shutil.which(name, path=environment.get("PATH")):
            return [name]
    raise PartnerTuiError("No editor configured.", "Set $EDITOR, or `editor` in the settings file.")


def with_line(words: Sequence[str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, in the editor's own way; unknown editors get the file alone."""
    name = PurePath(words[0]).name.removesuffix(".exe").removesuffix(".cmd")
    waits = {"-w", "--wait"} & set(words)
    command = [*words, *(["--wait"] if name in WAITS_ONLY_IF_TOLD and not waits else [])]
    file = str(path.absolute())  # so that no name is taken for an option
    if name in PLUS_LINE:
        return [*command, f"+{line}", file]
    if name in GOTO_LINE:
        return [*command, "--goto", f"{file}:{line}"]
    return [*command, f"{file}:{line}" if name in COLON_LINE else file]
