"""The rows of the page Files: checksums, covers, and what hosts said of the files that they have; what is not right first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from partner_tui.central.checksums import NamedFile
from partner_tui.central.checksums import State as ChecksumState
from partner_tui.central.remote_files import RemoteFile, is_fixable
from partner_tui.plain import age, plural, size_words, visible
from partner_tui.splash.picture_rules import check_size
from partner_tui.workspace.central.covers import Cover
from partner_tui.workspace.central.remote_files import Asked

Sign = tuple[str, str, str]
"""A sign, its colour, and words."""
_CHECKSUMS: dict[ChecksumState, Sign] = {
    "wrong": ("✗", "$error", "wrong sha256"),
    "absent": ("?", "$warning", "no such file"),
    "unstated": ("◐", "$warning", "no sha256"),
    "right": ("●", "$success", "right"),
}
_COVERS: dict[str, Sign] = {
    "unread": ("✗", "$error", "not shown"),
    "odd": ("▲", "$warning", "looks wrong"),
    "right": ("●", "$success", "right"),
}
_REMOTE: dict[str, Sign] = {
    "gone": ("✗", "$error", "gone"),
    "moved": ("▲", "$warning", "moved"),
    "odd": ("▲", "$warning", "looks wrong"),
    "unknown": ("?", "$warning", "not known"),
    "unasked": ("·", "$foreground 60%", "not asked"),
    "reachable": ("●", "$success", "reachable"),
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line.

    Attributes:
        key: What it is found by after another reading.
        name: The file, or the address.
        where: The entry, and what else there may be room for: the place in its file, or what it is.
        detail: All that there is to say, in sentences.
        entries: The entries that name it, by index.
        remote: The places of an address.
        is_moved: Whether `f` writes its new address.
    """

    key: str
    sign: Sign
    name: str
    where: tuple[str, ...]
    detail: str
    entries: tuple[int, ...]
    remote: tuple[RemoteFile, ...] = ()
    is_moved: bool = False

    @property
    def group(self) -> str:
        """What rows below one heading have in common."""
        return self.key.partition(" ")[0]


def checksum_rows(named: Sequence[NamedFile], ids: Sequence[str]) -> list[FileLine]:
    rows = [
        FileLine(
            f"sha256 {one.document} {one.path}",
            _CHECKSUMS[one.state],
            one.file,
            (ids[one.entry], f"{one.document} L{one.line}"),
            f"{one.file}: {_CHECKSUMS[one.state][2]}, named in {one.document} L{one.line}.",
            (one.entry,),
        )
        for one in named
    ]
    return _sorted(rows, list(_CHECKSUMS.values()))


def cover_rows(covers: Sequence[Cover], ids: Sequence[str]) -> list[FileLine]:
    rows = []
    for number, one in enumerate(covers):
        state = "odd" if one.notices else "right"
        sizes = ""
        if (facts := one.facts) is None:
            state = "unread"
        else:
            pixels = f"{facts.width} x {facts.height} px, " if facts.width else ""
            sizes = f"{facts.form}, {pixels}{size_words(facts.size)}"
        said = " ".join(f"{notice.text} {notice.hint}".strip() for notice in one.notices)
        detail = f"{one.name}: {sizes}. {said}" if sizes else f"{one.name}: {said}"
        where = (ids[one.entry], *filter(None, [sizes]))
        key = f"cover {one.entry} {one.name} {number}"
        rows.append(FileLine(key, _COVERS[state], one.name, where, detail, (one.entry,)))
    return _sorted(rows, list(_COVERS.values()))


def remote_rows(
    named: Sequence[RemoteFile], asked: Mapping[str, Asked], ids: Sequence[str], now: datetime
) -> list[FileLine]:
    """One row for each address, whoever names it."""
    places: dict[str, list[RemoteFile]] = {}
    for one in named:
        places.setdefault(one.address, []).append(one)
    rows = []
    for address, some in places.items():
        answer = asked.get(address)
        entries = tuple(dict.fromkeys(one.entry for one in some))
        is_cover = any(one.role == "cover" for one in some)
        state, said = _said(answer, is_cover, now)
        is_moved = answer is not None and any(is_fixable(one, answer.answer) for one in some)
        where = ids[entries[0]] if len(entries) == 1 else plural(len(entries), "entry")
        rows.append(
            FileLine(
                f"remote {address}",
                _REMOTE[state],
                address,
                (where, some[0].role),
                f"{address}: {said}{' Press f to write the new URL.' if is_moved else ''}",
                entries,
                tuple(some),
                is_moved,
            )
        )
    return _sorted(rows, list(_REMOTE.values()))


def _said(asked: Asked | None, is_cover: bool, now: datetime) -> tuple[str, str]:
    """The state of an address, and that in a sentence."""
    if asked is None:
        return "unasked", "nobody asked the host yet."
    answer, when = asked.answer, f"asked {age(asked.date, now)}"
    match answer.state:
        case "moved":
            return "moved", f"moved for good to {answer.address} ({when})."
        case "gone" | "unknown":
            return answer.state, f"{answer.why} ({when})."
    facts = ", ".join(filter(None, (answer.kind, size_words(answer.size) if answer.size else "")))
    odd = [f"{one.text} {one.hint}" for one in check_size(answer.size)] if is_cover else []
    if is_cover and answer.kind == "text/html":
        odd.insert(0, "A web page, not a picture. Name the picture itself.")
    return "odd" if odd else "reachable", " ".join((f"{facts or 'reachable'} ({when}).", *odd))


def _sorted(rows: list[FileLine], order: list[Sign]) -> list[FileLine]:
    return sorted(rows, key=lambda row: order.index(row.sign))


def counts_of(rows: Sequence[FileLine]) -> Iterator[tuple[str, str]]:
    """How many there are of each state, with their colours, in the order of the rows."""
    for sign, style, words in dict.fromkeys(row.sign for row in rows):
        yield f"  {sign} {sum(row.sign == (sign, style, words) for row in rows)} {words}", style


def shown_name(row: FileLine, width: int) -> str:
    """A name in a column; of a long address its host and its end, which tells it from the others."""
    text = visible(row.name.removeprefix("https://"))
    if len(text) > width:
        text = f"{text[: width // 3]}…{text[width // 3 + 1 - width :]}"
    return f"{text:<{width}}"
