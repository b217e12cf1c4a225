"""Commits that came onto the branch by themselves: pushed directly, by a bot, or merged by somebody else on the forge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from partner_tui.contributions.contribution import Contribution

_BOT_NAME = re.compile(
    r".*\[bot\]|(?:.*[\s_-])?bot|github[ -]actions?|dependabot.*|renovate|pre-commit\.ci|bioimageiobot"
)
_BOT_EMAIL = re.compile(
    r"(?:.*\[bot\]|(?:.*[._+-])?bot|(?:github-)?actions?)@.*|.*@(?:renovateapp\.com|dependabot\.com|travis-ci\.(?:org|com))"
)


@dataclass(frozen=True, slots=True)
class Arrival(Contribution):
    """One thing that somebody did to the branch: a commit, successive ones by one author, or a merge.

    It is a contribution whose head is on the branch already. Its name is the hash of its newest commit.

    Attributes:
        base: The commit before it, or the empty tree for the first commit of all.
        commits: Hashes, the newest first; of a merge its own alone.
    """

    base: str = ""
    commits: tuple[str, ...] = ()
    by_bot: bool = False
    is_seen: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it does not wait for the maintainer any more."""
        return self.is_seen


def is_bot(name: str, email: str) -> bool:
    """Whether a name or an email address is one that machines have."""
    name, email = name.casefold().strip(), email.casefold().strip()
    return bool(_BOT_NAME.fullmatch(name) or _BOT_EMAIL.fullmatch(email))
