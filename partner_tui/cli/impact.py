"""`impact`: what another release of the spec library means for the own entries."""

from __future__ import annotations

import sys

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, Place, at_place, error_output, format_option, yes_option
from partner_tui.settings import Directories


@click.command(short_help="Print what another release of the spec means for SOURCE.")
@click.option(
    "--against",
    metavar="VERSION",
    help="A release of bioimageio.spec, or its wheel file; default: the newest.",
)
@click.option(
    "--full", is_flag=True, help="Compare by the full rules, in an environment of its own, not by the schema."
)
@format_option("text", "markdown", "json")
@yes_option
@at_place
@click.pass_context
def impact(
    ctx: click.Context,
    place: Place,
    against: str | None,
    full: bool,
    form: str,
    consented: bool,
) -> None:
    """Print which findings are new with another release of bioimageio.spec, which are resolved, in which entries, what is left
    after the upgrade, and what the upgrade would ask.

    The schema in the release's wheel is compared with that of the installed release, and none of its code is run. A release that was
    not downloaded before is downloaded by pip, from where pip is configured to, with --yes.

    Exit code: 0 nothing new, 1 new findings or --yes is needed, 2 usage error, 3 SOURCE or the release could not be read.

    \b
    partner-tui impact . --against 0.5.9.0 --yes --format markdown
    """
    from partner_tui.workspace.headless.impact import impact as headless

    with error_output(form):
        found = headless(place(), Directories.of_user(), against, full=full, agreed=consented)
    if form == "json":
        terminal.write_json(found.to_json())
    elif form == "markdown" or not sys.stdout.isatty():  # what is laid out for a terminal is cut at its width
        terminal.write(found.to_markdown())
    else:
        from rich.markdown import Markdown

        terminal.write_rich(Markdown(found.to_markdown()))
    ctx.exit(FINDINGS if found.new else 0)
