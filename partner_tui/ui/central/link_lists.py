"""The two lists of the page Links: every entry, what is to be corrected first; and the links of one of them, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from partner_tui.central.links import Kind, Link, Linking
from partner_tui.plain import visible
from partner_tui.splash.share_links import Listed
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys

QUIET = "$foreground 60%"
_SIGNS: dict[Kind, tuple[str, str]] = {
    "own": ("●", "$success"),
    "partner": ("●", "$success"),
    "other": ("○", "$foreground 60%"),
    "wrong": ("✗", "$error"),
}
_UNLINKED = ("▲", "$warning")
_LONGEST_ID = 36


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An entry with its links, or another partner's that is linked to.

    Attributes:
        key: What it is found by after another reading.
        listed: None for another partner's.
        wanted: The link to its partner that it lacks; "" where it has that.
    """

    key: str
    id: str
    listed: Listed | None
    links: tuple[Link, ...]
    linked_from: tuple[Link, ...]
    wanted: str = ""

    @property
    def wrong(self) -> list[Link]:
        return [link for link in self.links if link.kind == "wrong"]


def rows_of(linking: Linking) -> list[LinkRow | str]:
    """Rows below the headings of their groups, each group in the order of the file."""
    lacking = {one.index for one in linking.unlinked}
    own = [
        LinkRow(
            f"{one.id} {one.index}",
            one.id,
            one,
            tuple(linking.by_entry.get(one.index, ())),
            tuple(linking.by_target.get(one.id, ())),
            linking.keyword if one.index in lacking else "",
        )
        for one in linking.listed
    ]
    ids = {one.id for one in own}
    others = [
        LinkRow(target, target, None, (), tuple(links))
        for target, links in sorted(linking.by_target.items())
        if target not in ids and target != linking.keyword
    ]
    groups = (
        ("Wrong links", [one for one in own if one.wrong]),
        (f"Not linked to {linking.keyword}", [one for one in own if one.wanted and not one.wrong]),
        ("Linked", [one for one in own if not one.wanted and not one.wrong]),
        ("Of other partners", others),
    )
    found: list[LinkRow | str] = []
    for heading, rows in groups:
        if rows:
            found += [f"{heading}  {len(rows)}", *rows]
    return found


