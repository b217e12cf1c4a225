"""The rows of a review: what a contribution touches, each with a sign and a word for its kind, so that no colour is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from textual.content import Content

from partner_tui.compliance.finding import Severity
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.files import FileChange, care
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.contributions.kept import Comment, KeptReview, with_answers
from partner_tui.contributions.review import Review
from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.review.about import CHECKING
from partner_tui.ui.themes import SEVERITY_STYLES
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys
from partner_tui.workspace.contributions.since import Since

Part: TypeAlias = Literal["Changed since your last look", "Entries", "Manifest", "Files", "Review"]
SINCE: Part = "Changed since your last look"

SIGNS = {
    "added": ("+", "$success"),
    "changed": ("~", "$warning"),
    "removed": ("−", "$error"),
    "renamed": ("→", "$secondary"),
}
"""The sign of a kind of change and its colour."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, and the findings that come and go with it; None while they are not known."""

    change: EntryChange
    findings: FindingChanges | None

    part: Part = "Entries"

    @property
    def key(self) -> str:
        """What it is known by in what is kept of a review."""
        return f"entry:{self.change.name}"

    @property
    def title(self) -> str:
        return visible(self.change.name, 60)

    def label(self) -> Content:
        was = f" (was {visible(self.change.was, 40)})" if self.change.was else ""
        fields = (
            "" if self.change.before is None or self.change.after is None else _fields(self.change.fields)
        )
        return _label(self.change.change, self.title + was, fields, self.findings)


@dataclass(frozen=True, slots=True)
class ConfigRow:
    """What differs in `config`."""

    changes: tuple[ValueChange, ...]

    part: Part = "Manifest"
    key = "config"
    title = "config"

    def label(self) -> Content:
        return _label("changed", "config", _fields(self.changes), FindingChanges())


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """Findings of the manifest itself."""

    findings: FindingChanges

    part: Part = "Manifest"
    key = "manifest"
    title = "Findings of the manifest"

    def label(self) -> Content:
        return _label("changed", "findings", "", self.findings)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that differs, and in one word why it needs care."""

    file: FileChange
    care: str | None

    part: Part = "Files"

    @property
    def key(self) -> str:
        return f"file:{self.file.path}"

    @property
    def title(self) -> str:
        return visible(self.file.path, 80)

    def label(self) -> Content:
        label = Content.assemble(_sign(self.file.change), " ", self.title)
        return label + Content.styled(f"  ▲ {self.care}", "$warning") if self.care else label


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """The checklist, with the answers so far.

    Args:
        is_checked: Whether it is known what is asked.
    """

    items: tuple[Item, ...]
    is_checked: bool = True

    part: Part = "Review"
    key = "checklist"
    title = "Checklist"

    def label(self) -> Content:
        states = [one.state for one in self.items]
        parts: list[tuple[str, str]] = [("Checklist", "")]
        if not self.is_checked:
            parts.append((f"  {CHECKING}", "$foreground 60%"))
        if passed := states.count("pass"):
            parts.append((f"  ✓ {passed}", "$success"))
        if failed := states.count("fail"):
            parts.append((f"  ✗ {failed}", "$error"))
        if left := states.count("open"):
            parts.append((f"  {left} open", "$foreground 60%"))
        return Content.assemble(*parts)


@dataclass(frozen=True, slots=True)
class CommentsRow:
    """What was said of the contribution."""

    comments: tuple[Comment, ...]

    part: Part = "Review"
    key = "comments"
    title = "Comments"

    def label(self) -> Content:
        count = (
            (f"  ◆ {len(self.comments)}", "$secondary")
            if self.comments
            else ("  none yet", "$foreground 60%")
        )
        return Content.assemble("Comments", count)


Row: TypeAlias = EntryRow | ConfigRow | ManifestRow | FileRow | ChecklistRow | CommentsRow


def rows_of(review: Review, kept: KeptReview, since: Since | None = None) -> Iterator[Row]:
    """What a review shows, in the order in which it is looked at: what changed since the last look before all else."""
    if since is not None:
        yield from (EntryRow(change, FindingChanges(), SINCE) for change in since.entries)
        yield from (FileRow(file, care(file, review.manifests), SINCE) for file in since.files)
    for change, findings in review.touched:
        yield EntryRow(change, findings if review.is_checked else None)
    if review.config:
        yield ConfigRow(review.config)
    if review.about_manifest.new or review.about_manifest.resolved:
        yield ManifestRow(review.about_manifest)
    for file in sorted(review.files, key=lambda one: care(one, review.manifests) is None):
        yield FileRow(file, care(file, review.manifests))
    has_subjects = any(change.after is not None for change, _ in review.touched)
    if review.checklist or (has_subjects and not review.is_checked):
        yield ChecklistRow(with_answers(review.checklist, kept), review.is_checked)
    yield CommentsRow(kept.comments)


def _label(kind: str, title: str, about: str, findings: FindingChanges | None) -> Content:
    label = Content.assemble(_sign(kind), " ", title)
    label = label + finding_words(findings) if findings is not None else label
    return label + Content.styled(f"  {about}", "$foreground 60%") if about else label


def _sign(kind: str) -> tuple[str, str]:
    sign, colour = SIGNS[kind]
    return sign, f"bold {colour}"


def finding_words(findings: FindingChanges) -> Content:
    """``  ✗ 2  ▲ 1 new  ✓ 1 resolved``; nothing where nothing comes or goes."""
    words = Content("")
    counts = Counter(one.severity for one in findings.new)
    for severity in (one for one in Severity if counts[one]):
        words += Content.styled(f"  {severity.glyph} {counts[severity]}", SEVERITY_STYLES[severity])
    words += Content.styled(" new", "$foreground 60%") if counts else ""
    if findings.resolved:
        words += Content.styled(f"  ✓ {len(findings.resolved)} resolved", "$success")
    return words


def _fields(changes: tuple[ValueChange, ...]) -> str:
    names = list(dict.fromkeys(str(one.path[0]) for one in changes if one.path))
    if len(names) > 3:
        return plural(len(names), "field")
    return visible(", ".join(names), 60)


class RowList(GroupedList[Row]):
    """The list; the cursor is on a row, never on the name of a part."""

    TITLE = "Contribution"
    BINDINGS = [
        bind("enter", "select", "Open", "review.open", "Go to what is shown beside the list"),
        *cursor_keys("review", "row"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._notes: Mapping[str, str] = {}

    def key(self, row: Row) -> str:
        """What it is known by in what is kept; what changed since the last look is listed twice."""
        return f"{SINCE}:{row.key}" if row.part == SINCE else row.key

    def draw(self, row: Row) -> Content:
        note = self._notes.get(row.key, "")
        return row.label() + Content.styled(f"  {note}", "$secondary") if note else row.label()

    def show_rows(self, rows: Sequence[Row], notes: Mapping[str, str]) -> None:
        """Show rows below the names of their parts.

        Args:
            notes: By the key of a row, what is said behind it, such as how many comments there are.
        """
        self._notes = notes
        listed: list[Row | str] = []
        for part, some in groupby(rows, lambda row: row.part):
            group = list(some)
            listed += [*([""] if listed else []), f"{part}  {len(group)}", *group]
        self.show(listed)
