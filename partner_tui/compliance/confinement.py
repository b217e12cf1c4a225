"""The walls around the judge's child: what an entry that is judged may use, however hostile it is.

Nothing in that process reaches the network, starts a program, writes a file, speaks on the app's pipes or outlives
its time. Whatever is imported has to be so before `refuse` is set, since libraries do such things while they load.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path
from typing import Any, BinaryIO

from partner_tui.compliance import wire

MEMORY = 3 << 30
"""Bytes of address space; the library itself takes about 1 GiB of it."""
SECONDS = 20
"""After these the child ends itself, should nobody be left to end it."""
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.dlopen",
    "urllib.",
)
_HARMLESS = {"socket.__new__", "socket.gethostname"}


def confine() -> tuple[BinaryIO, BinaryIO]:
    """Take the two pipes away from everybody else in this process and limit what it can use."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(10)  # keys come first
    try:
        import resource
    except ImportError:  # not on Windows
        return requests, answers
    for limit, size in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 1 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (size, size))
        except (ValueError, OSError):  # a tighter limit is set already, or the system has none
            continue
    return requests, answers


def alarm(seconds: int) -> None:
    """End this process after some seconds, 0 to take that back; never on Windows, where the app alone ends it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: the network, other programs and files to write do not exist in this process."""
    if event.startswith(_FORBIDDEN) and event not in _HARMLESS:
        raise PermissionError(f"{event} is refused while an entry is judged")
    if (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    ):
        raise PermissionError("writing is refused while an entry is judged")


def tidy() -> None:
    """Remove the empty folder that this ran in, should the app have been killed before it could."""
    folder = Path.cwd()
    if folder.name.startswith(wire.FOLDER_PREFIX):
        with contextlib.suppress(OSError):
            os.chdir(folder.parent)
            folder.rmdir()
