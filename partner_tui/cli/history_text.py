"""The history of an entry as text for people; what commits and manifests say is made visible first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from partner_tui.cli.contributions_text import field_text
from partner_tui.plain import plural, visible
from partner_tui.workspace.entries.history import Version
from partner_tui.workspace.headless.history import Told

_MOST_FIELDS = 20


def history_lines(found: Told) -> Iterator[Text]:
    """Every version, newest first, with the values that differ."""
    if not found.versions:
        yield Text("Never changed.")
    for place, version in enumerate(found.versions):
        if place:
            yield Text()
        yield _heading(version)
        yield Text(f"  {_act(version)}", style="yellow" if version.change == "unreadable" else "dim")
        if version.change in ("changed", "renamed"):
            yield from _fields(version)


def _heading(version: Version) -> Text:
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
