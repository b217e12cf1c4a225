"""Shared parts of the commands: arguments with completion, exit codes, errors as one line, and finding a manifest."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from partner_tui import terminal
from partner_tui.errors import Cancelled, GitError, NeedsConsent, PartnerTuiError, UsageError
from partner_tui.settings import Directories, RecentRepositories

if TYPE_CHECKING:
    from partner_tui.workspace.opening.opening import ManifestLocation, ResolvedSource

Place: TypeAlias = Callable[[], "ManifestLocation"]
"""Opens what a command was given; see `at_place`."""
FINDINGS, USAGE, UNREADABLE, INTERRUPTED = 1, 2, 3, 130


class SourceType(click.ParamType[str]):
    """What can be opened; completes to known partners, recent repositories, files and folders."""

    name = "source"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from partner_tui.manifest.partners import KNOWN_PARTNERS

        known = [CompletionItem(partner.id, help=partner.slug) for partner in KNOWN_PARTNERS]
        recent = [
            CompletionItem(recent.source, help=recent.name)
            for recent in RecentRepositories(Directories.of_user().state).load()
        ]
        words = [word for word in (*known, *recent) if word.value.startswith(incomplete)]
        return [*words, CompletionItem(incomplete, type="file")]


class FieldType(click.ParamType[str]):
    """A field of the config; completes to the known ones."""

    name = "field"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from partner_tui.splash.fields import SPLASH_FIELDS

        return [CompletionItem(f.key, help=f.label) for f in SPLASH_FIELDS if f.key.startswith(incomplete)]


class SourceFirst(click.Group):
    """A group whose first word may be a source: then it is opened. Errors of the user become one line and a code.

    Args:
        elsewhere: Commands that are imported when they are asked for: name → `module:function` of this package.
    """

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (place := self._elsewhere.get(cmd_name)) is None:
            return super().get_command(ctx, cmd_name)
        module, _, function = place.partition(":")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), function)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {option for param in self.get_params(ctx) for option in param.opts}
        completing = ctx.resilient_parsing and not args
        if not completing and not (args and (args[0] in self.list_commands(ctx) or args[0] in own)):
            args = ["open", *args]
        with _words_redacted():
            return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        commands = super().shell_complete(ctx, incomplete)
        return [*commands, *SourceType().shell_complete(ctx, self.params[0], incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _words_redacted():
                return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort, Cancelled):
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except NeedsConsent as doubt:
            terminal.print_error(type(doubt)(doubt.message, f"{doubt.hint} To do it anyway: --yes.".strip()))
            ctx.exit(FINDINGS)
        except PartnerTuiError as error:
            terminal.print_error(error)
            ctx.exit(USAGE if isinstance(error, UsageError) else UNREADABLE)
        except UnicodeEncodeError as error:
            if "surrogates" not in error.reason:  # not an argument, but a terminal of another encoding
                raise
            terminal.print_error(UsageError(f"{error.object!r} is not valid UTF-8 text.", ""))
            ctx.exit(USAGE)
        except OSError as error:
            terminal.print_error(
                PartnerTuiError(f"{error.filename or 'The output'}: {error.strerror or error}.", "")
            )
            ctx.exit(UNREADABLE)


@contextmanager
def _words_redacted() -> Iterator[None]:
    """What click finds wrong quotes the arguments, which may be addresses with a password."""
    try:
        yield
    except click.UsageError as error:
        from partner_tui.repository.process.redact import address

        error.message = " ".join(map(address, error.message.split(" ")))  # type: ignore[misc]
        raise


@contextmanager
def error_output(form: str) -> Iterator[None]:
    """Print what cannot be read in the form that was asked for: JSON here, text where `SourceFirst` catches it."""
    try:
        yield
    except PartnerTuiError as error:
        if form != "json" or isinstance(error, UsageError | Cancelled | NeedsConsent):
            raise
        from partner_tui.workspace.headless.check_and_set import error_json

        terminal.write_json(error_json(error))
        raise click.exceptions.Exit(UNREADABLE) from error


source_argument = click.argument("source", type=SourceType())
manifest_option = click.option(
    "--manifest",
    metavar="NAME",
    help="Manifest file name, if there are several or it is not a standard name.",
)


def write_to(path: Path, text: str) -> None:
    """Write what a command prints to the file that the user names instead, whole or not at all. Raises PartnerTuiError."""
    from partner_tui.repository.atomic import replace_file

    replace_file(path, f"{text.removesuffix(chr(10))}\n".encode())


def begin() -> Directories:
    """What comes before anything is opened: a log, nobody else's eyes, and what killed runs left is removed."""
    from partner_tui.repository.stale_files import remove_leftovers_at_start

    directories = Directories.of_user()
    directories.close_to_others()
    terminal.log_to(directories.log_file)
    remove_leftovers_at_start(directories.clones, directories.state / "clones")
    # What is read holds no cycles: the collector would walk through all of it again and again, a fifth of the time.
    gc.set_threshold(20_000, 20, 50)
    return directories


