"""A question to a forge, with a token that the user is asked for where none is found, or the forge rejects the one that is.

The rule: a token goes to its own host alone, is used until the app ends, and is kept only in the system's keyring and only when
the user agrees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from partner_tui.errors import TokenRefused
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import CredentialsScreen

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.app_base import BaseApp

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of it."""

    result: T


async def with_token(
    app: BaseApp,
    forge: Forge,
    title: str,
    ask: Callable[[Token | None], T],
    *,
    needs_one: bool = False,
    writes: bool = False,
) -> Done[T] | None:
    """Ask a forge, again with another token as long as it rejects the one it got.

    Args:
        needs_one: Whether it is not to be asked without a token.
        writes: Whether leaving in its midst would leave something half done.

    Returns:
        None where the user gives no token.

    Raises:
        PartnerTuiError: The forge did not do as it was asked, or what was typed is no token.
    """
    from partner_tui.forge.tokens import find_token, given_token

    run = app.background.run
    token = app.tokens.get(forge.host) or await run(Running("looking for a token"), find_token, forge.host)
    typed, attempt, why = None, 1, ""
    wants_one = needs_one and token is None
    while True:
        if wants_one:
            request = CredentialRequest("password", "", url=f"https://{forge.host}", attempt=attempt)
            text = await app.push_screen_wait(CredentialsScreen(request, why))
            if text is None:
                return None
            token = typed = given_token(forge.host, text)
        try:
            done = Done(await run(Running(title, stoppable=False, writes=writes), ask, token))
        except TokenRefused as error:
            app.tokens.pop(forge.host, None)
            wants_one, attempt, why = True, attempt + 1, f"{error.message} {error.hint}"
            continue
        if typed is not None:
            app.tokens[forge.host] = typed
            await _offer_to_keep(app, typed)
        return done


async def _offer_to_keep(app: BaseApp, token: Token) -> None:
    from partner_tui.forge.tokens import keep_token

    question = ConfirmScreen(
        "Save the token?",
        f"It would be saved in your system's keyring, for {token.host} alone. Otherwise it is used until you quit.",
        yes="Save",
        no="Don't save",
    )
    if await app.push_screen_wait(question):
        with app.errors_shown(asked=True):
            await app.background.run(Running("saving the token", stoppable=False), keep_token, token)
