"""The rows of the upgrade's plan, top to bottom what is left to do: questions, fixes, new files, and what comes of it all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap
from typing import TypeAlias

from rich.cells import cell_len
from textual.content import Content

from partner_tui.plain import plural, visible
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.widgets.distinct import cut_all
from partner_tui.upgrade.fix import FixKind
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.plan import EntryPlan
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Question
from partner_tui.workspace.upgrade.flow import UpgradeFlow
from partner_tui.workspace.upgrade.plan_summary import FixGroup, OutcomeGroup, called

Item: TypeAlias = Question | FixGroup | NewFile | OutcomeGroup

CLASS_WORDS = {
    FixKind.AUTO: ("auto", "$success"),
    FixKind.ASK: ("answer", "$accent"),
    FixKind.FILE: ("+file", "$secondary"),
    FixKind.CONFIG: ("→config", "$warning"),
}
LEGEND = (
    "auto same meaning",
    "answer yours",
    "+file new file",
    "→config moved to config",
)
MAX_BELOW = 500
"""Entries that are listed below a row."""
QUIET = "$foreground 55%"
CHECK_BOX = range(2, 5)
"""The cells of a row's check box; before it is the arrow that opens the row."""


class Part(StrEnum):
    """A part of the page."""

    ANSWERS = "To answer"
    FIXES = "Fixes"
    FILES = "New files"
    RESULT = "Result"


@dataclass(frozen=True, slots=True)
class Row:
    """One row to select.

    Attributes:
        entry: The one that is listed below the item; of a question, its id.
    """

    part: Part
    item: Item
    entry: EntryPlan | str | None = None

    @property
    def key(self) -> str:
        """What it is known by when the plan is made anew."""
        match self.item:
            case Question(key=name) | FixGroup(name=name) | NewFile(path=name):
                pass
            case OutcomeGroup(status=status, words=words):
                name = f"{status} {words}"
        below = f" {self.entry.index}" if isinstance(self.entry, EntryPlan) else ""
        return f"{self.part}: {name}{below}"

    @property
    def entries(self) -> tuple[EntryPlan | str, ...]:
        """The entries to list below it."""
        if self.entry is not None or isinstance(self.item, NewFile):
            return ()
        return self.item.entries if len(self.item.entries) > 1 or isinstance(self.item, FixGroup) else ()

    @property
    def question(self) -> Question | None:
        return self.item if isinstance(self.item, Question) else None

    @property
    def is_shared(self) -> bool:
        """Whether it has entries that could be decided by themselves, or is one that was."""
        return bool(self.entries) or (self.question is not None and self.question.is_alone)

    @property
    def has_box(self) -> bool:
        return self.entry is None and isinstance(self.item, FixGroup | NewFile)


def _below(row: Row, entry: EntryPlan | str) -> Row:
    item = row.item.alone(entry) if isinstance(row.item, Question) and isinstance(entry, str) else row.item
    return Row(row.part, item, entry)


