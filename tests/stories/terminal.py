"""The real program in a real pty, its screen emulated: what a story types and what a person would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60.0
KEY_SECONDS = 0.04
ESCAPE_SECONDS = 0.25
"""A key that follows an escape sooner than this is taken for alt and that key."""

REST_SECONDS = 0.2
MOST_SECONDS = 3.0
COLOURS = re.compile(rb"\x1b\[[0-9;:]*m")
"""What a story does not look at, and most of what the app writes; the emulator takes it letter by letter."""

NO_WORDS = dict.fromkeys((*range(0x2500, 0x25A0), *range(0x2800, 0x2900)), " ")
ROOT = Path(__file__).resolve().parents[2]
UNSAID = ("NO_COLOR", "EDITOR", "VISUAL", "COLUMNS", "LINES")
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
    "pagedown": "\x1b[6~",
}


class Terminal:
    """A child process in a pty.

    Args:
        arguments: Of `python -m partner_tui`.
        home: Settings, clones and drafts of the story lie below it.
        size: Columns and rows.
        env: Added to the environment; without it there is no editor and no NO_COLOR.
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
        self.written = bytearray()
        self.status: int | None = None
        self._lines = [""] * size[1]
        self._stream = pyte.ByteStream(self.screen)
        home.mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if name not in UNSAID}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment |= {"PARTNER_TUI_HOME": str(home), "PYTHONPATH": str(ROOT), **(env or {})}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            # Said outright: readline, which the test runner loads, sets COLUMNS behind Python's back.
            os.execve(sys.executable, [sys.executable, *self.COMMAND, *arguments], environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            self.kill()
        with contextlib.suppress(OSError):
            os.close(self._fd)

    # What is seen

    @property
    def text(self) -> str:
        """The screen as it stands, blanks at the ends of lines left out."""
        for row in self.screen.dirty:  # pyte takes longer to tell all of them than the app to draw them
            cells = self.screen.buffer[row]
            self._lines[row] = "".join(cells[column].data for column in range(self.screen.columns)).rstrip()
        self.screen.dirty.clear()
        return "\n".join(self._lines)

    @property
    def words(self) -> str:
        """The screen without frames and spinners, all blanks and line ends as one blank: for texts that are wrapped."""
        return " ".join(self.text.translate(NO_WORDS).split())

    def sees(self, *texts: str, within: float = PATIENCE) -> Self:
        """Wait until every text is on the screen; the screen is in the failure's message otherwise."""
        return self.waits(
            lambda: all(text in self.text or text in self.words for text in texts),
            f"never saw {texts}",
            within,
        )

    def sees_no_more(self, text: str, within: float = PATIENCE) -> Self:
        return self.waits(lambda: text not in self.text, f"still sees {text!r}", within)

    def waits(self, condition: Callable[[], bool], failure: str, within: float = PATIENCE) -> Self:
        """Wait until something holds, on the screen or elsewhere."""
        deadline = time.monotonic() + within
        while not condition():
            if time.monotonic() > deadline or (self.status is not None and not condition()):
                raise AssertionError(f"{failure}; the screen:\n{self.text}")
            self._pump(0.02)
        return self

    def rests(self) -> Self:
        """Wait until nothing moves on the screen for a moment, as eyes and hands do before a key; what spins does not count."""
        deadline = time.monotonic() + MOST_SECONDS
        while time.monotonic() < deadline:
            before = self.words
            self._pump(REST_SECONDS)
            if self.words == before:
                break
        return self

    def ends(self, within: float = PATIENCE) -> int:
        """Wait until the program ends by itself; its exit status."""
        self.waits(lambda: self.status is not None, "never ended", within)
        assert self.status is not None
        return self.status

    # What is done

    def keys(self, *names: str) -> Self:
        """Press keys: names, single characters, or `ctrl+x`; each one is given a moment to be shown."""
        for name in names:
            if name.startswith("ctrl+") and len(name) == 6:
                data = bytes([ord(name[-1]) & 0x1F])
            else:
                data = KEYS.get(name, name).encode()
            os.write(self._fd, data)
            self._pump(ESCAPE_SECONDS if name == "escape" else KEY_SECONDS)
        return self

    def type(self, text: str) -> Self:
        os.write(self._fd, text.encode())
        self._pump(KEY_SECONDS)
        return self

    def click(self, text: str, right: int = 0) -> Self:
        """Click on a text that is on the screen, or some columns to the right of its first letter."""
        self.sees(text).rests()
        row = next(number for number, line in enumerate(self.screen.display) if text in line)
        column = self.screen.display[row].index(text) + right
        for end in "Mm":
            os.write(self._fd, f"\x1b[<0;{column + 1};{row + 1}{end}".encode())
        return self.rests()

    def presses_until(self, key: str, *texts: str, within: float = PATIENCE) -> Self:
        """Press a key again and again, as one who looks for something does, until every text is on the screen."""
        deadline = time.monotonic() + within
        while not all(text in self.text for text in texts):
            if time.monotonic() > deadline:
                raise AssertionError(f"{key} never led to {texts}; the screen:\n{self.text}")
            before, moment = self.text, time.monotonic() + 1
            self.keys(key)
            while self.text == before and time.monotonic() < moment:
                self._pump(KEY_SECONDS)
        return self

    def kill(self) -> None:
        """What `kill -9` does; what the program started goes on, as it then does."""
        os.kill(self.pid, signal.SIGKILL)
        self._reap()

    def signal(self, number: signal.Signals) -> Self:
        """What the system sends, and the program may answer."""
        os.kill(self.pid, number)
        return self

    def hang_up(self, within: float = PATIENCE) -> None:
        """Close the window: the terminal is gone, and the program is told."""
        os.close(self._fd)
        deadline = time.monotonic() + within
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            assert time.monotonic() < deadline, "it lives on without a terminal"
            time.sleep(0.02)
        self.status = 0

    @property
    def is_given_back(self) -> bool:
        """Whether the terminal is as a shell needs it: lines are edited and shown, on the normal screen, with a cursor."""
        modes = termios.tcgetattr(self._fd)[3]
        ends = all(
            self.written.rfind(off) > self.written.rfind(on)
            for on, off in (
                (b"\x1b[?1049h", b"\x1b[?1049l"),
                (b"\x1b[?25l", b"\x1b[?25h"),
                (b"\x1b[?1000h", b"\x1b[?1000l"),
                (b"\x1b[?2004h", b"\x1b[?2004l"),
            )
        )
        return bool(modes & termios.ECHO and modes & termios.ICANON) and ends

    def _reap(self) -> None:
        _, raw = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(raw)

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
                self._reap()
                return
            self.written += data
            self._stream.feed(COLOURS.sub(b"", data))
