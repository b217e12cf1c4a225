"""`repair`: what is wrong with a file, and each suggested repair as a diff; written only with --write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, error_output, format_option, open_source
from partner_tui.errors import UsageError
from partner_tui.plain import plural
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from partner_tui.workspace.opening.repair_session import Diagnosis, Repair

_MOST_LINES = 12


@click.command(short_help="Repair a FILE with invalid YAML or duplicate keys (dry run without --write).")
@click.argument("file", metavar="FILE")
@click.option(
    "--write",
    is_flag=True,
    help="Apply the repair if there is one clear choice, or the one given by --choice.",
)
@click.option(
    "--choice", metavar="N", type=click.IntRange(min=1), help="The number of the repair to show or apply."
)
@format_option("text", "json")
@click.pass_context
def repair(ctx: click.Context, file: str, write: bool, choice: int | None, form: str) -> None:
    """Suggest repairs for a FILE with invalid YAML or duplicate keys.

    Each repair is shown as a diff. If several are equally likely, --write asks, or needs --choice N. If nothing repairs it, the
    last committed version that can be read is offered the same way.

    Exit code: 0 nothing to repair, or repaired; 1 something remains; 2 usage error; 3 FILE could not be read.
    """
    from partner_tui.workspace.opening import repair_session
    from partner_tui.workspace.opening.opening import check_readable

    directories = Directories.of_user()
    with error_output(form):
        place = open_source(file, None)
        content = check_readable(place).read_bytes()
        diagnosis = repair_session.diagnose_file(content, place)
    number = len(diagnosis.remedies)
    if choice is not None and choice > number:
        raise UsageError(f"No repair number {choice}.", f"Choose 1 to {number}.")
    if form == "json":
        terminal.write_json(_to_json(diagnosis, place.manifest_name))
    else:
        _write(diagnosis, place.manifest_name, choice)
    if not diagnosis.problem:
        return
    if not write or not diagnosis.remedies:
        ctx.exit(FINDINGS)
    if choice is None and not diagnosis.is_clear:
        if not terminal.is_interactive():
            if number > 1:
                raise UsageError("Several repairs are equally likely.", "Choose one: --choice N.")
            raise UsageError(
                f"Not clear enough to be written: {diagnosis.remedies[0].title}.", "Choose it: --choice 1."
            )
        choice = click.prompt("Which one", type=click.IntRange(1, number), err=True)
    remedy = diagnosis.remedies[(choice or 1) - 1]
    repair_session.write_remedy(place, content, remedy, directories)
    terminal.print_notice(f"Repaired: {remedy.title}.")
    left = repair_session.diagnose(remedy.text, place.manifest_name)
    if left.problem:
        terminal.print_notice(f"Remaining problem: {left.problem}")
        ctx.exit(FINDINGS)


def _write(diagnosis: Diagnosis, name: str, choice: int | None) -> None:
    """Print what is wrong and the proposals, or the chosen one.

    Args:
        name: The file's, for the diffs.
        choice: The proposal's number from 1; None for all of them.
    """
    if not diagnosis.problem:
        terminal.print_notice(f"{name} is valid YAML without duplicate keys. Nothing to repair.")
        return
    terminal.print_notice(diagnosis.problem)
    if diagnosis.left:
        terminal.print_notice(f"{plural(diagnosis.left, 'more duplicate key')}; repair them one at a time.")
    for number, excerpt in enumerate(diagnosis.excerpts, start=1):
        terminal.write(f"\n# occurrence {number} of the key\n{_shortened(excerpt)}")
    if not diagnosis.remedies:
        terminal.print_notice("No automatic repair found. Edit that line yourself.")
    for number, remedy in enumerate(diagnosis.remedies, start=1):
        if choice in (None, number):
            mark = (
                " (preferred)" if number == 1 and diagnosis.is_clear and len(diagnosis.remedies) > 1 else ""
            )
            terminal.write(f"\n{number}. {remedy.title}{mark}")
            terminal.write_diff(_diff(diagnosis, remedy, name))


def _to_json(diagnosis: Diagnosis, name: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": 1,
        "file": name,
        "problem": diagnosis.problem or None,
        "clear": diagnosis.is_clear,
        "proposals": [
            {"title": remedy.title, "diff": _diff(diagnosis, remedy, name)} for remedy in diagnosis.remedies
        ],
    }


def _diff(diagnosis: Diagnosis, remedy: Repair, name: str) -> str:
    from partner_tui.repository.commits.diff import diff_text

    return diff_text(diagnosis.text, remedy.text, name)


def _shortened(excerpt: str) -> str:
    lines = excerpt.splitlines()
    more = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], *([f"... {more} more lines"] if more > 0 else [])])
