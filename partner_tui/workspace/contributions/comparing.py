"""Two versions of a repository compared: the files and entries that differ, and the findings that come and go with them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from partner_tui.comparison.matching import Pair, match_entries
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.contributions.checklist.item import Subject
from partner_tui.contributions.entry_changes import EntryChange, ValueChange, entry_changes, field_changes
from partner_tui.contributions.files import FileChange
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.contributions.review import is_touched
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.values import texts_in
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import run
from partner_tui.workspace.contributions.side import Side

_NONE = FindingChanges()


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs.

    Attributes:
        entries: Each with the findings that are new, resolved, or remain.
        about_manifest: Findings of the manifest itself.
    """

    entries: tuple[tuple[EntryChange, FindingChanges], ...] = ()
    about_manifest: FindingChanges = _NONE

    def without_idle(self) -> Compared:
        """Without the entries that nothing came of for; see `is_touched`."""
        return Compared(tuple(one for one in self.entries if is_touched(*one)), self.about_manifest)


NOTHING = Compared()


def changed_files(root: Path, before: str, after: str, texts: Collection[str] = ()) -> Iterator[FileChange]:
    """Every file that differs, by path; one that was moved whole is renamed.

    Args:
        texts: Paths that are known to be no binaries: git compares the lines of a file to tell that.
    """
    changes = tree_changes(root, before, after)
    binary = _binary(root, before, after, texts) if changes.keys() - texts else frozenset()
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
        elif one.after.is_there or path not in moved.values():
            yield FileChange(path, one.kind, None, mode, path in binary)


def _binary(root: Path, before: str, after: str, texts: Collection[str]) -> frozenset[str]:
    arguments = ["--no-literal-pathspecs", "diff-tree", "-r", "-z", "--numstat", "--no-renames"]
    left_out = [f":(exclude,top,literal){path}" for path in texts]
    lines = run([*arguments, "--end-of-options", before, after, "--", ":/", *left_out], cwd=root).split("\0")
    return frozenset(line.removeprefix("-\t-\t") for line in lines if line.startswith("-\t-\t"))


def what_changes(
    old: Side, new: Side, files: Collection[str]
) -> tuple[tuple[EntryChange, ...], tuple[EntryChange, ...]]:
    """The entries that differ, and those that stay as they are while a file that they name does not, or its folder."""
    if old.known is None or new.known is None:
        return (), ()
    pairs = match_entries(old.known, new.known)
    changes = entry_changes(pairs)
    changed = {one.after.index for one in changes if one.after}
    return changes, tuple(_affected(old, new, pairs, changed, files))


def compare(checker: Checker, old: Side, new: Side, changes: Sequence[EntryChange]) -> Compared:
    """The findings of entries and of the manifest in two versions; where one cannot be read, nothing is known of either's."""
    if old.known is None or new.known is None:
        return NOTHING
    before = findings_of(
        checker, old.manifest, old.files, [one.before.index for one in changes if one.before]
    )
    after = findings_of(checker, new.manifest, new.files, [one.after.index for one in changes if one.after])
    found = (
        finding_changes(
            before.get(one.before.index, ()) if one.before else (),
            after.get(one.after.index, ()) if one.after else (),
        )
        for one in changes
    )
    return Compared(tuple(zip(changes, found, strict=True)), finding_changes(before[None], after[None]))


def subjects(new: Side, compared: Compared) -> Iterator[Subject]:
    """The entries that the checklist is about: those that there are afterwards."""
    for change, findings in compared.entries:
        if change.after is not None and new.manifest is not None:
            resolved = resolve(change.after, new.manifest, new.files)
            told = (*findings.new, *findings.remaining)
            kind = resolved.type or ""
            yield Subject(change.name, kind, resolved.judged, told, new.files, resolved.folder)


def _affected(
    old: Side, new: Side, pairs: Iterable[Pair], changed: Collection[int], files: Collection[str]
) -> Iterator[EntryChange]:
    if old.manifest is None or new.manifest is None:
        return
    top = f"{posixpath.dirname(new.name or '')}/"
    paths = [path.removeprefix(top) for path in files if path not in (old.name, new.name)]
    wanted = {mark for path in paths for mark in (path, quote(path), posixpath.dirname(path)) if mark}
    marks = [mark for mark in wanted if mark in new.manifest.document.text]
    for before, after in pairs if marks else ():
        if before and after and after.index not in changed:
            texts = texts_in(after.own)
            if any(mark in text for text in texts for mark in marks):
                yield EntryChange("changed", before, after, _of_rdf(before, after, old, new, files))


def _of_rdf(
    before: Entry, after: Entry, old: Side, new: Side, files: Collection[str]
) -> tuple[ValueChange, ...]:
    """What differs in the RDF of an entry, where that is one of some files."""
    named = (after.own.get(field) for field in ("rdf_source", "source"))
    if not any(isinstance(one, str) and path_in_clone(one, new.files) in files for one in named):
        return ()
    assert old.manifest is not None and new.manifest is not None
    was = resolve(before, old.manifest, old.files).supplied
    return field_changes(was, resolve(after, new.manifest, new.files).supplied)


def findings_of(
    checker: Checker, manifest: Manifest | None, files: CloneFiles, indices: Sequence[int]
) -> Mapping[int | None, tuple[Finding, ...]]:
    """The findings of some entries, by index; None for those of the manifest itself, where there is one."""
    if manifest is None:
        return {None: ()}
    found: dict[int | None, tuple[Finding, ...]] = {None: checker.check_manifest(manifest, files, indices)}

    def keep(check: EntryCheck) -> None:
        found[check.index] = check.findings

    checker.check_entries(manifest, files, indices, keep)
    return found
