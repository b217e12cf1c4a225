"""`contributions`, `review` and `merge`: what waits in a repository, one contribution by entry, and merging it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partner_tui import terminal
from partner_tui.cli.arguments import (
    FINDINGS,
    error_output,
    format_option,
    manifest_option,
    open_repository,
    source_argument,
    trust_option,
    yes_option,
)
from partner_tui.errors import UsageError
from partner_tui.plain import age, visible
from partner_tui.settings import Directories

if TYPE_CHECKING:
    from partner_tui.comparison.three_way import Side
    from partner_tui.compliance.checker import Checker
    from partner_tui.contributions.contribution import Contribution
    from partner_tui.contributions.on_forge import ForgeKnowledge
    from partner_tui.workspace.contributions.contributions import Contributions

_STATES = {
    "open": ("open", "probably-open"),
    "unknown": ("unknown",),
    "merged": ("merged",),
    "closed": ("closed",),
}
offline_option = click.option("--offline", is_flag=True, help="Use what was fetched before.")


@click.command(short_help="List the pull requests and branches of SOURCE.")
@source_argument
@click.option(
    "--state",
    type=click.Choice(["all", *_STATES, "arrived"]),
    help="The default leaves out what is merged or closed; arrived is what others put on the default branch.",
)
@format_option("text", "json")
@click.option(
    "--forge",
    "asks_forge",
    is_flag=True,
    help="Ask GitHub's API which are open, and for titles and authors. Sends your token for that host, if there is one.",
)
@offline_option
@trust_option
def contributions(
    source: str, state: str | None, form: str, asks_forge: bool, offline: bool, trust: bool
) -> None:
    """List the pull requests, merge requests and branches of SOURCE, the newest first.

    With --state arrived, list the commits of others on the default branch that were not marked as seen in the app. What the clone has when it is first looked at counts as seen.

    Git cannot tell open from closed; --forge asks GitHub, or the server of the setting github_api. "probably-open" has a test merge of the forge, "unknown" is neither that nor merged.
    """
    from partner_tui.cli.contributions_text import listing_json, listing_lines
    from partner_tui.workspace.opening.opening import open_checker

    with error_output(form), open_checker(Directories.of_user()) as checker:
        clone = _open(source, checker, None, offline, trust, with_pulls=state != "arrived")
        if state == "arrived":
            known: tuple[Contribution, ...] = tuple(one for one in clone.arrived() if not one.is_seen)
            wanted = known
        else:
            known = clone.listed(_ask_forge(clone, offline) if asks_forge else None)
            wanted = tuple(one for one in known if _is_wanted(str(one.state), state))
    if form == "json":
        terminal.write_json(listing_json(wanted))
    else:
        nothing = (
            "Nothing arrived that was not seen." if state == "arrived" else "No contributions to review."
        )
        terminal.write_rich(*listing_lines(wanted, len(known) - len(wanted), nothing))


@click.command(short_help="Review one pull request, branch, commit or file of SOURCE by entry.")
@source_argument
@click.argument("name", metavar="NUMBER|BRANCH|COMMIT|FILE")
@click.option(
    "--base", metavar="REF", help="Compare with this; the default is the branch before it was merged."
)
@format_option("text", "markdown", "json")
@offline_option
@manifest_option
@trust_option
@click.pass_context
def review(
    ctx: click.Context,
    source: str,
    name: str,
    base: str | None,
    form: str,
    offline: bool,
    manifest: str | None,
    trust: bool,
) -> None:
    """Review a contribution: the entries it changes, findings it brings and resolves, what needs care, and a checklist.

    A commit of the default branch is compared with the one before it; of a merge, with the branch before it.

    A FILE is a patch, the RDF of one resource or a folder with one, or a package (.zip), reviewed as if it were added to SOURCE; no branch is made. Files that would be left out are named on standard error.

    Nothing of it is checked out or executed.

    Exit code: 0 nothing new, 1 it brings an error or does not merge by itself, 2 usage error, 3 it could not be read.

    \b
    partner-tui review ilastik 75
    partner-tui review . 75 --format markdown > review.md
    partner-tui review . ./sent/0001-add-a-model.patch
    """
    from partner_tui.cli.contributions_text import review_lines
    from partner_tui.workspace.opening.opening import JUDGES, open_checker

    with error_output(form), open_checker(Directories.of_user(), JUDGES) as checker:
        is_file = not name.isdigit() and os.path.lexists(name) and not Path(name).is_dir()
        known = _open(source, checker, manifest, offline or is_file, trust)
        one, left_out = _file_or_found(known, name, is_file=is_file)
        found = known.review(one, base, credentials=terminal.credentials())
        if known.onto and base is None and not one.is_over:
            terminal.print_notice(f"Checked for merging {known.onto}.")
    for path, why in left_out.items():
        terminal.print_notice(f"Left out {visible(path, 200)}: {visible(why, 200)}.")
    if form == "json":
        terminal.write_json(found.to_json())
    elif form == "markdown":
        from partner_tui.contributions.markdown import to_markdown

        click.echo(to_markdown(found), nl=False)
    else:
        terminal.write_rich(*review_lines(found))
    ctx.exit(FINDINGS if found.fails else 0)


@click.command(short_help="Merge pull requests or branches of SOURCE, by entry where git conflicts.")
@source_argument
@click.argument("names", metavar="NUMBER|BRANCH...", nargs=-1, required=True)
@click.option(
    "--choose",
    "chosen",
    multiple=True,
    metavar="KEY=ours|theirs",
    help="Decide a conflict; ours is the branch that is checked out.",
)
@click.option("--squash", is_flag=True, help="One commit with one parent; its authors are kept as trailers.")
@click.option(
    "--with-fixes",
    is_flag=True,
    help="Commit the fixes of `upgrade` that need no answer on top, for the entries that it changes.",
)
@click.option("--write", is_flag=True, help="Commit the merge; nothing is pushed.")
@offline_option
@manifest_option
@trust_option
@yes_option
@click.pass_context
def merge(
    ctx: click.Context,
    source: str,
    names: tuple[str, ...],
    chosen: tuple[str, ...],
    squash: bool,
    with_fixes: bool,
    write: bool,
    offline: bool,
    manifest: str | None,
    trust: bool,
    consented: bool,
) -> None:
    """Show what merging contributions would give, as a diff; with --write, commit it on the default branch.

    Git merges first; where it conflicts in the manifest, entries and fields are merged by what they are. Several are merged in
    the order given, one commit each, and what conflicts with an earlier one is left out.

    Exit code: 0 merges, 1 needs a decision, brings an error or does not merge, 2 usage error, 3 it could not be read.

    \b
    partner-tui merge . 75
    partner-tui merge . 75 81 --choose "collection[livecell].license=theirs" --write
    """
    from partner_tui.cli.contributions_text import fixes_lines, merge_lines
    from partner_tui.workspace.contributions.applying import apply_batch, branch_to_merge_into
    from partner_tui.workspace.opening.opening import JUDGES, open_checker

    choices = dict(map(_choice, chosen))
    with error_output("text"), open_checker(Directories.of_user(), JUDGES) as checker:
        known = _open(source, checker, manifest, offline, trust)
        onto = branch_to_merge_into(known.repository)
        wanted = known.find_each(dict.fromkeys(names))
        ask = terminal.credentials()
        rows = list(
            known.plan_several(
                wanted,
                onto,
                squash=squash,
                with_fixes=with_fixes,
                choices=choices,
                agreed=consented,
                credentials=ask,
            )
        )
        if unknown := choices.keys() - {key for row in rows for key in row.plan.merged.chosen}:
            raise UsageError(
                f"There is no conflict with the key {sorted(unknown)[0]!r}.",
                "Without --choose, the keys are listed.",
            )
        for row in rows:
            terminal.write_rich(*merge_lines(known.root, row))
            if row.plan.outcome and row.plan.outcome.diff:
                terminal.write_diff(row.plan.outcome.diff)
            if row.plan.fixes:
                terminal.write_rich(*fixes_lines(row.plan.fixes))
                terminal.write_diff(row.plan.fixes.diff)
        made = [row for row in rows if row.is_merged]
        if write and made:
            apply_batch(known.repository, onto, made, credentials=ask)
    if write and made:
        terminal.print_notice(f"Merged {len(made)} of {len(rows)}. Push with partner-tui push.")
    else:
        terminal.print_notice("Nothing was merged. Add --write to commit." if made else "Nothing was merged.")
    ctx.exit(0 if len(made) == len(rows) else FINDINGS)


def _file_or_found(
    known: Contributions, name: str, *, is_file: bool
) -> tuple[Contribution, Mapping[str, str]]:
    """What a name is of, and the files of it that are left out; a folder is taken where nothing else has its name."""
    if not is_file:
        try:
            return known.find(name), {}
        except UsageError:
            if not Path(name).is_dir():
                raise
    return known.of_file(name, credentials=terminal.credentials())


def _ask_forge(clone: Contributions, offline: bool) -> ForgeKnowledge:
    """What the forge says of contributions; how old that is goes to standard error."""
    from datetime import UTC, datetime

    from partner_tui.settings import Settings
    from partner_tui.workspace.contributions.asking_forge import ask_forge
    from partner_tui.workspace.opening.opening import state_folder

    directories = Directories.of_user()
    forge = clone.forge(Settings.load(directories.settings_file).github_api)
    if forge is None:
        raise UsageError(
            "The forge of the remote has no API that can be asked.",
            "GitHub has one, and the server in the setting github_api. Without --forge, the list is what git knows.",
        )
    said, why = ask_forge(forge, state_folder(clone.root, directories), offline=offline)
    if why:
        terminal.print_notice(f"{why} Shown as {forge.host} said {age(said.at, datetime.now(UTC))}.")
    if not said.is_whole:
        terminal.print_notice(
            f"{forge.host} has more pull requests than were read: the oldest are shown as git knows them."
        )
    return said


def _choice(text: str) -> tuple[str, Side]:
    key, _, side = text.rpartition("=")
    if not key or side not in ("ours", "theirs"):
        raise click.BadParameter(f"{text!r} is not KEY=ours or KEY=theirs.", param_hint="--choose")
    return key, "ours" if side == "ours" else "theirs"


def _open(
    source: str,
    checker: Checker,
    manifest: str | None,
    offline: bool,
    trust: bool,
    *,
    with_pulls: bool = True,
) -> Contributions:
    from partner_tui.workspace.contributions.contributions import Contributions
    from partner_tui.workspace.opening.opening import state_folder

    root = open_repository(source, trust=trust)
    known = Contributions(root, checker, manifest, state=state_folder(root, Directories.of_user()))
    if not offline:
        with terminal.ProgressLine() as progress:
            ask = terminal.credentials()
            known.fetch(with_pulls=with_pulls, progress=progress.show, credentials=ask)
    return known


def _is_wanted(state: str, wanted: str | None) -> bool:
    if wanted is None:
        return state not in ("merged", "closed")
    return wanted == "all" or state in _STATES[wanted]
