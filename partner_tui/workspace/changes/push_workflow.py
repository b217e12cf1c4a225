"""Push workflow: push; if rejected, fetch, rebase and push again.

The rule: whatever fails or is cancelled, the commits stay whole, and nothing goes to a branch that the user did not mean.
What is open is asked by `push_questions`; there is no terminal here.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeAlias, Unpack, cast

from partner_tui.comparison.three_way import Side
from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, GitError, NeedsConsent, PushRejected
from partner_tui.repository.branches.branch_names import BranchTaken, free_name
from partner_tui.repository.branches.tracking import RemoteBranch
from partner_tui.repository.git import Watch
from partner_tui.repository.process.failures.kinds import BranchProtected
from partner_tui.repository.remotes.push import PushChoice, Pushed, PushUndecided
from partner_tui.repository.remotes.pushing import follow_instead
from partner_tui.workspace.changes import soundness
from partner_tui.workspace.changes.branching import branch_name
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.changes.integration import Integration, rebase_onto_upstream
from partner_tui.workspace.changes.push_questions import Caller, Done
from partner_tui.workspace.workspace import Workspace

MAX_RACES = 5
COMMITS_UNCHANGED = "Your local commits are unchanged."
NEW_BRANCH = "Your commits go to a new branch."


class NotPushed(Enum):
    """How a push ended that was not cancelled, and reached nothing."""

    CONFLICTS = auto()
    """No side was chosen; nothing was changed."""
    REBASED = auto()
    """The commits are rebased, and the user does not push them yet."""


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """A pull before the push left none of our commits: the remote has their changes, or its side was chosen."""

    integration: Integration


Ending: TypeAlias = Pushed | NotPushed | NothingLeft


class PushWorkflow:
    """Pushes and pulls the commits of one open repository.

    Args:
        dry_run: Whether to ask the remote what it would do, and to send and change nothing.
    """

    def __init__(self, workspace: Workspace, caller: Caller, *, dry_run: bool = False) -> None:
        self._workspace = workspace
        self._caller = caller
        self._dry_run = dry_run
        self.new_branch = ""
        """The new branch that was pushed to last; empty for the one that is followed."""

    async def push_to_new_branch(self) -> Ending | None:
        """Ask for a name and push there; None when none is given."""
        why = f"{NEW_BRANCH[:-1]}, from which you can open a pull request."
        name = await self._new_branch(why, may_request=True)
        return None if name is None else await self.push(name)

    async def push(self, new_branch: str | None = None) -> Ending:
        """Push to the branch that is followed, or to a new one.

        Raises:
            GitError, Cancelled: See `pushing.push`; also what a question raises.
        """
        choice: PushChoice | None = None
        for _ in range(MAX_RACES):
            try:
                return await self._push_once(new_branch, choice)
            except PushUndecided as undecided:
                way = await self._ask_way(undecided)
                if isinstance(way, PushChoice) and way.verb == "follow":
                    await self._follow(way.branch)
                    if stopped := await self._pull_before_push(None):
                        return stopped
                elif isinstance(way, PushChoice):
                    choice = way
                else:
                    new_branch = way
            except BranchTaken as taken:
                why = f"{taken.message} {taken.hint}"
                new_branch = await self._caller.branch_name(why, taken.proposed, taken)
                if new_branch is None:
                    raise Cancelled(f"Nothing was pushed. {COMMITS_UNCHANGED}") from taken
            except BranchProtected as error:
                if new_branch is not None:
                    raise _protected_everywhere(error) from error
                why = f"{error.message} {error.hint}"
                new_branch = await self._new_branch(why, error, may_request=True)
                if new_branch is None:
                    raise
            except PushRejected as rejected:
                if new_branch is not None or not await self._caller.pull_first(rejected):
                    raise
                if stopped := await self._pull_before_push(rejected):
                    return stopped
        raise GitError(
            f"The remote kept changing; gave up after {MAX_RACES} attempts.",
            f"{COMMITS_UNCHANGED} Push again in a while.",
        )

    async def pull(self) -> Integration | None:
        """Fetch, and rebase our commits; onto the new default branch, where the old one is not that any more.

        Returns:
            None when the user chose nothing, and nothing was changed.
        """
        repository = the_repository(self._workspace)
        new = await self._caller.run("reading branches", lambda watch: repository.new_default())
        if new is not None:
            if not await self._caller.follow(new):
                return None
            await self._follow(new)
        return await self._integrate()

    async def _follow(self, branch: RemoteBranch) -> None:
        repository = the_repository(self._workspace)
        await self._caller.run("switching", lambda watch: follow_instead(repository, branch))

    async def _push_once(
        self, new_branch: str | None, choice: PushChoice | None, *, consented: bool = False
    ) -> Pushed:
        self.new_branch = new_branch or ""
        try:
            return await self._caller.run(
                "pushing",
                lambda watch: soundness.push(
                    self._workspace,
                    the_repository(self._workspace),
                    consented=consented,
                    new_branch=new_branch,
                    choice=choice,
                    dry_run=self._dry_run,
                    **watch,
                ),
                stoppable=True,
                writes=True,
            )
        except NeedsConsent as doubt:
            if not await self._caller.push_anyway(doubt):
                raise Cancelled(f"Nothing was pushed. {COMMITS_UNCHANGED}") from doubt
            return await self._push_once(new_branch, choice, consented=True)

    async def _ask_way(self, undecided: PushUndecided) -> PushChoice | str:
        """What to do when it is open where the push goes: one of its choices, or the name of a new branch."""
        chosen = await self._caller.where_to_push(undecided)
        way = await self._new_branch(NEW_BRANCH) if chosen == "new" else chosen
        if way is None:
            raise Cancelled(f"Nothing was pushed. {COMMITS_UNCHANGED}")
        return way

    async def _new_branch(
        self, why: str, error: GitError | None = None, *, may_request: bool = False
    ) -> str | None:
        """Ask for a name, proposing one from the newest commit's subject."""
        repository, run = the_repository(self._workspace), self._caller.run
        commits = await run("reading commits", lambda watch: repository.unpushed())
        taken = await run("reading branches", lambda watch: repository.taken_names())
        proposed = free_name(branch_name(commits[0].message if commits else ""), taken)
        return await self._caller.branch_name(why, proposed, error, may_request=may_request)

    async def _pull_before_push(self, rejected: PushRejected | None) -> NotPushed | NothingLeft | None:
        """Rebase our commits onto what arrived, check again, and ask whether to push; None when it is to go on."""
        repository = the_repository(self._workspace)
        invalid = self._workspace.status_counts()[Status.INVALID]
        integration = await self._integrate()
        if integration is None:
            return NotPushed.CONFLICTS
        if not integration.arrived and rejected is None:
            return None
        if not integration.arrived and rejected is not None:
            # The remote refuses although it has nothing new for us: trying again would not help.
            raise rejected
        if not await self._caller.run("reading commits", lambda watch: repository.unpushed()):
            return NothingLeft(integration)
        await self._caller.checked()
        now = self._workspace.status_counts()[Status.INVALID]
        again = await self._caller.push_again(integration, (invalid, now), self._workspace.broken)
        return None if again else NotPushed.REBASED

    async def _integrate(self) -> Integration | None:
        """Fetch and rebase; None when no sides are chosen, and nothing was done."""
        workspace = self._workspace
        await self._caller.run("fetching", lambda watch: workspace.fetch(**watch), stoppable=True)
        choices: dict[str, Side] = {}
        while (integration := await self._rebase(choices)).conflicts:
            chosen = await self._caller.choose_sides(integration.conflicts, integration.arrived)
            if chosen is None:
                return None
            choices |= chosen
        self._caller.manifest_changed()
        return integration

    async def _rebase(self, choices: Mapping[str, Side]) -> Integration:
        return await self._caller.run(
            "rebasing your commits",
            lambda watch: rebase_onto_upstream(self._workspace, choices, watch.get("credentials")),
            writes=True,
        )


def _protected_everywhere(error: BranchProtected) -> GitError:
    hint = "Its rule holds for new branches, too: push to a fork of your own, or ask an owner."
    return GitError(error.message, hint, command=error.command, code=error.code, output=error.output)


def push_unattended(
    workspace: Workspace,
    new_branch: str | None = None,
    *,
    dry_run: bool = False,
    consented: bool = False,
    **watch: Unpack[Watch],
) -> Pushed:
    """Push where nobody can be asked: what the app would ask about is raised, unless it was agreed to beforehand.

    Args:
        dry_run: Ask the remote whether it would take it, and send nothing.
        consented: Whether to do what `NeedsConsent` asks about.
    """
    work = PushWorkflow(workspace, _Unattended(consented, watch), dry_run=dry_run).push(new_branch)
    pushed = to_its_end(work)
    assert isinstance(pushed, Pushed), "what else it could end in was asked, and is raised"
    return pushed


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


def to_its_end(work: Coroutine[Any, Any, Done]) -> Done:
    """Run work that waits for nothing; unlike an event loop, it leaves ctrl+c as it is."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast(Done, done.value)
    raise AssertionError("it waits for something")
