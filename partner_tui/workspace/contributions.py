"""The contributions to one repository: listed, and reviewed from git's objects alone; nothing is checked out or executed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.merge import merge, read_version
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.contributions.checklist import Subject, checklist
from partner_tui.contributions.contribution import Contribution, Facts, State, state_of
from partner_tui.contributions.entry_changes import EntryChange, config_changes, entry_changes
from partner_tui.contributions.files import FileChange
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.errors import GitError, ManifestParseError, UsageError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from partner_tui.plain import few
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import Watch, run
from partner_tui.repository.remotes.pull_refs import (
    Head,
    fetch_pulls,
    is_contained,
    merge_base,
    read_heads,
    try_merge,
    what_was_brought,
)
from partner_tui.repository.repository import Repository
from partner_tui.workspace.opening.opening import MAX_BYTES

_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What git calls a commit's tree without files: the base of a contribution that has no history in common."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The manifest of one commit, with the files around it; None where there is none, or it cannot be read."""

    files: CommitFiles
    name: str | None
    manifest: Manifest | None
    problem: str = ""


class Contributions:
    """The contributions to the default branch of a clone. Methods block.

    Args:
        root: The clone's work tree.
        checker: Judges the entries that a contribution touches.
        manifest_name: Of the manifest, where it has none of the known names.
    """

    def __init__(self, root: Path, checker: Checker, manifest_name: str | None = None) -> None:
        self._root = root
        self._repository = Repository.open(root)
        self._checker = checker
        self._manifest_name = manifest_name

    @cached_property
    def target(self) -> str:
        """The commit that contributions are for: the newest that is known of the default branch, else HEAD."""
        remote, branch = self._repository.remote, self._repository.default_branch()
        if remote and branch:
            try:
                return resolve_commit(self._root, f"refs/remotes/{remote}/{branch}")
            except GitError:
                pass
        return resolve_commit(self._root, "HEAD")

    def fetch(self, **watch: Unpack[Watch]) -> None:
        """Fetch every pull and merge request of the remote, where there is one."""
        if remote := self._repository.remote:
            fetch_pulls(self._root, remote, self._repository.log, **watch)

    def listed(self) -> tuple[Contribution, ...]:
        """All contributions that are known, whatever their state."""
        heads = read_heads(self._root, self._repository.remote, self.target)
        brought = what_was_brought(self._root, self.target, heads)

        def facts(head: Head) -> Facts:
            by_number = brought.by_number.get(head.name, "") if head.kind != "branch" else ""
            merged_by = brought.by_head.get(head.commit, "") or by_number
            is_ancestor = head.commit in brought.ancestors
            contained = not (merged_by or is_ancestor) and is_contained(self._root, self.target, head.commit)
            return Facts(merged_by, is_ancestor, contained, head.has_merge)

        return tuple(_contribution(head, facts(head)) for head in heads)

    def find(self, name: str) -> Contribution:
        """The contribution of a number or branch.

        Raises:
            UsageError: There is none.
        """
        known = self.listed()
        wanted = name.removeprefix("#").removeprefix("!")
        for one in known:
            if one.name == wanted:
                return one
        raise UsageError(
            f"There is no pull request or branch {name!r}.",
            "partner-tui contributions SOURCE --state all lists them.",
        )

    # The review

    def review(self, one: Contribution, base: str | None = None, **watch: Unpack[Watch]) -> Review:
        """Review a contribution.

        Args:
            base: What to compare it with; by default the branch it is for, and for a merged one the branch before the merge.

        Raises:
            GitError: Its commits cannot be read.
        """
        onto = resolve_commit(self._root, base) if base else self._before_merge(one)
        start = merge_base(self._root, onto, one.head) or _EMPTY_TREE
        old, new = self._side(start), self._side(one.head)
        manifests = tuple(dict.fromkeys(name for name in (old.name, new.name) if name))
        changes: tuple[EntryChange, ...] = ()
        found: Sequence[FindingChanges] = ()
        about = FindingChanges()
        if old.manifest and new.manifest:
            changes = entry_changes(old.manifest, new.manifest)
            about, found = self._finding_changes(old, new, changes)
        return Review(
            one,
            start,
            tuple(zip(changes, found, strict=True)),
            config_changes(old.manifest, new.manifest) if old.manifest and new.manifest else (),
            about,
            tuple(self._files(start, one.head)),
            Mergeability("git")
            if one.state is State.MERGED
            else self._mergeability(onto, one.head, new, watch),
            checklist(list(self._subjects(new, changes, found))),
            manifests,
            tuple(side.problem for side in (old, new) if side.problem),
            len(old.manifest.entries) if old.manifest else 0,
        )

    def _before_merge(self, one: Contribution) -> str:
        """The branch that a contribution is for, as it was before it was merged."""
        if one.merged_by:
            return f"{one.merged_by}^1"
        if one.state is not State.MERGED:
            return self.target
        arguments = [
            "rev-list",
            "--first-parent",
            "--reverse",
            "--ancestry-path",
            f"{one.head}..{self.target}",
        ]
        path = run([*arguments, "--"], cwd=self._root).split()
        return f"{path[0]}^1" if path else f"{one.head}^"

    def _side(self, commit: str) -> _Side:
        files = CommitFiles(self._root, commit, lambda: self._repository.slug)
        names = files.names()
        known = find_manifests_anywhere(names)
        name = self._manifest_name if self._manifest_name in names else next(iter(known), None)
        if name is None:
            return _Side(files, None, None)
        content = files.read_bytes(name, MAX_BYTES)
        if content is None:
            return _Side(files, name, None, f"{name} of {commit[:7]} is too large, or no file.")
        try:
            return _Side(files, name, read_manifest(Document.decode(content, name)))
        except ManifestParseError as error:
            return _Side(files, name, None, f"At {commit[:7]}: {error.message}")

    def _finding_changes(
        self, old: _Side, new: _Side, changes: Sequence[EntryChange]
    ) -> tuple[FindingChanges, list[FindingChanges]]:
        before = self._findings(old, [one.before.index for one in changes if one.before])
        after = self._findings(new, [one.after.index for one in changes if one.after])
        entries = [
            finding_changes(
                before.get(one.before.index, ()) if one.before else (),
                after.get(one.after.index, ()) if one.after else (),
            )
            for one in changes
        ]
        return finding_changes(before[None], after[None]), entries

    def _findings(self, side: _Side, indices: Sequence[int]) -> Mapping[int | None, tuple[Finding, ...]]:
        """The findings of some entries, by index; None for those of the manifest itself."""
        assert side.manifest is not None
        found: dict[int | None, tuple[Finding, ...]] = {
            None: self._checker.check_manifest(side.manifest, side.files)
        }

        def keep(check: EntryCheck) -> None:
            found[check.index] = check.findings

        self._checker.check_entries(side.manifest, side.files, indices, keep)
        return found

    def _subjects(
        self, new: _Side, changes: Sequence[EntryChange], found: Sequence[FindingChanges]
    ) -> Iterator[Subject]:
        for change, findings in zip(changes, found, strict=True):
            if change.after is None or new.manifest is None:
                continue
            resolved = resolve(change.after, new.manifest, new.files)
            told = (*findings.new, *findings.remaining)
            kind = resolved.type or ""
            yield Subject(change.name, kind, resolved.judged, told, new.files, resolved.folder)

    def _files(self, before: str, after: str) -> Iterator[FileChange]:
        """Every file that differs; one that was moved whole is renamed."""
        changes = tree_changes(self._root, before, after)
        binary = self._binary(before, after)
        gone = {one.before.hash: path for path, one in changes.items() if not one.after.is_there}
        moved = {
            path: gone[one.after.hash]
            for path, one in changes.items()
            if not one.before.is_there and one.after.hash in gone
        }
        for path, one in sorted(changes.items()):
            mode = one.after.mode if one.after.is_there else ""
            if path in moved:
                yield FileChange(path, "renamed", moved[path], mode, path in binary)
            elif one.after.is_there:
                yield FileChange(
                    path, "changed" if one.before.is_there else "added", None, mode, path in binary
                )
            elif path not in moved.values():
                yield FileChange(path, "removed", None, mode)

    def _binary(self, before: str, after: str) -> frozenset[str]:
        arguments = ["diff-tree", "-r", "-z", "--numstat", "--no-renames", "--end-of-options", before, after]
        lines = run(arguments, cwd=self._root).split("\0")
        return frozenset(line.removeprefix("-\t-\t") for line in lines if line.startswith("-\t-\t"))

    # Whether it merges

    def _mergeability(self, ours: str, theirs: str, new: _Side, watch: Watch) -> Mergeability:
        try:
            trial = try_merge(self._root, ours, theirs, **watch)
        except GitError as error:
            return Mergeability("no", error.message.rstrip("."))
        if not trial.conflicts:
            return self._clean(trial.tree, new)
        others = [path for path in trial.conflicts if path != new.name]
        if others:
            return Mergeability(
                "decision", f"{few(others)} conflicts" if len(others) == 1 else f"{few(others)} conflict"
            )
        return self._by_entry(ours, theirs, new)

    def _clean(self, tree: str, new: _Side) -> Mergeability:
        """What git merges without a conflict may still be no manifest."""
        content = CommitFiles(self._root, tree).read_bytes(new.name, MAX_BYTES) if new.name else None
        if content is not None and new.name:
            try:
                Document.decode(content, new.name)
            except ManifestParseError as error:
                return Mergeability("no", error.message.rstrip("."))
        return Mergeability("git")

    def _by_entry(self, ours: str, theirs: str, new: _Side) -> Mergeability:
        assert new.name is not None
        start = merge_base(self._root, ours, theirs) or _EMPTY_TREE
        contents = [
            CommitFiles(self._root, commit).read_bytes(new.name, MAX_BYTES)
            for commit in (start, ours, theirs)
        ]
        lines = merge_lines(*(one or b"" for one in contents)) if all(contents[1:]) else None
        base, mine, other = (read_version(one, new.name) for one in contents)
        merged = merge(base, mine, other, lines=lines)
        if merged.conflicts:
            named = few([one.label for one in merged.conflicts])
            return Mergeability("decision", f"both sides changed {named}", merged.conflicts)
        if merged.content is None:
            return Mergeability("no", merged.problems[0].message.rstrip(".") if merged.problems else None)
        return Mergeability("entries")


def _contribution(head: Head, facts: Facts) -> Contribution:
    state, why = state_of(facts)
    return Contribution(
        head.name, head.kind, head.commit, head.author, head.date, head.title, state, why, facts.merged_by
    )
