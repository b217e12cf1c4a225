"""Real terminals on a screen of their own (Xvfb): what they show is read as pixels."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

Kind = Literal["kitty", "xterm"]
SIZE = (900, 600)
PATIENCE = 90.0
ROOT = Path(__file__).resolve().parents[3]
KITTY = {
    "remember_window_size": "no",
    "window_padding_width": "0",
    "hide_window_decorations": "yes",
    "confirm_os_window_close": "0",
    "update_check_interval": "0",
    "visual_bell_duration": "0",
    "enable_audio_bell": "no",
}


def is_there(kind: Kind) -> bool:
    """Whether this machine has the terminal, and what shows and presses keys."""
    return all(map(shutil.which, (kind, "Xvfb", "xdotool")))


@dataclass
class RealTerminal:
    """A terminal that runs a program; keys go in, pixels come out.

    Args:
        screen: The file that Xvfb keeps its screen in, as xwd writes one.
    """

    display: str
    process: subprocess.Popen[bytes]
    screen: Path

    def pixels(self) -> Image.Image:
        """What is on the screen now, RGB."""
        dumped = self.screen.read_bytes()
        header = struct.unpack(">25I", dumped[:100])
        start, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
        data = dumped[start + 12 * colours :]
        return Image.frombuffer("RGB", (width, height), data, "raw", "BGRX", stride, 1)

    def press(self, *keys: str) -> None:
        for key in keys:
            subprocess.run(["xdotool", "key", key], env=_environment(self.display), check=True)

    def shows(self, seen: Callable[[Image.Image], object], what: str) -> Image.Image:
        """Wait until the screen shows something; the last picture of it is in the failure otherwise."""
        until = time.monotonic() + PATIENCE
        while True:
            picture = self.pixels()
            if seen(picture):
                return picture
            if self.process.poll() is not None or time.monotonic() > until:
                kept = Path(os.environ.get("TMPDIR", "/tmp")) / "real-terminal.png"
                picture.save(kept)
                raise AssertionError(f"never saw {what}; the screen is in {kept}")
            time.sleep(0.2)


@contextmanager
def real_terminal(
    kind: Kind, home: Path, *command: str, size: tuple[int, int] = SIZE
) -> Iterator[RealTerminal]:
    """A terminal of one kind that runs Python with these arguments, on a screen that nothing else is on.

    Args:
        size: Of the screen, in pixels; kitty fills it.
    """
    reading, writing = os.pipe()
    screen_options = ("-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp")
    screen = subprocess.Popen(
        [*("Xvfb", "-displayfd", str(writing), "-fbdir", str(home), "-nocursor"), *screen_options],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    environment = _environment(display) | {"PARTNER_TUI_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_RUNTIME_DIR": str(home), "KITTY_CONFIG_DIRECTORY": str(home)}
    started = subprocess.Popen(
        [*_starting(kind, size), sys.executable, *command],
        env=environment,
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield RealTerminal(display, started, home / "Xvfb_screen0")
    finally:
        for process in (started, screen):
            process.terminate()
            process.wait()


def _starting(kind: Kind, size: tuple[int, int]) -> list[str]:
    if kind == "kitty":
        sized = {"initial_window_width": str(size[0]), "initial_window_height": str(size[1]), **KITTY}
        options = [word for name, value in sized.items() for word in ("-o", f"{name}={value}")]
        return ["kitty", "--config", "NONE", *options]
    # A VT340 has 16 colours; xterm may be given more, and tells how many.
    registers = ["-xrm", "XTerm*numColorRegisters: 256"]
    look = ["-b", "0", "-bw", "0", "-geometry", "99x29+0+0", "-fa", "monospace", "-fs", "11"]
    return ["xterm", "-ti", "vt340", "-tn", "xterm-256color", *registers, *look, "-e"]


def _environment(display: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return known | {"DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1", "COLORTERM": "truecolor"}
