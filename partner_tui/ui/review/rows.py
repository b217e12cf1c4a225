"""The rows of a review: what a contribution touches, each with a sign and a word for its kind, so that no colour is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from textual.content import Content

from partner_tui.compliance.finding import Severity
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.files import FileChange, care
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.contributions.kept import KeptReview, with_answers
from partner_tui.contributions.review import Review
from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
from partner_tui.ui.review.about import CHECKING
from partner_tui.ui.themes import SEVERITY_STYLES
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys
from partner_tui.workspace.contributions.shown_pictures import is_picture
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
class ReviewRow:
    """What is looked at by itself.

    Attributes:
        key: What it is known by in what is kept of a review.
        tabs: What is shown of it, the first one first.
        subject: The entry or the file that it is about; None for what all of the contribution has.
        changes: The values that differ.
        findings: Those that come and go with it; None while they are not known.
    """

    part: Part
    key: str
    title: str
    label: Content
    tabs: tuple[str, ...]
    subject: EntryChange | FileChange | None = None
    changes: tuple[ValueChange, ...] = ()
    findings: FindingChanges | None = None


def entry_row(change: EntryChange, findings: FindingChanges | None, part: Part = "Entries") -> ReviewRow:
    """An entry."""
    title = visible(change.name, 60)
    was = f" (was {visible(change.was, 40)})" if change.was else ""
    fields = "" if change.before is None or change.after is None else _fields(change.fields)
    label = _label(change.change, title + was, fields, findings)
    tabs = ("fields", "card", "pictures", "findings")
    return ReviewRow(part, f"entry:{change.name}", title, label, tabs, change, change.fields, findings)


def file_row(file: FileChange, manifests: Collection[str], part: Part = "Files") -> ReviewRow:
    """A file, with why it needs care in one word."""
    title = visible(file.path, 80)
    label = Content.assemble(_sign(file.change), " ", title)
    if why := care(file, manifests):
        label += Content.styled(f"  ▲ {why}", "$warning")
    tabs = ("pictures", "lines") if is_picture(file.path) else ("lines",)
    return ReviewRow(part, f"file:{file.path}", title, label, tabs, file)


def _checklist_row(items: Sequence[Item], is_checked: bool) -> ReviewRow:
    """The checklist with the answers so far, as far as it is known what is asked."""
    states = [one.state for one in items]
    parts: list[tuple[str, str]] = [("Checklist", "")]
    if not is_checked:
        parts.append((f"  {CHECKING}", "$foreground 60%"))
    if passed := states.count("pass"):
        parts.append((f"  ✓ {passed}", "$success"))
    if failed := states.count("fail"):
        parts.append((f"  ✗ {failed}", "$error"))
    if left := states.count("open"):
        parts.append((f"  {left} open", "$foreground 60%"))
    return ReviewRow("Review", "checklist", "Checklist", Content.assemble(*parts), ("checklist",))


def rows_of(review: Review, kept: KeptReview, since: Since | None = None) -> Iterator[ReviewRow]:
    """What a review shows, in the order in which it is looked at: what changed since the last look before all else."""
    manifests, about_manifest = review.manifests, review.about_manifest
    if since is not None:
        yield from (entry_row(change, FindingChanges(), SINCE) for change in since.entries)
        yield from (file_row(file, manifests, SINCE) for file in since.files)
    for change, findings in review.touched:
        yield entry_row(change, findings if review.is_checked else None)
    if review.config:
        label = _label("changed", "config", _fields(review.config), None)
        yield ReviewRow("Manifest", "config", "config", label, ("fields",), changes=review.config)
    if about_manifest.new or about_manifest.resolved:
        label, title = _label("changed", "findings", "", about_manifest), "Findings of the manifest"
        yield ReviewRow("Manifest", "manifest", title, label, ("findings",), findings=about_manifest)
    for file in sorted(review.files, key=lambda one: care(one, manifests) is None):
        yield file_row(file, manifests)
    has_subjects = any(change.after is not None for change, _ in review.touched)
    if review.checklist or (has_subjects and not review.is_checked):
        yield _checklist_row(with_answers(review.checklist, kept), review.is_checked)
    count = (
        (f"  ◆ {len(kept.comments)}", "$secondary") if kept.comments else ("  none yet", "$foreground 60%")
    )
    yield ReviewRow("Review", "comments", "Comments", Content.assemble("Comments", count), ("comments",))


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


class RowList(GroupedList[ReviewRow]):
    """The list; the cursor is on a row, never on the name of a part."""

    TITLE = "Contribution"
    BINDINGS = [
        bind("enter", "select", "Open", "review.open", "Go to what is shown beside the list"),
        *cursor_keys("review", "row"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._notes: Mapping[str, str] = {}

    def key(self, row: ReviewRow) -> str:
        """What it is known by in what is kept; what changed since the last look is listed twice."""
        return f"{SINCE}:{row.key}" if row.part == SINCE else row.key

    def draw(self, row: ReviewRow) -> Content:
        note = self._notes.get(row.key, "")
        return row.label + Content.styled(f"  {note}", "$secondary") if note else row.label

    def show_rows(self, rows: Sequence[ReviewRow], notes: Mapping[str, str]) -> None:
        """Show rows below the names of their parts.

        Args:
            notes: By the key of a row, what is said behind it, such as how many comments there are.
        """
        self._notes = notes
        listed: list[ReviewRow | str] = []
        for part, some in groupby(rows, lambda row: row.part):
            group = list(some)
            listed += [*([""] if listed else []), f"{part}  {len(group)}", *group]
        self.show(listed)
