"""Takes credentials out of text from git and makes terminal escapes visible, before it is shown, logged or raised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partner_tui.plain import visible

_HTTP_USER = re.compile(r"(?i)\b(https?://)[^/\s'\"@]*(?:@[^/\s'\"@]*)*@")
_OTHER_PASSWORD = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^/\s:@'\"]+):[^/\s'\"]*@")
_QUERY_SECRET = re.compile(r"(?i)([?&](?:access_token|private_token|token|password|key)=)[^&\s'\"]+")
_TOKEN = re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,})")


def redact(text: str) -> str:
    """The text without user info in http(s) URLs, passwords in other URLs, tokens in queries, or known tokens."""
    text = _HTTP_USER.sub(r"\1", text)
    text = _OTHER_PASSWORD.sub(r"\1@", text)
    text = _QUERY_SECRET.sub(r"\1***", text)
    return _TOKEN.sub("***", text)


def clean(text: str) -> str:
    """Redacted, with escapes and control characters other than newlines as signs that can be seen."""
    return redact(visible(text, lines=True))


def shown(command: Sequence[str]) -> str:
    """A command as one line that can be shown and logged; arguments with blanks are quoted."""
    import shlex

    return clean(shlex.join(command)).replace("\n", " ")
