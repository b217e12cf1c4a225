"""`commit` and `push`: what the app does in Changes, with the same checks; what it would ask about is refused without --yes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from partner_tui import terminal
from partner_tui.cli.arguments import FINDINGS, Place, at_place, yes_option
from partner_tui.errors import GitError, PartnerTuiError, PushRejected
from partner_tui.plain import plural
from partner_tui.settings import Directories, Settings

if TYPE_CHECKING:
    from partner_tui.workspace.changes.committing import ChangedFile
    from partner_tui.workspace.workspace import Workspace

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
    from partner_tui.workspace.changes import committing

    workspace = _open(place)
    repository = committing.the_repository(workspace)
    files, others = committing.read_changes(workspace)
    if message is None:
        message = committing.propose_message(files, workspace.steps.done)
    subject = message.strip().partition("\n")[0]
    if not files:
        terminal.print_notice("Nothing to commit.")
    elif dry_run:
        if problem := repository.state.problem:
            raise GitError(*problem)
        committing.paths_to_commit(workspace, message, consented=consented)
        terminal.write_diff("".join(map(_with_header, files)))
        terminal.print_notice(f"Message: {subject}")
        terminal.print_notice("Nothing was committed (--dry-run).")
    else:
        branch, ask = repository.branch, terminal.credentials()
        made = committing.commit(workspace, message, None, sign_off, consented=consented, credentials=ask)
        terminal.write(f"Committed {made[:_SHORT]} on {branch}: {subject}")
        for file in files:
            terminal.write(f"  {file.path}  +{file.added} -{file.removed}")
    if others:
        count = "1 other changed file is" if others == 1 else f"{others} other changed files are"
        terminal.print_notice(f"{count} not included in commits.")


def _open(place: Place) -> Workspace:
    """The manifest with its repository; one that cannot be read is refused in the words of what it is refused for."""
    from partner_tui.workspace.opening.opening import open_workspace

    opened = place()
    if not opened.in_repository:
        raise PartnerTuiError(
            f"{opened.folder} is not in a git repository.", "There is nothing to commit to or to push."
        )
    workspace = open_workspace(opened, Directories.of_user(), even_broken=True)
    workspace.open_repository()
    return workspace


def _with_header(file: ChangedFile) -> str:
    before = "/dev/null" if file.verb == "added" else f"a/{file.path}"
    after = "/dev/null" if file.verb == "removed" else f"b/{file.path}"
    return f"--- {before}\n+++ {after}\n{file.diff}"


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
    from partner_tui.workspace.changes.committing import the_repository
    from partner_tui.workspace.changes.push_workflow import push_unattended

    with _to_be_decided(), terminal.ProgressLine() as progress:
        workspace = _open(place)
        repository = the_repository(workspace)
        with suppress(PartnerTuiError):  # settings that cannot be read are no reason not to push
            repository.forges = Settings.load(Directories.of_user().settings_file).hosts
        unpushed, pushed = repository.unpushed(), None
        goes_to = repository.state.tracking.target
        remote = goes_to.remote if goes_to else repository.remote
        if unpushed or branch is not None or repository.branch is None:
            pushed = push_unattended(
                workspace,
                branch,
                dry_run=dry_run,
                consented=consented,
                progress=progress.show,
                credentials=terminal.credentials(),
            )
        else:
            repository.require_remote("push")
    if pushed is None:
        terminal.print_notice("No commits to push.")
        return
    commits, target = plural(len(unpushed), "commit"), f"{remote}/{pushed.branch}"
    if dry_run:
        terminal.write(f"{commits} would be pushed to {target}{' (new)' if pushed.new else ''}:")
    else:
        terminal.write(f"Pushed {commits} to {target}, now at {pushed.commit[:_SHORT]}:")
    for one in unpushed:
        terminal.write(f"  {one.short} {one.subject}")
    if dry_run:
        terminal.print_notice("Nothing was pushed (--dry-run).")
    elif pushed.compare_url:
        terminal.write(f"Open a pull request: {pushed.compare_url}")


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
