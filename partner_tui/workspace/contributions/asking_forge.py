"""Asks a forge about contributions, only where the user wants it; without a connection, the last answer is shown.

The rule: a token goes to its own host, and nothing is sent but the question.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partner_tui.errors import ForgeError
from partner_tui.forge.known import find_known, keep_known
from partner_tui.forge.tokens import find_token

if TYPE_CHECKING:
    from partner_tui.contributions.on_forge import ForgeKnowledge
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token


def ask_forge(forge: Forge, state: Path, *, offline: bool = False) -> tuple[ForgeKnowledge, str]:
    """The pull requests of a repository, also without a token where the forge shows them to everybody; blocks.

    Args:
        state: The clone's folder of the user's state, which keeps the answer.

    Returns:
        What is known, and why it is not newer; "" where it was asked for now.

    Raises:
        ForgeError: The forge did not answer, and there is no earlier answer.
    """
    from partner_tui.forge.pull_requests import PullRequests

    before = find_known(state, forge)
    if offline:
        if before is None:
            raise ForgeError(
                f"Nothing is known from {forge.host} yet.",
                "Without --offline, it is asked and the answer kept.",
            )
        return before, "Offline."
    try:
        known = PullRequests(forge, find_token(forge.host)).read()
    except ForgeError as error:
        if before is None:
            raise
        return before, error.message
    keep_known(state, forge, known)
    return known, ""


def ask_with_checks(forge: Forge, state: Path, token: Token | None) -> ForgeKnowledge:
    """The pull requests, with a token also the checks and reviews of the newest open ones; kept for later. Blocks.

    Raises:
        ForgeError: The forge did not answer; what it said before is kept.
    """
    from partner_tui.forge.pull_requests import PullRequests

    known = PullRequests(forge, token).read(with_checks=token is not None)
    keep_known(state, forge, known)
    return known
