"""Contributions and reviews as text for people, and the list as JSON; all that was contributed is made visible first."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from partner_tui.comparison.changes import ABSENT
from partner_tui.compliance.finding import Finding
from partner_tui.contributions.checklist.item import by_section
from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.review import Review
from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.plain import plural, size_words, visible
from partner_tui.workspace.contributions.batch import BatchRow
from partner_tui.workspace.contributions.conflicted import FileVersion, read_versions
from partner_tui.workspace.contributions.fixes_on_top import FixesOnTop

_VALUE, _TITLE = 60, 100
_MOST_FIELDS = 20
_HOW = {
    "git": "merges with git",
    "entries": "merges by entry; git alone conflicts",
    "decision": "needs a decision",
    "no": "cannot be merged",
}
_MARKS = {"pass": ("✓", "green"), "fail": ("✗", "red"), "n/a": ("–", "dim"), "open": ("·", "dim")}


def listing_json(listed: Sequence[Contribution]) -> dict[str, Any]:
    """The documented shape of ``contributions --format json``."""
    return {
        "schema": 1,
        "contributions": [
            {
                "name": one.name,
                "kind": one.kind,
                "head": one.head,
                "author": one.author,
                "date": one.date.isoformat(),
                "title": one.title,
                "state": str(one.state),
                "why": one.why,
            }
            for one in listed
        ],
    }


def listing_lines(listed: Sequence[Contribution], left_out: int, nothing: str) -> Iterator[Text]:
    """The list for people.

    Args:
        left_out: How many have another state than was asked for.
        nothing: What is said where there are none.
    """
    width = max((len(_number(one)) for one in listed), default=0)
    for one in listed:
        yield Text.assemble(
            (f"{_number(one):<{width}}", "bold"),
            f"  {one.state:<13}  {one.date:%Y-%m-%d}  ",
            (f"{visible(one.author, 20):<20}  ", "dim"),
            visible(one.heading, _TITLE),
            no_wrap=True,
            overflow="ellipsis",
        )
    if not listed:
        yield Text(nothing)
    if left_out:
        yield Text(f"{plural(left_out, 'other')} with another state: --state all", style="dim")


def _number(one: Contribution) -> str:
    return visible(one.reference, 40)


def review_lines(review: Review) -> Iterator[Text]:
    one = review.contribution
    yield Text.assemble((_number(one), "bold"), f"  {visible(one.heading, _TITLE)}")
    yield Text(f"{visible(one.author, 60)}, {one.date:%Y-%m-%d}, {one.standing}", style="dim")
    how = "" if one.state is State.ARRIVED else f"   {_HOW[review.merges.how]}"
    why = f": {visible(review.merges.why, 200)}" if review.merges.why else ""
    yield Text(f"Entries {review.counts}{how}{why}")
    for caution in review.cautions():
        yield Text.assemble(("▲ ", "yellow"), visible(caution, 300))
    for finding in review.about_manifest.new:
        yield _finding("manifest", finding, "new")
    if review.config:
        yield from (Text(), Text("config", style="bold"), *_fields(review.config))
    for change, found in review.touched:
        yield Text()
        yield _entry(change)
        yield from _fields(change.fields)
        for finding in found.new:
            yield _finding("", finding, "new")
        for finding in found.resolved:
            yield _finding("", finding, "resolved")
    if review.files:
        yield from (Text(), Text("Files", style="bold"))
    for file in review.files:
        was = f" (was {visible(file.was, 120)})" if file.was else ""
        yield Text(f"  {file.change:<8} {visible(file.path, 120)}{was}")
    if review.checklist:
        yield Text()
    for section, items in by_section(review.checklist).items():
        yield Text(section, style="bold")
        for item in items:
            mark, style = _MARKS[item.state]
            said = f"  {visible(item.evidence, 160)}" if item.evidence else ""
            yield Text.assemble((f"  {mark} ", style), item.item, (said, "dim"))


def merge_lines(root: Path, row: BatchRow) -> Iterator[Text]:
    """One merge of several: what it changes, or what keeps it from being merged."""
    plan, merged = row.plan, row.plan.merged
    one = plan.contribution
    yield Text.assemble((_number(one), "bold"), f"  {visible(one.heading, _TITLE)}")
    decided = "merges as decided" if merged.how == "decision" and plan.is_decided else _HOW[merged.how]
    why = f": {visible(merged.why, 200)}" if merged.why else ""
    yield Text(f"{decided}{why}", style="" if row.is_merged else "yellow")
    if row.conflicts_with is not None:
        yield Text(
            f"It conflicts with {_number(row.conflicts_with)}, which is merged before it.", style="yellow"
        )
    if merged.hint:
        yield Text(merged.hint, style="dim")
    for objection in plan.objections():
        yield Text.assemble(("▲ ", "yellow"), visible(objection, 300))
    for conflict in merged.conflicts:
        yield Text.assemble(
            ("? ", "yellow"), (f"--choose {visible(shlex.quote(conflict.key), 200)}=ours|theirs", "bold")
        )
        for side, value in (("base", conflict.base), ("ours", conflict.ours), ("theirs", conflict.theirs)):
            yield Text(f"    {side:<7} {'(none)' if value is ABSENT else _value(value)}")
    for file in merged.files:
        yield Text.assemble(
            ("? ", "yellow"), (f"--choose {visible(shlex.quote(file.path), 200)}=ours|theirs", "bold")
        )
        if len(merged.files) > 1 or merged.conflicts:
            yield Text(f"    {visible(merged.reasons[file.path], 200)}", style="dim")
        base, mine, other = read_versions(root, file)
        for side, version in (("ours", mine), ("theirs", other)):
            yield Text(f"    {side:<7} {_version(version, base)}")
    for path, change in (plan.outcome.files if plan.outcome else {}).items():
        yield Text(f"  {change.kind:<8} {visible(path, 120)}", style="dim")


def fixes_lines(fixes: FixesOnTop) -> Iterator[Text]:
    """The commit of fixes that follows a merge."""
    subject, *used = (line for line in fixes.message.splitlines() if line)
    yield Text(visible(subject, _TITLE), style="bold")
    yield from (Text(visible(line, 120), style="dim") for line in used)


def _version(version: FileVersion, base: FileVersion) -> str:
    """A file on one side, in a few words: ``changed, 2.1 KB``."""
    kind = {"removed": "removed or renamed", "link": "a link", "submodule": "a submodule"}.get(version.kind)
    what = kind or ("added" if base.kind == "removed" else "changed")
    name = f" as {visible(version.name, 80)}" if version.name != base.name else ""
    size = f", {size_words(version.size)}" if version.size is not None and kind is None else ""
    return f"{what}{name}{size}{', binary' if version.kind == 'binary' else ''}"


def _entry(change: EntryChange) -> Text:
    was = f" (was {visible(change.was, 60)})" if change.was else ""
    return Text.assemble((f"{change.change} ", "dim"), (visible(change.name, 80), "bold"), was)


def _fields(changes: Sequence[ValueChange]) -> Iterator[Text]:
    yield from map(field_text, changes[:_MOST_FIELDS])
    if (more := len(changes) - _MOST_FIELDS) > 0:
        yield Text(f"  {plural(more, 'more field')}", style="dim")


def field_text(change: ValueChange) -> Text:
    """One value that differs, in a line."""
    path = ".".join(map(str, change.path))
    if change.before is ABSENT:
        return Text.assemble(("  + ", "green"), f"{visible(path, 60)}: {_value(change.after)}")
    if change.after is ABSENT:
        return Text.assemble(("  - ", "red"), f"{visible(path, 60)}: {_value(change.before)}")
    before, after = change.before, change.after
    if isinstance(before, str) and isinstance(after, str):
        before, after = _where_they_differ(before, after)
    return Text.assemble(("  ~ ", "yellow"), f"{visible(path, 60)}: {_value(before)} → {_value(after)}")


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Two long texts from shortly before the place where they differ."""
    pairs = enumerate(zip(before, after, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    shared = first - _VALUE // 3
    if shared <= 0 or max(len(before), len(after)) <= _VALUE:
        return before, after
    return f"…{before[shared:]}", f"…{after[shared:]}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return f"[{len(value)}]"
    return visible(scalar_text(value), _VALUE)


def _finding(name: str, finding: Finding, kind: str) -> Text:
    about = f"{name}: " if name else ""
    if kind == "resolved":
        return Text.assemble(("  resolved ", "green"), f"{about}{visible(finding.message, 200)}")
    hint = f". {visible(finding.hint, 200)}" if finding.hint else ""
    return Text.assemble(
        (f"  new {finding.severity} ", "red"), f"{about}{visible(finding.message, 200)}{hint}"
    )
