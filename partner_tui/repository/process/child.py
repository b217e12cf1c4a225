"""One git process in a process group of its own: watched, bounded, and ended with all its children when asked to."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import IO, Any

from partner_tui.errors import Cancelled, GitError, SourceError
from partner_tui.repository.process.command import command_line, environment, users_askpass
from partner_tui.repository.process.credentials import AskpassServer
from partner_tui.repository.process.failures import explain
from partner_tui.repository.process.failures.kinds import GitMissing
from partner_tui.repository.process.options import Guard, Options, Output
from partner_tui.repository.process.redact import clean, shown
from partner_tui.repository.process.words import LONGEST_LINE, Words, arranged

OUTPUT_LIMIT = 64 * 1024 * 1024
_GRACE = 2.0
# A command on this machine that has not ended after so many seconds may wait for what never comes: it is looked once.
_LOOK_AFTER = 3.0
# And one that only reads, which nobody can cancel, has so many to end.
_READS_WITHIN = 300.0
_WATCHED = frozenset({"cancelled", "credentials", "log"})


class Process:
    """One git process in a process group of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        cwd: Path,
        server: AskpassServer | None,
        options: Options,
        guard: Guard,
    ) -> None:
        self.text = shown(["git", *arguments])
        self._arguments = arguments
        self._cwd = cwd
        self._server = server
        self._input = options.get("input")
        self._cancelled = options.get("cancelled")
        self._progress = options.get("progress")
        self._limit = options.get("limit", OUTPUT_LIMIT)
        self._says_no = options.get("says_no", 0)
        self._environment = {
            **environment(),
            **(server.environment if server else users_askpass(os.environ)),
            **options.get("extra", {}),
            **guard.environment,
        }
        self._words = Words()
        self._ended = threading.Event()
        self._only_reads = not _WATCHED & options.keys()
        self._hangs: GitError | None = None

    def complete(self) -> Output:
        if self._stop_asked():
            raise Cancelled
        with contextlib.ExitStack() as stack:
            stdin: IO[bytes] | None = None
            if self._input is not None:
                stdin = stack.enter_context(tempfile.TemporaryFile())
                stdin.write(self._input)
                stdin.seek(0)
            process = self._start(stdin)
            errors = threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True)
            errors.start()
            threading.Thread(target=self._watch, args=(process.pid,), daemon=True).start()
            try:
                output = process.stdout.read(self._limit + 1)
                if len(output) > self._limit:
                    _end(process.pid, signal.SIGKILL)
                code = process.proc.wait()
            except BaseException:
                _end(process.pid, signal.SIGKILL)
                raise
            finally:
                self._ended.set()
                errors.join(timeout=_GRACE)
        return self._judge(code, output)

    def _start(self, stdin: IO[bytes] | None) -> Any:
        if not self._cwd.is_dir() or not os.access(self._cwd, os.X_OK):
            raise SourceError(
                f"{self._cwd} is not a folder that can be opened.", "Check the path and its permissions."
            )
        if shutil.which("git") is None:
            raise GitMissing("Git is not installed, or not on the PATH.", "Install git, then start again.")
        try:
            import git
        except ImportError as error:  # it starts git for its version: one that cannot even say that
            if isinstance(error, ModuleNotFoundError):
                raise
            said = str(getattr(error.__cause__, "stderr", "")).partition("'")[2].rstrip("'")
            raise explain("git version", 1, clean(said)) from error

        return git.Git(str(self._cwd)).execute(
            command_line(self._arguments, os.environ.keys() - self._environment.keys()),
            istream=stdin,  # type: ignore[arg-type]
            as_process=True,
            shell=False,
            env=self._environment,
            start_new_session=True,
        )

    def _judge(self, code: int, output: bytes) -> Output:
        words = str(self._words)
        code = 0 if code == self._says_no else code
        if code and self._server is not None and self._server.failure is not None:
            raise self._server.failure
        if code and self._stop_asked():
            raise Cancelled
        if code and self._hangs is not None:
            raise self._hangs
        if len(output) > self._limit:
            raise self._error(
                f"Git printed more than {self._limit} bytes.", "The file is too large for this app."
            )
        if code:
            printed = clean(output[:65536].decode("utf-8", "replace")).splitlines()
            raise explain(self.text, code, arranged([*words.splitlines(), *filter(None, printed)]))
        return Output(output, words)

    def _stop_asked(self) -> bool:
        given_up = self._server is not None and self._server.given_up.is_set()
        return given_up or (self._cancelled is not None and self._cancelled.is_set())

    def _read_errors(self, stream: IO[bytes]) -> None:
        """Progress lines go to the callback, the others are kept; ends when the last child closes the pipe."""
        pending = b""
        with contextlib.suppress(OSError, ValueError):
            while part := os.read(stream.fileno(), 65536):
                *lines, pending = (pending + part).replace(b"\r", b"\n").split(b"\n")
                for line in lines:
                    self._take(line)
                pending = pending[: LONGEST_LINE + 1]
        self._take(pending)

    def _take(self, line: bytes) -> None:
        progress = self._words.take(line)
        if progress is not None and self._progress is not None:
            self._progress(progress)

    def _watch(self, group: int) -> None:
        """End the whole group when asked to, and where it would never end by itself: politely first, so that git
        removes its lock and temporary files."""
        started, has_looked = time.monotonic(), False
        while not self._ended.wait(0.05):
            taken = time.monotonic() - started
            if not has_looked and taken > _LOOK_AFTER and self._server is None:
                has_looked = True
                self._hangs = self._waits_on(find_endless(self._cwd, self._ended))
            if self._only_reads and taken > _READS_WITHIN:
                self._hangs = self._hangs or self._takes_too_long()
            if self._stop_asked() or self._hangs is not None:
                _end(group, signal.SIGTERM)
                self._ended.wait(_GRACE)
                _end(group, signal.SIGKILL)
                return

    def _waits_on(self, path: str | None) -> GitError | None:
        if path is None:
            return None
        return self._error(
            f"{path} is a pipe or device, not a file: git cannot read it.", "Remove it, then try again."
        )

    def _takes_too_long(self) -> GitError:
        return self._error(
            f"Git did not finish within {_READS_WITHIN / 60:.0f} minutes: {self.text}",
            "Run that command in a shell to see what it waits for.",
        )

    def _error(self, message: str, hint: str) -> GitError:
        return GitError(message, hint, command=self.text, output=str(self._words))


def _end(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


_READ_IN_PASSING = frozenset({".gitattributes", ".gitignore", ".gitmodules", ".mailmap"})


def find_endless(root: Path, stop: Event) -> str | None:
    """The first pipe or device in the place of a file that git reads in each folder, from the root: opened, it waits for ever.

    None when there is none, or when told to stop.

    Args:
        root: A work tree; its git folder is not gone through (``trust.git_folder`` looks for pipes in there).
    """
    for top, folders, files in os.walk(root):
        if stop.is_set():
            return None
        if ".git" in folders:
            folders.remove(".git")
        for name in sorted(_READ_IN_PASSING.intersection(files)):
            path = Path(top, name)
            if _never_ends(path):
                return path.relative_to(root).as_posix()
    return None


def _never_ends(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
