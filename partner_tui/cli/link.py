"""`link`: the address that brings a visitor to the partner's resources, or to one entry."""

from __future__ import annotations

import click

from partner_tui import terminal
from partner_tui.cli.arguments import (
    error_output,
    format_option,
    manifest_option,
    open_source,
    source_argument,
)
from partner_tui.errors import UsageError
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.plain import plural


@click.command(short_help="Print the link to SOURCE's resources on bioimage.io.")
@source_argument
@click.option(
    "--type",
    "kind",
    type=click.Choice(SITE_TYPES),
    help="The default is the config's default_type, else the type of most entries.",
)
@click.option("--tags", metavar="A,B", default="", help="Only resources that have all of these tags.")
@click.option("--query", metavar="TEXT", default="", help="Only resources that contain this text.")
@click.option("--entry", metavar="ID", default="", help="The page of one entry instead.")
@click.option(
    "--site",
    type=click.Choice(["today", "classic"]),
    default="today",
    show_default=True,
    help="Which site the link is for.",
)
@format_option("url", "markdown", "html", "json")
@manifest_option
def link(
    source: str,
    kind: str | None,
    tags: str,
    query: str,
    entry: str,
    site: str,
    form: str,
    manifest: str | None,
) -> None:
    """Print the link that brings visitors of bioimage.io to the resources of SOURCE, or to one entry.

    How many entries it selects is told on standard error; JSON has both sites' links and the ids of these entries.
    """
    from partner_tui.splash.share_links import Selection, as_html, as_markdown
    from partner_tui.workspace.headless import link as links

    wanted = Selection(
        kind or "", tuple(tag for part in tags.split(",") if (tag := part.strip())), query.strip()
    )
    with error_output(form if form == "json" else "text"):
        if entry and (kind or wanted.tags or wanted.query):
            raise UsageError("--entry is the page of one entry.", "Leave out --type, --tags and --query.")
        found = links.link(open_source(source, manifest), wanted, entry)
    url = found.classic if site == "classic" else found.today
    match form:
        case "json":
            terminal.write_json(found.to_json())
        case "markdown":
            terminal.write(as_markdown(found.label, url))
        case "html":
            terminal.write(as_html(found.label, url))
        case _:
            terminal.write(url)
    count = f"Selects {plural(len(found.selects), 'entry')}." if found.selects and not entry else ""
    if said := f"{count} {found.warning}".strip():
        terminal.print_notice(said)
