"""The contributions to one repository: listed, and reviewed from git's objects alone; nothing is checked out or executed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Unpack

from partner_tui.compliance.checker import Checker
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.checked import Checked
from partner_tui.contributions.checklist.questions import checklist
from partner_tui.contributions.contribution import Contribution, State, as_on_forge
from partner_tui.contributions.entry_changes import field_changes
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.contributions.on_forge import ForgeKnowledge
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.contributions.summary import Summary
from partner_tui.errors import GitError, UsageError
from partner_tui.forge.hosts import Forge, forge_of
from partner_tui.plain import plural, visible
from partner_tui.repository.commits.commit import merge_base, read_commits
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.arrived import EMPTY_TREE, arrivals, find_arrival, mark
from partner_tui.workspace.contributions.batch import BatchRow, Trials
from partner_tui.workspace.contributions.by_hand.adding import commit_addition, plan_addition
from partner_tui.workspace.contributions.by_hand.bringing import commit_series, read_series
from partner_tui.workspace.contributions.by_hand.resources import read_resource
from partner_tui.workspace.contributions.by_hand.sent import recognise
from partner_tui.workspace.contributions.comparing import changed_files, compare, subjects, what_changes
from partner_tui.workspace.contributions.kept_changes import find_changes
from partner_tui.workspace.contributions.kept_reviews import verdict_of
from partner_tui.workspace.contributions.listing import find_contribution, read_contributions
from partner_tui.workspace.contributions.merge_plan import MergePlan, Wishes, plan_merge
from partner_tui.workspace.contributions.merged_commits import before_merge, merged_commits
from partner_tui.workspace.contributions.merging import merge_trees
from partner_tui.workspace.contributions.reviewer import ReviewedClone, Reviewer
from partner_tui.workspace.contributions.side import Sides

_MERGED_HERE = Mergeability("git", "it is merged here, and not pushed")


class Contributions:
    """The contributions to the default branch of a clone. Methods block.

    Args:
        manifest_name: Of the manifest, where it has none of the known names.
        repository: The clone, where it is open: its log has the fetches.
        state: The clone's folder of the user's state, where what was compared once is kept; nothing is kept without.
        target: The commit that they are for, where that is known.
        reviewer: Checks them in another process; without it this one does.

    Attributes:
        sides: The versions of the clone that were looked at.
    """

    def __init__(
        self,
        root: Path,
        checker: Checker,
        manifest_name: str | None = None,
        repository: Repository | None = None,
        state: Path | None = None,
        *,
        target: str | None = None,
        reviewer: Reviewer | None = None,
    ) -> None:
        self.root = root
        self.repository = repository or Repository.open(root)
        self._checker = checker
        self._manifest_name = manifest_name
        self._state = state
        self._target = target
        self._reviewer = reviewer
        self._outlining = Lock()
        self._outlined: tuple[tuple[Contribution, str | None], Review] | None = None
        self.sides = Sides(root, manifest_name, lambda: self.repository.slug)

    @cached_property
    def target(self) -> str:
        """The newest commit that is known of the default branch, else HEAD: what it has is merged, and can be undone no more."""
        if self._target is not None:
            return self._target
        with suppress(GitError, IndexError):
            return resolve_commit(self.root, self._refs[0])
        return resolve_commit(self.root, "HEAD")

    @cached_property
    def unpushed(self) -> Sequence[str]:
        """The commits of the clone's own default branch that the remote's has not, the newest first; none where it lacks some.

        What a merge here brought is among them.
        """
        if self._target is None:
            with suppress(GitError, IndexError):
                own = resolve_commit(self.root, self._refs[1])
                if merge_base(self.root, own, self.target) == self.target:
                    return run(["rev-list", own, f"^{self.target}", "--"], cwd=self.root).split()
        return ()

    @property
    def tip(self) -> str:
        """The newest commit of the default branch, here or on the remote: what the next merge goes onto."""
        return self.unpushed[0] if self.unpushed else self.target

    @property
    def onto(self) -> str:
        """What the next merge goes onto, in words, where that is not what the remote has; "" where it is."""
        if not self.unpushed:
            return ""
        return f"onto {self.repository.default_branch()} with {plural(len(self.unpushed), 'unpushed commit')}"

    def fetch(self, *, with_pulls: bool = True, **watch: Unpack[Watch]) -> None:
        """Fetch the remote, where there is one, with every pull and merge request unless only its branches are wanted."""
        if self.repository.remote:
            self.repository.fetch(with_pulls=with_pulls, **watch)

    def listed(
        self, said: ForgeKnowledge | None = None, *, at_once: bool = False
    ) -> tuple[Contribution, ...]:
        """All contributions that are known, whatever their state: a branch that a pull request is of is none beside it.

        Args:
            said: What the forge said of them, where it was asked.
            at_once: Whether commits that were never compared stay so, which takes longest.
        """
        by_number = said.pulls if said else {}
        known = tuple(as_on_forge(one, by_number.get(one.name)) for one in self._known(at_once))
        numbered = (one for one in known if one.kind not in ("branch", "hand"))
        pulls = {one.head for one in numbered if one.state is not State.CLOSED}
        return tuple(
            one
            for one in known
            if one.kind != "branch" or one.head not in pulls or (self._state and verdict_of(self._state, one))
        )

    def arrived(self) -> tuple[Arrival, ...]:
        """What somebody else put on the default branch since it was last seen; see `arrivals`. Nothing without a state."""
        return arrivals(self.repository, self._state, self.target) if self._state else ()

    def mark_seen(self, marked: Collection[Arrival], *, is_seen: bool = True) -> None:
        """Note that arrivals were seen, or that they were not; see `mark`."""
        if self._state:
            mark(self.repository, self._state, self.target, marked, is_seen=is_seen)

    def against(self, one: Contribution) -> str:
        """The commit that a contribution is compared with: while it waits, the one that the next merge goes onto."""
        return one.base if isinstance(one, Arrival) else self._branch(one)

    def _branch(self, one: Contribution) -> str:
        """The default branch, without what is not pushed where that has the contribution, or the branch had it before."""
        is_in = one.state in (State.MERGED, State.ARRIVED) or one.head in self.unpushed
        return self.target if is_in else self.tip

    def _known(self, at_once: bool = False) -> tuple[Contribution, ...]:
        """As `listed`, with every branch, and without what the forge said."""
        remote = self.repository.remote
        return read_contributions(self.root, remote, self.target, self._state, compares=not at_once)

    def find(self, name: str) -> Contribution:
        """The contribution of a number or branch, or a commit of the default branch.

        Raises:
            UsageError: There is none.
        """
        try:
            return self.find_each([name])[0]
        except UsageError:
            if (arrival := find_arrival(self.repository, self.target, name)) is None:
                raise
            return arrival

    def find_each(self, names: Iterable[str]) -> tuple[Contribution, ...]:
        """The contributions of some numbers or branches, listed once.

        Raises:
            UsageError: There is none of one of the names.
        """
        known = self._known()
        return tuple(find_contribution(self.root, known, name, self.target) for name in names)

    def of_file(self, name: str, **watch: Unpack[Watch]) -> tuple[Contribution, Mapping[str, str]]:
        """A patch, an RDF or a package on this machine, as it would be as a contribution, and its files that are left out,
        each with why. No branch is made: nothing refers to its commits, and git removes them in time.

        Raises:
            UsageError: It is none of these.
            PartnerTuiError: It cannot be read, is refused, or does not apply.
        """
        repository, sent = self.repository, recognise(name)
        if sent.path is None:
            raise UsageError(f"{sent.shown} is not a file.", "Name a patch, an RDF or a package (.zip).")
        left_out: Mapping[str, str] = {}
        if sent.kind == "patch":
            series = read_series(self.root, sent)
            made = commit_series(repository, series, self.target, trial=True, **watch)
        else:
            addition = plan_addition(repository, read_resource(sent), self.target, self._manifest_name)
            made, left_out = commit_addition(repository, addition, trial=True, **watch), addition.left_out
        (about,), shown = read_commits(self.root, "-1", made, "--"), visible(sent.path.name, 200)
        author, title = about.author.name, about.message.partition("\n")[0]
        return Contribution(shown, "file", made, author, about.date, title, State.FILE, "a file"), left_out

    # The review

    def outline(self, one: Contribution, base: str | None = None) -> Review:
        """What a contribution changes, without what takes longer: findings, the checklist, and whether it merges.

        The last one is kept: whoever waits for it and who asks again get the same.

        Args:
            base: As of `review`.

        Raises:
            GitError: Its commits cannot be read.
        """
        with self._outlining:
            if self._outlined is None or self._outlined[0] != (one, base):
                self._outlined = (one, base), self._outline(one, base)
            return self._outlined[1]

    def _outline(self, one: Contribution, base: str | None) -> Review:
        onto, doubt = self._onto(one, base)
        is_arrival = isinstance(one, Arrival) and base is None
        start = onto if is_arrival else merge_base(self.root, onto, one.head) or EMPTY_TREE
        old, new = self.sides.at(start), self.sides.at(one.head)
        texts = {side.name for side in (old, new) if side.name and side.manifest}
        files = tuple(changed_files(self.root, start, one.head, texts))
        paths = {path for file in files for path in (file.path, file.was) if path}
        entries, affected = (
            tuple((change, FindingChanges()) for change in some) for some in what_changes(old, new, paths)
        )
        return Review(
            one,
            start,
            entries,
            field_changes(old.known.partner.config, new.known.partner.config)
            if old.known and new.known
            else (),
            FindingChanges(),
            files,
            Mergeability("git"),
            (),
            tuple(dict.fromkeys(name for name in (old.name, new.name) if name)),
            tuple(filter(None, (old.problem, new.unreadable_after(old)))),
            doubt,
            len(old.manifest.entries) if old.manifest else 0,
            is_checked=False,
            affected=affected,
        )

    def review(self, one: Contribution, base: str | None = None, **watch: Unpack[Watch]) -> Review:
        """Review a contribution.

        Args:
            base: What to compare it with; by default the branch it is for, and for a merged one the branch before the merge.

        Raises:
            GitError: Its commits cannot be read.
        """
        begun = self.outline(one, base)
        if self._reviewer is not None and base is None:
            found = self._checked_by(self._reviewer, one, watch).added_to(begun)
            return replace(found, merges=_MERGED_HERE) if one.head in self.unpushed else found
        old, new = self.sides.at(begun.base), self.sides.at(one.head)
        changes = [change for change, _ in begun.compared]
        compared = compare(self._checker, old, new, changes)
        return begun.checked(
            [found for _, found in compared.entries],
            about_manifest=compared.about_manifest,
            merges=self._mergeability(one, base, watch),
            checklist=checklist(list(subjects(new, compared.without_idle()))),
        )

    def sum_up(self, one: Contribution, **watch: Unpack[Watch]) -> Summary:
        """A review in a few numbers; nothing of it is read in this process where another one can.

        Raises:
            GitError: Its commits cannot be read.
        """
        if self._reviewer is not None:
            return self._checked_by(self._reviewer, one, watch).summary
        return Summary.of(self.review(one, **watch))

    def _checked_by(self, reviewer: Reviewer, one: Contribution, watch: Watch) -> Checked:
        root, verdicts = self.root.absolute(), self._checker.verdicts
        clone = ReviewedClone(root, self._branch(one), self._manifest_name, verdicts)
        return reviewer.check(clone, one, watch.get("cancelled"))

    def _onto(self, one: Contribution, base: str | None) -> tuple[str, str]:
        """What a contribution is for, as a revision, and what is not certain of it; see `before_merge`."""
        if base is not None:
            try:
                return resolve_commit(self.root, base), ""
            except GitError as error:
                raise UsageError(f"There is no commit or branch {base!r} here.", error.hint) from error
        if one.state is State.MERGED:
            own = self.repository.default_branch() or self.repository.state.branch
            if one.kind == "branch" and one.name == own:
                raise UsageError(
                    f"{one.name} is the branch that contributions are compared with.",
                    "Name a pull request or another branch.",
                )
            return before_merge(self.root, one, self.target, self._refs)
        return self.against(one), ""

    @property
    def _refs(self) -> tuple[str, ...]:
        """The branch that they are for, here and as the remote has it."""
        remote, branch = self.repository.remote, self.repository.default_branch()
        return (f"refs/remotes/{remote}/{branch}", f"refs/heads/{branch}") if branch else ()

    def page_of(self, one: Contribution) -> str:
        """The address of its page on the forge; "" where that is not known, or it has none."""
        is_on_it = one.kind not in ("hand", "file")
        return (self.repository.contribution_url(one.kind, one.name) if is_on_it else "") or ""

    def forge(self, enterprise_api: str) -> Forge | None:
        """The API that the remote is served by; see `forge_of`. Asks nobody."""
        return forge_of(self.repository.remote_parts, enterprise_api)

    def _mergeability(self, one: Contribution, base: str | None, watch: Watch) -> Mergeability:
        if one.state in (State.MERGED, State.ARRIVED):
            return Mergeability("git")
        if base is None and one.head in self.unpushed:
            return _MERGED_HERE
        onto, _ = self._onto(one, base)
        merged = merge_trees(
            self.root, self.repository.git_folder, onto, one.head, self._manifest_name, **watch
        )
        if merged.tree is not None and (problem := self.sides.at(merged.tree).problem):
            return Mergeability("no", problem.rstrip("."))  # what git merges may still not be a manifest
        return merged.mergeability

    # Merging

    def plan(self, one: Contribution, onto: str, **wishes: Unpack[Wishes]) -> MergePlan:
        """Work out a merge; see `plan_merge`."""
        return plan_merge(self.repository, self._checker, one, onto, self._manifest_name, **wishes)

    def plan_several(
        self, wanted: Sequence[Contribution], onto: str, *, agreed: bool = False, **wishes: Unpack[Wishes]
    ) -> Iterator[BatchRow]:
        """Work out merges one after the other, each on top of those before it that can be committed.

        A merge that is undecided, or has to be agreed to, is left out; the ones after it are planned without it.
        """
        planned: list[MergePlan] = []
        tip, trials = onto, Trials(self.repository, onto, self._manifest_name)
        for one in wanted:
            plan = self.plan(one, tip, **wishes)
            if plan.is_decided and (agreed or not any(plan.objections())):
                tip = plan.trial_commit(self.root)
                planned.append(plan)
                yield BatchRow(plan, True)
            else:
                earlier = () if plan.is_decided else [other.contribution for other in planned]
                yield BatchRow(plan, False, trials.in_the_way(one, earlier))

    def merged_commits(
        self, one: Contribution, onto: str, made_here: tuple[str, str] | None = None
    ) -> tuple[str, str]:
        """The commits by which a branch got a contribution; see `merged_commits`."""
        changes = find_changes(self._state) if self._state else {}
        return merged_commits(self.root, one, onto, made_here, changes, self._refs)
