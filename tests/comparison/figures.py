"""Prints what merging the real contributions of the corpus comes to: `python -m tests.comparison.figures [--why]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from partner_tui.comparison.comparison import Comparison
from partner_tui.comparison.merge import LineMerge, Merge, Version, merge
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.repository.commits.line_merge import merge_lines
from tests.comparison.pulls import Repository, Triple, repositories

Versions = tuple[Version, Version, Version]
"""The base, ours and theirs."""


def version(content: bytes | None, *, is_base: bool = False) -> Version:
    if content is None and is_base:
        content = b""  # both sides added the file
    if content is None:
        return ManifestParseError("It is not there.", kind="missing")
    try:
        return Document.decode(content)
    except ManifestParseError as error:
        return error


def read_versions(triple: Triple) -> Versions:
    return version(triple.base, is_base=True), version(triple.ours), version(triple.theirs)


def by_lines(triple: Triple) -> LineMerge | None:
    if triple.ours is None or triple.theirs is None:
        return None
    return merge_lines(triple.base or b"", triple.ours, triple.theirs)


def changed(old: Document, new: Document) -> dict[tuple[str, str, str], tuple[object, object]]:
    """Every field that differs, by area, entry and field, with its two values."""
    comparison = Comparison(read_manifest(old), read_manifest(new))
    found: dict[tuple[str, str, str], tuple[object, object]] = {}
    for change in comparison.changes:
        name = change.was or change.name
        for field in comparison.fields(change):
            found[change.area, name if change.area == "entry" else "", field.name] = field.before, field.after
    return found


def met(base: Document, ours: Document, theirs: Document) -> bool:
    """Whether both sides changed one field, or one removed an entry that the other changed."""
    sides = changed(base, ours), changed(base, theirs)
    if sides[0].keys() & sides[1].keys():
        return True
    gone, touched = [], []
    for side, document in zip(sides, (ours, theirs), strict=True):
        changes = Comparison(read_manifest(base), read_manifest(document)).changes
        gone.append({change.name for change in changes if (change.area, change.verb) == ("entry", "removed")})
        touched.append({name for area, name, _ in side if area == "entry"})
    return bool(gone[0] & touched[1] or gone[1] & touched[0])


def strayed(base: Document, ours: Document, theirs: Document, result: Document) -> list[str]:
    """Fields of the result that are not what both edits give: another value than the side that alone changed it has."""
    mine, other = changed(base, ours), changed(base, theirs)
    wrong = []
    for place, (_, after) in {**other, **mine}.items():
        if place in mine and place in other:
            continue  # both: a list or mapping merged member by member, or the same value
        made = changed(base, result)
        if place not in made or not same(made[place][1], after):
            wrong.append(f"{place} lost")
    return wrong + [f"{place} invented" for place in changed(base, result) if place not in mine | other]


class Figures:
    """Counts, and what is behind each."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.why: list[str] = []

    def count(self, triple: Triple) -> None:
        self.rows["all"] += 1
        versions = read_versions(triple)
        lines = by_lines(triple)
        clean = lines is not None and not lines.conflicts
        self.rows["git merges" if clean else "git does not merge"] += 1
        started = time.perf_counter()
        made = merge(*versions, lines=lines)
        self.seconds = max(getattr(self, "seconds", 0.0), time.perf_counter() - started)
        if clean and lines:
            self._clean(triple, versions, lines, made)
        else:
            self._not_clean(triple, versions, made)

    def _clean(self, triple: Triple, versions: Versions, lines: LineMerge, made: Merge) -> None:
        if made.content == lines.content:
            self.rows["git merges: git's result, byte for byte"] += 1
        elif made.conflicts:
            self._note("git merges: invented conflicts", triple, ", ".join(one.key for one in made.conflicts))
        elif made.content is None:
            self._note("git merges: refused", triple, str(made.problems))
        else:
            self._note("git merges: another result", triple, "")

    def _not_clean(self, triple: Triple, versions: Versions, made: Merge) -> None:
        if made.problems:
            kinds = ", ".join(f"{one.version} {one.kind}" for one in made.problems)
            self._note("git does not: a side cannot be read", triple, kinds)
        elif made.conflicts:
            base, ours, theirs = (one for one in versions if isinstance(one, Document))
            self._note(
                "git does not: to be decided"
                + ("" if met(base, ours, theirs) else ", although nothing was changed by both"),
                triple,
                ", ".join(one.key for one in made.conflicts),
            )
        elif made.content is not None:
            base, ours, theirs = (one for one in versions if isinstance(one, Document))
            wrong = strayed(base, ours, theirs, Document.decode(made.content))
            self._note("git does not: merged" + (", wrongly" if wrong else ""), triple, "; ".join(wrong))
            if made.lost:
                self._note("git does not: merged, comments lost", triple, "; ".join(made.lost))

    def merged_before(self, triple: Triple) -> None:
        """A merge of the past against what was committed."""
        self.rows["all"] += 1
        versions = read_versions(triple)
        made = merge(*versions, lines=by_lines(triple))
        if made.content == triple.result:
            self.rows["what was committed, byte for byte"] += 1
        elif made.conflicts:
            self._note("to be decided", triple, ", ".join(one.key for one in made.conflicts))
        elif made.problems:
            self._note("a side cannot be read", triple, str(made.problems))
        elif made.content and isinstance(result := version(triple.result), Document):
            merged = Document.decode(made.content)
            differs = changed(result, merged)
            if same(result.data, merged.data):
                self.rows["the data that was committed"] += 1
            else:
                self._note("other data than was committed", triple, str(list(differs)))
        else:
            self._note("what was committed cannot be read", triple, "")

    def _note(self, row: str, triple: Triple, why: str) -> None:
        self.rows[row] += 1
        self.why.append(f"{row}: {triple.name}: {why}")

    def lines(self, with_why: bool) -> Iterator[str]:
        for row, count in self.rows.items():
            yield f"{count:5} {row}"
        if with_why:
            yield from (f"        {line}" for line in sorted(self.why))


def collect(found: Iterable[Repository]) -> dict[str, Figures]:
    figures = {name: Figures() for name in TITLES}
    for repository in found:
        for triple in repository.pairs():
            figures["pairs"].count(triple)
        for triple in repository.all_pairs():
            figures["all pairs"].count(triple)
        for triple in repository.merges():
            figures["merges"].merged_before(triple)
        for triple in repository.successive():
            figures["successive"].count(triple)
    return figures


TITLES = {
    "pairs": "Pairs of pull requests from one commit that both change the manifest",
    "all pairs": "All pairs of pull requests that both change the manifest since what they have in common",
    "merges": "Merges of the past, both sides of which changed the manifest",
    "successive": "Successive states taken as parallel edits",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--why", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, figures in collect(repositories(Path(folder))).items():
            print(TITLES[name])
            print("\n".join(figures.lines(arguments.why)))


if __name__ == "__main__":
    main()
