"""Takes credentials out of text from git and makes terminal escapes visible, before it is shown, logged or raised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partner_tui.plain import visible

_USER_INFO = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*:/{1,3})(\S*)@")
_SCHEME = re.compile(r"(?i)^[a-z][a-z0-9+.-]*:?[/\\]{1,3}")
_NOT_A_PORT = re.compile(r"(?<=//)([^/\s:@\[\]]+):(?!\d*(?:[/?#]|$))[^/\s@]*")
_QUERY_SECRET = re.compile(
    r"(?i)([?&;#][\w.-]*(?:token|passw(?:or)?d|pwd|secret|key|auth|signature|credential)[\w.-]*=)[^&;#\s'\"]+"
)
_TOKEN = re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,})")


def redact(text: str) -> str:
    """The text without user info in http(s) URLs, passwords in other URLs, secrets in queries, or known tokens."""
    text = _USER_INFO.sub(_without_secret, text)
    text = _QUERY_SECRET.sub(r"\1***", text)
    return _TOKEN.sub("***", text)


def _without_secret(match: re.Match[str]) -> str:
    scheme, info = match[1], match[2]
    before_path, colon, _ = info.partition(":")
    if "/" in (before_path if colon else info):
        return match[0]  # the @ is part of a path: of a branch's name, or of a package's
    if scheme.lower().startswith("http"):
        return scheme
    return f"{scheme}{before_path}@"


def address(text: str) -> str:
    """What a user gave as an address, made safe to show however it is misspelt: whatever may be a password is left out."""
    head, at, rest = text.rpartition("@")
    if at and (":" in head or "//" in head):
        scheme = _SCHEME.match(head)
        user = re.fullmatch(r"(?i)((?:git\+)?ssh(?:\+git)?://[\w.-]+)(?::.*)?", head)
        text = f"{user[1]}@{rest}" if user else f"{scheme[0] if scheme else ''}{rest}"
    return clean(_NOT_A_PORT.sub(r"\1", text))


def clean(text: str) -> str:
    """Redacted, with escapes and control characters other than newlines as signs that can be seen."""
    return redact(visible(text, lines=True))


def shown(command: Sequence[str]) -> str:
    """A command as one line that can be shown and logged; arguments with blanks are quoted."""
    import shlex

    return clean(shlex.join(map(redact, command))).replace("\n", " ")
