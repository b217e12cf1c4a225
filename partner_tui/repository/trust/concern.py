"""One thing that a folder's git would do and that needs trust: how it is shown, and what cannot be done without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from partner_tui.plain import visible
from partner_tui.repository.process.redact import redact
from partner_tui.repository.trust.harmless import split_key

EVERYTHING = frozenset({"*"})
REMOTE = frozenset({"fetch", "ls-remote", "pull", "push"})
_REMOTE_SECTIONS = frozenset({"branch", "credential", "http", "protocol", "remote", "ssh", "url"})
_WRITES_FILES = frozenset({"checkout", "merge", "rebase", "reset", "restore"})
_SECRET = re.compile(r"(?i)extraheader|password|secret|token")
_PASSWORD = re.compile(r"(?i)\b((?:password|passwd|token|secret)=)[^\s;'\"}]+")
_LONGEST_SHOWN = 4000


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that git would do for the folder and that needs the user's trust.

    Args:
        name: The setting as a person writes it, such as ``filter.strip.clean``, or a file of the git folder.
        value: In full; may hold secrets and escapes.
        stops: The git commands that cannot be run without it; ``EVERYTHING`` for all.
    """

    name: str
    value: str
    stops: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The name for the screen."""
        return visible(redact(self.name))

    @property
    def shown(self) -> str:
        """Name and value in one line for the screen: escapes as signs, secrets left out."""
        value = _PASSWORD.sub(r"\1***", redact(self.value))
        if _SECRET.search(self.name):
            value = "***"
        sign = "→" if self.stops == EVERYTHING and self.name.startswith(".git") else "="
        return f"{self.label} {sign} {visible(value, _LONGEST_SHOWN)}"

    @property
    def may_name_remote(self) -> bool:
        """Whether a remote is unknown without it: an address of one, or a file that may hold one."""
        name = self.name.lower()
        return name.startswith(("include", ".git/remotes", ".git/branches")) or (
            name.startswith(("remote.", "branch.")) and name.endswith(("url", ".vcs", ".remote"))
        )


def concern_of(key: str, value: str, path: Path) -> Concern:
    """The concern about a setting of the configuration file ``path``; ``key`` as git lists it."""
    section = split_key(key)[0]
    stops: frozenset[str] = frozenset()
    if section in _REMOTE_SECTIONS or key in ("core.sshcommand", "core.gitproxy"):
        stops = REMOTE
    elif section == "includeif":
        stops = REMOTE | {"commit"}  # whose name and address may be in there
    elif section == "filter":
        stops = _WRITES_FILES
    elif section == "extensions":
        stops = EVERYTHING  # the repository has a format that git may not know: git itself says no then
    return Concern(_spelled(key, path), value, stops)


def _spelled(key: str, path: Path) -> str:
    """The key with its name in the letters that the file has it in: git lists it in lower case."""
    start, _, name = key.rpartition(".")
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return key
    found = re.search(rf"(?im)^[ \t]*({re.escape(name)})[ \t]*(?:=|$)", text)
    return f"{start}.{found[1]}" if found else key
