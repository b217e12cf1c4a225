"""`history`: each commit that changed one entry, or the splash, by field."""

from __future__ import annotations

import click

from partner_tui import terminal
from partner_tui.cli.arguments import Place, at_place, error_output
from partner_tui.errors import UsageError
from partner_tui.settings import Directories


@click.command(short_help="Print the commits that changed an entry of SOURCE, or its splash.")
@click.option("--splash", is_flag=True, help="The history of the config instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@at_place
@click.argument("id", required=False)
def history(place: Place, id: str | None, splash: bool, form: str) -> None:
    """Print each commit that changed the entry ID, by field, the newest first, across renames of its id and of the manifest.

    Commits of an RDF file in the repository that the entry names count, too. What is not committed comes first. ID may be of an
    entry that is gone.

    Exit code: 0 printed, 2 usage error, 3 it could not be read.

    \b
    partner-tui history . livecell
    partner-tui history . --splash --format json
    """
    if (id is None) is not splash:
        raise UsageError("history needs the ID of an entry, or --splash.", "partner-tui history . my-entry")
    from partner_tui.workspace.headless import history as headless

    with error_output(form):
        found = headless.history(place(), id, Directories.of_user())
    if form == "json":
        terminal.write_json(found.to_json())
    else:
        from partner_tui.cli.history_text import history_lines

        terminal.write_rich(*history_lines(found))
    if found.is_cut:
        terminal.print_notice(
            "There may be older commits: this clone is shallow, or its log is too long to be read."
        )
