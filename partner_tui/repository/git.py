"""Runs git, and nothing else does: argument lists, an explicit folder, no prompt, no hook, and a way to stop it.

Building a command (``command_line``, ``environment``) is split from running it, so that tests read the arguments.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from partner_tui.errors import Cancelled, CredentialsRefused, GitError, SourceError
from partner_tui.repository.credentials import AskpassServer, CredentialRequest, Credentials
from partner_tui.repository.failures import GitMissing, explain
from partner_tui.repository.git_log import GitLog, LoggedCommand
from partner_tui.repository.progress import Progress, parse_progress
from partner_tui.repository.redact import clean, shown

__all__ = [
    "CredentialRequest",
    "Credentials",
    "GitLog",
    "LoggedCommand",
    "Output",
    "Progress",
    "command_line",
    "environment",
    "run",
    "run_bytes",
    "run_fully",
]

OUTPUT_LIMIT = 64 * 1024 * 1024
_ERROR_LINES = 400
_LONGEST_LINE = 4096
_ATTEMPTS = 3
_GRACE = 2.0

# A clone holds what strangers contributed, and the terminal belongs to the app: nothing of the clone's is run (hooks,
# file system monitors, LFS, submodules), nothing pages, nothing opens an editor, nothing goes on in the background.
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.editor=false",
    "sequence.editor=false",
    "core.quotePath=false",
    "color.ui=false",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
    "gc.auto=0",
    "maintenance.auto=false",
    # A server that sends nothing for a minute and a half is gone.
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=90",
)

# Of the caller's GIT_* only those survive that say how the user reaches remotes, where the user's own configuration
# is, and who the user is. The rest (GIT_DIR, GIT_INDEX_FILE, GIT_EXTERNAL_DIFF, GIT_TRACE ...) would point git at
# another repository, run programs, or print over the screen; a shell inside a hook or `git rebase --exec` sets them.
_KEPT = re.compile(
    r"GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|EXEC_PATH|HTTP_USER_AGENT|(?:PROXY_)?SSL_\w+|CEILING_DIRECTORIES"
    r"|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL))"
)


@dataclass(frozen=True, slots=True)
class Output:
    """What a command that succeeded printed; ``errors`` is cleaned and bounded, progress lines left out."""

    output: bytes
    errors: str


def command_line(arguments: Sequence[str], inherited: Mapping[str, str] | None = None) -> list[str]:
    """The whole command for ``git <arguments>``.

    Args:
        inherited: The environment the command will start from; its unwanted ``GIT_*`` are taken out by ``env -u``,
            since GitPython hands on all of it and can only add.
    """
    unwanted = [
        name
        for name in sorted(inherited or ())
        if (name.startswith("GIT_") and not _KEPT.fullmatch(name)) or name == "GPG_TTY"
    ]
    removed = ["env", *(part for name in unwanted for part in ("-u", name))] if unwanted else []
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [*removed, "git", "--literal-pathspecs", *settings, *arguments]


def environment() -> dict[str, str]:
    """What is added to every command's environment: English, no prompts, no optional locks, no big files."""
    return {
        "LC_ALL": "C",
        "LANGUAGE": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
    }


def run(
    arguments: Sequence[str],
    *,
    cwd: Path,
    progress: Callable[[Progress], None] | None = None,
    cancelled: threading.Event | None = None,
    credentials: Credentials | None = None,
    input: bytes | None = None,
    log: GitLog | None = None,
    extra: Mapping[str, str] | None = None,
    limit: int = OUTPUT_LIMIT,
) -> str:
    """``run_fully``, its output as text."""
    return run_fully(
        arguments,
        cwd=cwd,
        progress=progress,
        cancelled=cancelled,
        credentials=credentials,
        input=input,
        log=log,
        extra=extra,
        limit=limit,
    ).output.decode("utf-8", "surrogateescape")


def run_bytes(
    arguments: Sequence[str],
    *,
    cwd: Path,
    cancelled: threading.Event | None = None,
    limit: int = OUTPUT_LIMIT,
) -> bytes:
    """``run_fully`` for a command that reads, its output as it is."""
    return run_fully(arguments, cwd=cwd, cancelled=cancelled, limit=limit).output


