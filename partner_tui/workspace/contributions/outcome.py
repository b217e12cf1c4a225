"""The outcome of a merge: what it changes in the manifest and in other files, and what has to be agreed to first.

The rule: a result is read and checked as it would be, before anything refers to it; also the entries that nobody touched, where
a file of theirs changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Severity
from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.plain import few, plural, visible
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.commits.tree_changes import TreeChange, tree_changes
from partner_tui.workspace.contributions.comparing import NOTHING, Compared, compare, what_changes
from partner_tui.workspace.contributions.side import Side, look_at_side

_KINDS = ("added", "changed", "renamed", "removed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a commit when a tree takes its place.

    Attributes:
        compared: What changes in the entries, and in their findings.
        diff: Of the manifest, unified; empty where it stays as it is.
        files: Every path that changes, the manifest too.
        unreadable: Why the manifest could not be read afterwards, in a sentence; empty where it can.
        renamed: The path of the manifest before and afterwards, where that differs.
        manifests: Names of the manifests, where there would be more of them than before.
        lost: Comments of the manifest for which there is no place.
    """

    compared: Compared = NOTHING
    diff: str = ""
    files: Mapping[str, TreeChange] = field(default_factory=dict)
    unreadable: str = ""
    renamed: tuple[str, str] | None = None
    manifests: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def entry_counts(self) -> str:
        """``entries 2 added, 1 removed``; "" where none differs."""
        kinds = [change.change for change, _ in self.compared.entries]
        counts = (f"{kinds.count(kind)} {kind}" for kind in _KINDS if kind in kinds)
        words = ", ".join(counts)
        return f"entries {words}" if words else ""

    def objections(self) -> Iterator[str]:
        """What has to be agreed to before it is committed, a sentence each, the gravest first."""
        if self.unreadable:
            yield f"The manifest cannot be read afterwards. {self.unreadable}"
        if not self.files:
            yield "It changes nothing: the branch has all of it already."
        if self.renamed:
            before, after = (visible(name, 80) for name in self.renamed)
            yield f"The manifest is renamed from {before} to {after}: whoever reads it by its name does not find it."
        if self.manifests:
            yield f"There is more than one manifest afterwards: {few(self.manifests)}."
        for name, found in (
            ("the manifest", self.compared.about_manifest),
            *((change.name, found) for change, found in self.compared.entries),
        ):
            errors = [one.message for one in found.new if one.severity is Severity.ERROR]
            if errors:
                said = f"{errors[0]}, and {len(errors) - 1} more" if len(errors) > 1 else errors[0]
                yield f"{plural(len(errors), 'new error')} in {visible(name, 80)}: {said.rstrip('.')}."
        if self.lost:
            yield f"Comments without a place are lost: {few(self.lost)}."


def outcome_of(
    root: Path,
    checker: Checker,
    onto: str,
    tree: str,
    manifest_name: str | None = None,
    *,
    lost: tuple[str, ...] = (),
    slug: Callable[[], str | None] = lambda: None,
) -> Outcome:
    """Read and check what a tree would make of a commit."""
    before, after = (look_at_side(root, one, manifest_name, slug) for one in (onto, tree))
    files = tree_changes(root, onto, tree)
    entries, affected = what_changes(before, after, files)
    return Outcome(
        compare(checker, before, after, (*entries, *affected)).without_idle(),
        diff_text(before.text, after.text, after.name or before.name or ""),
        files,
        after.unreadable_after(before),
        (before.name, after.name) if before.name and after.name and before.name != after.name else None,
        _more_manifests(before, after),
        lost,
    )


def _more_manifests(before: Side, after: Side) -> tuple[str, ...]:
    known, found = (tuple(find_manifests_anywhere(side.files.names())) for side in (before, after))
    return found if len(found) > max(1, len(known)) else ()
