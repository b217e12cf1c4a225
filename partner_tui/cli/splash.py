"""`splash`: what visitors see of the partner, in the terminal or as a file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from partner_tui import terminal
from partner_tui.cli.arguments import manifest_option, open_source, source_argument, yes_option
from partner_tui.errors import UsageError
from partner_tui.plain import plural, visible
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partner_tui.splash.scene.blocks import Size, View
    from partner_tui.workspace.entries.remote_pictures import RemotePictures


class SizeType(click.ParamType[tuple[int, int]]):
    """A width and a height, such as 120x36.

    Args:
        bounds: As `read_size` takes them; without any, those of a window.
    """

    name = "WxH"

    def __init__(self, *bounds: Any) -> None:
        self._bounds = bounds

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        from partner_tui.splash.scene.blocks import read_size

        if isinstance(value, tuple):
            return value
        try:
            return read_size(value, *self._bounds)
        except UsageError as error:
            self.fail(error.message, param, ctx)


@click.command(short_help="Show what visitors of bioimage.io see of SOURCE.")
@source_argument
@click.option(
    "--view",
    type=click.Choice(["classic", "today", "cards"]),
    default="classic",
    show_default=True,
    help="The classic page, today's partner strip, or a page of cards.",
)
@click.option(
    "--window",
    type=SizeType(),
    default="1920x1080",
    show_default=True,
    help="The browser's window in pixels.",
)
@click.option(
    "--size",
    type=SizeType((20, 8), (500, 200), "120x36"),
    help="Columns and rows of a drawing for a terminal.",
)
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to FILE.svg, .png, .html, .txt or .ans instead.",
)
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, help="Of the cards, twelve a page."
)
@click.option("--offline", is_flag=True, help="Download no pictures; those downloaded before are shown.")
@yes_option
@manifest_option
def splash(
    source: str,
    view: View,
    window: tuple[int, int],
    size: tuple[int, int] | None,
    target: Path | None,
    page: int,
    offline: bool,
    consented: bool,
    manifest: str | None,
) -> None:
    """Show what visitors of bioimage.io see of SOURCE, which may also be a manifest file, or export it.

    What is not as it should be, and which pictures are not shown, is told on standard error. Pictures on other hosts are
    downloaded once you agreed to the host for this repository, here or in the app.

    \b
    partner-tui splash . --view today
    partner-tui splash . --window 390x844 --export phone.png
    """
    from partner_tui.splash.drawing.exports import format_of
    from partner_tui.splash.drawing.terminal import as_ansi, as_text
    from partner_tui.splash.scene.blocks import Pane, Window
    from partner_tui.workspace.headless.splash import export, lay_out
    from partner_tui.workspace.opening.opening import open_pictures

    pane = size or _terminal_size(target)
    if target is None:
        wanted: Size = Pane(*pane, Window(*window))
    else:
        wanted = format_of(target.name).size(view, Window(*window), pane)
        if not target.parent.is_dir():  # said before anything is downloaded
            raise UsageError(f"{target.parent} is not a folder.", "Create it first.")
    place = open_source(source, manifest)
    directories = Directories.of_user()
    remote = open_pictures(place.folder, directories)
    if offline:
        remote.close()
    shown = lay_out(place, view, wanted, page, directories, remote)
    if not offline:
        _ask_for(remote, shown.hosts(), consented)
        with terminal.ProgressLine() as progress:
            shown.download(remote, progress.show)
    if target is not None:
        export(shown, target)
        terminal.print_notice(f"Wrote {target}.")
    elif terminal.is_coloured():
        terminal.write_drawn(as_ansi(shown.scene, shown.pictures))
    else:
        terminal.write(as_text(shown.scene).removesuffix("\n"))
    for notice in shown.notices:
        terminal.print_notice(f"{notice.severity}: {notice.text} {notice.hint}".rstrip())
    for line in shown.unseen:
        terminal.print_notice(line)


def _terminal_size(target: Path | None) -> tuple[int, int]:
    """What fills the terminal and leaves a row for the prompt; without one, and for a file, 120x36."""
    if target is not None or not sys.stdout.isatty():
        return 120, 36
    columns, rows = shutil.get_terminal_size()
    return min(max(columns, 20), 500), min(max(rows - 2, 8), 200)


def _ask_for(remote: RemotePictures, hosts: Mapping[str, int], consented: bool) -> None:
    """Ask whether pictures may be downloaded from hosts; without somebody who can answer, only --yes does."""
    if not hosts:
        return
    named = ", ".join(f"{visible(host, 60)} ({plural(count, 'picture')})" for host, count in hosts.items())
    if consented or (
        terminal.can_ask() and click.confirm(f"Download pictures from {named}?", default=False, err=True)
    ):
        remote.agree(hosts)
    elif not terminal.can_ask():
        terminal.print_notice(f"Pictures were not downloaded from {named} (--yes downloads them).")
