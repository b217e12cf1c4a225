"""The only module that runs git: logging, and up to three credential attempts."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Unpack

from partner_tui.errors import CredentialsRefused, PushRejected
from partner_tui.repository.process.options import Options, Output, Watch

__all__ = ["Options", "Output", "Watch", "offline", "run", "run_bytes", "run_fully", "stoppable"]


_ATTEMPTS = 3
_ends: ContextVar[threading.Event | None] = ContextVar("_ends", default=None)
_is_offline: ContextVar[bool] = ContextVar("_is_offline", default=False)


@contextlib.contextmanager
def stoppable(cancelled: threading.Event) -> Iterator[None]:
    """Each git of this block ends when the event is set."""
    before = _ends.set(cancelled)
    try:
        yield
    finally:
        _ends.reset(before)


@contextlib.contextmanager
def offline(cancelled: threading.Event) -> Iterator[None]:
    """No git of this block reaches a remote, not even for what a partial clone lacks; each ends when the event is set."""
    before = _is_offline.set(True)
    try:
        with stoppable(cancelled):
            yield
    finally:
        _is_offline.reset(before)


def run(arguments: Sequence[str], *, cwd: Path, **options: Unpack[Options]) -> str:
    """``run_fully``, its output as text."""
    return run_fully(arguments, cwd=cwd, **options).output.decode("utf-8", "surrogateescape")


def run_bytes(arguments: Sequence[str], *, cwd: Path, **options: Unpack[Options]) -> bytes:
    """``run_fully``, its output as it is."""
    return run_fully(arguments, cwd=cwd, **options).output


def run_fully(arguments: Sequence[str], *, cwd: Path, **options: Unpack[Options]) -> Output:
    """Run ``git <arguments>`` to its end.

    Raises:
        Cancelled: It was stopped, or the user gave up answering.
        GitError: Git said no; see ``failures`` for its children.
        SourceError: ``cwd`` is no folder that can be entered.
        Untrusted: It needs settings of the folder's own that the user has not trusted.
    """
    # Imported late: the first rows do not wait for what a process needs.
    from partner_tui.repository.process.child import Process
    from partner_tui.repository.process.credentials import AskpassServer
    from partner_tui.repository.process.failures.kinds import BranchProtected, NoWriteAccess, PushDeclined
    from partner_tui.repository.trust.decision import guarded

    if (ends := _ends.get()) is not None:
        options = {**options, "cancelled": ends}
    if _is_offline.get():
        options["credentials"] = None
        options["extra"] = {**options.get("extra", {}), "GIT_ALLOW_PROTOCOL": "none"}
    ask, log = options.get("credentials"), options.get("log")
    for attempt in range(1, _ATTEMPTS + 1):
        server = AskpassServer(ask, attempt) if ask is not None else None
        with guarded(arguments, cwd) as guard, server or contextlib.nullcontext():
            process = Process(arguments, cwd, server, options, guard)
            try:
                output = process.complete()
            except Exception as error:
                if log is not None:
                    log.add(process.text, False, getattr(error, "output", ""))
                # Whoever is told that a branch is protected, or that others were faster, was let in.
                let_in = isinstance(error, PushRejected | BranchProtected | PushDeclined)
                if server is not None and (let_in or isinstance(error, CredentialsRefused)):
                    server.settle(let_in)
                refused = isinstance(error, CredentialsRefused) and server is not None and server.asked
                # Nobody's other password helps whom the remote knows, and lets read only.
                if not refused or isinstance(error, NoWriteAccess) or attempt == _ATTEMPTS:
                    raise
                continue
        if log is not None:
            log.add(process.text, True, output.words)
        if server is not None:
            server.settle(True)
        return output
    raise AssertionError("the last attempt returns or raises")
