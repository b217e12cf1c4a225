"""Cache of the contributions to the open clone: listed anew only when a ref moved, each reviewed once for a branch.

The rule: a review is of two commits, so it holds until one of them is another; its numbers are kept on the disk, while the
whole is worked out again where it was not looked at for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock
from typing import Unpack

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import Contribution, as_on_forge
from partner_tui.contributions.on_forge import ForgeKnowledge, PullRequest
from partner_tui.contributions.review import Review
from partner_tui.contributions.summary import Summary
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.forge.known import find_known
from partner_tui.repository.git import Watch, run, stoppable
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import verdict_of
from partner_tui.workspace.contributions.kept_summaries import KeptSummaries
from partner_tui.workspace.contributions.listed import Row
from partner_tui.workspace.contributions.reviewer import CannotStart, Reviewer
from partner_tui.workspace.workspace import Workspace

_MOST_REVIEWS = 20
"""Whole reviews in memory: one of a thousand entries takes megabytes."""


class KnownContributions:
    """The contributions to one clone, as far as they are known.

    Attributes:
        contributions: None while nothing was listed.
        said: What the forge said of them last; None where it was never asked.
        reviewer: Reviews them in a child process.
    """

    def __init__(self, workspace: Workspace, github_api: str = "") -> None:
        self._workspace = workspace
        self._github_api = github_api
        self.said: ForgeKnowledge | None = None
        self.contributions: Contributions | None = None
        self._listed: tuple[Contribution, ...] = ()
        self._listed_from: object = None
        self._is_partial = False
        self._arrived: tuple[Arrival, ...] = ()
        self._summaries: KeptSummaries | None = None
        self._rows: dict[tuple[str, str], Row] = {}
        self._reviews: OrderedDict[tuple[str, str], Review] = OrderedDict()
        self._problems: dict[tuple[str, str], PartnerTuiError] = {}
        self.reviewer = Reviewer()
        self._marking = Lock()

    @property
    def rows(self) -> Sequence[Row]:
        """Those that are open first, then the newest."""
        return list(self._rows.values())

    @property
    def waiting(self) -> Sequence[Row]:
        """Those that were not reviewed yet and are not over."""
        return [
            row
            for row in self._rows.values()
            if row.summary is None and not row.is_over and not self.problem(row)
        ]

    @property
    def unseen(self) -> Sequence[Arrival]:
        """All that arrived and was not seen."""
        return [row.one for row in self.rows if isinstance(row.one, Arrival) and not row.is_over]

    def is_listed(self) -> bool:
        """Whether what was listed last is all and holds: since then no ref moved. Blocks, for a moment."""
        return (
            self.contributions is not None and not self._is_partial and self._listed_from == self._current()
        )

    def _current(self) -> object:
        """What a list holds for."""
        workspace = self._workspace
        if workspace.repository is None:
            return None
        refs = run(["for-each-ref", "--format=%(objectname) %(refname)"], cwd=workspace.folder)
        return workspace.repository, workspace.repository.state.commit, workspace.manifest_name, refs

    def read(self, cancelled: Event | None = None, *, at_once: bool = False) -> None:
        """List them where a ref moved since the last time, and read the verdicts. Blocks.

        Args:
            at_once: Whether to list what is told quickly, as of `Contributions.listed`; the next time tells the rest.

        Raises:
            Cancelled: It was stopped: what was known before is known.
            GitError: They cannot be listed.
        """
        workspace = self._workspace
        repository, state = workspace.repository, workspace.state
        if repository is None:
            return
        with stoppable(cancelled or Event()):
            current = self._current()
            made = self.contributions if current == self._listed_from else None
            if made is None or (self._is_partial and not at_once):
                made = made or Contributions(
                    workspace.folder,
                    workspace.checker,
                    workspace.manifest_name,
                    repository,
                    state,
                    reviewer=self.reviewer,
                )
                self._listed = made.listed(at_once=at_once)
                self._arrived = made.arrived()
                self.contributions, self._listed_from, self._is_partial = made, current, at_once
            self._make_rows()

    def mark_seen(self, marked: Collection[Arrival], *, is_seen: bool) -> None:
        """Note which arrivals were seen. Blocks.

        Raises:
            PartnerTuiError: It cannot be noted.
        """
        if (known := self.contributions) is not None:
            with self._marking:  # of two marks at once, the later one is shown
                known.mark_seen(marked, is_seen=is_seen)
                self._arrived = known.arrived()
                self._make_rows()

    def _make_rows(self) -> None:
        workspace, contributions = self._workspace, self.contributions
        assert contributions is not None
        if self._summaries is None:
            self._summaries = KeptSummaries(workspace.state, workspace.checker.library_version)
        for key in [key for key, error in list(self._problems.items()) if isinstance(error, CannotStart)]:
            self._problems.pop(key, None)
        pulls = self._read_said(workspace.state)
        rows = [
            Row(
                as_on_forge(one, pull),
                self._summaries.find(one.head, contributions.against(one)),
                verdict_of(workspace.state, one),
                pull,
            )
            for one in (*self._listed, *self._arrived)
            for pull in [pulls.get(one.name) if one.kind == "pull" else None]
        ]
        self._rows = {row.key: row for row in sorted(rows, key=lambda row: row.order, reverse=True)}

    def _read_said(self, state: Path) -> Mapping[str, PullRequest]:
        """What the forge said last, as it is kept; a setting that is wrong is told where the forge is asked."""
        self.said = None
        with suppress(PartnerTuiError):
            if self.contributions is not None and (forge := self.contributions.forge(self._github_api)):
                self.said = find_known(state, forge)
        return self.said.pulls if self.said else {}

    def find(self, row: Row) -> Row:
        """What is known of one by now."""
        return self._rows.get(row.key, row)

    def review(self, row: Row) -> Review | None:
        """The review of one, while it is in memory."""
        return self._reviews.get(self._key(row))

    def problem(self, row: Row) -> str:
        """Why one cannot be reviewed; "" where nothing says that."""
        problem = self._problems.get(self._key(row))
        return problem.message if problem else ""

    def read_outline(self, row: Row) -> None:
        """Read what one changes, before its review is asked for. Blocks."""
        key, contributions = self._key(row), self.contributions
        if contributions is not None and key not in self._problems and key not in self._reviews:
            with self._problem_noted(key):
                contributions.outline(row.one)

    def work_out(self, row: Row, **watch: Unpack[Watch]) -> None:
        """Review one, unless its review is in memory. Blocks.

        Raises:
            Cancelled: It was stopped, and can be tried again.
        """
        key, contributions = self._key(row), self.contributions
        if contributions is None or key in self._problems:
            return
        if key in self._reviews:
            self._reviews.move_to_end(key)
            return
        with self._problem_noted(key):
            self.learn(row, contributions.review(row.one, **watch))

    def learn(self, row: Row, review: Review) -> None:
        """One was reviewed."""
        if self.contributions is not None:
            self._reviews[self._key(row)] = review
            while len(self._reviews) > _MOST_REVIEWS:
                self._reviews.popitem(last=False)
            self._remember(row, self.contributions.against(row.one), Summary.of(review))

    def sum_up(self, row: Row, **watch: Unpack[Watch]) -> None:
        """Learn the numbers of one, unless they are known. Blocks.

        Raises:
            Cancelled: It was stopped, and can be tried again.
        """
        key, contributions = self._key(row), self.contributions
        if contributions is not None and key not in self._problems and self.find(row).summary is None:
            with self._problem_noted(key):
                self._remember(row, contributions.against(row.one), contributions.sum_up(row.one, **watch))

    @contextmanager
    def _problem_noted(self, key: tuple[str, str]) -> Iterator[None]:
        """What cannot be reviewed says why, and is not tried again; where no child was started, when they are listed again."""
        try:
            yield
        except Cancelled:
            raise
        except PartnerTuiError as error:
            self._problems[key] = error

    def keep(self) -> None:
        """Write the numbers of what was reviewed, for the next start. Blocks."""
        if self._summaries is not None:
            self._summaries.keep()

    def _remember(self, row: Row, target: str, summary: Summary) -> None:
        if self._summaries is not None:
            self._summaries.add(row.one.head, target, summary)
        known = self._rows.get(row.key)
        if known is not None and known.one.head == row.one.head:
            self._rows[row.key] = replace(known, summary=summary)

    def _key(self, row: Row) -> tuple[str, str]:
        return row.one.head, self.contributions.against(row.one) if self.contributions is not None else ""
