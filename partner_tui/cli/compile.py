"""`compile`: the items that a manifest becomes, by rules of the central CI."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui import terminal
from partner_tui.central.compiled import ALL_RULES, NEWEST, PERIODS, TODAY, Compiled, Outcome, Rules, State
from partner_tui.cli.arguments import (
    FINDINGS,
    UNREADABLE,
    Place,
    at_place,
    error_output,
    format_option,
    write_to,
)
from partner_tui.plain import plural, visible
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from rich.text import Text

    from partner_tui.errors import ManifestParseError
    from partner_tui.workspace.opening.opening import ManifestLocation

_STYLES: dict[State, str] = {"item": "green", "dropped": "red", "unknown": "yellow"}
_MOST = 300


@click.command("compile", short_help="Print the items that the manifest of SOURCE becomes.")
@click.option(
    "--rules",
    type=click.Choice(ALL_RULES),
    default=NEWEST,
    show_default=True,
    help="The rules of 2022 to 2024, or those of 2019 to 2021.",
)
@format_option("text", "json")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the JSON to this file.",
)
@at_place
@click.pass_context
def compile_(
    ctx: click.Context,
    place: Place,
    rules: Rules,
    form: str,
    output: Path | None,
) -> None:
    """Print the items that the manifest of SOURCE becomes, and why an entry becomes none.

    Nothing pulls manifests today: this is what the rules give by which the central CI once compiled them. SOURCE may also be
    a manifest file; its folder then serves as the repository. An entry whose source is in another repository is compiled once it was
    downloaded in the app; nothing is downloaded here.

    Exit code: 0 every entry is an item, 1 something is dropped or ignored, 2 usage error, 3 SOURCE could not be read.
    """
    with error_output(form):
        compiled, error = compile_place(place(), rules, Directories.of_user())
    if output is not None:
        write_to(output, json.dumps(compiled.to_json(), ensure_ascii=False, indent=2))
    elif form == "json":
        terminal.write_json(compiled.to_json())
    if error is not None:
        terminal.print_error(error)
        ctx.exit(UNREADABLE)
    if form == "text":
        terminal.write_rich(*_lines(compiled))
    ctx.exit(FINDINGS if compiled.ignored or compiled.of("dropped") else 0)


def compile_place(
    place: ManifestLocation, rules: Rules, directories: Directories
) -> tuple[Compiled, ManifestParseError | None]:
    """Compile the manifest of a place; of one that cannot be read, why that is, too.

    Raises:
        SourceError: It cannot be read at all.
        UsageError: It is the RDF of one resource.
    """
    from partner_tui.central.compile import compile_manifest, unreadable
    from partner_tui.errors import GitError, ManifestParseError
    from partner_tui.manifest.sound import partner_manifest
    from partner_tui.repository.repository import Repository
    from partner_tui.workspace.opening.opening import check_readable, open_overlay

    data, branch = check_readable(place).read_bytes(), None
    try:
        document = partner_manifest(data, place.manifest_name).document
    except ManifestParseError as error:
        return unreadable(error, rules), error
    with suppress(GitError):
        branch = Repository.open(place.folder).default_branch() if place.in_repository else None
    return compile_manifest(document, open_overlay(place, directories), rules, branch), None


def _lines(compiled: Compiled) -> Iterator[Text]:
    """Every entry with what becomes of it, then the sum; what manifests say is made visible first."""
    from rich.text import Text

    yield Text(f"Rules of {PERIODS[compiled.rules]}. {TODAY}: this is what those rules give.", style="dim")
    if compiled.ignored is not None:
        cause = compiled.ignored
        yield Text(f"The whole manifest is ignored (line {cause.line}, {cause.rule})", style="bold red")
        yield Text(f"  {visible(cause.why, _MOST)}")
        yield Text(f"  {visible(cause.hint, _MOST)}", style="dim")
        return
    for outcome in compiled.outcomes:
        yield from _outcome(outcome)
    counts = (
        plural(len(compiled.of("item")), "item"),
        f"{len(compiled.of('dropped'))} dropped",
        f"{len(compiled.of('unknown'))} not known",
    )
    yield Text(", ".join(counts), style="bold")


def _outcome(outcome: Outcome) -> Iterator[Text]:
    from rich.text import Text

    name = visible(outcome.id, 100) or f"(line {outcome.line})"
    cause = outcome.cause
    place = f"  line {cause.line}, {cause.rule}" if cause else ""
    yield Text.assemble((f"{outcome.state:<8} ", _STYLES[outcome.state]), name, (place, "dim"))
    if cause:
        more = len(outcome.causes) - 1
        yield Text(f"         {visible(cause.why, _MOST)}{f' (and {more} more)' if more else ''}")
        yield Text(f"         {visible(cause.hint, _MOST)}", style="dim")
