"""Printing and asking on the command line: results on standard output, everything else on standard error.

Text from manifests and from git is hostile: on a terminal its control characters are made visible.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui.errors import GitError, ManifestParseError, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.private import private_file

if TYPE_CHECKING:
    from rich.console import RenderableType

    from partner_tui.repository.process.progress import Progress
    from partner_tui.repository.process.prompts import CredentialRequest

MAX_LOG_BYTES = 1_000_000
DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def is_interactive() -> bool:
    """Whether there is a terminal to draw on and to read keys from; one that calls itself dumb draws nothing."""
    return os.environ.get("TERM") != "dumb" and all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    )


def draw_whole_frames() -> None:
    """Give the app, which draws on standard error, a stream that writes all that it is given.

    With PYTHONUNBUFFERED (common in containers) Python's stream drops the rest of a write that a signal cut short, such as
    that of a git process that ended: half a frame would be missing on the screen.
    """
    stream = sys.__stderr__
    if stream is not None and isinstance(getattr(stream, "buffer", None), io.RawIOBase):
        whole = open(stream.fileno(), "wb", closefd=False)  # noqa: SIM115
        sys.__stderr__ = io.TextIOWrapper(whole, stream.encoding, stream.errors)  # type: ignore[misc]


def write(text: str) -> None:
    """Print a result. A reader that goes away early (`| head`) is no error."""
    with _reader_may_leave():
        click.echo(_safe(text))


def write_json(shape: object) -> None:
    """Print a result for programs."""
    import json

    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    write(json.dumps(shape, ensure_ascii=not is_unicode, indent=2))


def print_notice(line: str) -> None:
    """One line on standard error: what to know besides the result."""
    click.echo(visible(line), err=True)


def write_rich(*renderables: RenderableType) -> None:
    """Print what rich lays out, one below the other; its texts are safe already. A line stays one where `grep` may read it."""
    from rich.console import Console, Group

    with _reader_may_leave():
        Console(highlight=False).print(Group(*renderables), soft_wrap=not sys.stdout.isatty())


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Also one that reads another encoding: characters that it does not have are escaped."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end: let that go nowhere.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_coloured() -> bool:
    """Whether standard output is a terminal that wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def write_drawn(text: str) -> None:
    """Print a drawing with its escape sequences, which are the app's own; its texts are safe already."""
    with _reader_may_leave():
        click.echo(text, nl=False)


def write_diff(diff: str) -> None:
    """Print a unified diff, in colour on a terminal; as it is, for `patch`, anywhere else."""
    if not diff:
        click.echo("No change: the field already has this value.", err=True)
    elif is_coloured():
        for line in _safe(diff).splitlines():
            click.secho(line, fg=DIFF_COLOURS.get(line[:1]), bold=line.startswith(("---", "+++")))
    else:
        write(diff.removesuffix("\n"))


def print_error(error: PartnerTuiError) -> None:
    """One line and a hint on standard error; of a file that does not parse, the lines around the place too; of git, its words."""
    click.echo(f"Error: {visible(error.message, lines=True)}", err=True)
    if isinstance(error, GitError):
        for said in error.output.splitlines():
            click.echo(f"  {visible(said)}", err=True)
    if isinstance(error, ManifestParseError):
        from partner_tui.manifest.text.parse_context import context_lines

        for line in context_lines(error):
            click.echo(f"  {line.gutter}{line.text}", err=True)
    if error.hint:
        click.echo(f"Hint: {visible(error.hint)}", err=True)
    if isinstance(error, ManifestParseError) and error.kind == "yaml":
        click.echo("Run `partner-tui repair FILE` to see suggested repairs.", err=True)


def log_to(path: Path) -> None:
    """Send log and warnings to a file, before anything can draw over the screen; one older file is kept."""
    handler: logging.Handler = logging.NullHandler()
    with suppress(OSError):
        private_file(path)
        if path.stat().st_size > MAX_LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
            private_file(path)
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a log that cannot be written, as on a full disk, is no word to the user


class ProgressLine:
    """Progress of git on standard error: one line that is rewritten on a terminal, one line a phase elsewhere."""

    def __init__(self) -> None:
        self._phase = ""
        self._on_terminal = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        return self

    def show(self, progress: Progress) -> None:
        words = progress.words
        if self._on_terminal:
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)
        elif progress.phase != self._phase:
            click.echo(progress.phase, err=True)
        self._phase = progress.phase

    def __exit__(self, *error: object) -> None:
        if self._phase and self._on_terminal:
            click.echo("\r\x1b[K", nl=False, err=True)


def can_ask() -> bool:
    """Whether somebody can answer a question, also where the result goes into a file or a pipe."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def credentials() -> Callable[[CredentialRequest], str | None] | None:
    """How to ask for user name, token or passphrase; None without a terminal, so that nothing ever waits for one."""
    if not can_ask():
        return None

    def ask(request: CredentialRequest) -> str | None:
        if request.kind == "presence":
            print_notice(request.prompt)
            request.over.wait()
            return None
        try:
            return str(
                click.prompt(request.prompt.strip(), hide_input=request.secret, err=True, prompt_suffix=" ")
            )
        except (click.Abort, EOFError):
            return None

    return ask


def _safe(text: str) -> str:
    return visible(text, lines=True) if sys.stdout is not None and sys.stdout.isatty() else text
