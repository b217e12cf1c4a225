"""User names, passwords, passphrases and host keys are asked for inside the app, never on the terminal.

Git and ssh run a tiny program (``askpass.py``) for each question; it passes the question over a private socket to the
thread here, which asks the app. The user's own credential helpers and ssh agent are asked by git and ssh first.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shlex
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from partner_tui.repository.redact import clean

Kind = Literal["username", "password", "passphrase", "host-key"]

SOCKET_VARIABLE = "PARTNER_TUI_ASKPASS_SOCKET"
TOKEN_VARIABLE = "PARTNER_TUI_ASKPASS_TOKEN"
_LONGEST_PROMPT = 4096
_ASKPASS_PROGRAM = Path(__file__).with_name("askpass.py")


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """One question.

    Args:
        kind: ``host-key`` is answered by ``yes`` or ``no``; everything but ``username`` and ``host-key`` is secret.
        prompt: The question in git's or ssh's words, escapes and credentials removed; may have several lines.
        url: What it is for, as far as the question says: a URL without user info, ``user@host``, a key file.
        username: Whose password it is, when the question says so.
        attempt: 1 for the first time; more when the last answer was refused.
    """

    kind: Kind
    prompt: str
    url: str = ""
    username: str = ""
    attempt: int = 1

    @property
    def secret(self) -> bool:
        """Whether the answer must not be shown while it is typed."""
        return self.kind in ("password", "passphrase")


Credentials = Callable[[CredentialRequest], str | None]
"""Asks the user; called from a worker's thread. None means that the user gave up."""


class RememberedCredentials:
    """Answers of this session, so that a fetch and the push after it ask once; nothing reaches a disk."""

    def __init__(self, ask: Credentials) -> None:
        self._ask = ask
        self._answers: dict[tuple[Kind, str, str], str] = {}
        self._lock = threading.Lock()

    def __call__(self, request: CredentialRequest) -> str | None:
        key = (request.kind, request.url, request.username)
        with self._lock:
            if request.attempt > 1:
                self._answers.clear()
            elif key in self._answers:
                return self._answers[key]
        answer = self._ask(request)
        if answer is not None and request.kind != "host-key":
            with self._lock:
                self._answers[key] = answer
        return answer


def read_prompt(prompt: str, attempt: int = 1) -> CredentialRequest:
    """What git or ssh wants to know, from the text of its question."""
    named = re.search(r"for '([^']*)'", prompt)
    url = clean(named[1]) if named else ""
    text = clean(prompt[:_LONGEST_PROMPT]).strip()
    if re.search(r"(?i)yes/no|fingerprint", prompt):
        host = re.search(r"host '([^']*)'", prompt)
        return CredentialRequest("host-key", text, clean(host[1]) if host else "", attempt=attempt)
    if re.match(r"(?i)username", prompt):
        return CredentialRequest("username", text, url, attempt=attempt)
    if re.search(r"(?i)passphrase|\bPIN\b", prompt):
        key = re.search(r"key '?([^':]*)'?", prompt)
        return CredentialRequest("passphrase", text, clean(key[1]) if key else "", attempt=attempt)
    user = re.search(r"//([^/@:']+)@", prompt) or re.search(r"^\(?([^@\s(]+)@", prompt)
    return CredentialRequest("password", text, url, clean(user[1]) if user else "", attempt=attempt)


class AskpassServer:
    """Answers the questions of one git command; a context manager.

    The socket lies in a folder that only this user can enter, and each question must carry the command's token.

    Args:
        ask: The app's dialog.
        attempt: How often this command was tried, told to the dialog.
    """

    def __init__(self, ask: Credentials, attempt: int = 1) -> None:
        self._ask = ask
        self._attempt = attempt
        self._token = secrets.token_hex(16)
        self._folder = Path(tempfile.mkdtemp(prefix="ptui-"))
        self._program = self._folder / "askpass"
        self._socket_path = self._folder / "s"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._thread = threading.Thread(target=self._serve, name="askpass", daemon=True)
        self.asked = False
        self.given_up = threading.Event()
        self.failure: Exception | None = None

    def __enter__(self) -> AskpassServer:
        python = " ".join(shlex.quote(part) for part in (sys.executable, "-I", "-S", str(_ASKPASS_PROGRAM)))
        self._program.write_text(f'#!/bin/sh\nexec {python} "$@"\n', encoding="utf-8")
        self._program.chmod(0o700)
        self._socket.bind(str(self._socket_path))
        self._socket.listen(4)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # A thread that waits in accept() is not woken by close(); shutdown() does it.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def environment(self) -> Mapping[str, str]:
        """What git and ssh must find in their environment; DISPLAY because older ssh asks nobody without one."""
        return {
            "GIT_ASKPASS": str(self._program),
            "SSH_ASKPASS": str(self._program),
            "SSH_ASKPASS_REQUIRE": "force",
            "DISPLAY": os.environ.get("DISPLAY") or ":0",
            "GCM_INTERACTIVE": "auto",
            SOCKET_VARIABLE: str(self._socket_path),
            TOKEN_VARIABLE: self._token,
        }

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.settimeout(10)
                    connection.sendall(self._answer(connection))
                except OSError:
                    continue

    def _answer(self, connection: socket.socket) -> bytes:
        """``+answer``, or ``-`` when there is none."""
        received = b""
        while len(received) < _LONGEST_PROMPT and (part := connection.recv(_LONGEST_PROMPT)):
            received += part
        token, _, prompt = received.decode("utf-8", "replace").partition("\n")
        if not secrets.compare_digest(token.encode(), self._token.encode()) or self.given_up.is_set():
            return b"-"
        self.asked = True
        try:
            answer = self._ask(read_prompt(prompt, self._attempt))
        except Exception as error:
            self.failure = error
            self.given_up.set()
            return b"-"
        if answer is None:
            self.given_up.set()
            return b"-"
        return b"+" + answer.encode()
