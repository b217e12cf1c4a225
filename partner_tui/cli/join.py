"""`join`: the repository of a new partner, and what asks for it to be listed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from partner_tui import terminal
from partner_tui.cli.arguments import begin
from partner_tui.errors import UsageError
from partner_tui.repository.process.git_log import GitLog

_OF_THE_REQUEST = ("planned", "plan")
"""Answers that may be empty and are asked for all the same: the admins read them."""


@click.command(short_help="Start the repository of a new partner in FOLDER.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--id", help="Part of URLs: lowercase letters and digits.")
@click.option("--name", help="Name of the software or group.")
@click.option("--description", help="One sentence: the splash's subtitle.")
@click.option("--website", metavar="URL", help="Where visitors read more.")
@click.option("--repository", metavar="OWNER/NAME", help="Where it will be on GitHub.")
@click.option("--author", help="Author of the first entry.")
@click.option("--license", "spdx", default="CC-BY-4.0", show_default=True, help="SPDX id.")
@click.option(
    "--types", default="", help="Planned types, such as model,application; the first is shown first."
)
@click.option("--logo", metavar="URL", default="", help="A square picture. Without it, a letter is drawn.")
@click.option(
    "--remote", metavar="URL", default="", help="Where a new repository is pushed to, if not to GitHub."
)
@click.option("--planned", metavar="TEXT", help="What resources are planned, for the request.")
@click.option("--plan", metavar="TEXT", help="Who maintains them, for the request.")
@click.option(
    "--central",
    metavar="CLONE",
    type=click.Path(path_type=Path),
    help="A clone of bioimage-io/collection: make a branch there that adds the partner.",
)
@click.option(
    "--request",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the request to join.",
)
@click.option("--dry-run", is_flag=True, help="Print the files and write nothing.")
def join(
    folder: Path,
    spdx: str,
    types: str,
    remote: str,
    central: Path | None,
    request: Path | None,
    dry_run: bool,
    **given: str | None,
) -> None:
    """Start the repository of a new community partner in FOLDER: manifest, first entry, README, license, logo and CI.

    A FOLDER that is a repository gets what it lacks; no file that exists is changed, and what its manifest says need not be
    given. You can undo it in the app with ctrl+z. Nothing is committed or pushed. In a terminal, answers that are not given as options are asked for.

    Exit code: 0 written, 1 git failed, 2 an answer is missing or does not fit, 3 FOLDER could not be read.
    """
    from partner_tui.central.joining import FIRST_TYPES, REQUESTS, Answers
    from partner_tui.central.workflows import FILE as WORKFLOW
    from partner_tui.central.workflows import to_set
    from partner_tui.repository.clones.source import push_url
    from partner_tui.workspace.central.central_branch import read_central
    from partner_tui.workspace.central.joining import look_at, plan_joining, write_joining, write_request

    directories = begin()
    if request is not None and not dry_run and request.exists():  # before anything is asked for
        raise UsageError(f"{request} already exists.", "Name another file.")
    if central is not None:
        read_central(central)
    for name, value in given.items():
        if value and (problem := _problem(name, value)):
            raise UsageError(f"--{name}: {problem}", "Run partner-tui join --help.")
    if remote.strip():
        push_url(remote)
    found = look_at(folder, directories)
    named = tuple(kind.strip() for kind in types.split(",") if kind.strip())
    kinds = named or found.types or FIRST_TYPES
    said, claims = _asked(given, found.answers)
    answers = Answers(**said, license=spdx, types=kinds, claims=claims)
    joining = plan_joining(found, answers, directories, remote, central)
    partner, branch, log = joining.partner, joining.branch, GitLog()
    if not dry_run:
        write_joining(joining, directories, log)
    for path in partner.kept:
        terminal.print_notice(f"Kept    {path}")
    for path in partner.files:
        terminal.print_notice(f"{'Would add' if dry_run else 'Added'}   {path}")
    if dry_run:
        terminal.print_notice("Nothing was written (--dry-run).")
        return
    if request is not None:
        write_request(request, partner)
        terminal.print_notice(f"Wrote the request to join to {request}. Open it at {REQUESTS}")
    if branch is not None:
        made = f"Branch {branch.name} is in {branch.root}. Push it to your fork and open a pull request."
        same = f"{branch.root} has {answers.id} as it is here."
        terminal.print_notice(made if branch.is_needed else same)
    for one in log.commands:
        terminal.print_notice(one.command)
    if WORKFLOW in partner.files and (todo := to_set()):
        terminal.print_notice(todo)
    terminal.print_notice(f"Next: partner-tui commit {found.top}, then partner-tui push {found.top}")


def _asked(given: dict[str, str | None], known: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The answers: as given, else asked for where somebody can answer, else as the folder says; and what was said of who may join.

    Raises:
        UsageError: An answer is missing.
    """
    from partner_tui.central.joining import QUESTIONS

    asked = [
        one for one in QUESTIONS if one.name in given and (one.is_required or one.name in _OF_THE_REQUEST)
    ]
    answers = {name: value or known.get(name, "") for name, value in given.items()}
    if not terminal.is_interactive():
        if missing := next((one.name for one in asked if one.is_required and not answers[one.name]), None):
            raise UsageError(f"--{missing} is missing.", "Run partner-tui join --help.")
        return answers, ()
    questions = [one for one in asked if not given[one.name]]
    if not any(one.is_required for one in questions):
        return answers, ()
    claims = _claims()
    for one in questions:
        prompt = f"{one.label} ({one.about[:1].lower()}{one.about[1:].rstrip('.')})"
        default = answers[one.name] or (None if one.is_required else "")
        proc = partial(_checked, one.name)
        answers[one.name] = click.prompt(
            prompt, default, value_proc=proc, show_default=bool(default), err=True
        )
    return answers, claims


def _checked(name: str, typed: str) -> str:
    """An answer that fits; click asks again for one that does not, and the others are kept."""
    if problem := _problem(name, typed):
        raise click.UsageError(problem)
    return typed.strip()


def _problem(name: str, typed: str) -> str | None:
    """What is wrong with an answer."""
    from partner_tui.central.joining import Answers

    blank: dict[str, Any] = dict.fromkeys(
        ("id", "name", "description", "website", "repository", "author"), ""
    )
    return Answers(**{**blank, name: typed.strip()}).problems().get(name)


def _claims() -> tuple[str, ...]:
    """What holds of who may join, for the request. Nobody is kept from going on: the admins decide."""
    from partner_tui.central.joining import BENEFITS, DUTIES, WHO_MAY_JOIN

    click.echo(BENEFITS, err=True)
    claims = []
    for heading, some in (("You are:", WHO_MAY_JOIN), ("You will:", DUTIES)):
        click.echo(heading, err=True)
        claims += [one for one in some if click.confirm(f"  {one}?", err=True)]
    return tuple(claims)
