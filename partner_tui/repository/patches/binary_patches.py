"""Sizes of the files that binary patches write, known before git makes them: a few lines may stand for many gigabytes."""

from __future__ import annotations

import base64
import re
import zlib

from partner_tui.errors import GitError

LARGEST = 100_000_000
"""Bytes of a file; forges take nothing larger."""
_BINARY = re.compile(rb"^(literal|delta) (\d+)\r?\n([^\n]*)", re.MULTILINE)
_HEADER = 32


def check_binary_sizes(diff: bytes) -> None:
    """Raise GitError for a diff that would write a file that is too large, or does not say how large it is."""
    for kind, size, line in _BINARY.findall(diff):
        sizes = [int(size[:20])]
        if kind == b"delta":
            sizes += _delta_sizes(line.rstrip(b"\r"))
        if max(sizes) > LARGEST:
            raise GitError(
                f"The patch writes a file of {max(sizes) // 1_000_000} MB.",
                f"Files larger than {LARGEST // 1_000_000} MB are not added.",
            )


def _delta_sizes(line: bytes) -> list[int]:
    """The sizes before and after that a delta begins with, from its first line: a letter for the length, then base 85."""
    try:
        content = zlib.decompressobj().decompress(base64.b85decode(line[1:]), _HEADER)
        before, rest = _size(content)
        return [before, _size(rest)[0]]
    except (ValueError, zlib.error, IndexError):
        raise GitError("A binary part of the patch is damaged.", "Ask for the patch again.") from None


def _size(content: bytes) -> tuple[int, bytes]:
    """A number in groups of seven bits, the lowest first, and what follows it."""
    value = shift = at = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not byte & 0x80:
            return value, content[at:]
