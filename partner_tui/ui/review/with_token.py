"""A question to a forge, with a token that the user is asked for where none is found, or the forge rejects the one that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from partner_tui.errors import TokenRefused
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.credentials import CredentialsScreen

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.review.base import ReviewBase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of it, and the token that the user typed for it; None where none was asked for."""

    result: T
    typed: Token | None


async def with_token(
    screen: ReviewBase,
    forge: Forge,
    title: str,
    ask: Callable[[Token | None], T],
    *,
    needs_one: bool = False,
    writes: bool = False,
) -> Done[T] | None:
    """Ask a forge, again with another token as long as it rejects the one it got.

    Args:
        title: What is done, for the top line.
        ask: The blocking question.
        needs_one: Whether it is not to be asked without a token.
        writes: Whether leaving in its midst would leave something half done.

    Returns:
        None where the user gives no token.

    Raises:
        PartnerTuiError: The forge did not do as it was asked, or what was typed is no token.
    """
    from partner_tui.forge.tokens import find_token, given_token

    run = screen.app.background.run
    token, typed, attempt = await run(Running("looking for a token"), find_token, forge.host), None, 1
    wants_one = needs_one and token is None
    while True:
        if wants_one:
            request = CredentialRequest("password", "", url=f"https://{forge.host}", attempt=attempt)
            text = await screen.app.push_screen_wait(CredentialsScreen(request))
            if text is None:
                return None
            token = typed = given_token(forge.host, text)
        try:
            running = Running(title, stoppable=False, writes=writes)
            return Done(await run(running, ask, token), typed)
        except TokenRefused as error:
            screen.app.show_error(error)
            wants_one, attempt = True, attempt + 1
