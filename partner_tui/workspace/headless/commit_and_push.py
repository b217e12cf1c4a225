"""Commit and push without a terminal, by the app's own checks and words. What the app asks about is refused unless agreed to."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from partner_tui.errors import GitError, NeedsConsent, PartnerTuiError
from partner_tui.repository.commits.commit import Commit
from partner_tui.repository.git import Watch, watching
from partner_tui.repository.process.credentials import Credentials
from partner_tui.repository.process.progress import Progress
from partner_tui.repository.remotes.push import Pushed
from partner_tui.settings import Directories, Settings
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.committing import (
    ChangedFile,
    changed_files,
    propose_message,
    the_repository,
)
from partner_tui.workspace.changes.push_questions import Caller, Done
from partner_tui.workspace.changes.push_workflow import PushWorkflow
from partner_tui.workspace.opening.opening import ManifestLocation, open_workspace
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did, or would do.

    Args:
        files: What is in it; none when nothing was changed.
        others: How many changed files were left alone.
    """

    files: tuple[ChangedFile, ...]
    message: str
    branch: str | None
    commit: str | None
    others: int

    @property
    def diff(self) -> str:
        """Of all files, unified."""
        return "".join(map(_with_header, self.files))


@dataclass(frozen=True, slots=True)
class Push:
    """What a push did, or would do.

    Args:
        commits: What was not pushed before, newest first.
        pushed: Where they are then; None when there was nothing to push.
    """

    commits: tuple[Commit, ...]
    remote: str
    pushed: Pushed | None


def commit(
    place: ManifestLocation,
    message: str | None,
    directories: Directories,
    *,
    sign_off: bool = False,
    dry_run: bool = False,
    consented: bool = False,
    credentials: Credentials | None = None,
) -> Committed:
    """Commit the manifest and the files that partner-tui wrote.

    Args:
        message: None for the one that the app suggests.
        consented: Whether to do what `NeedsConsent` asks about.

    Raises:
        NeedsConsent, PartnerTuiError: See `committing.commit`.
    """
    workspace = _open(place, directories)
    repository = the_repository(workspace)
    files, others = changed_files(workspace), committing.other_changes(workspace)
    message = propose_message(files, workspace.steps.done) if message is None else message
    branch = repository.branch
    if not files:
        return Committed((), message, branch, None, others)
    if dry_run:
        if problem := repository.state.problem:
            raise GitError(*problem)
        committing.paths_to_commit(workspace, message, consented=consented)
        return Committed(files, message, branch, None, others)
    made = committing.commit(workspace, message, None, sign_off, credentials=credentials, consented=consented)
    return Committed(files, message, branch, made, others)


def push(
    place: ManifestLocation,
    new_branch: str | None,
    directories: Directories,
    *,
    dry_run: bool = False,
    consented: bool = False,
    progress: Callable[[Progress], None] | None = None,
    credentials: Credentials | None = None,
) -> Push:
    """Push the current branch to where git would push it, or to a new branch that is then switched to.

    Args:
        dry_run: Ask the remote whether it would take it, and send nothing.
        consented: Whether to do what `NeedsConsent` asks about.

    Raises:
        NeedsConsent, GitError: See `PushWorkflow.push`: what the app would ask.
    """
    workspace = _open(place, directories)
    repository = the_repository(workspace)
    with suppress(PartnerTuiError):  # settings that cannot be read are no reason not to push
        repository.forges = Settings.load(directories.settings_file).hosts
    commits = repository.unpushed()
    if not commits and new_branch is None:
        if repository.branch is None and (problem := repository.state.problem):
            raise GitError(*problem)  # without a branch there is nothing that could be up to date
        return Push((), repository.require_remote("push"), None)
    target = repository.state.tracking.target
    caller = _Unattended(consented, watching(progress, None, credentials))
    work = PushWorkflow(workspace, caller, dry_run=dry_run).push(new_branch)
    pushed = _to_its_end(work)
    assert isinstance(pushed, Pushed), "what else it could end in was asked, and is raised"
    return Push(commits, (target.remote if target else repository.remote) or "", pushed)


class _Unattended(Caller):
    """Runs all at once, agrees to what the user agreed to beforehand, and raises every other question."""

    def __init__(self, consented: bool, watch: Watch) -> None:
        self._consented = consented
        self._watch = watch

    async def run(
        self, title: str, function: Callable[[Watch], Done], *, stoppable: bool = False, writes: bool = False
    ) -> Done:
        return function(self._watch)

    async def push_anyway(self, doubt: NeedsConsent) -> bool:
        return self._consented or await super().push_anyway(doubt)


def _to_its_end(work: Coroutine[Any, Any, Done]) -> Done:
    """Run work that waits for nothing; unlike an event loop, it leaves ctrl+c as it is."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast(Done, done.value)
    raise AssertionError("it waits for something")


def _open(place: ManifestLocation, directories: Directories) -> Workspace:
    if not place.in_repository:
        raise PartnerTuiError(
            f"{place.folder} is not in a git repository.", "There is nothing to commit to or to push."
        )
    # A manifest that cannot be read is refused in the words of what it is refused for.
    workspace = open_workspace(place, directories, even_broken=True)
    workspace.open_repository()
    return workspace


def _with_header(file: ChangedFile) -> str:
    before = "/dev/null" if file.verb == "added" else f"a/{file.path}"
    after = "/dev/null" if file.verb == "removed" else f"b/{file.path}"
    return f"--- {before}\n+++ {after}\n{file.diff}"
