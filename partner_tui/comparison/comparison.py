"""Two versions of one manifest: what changed in words, the lines of each change, and the manifest without it.

Both versions are read and their entries matched once, by whoever makes the comparison. A change is discarded by its lines, so
that comments and quotes come back as they were; the result is parsed and must hold every other change and not this one, else
nothing is proposed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from io import StringIO
from operator import itemgetter

from partner_tui.comparison.changes import ABSENT, FieldChange, ManifestChange, manifest_changes
from partner_tui.comparison.hunks import DiffLine, Hunk, around
from partner_tui.comparison.matching import Pair, match_entries
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document, Path


class Comparison:
    """What differs between two versions of one manifest.

    Args:
        before: The older version.
        after: The newer version.
        hunks: Their diff; needed where lines are asked for.

    Attributes:
        changes: The splash first, then entries in file order.
    """

    def __init__(self, before: Manifest, after: Manifest, hunks: Sequence[Hunk] = ()) -> None:
        self.before = before
        self.after = after
        self.hunks = tuple(hunks)
        pairs = match_entries(before, after)
        self.changes = tuple(manifest_changes(before, after, pairs))
        self._now = {new.path: (old, new) for old, new in pairs if new is not None}
        self._gone = {old.path: (old, new) for old, new in pairs if old is not None and new is None}
        changed = [line for hunk in hunks for line in hunk]
        self._added = [(line.new, line) for line in changed if line.sign == "+" and line.new is not None]
        self._removed = [(line.old, line) for line in changed if line.sign == "-" and line.old is not None]

    def fields(self, change: ManifestChange) -> tuple[FieldChange, ...]:
        """The fields of a change, before and after."""
        if change.area == "entry":
            before, after = self._entries(change)
            old, new = (dict(entry.own) if entry else {} for entry in (before, after))
            names = change.fields or tuple(new or old)
            return tuple(FieldChange(name, old.get(name, ABSENT), new.get(name, ABSENT)) for name in names)
        if change.area == "splash":
            sides = (self.before.partner.config, self.after.partner.config)
        else:
            sides = (self.before.fields, self.after.fields)
        return (FieldChange(change.name, *(side.get(change.name, ABSENT) for side in sides)),)

    def lines(self, change: ManifestChange) -> frozenset[DiffLine]:
        """The added and removed lines of the diff that belong to a change."""
        if change.area == "entry":
            paths = tuple(entry.path if entry else None for entry in self._entries(change))
        else:
            paths = change.path, change.path
        removed = _within(self._removed, _span(self.before.document, paths[0]))
        return frozenset(removed + _within(self._added, _span(self.after.document, paths[1])))

    def hunks_of(self, change: ManifestChange) -> tuple[Hunk, ...]:
        """The diff around the lines of one change."""
        wanted = self.lines(change)
        return tuple(part for hunk in self.hunks for part in around(hunk, wanted))

    def without(self, change: ManifestChange) -> str:
        """The manifest as it is now, but without one change.

        Raises:
            PartnerTuiError: Its lines belong to another change too.
        """
        text = self._without_lines(self.lines(change))
        if not self._is_without(text, change):
            raise PartnerTuiError(
                f"{change.name} cannot be discarded alone: another change touches the same lines.",
                "Discard the whole file, or undo the last change with ctrl+z.",
            )
        return text

    def _without_lines(self, lines: frozenset[DiffLine]) -> str:
        """`after`, with the removed lines put back where the added ones are taken out."""
        after, before = _lines(self.after.document), _lines(self.before.document)
        text: list[str] = []
        position = 1  # the next line of `after` that is not taken yet
        for hunk in self.hunks:
            back: list[str] = []
            for line in hunk:
                if line.new is None:
                    if line in lines and line.old is not None:
                        back.append(before[line.old - 1])
                    continue
                text.extend(after[position - 1 : line.new - 1])
                position = line.new + 1
                if line.sign == " " or line in lines:
                    text.extend(back)
                    back = []
                if line not in lines:
                    text.append(after[line.new - 1])
            text.extend(back)
        return "".join((*text, *after[position - 1 :]))

    def _is_without(self, text: str, change: ManifestChange) -> bool:
        """Whether a text is `after` with every change but this one, to the same values."""
        try:
            result = read_manifest(Document.parse(text, self.after.document.name))
        except PartnerTuiError:
            return False
        meant = list(map(_identity, self.changes))
        meant.remove(_identity(change))
        return list(map(_identity, Comparison(self.before, result).changes)) == meant and [
            _identity(change)
        ] == list(map(_identity, Comparison(result, self.after).changes))

    def path_before(self, change: ManifestChange) -> Path:
        """Where an entry that changed was before."""
        before, _ = self._entries(change)
        return before.path if before else change.path

    def _entries(self, change: ManifestChange) -> Pair:
        """The entry before and after."""
        pairs: Mapping[Path, Pair] = self._gone if change.verb == "removed" else self._now
        return pairs.get(change.path, (None, None))


def _lines(document: Document) -> list[str]:
    """The lines as git counts them, with their ends; other characters that Python takes for line ends are none."""
    return list(StringIO(document.text, newline="\n"))


def _span(document: Document, path: Path | None) -> tuple[int, int]:
    """First and last line of the value at a path; an empty range where there is none."""
    if path is None or document.node(path) is None:
        return 1, 0
    return document.line_span(path)


def _within(lines: list[tuple[int, DiffLine]], span: tuple[int, int]) -> list[DiffLine]:
    """The lines whose number, by which they are sorted, is within a range."""
    start = bisect_left(lines, span[0], key=itemgetter(0))
    end = bisect_right(lines, span[1], key=itemgetter(0))
    return [line for _, line in lines[start:end]]


def _identity(change: ManifestChange) -> tuple[str, str, str, tuple[str, ...]]:
    return change.area, change.name, change.verb, change.fields