def format_option(*forms: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``--format`` as `form`; the first of the forms is the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


yes_option = click.option(
    "--yes", "consented", is_flag=True, help="Answer yes where the app would ask first."
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "outdated", "never"]),
    default="error",
    show_default=True,
    help="Exit with code 1 on errors, on errors or outdated entries, or never.",
)
trust_option = click.option(
    "--trust",
    is_flag=True,
    help="Trust the folder's git settings that can run programs, until they change.",
)


def settle_trust(folder: Path, directories: Directories, trust: bool) -> None:
    """Trust a folder's own git settings, or tell which of them are ignored: nothing is asked here."""
    from partner_tui.workspace.opening.opening import trust_question

    try:
        question = trust_question(folder, directories)
    except GitError:  # not readable: git will say so where it is needed
        return
    if question and trust:
        question.answer(True)
    elif question:
        names = ", ".join(concern.label for concern in question.concerns)
        terminal.print_notice(f"Ignored, since this folder is not trusted: {names} (--trust uses them).")


def open_source(text: str, manifest_name: str | None, *, trust: bool | None = None) -> ManifestLocation:
    """The manifest of a source; clones it first when it is not on this machine, with progress on standard error.

    What a killed partner-tui left half done there is finished or rolled back first, and told.

    Args:
        trust: Whether git may use the folder's own settings; None for what needs no git.

    Raises:
        ManifestNotFound: It says where the last one is, when the repository had one.
    """
    from partner_tui.workspace.opening.lost_manifest import LostManifest, find_or_explain

    directories, located = _located(text, trust)
    look = partial(find_or_explain, located, manifest_name, directories, terminal.print_notice)
    found = look(credentials=terminal.credentials())
    if isinstance(found, LostManifest) and located.source.kind == "remote" and located.is_there:
        fetch_quietly(located.folder)
        found = look(credentials=terminal.credentials())
    if isinstance(found, LostManifest):
        raise found.error
    return found


def open_repository(text: str, *, trust: bool) -> Path:
    """The work tree of a source, whether or not it has a manifest; clones it first as `find` does.

    Raises:
        UsageError: The source is in no repository.
    """
    from partner_tui.repository.clones.source import find_root

    _, located = _located(text, trust)
    root = find_root(located.folder)
    if root is None:
        raise UsageError(f"{located.folder} is not in a git repository.", "Name a clone, or a URL to clone.")
    return root


def at_place(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command SOURCE, --manifest and --trust as one `place`, which opens the manifest when it is called."""

    @source_argument
    @manifest_option
    @trust_option
    @wraps(command)
    def run(source: str, manifest: str | None, trust: bool, **others: Any) -> None:
        command(place=partial(open_source, source, manifest, trust=trust), **others)

    return run


def _located(text: str, trust: bool | None) -> tuple[Directories, ResolvedSource]:
    """What a source names, on this machine."""
    from partner_tui.workspace.opening.opening import resolve_source

    directories = begin()
    located = resolve_source(text, directories)
    if not located.is_there:
        from partner_tui.repository.clones.clone import clone

        with terminal.ProgressLine() as progress:
            clone(located.source, located.folder, progress=progress.show, credentials=terminal.credentials())
    if trust is not None:
        settle_trust(located.folder, directories, trust)
    return directories, located


def fetch_quietly(folder: Path) -> None:
    """Fetch what arrived since the clone was made; where the remote cannot be reached, what is here is told."""
    from partner_tui.repository.repository import Repository

    with suppress(GitError), terminal.ProgressLine() as progress:
        Repository.open(folder).fetch(progress=progress.show, credentials=terminal.credentials())
