"""The main job on the sample partner without a terminal: check, edit the splash, commit, push, and read it back.

It goes the app's own way, through the workspace: what is printed here is what the app does, and it ends with an error
where the app would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from threading import Event

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from partner_tui.compliance.finding import Severity
from partner_tui.compliance.report_text import status_summary
from partner_tui.compliance.status import Status
from partner_tui.demo.build import Demo, build_demo
from partner_tui.manifest.editing.patch import set_value
from partner_tui.plain import visible
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.git import run
from partner_tui.repository.repository import Repository
from partner_tui.settings import Directories
from partner_tui.splash.drawing.terminal import as_text
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import Pane
from partner_tui.terminal import DIFF_COLOURS
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.soundness import push
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from partner_tui.workspace.workspace import Workspace

FIELD, VALUE = "splash_subtitle", "Open models and data for everything that grows"


def run_headless(folder: Path, console: Console | None = None) -> Demo:
    """Build the sample below `folder`, do the whole job on it and print each step.

    Nothing outside of `folder` is written: state and cache of this run lie in it too.

    Raises:
        PartnerTuiError: A step failed; what was printed before it was done.
    """
    console = console or _standard_output()
    demo = build_demo(folder)
    app = folder / "app"
    directories = Directories(app / "config", app / "data", app / "state", app / "cache")
    place = find_manifest(resolve_source(str(demo.clone), directories), None, directories)
    workspace = open_workspace(place, directories)
    try:
        workspace.repository = Repository.open(demo.clone)
        _say(console, "The sample partner", f"remote  {demo.remote}", f"clone   {demo.clone}")
        _show_entries(console, workspace)
        _show_splash(console, workspace)
        _edit(console, workspace)
        _commit_and_push(console, workspace, demo)
    finally:
        workspace.checker.close()
    return demo


def _show_entries(console: Console, workspace: Workspace) -> None:
    workspace.check(lambda check: None, Event())
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in ("Id", "Type", "Format", "Status"):
        table.add_column(name, no_wrap=True)
    table.add_column("Findings", justify="right")
    for entry in workspace.manifest.entries:
        check = workspace.checks[entry.index]
        table.add_row(
            visible(entry.id or "–"),
            visible(entry.type or "–"),
            visible(check.format_version or "–"),
            Text(f"{check.status.glyph} {check.status}", style=check.status.style),
            str(len(check.findings) or ""),
        )
    _say(console, f"Entries: {len(workspace.manifest.entries)}, judged by the spec library")
    console.print(table)
    console.print(Padding(status_summary(workspace.status_counts()), (0, 2)))
    _say(console, "Why some are invalid", *_reasons(workspace))


def _reasons(workspace: Workspace) -> Iterator[str]:
    for entry in workspace.manifest.entries:
        if workspace.status(entry) is Status.INVALID:
            for finding in workspace.checks[entry.index].findings:
                if finding.severity is Severity.ERROR:
                    hint = f" ({finding.hint})" if finding.hint else ""
                    yield visible(f"line {finding.line:<4} {entry.id}: {finding.message}{hint}")


def _show_splash(console: Console, workspace: Workspace) -> None:
    config = workspace.manifest.partner.config
    _say(console, "The splash, as the classic site shows it")
    pane = Pane(76, 17, letters=False)
    console.print(Padding(Text(as_text(make_scene("classic", config, size=pane))), (0, 2)))


def _edit(console: Console, workspace: Workspace) -> None:
    before = workspace.document
    after = set_value(before, ("config", FIELD), VALUE)
    workspace.save(f"splash: {FIELD}", {workspace.manifest_name: after.encode()})
    _say(console, f"Edit {FIELD}: one line changes, the rest stays byte for byte")
    for line in diff_text(before.text, after.text, workspace.manifest_name, context=2).splitlines():
        style = "bold" if line.startswith(("---", "+++")) else DIFF_COLOURS.get(line[:1], "")
        console.print(Text(f"  {visible(line)}", style=style), soft_wrap=True)


def _commit_and_push(console: Console, workspace: Workspace, demo: Demo) -> None:
    repository = committing.the_repository(workspace)
    message = committing.propose_message(committing.changed_files(workspace))
    made = committing.commit(workspace, message, None, False)
    _say(console, "Commit", f"{made[:10]} {message}", f"by {visible(str(repository.author()))}")
    pushed = push(workspace, repository)
    _say(
        console,
        "Push, and what git was told",
        *(f"$ {visible(command.command)}" for command in repository.log.commands),
    )
    arrived = run(["log", "-1", "--format=%h %s", "--abbrev=10", pushed.branch], cwd=demo.remote).strip()
    field = run(["grep", "--no-color", "-n", FIELD, pushed.branch], cwd=demo.remote).strip()
    _say(console, f"Read back from the remote's {pushed.branch}", visible(arrived), visible(field))


def _standard_output() -> Console:
    """Colours on a terminal alone and never with NO_COLOR (rich sees to both); no glyph is worth a failure."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(markup=False, highlight=False, emoji=False)


def _say(console: Console, title: str, *lines: str) -> None:
    console.print()
    console.print(Text(title, style="bold"), soft_wrap=True)
    for line in lines:
        console.print(Text(f"  {line}"), soft_wrap=True)
