"""A patch file taken apart: mails as ``git format-patch`` and forges write them, or a plain diff.

Git itself reads them (``mailsplit``, ``mailinfo``), as ``git am`` does: it knows encodings, and where one mail ends.
"""

from __future__ import annotations

import base64
import email.utils
import re
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.git import run, run_bytes
from partner_tui.repository.stale_files import temporary_prefix

MOST_PATCHES = 500
LARGEST = 100_000_000
"""Bytes of a file; forges take nothing larger."""
_BINARY = re.compile(rb"^(literal|delta) (\d+)\r?\n([^\n]*)", re.MULTILINE)
_HEADER = 32
_MAIL = re.compile(rb"\A\s*(?:From [^\n]+\n|[A-Za-z-]+: )")
_HEADERS = re.compile(rb"^(?:From|Subject|Date): ", re.MULTILINE)
_DIFF = re.compile(rb"^(?:diff --git |--- [^\n]+\n\+\+\+ )", re.MULTILINE)
_BASE = re.compile(rb"^base-commit: ([0-9a-f]{40,64})\s*$", re.MULTILINE)
_NAMED = re.compile(r"^(Author|Email|Subject|Date): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Patch:
    """One patch.

    Attributes:
        author, email: Who wrote it; empty for a plain diff.
        date: As git takes it, ``@<seconds> <zone>``; empty where it is not known.
        message: Of its commit; empty for a plain diff.
        diff: What it changes, byte for byte.
    """

    author: str
    email: str
    date: str
    message: str
    diff: bytes

    @property
    def subject(self) -> str:
        return self.message.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class PatchSeries:
    """The patches of a file in their order, and the commit that they say they start from; empty where they do not."""

    patches: tuple[Patch, ...]
    base: str = ""


def is_patch(data: bytes) -> bool:
    """Whether a file's content is a patch: a mail with a diff in it, or a diff."""
    return bool(_DIFF.search(data)) and (_is_mail(data) or not data.lstrip().startswith((b"{", b"%YAML")))


def _is_mail(data: bytes) -> bool:
    return bool(_MAIL.match(data) and _HEADERS.search(data[:65536]))


def read_patches(root: Path, data: bytes) -> PatchSeries:
    """Take a patch file apart.

    Args:
        root: The clone; git is run there, and writes nothing in it.

    Raises:
        GitError: There is no patch in it, or one that would write more than a file may have.
    """
    if _is_mail(data):
        with tempfile.TemporaryDirectory(prefix=temporary_prefix("merge")) as folder:
            patches = _mails(root, data, Path(folder))
    else:
        patches = [Patch("", "", "", "", data)]
    patches = [one for one in patches if _DIFF.search(one.diff)]  # a cover letter has none
    if not patches:
        raise GitError("There is no patch in this file.", "Make one with: git format-patch origin/main")
    for one in patches:
        check_binary_sizes(one.diff)
    found = _BASE.findall(data)
    return PatchSeries(tuple(patches), found[-1].decode() if found else "")


def _mails(root: Path, data: bytes, folder: Path) -> Sequence[Patch]:
    # Mail programs end every line with CR LF; git only those that end so in the file that is changed.
    is_converted = data.partition(b"\n")[0].endswith(b"\r")
    command = ["mailsplit", "-b", *([] if is_converted else ["--keep-cr"]), f"-o{folder}"]
    count = int(run(command, cwd=root, input=data).strip() or 0)
    if count > MOST_PATCHES:
        raise GitError(
            f"There are {count} patches in this file, more than {MOST_PATCHES}.",
            "Ask for a branch, and add that by its URL.",
        )
    return [_mail(root, mail) for mail in sorted(folder.iterdir())]


def _mail(root: Path, mail: Path) -> Patch:
    message, diff = mail.with_suffix(".message"), mail.with_suffix(".diff")
    command = ["mailinfo", "--no-scissors", "--encoding=UTF-8", str(message), str(diff)]
    printed = run_bytes(command, cwd=root, input=mail.read_bytes()).decode("utf-8", "replace")
    said = dict(_NAMED.findall(printed))
    body = message.read_bytes().decode("utf-8", "replace").strip()
    subject = said.get("Subject", "").strip() or "Patch"
    return Patch(
        said.get("Author", "").strip(),
        said.get("Email", "").strip(),
        _date(said.get("Date", "")),
        f"{subject}\n\n{body}\n" if body else f"{subject}\n",
        diff.read_bytes(),
    )


def _date(written: str) -> str:
    try:
        date = email.utils.parsedate_to_datetime(written)
        seconds = int(date.timestamp())
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return ""
    return f"@{seconds} {date:%z}" if 0 <= seconds < 2**40 and date.tzinfo else ""


def check_binary_sizes(diff: bytes) -> None:
    """Raise GitError for a diff that would write a file that is too large, or does not say how large it is.

    A few lines may stand for many gigabytes, which git would make.
    """
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
