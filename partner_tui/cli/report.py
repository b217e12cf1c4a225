"""`report`: the reports of `check --shard`, joined into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, error_output, fail_on_option, format_option

if TYPE_CHECKING:
    from partner_tui.compliance.report_text import FailOn


@click.command(short_help="Join the reports that check --shard wrote.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@format_option("text", "json")
@fail_on_option
@click.pass_context
def report(ctx: click.Context, files: tuple[Path, ...], form: str, fail_on: FailOn) -> None:
    """Join the reports of all shards of one check (check --shard K/N --format json) and print the whole.

    Exit code: 0 no findings at that level, 1 findings, 2 usage error or a shard is missing, 3 a FILE could not be read.
    """
    from partner_tui.compliance.report_text import fails, report_text
    from partner_tui.compliance.shards import join_reports, read_shard

    with error_output(form):
        whole = join_reports([read_shard(file) for file in files])
    if form == "json":
        terminal.write_json(whole)
    else:
        terminal.write_rich(report_text(whole))
    ctx.exit(FINDINGS if fails(whole, fail_on) else 0)
