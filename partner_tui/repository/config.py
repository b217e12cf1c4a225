"""Git's configuration as far as the app needs it: single values, and who the author is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from partner_tui.repository.git import run

_NO_IDENT = 128
"""How `git var` ends without a name and an address."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who commits."""

    name: str
    email: str

    @property
    def problem(self) -> str | None:
        """What is wrong with it; None when git takes it as it is (angle brackets and line breaks it drops)."""
        if not self.name.strip(".,:;<>\"'\\ "):
            return "Enter a name."
        if set(self.name) & set("<>\n\0"):
            return "The name must not contain < or >."
        if "@" not in self.email or set(self.email) & set("<> \n\0"):
            return "Not a valid email address."
        return None

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def environment(self, *roles: str) -> dict[str, str]:
        """What lets git take this one as ``AUTHOR`` or ``COMMITTER``."""
        said = {"NAME": self.name, "EMAIL": self.email}
        return {f"GIT_{role}_{what}": value for role in roles for what, value in said.items()}


def read_config(root: Path, key: str) -> str | None:
    """A value from the clone's, the user's or the system's configuration; None when it is not set."""
    return run(["config", "--get", key], cwd=root, says_no=1).strip() or None


def signs_commits(root: Path) -> bool:
    """Whether the configuration asks for signed commits."""
    arguments = ["config", "--type=bool", "--default=false", "--get", "commit.gpgSign"]
    return run(arguments, cwd=root).strip() == "true"


def read_author(root: Path) -> Author | None:
    """Who git would name as the author, by configuration or environment; None when it would have to guess."""
    idents = [
        run(["-c", "user.useConfigOnly=true", "var", f"GIT_{who}_IDENT"], cwd=root, says_no=_NO_IDENT)
        for who in ("COMMITTER", "AUTHOR")
    ]
    found = re.match(r"(.*) <(.*)> \d+ [+-]\d+", idents[-1])
    return Author(found[1], found[2]) if found and all(idents) else None
