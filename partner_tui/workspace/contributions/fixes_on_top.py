"""The upgrade's fixes for the entries that a contribution touches, as a commit of their own on top of its merge.

The rule: only fixes that keep the meaning, without a question and without a new file, and only where the entry is valid in the
latest format then, so that nobody has to look at them twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from partner_tui.compliance.checker import Checker
from partner_tui.plain import few, plural
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.commits.tree_changes import TreeEntry, own_index, tree_with, write_blob
from partner_tui.upgrade.fix import FixKind
from partner_tui.upgrade.fixes import fixes_by_name
from partner_tui.upgrade.planner import make_plan
from partner_tui.upgrade.question import Answers
from partner_tui.upgrade.verdict_cache import CachedJudge
from partner_tui.workspace.contributions.side import Side


@dataclass(frozen=True, slots=True)
class FixesOnTop:
    """A commit of fixes.

    Attributes:
        diff: Of every file that it changes, unified, one after the other.
        entries: Names of the entries that it changes.
    """

    tree: str
    message: str
    diff: str
    entries: tuple[str, ...]


def fixes_on_top(
    root: Path, git_folder: Path, checker: Checker, side: Side, tree: str, indices: Sequence[int]
) -> FixesOnTop | None:
    """Fix entries of a merged tree; None where there is nothing to fix.

    Raises:
        CheckerFailed: The entries could not be judged.
    """
    if side.manifest is None or not indices:
        return None
    fixes = fixes_by_name()
    automatic = frozenset(name for name, one in fixes.items() if one.fix_class is FixKind.AUTO)
    plan = make_plan(
        side.manifest,
        side.files,
        CachedJudge(checker.errors_of),
        Answers(),
        entries=indices,
        skipped_fixes=fixes.keys() - automatic,
    )
    written: dict[str, TreeEntry] = {}
    diffs = []
    for path, document in plan.documents.items():
        if (entry := side.files.entry(path)) is None:
            continue  # a link: what it leads to is not the contribution's to write
        written[path] = TreeEntry(entry.mode, write_blob(root, document.encode()))
        before = side.files.read_text(path) or ""
        diffs.append(diff_text(before, document.text, path))
    named = tuple(one.id or f"#{one.index + 1}" for one in plan.entries if one.changes)
    if not written or not any(diffs):
        return None
    with own_index(git_folder) as environment:
        fixed = tree_with(root, tree, written, environment)
    used = dict.fromkeys(change.fix for one in plan.entries for change in one.changes)
    lines = "".join(f"- {fixes[name].title if name in fixes else name}\n" for name in used)
    about = few(named) if len(named) <= 2 else plural(len(named), "entry")
    return FixesOnTop(fixed, f"Fix {about}\n\n{lines}", "".join(diffs), named)
