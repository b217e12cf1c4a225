"""Several contributions merged one after the other, one commit each: in which order, and which earlier one keeps another out."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from partner_tui.contributions.contribution import Contribution
from partner_tui.repository.commits.commit_object import trial_commit
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.merge_plan import MergePlan
from partner_tui.workspace.contributions.merging import merge_trees


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One merge of several.

    Attributes:
        is_merged: Whether it is one of those that are committed; the others are left out.
        conflicts_with: The earlier one of the batch that keeps it from being merged, where one does.
    """

    plan: MergePlan
    is_merged: bool
    conflicts_with: Contribution | None = None


@dataclass
class Trials:
    """Which contributions merge, alone and on top of each other, without a decision. Objects alone are written, nothing is checked."""

    repository: Repository
    onto: str
    manifest_name: str | None = None
    _alone: dict[str, str | None] = field(default_factory=dict)

    def alone(self, one: Contribution) -> str | None:
        """The commit of one contribution merged by itself; None where it does not merge."""
        if one.head not in self._alone:
            self._alone[one.head] = self._commit(one, self.onto)
        return self._alone[one.head]

    def on_top(self, one: Contribution, other: Contribution) -> bool:
        """Whether a contribution merges after another one."""
        below = self.alone(other)
        return below is not None and self._commit(one, below) is not None

    def in_the_way(self, one: Contribution, earlier: Sequence[Contribution]) -> Contribution | None:
        """The earlier contribution that keeps a later one from being merged; None where it does not merge alone either."""
        if not earlier or self.alone(one) is None:
            return None
        return next((other for other in earlier if not self.on_top(one, other)), earlier[-1])

    def best_order(self, wanted: Sequence[Contribution]) -> tuple[Contribution, ...]:
        """First what conflicts with the fewest others; last what does not merge by itself."""
        merging = [one for one in wanted if self.alone(one) is not None]
        against: Counter[str] = Counter()
        for one, other in itertools.combinations(merging, 2):
            if not self.on_top(one, other):
                against.update((one.head, other.head))
        rest = [one for one in wanted if one not in merging]
        return (*sorted(merging, key=lambda one: against[one.head]), *rest)

    def _commit(self, one: Contribution, onto: str) -> str | None:
        root = self.repository.root
        tree = merge_trees(root, self.repository.git_folder, onto, one.head, self.manifest_name).tree
        return tree and trial_commit(root, tree, (onto, one.head))
