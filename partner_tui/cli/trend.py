"""`trend`: the statuses of the entries over the manifest's history, and who changed them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui import terminal
from partner_tui.cli.arguments import Place, at_place, error_output, write_to
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from rich.text import Text

    from partner_tui.central.trend import Trend
    from partner_tui.workspace.opening.opening import ManifestLocation

_WIDTH, _HEIGHT, _AUTHORS = 100, 14, 10


@click.command(short_help="Print the statuses of SOURCE over its history.")
@click.option(
    "--format",
    "given",
    type=click.Choice(["text", "json", "svg"]),
    help="Default: text, or what --output ends in.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
@at_place
def trend(place: Place, given: str | None, output: Path | None) -> None:
    """Print how many entries were latest, outdated and invalid after each commit of the default branch that changed the
    manifest, judged by today's spec, and who upgraded how many.

    Exit code: 0 printed, 2 usage error, 3 SOURCE could not be read.

    \b
    partner-tui trend . --output trend.svg
    """
    from partner_tui.repository.process.progress import Progress

    endings = {".svg": "svg", ".json": "json"}
    form = given or (endings.get(output.suffix, "text") if output else "text")
    with error_output(form), terminal.ProgressLine() as progress:
        found = read_trend(
            place(),
            Directories.of_user(),
            lambda done, total: progress.show(Progress("Judging versions", done, total)),
        )
    if form == "svg":
        from partner_tui.central.trend_chart import draw_svg

        text = draw_svg(found)
    elif form == "json":
        text = json.dumps(found.to_json(), ensure_ascii=False, indent=2)
    elif output is None:
        for line in _lines(found):
            terminal.write_rich(line)
        return
    else:
        text = "\n".join(line.plain for line in _lines(found))
    if output is None:
        terminal.write(text)
    else:
        write_to(output, text)


def read_trend(place: ManifestLocation, directories: Directories, tell: Callable[[int, int], None]) -> Trend:
    """Judge every version of the manifest on the default branch.

    Raises:
        UsageError: The manifest is in no repository.
        GitError: The log, or an older version, cannot be read.
    """
    from partner_tui.workspace.central.trend import TrendReader
    from partner_tui.workspace.opening.opening import open_workspace

    place.require_repository()
    workspace = open_workspace(place, directories, remember=False, even_broken=True)
    try:
        workspace.open_repository()
        assert workspace.repository is not None
        reader = TrendReader(workspace, workspace.repository)
        points = []
        for point in reader.points():
            points.append(point)
            tell(len(points), reader.count)
        return reader.trend(points)
    finally:
        workspace.close()


def _lines(found: Trend) -> Iterator[Text]:
    from rich.text import Text

    from partner_tui.central.trend_chart import draw_cells
    from partner_tui.compliance.status import Status
    from partner_tui.plain import visible

    for line in draw_cells(found.points, len(found.points), _WIDTH, _HEIGHT) if found.points else ():
        yield Text.assemble(*((text, status.style if status else "dim") for text, status in line))
    last = found.points[0].counts if found.points else {}
    yield Text.assemble(*((f"{one.fill} {last.get(one, 0)} {one}  ", one.style) for one in Status))
    yield Text(f"{found.title}. {found.note}.")
    for name, (upgraded, broken) in list(found.by_author().items())[:_AUTHORS]:
        yield Text(f"  {visible(name, 40)}: {upgraded} became latest, {broken} invalid")
