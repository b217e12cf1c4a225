"""Reads a git configuration without git where it is so plain that it can be read in one way only, as most are.

Git takes its time to start, and this is read before the first screen. Whatever has a quote, a backslash, a comment or
anything else that needs git's own rules is left to git.
"""

from __future__ import annotations

import re

Setting = tuple[str, str | None]
"""Key as git lists it (section and name in lower case) and value; None for a name alone, which means true."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SECTION = re.compile(r'\[([A-Za-z0-9-]+)(?: "([^"\\\x00-\x1f\x7f]*)")?\]')
_VARIABLE = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9-]*) ?= ?([^\"\\#;\s]+(?: [^\"\\#;\s]+)*)")


def read_plain(text: str) -> list[Setting] | None:
    """All settings in their order; None when this is for git to read."""
    if _CONTROL.search(text):
        return None
    settings: list[Setting] = []
    start = None
    for line in text.split("\n"):
        if not line:
            continue
        if section := _SECTION.fullmatch(line):
            start = f"{section[1].lower()}." if section[2] is None else f"{section[1].lower()}.{section[2]}."
        elif start is not None and (variable := _VARIABLE.fullmatch(line)):
            settings.append((f"{start}{variable[1].lower()}", variable[2]))
        else:
            return None
    return settings


def list_settings(printed: str) -> list[Setting]:
    """What ``git config --list -z`` printed."""
    settings: list[Setting] = []
    for part in printed.split("\0")[:-1]:
        key, newline, value = part.partition("\n")
        settings.append((key, value if newline else None))
    return settings


def write_settings(settings: list[Setting]) -> str:
    """A configuration that git reads as exactly these; no value may have control characters."""
    return "".join(map(_written, settings))


def _written(setting: Setting) -> str:
    key, value = setting
    section, _, rest = key.partition(".")
    middle, dot, name = rest.rpartition(".")
    header = f'[{section} "{_escaped(middle)}"]' if dot else f"[{section}]"
    return f"{header}\n\t{name}\n" if value is None else f'{header}\n\t{name} = "{_escaped(value)}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