class LinkedList(GroupedList[LinkRow]):
    """Entries with how many links they have, and what is wrong with these; some can be marked."""

    TITLE = "Links"
    BINDINGS = [
        bind("enter", "select", "Open", "links.open", "Go to the links of the entry"),
        bind("space", "mark", "Mark", "links.mark", "Mark the entry for f, a and d"),
        *cursor_keys("linked", "entry"),
    ]

    class Marked(Message):
        """Other rows are marked."""

    marked: frozenset[str] = frozenset()
    _width = 0
    _counts = (1, 1)

    def measure(self) -> None:
        ids = (len(visible(row.id)) for row in self.rows)
        self._width = min(self.room(_LONGEST_ID, 2), max(ids, default=0))
        self._counts = (
            max((len(f"{len(row.links)}") for row in self.rows), default=1),
            max((len(f"{len(row.linked_from)}") for row in self.rows), default=1),
        )

    def show(self, listed: Sequence[LinkRow | str]) -> None:
        self.marked &= {one.key for one in listed if isinstance(one, LinkRow)}
        super().show(listed)

    def key(self, row: LinkRow) -> str:
        # Of its group too: what was corrected goes to another one, and the cursor to the next that is to be.
        return f"{bool(row.wrong)} {bool(row.wanted)} {row.key}"

    def go_to(self, key: str) -> bool:
        return any(row.key == key and super(LinkedList, self).go_to(self.key(row)) for row in self.rows)

    def draw(self, row: LinkRow) -> Content:
        sign, style = _SIGNS["other" if row.listed is None else "own"]
        words: tuple[str, str] = (visible(row.listed.type, 20) if row.listed else "", QUIET)
        if row.wrong:
            (sign, style), words = _SIGNS["wrong"], (", ".join(map(_correction, row.wrong)), "")
        elif row.wanted:
            sign, style = _UNLINKED
        both = zip((row.links, row.linked_from), self._counts, "→←", strict=True)
        counts = "".join(
            f"  {len(links) or '':>{width}}{arrow if links else ' '}" for links, width, arrow in both
        )
        return Content.assemble(
            ("✓" if row.key in self.marked else " ", "bold $accent"),
            (f"{sign} ", style),
            f"{visible(row.id, self._width):<{self._width}}",
            (f"{counts}  ", QUIET),
            words,
        )

    @property
    def targets(self) -> list[LinkRow]:
        """What an act is about: the marked rows, else the one under the cursor."""
        marked = [row for row in self.rows if row.key in self.marked]
        return marked or ([self.chosen] if self.chosen is not None else [])

    def unmark(self) -> None:
        """Take every mark away."""
        marked = [row for row in self.rows if row.key in self.marked]
        self.marked = frozenset()
        for row in marked:
            self.draw_again(row)
        self.post_message(self.Marked())

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        row = self.chosen
        if row is not None and row.listed is not None:
            self.marked ^= {row.key}
            self.draw_again(row)
            if row is not self.rows[-1]:
                self.action_cursor_down()
            self.post_message(self.Marked())


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link of the selected entry.

    Attributes:
        link: Whose place can be edited, and whose spelling corrected.
        other: The id at its other end.
        key: Of the row of that; "" where there is none.
    """

    link: Link
    other: str
    key: str = ""
    words: str = ""
    is_back: bool = False


def lines_of(row: LinkRow, linking: Linking, manifest_name: str) -> list[LinkLine | str]:
    """The links of a row, both ways."""
    by_id = {one.id: one for one in reversed(linking.listed)}
    found: list[LinkLine | str] = []
    if row.links or row.listed:
        found.append(f"Links to  {len(row.links)}")
    for link in row.links:
        one = by_id.get(link.target)
        words = [_note(link, linking), one.type if one else "", _place(link, manifest_name)]
        key = f"{one.id} {one.index}" if one else link.target
        found.append(LinkLine(link, link.text, key, "  ".join(filter(None, words))))
    if row.wanted:
        found.append(f"▲ Lacks {row.wanted} (a adds it)")
    found.append(f"Linked from  {len(row.linked_from)}")
    for link in row.linked_from:
        from_ = linking.listed[link.entry]
        found.append(LinkLine(link, from_.id, f"{from_.id} {from_.index}", from_.type, is_back=True))
    return found


def _note(link: Link, linking: Linking) -> str:
    if link.kind == "wrong":
        return _correction(link).partition(" ")[2] if link.right else "no entry has this id"
    if link.kind == "other":
        known = "which the site lists" if link.target in linking.site else "not known here"
        return f"of {link.target.partition('/')[0]}, {known}"
    return "the partner" if link.kind == "partner" else ""


def _place(link: Link, manifest_name: str) -> str:
    if not link.document:
        return "in a file that cannot be edited here"
    place = f"L{link.line}" if link.document == manifest_name else f"{link.document} L{link.line}"
    return f"root {place}" if link.path[:1] == ("links",) and link.document == manifest_name else place


def _correction(link: Link) -> str:
    text = visible(link.text, _LONGEST_ID)
    if not link.right:
        return f"{text} (no entry)"
    return f"{text} → {visible(link.right, _LONGEST_ID)}{'' if link.is_sure else '?'}"


class LinkLines(GroupedList[LinkLine]):
    """The links of one entry, in and out."""

    TITLE = "Links of the entry"
    BINDINGS = [
        bind("enter", "select", "Follow", "links.follow", "Go to the entry at the other end"),
        *cursor_keys("link", "link"),
    ]

    def key(self, row: LinkLine) -> str:
        return f"{row.is_back} {row.link.entry} {row.link.path} {row.other}"

    def draw(self, row: LinkLine) -> Content:
        sign, style = ("←", QUIET) if row.is_back else _SIGNS[row.link.kind]
        return Content.assemble(
            (f"{sign} ", style), visible(row.other, 60), (f"  {visible(row.words, 120)}", QUIET)
        )
