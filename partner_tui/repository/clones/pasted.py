"""Reads text that people copy for a repository: a clone command, an address bar's text, a line with quotes around it.

It is read by eye, never run; what is not recognised stays as it is, so that a path with a space in it is still that path.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from partner_tui.addresses.forge import FORGES

_ENDS = {'"': '"', "'": "'", "`": "`", "<": ">", "“": "”", "‘": "’"}
_PROMPT = re.compile(r"^[$%#>]\s+")
_COMMAND = re.compile(r"^(?:(?:git|gh|hub|glab|tea)\s+(?:.*\s)?clone|git\s+remote\s+(?:add|set-url))\s", re.I)
_URL = re.compile(r"^(?:[a-z][\w+-]*://|[\w.+-]+@[^/:\s]+:)", re.I)
_SLUG_OR_PATH = re.compile(r"^[^-].*/|^~")
_BARE_ADDRESS = re.compile(rf"^(?:www\.)?(?:{'|'.join(map(re.escape, FORGES))})/[^/\s]+/[^/\s]+", re.I)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A source as `repository.clones.source.parse_source` reads it, and the branch that a clone command names."""

    text: str
    branch: str | None = None


def read_pasted(text: str) -> Pasted:
    """Take the first line that holds something, without what surrounds it; of a clone command its repository."""
    line = next((line for line in map(str.strip, text.splitlines()) if line), "")
    line = _unwrapped(_PROMPT.sub("", line))
    if _COMMAND.match(line) and (found := _read_command(line)):
        return found
    if _BARE_ADDRESS.match(line):
        return Pasted(f"https://{line}")
    return Pasted(line)


def _unwrapped(line: str) -> str:
    while len(line) > 1 and _ENDS.get(line[0]) == line[-1]:
        line = line[1:-1].strip()
    return line


def _read_command(line: str) -> Pasted | None:
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    branch = None
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in ("-b", "--branch"):
            branch = following or None
        elif word.startswith("--branch="):
            branch = word.partition("=")[2] or None
    others = [word for word in words if word != branch]
    for pattern in (_URL, _BARE_ADDRESS, _SLUG_OR_PATH):
        if repository := next((word for word in others if pattern.match(word)), None):
            return Pasted(read_pasted(repository).text, branch)
    return None
