"""Recognises the prompts of git and ssh by their words.

Neither says it in another way, and both pass on what the host asks: a question that is not understood is shown as it is.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Literal

from partner_tui.repository.process.redact import clean

Kind = Literal[
    "username", "password", "code", "passphrase", "pin", "answer", "host-key", "confirm", "presence"
]

LONGEST_PROMPT = 4096
# The same question is answered by the same words each time.
_LASTING: tuple[Kind, ...] = ("username", "password", "passphrase")
_CODE = re.compile(
    r"(?i)\b(?:code|passcode|one-?time|otp|totp|hotp|oath|2fa|mfa|(?:two|second|multi)[- ]factor|authenticator|duo"
    r"|yubi-?key|securid|tokencode|challenge|response)\b"
)


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """One question; equal to another one when the words and what they are about are the same.

    Args:
        kind: ``host-key`` and ``confirm`` are answered by ``yes`` or ``no``; ``presence`` is a notice and has no answer;
            ``answer`` is a question that is not understood.
        prompt: The question in git's or ssh's words, escapes visible, credentials removed; may have several lines.
        url: What it is for, as far as the question says: a URL without user info, a host, a key file.
        username: Whose password it is, when the question says so.
        attempt: 1 for the first time; more when the last answer was refused.
        over: Set when it needs no answer any more: the key was touched, time is up, or the command has ended.
    """

    kind: Kind
    prompt: str
    url: str = ""
    username: str = ""
    attempt: int = field(default=1, compare=False)
    over: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)

    @property
    def secret(self) -> bool:
        """Whether the answer must not be shown while it is typed."""
        return self.kind in ("password", "passphrase", "pin", "code", "answer")

    @property
    def is_lasting(self) -> bool:
        """Whether an answer that was accepted answers this question again. Codes do not, and a wrong PIN locks a key."""
        return self.kind in _LASTING


def read_prompt(prompt: str, hint: str = "") -> CredentialRequest:
    """What git or ssh wants to know.

    Args:
        hint: ``SSH_ASKPASS_PROMPT``: ``none`` for a notice, ``confirm`` for yes or no.
    """
    text = clean(prompt[:LONGEST_PROMPT]).strip()
    quoted = re.search(r"'([^']*)'", prompt)
    url = clean(quoted[1]) if quoted else ""
    if hint == "none" or re.match(r"(?i)confirm user presence", prompt):
        return CredentialRequest("presence", text)
    if re.search(r"(?i)yes/no|'yes', 'no'|fingerprint is ", prompt):
        host = re.search(r"host '([^']*)'", prompt)
        return CredentialRequest("host-key", text, clean(host[1]) if host else "")
    if hint == "confirm":
        return CredentialRequest("confirm", text)
    if re.match(r"(?i)username", prompt):
        return CredentialRequest("username", text, url)
    if key := re.match(r"(?i)(?:enter )?passphrase(?: for(?: key)? )?'?([^':]*)'?", prompt):
        return CredentialRequest("passphrase", text, clean(key[1]).strip())
    # ``(ada@host) Verification code:`` and ``ada@host's password:`` are ssh's, ``'https://ada@host'`` is git's.
    ssh = re.match(r"\(?([^@\s('/]+)@([^)\s']+?)(?:\)|'s)\s", prompt)
    asked = re.sub(r"'[^']*'", "", prompt[ssh.end() :] if ssh else prompt)
    if ssh:
        url, username = clean(ssh[2]), clean(ssh[1])
    else:
        user = re.search(r"//([^/@:']+)@", prompt)
        username = clean(user[1]) if user else ""
    kind: Kind = "answer"
    if re.search(r"\bPIN\b", asked):
        kind = "pin"
    elif _CODE.search(asked):
        kind = "code"
    elif re.search(r"(?i)passphrase", asked):
        kind = "passphrase"
    elif re.match(r"(?i)\s*password\b", asked):
        kind = "password"
    return CredentialRequest(kind, text, url, username)
