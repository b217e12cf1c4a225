"""The app's end of the spec library: a child process that can hang, crash or be killed without harm to anybody."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from partner_tui.compliance import wire
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import Cancelled, CheckerFailed

_SECONDS_TO_START = 60.0
_SECONDS_AN_ENTRY = 10.0
_FAILED_STARTS = 2
_LONGEST_ANSWER = 4 << 20
_NOT_YOUR_FAULT = "This says nothing about the entry itself; the others were checked."
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
"""What the child needs of the environment; tokens and the library's own settings stay here."""


def library_version() -> str:
    """The installed version of bioimageio.spec, read without importing it."""
    import importlib.metadata  # with all of `email`; not before the first screen

    return importlib.metadata.version("bioimageio.spec")


class Judge:
    """Asks the spec library about entries, one at a time; started at the first question.

    A child that dies or takes longer than `seconds` for an entry is ended and started anew for the next one. It ends
    by itself when the app does: its requests end then. One thread may use a judge at a time.

    Args:
        seconds: What one entry may take.
        command: The child; for tests that need one that misbehaves.
    """

    def __init__(self, seconds: float = _SECONDS_AN_ENTRY, command: tuple[str, ...] | None = None) -> None:
        self._seconds = seconds
        self._command = command or (sys.executable, "-m", "partner_tui.compliance.spec")
        self._child: _Child | None = None
        self._failed_starts = 0
        self._lock = threading.Lock()

    def judge(self, data: Any, cancelled: threading.Event | None = None) -> Verdict:
        """The library's verdict on a resolved entry.

        Raises:
            CheckerFailed: The library raised, crashed, took too long, or cannot be started.
            Cancelled: `cancelled` was set; the child goes on with other entries.
        """
        try:
            line = wire.encode({"data": data})
        except (TypeError, ValueError, RecursionError) as error:
            raise CheckerFailed(f"The checker cannot read this entry: {error}") from error
        with self._lock:
            answer = self._ask(line, cancelled or threading.Event())
        if "failed" in answer:
            raise CheckerFailed(f"The checker failed on this entry: {answer['failed']}", _NOT_YOUR_FAULT)
        try:
            return Verdict.from_json(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise CheckerFailed("The checker gave an answer that is none", _NOT_YOUR_FAULT) from error

    def _ask(self, line: str, cancelled: threading.Event) -> dict[str, Any]:
        child = self._started(cancelled)
        try:
            child.send(line)
            return child.receive(self._seconds, cancelled)
        except (_Died, _TooSlow) as error:
            self._end()
            raise CheckerFailed(f"The checker {error} on this entry", _NOT_YOUR_FAULT) from error
        except Cancelled:
            self._end()  # its answer would be taken for the next entry's
            raise

    def _started(self, cancelled: threading.Event) -> _Child:
        if self._child is None:
            if self._failed_starts >= _FAILED_STARTS:
                raise CheckerFailed(
                    "The checker cannot be started", "Is bioimageio.spec installed and whole?"
                )
            self._child = _Child(self._command)
            try:
                self._child.receive(_SECONDS_TO_START, cancelled)
            except (_Died, _TooSlow) as error:
                self._failed_starts += 1
                last_words = self._child.last_words()
                self._end()
                raise CheckerFailed(f"The checker {error} while starting", last_words) from error
            except Cancelled:
                self._end()
                raise
            self._failed_starts = 0
        return self._child

    def close(self) -> None:
        """End the child, if there is one; the judge can be used again."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Died(Exception):
    def __init__(self) -> None:
        super().__init__("stopped unexpectedly")


class _TooSlow(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {seconds:g} s")


class _Child:
    """One running process and the thread that reads its answers."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=wire.FOLDER_PREFIX, ignore_cleanup_errors=True)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._folder.name,
            env=_environment(self._folder.name),
            process_group=0,  # ctrl+c in the terminal is not for the child; a session of its own would undo its `nice`
        )
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True, name="judge").start()

    def _read(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(ValueError, OSError):  # closed under us by end()
            while (line := pipe.readline(_LONGEST_ANSWER)).endswith(b"\n"):
                self._answers.put(line)
        self._answers.put(None)

    def send(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode("ascii") + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise _Died from error

    def receive(self, seconds: float, cancelled: threading.Event) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while True:
            if cancelled.is_set():
                raise Cancelled("The check was stopped.")
            try:
                line = self._answers.get(timeout=0.1)
            except queue.Empty:
                if time.monotonic() > until:
                    raise _TooSlow(seconds) from None
                continue
            if line is None:
                raise _Died
            try:
                answer = wire.decode(line)
            except ValueError as error:
                raise _Died from error
            return answer if isinstance(answer, dict) else {}

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


def _environment(folder: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    environment["PYTHONWARNINGS"] = "ignore"
    environment["BIOIMAGEIO_CACHE_PATH"] = str(Path(folder) / "cache")
    return environment
