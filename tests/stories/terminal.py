"""The real program in a real pty, its screen emulated: what a story types and what a person would see."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 30.0
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "f5": "\x1b[15~",
}


class Terminal:
    """A child process in a pty.

    Args:
        arguments: Of `python -m partner_tui`.
        home: Settings, clones and drafts of the story lie below it.
        size: Columns and rows.
    """

    COMMAND: tuple[str, ...] = ("-m", "partner_tui")
    """What Python is told to run."""

    def __init__(
        self,
        *arguments: str,
        home: Path,
        size: tuple[int, int] = (120, 36),
        env: dict[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color", COLORTERM="truecolor", PARTNER_TUI_HOME=str(home), **(env or {})
            )
            os.environ.pop("NO_COLOR", None)
            os.chdir(home)
            os.execv(sys.executable, [sys.executable, *self.COMMAND, *arguments])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            self.kill()

    @property
    def text(self) -> str:
        """The screen as it stands, blanks at the ends of lines left out."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def keys(self, *names: str) -> Terminal:
        """Press keys: names, single characters, or `ctrl+x`; each one is given time to be shown."""
        for name in names:
            if name.startswith("ctrl+") and len(name) == 6:
                data = bytes([ord(name[-1]) & 0x1F])
            else:
                data = KEYS.get(name, name).encode()
            os.write(self._fd, data)
            self._pump(0.08)
        return self

    def type(self, text: str) -> Terminal:
        os.write(self._fd, text.encode())
        self._pump(0.1)
        return self

    def sees(self, *texts: str, within: float = PATIENCE) -> Terminal:
        """Wait until every text is on the screen; the screen is in the failure's message otherwise."""
        self._until(lambda: all(text in self.text for text in texts), f"never saw {texts}", within)
        return self

    def sees_no_more(self, text: str, within: float = PATIENCE) -> Terminal:
        self._until(lambda: text not in self.text, f"still sees {text!r}", within)
        return self

    def ends(self, within: float = PATIENCE) -> int:
        """Wait until the program ends by itself; its exit status."""
        self._until(lambda: self.status is not None, "never ended", within)
        assert self.status is not None
        return self.status

    def kill(self) -> None:
        """What a power cut does."""
        os.kill(self.pid, signal.SIGKILL)
        _, raw = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(raw)
        os.close(self._fd)

    def _until(self, condition: object, failure: str, within: float) -> None:
        assert callable(condition)
        deadline = time.monotonic() + within
        while not condition():
            if time.monotonic() > deadline or (self.status is not None and not condition()):
                raise AssertionError(f"{failure}; the screen:\n{self.text}")
            self._pump(0.05)

    def _pump(self, seconds: float) -> None:
        """Feed what arrives for some time into the screen."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self.status is None:
            ready, _, _ = select.select([self._fd], [], [], left)
            if not ready:
                return
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            if not data:
                _, raw = os.waitpid(self.pid, 0)
                self.status = os.waitstatus_to_exitcode(raw)
                return
            self._stream.feed(data)