def run_fully(
    arguments: Sequence[str],
    *,
    cwd: Path,
    progress: Callable[[Progress], None] | None = None,
    cancelled: threading.Event | None = None,
    credentials: Credentials | None = None,
    input: bytes | None = None,
    log: GitLog | None = None,
    extra: Mapping[str, str] | None = None,
    limit: int = OUTPUT_LIMIT,
) -> Output:
    """Run ``git <arguments>`` to its end.

    Args:
        progress: Called for each progress line, from a thread.
        cancelled: When set, the command and its children are ended.
        credentials: Asked up to three times while the remote refuses the answers. Without it, a command that needs
            an answer fails at once.
        log: Given for commands that change something.
        extra: Added to the environment.
        limit: Bytes of output; more is an error.

    Raises:
        Cancelled: It was stopped, or the user gave up answering.
        GitError: Git said no; see ``failures`` for its children.
        SourceError: ``cwd`` is no folder that can be entered.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        server = AskpassServer(credentials, attempt) if credentials is not None else None
        with server or contextlib.nullcontext():
            process = _Process(arguments, Path(cwd), server, input, extra, cancelled, progress, limit)
            try:
                output = process.complete()
            except CredentialsRefused:
                if log is not None:
                    log.add(process.text, False)
                if server is None or not server.asked or attempt == _ATTEMPTS:
                    raise
                continue
            except Exception:
                if log is not None:
                    log.add(process.text, False)
                raise
        if log is not None:
            log.add(process.text, True)
        return output
    raise AssertionError("unreachable")


class _Process:
    """One git process in a process group of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        cwd: Path,
        server: AskpassServer | None,
        input: bytes | None,
        extra: Mapping[str, str] | None,
        cancelled: threading.Event | None,
        progress: Callable[[Progress], None] | None,
        limit: int,
    ) -> None:
        self.text = shown(["git", *arguments])
        self._arguments = arguments
        self._cwd = cwd
        self._server = server
        self._input = input
        self._cancelled = cancelled
        self._progress = progress
        self._limit = limit
        self._errors: deque[str] = deque(maxlen=_ERROR_LINES)
        self._environment = environment() | dict(server.environment if server else {}) | dict(extra or {})
        self._ended = threading.Event()

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
            helpers = [threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True)]
            if self._cancelled is not None or self._server is not None:
                helpers.append(threading.Thread(target=self._watch, args=(process.pid,), daemon=True))
            for thread in helpers:
                thread.start()
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
                helpers[0].join(timeout=_GRACE)
        return self._judge(code, output)

    def _start(self, stdin: IO[bytes] | None) -> Any:
        if not self._cwd.is_dir() or not os.access(self._cwd, os.X_OK):
            raise SourceError(
                f"{self._cwd} is not a folder that can be opened.", "Check the path and its permissions."
            )
        if shutil.which("git") is None:
            raise GitMissing("Git is not installed, or not on the PATH.", "Install git, then start again.")
        import git

        return git.Git(str(self._cwd)).execute(
            command_line(self._arguments, os.environ),
            istream=stdin,  # type: ignore[arg-type]
            as_process=True,
            shell=False,
            env=self._environment,
            start_new_session=True,
        )

    def _judge(self, code: int, output: bytes) -> Output:
        errors = "\n".join(self._errors)
        if code and self._stop_asked():
            raise Cancelled
        if len(output) > self._limit:
            raise GitError(
                f"Git printed more than {self._limit} bytes, which is more than is read here.",
                "The file is too large for this app.",
                command=self.text,
                code=code,
                output=errors,
            )
        if code:
            printed = "\n".join(filter(None, [errors, clean(output[:65536].decode("utf-8", "replace"))]))
            raise explain(self.text, code, printed)
        return Output(output, errors)

    def _stop_asked(self) -> bool:
        given_up = self._server is not None and self._server.given_up.is_set()
        return given_up or (self._cancelled is not None and self._cancelled.is_set())

    def _read_errors(self, stream: IO[bytes]) -> None:
        """Progress lines go to the callback, the last others are kept; ends when the last child closes the pipe."""
        pending = b""
        with contextlib.suppress(OSError, ValueError):
            while part := os.read(stream.fileno(), 65536):
                *lines, pending = (pending + part).replace(b"\r", b"\n").split(b"\n")
                for line in lines:
                    self._take(line)
                pending = pending[-_LONGEST_LINE:]
        self._take(pending)

    def _take(self, line: bytes) -> None:
        text = clean(line[:_LONGEST_LINE].decode("utf-8", "replace")).rstrip()
        progress = parse_progress(text)
        if progress is None:
            if text:
                self._errors.append(text)
        elif self._progress is not None:
            self._progress(progress)

    def _watch(self, group: int) -> None:
        """End the whole group when asked to: politely first, so that git removes its lock and temporary files."""
        while not self._ended.wait(0.05):
            if self._stop_asked():
                _end(group, signal.SIGTERM)
                self._ended.wait(_GRACE)
                _end(group, signal.SIGKILL)
                return


def _end(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
