"""PyGithub with bounds: the size and the time of every answer, and no other host than the API's.

PyGithub itself follows a permanent redirect on the API's own host only; no other is followed.
"""

from __future__ import annotations

import time
from collections.abc import ItemsView
from typing import TYPE_CHECKING, Any

from partner_tui.errors import ForgeError, PartnerTuiError
from partner_tui.forge.hosts import Forge
from partner_tui.forge.tokens import Token

if TYPE_CHECKING:
    from github import Github

PAGE = 100
_MOST_BYTES = 32_000_000
"""A page of a hundred pull requests, each with the longest description that GitHub takes and its JSON around it."""
_SECONDS_TO_ANSWER = 15
_SECONDS = 60
_PIECE = 65_536


def connect(forge: Forge, token: Token | None) -> Github:
    """A client for a forge's API; nothing is sent yet.

    Raises:
        PartnerTuiError: The library is not installed.
    """
    try:
        import github
        from github.Requester import (
            HTTPRequestsConnectionClass,
            HTTPSRequestsConnectionClass,
            Requester,
        )
    except ImportError as error:
        raise PartnerTuiError(
            "Asking a forge needs a part that is not installed.",
            "Install it: pip install 'partner_tui[github]'",
        ) from error
    if token is not None and token.host != forge.host:
        raise AssertionError("a token goes to its own host")
    Requester.injectConnectionClasses(
        _bounded(HTTPRequestsConnectionClass), _bounded(HTTPSRequestsConnectionClass)
    )
    try:
        return github.Github(
            auth=github.Auth.Token(token.value) if token else None,
            base_url=forge.api,
            timeout=_SECONDS_TO_ANSWER,
            per_page=PAGE,
            lazy=True,
            retry=None,  # the library would sleep for as long as a rate limit lasts
            user_agent="partner-tui",
        )
    finally:
        Requester.resetConnectionClasses()


def _bounded(kind: Any) -> Any:
    """PyGithub's connection, its answers read piece by piece."""

    class Bounded:
        def __init__(self, host: str, port: int | None = None, **settings: Any) -> None:
            self.host = host
            self._inner = kind(host, port, **settings)
            self._inner.session.stream = True

        def request(self, *request: Any, **options: Any) -> None:
            self._inner.request(*request, **options)

        def getresponse(self) -> _Reply:
            reply = _Reply(self._inner.getresponse().response)
            if (
                300 <= reply.status < 400 and reply.status != 301
            ):  # which the library takes for an empty answer
                raise RuntimeError("redirected")
            return reply

        def close(self) -> None:
            self._inner.close()

    return Bounded


class _Reply:
    """An answer as PyGithub reads it."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self._response = response

    def getheaders(self) -> ItemsView[str, str]:
        items: ItemsView[str, str] = self.headers.items()
        return items

    def read(self) -> str:
        """The text; raises ForgeError where it is too long or does not end."""
        deadline = time.monotonic() + _SECONDS
        pieces, size = [], 0
        with self._response:
            while piece := self._response.raw.read1(_PIECE, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if size > _MOST_BYTES or time.monotonic() > deadline:
                    raise ForgeError("The forge's answer is too long, or takes too long.", "Try again later.")
        return b"".join(pieces).decode("utf-8", "replace")
