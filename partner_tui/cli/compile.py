"""`compile`: the items that a manifest becomes, by rules of the central CI."""

from __future__ import annotations

import json
from pathlib import Path

import click

from partner_tui import terminal
from partner_tui.central.compiled import ALL_RULES, NEWEST, Rules
from partner_tui.cli.arguments import FINDINGS, UNREADABLE, Place, at_place, error_output, write_to
from partner_tui.settings import Directories


@click.command("compile", short_help="Print the items that the manifest of SOURCE becomes.")
@click.option(
    "--rules",
    type=click.Choice(ALL_RULES),
    default=NEWEST,
    show_default=True,
    help="The rules of 2022 to 2024, or those of 2019 to 2021.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
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
    from partner_tui.cli.compile_text import compiled_lines
    from partner_tui.workspace.headless.central import compile_place

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
        terminal.write_rich(*compiled_lines(compiled))
    ctx.exit(FINDINGS if compiled.ignored or compiled.of("dropped") else 0)
