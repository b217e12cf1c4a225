"""Push workflow: push; if rejected, fetch, rebase and push again.

It runs as a worker of the app, so that a view or screen that goes away does not stop it half way. Whatever fails, the
commits stay whole and the user is told what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from textual.worker import WorkerCancelled, WorkerFailed

from partner_tui.comparison.three_way import Side
from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, GitError, NeedsConsent, PartnerTuiError, PushRejected
from partner_tui.plain import visible
from partner_tui.repository.branch_names import BranchTaken, free_name
from partner_tui.repository.failures import BranchProtected
from partner_tui.repository.push import PushChoice, PushUndecided
from partner_tui.repository.pushing import follow_instead
from partner_tui.ui.background import Running
from partner_tui.ui.changes.commit_form import branch_name
from partner_tui.workspace.history import the_repository
from partner_tui.workspace.integration import Integration, integrate
from partner_tui.workspace.soundness import push

if TYPE_CHECKING:
    from partner_tui.repository.push import Pushed
    from partner_tui.repository.tracking import RemoteBranch
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

P = ParamSpec("P")
T = TypeVar("T")
GROUP = "remote"
MAX_RACES = 5
SUBJECTS = 8
COMMITS_UNCHANGED = "Your local commits are unchanged."


class Publisher:
    """Pushes the commits of one open repository.

    Args:
        on_pushed: Told of a push that succeeded.
    """

    def __init__(self, app: BaseApp, screen: Frame, on_pushed: Callable[[Pushed], None]) -> None:
        self._app = app
        self._screen = screen
        self._workspace = screen.workspace
        self._on_pushed = on_pushed

    @property
    def why_busy(self) -> str | None:
        """What of this is under way; there is one at a time."""
        busy = any(worker.group == GROUP and not worker.is_finished for worker in self._app.workers)
        return "Another push or pull is still running." if busy else None

    def start_push(self) -> None:
        self._start(self.push(None))

    def start_push_to_new_branch(self) -> None:
        self._start(self._push_to_new_branch())

    def start_bring_in(self) -> None:
        self._start(self.bring_in())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if reason := self.why_busy:
            work.close()
            self._app.notify(f"{reason} Try again when it is done.", severity="warning")
        else:
            self._app.run_worker(work, group=GROUP)

    async def _push_to_new_branch(self) -> None:
        with self._app.errors_shown(asked=True):
            why = "Your commits go to a new branch, from which you can open a pull request."
            if (new_branch := await self._ask_branch(why)) is not None:
                await self.push(new_branch)

    async def push(self, new_branch: str | None) -> None:
        """Push to the branch that is followed, or to a new one."""
        with self._app.errors_shown(asked=True):
            try:
                pushed = await self._push(new_branch)
            finally:
                await self._refresh_repository()
            if pushed is not None:
                self._on_pushed(pushed)

    async def bring_in(self) -> None:
        """Fetch, and put our commits on top of what arrived; on the new default branch, where the old one is not that any more."""
        with self._app.errors_shown(asked=True):
            try:
                new = await self._in_background(
                    "reading branches", the_repository(self._workspace).new_default
                )
                if new is not None and not await self._agrees_to_follow(new):
                    return
                integration = await self._bring_in()
            finally:
                await self._refresh_repository()
            if integration is not None:
                self._app.notify(_arrived(integration), title="Pulled", markup=False)

    async def _agrees_to_follow(self, new: RemoteBranch) -> bool:
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        text = f"It is the default branch of {new.remote} now. Your commits are rebased onto it; nothing is pushed."
        screen = ConfirmScreen(f"Follow {new}?", text, yes="Follow")
        if not await self._app.push_screen_wait(screen):
            return False
        await self._in_background("switching", follow_instead, the_repository(self._workspace), new)
        return True

    async def _push(self, new_branch: str | None) -> Pushed | None:
        choice: PushChoice | None = None
        for _ in range(MAX_RACES):
            try:
                return await self._push_once(new_branch, choice)
            except PushUndecided as question:
                way = await self._ask_way(question)
                if isinstance(way, PushChoice) and way.verb == "follow":
                    await self._in_background(
                        "switching", follow_instead, the_repository(self._workspace), way.branch
                    )
                    if not await self._resolve(None):
                        return None
                elif isinstance(way, PushChoice):
                    choice = way
                else:
                    new_branch = way
            except BranchTaken as taken:
                new_branch = await self._ask_branch(f"{taken.message} {taken.hint}", proposed=taken.proposed)
            except BranchProtected as error:
                if new_branch is not None:
                    hint = (
                        "Its rule holds for new branches, too: push to a fork of your own, or ask an owner."
                    )
                    raise GitError(
                        error.message, hint, command=error.command, code=error.code, output=error.output
                    ) from error
                new_branch = await self._ask_branch(f"{error.message} {error.hint}", error.output)
                if new_branch is None:
                    raise
            except PushRejected as rejected:
                if new_branch is not None:
                    raise
                if not await self._resolve(rejected):
                    return None
        raise GitError(
            f"The remote kept changing; gave up after {MAX_RACES} attempts.",
            f"{COMMITS_UNCHANGED} Push again in a while.",
        )

    async def _ask_way(self, question: PushUndecided) -> PushChoice | str:
        """What to do when it is open where the push goes: one of its choices, or the name of a new branch."""
        from partner_tui.ui.changes.push_target import PushTargetScreen

        chosen = await self._app.push_screen_wait(PushTargetScreen(question))
        way = await self._ask_branch("Your commits go to a new branch.") if chosen == "new" else chosen
        if way is None:
            raise Cancelled(f"Nothing was pushed. {COMMITS_UNCHANGED}")
        return way

    async def _in_background(
        self, title: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self._app.background.run(Running(title, stoppable=False), function, *args, **kwargs)

    async def _push_once(
        self, new_branch: str | None, choice: PushChoice | None, *, consented: bool = False
    ) -> Pushed:
        try:
            return await self._push_now(new_branch, choice, consented)
        except NeedsConsent as doubt:
            from partner_tui.ui.dialogs.confirm import agrees

            if not await agrees(self._app, "Push anyway?", doubt, yes="Push"):
                raise Cancelled(f"Nothing was pushed. {COMMITS_UNCHANGED}") from doubt
            return await self._push_once(new_branch, choice, consented=True)

    async def _push_now(self, new_branch: str | None, choice: PushChoice | None, consented: bool) -> Pushed:
        running = Running("pushing", writes=True)
        return await self._app.background.run(
            running,
            push,
            self._workspace,
            the_repository(self._workspace),
            consented=consented,
            new_branch=new_branch,
            choice=choice,
            progress=self._app.progress_of(running),
            cancelled=running.cancelled,
            credentials=self._app.credentials,
        )

    async def _ask_branch(self, why: str, said: str = "", proposed: str = "") -> str | None:
        from partner_tui.ui.changes.new_branch import NewBranchScreen

        repository = the_repository(self._workspace)
        if not proposed:
            commits = await self._in_background("reading commits", repository.unpushed)
            taken = await self._in_background("reading branches", repository.taken_names)
            proposed = free_name(branch_name(commits[0].message if commits else ""), taken)
        return await self._app.push_screen_wait(NewBranchScreen(why, proposed, said))

    async def _resolve(self, rejected: PushRejected | None) -> bool:
        """Put our commits on top of what arrived, check again, and ask whether to push; False when not."""
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        invalid = self._workspace.status_counts()[Status.INVALID]
        integration = await self._bring_in()
        if integration is None:
            self._app.notify(
                f"{COMMITS_UNCHANGED} Press P to retry.", title="Nothing was pushed", severity="warning"
            )
            return False
        if not integration.arrived and rejected is None:
            return True
        if not integration.arrived and rejected is not None:
            # The remote refuses although it has nothing new for us: trying again would not help.
            raise rejected
        await self._checked()
        now = self._workspace.status_counts()[Status.INVALID]
        verdict = f"{now} (was {invalid})" if now != invalid else "unchanged"
        checked = f"Invalid entries: {verdict}."
        if broken := self._workspace.broken:
            checked = f"The manifest cannot be read now: {broken.message}"
        text = f"{_arrived(integration)}\n\nYour commits were rebased on top. {checked}"
        yes = await self._app.push_screen_wait(
            ConfirmScreen("Push again?", text, yes="Push", no="Cancel", careful=False)
        )
        if not yes:
            self._app.notify("Your commits were rebased. Press P to push.", title="Not pushed yet")
        return bool(yes)

    async def _bring_in(self) -> Integration | None:
        """Fetch and integrate; None when the user gives up choosing, and nothing was done."""
        from partner_tui.ui.changes.conflicts import ConflictsScreen

        running = Running("fetching")
        await self._app.background.run(
            running,
            self._workspace.fetch,
            self._app.progress_of(running),
            running.cancelled,
            self._app.credentials,
        )
        choices: dict[str, Side] = {}
        while (integration := await self._integrate(choices)).conflicts:
            screen = ConflictsScreen(integration.conflicts, integration.arrived)
            chosen = await self._app.push_screen_wait(screen)
            if chosen is None:
                return None
            choices |= chosen
        return integration

    async def _integrate(self, choices: Mapping[str, Side]) -> Integration:
        """Integrate, and let every view see the manifest that this makes."""
        title = Running("rebasing your commits", stoppable=False, writes=True)
        integration = await self._app.background.run(
            title, integrate, self._workspace, choices, self._app.credentials
        )
        if not integration.conflicts:
            self._screen.manifest_changed()
        return integration

    async def _checked(self) -> None:
        """Wait until the entries are judged."""
        for worker in [worker for worker in self._app.workers if worker.group == "check"]:
            try:
                await worker.wait()
            except (WorkerCancelled, WorkerFailed):
                continue

    async def _refresh_repository(self) -> None:
        """See where the clone stands now, whatever happened, unless it is closed."""
        if self._screen not in self._app.screen_stack:
            return
        try:
            await self._app.background.run(
                Running("reading the repository", stoppable=False), self._workspace.open_repository
            )
        except PartnerTuiError:
            return  # what went wrong before is told
        self._screen.repository_changed()


def _arrived(integration: Integration) -> str:
    lines = _listed(integration.arrived, "new {} from the remote:") or ["Already up to date."]
    lines += _listed(integration.left_out, "of your {} skipped, since the remote has the same change:")
    lines += _listed(integration.lost, "{} lost, since both sides changed the lines around:", "comment")
    return "\n".join(lines)


def _listed(subjects: Sequence[str], title: str, noun: str = "commit") -> list[str]:
    if not subjects:
        return []
    count = len(subjects)
    more = [f"  and {count - SUBJECTS} more"] if count > SUBJECTS else []
    heading = f"{count} {title.format(noun if count == 1 else f'{noun}s')}"
    return [heading, *(f"  {visible(subject, 120)}" for subject in subjects[:SUBJECTS]), *more]
