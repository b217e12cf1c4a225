"""A host's token: from the environment, the `gh` command, or the system's keyring.

The rule: a token belongs to one host, and no log, error or representation has it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass, field

from partner_tui.addresses.forge import GITHUB
from partner_tui.errors import PartnerTuiError

_SERVICE = "partner-tui"
_GH_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A secret.

    Attributes:
        host: The only one that it may be sent to.
        origin: Where it is from, in words.
    """

    host: str
    value: str = field(repr=False)
    origin: str


def find_token(host: str) -> Token | None:
    """The token for a host; None where there is none. May start `gh` and wait for the keyring."""
    for name in ("GH_TOKEN", "GITHUB_TOKEN") if host == GITHUB else ("GH_ENTERPRISE_TOKEN",):
        belongs = host == GITHUB or os.environ.get("GH_HOST", host).lower() == host
        if belongs and (value := _clean(os.environ.get(name, ""))):
            return Token(host, value, name)
    if value := _of_gh(host):
        return Token(host, value, "gh")
    if value := _of_keyring(host):
        return Token(host, value, "the keyring")
    return None


def given_token(host: str, text: str) -> Token:
    """The token that a user typed. Raises PartnerTuiError where it cannot be one."""
    value = _clean(text)
    if not value:
        raise PartnerTuiError(
            "This is not a token: it is empty, or has a space or a character that no token has.",
            "Copy the token again from the page that made it.",
        )
    return Token(host, value, "you")


def keep_token(token: Token) -> None:
    """Keep a token in the system's keyring; one that would write it to a file as it is gets none.

    Raises:
        PartnerTuiError: There is no keyring, or it refuses.
    """
    try:
        import keyring

        backend = keyring.get_keyring()
        used = getattr(backend, "backends", (backend,))  # several, one after the other
        if any("plaintext" in type(one).__name__.lower() for one in used):
            raise PartnerTuiError("The keyring is a plain file.")
        keyring.set_password(_SERVICE, token.host, token.value)
        if keyring.get_password(_SERVICE, token.host) != token.value:
            raise PartnerTuiError("The keyring keeps nothing.")
    except Exception as error:  # backends raise whatever their system does
        raise PartnerTuiError(
            "The token was not saved: this system has no keyring that takes it.",
            f"It is used until you quit. To save one, run: gh auth login --hostname {token.host}",
        ) from error


def _of_gh(host: str) -> str:
    program = shutil.which("gh")
    if program is None:
        return ""
    with contextlib.suppress(OSError, subprocess.SubprocessError, UnicodeError):
        said = subprocess.run(
            [program, "auth", "token", f"--hostname={host}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GH_SECONDS,
            encoding="utf-8",
            cwd=os.path.expanduser("~"),  # noqa: PTH111 - not the opened folder, which may be hostile
        )
        return _clean(said.stdout) if said.returncode == 0 else ""
    return ""


def _of_keyring(host: str) -> str:
    with contextlib.suppress(
        Exception
    ):  # no library, no keyring, a locked one: all mean that there is no token
        import keyring

        return _clean(keyring.get_password(_SERVICE, host) or "")
    return ""


def _clean(text: str) -> str:
    """The token; "" for what cannot stand in a header."""
    value = text.strip()
    return value if value.isascii() and value.isprintable() and " " not in value else ""
