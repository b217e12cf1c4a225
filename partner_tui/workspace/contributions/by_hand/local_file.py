"""Reads a file of this machine that somebody sent: a plain file of a bounded size, and never something that waits or does not end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from partner_tui.errors import SourceError
from partner_tui.plain import size_words, visible

HEAD = 65_536


@contextmanager
def open_file(
    path: Path, limit: int, about: os.stat_result | None = None
) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a plain file.

    Args:
        about: As it was when it was looked at.

    Raises:
        SourceError: There is none, it cannot be read, it is something else, it is too large, or it changed since.
    """
    name = visible(str(path), 200)
    try:
        # Opening a pipe would wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        raise SourceError(f"{name} cannot be read: {why}.", "Check the path.") from None
    with os.fdopen(descriptor, "rb") as file:
        now = os.fstat(descriptor)
        if not stat.S_ISREG(now.st_mode):
            raise SourceError(f"{name} is not a regular file.", "Give a patch, an RDF or a package (.zip).")
        if now.st_size > limit:
            raise SourceError(
                f"{name} has {size_words(now.st_size)}, more than {size_words(limit)}.",
                "Ask for a branch, or for the files of the entry alone.",
            )
        if about and (not os.path.samestat(about, now) or _state(about) != _state(now)):
            raise SourceError(f"{name} changed since it was looked at.", "Add it again.")
        yield file, now


def _state(about: os.stat_result) -> tuple[int, int]:
    return about.st_size, about.st_mtime_ns


def read_file(path: Path, limit: int) -> bytes:
    """The content of a plain file; see `open_file`."""
    with open_file(path, limit) as (file, _):
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise SourceError(f"{visible(str(path), 200)} cannot be read: {error.strerror}.", "") from None
    if len(content) > limit:  # it grew while it was read
        raise SourceError(f"{visible(str(path), 200)} grows while it is read.", "Wait until it is complete.")
    return content


def read_head(path: Path) -> bytes:
    """How a plain file begins, whatever its size."""
    with open_file(path, 2**63) as (file, _):
        return file.read(HEAD)
