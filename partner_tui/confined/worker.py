"""The app's end of a child process that handles contributed content: it can hang, crash or be killed without harm.

The child's own end is `sandbox`. A request and its answer are a line each, in whatever encoding the two agree on; the first
line that the child writes says that it is ready.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from partner_tui.confined.sandbox import FOLDER_PREFIX
from partner_tui.errors import Cancelled, PartnerTuiError

_SECONDS_TO_START = 60.0
_SECONDS_TO_FINISH = 20.0
"""What a request that nobody waits for any more may take in all, where another one waits."""
_LOOK_SECONDS = 0.1
_FAILED_STARTS = 2
_LONGEST_ANSWER = 64 << 20
_PASSED_ON = frozenset(
    [
        "PATH",
        "HOME",
        "USERPROFILE",
        "LOCALAPPDATA",
        "SYSTEMROOT",
        "TMPDIR",
        "TEMP",
        "TMP",
        "LANG",
        "LC_ALL",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "PYTHONHOME",
    ]
)
"""What the child needs of the environment; tokens and the libraries' own settings stay here."""


class WorkerFailed(PartnerTuiError):
    """The child did not answer; the message is what it did instead, such as "took longer than 5 s".

    Attributes:
        is_gone: Whether it cannot be started at all, so that the next request would fail too.
        has_crashed: Whether it ended in the midst of the request.
    """

    def __init__(
        self, message: str, hint: str = "", *, is_gone: bool = False, has_crashed: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.is_gone = is_gone
        self.has_crashed = has_crashed


class Worker:
    """Asks a child process, one request at a time; started at the first one.

    A child that dies or takes longer than `seconds` for a request is ended and started anew for the next one. It ends
    by itself when the app does: its requests end then. Threads wait for each other.

    Args:
        module: Run as ``python -m``.
        seconds: What one request may take.
        command: Instead of `module`; for tests that need a child that misbehaves.
        environment: Given to the child as it is; without, no more of the app's than it needs to run at all.
    """

    def __init__(
        self,
        module: str,
        seconds: float,
        command: tuple[str, ...] | None = None,
        *,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.seconds = seconds
        self._environment = environment
        self._command = command or (sys.executable, "-m", module)
        self._child: _Child | None = None
        self._owed_until: float | None = None
        self._failed_starts = 0
        self._lock = threading.Lock()

    def ask(self, request: bytes, cancelled: threading.Event | None = None) -> bytes:
        """The answer to one request, both without a line break.

        Raises:
            WorkerFailed: The child crashed, took too long, or cannot be started.
            Cancelled: `cancelled` was set; the child goes on, as a new one takes longer to start than most requests to finish.
        """
        cancelled = cancelled or threading.Event()
        while not self._lock.acquire(timeout=_LOOK_SECONDS):
            _stop_if(cancelled)
        try:
            _stop_if(cancelled)
            child = self._started(cancelled)
            child.send(request)
            return self._received(child, self.seconds, cancelled)
        except WorkerFailed:
            self._end()
            raise
        finally:
            self._lock.release()

    def _started(self, cancelled: threading.Event) -> _Child:
        if self._child is not None and self._owed_until is not None:
            try:
                self._received(self._child, self._owed_until - time.monotonic(), cancelled)
            except WorkerFailed:
                self._end()
        if self._child is None:
            if self._failed_starts >= _FAILED_STARTS:
                raise WorkerFailed("cannot be started", is_gone=True)
            try:
                self._child = _Child(self._command, self._environment)
            except OSError as error:  # no room for its folder, or no more processes: that may pass
                raise WorkerFailed("cannot be started", error.strerror or str(error), is_gone=True) from error
            try:
                self._received(self._child, _SECONDS_TO_START, cancelled, _SECONDS_TO_START)
            except WorkerFailed as error:
                self._failed_starts += 1
                last_words = self._child.last_words()
                self._end()
                raise WorkerFailed(f"{error} while starting", last_words, is_gone=True) from error
        return self._child

    def _received(
        self,
        child: _Child,
        seconds: float,
        cancelled: threading.Event,
        to_finish: float = _SECONDS_TO_FINISH,
    ) -> bytes:
        self._owed_until = time.monotonic() + min(seconds, to_finish)
        line = child.receive(seconds, cancelled)
        self._owed_until, self._failed_starts = None, 0
        return line

    def stop(self) -> None:
        """End the child where it is at work and nobody waits for it. Does not wait for other threads.

        One that could not be started is tried again by the next request.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._failed_starts = 0
                if self._owed_until is not None:
                    self._end()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the child, if there is one; the worker can be used again."""
        with self._lock:
            self._failed_starts = 0
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child, self._owed_until = None, None


class _Child:
    """One running process and the thread that reads its answers."""

    def __init__(self, command: tuple[str, ...], environment: Mapping[str, str] | None) -> None:
        prefix = f"{FOLDER_PREFIX}{os.getpid()}-"
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._folder.name,
            env=_environment(self._folder.name, environment),
            process_group=0,  # ctrl+c in the terminal is not for the child; a session of its own would undo its `nice`
        )
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True, name="worker").start()

    def _read(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(ValueError, OSError):  # closed under us by end()
            while (line := pipe.readline(_LONGEST_ANSWER)).endswith(b"\n"):
                self._answers.put(line[:-1])
        self._answers.put(None)

    def send(self, request: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(request + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise _crashed() from error

    def receive(self, seconds: float, cancelled: threading.Event) -> bytes:
        until = time.monotonic() + seconds
        while True:
            _stop_if(cancelled)
            try:
                line = self._answers.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                if time.monotonic() > until:
                    raise WorkerFailed(f"took longer than {seconds:g} s") from None
                continue
            if line is None:
                raise _crashed()
            return line

    def last_words(self) -> str:
        """The last line the child printed."""
        self._errors.seek(0)
        lines = self._errors.read(1 << 20).decode("utf-8", "replace").split("\n")
        return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._errors.close()
        self._folder.cleanup()


def _stop_if(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise Cancelled("The check was stopped.")


def _crashed() -> WorkerFailed:
    return WorkerFailed("stopped unexpectedly", has_crashed=True)


def _environment(folder: str, whole: Mapping[str, str] | None) -> dict[str, str]:
    passed_on = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    environment = passed_on if whole is None else dict(whole)
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    environment["PYTHONWARNINGS"] = "ignore"
    environment["BIOIMAGEIO_CACHE_PATH"] = str(Path(folder) / "cache")
    return environment
