"""The bytes of a file to text: UTF-8 alone, and no more of it than is read with ease.

Nothing is guessed or replaced, since what is written back has to be what was read.
"""

from __future__ import annotations

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.composing import MAX_CHARACTERS


def decoded(data: bytes, name: str) -> str:
    """The text of a file, a byte order mark included.

    Raises:
        ManifestParseError: It is too large or not UTF-8; says where.
    """
    if len(data) > 4 * MAX_CHARACTERS or (len(data) > MAX_CHARACTERS and b"\0" in data):
        raise _too_large(name, len(data))
    if wide := _wide(data[:400]):
        raise ManifestParseError(
            f"{name} is {wide} and not UTF-8 text.", "Save it as UTF-8.", kind="encoding"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise ManifestParseError(
            f"{name} is not UTF-8 text (line {line}, column {column}).",
            "Save it as UTF-8.",
            kind="encoding",
            line=line,
            column=column,
        ) from None
    if len(text) > MAX_CHARACTERS:
        raise _too_large(name, len(data))
    return text


def _wide(start: bytes) -> str:
    """Which encoding of two or four bytes a character a file begins in; empty for none."""
    zeros = start.count(0) / len(start) if any(start) else 0.0
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or zeros > 0.6:
        return "UTF-32"
    return "UTF-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > 0.3 else ""


def _too_large(name: str, size: int) -> ManifestParseError:
    return ManifestParseError(
        f"{name} has {size / 1048576:.0f} MiB; the limit is 20 MiB.",
        "A manifest is text of a few hundred KiB; move large contents to separate files.",
        kind="size",
    )
