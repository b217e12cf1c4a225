"""`commit` and `push`: what the app does in Changes, with the same checks; what it would ask about is refused without --yes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, Place, at_place, yes_option
from partner_tui.errors import PushRejected
from partner_tui.plain import plural
from partner_tui.settings import Directories

_SHORT = 7


@click.command(short_help="Commit the manifest and the files that partner-tui wrote.")
@click.option("-m", "--message", metavar="MESSAGE", help="The default is the message that the app suggests.")
@click.option("--sign-off", "-s", is_flag=True, help="Add a Signed-off-by line.")
@click.option("--dry-run", is_flag=True, help="Print what would be committed without committing.")
@at_place
@yes_option
def commit(
    place: Place,
    message: str | None,
    sign_off: bool,
    dry_run: bool,
    consented: bool,
) -> None:
    """Commit the manifest of SOURCE and the files that partner-tui wrote; everything else that is changed stays as it is.

    Exit code: 0 committed, or nothing to commit; 1 refused (see --yes); 2 usage error; 3 it could not be done.

    \b
    partner-tui commit . -m "Upgrade 55 entries to 0.3.4"
    partner-tui commit . --dry-run
    """
    from partner_tui.workspace.headless import commit_and_push

    done = commit_and_push.commit(
        place(),
        message,
        Directories.of_user(),
        sign_off=sign_off,
        dry_run=dry_run,
        consented=consented,
        credentials=terminal.credentials(),
    )
    if dry_run and done.files:
        terminal.write_diff(done.diff)
        terminal.print_notice(f"Message: {done.message.strip().partition(chr(10))[0]}")
        terminal.print_notice("Nothing was committed (--dry-run).")
    elif done.commit is None:
        terminal.print_notice("Nothing to commit.")
    else:
        subject = done.message.strip().partition("\n")[0]
        terminal.write(f"Committed {done.commit[:_SHORT]} on {done.branch}: {subject}")
        for file in done.files:
            terminal.write(f"  {file.path}  +{file.added} -{file.removed}")
    if done.others:
        files = "1 other changed file is" if done.others == 1 else f"{done.others} other changed files are"
        terminal.print_notice(f"{files} not included in commits.")


@click.command(short_help="Push the commits that are not pushed yet.")
@click.option("--branch", metavar="NAME", help="Push to this new branch, and switch to it.")
@click.option(
    "--dry-run", is_flag=True, help="Ask the remote whether it would accept the push, without pushing."
)
@at_place
@yes_option
def push(place: Place, branch: str | None, dry_run: bool, consented: bool) -> None:
    """Push the current branch of SOURCE to where git would push it. Nothing is ever forced.

    Exit code: 0 pushed, or nothing to push; 1 something is to be decided first (the remote has other commits, the branch is
    protected or gone, see also --yes); 2 usage error; 3 it could not be done.
    """
    from partner_tui.workspace.headless import commit_and_push

    with _to_be_decided(), terminal.ProgressLine() as progress:
        done = commit_and_push.push(
            place(),
            branch,
            Directories.of_user(),
            dry_run=dry_run,
            consented=consented,
            progress=progress.show,
            credentials=terminal.credentials(),
        )
    if done.pushed is None:
        terminal.print_notice("No commits to push.")
        return
    count = len(done.commits)
    commits = plural(count, "commit")
    target = f"{done.remote}/{done.pushed.branch}"
    if dry_run:
        terminal.write(f"{commits} would be pushed to {target}{' (new)' if done.pushed.new else ''}:")
    else:
        terminal.write(f"Pushed {commits} to {target}, now at {done.pushed.commit[:_SHORT]}:")
    for one in done.commits:
        terminal.write(f"  {one.short} {one.subject}")
    if done.pushed.compare_url and not dry_run:
        terminal.write(f"Open a pull request: {done.pushed.compare_url}")
    if dry_run:
        terminal.print_notice("Nothing was pushed (--dry-run).")


@contextmanager
def _to_be_decided() -> Iterator[None]:
    """What the app would ask now, or could do with one more key: told with what helps here, and exit code 1."""
    from partner_tui.repository.branches.branch_names import BranchTaken
    from partner_tui.repository.process.failures.kinds import BranchProtected
    from partner_tui.repository.remotes.push import PushUndecided

    try:
        yield
    except (PushUndecided, BranchProtected, BranchTaken, PushRejected) as error:
        match error:
            case PushUndecided():
                error.hint = f"{error.hint} In the app, P asks; or push to a new branch: --branch NAME."
            case BranchProtected():
                error.hint = f"{error.hint} Use --branch NAME."
            case PushRejected():
                error.hint = f"{error.hint} In the app: 5 (Changes), then p."
        terminal.print_error(error)
        raise click.exceptions.Exit(FINDINGS) from error
