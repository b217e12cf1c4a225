"""`history`: each commit that changed one entry, or the splash, by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from partner_tui import terminal
from partner_tui.cli.arguments import Place, at_place, error_output, format_option
from partner_tui.errors import UsageError
from partner_tui.plain import plural, visible
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from rich.text import Text

    from partner_tui.comparison.tracing import Seen
    from partner_tui.manifest.entry import Manifest
    from partner_tui.workspace.entries.history import Version

_MOST_FIELDS = 20


@click.command(short_help="Print the commits that changed an entry of SOURCE, or its splash.")
@click.option("--splash", is_flag=True, help="The history of the config instead.")
@format_option("text", "json")
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
    from partner_tui.workspace.entries.history import history_of
    from partner_tui.workspace.opening.opening import open_workspace

    with error_output(form):
        opened = place()
        opened.require_repository()
        workspace = open_workspace(opened, Directories.of_user(), remember=False)
        found = history_of(workspace, _named(workspace.manifest, id))
        versions = [version for group in found.versions() for version in group]
        if id is not None and not versions:
            raise UsageError(
                f"There is no entry {visible(id, 60)}, and no commit had one.",
                "partner-tui check lists the entries.",
            )
    if form == "json":
        shapes = [_version_json(one) for one in versions]
        terminal.write_json({"schema": 1, "id": id, "complete": not found.is_cut, "versions": shapes})
    else:
        terminal.write_rich(*_lines(versions))
    if found.is_cut:
        terminal.print_notice(
            "There may be older commits: this clone is shallow, or its log is too long to be read."
        )


def _named(manifest: Manifest, id: str | None) -> Seen:
    """The entry with an id, its own or the public one, also of one that is gone; the splash without."""
    from partner_tui.comparison.tracing import Seen, see_removed, see_splash

    if id is None:
        return see_splash(manifest)
    named = (one for one in manifest.entries if id in (one.id, one.public_id(manifest.partner)))
    entry = next(named, None)
    return Seen(manifest, entry) if entry else see_removed(manifest, id)


def _lines(versions: Sequence[Version]) -> Iterator[Text]:
    """Every version, newest first, with the values that differ; what commits and manifests say is made visible first."""
    from rich.text import Text

    if not versions:
        yield Text("Never changed.")
    for place, version in enumerate(versions):
        if place:
            yield Text()
        yield _heading(version)
        yield Text(f"  {_act(version)}", style="yellow" if version.change == "unreadable" else "dim")
        if version.change in ("changed", "renamed"):
            yield from _fields(version)


def _heading(version: Version) -> Text:
    from rich.text import Text

    commit = version.commit
    if commit is None:
        return Text("Uncommitted changes", style="bold")
    who = f"  {commit.date:%Y-%m-%d}  {visible(commit.author.name, 30)}  "
    return Text.assemble((commit.short, "bold"), who, visible(commit.subject, 100))


def _act(version: Version) -> str:
    match version.change:
        case "renamed":
            return f"renamed {visible(version.was or '', 60)} to {visible(version.name, 60)}"
        case "oldest":
            return "was there already"
        case "unreadable":
            more = f" (and {plural(version.more, 'commit')} before it)" if version.more else ""
            return f"cannot be read{more}: {visible(version.problem, 200)}"
        case change:
            return change


def _fields(version: Version) -> Iterator[Text]:
    from rich.text import Text

    from partner_tui.cli.contributions_text import field_text

    for change in version.fields[:_MOST_FIELDS]:
        yield field_text(change)
    rdf = version.after.rdf or version.before.rdf
    if version.rdf_fields and rdf:
        yield Text(f"  in {visible(rdf.path, 100)}", style="dim")
    for change in version.rdf_fields[:_MOST_FIELDS]:
        yield field_text(change)
    left = sum(max(0, len(some) - _MOST_FIELDS) for some in (version.fields, version.rdf_fields))
    if left:
        yield Text(f"  {plural(left, 'more field')}", style="dim")


def _version_json(version: Version) -> dict[str, Any]:
    from partner_tui.contributions.review import value_json

    commit = version.commit
    rdf = version.after.rdf or version.before.rdf
    return {
        "commit": commit.hash if commit else None,
        "author": {"name": commit.author.name, "email": commit.author.email} if commit else None,
        "date": commit.date.isoformat() if commit else None,
        "subject": commit.subject if commit else None,
        "change": version.change,
        "id": version.name or None,
        "was": version.was,
        "fields": [value_json(one) for one in version.fields],
        "rdf": rdf.path if rdf and version.rdf_fields else None,
        "rdf_fields": [value_json(one) for one in version.rdf_fields],
        "why": version.problem or None,
        "unreadable_before": version.more,
    }
