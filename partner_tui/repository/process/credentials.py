"""User names, passwords, codes, passphrases and host keys are asked for inside the app, never on the terminal.

Git and ssh run a tiny program (``askpass.py``) for each question; it passes the question over a private socket to a thread
here, which asks the app. The user's own credential helpers and ssh agent are asked by git and ssh first.

The rule: an answer goes to the question that it was given for. It is used again for the very same question alone, once the
remote has accepted it, and only where the question is known to mean the same each time: a code is never kept.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shlex
import shutil
import socket
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from partner_tui.repository.process.prompts import LONGEST_PROMPT, CredentialRequest, read_prompt
from partner_tui.repository.stale_files import temporary_prefix

SOCKET_VARIABLE = "PARTNER_TUI_ASKPASS_SOCKET"
TOKEN_VARIABLE = "PARTNER_TUI_ASKPASS_TOKEN"
_ASKPASS_PROGRAM = Path(__file__).with_name("askpass.py")

Credentials = Callable[[CredentialRequest], str | None]
"""Asks the user; called from a thread. None means that the user cancelled. For ``presence`` it returns when that is over."""

Given = Sequence[tuple[CredentialRequest, str]]
"""The questions of one command, each with its answer."""


class RememberedCredentials:
    """Answers of this session, so that a fetch and the push after it ask once; nothing reaches a disk."""

    def __init__(self, ask: Credentials) -> None:
        self._ask = ask
        self._answers: dict[CredentialRequest, str] = {}
        self._lock = threading.Lock()

    def __call__(self, request: CredentialRequest) -> str | None:
        answer = self.find(request)
        return self._ask(request) if answer is None else answer

    def find(self, request: CredentialRequest) -> str | None:
        """The answer that was accepted before; none when it is refused by now."""
        with self._lock:
            if request.attempt > 1:
                self._answers.pop(request, None)
            return self._answers.get(request)

    def settle(self, given: Given, accepted: bool) -> None:
        """A command has ended: keep what the remote accepted, forget what it did not."""
        asked = Counter(request for request, _ in given)
        with self._lock:
            for request, answer in given:
                # Asked twice in one go, it was wrong the first time, or it was a code that looks like a password.
                if accepted and request.is_lasting and asked[request] == 1:
                    self._answers[request] = answer
                else:
                    self._answers.pop(request, None)


class Unattended:
    """For work that nobody waits for: known answers are used, and nobody is asked.

    Args:
        remembered: The session's answers.
        on_wanted: Called from a thread with the question that stops the work, or with a security key to be touched.
    """

    def __init__(
        self, remembered: RememberedCredentials, on_wanted: Callable[[CredentialRequest], None]
    ) -> None:
        self._remembered = remembered
        self._on_wanted = on_wanted

    def __call__(self, request: CredentialRequest) -> str | None:
        answer = self._remembered.find(request)
        if answer is None:
            self._on_wanted(request)
        return "" if request.kind == "presence" else answer

    def settle(self, given: Given, accepted: bool) -> None:
        self._remembered.settle(given, accepted)


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
        self._folder = Path(tempfile.mkdtemp(prefix=temporary_prefix("ask")))
        self._program = self._folder / "askpass"
        self._socket_path = self._folder / "s"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._asking = threading.Lock()
        self._over = threading.Event()
        self._given: list[tuple[CredentialRequest, str]] = []
        self.asked = False
        self.given_up = threading.Event()
        self.failure: Exception | None = None

    def settle(self, accepted: bool) -> None:
        """Tell who remembers answers how the command ended."""
        if isinstance(self._ask, RememberedCredentials | Unattended):
            self._ask.settle(self._given, accepted)

    def __enter__(self) -> AskpassServer:
        python = " ".join(shlex.quote(part) for part in (sys.executable, "-I", "-S", str(_ASKPASS_PROGRAM)))
        self._program.write_text(f'#!/bin/sh\nexec {python} "$@"\n', encoding="utf-8")
        self._program.chmod(0o700)
        self._socket.bind(str(self._socket_path))
        self._socket.listen(4)
        threading.Thread(target=self._serve, name="askpass", daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
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
            threading.Thread(target=self._talk, args=(connection,), name="askpass", daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        """Answer one question: ``+answer``, or ``-`` when there is none."""
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            received = b""
            while not received.endswith(b"\0") and len(received) < LONGEST_PROMPT:
                if not (part := connection.recv(LONGEST_PROMPT)):
                    break
                received += part
            token, hint, prompt = (received.decode("utf-8", "replace").rstrip("\0") + "\n\n").split("\n", 2)
            if not secrets.compare_digest(token.encode(), self._token.encode()):
                connection.sendall(b"-")
                return
            request = read_prompt(prompt.rstrip("\n"), hint)
            threading.Thread(target=self._watch, args=(request, connection), daemon=True).start()
            answer = self._put(request) if request.kind == "presence" else self._answer(request)
            connection.sendall(b"-" if answer is None else b"+" + answer.encode())

    def _watch(self, request: CredentialRequest, connection: socket.socket) -> None:
        """See the question end: ssh ends the program that asks for a touch when the key was touched, or time is up."""
        with contextlib.suppress(OSError):
            connection.settimeout(0.1)
            while not self._over.is_set():
                with contextlib.suppress(TimeoutError):
                    if not connection.recv(1):
                        break
        request.over.set()

    def _answer(self, request: CredentialRequest) -> str | None:
        with self._asking:
            if self.given_up.is_set():
                return None
            self.asked = True
            again = sum(before == request for before, _ in self._given)
            request = replace(request, attempt=self._attempt + again)
            answer = self._put(request)
            if answer is not None:
                self._given.append((request, answer))
            return answer

    def _put(self, request: CredentialRequest) -> str | None:
        """Ask the app; whatever comes of it, the command does not hang."""
        try:
            answer = self._ask(request)
        except Exception as error:
            self.failure = error
            answer = None
        if answer is None and not request.over.is_set():
            self.given_up.set()
        return answer
