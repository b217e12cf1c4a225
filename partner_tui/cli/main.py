"""The command line: the composition root, and the same core without a terminal.

Exit codes: 0 nothing at that level, 1 findings, or something to decide, 2 wrong usage, 3 it could not be read. What a user can cause is one line and
a hint on standard error, never a traceback; importing this module is cheap, each command imports what it runs.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui import __version__, terminal
from partner_tui.cli.arguments import (
    FINDINGS,
    FieldType,
    Place,
    SourceFirst,
    SourceType,
    at_place,
    begin,
    error_output,
    fail_on_option,
    format_option,
    manifest_option,
    settle_trust,
    trust_option,
    yes_option,
)
from partner_tui.errors import UsageError
from partner_tui.settings import Directories, Settings

if TYPE_CHECKING:
    from partner_tui.compliance.report_text import FailOn

SHELLS = ("bash", "zsh", "fish")
# Where the other commands are, each `module:function` of this package: the app's first row waits for none of them.
_ALONE = ("ci", "history", "impact", "join", "link", "repair", "report", "splash", "trend", "upgrade")
ELSEWHERE = {name: f"{name}:{name}" for name in _ALONE} | {
    "commit": "commit_and_push:commit",
    "compile": "compile:compile_",
    "contributions": "contributions:contributions",
    "merge": "contributions:merge",
    "push": "commit_and_push:push",
    "review": "contributions:review",
}


@click.group(
    cls=SourceFirst,
    elsewhere=ELSEWHERE,
    subcommand_metavar="[SOURCE] | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="partner-tui %(version)s")
def cli() -> None:
    """The terminal app for maintainers of BioImage.IO community-partner repositories.

    partner-tui [SOURCE] [--manifest NAME] opens the app.

    SOURCE is a known partner's id (such as ilastik), owner/name, a git URL, or a folder; without it, a start screen lists
    recent repositories. A folder with the name of a command is written ./check.
    """


@cli.command("open", short_help="Open the app (default command).")
@click.argument("source", type=SourceType(), required=False)
@manifest_option
@trust_option
def open_app(source: str | None, manifest: str | None, trust: bool) -> None:
    """Open the app (default command)."""
    if source is not None:
        from partner_tui.repository.clones.source import parse_source

        parse_source(source)
        if trust:
            from partner_tui.workspace.opening.opening import resolve_source

            directories = Directories.of_user()
            settle_trust(resolve_source(source, directories).folder, directories, True)
    run_app(source, manifest)


@cli.command(short_help="Check every entry of SOURCE and print the findings.")
@at_place
@format_option("text", "json")
@fail_on_option
@click.option("--shard", metavar="K/N", help="Check only the K-th of N parts of the entries (see report).")
@click.pass_context
def check(
    ctx: click.Context,
    place: Place,
    form: str,
    fail_on: FailOn,
    shard: str | None,
) -> None:
    """Check every entry of SOURCE, which may also be a manifest or RDF file outside any repository.

    Exit code: 0 no findings at that level, 1 findings, 2 usage error, 3 SOURCE could not be read.
    """
    from partner_tui.compliance.report_text import fails, report_text
    from partner_tui.compliance.shards import parse_shard
    from partner_tui.workspace.headless import check_and_set

    part = None if shard is None else parse_shard(shard)
    with error_output(form):
        report = check_and_set.check(place(), Directories.of_user(), part)
    shape = report.to_json()
    if form == "json":
        terminal.write_json(shape)
    else:
        names = {entry.index: entry.name or "" for entry in report.manifest.entries}
        terminal.write_rich(report_text(shape, names))
    ctx.exit(FINDINGS if fails(shape, fail_on) else 0)


# A value may begin with a dash: a title such as "- x" is no option.
@cli.command(
    "set",
    short_help="Set one config FIELD and print the diff.",
    context_settings={"ignore_unknown_options": True},
)
@at_place
@click.argument("field", type=FieldType())
@click.argument("value")
@yes_option
@click.option("--dry-run", is_flag=True, help="Print the diff and write nothing.")
def set_field(place: Place, field: str, value: str, consented: bool, dry_run: bool) -> None:
    """Set one FIELD of the config of SOURCE and print the diff.

    VALUE of a text field is the text exactly as given; VALUE of a list is YAML.

    Nothing else in the file changes. You can undo it in the app with ctrl+z until it is committed. A value that is an error
    in the form is written only with --yes.

    Exit code: 0 set, 1 refused (see --yes), 2 usage error, 3 SOURCE could not be read.

    \b
    partner-tui set . splash_title "A zoo of models"
    partner-tui set . splash_feature_list "[Interactive, Fast]"
    """
    from partner_tui.workspace.headless import check_and_set

    outcome = check_and_set.set_field(
        place(), field, value, Directories.of_user(), dry_run=dry_run, consented=consented
    )
    if dry_run or outcome.doubt is None:
        terminal.write_diff(outcome.diff)
    for notice in outcome.notices:
        terminal.print_notice(notice)
    if outcome.doubt is not None:
        raise outcome.doubt
    if dry_run:
        terminal.print_notice("Nothing was written (--dry-run).")


@cli.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Create the demo in this folder and keep it (default: a temporary folder).",
)
def demo(folder: Path | None) -> None:
    """Create a sample partner with its own remote and open it; push works there, too.

    Without a terminal, runs a scripted demo and prints each step.
    """
    from partner_tui.demo.build import build_demo, temporary_folder

    with temporary_folder() if folder is None else nullcontext(folder) as place:
        if terminal.is_interactive():
            run_app(str(build_demo(Path(place), Directories.of_user()).clone), None)
        else:
            from partner_tui.demo.headless import run_headless

            run_headless(Path(place))


@cli.command(short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes commands in SHELL.

    \b
    bash:  eval "$(partner-tui completion bash)"
    zsh:   eval "$(partner-tui completion zsh)"
    fish:  partner-tui completion fish > ~/.config/fish/completions/partner-tui.fish
    """
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    assert completer is not None
    terminal.write(completer(cli, {}, "partner-tui", "_PARTNER_TUI_COMPLETE").source())


def run_app(source: str | None, manifest_name: str | None) -> None:
    """Start the app.

    Raises:
        UsageError: There is no terminal to draw on.
    """
    if not terminal.is_interactive():
        raise UsageError(
            "The app needs a terminal.",
            "Without one, use the commands: check, set, upgrade, repair, commit, push, demo.",
        )
    directories = begin()
    settings = Settings.load(directories.settings_file)
    # Keys before checks: a thread at work gives way after 1 ms.
    sys.setswitchinterval(0.001)
    from partner_tui.ui.graphics.terminal import asking

    with asking(settings.pictures) as question:
        from partner_tui.ui.app import PartnerApp

        graphics = question.answer()
    terminal.draw_whole_frames()
    app = PartnerApp(settings, directories, source, manifest_name, graphics)
    app.run()
    if app.return_code:
        raise click.exceptions.Exit(app.return_code)