class Page:
    """All lines of the page, in so many cells.

    Args:
        opened: Keys of the rows whose entries are listed.
    """

    def __init__(self, flow: UpgradeFlow, opened: Collection[str], width: int) -> None:
        self._flow = flow
        self._opened = opened
        self._width = max(24, width)
        self._has_open = any(group.open for group in flow.groups)

    def lines(self) -> Iterator[tuple[Row | None, Content]]:
        """Every line, and the row that it is; None for one that cannot be selected."""
        flow = self._flow
        if flow.plan is None:
            return
        answers, files = len(flow.to_answer), len(flow.to_approve)
        yield from self._part(Part.ANSWERS, flow.plan.questions, str(answers or "✓"))
        yield from self._part(Part.FIXES, flow.groups, str(len(flow.groups)))
        if flow.groups:
            yield from ((None, Content.styled(line, QUIET)) for line in self._legend())
        yield from self._part(Part.FILES, flow.files, str(files or "✓"))
        yield from self._part(Part.RESULT, flow.outcomes, "")
        for glyph, style, texts in (
            ("✗", "$error", flow.plan.conflicts),
            ("▲", "$warning", flow.plan.warnings),
        ):
            for text in texts:
                told = "\n    ".join(wrap(visible(text, 400), self._width - 4))
                yield None, Content.assemble(("  ", ""), (f"{glyph} ", style), told)

    def _part(self, part: Part, items: Sequence[Item], count: str) -> Iterator[tuple[Row | None, Content]]:
        if not items:
            return
        count = f" {count}" if count else ""
        rule = "─" * max(0, self._width - len(part) - len(count) - 3)
        yield (
            None,
            Content.assemble(("─ ", QUIET), (part, "bold $accent"), f"{count} ", (rule, "$border-blurred")),
        )
        for item in items:
            row = Row(part, item)
            yield row, self._row(row)
            if row.key in self._opened:
                for entry in row.entries[:MAX_BELOW]:
                    below = _below(row, entry)
                    yield below, self._entry(below)
                if (more := len(row.entries) - MAX_BELOW) > 0:
                    yield None, Content.styled(f"      and {plural(more, 'more entry')}", QUIET)

    def _legend(self) -> list[str]:
        """What the class words mean."""
        lines = [""]
        for meaning in LEGEND:
            if lines[-1] and len(lines[-1]) + 3 + len(meaning) > self._width:
                lines.append("")
            lines[-1] += ("   " if lines[-1] else "") + meaning
        return lines

    def _row(self, row: Row) -> Content:
        arrow = ("▾ " if row.key in self._opened else "▸ ") if row.entries else "  "
        match row.item:
            case Question():
                left, right = self._question(row.item)
            case FixGroup():
                left, right = self._fix(row.item)
            case NewFile():
                left, right = self._file(row.item)
            case OutcomeGroup():
                left, right = self._outcome(row.item)
        return self._line(Content.assemble((arrow, QUIET), left), right)

    def _line(self, left: Content, right: Content) -> Content:
        room = self._width - right.cell_length - 1
        left = left.truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (room - left.cell_length + 1), right)

    def _question(self, question: Question) -> tuple[Content, Content]:
        glyph, style = self._mark(question)
        prompt = visible(question.prompt, 300)
        if question.is_alone:
            prompt = f"{visible(question.entries[0], 60)}: {prompt}"
        count = "" if len(question.entries) == 1 else str(len(question.entries))
        return Content.assemble((f"{glyph} ", style), prompt), Content.styled(count, QUIET)

    def _mark(self, question: Question) -> tuple[str, str]:
        answer = self._flow.answer_to(question)
        if answer is UNANSWERED:
            return "?", "bold $warning"
        return ("–", QUIET) if answer is SKIPPED else ("✓", "$success")

    def _fix(self, group: FixGroup) -> tuple[Content, Content]:
        included = group.name not in self._flow.excluded
        word, style = CLASS_WORDS[group.fix_class]
        left = Content.assemble(
            ("[x] ", "$accent") if included else ("[ ] ", QUIET),
            (visible(group.title), "" if included else QUIET),
        )
        right = Content.assemble((f"{word:<8}", style), f"{len(group.entries):>4}")
        if self._has_open:
            right += Content.styled(f"{group.open:>3} open" if group.open else " " * 8, "$warning")
        return left, right

    def _file(self, file: NewFile) -> tuple[Content, Content]:
        approved = self._flow.is_approved(file)
        box = {None: ("[ ] ", "bold $warning"), True: ("[x] ", "$accent"), False: ("[-] ", QUIET)}[approved]
        size = "declined" if approved is False else plural(len(file.content.encode()), "byte")
        path = (visible(file.path, 200), QUIET if approved is False else "")
        return Content.assemble(box, path), Content.styled(size, QUIET)

    def _outcome(self, group: OutcomeGroup) -> tuple[Content, Content]:
        status = group.status
        words = group.words
        if words and len(group.entries) == 1:
            words = f"{called(group.entries[0])}: {words}"
        left = Content.assemble(
            (f"{status.glyph} {len(group.entries)} {status}", STATUS_STYLES[status]),
            (f"  {visible(words, 300)}", QUIET),
        )
        return left, Content("")

    def _entry(self, row: Row) -> Content:
        """An entry below what touches it; of a fix, with the text as it was and will be."""
        if isinstance(row.item, Question):
            glyph, style = self._mark(row.item)
            left = Content.assemble(("    ", ""), (f"{glyph} ", style), visible(str(row.entry), 100))
            return self._line(left, Content(""))
        assert isinstance(row.entry, EntryPlan)
        name = visible(called(row.entry), 100)
        change = _change(row.entry, row.item.name, self._width - 8) if isinstance(row.item, FixGroup) else ""
        if cell_len(name) + cell_len(change) + 9 <= self._width:
            return self._line(Content(f"      {name}"), Content.styled(change, QUIET))
        below = Content.styled(f"        {change}", QUIET)
        return Content("\n").join([self._line(Content(f"      {name}"), Content("")), below])


def _change(entry: EntryPlan, fix: str, width: int) -> str:
    """What a fix does to an entry: a text as it was and will be, cut so that they differ, or how many values it changes."""
    changes = [one for one in entry.expected if one.fix == fix]
    texts = [one for one in changes if isinstance(one.before, str) and isinstance(one.after, str)]
    if len(texts) == 1:
        both = [texts[0].before, texts[0].after]
        if sum(map(cell_len, both)) + 3 > width:
            both = cut_all(both, max(8, (width - 3) // 2))
        return " → ".join(visible(one, width) for one in both)
    return plural(len(changes), "change")


def renames(group: FixGroup) -> bool:
    """Whether a fix gives entries another name without a question: it is shown with the names, before and after."""
    return group.fix_class is not FixKind.ASK and any(
        one.fix == group.name and one.path == ("name",) and one.before and one.after
        for entry in group.entries
        for one in entry.expected
    )
