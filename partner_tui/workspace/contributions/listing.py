"""Which contributions a clone knows of, from its refs: each with the state that git tells, and one by its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from pathlib import Path

from partner_tui.contributions.contribution import Contribution, state_of
from partner_tui.errors import UsageError
from partner_tui.repository.commits.commit import merge_base
from partner_tui.repository.remotes.pull_refs import Head, local_head, read_heads, what_was_brought
from partner_tui.repository.remotes.same_changes import with_all_changes
from partner_tui.workspace.contributions.kept_changes import find_changes, keep_changes


def read_contributions(
    root: Path, remote: str | None, target: str, state: Path | None, *, compares: bool
) -> tuple[Contribution, ...]:
    """All contributions to a commit, whatever their state, and every branch.

    Args:
        state: The clone's folder of the user's state, where what was compared once is kept; nothing is kept without.
        compares: Whether commits that were never compared are, which takes longest.
    """
    heads = read_heads(root, remote, target)
    brought = what_was_brought(root, target, heads)

    def merged_by(head: Head) -> str:
        by_number = "" if head.kind in ("branch", "hand") else brought.by_number.get(head.name, "")
        return brought.by_head.get(head.commit, "") or by_number

    open_ones = {head.commit for head in heads if not merged_by(head)} - brought.ancestors
    contained = _contained(root, target, open_ones, state, compares)
    return tuple(
        _contribution(head, merged_by(head), head.commit in brought.ancestors, head.commit in contained)
        for head in heads
    )


def _contained(
    root: Path, target: str, heads: Collection[str], state: Path | None, compares: bool
) -> frozenset[str]:
    """Those of whose changes all are in the branch already."""
    changes = find_changes(state) if state else {}
    known = len(changes)
    contained = with_all_changes(root, target, heads, changes, compares=compares)
    if state and len(changes) > known:
        keep_changes(state, changes)
    return contained


def find_contribution(root: Path, known: Sequence[Contribution], name: str, target: str) -> Contribution:
    """One by its name or its head, else a branch of the clone, which is not listed beside those of the remote.

    Raises:
        UsageError: There is none.
    """
    wanted = name.removeprefix("#").removeprefix("!")
    named = (one for one in known if one.name == wanted)
    headed = (one for one in known if len(name) >= 7 and one.head.startswith(name) and not one.is_over)
    if (found := next(chain(named, headed), None)) is not None:
        return found
    if (head := local_head(root, name)) is not None:
        return _contribution(head, is_ancestor=merge_base(root, head.commit, target) == head.commit)
    raise UsageError(
        f"There is no pull request, branch or commit {name!r}.",
        "partner-tui contributions SOURCE --state all lists them.",
    )


def _contribution(
    head: Head, merged_by: str = "", is_ancestor: bool = False, is_contained: bool = False
) -> Contribution:
    state, why = state_of(
        head.kind, merged_by, is_ancestor=is_ancestor, is_contained=is_contained, has_merge=head.has_merge
    )
    return Contribution(
        head.name, head.kind, head.commit, head.author, head.date, head.title, state, why, merged_by
    )
