"""Reads text that people copy for a repository: a clone command, an address bar's text, a line with quotes around it.

It is read by eye, never run; what is not recognised stays as it is, so that a path with a space in it is still that path.
"""

from __future__ import annotations

import re
import shlex

from partner_tui.addresses.forge import FORGES

_ENDS = {'"': '"', "'": "'", "`": "`", "<": ">", "“": "”", "‘": "’"}
_PROMPT = re.compile(r"^[$%#>]\s+")
_COMMAND = re.compile(r"^(?:(?:git|gh|hub|glab|tea)\s+(?:.*\s)?clone|git\s+remote\s+(?:add|set-url))\s", re.I)
_URL = re.compile(r"^(?:[a-z][\w+-]*://|[\w.+-]+@[^/:\s]+:)", re.I)
_SLUG_OR_PATH = re.compile(r"^[^-].*/|^~")
_BARE_ADDRESS = re.compile(rf"^(?:www\.)?(?:{'|'.join(map(re.escape, FORGES))})/[^/\s]+/[^/\s]+", re.I)


def read_pasted(text: str) -> tuple[str, str | None]:
    """The first line that holds something, without what surrounds it; of a clone command its repository, and the branch."""
    line = next((line for line in map(str.strip, text.splitlines()) if line), "")
    line = _PROMPT.sub("", line)
    while len(line) > 1 and _ENDS.get(line[0]) == line[-1]:
        line = line[1:-1].strip()
    if _COMMAND.match(line) and (found := _read_command(line)):
        return found
    return (f"https://{line}" if _BARE_ADDRESS.match(line) else line), None


def _read_command(line: str) -> tuple[str, str | None] | None:
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
            return read_pasted(repository)[0], branch
    return None
