"""`ci`: the workflows that check and review a repository on GitHub."""

from __future__ import annotations

import click

from partner_tui import terminal
from partner_tui.cli.arguments import Place, at_place
from partner_tui.settings import Directories


@click.command(short_help="Write the GitHub workflow that checks and reviews SOURCE.")
@click.option(
    "--matrix",
    "shards",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="Check the entries on N runners.",
)
@click.option("--dry-run", is_flag=True, help="Print the diff and write nothing.")
@at_place
def ci(place: Place, shards: int, dry_run: bool) -> None:
    """Write the GitHub workflow that checks each push and comments a review on each pull request, and print the diff.

    A job that runs `bioimageio validate-partner-collection`, which no longer exists, is replaced in place. You can undo
    all of it in the app with ctrl+z until it is committed.

    Exit code: 0 written or nothing to do, 2 usage error, 3 SOURCE could not be read.
    """
    from partner_tui.central.workflows import to_set
    from partner_tui.workspace.central.workflows import plan
    from partner_tui.workspace.opening.opening import open_workspace

    opened = place()
    workspace = open_workspace(opened, Directories.of_user())
    if opened.in_repository:
        workspace.open_repository()
    planned = plan(workspace, shards)
    if planned.diff:
        if not dry_run:
            planned.write(workspace)
        terminal.write_diff(planned.diff)
    for path, key in planned.workflows.replaced:
        terminal.print_notice(f"Replaced the job {key} of {path}: its command no longer exists.")
    for path, why in planned.workflows.left:
        terminal.print_notice(
            f"Warning: {path} runs a command that no longer exists and was not changed: {why}"
        )
    if not planned.diff:
        terminal.print_notice("The workflows are up to date.")
    elif dry_run:
        terminal.print_notice("Nothing was written (--dry-run).")
    else:
        terminal.print_notice("Commit it with partner-tui commit, or in the app (Changes).")
        if todo := to_set():
            terminal.print_notice(todo)
