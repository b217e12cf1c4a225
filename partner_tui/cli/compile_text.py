"""What becomes of a manifest as text for people; what manifests say is made visible first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from partner_tui.central.compiled import PERIODS, TODAY, Compiled, Outcome, State
from partner_tui.plain import plural, visible

_STYLES: dict[State, str] = {"item": "green", "dropped": "red", "unknown": "yellow"}
_MOST = 300


def compiled_lines(compiled: Compiled) -> Iterator[Text]:
    """Every entry with what becomes of it, then the sum."""
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
    name = visible(outcome.id, 100) or f"(line {outcome.line})"
    cause = outcome.cause
    place = f"  line {cause.line}, {cause.rule}" if cause else ""
    yield Text.assemble((f"{outcome.state:<8} ", _STYLES[outcome.state]), name, (place, "dim"))
    if cause:
        more = len(outcome.causes) - 1
        yield Text(f"         {visible(cause.why, _MOST)}{f' (and {more} more)' if more else ''}")
        yield Text(f"         {visible(cause.hint, _MOST)}", style="dim")
