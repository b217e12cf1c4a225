"""`upgrade` and `repair`: what the app does with u, as plans that are printed, and written only with --write."""

from __future__ import annotations

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, Place, at_place, error_output, open_source
from partner_tui.errors import UsageError
from partner_tui.settings import Directories

format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command(short_help="Upgrade entries or an RDF to the latest format (dry run without --write).")
@at_place
@click.option("--entry", "entries", metavar="ID", multiple=True, help="Upgrade only this entry (repeatable).")
@click.option(
    "--answers",
    metavar="FILE|defaults",
    help="A YAML file with `questions: {key: answer}` and `kinds: {kind: answer}`, or 'defaults' to accept every suggestion.",
)
@click.option("--write", is_flag=True, help="Apply the upgrade. You can undo it in the app with ctrl+z.")
@click.option(
    "--dialect",
    type=click.Choice(["collection"]),
    help="Also convert grouped entries to a `collection:` list.",
)
@click.option("--no-fixes", is_flag=True, help="Do not fix entries (use with --dialect to only convert).")
@click.option(
    "--fetch",
    is_flag=True,
    help="Download RDFs that are not in the repository (https only; prints each URL).",
)
@format_option
@click.pass_context
def upgrade(
    ctx: click.Context,
    place: Place,
    entries: tuple[str, ...],
    answers: str | None,
    write: bool,
    dialect: str | None,
    no_fixes: bool,
    fetch: bool,
    form: str,
) -> None:
    """Upgrade the entries of SOURCE, or one RDF file, to the latest format.

    Values are never lost or guessed. Entries with unanswered questions are skipped. Answers are kept for the repository.
    Without --write, prints the plan, the diff and the open questions.

    Exit code: 0 all latest, 1 something remains, 2 usage error, 3 SOURCE could not be read.

    \b
    partner-tui upgrade .
    partner-tui upgrade . --answers defaults --write
    partner-tui upgrade models/petals/rdf.yaml --answers answers.yaml
    """
    from partner_tui.workspace.headless import upgrade as headless_upgrade

    wishes = headless_upgrade.UpgradeRequest(
        entries,
        headless_upgrade.read_answers(answers),
        write,
        turn=dialect is not None,
        fixes=not no_fixes,
        fetch=fetch,
        on_fetch=lambda address: terminal.print_notice(f"Downloading {address}"),
    )
    with error_output(form):
        outcome = headless_upgrade.upgrade(place(), wishes, Directories.of_user())
    for notice in outcome.notices:
        terminal.print_notice(notice)
    if form == "json":
        terminal.write_json(outcome.to_json())
    else:
        from partner_tui.cli import upgrade_text

        upgrade_text.write(outcome)
    ctx.exit(0 if outcome.is_all_latest else FINDINGS)


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
@format_option
@click.pass_context
def repair(ctx: click.Context, file: str, write: bool, choice: int | None, form: str) -> None:
    """Suggest repairs for a FILE with invalid YAML or duplicate keys.

    Each repair is shown as a diff. If several are equally likely, --write asks, or needs --choice N.

    Exit code: 0 nothing to repair, or repaired; 1 something remains; 2 usage error; 3 FILE could not be read.
    """
    from partner_tui.cli import repair_text
    from partner_tui.workspace.opening import repair_session

    directories = Directories.of_user()
    with error_output(form):
        place = open_source(file, None)
        diagnosis = repair_session.diagnose(repair_session.read_broken(place), place.manifest_name)
    number = len(diagnosis.remedies)
    if choice is not None and choice > number:
        raise UsageError(f"No repair number {choice}.", f"Choose 1 to {number}.")
    if form == "json":
        terminal.write_json(repair_text.to_json(diagnosis, place.manifest_name))
    else:
        repair_text.write(diagnosis, place.manifest_name, choice)
    if not diagnosis.problem:
        return
    if not write or not diagnosis.remedies:
        ctx.exit(FINDINGS)
    if choice is None and not diagnosis.is_clear and number > 1:
        if not terminal.is_interactive():
            raise UsageError("Several repairs are equally likely.", "Choose one: --choice N.")
        choice = click.prompt("Which one", type=click.IntRange(1, number), err=True)
    remedy = diagnosis.remedies[(choice or 1) - 1]
    repair_session.write_remedy(place, diagnosis, remedy, directories)
    terminal.print_notice(f"Repaired: {remedy.title}.")
    left = repair_session.diagnose(remedy.text, place.manifest_name)
    if left.problem:
        terminal.print_notice(f"Remaining problem: {left.problem}")
        ctx.exit(FINDINGS)
