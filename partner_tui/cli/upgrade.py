"""`upgrade`: what the app does with u, as a plan that is printed, and written only with --write."""

from __future__ import annotations

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, Place, at_place, error_output, format_option
from partner_tui.settings import Directories


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
@format_option("text", "json")
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

    given = headless_upgrade.read_answers(answers)
    with error_output(form):
        outcome = headless_upgrade.upgrade(
            place(),
            Directories.of_user(),
            entries,
            given,
            write=write,
            turn=dialect is not None,
            fixes=not no_fixes,
            fetch=(lambda address: terminal.print_notice(f"Downloading {address}")) if fetch else None,
        )
    for notice in outcome.notices:
        terminal.print_notice(notice)
    if form == "json":
        terminal.write_json(headless_upgrade.to_json(outcome.plan))
    else:
        from partner_tui.cli import upgrade_text

        upgrade_text.write(outcome)
    ctx.exit(0 if outcome.is_all_latest else FINDINGS)
