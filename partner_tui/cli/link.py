"""`link`: the address that brings a visitor to the partner's resources, or to one entry."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from partner_tui.splash.share_links import Listed


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
    from partner_tui.manifest.sound import partner_manifest
    from partner_tui.splash import share_links as links
    from partner_tui.workspace.opening.opening import check_readable, open_files

    named = tuple(tag for part in tags.split(",") if (tag := part.strip()))
    wanted = links.Selection(kind or "", named, query.strip())
    with error_output(form):
        if entry and (kind or wanted.tags or wanted.query):
            raise UsageError("--entry is the page of one entry.", "Leave out --type, --tags and --query.")
        place = open_source(source, manifest)
        read = partner_manifest(check_readable(place).read_bytes(), place.manifest_name)
        partner = read.partner
        if problem := links.why_no_links(partner):
            raise UsageError(problem, "")
        entries = links.list_entries(read, open_files(place))
        one = _find(entries, entry) if entry else None
    if one is not None:
        shown: Sequence[Listed] = (one,)
        label, notice = one.name or one.id, links.entry_note(one)
        today, classic = links.entry_today_url(one), links.entry_classic_url(partner, one)
    else:
        shown = links.selected(partner, entries, wanted)
        warning = links.warning_of(shown, links.without_link(partner, entries, wanted))
        label = f"{partner.name or partner.id} on BioImage.IO"
        count = f"Selects {plural(len(shown), 'entry')}." if shown else ""
        notice = f"{count} {warning}".strip()
        today = links.today_url(partner, entries, wanted)
        classic = links.classic_url(partner, replace(wanted, type=links.today_type(partner, entries, wanted)))
    url = classic if site == "classic" else today
    match form:
        case "json":
            ids = [one.id for one in shown]
            terminal.write_json({"schema": 1, "today": today, "classic": classic, "selects": ids})
        case "markdown":
            terminal.write(links.as_markdown(label, url))
        case "html":
            terminal.write(links.as_html(label, url))
        case _:
            terminal.write(url)
    if notice:
        terminal.print_notice(notice)


def _find(entries: Sequence[Listed], wanted: str) -> Listed:
    """The entry with an id, which may lack the partner's."""
    for one in entries:
        if wanted in (one.id, one.id.partition("/")[2]):
            return one
    near = difflib.get_close_matches(wanted, [one.id for one in entries], 3, 0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "partner-tui check lists all entries."
    raise UsageError(f"No entry has the id {wanted!r}.", hint)
