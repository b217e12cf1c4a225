"""Asks the terminal which pictures it can show, before the app reads keys.

`textual-image` asks too, but when it is imported: it takes keys for answers and divides by the size of a pty of 0x0. Here one
question ends with the one that every terminal answers, so that nothing is waited for, and the answer is read after the app's
modules are loaded, which takes longer than any terminal on this machine. Importing this module is cheap.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

Protocol = Literal["kitty", "sixel", "blocks", "off"]
NAMES: Mapping[Protocol, str] = {
    "kitty": "Kitty graphics",
    "sixel": "Sixel",
    "blocks": "half blocks",
    "off": "off",
}
CELL = (10, 20)
"""Width and height of a cell, in pixels, of a terminal that does not say."""
SECONDS, SECONDS_BY_SSH = 0.3, 1.5
"""How long an answer is waited for, from when it was asked."""

_KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_CLEARED = "\r\x1b[K"
"""A terminal that does not know the question before may have written it."""
_ATTRIBUTES = "\x1b[c"
_COLOURS_AND_CELL = "\x1b[?1;1;0S\x1b[16t"
_ANSWER = re.compile(r"\x1b\[\?([\d;]*)c")
_KITTY_ANSWER = re.compile(r"\x1b_Gi=31;OK\x1b\\")
_COLOURS_ANSWER = re.compile(r"\x1b\[\?1;0;(\d+)S")
_CELL_ANSWER = re.compile(r"\x1b\[6;(\d+);(\d+)t")
_MUTE = frozenset(("", "dumb", "linux", "unknown"))
"""Values of TERM of terminals that have no pictures and write the question onto the screen."""
_MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}


@dataclass(frozen=True, slots=True)
class Graphics:
    """How pictures are drawn.

    Args:
        protocol: By what means.
        why: What it follows from, as the help says it.
        cell: Width and height of a cell, in pixels, where the system does not know it.
        colours: How many colours a Sixel picture may have.
    """

    protocol: Protocol = "blocks"
    why: str = ""
    cell: tuple[int, int] = CELL
    colours: int = 256

    @property
    def paints(self) -> bool:
        """Whether the terminal shows pictures of its own, over or in place of the cells."""
        return self.is_inline or self.protocol == "kitty"

    @property
    def is_inline(self) -> bool:
        """Whether its pictures take the place of cells."""
        return self.protocol == "sixel"

    @property
    def words(self) -> str:
        return f"{NAMES[self.protocol]} ({self.why})" if self.why else NAMES[self.protocol]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said of itself; the defaults where it said nothing."""

    answered: bool = False
    kitty: bool = False
    sixel: bool = False
    cell: tuple[int, int] = CELL
    colours: int = 256


def choose(wish: str, answers: Answers, environment: Mapping[str, str]) -> Graphics:
    """How pictures are drawn.

    Args:
        wish: What the user set (`settings.PICTURES`).
        answers: What the terminal said.
        environment: Where the app runs.
    """
    if wish in ("off", "blocks"):
        return Graphics(cast("Protocol", wish), "as set")
    if environment.get("NO_COLOR"):
        return Graphics("blocks", "NO_COLOR is set")
    if wish != "auto":
        return Graphics(cast("Protocol", wish), "as set", answers.cell, answers.colours)
    if inside := multiplexer(environment):
        return Graphics("blocks", f"detected: inside {inside}")
    if answers.sixel:  # first: others that speak Kitty's protocol do not know its placeholders, but Sixel
        return Graphics("sixel", "detected", answers.cell, answers.colours)
    if answers.kitty:
        return Graphics("kitty", "detected", answers.cell)
    said = "no graphics protocol" if answers.answered else "the terminal did not answer"
    return Graphics("blocks", f"detected: {said}")


def multiplexer(environment: Mapping[str, str]) -> str:
    """What stands between the app and the terminal, and answers in its place; empty for nothing."""
    return next((name for variable, name in _MULTIPLEXERS.items() if environment.get(variable)), "")


class Question:
    """A question that is under way; see `asking`."""

    def __init__(self, wish: str) -> None:
        self._wish = wish
        self._asked = time.monotonic()
        silent = wish in ("off", "blocks") or os.environ.get("TERM", "") in _MUTE
        self._is_asked = not silent and not os.environ.get("NO_COLOR") and not multiplexer(os.environ)
        if self._is_asked:
            _say(_KITTY + _CLEARED + _ATTRIBUTES)

    def answer(self) -> Graphics:
        """What follows from it; waits at most until the time of an answer is over."""
        answers = Answers()
        if self._is_asked:
            far = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
            seconds = SECONDS_BY_SSH if far else SECONDS
            said = _hear(self._asked + seconds)
            answers = read_answers(said)
            if answers.sixel or self._wish == "sixel":
                _say(_COLOURS_AND_CELL + _ATTRIBUTES)
                answers = read_answers(said + _hear(time.monotonic() + seconds))
        return choose(self._wish, answers, os.environ)


@contextlib.contextmanager
def asking(wish: str) -> Iterator[Question]:
    """Ask the terminal; to be answered within, while its answers are not shown. Never raises for what a terminal does."""
    with _quiet_terminal():
        yield Question(wish)


def read_answers(said: str) -> Answers:
    """What a terminal said, whatever stands between."""
    attributes = _ANSWER.search(said)
    colours, cell = _COLOURS_ANSWER.search(said), _CELL_ANSWER.search(said)
    height, width = (int(cell[1]), int(cell[2])) if cell else (0, 0)
    return Answers(
        answered=attributes is not None,
        kitty=_KITTY_ANSWER.search(said) is not None,
        sixel=attributes is not None and "4" in attributes[1].split(";")[1:],
        cell=(width, height) if width and height else CELL,
        colours=max(2, min(256, int(colours[1]))) if colours else 256,
    )


def cell_pixels(fallback: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a cell in pixels as the system knows it now: a terminal's letters may be made larger."""
    try:
        import fcntl
        import struct
        import termios

        size = fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", size)
    except (ImportError, OSError):
        return fallback
    if not (rows and columns and width and height):
        return fallback
    return max(1, width // columns), max(1, height // rows)


@contextlib.contextmanager
def _quiet_terminal() -> Iterator[None]:
    """Neither lines nor an echo, until it is over."""
    try:
        import termios
        import tty
    except ImportError:  # not on Windows
        yield
        return
    try:
        before = termios.tcgetattr(0)
        tty.setcbreak(0, termios.TCSANOW)
    except (OSError, termios.error):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)


def _say(text: str) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        os.write(1, text.encode("ascii"))


def _hear(until: float) -> str:
    """What comes until the terminal told its attributes, or the time is over; keys that come after them stay for the app."""
    said = ""
    with contextlib.suppress(OSError, ValueError):
        while not _ANSWER.search(said):
            ready, _, _ = select.select([0], [], [], max(0.0, until - time.monotonic()))
            if not ready or not (chunk := os.read(0, 1)):
                break
            said += chunk.decode("utf-8", "replace")
    return said
