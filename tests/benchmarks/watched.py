"""A terminal program in a real pty, timed by what a person would see: when a text is there, how long a key takes.

The screen is emulated after each piece of output that the program writes, and looked at then. Memory is read from
the kernel's own count and therefore only on Linux.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from tests.stories.terminal import KEYS, Terminal

Look = Callable[["Watched"], object]
KEYS_PRESSED = 200


class Watched(Terminal):
    """The app; `Plain` runs the app it is measured against."""

    def __init__(self, *arguments: str, home: Path, size: tuple[int, int] = (120, 36)) -> None:
        self.began = time.perf_counter()
        # As installed: what is imported has been compiled before.
        env = {"PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": ""}
        super().__init__(*arguments, home=home, size=size, env=env)
        # It says what it is, as terminals do: the app would wait for that.
        self.screen.write_process_input = self._says  # type: ignore[method-assign]

    def _says(self, data: str) -> None:
        os.write(self._fd, data.encode())

    def seconds_until(self, look: Look, within: float = 60.0) -> float:
        """From the start until a look at the screen tells something."""
        return self._when(look, within) - self.began

    def key_seconds(self, key: str, look: Look, within: float = 5.0) -> float:
        """From pressing a key until what a look tells is another."""
        before = look(self)
        pressed = time.perf_counter()
        os.write(self._fd, KEYS.get(key, key).encode())
        return self._when(lambda _: look(self) != before, within) - pressed

    def idle(self, seconds: float) -> None:
        """Let it run, its output shown."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def line(self, y: int, columns: int | None = None) -> str:
        """The first columns of one line; the emulator's own `display` draws the whole screen, in milliseconds that count."""
        cells = self.screen.buffer[y]
        return "".join(cells[x].data for x in range(columns or self.screen.columns))

    def sees_near_top(self, text: str) -> bool:
        """Whether a text is on the lines where the first rows of a table are."""
        return any(text in self.line(y, 40) for y in range(1, 10))

    def cursor_line(self) -> int | None:
        """The line of the table's cursor, by its mark at the left edge."""
        return next((y for y in range(self.screen.lines) if "▌" in self.line(y, 3)), None)

    def peak_mib(self) -> float:
        """The most memory that the program had resident so far, without its children."""
        return _peak_mib(self.pid)

    def children_peak_mib(self) -> float:
        """The same of its children that run now, summed."""
        children = Path(f"/proc/{self.pid}/task").glob("*/children")
        return sum(_peak_mib(int(pid)) for listed in children for pid in listed.read_text().split())

    def _when(self, look: Look, within: float) -> float:
        until = time.perf_counter() + within
        while not look(self):
            left = until - time.perf_counter()
            if left <= 0 or self.status is not None:
                raise AssertionError(f"not seen within {within:g} s; the screen:\n{self.text}")
            self._read(left)
        return time.perf_counter()

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            data = b""
        if data:
            self._stream.feed(data)
        else:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Plain(Watched):
    """The plain Textual app with a file of rows."""

    COMMAND = (str(Path(__file__).with_name("plain_app.py")),)


def _peak_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def walk(app: Watched, until: Look = lambda app: False, look: Look = Watched.cursor_line) -> list[float]:
    """Press j and k and wait for each to be shown.

    Args:
        look: What is another after each press.

    Returns:
        Milliseconds of each press.
    """
    presses: list[float] = []
    while len(presses) < KEYS_PRESSED and not until(app):
        presses.append(1000 * app.key_seconds("j" if len(presses) % 20 < 10 else "k", look))
        app.idle(0.02)
    return presses
