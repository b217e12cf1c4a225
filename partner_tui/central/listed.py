"""Which entries bioimage.io shows today, and what it shows otherwise than the manifest says; values in, values out.

An item is an entry's when it says so in one way that fits no other entry and no other item; where several fit, that is said, and
nothing is guessed. What publishing adds, copies or spells anew is no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from partner_tui.addresses.doi import read_doi
from partner_tui.addresses.forge import raw_of_blob
from partner_tui.addresses.urls import is_path, is_url
from partner_tui.central.collection import Index, Item, ItemVersion, Summary, ToolReport
from partner_tui.comparison.changes import ABSENT
from partner_tui.contributions.entry_changes import ValueChange, value_changes
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.resolve import Resolved

State: TypeAlias = Literal["differs", "listed", "ambiguous", "absent", "unknown", "extra"]

_ZENODO = re.compile(r"(?:10\.5281/zenodo\.|zenodo\.org/(?:api/)?records?/)(\d+)(?:/(\d+))?", re.IGNORECASE)
MARKS = ("id", "nickname", "DOI", "source", "name", "links")
"""What an item is found by, the surest first."""
_ADDRESSES = ("rdf_source", "source", "download_url")
_OF_THE_SITE = ("id", "id_emoji", "uploader", "timestamp", "version_number", "nickname", "nickname_icon")
"""Fields that publishing sets: they say nothing of the entry."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, or one item that is no entry's.

    Attributes:
        index: The entry's place in the manifest, from 0; None for an item that is in no manifest.
        id: The entry's public id, or the id that the site shows of the item.
        state: ``differs`` and ``listed`` are the site's; ``absent`` is not, ``unknown`` may be, for not every summary is here;
            ``ambiguous`` fits several items or shares one with other entries.
        how: What the item was found by, one of `MARKS`; of an item that is no entry's, what of it names the partner.
        others: The names of the items that fit.
        version: What is shown, which may be older than the item's newest version; None where no summary is here.
        differences: Before is what the site shows, after what the manifest says.
        reports: By tool, the newest release first.
        is_stale: Whether the summary is of another RDF than the index names.
        name: What the item is called; "" for an entry's.
        is_partial: Whether the entry's source is not here, so that its own fields alone are compared.
    """

    index: int | None
    id: str
    state: State
    item: Item | None = None
    how: str = ""
    others: tuple[str, ...] = ()
    version: ItemVersion | None = None
    differences: tuple[ValueChange, ...] = ()
    reports: tuple[ToolReport, ...] = ()
    is_stale: bool = False
    name: str = ""
    is_partial: bool = False

    @property
    def newest_reports(self) -> tuple[ToolReport, ...]:
        """The report of the newest release of each tool."""
        first: dict[str, ToolReport] = {}
        for report in self.reports:
            first.setdefault(report.tool, report)
        return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Shown:
    """An item with the summary that is here of it; without one, only its id is known."""

    item: Item
    version: ItemVersion | None = None
    summary: Summary | None = None

    @property
    def rdf(self) -> Mapping[str, Any]:
        return self.summary.rdf if self.summary else {}


def possible_items(index: Index, partner_id: str) -> list[Item]:
    """The items that may be a partner's: those with its id, and all with a nickname, which does not say whose they are."""
    own = f"{partner_id}/".casefold()
    return [item for item in index.items if not item.public_id or item.public_id.casefold().startswith(own)]


def listed_rows(
    entries: Sequence[Resolved],
    partner: Partner,
    keyword: str,
    index: Index,
    summaries: Mapping[str, tuple[ItemVersion, Summary]],
) -> tuple[Row, ...]:
    """Every entry in file order, then the items that name the partner and are in no manifest.

    Args:
        keyword: The link by which the site knows the partner's items, ``ilastik/ilastik``.
        summaries: By the id of the item: the newest that is here, and of which version.
    """
    shown = [_Shown(item, *summaries.get(item.id, ())) for item in possible_items(index, partner.id)]
    is_complete = all(one.summary is not None for one in shown)
    found, doubts = _paired(entries, partner, shown)
    rows: list[Row] = []
    for place, resolved in enumerate(entries):
        entry = resolved.entry
        about = entry.index, entry.public_id(partner) or f"(line {entry.line})"
        if place in found:
            at, how = found[place]
            rows.append(_row(about, shown[at], how, resolved))
        elif place in doubts:
            how, places = doubts[place]
            names = tuple(shown[at].item.name for at in sorted(places))
            rows.append(Row(*about, "ambiguous", how=how, others=names))
        else:
            rows.append(Row(*about, "absent" if is_complete else "unknown"))
    taken = {at for at, _ in found.values()}.union(*(places for _, places in doubts.values()))
    for at, one in enumerate(shown):
        if at not in taken and (how := _names_partner(one, partner.id, keyword)):
            rows.append(_row((None, one.item.name), one, how, None))
    return tuple(rows)


def _row(about: tuple[int | None, str], one: _Shown, how: str, resolved: Resolved | None) -> Row:
    summary, version = one.summary, one.version
    differences = tuple(shown_otherwise(*_compared(one.rdf, resolved))) if resolved and one.rdf else ()
    state: State = "extra" if resolved is None else "differs" if differences else "listed"
    is_stale = bool(summary and version and summary.sha256 and version.sha256 not in ("", summary.sha256))
    reports = summary.reports if summary else ()
    name = str(one.rdf.get("name", "")) if resolved is None else ""
    is_partial = resolved is not None and resolved.missing is not None
    return Row(*about, state, one.item, how, (), version, differences, reports, is_stale, name, is_partial)


def _compared(rdf: Mapping[str, Any], resolved: Resolved) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What is shown and what is said; of an entry whose source is not here, as far as the entry itself says it."""
    if resolved.missing is None:
        return rdf, resolved.judged
    own = {name: value for name, value in resolved.judged.items() if resolved.origins.get(name) == "own"}
    return {name: value for name, value in rdf.items() if name in own}, own


def _names_partner(one: _Shown, partner_id: str, keyword: str) -> str:
    """What of an item names a partner; "" where nothing does."""
    own = f"{partner_id}/".casefold()
    if not partner_id:
        return ""
    if one.item.public_id or _casefolded(one.rdf.get("id")).startswith(own):
        return "id"
    links = [_casefolded(link) for link in _list(one.rdf.get("links"))]
    return "links" if any(link == keyword.casefold() or link.startswith(own) for link in links) else ""


def _paired(
    entries: Sequence[Resolved], partner: Partner, shown: Sequence[_Shown]
) -> tuple[dict[int, tuple[int, str]], dict[int, tuple[str, set[int]]]]:
    """By the places of entries: the place of the item and what it was found by; and what fits where that is not one alone."""
    here = [_entry_marks(one, partner) for one in entries]
    there = [_item_marks(one) for one in shown]
    found: dict[int, tuple[int, str]] = {}
    doubts: dict[int, tuple[str, set[int]]] = {}
    for how in MARKS:
        open_items = set(range(len(shown))).difference(at for at, _ in found.values())
        by_mark = _by_mark(there, how, open_items)
        fitting = {
            place: set().union(*(by_mark.get(mark, ()) for mark in here[place][how]))
            & (doubts[place][1] if place in doubts else open_items)
            for place in range(len(entries))
            if place not in found
        }
        if how not in ("id", "nickname"):
            fitting = {
                place: {at for at in places if _may_be(entries[place], shown[at])}
                for place, places in fitting.items()
            }
        wanted = Counter(at for places in fitting.values() for at in places)
        for place, places in fitting.items():
            if len(places) == 1 and wanted[next(iter(places))] == 1:
                found[place] = next(iter(places)), how
                doubts.pop(place, None)
            elif places and place not in doubts:
                doubts[place] = how, places
    taken = {at for at, _ in found.values()}
    left = {place: (how, places - taken) for place, (how, places) in doubts.items()}
    return found, {place: doubt for place, doubt in left.items() if doubt[1]}


def _by_mark(
    there: Sequence[Mapping[str, frozenset[str]]], how: str, places: Collection[int]
) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for at in places:
        for mark in there[at][how]:
            found.setdefault(mark, set()).add(at)
    return found


def _may_be(entry: Resolved, one: _Shown) -> bool:
    return not entry.type or not one.item.type or entry.type == one.item.type


def _entry_marks(resolved: Resolved, partner: Partner) -> Mapping[str, frozenset[str]]:
    data, entry = resolved.data, resolved.entry
    addresses = [data.get(field) for field in _ADDRESSES]
    return _marks(data, (entry.public_id(partner),), (entry.id, data.get("nickname")), addresses)


def _item_marks(one: _Shown) -> Mapping[str, frozenset[str]]:
    own_id, item = one.rdf.get("id"), one.item
    return _marks(one.rdf, (item.public_id, own_id), (item.name, own_id), _list(one.rdf.get("links")))


def _marks(
    data: Mapping[str, Any], public_ids: Sequence[Any], names: Sequence[Any], links: Sequence[Any]
) -> Mapping[str, frozenset[str]]:
    """What one side may be found by, in the order of `MARKS`."""
    config = _mapping(data.get("config"))
    said = [data.get(field) for field in _ADDRESSES]
    dois = (*names, *said, data.get("doi"), config.get("_conceptdoi"), config.get("_id"))
    return {
        "id": _folded(public_ids),
        "nickname": _folded((*names, _mapping(config.get("bioimageio")).get("nickname"))),
        "DOI": _dois(dois),  # not those that it cites, which are others'
        "source": _urls(said),
        "name": _folded((data.get("name"),)),
        "links": _urls(links),
    }


def _dois(values: Iterable[Any]) -> frozenset[str]:
    """DOIs; of Zenodo both the record's and the one of all its versions, however they are written."""
    found: set[str] = set()
    for value in values:
        text = value.strip() if isinstance(value, str) else ""
        if records := _ZENODO.search(text):
            found.update(f"zenodo.{number}" for number in records.groups() if number)
        elif doi := read_doi(text):
            found.add(doi.casefold())
    return frozenset(found)


def _urls(values: Iterable[Any]) -> frozenset[str]:
    """http URLs, those of one file of a forge spelled alike."""
    found: set[str] = set()
    for value in values:
        text = value.strip() if isinstance(value, str) else ""
        if is_url(text):
            parts = urlsplit(raw_of_blob(text) or text)
            path = parts.path.replace("/refs/heads/", "/").rstrip("/")
            found.add(f"{parts.netloc.casefold()}{path}?{parts.query}")
    return frozenset(found)


def _folded(values: Iterable[Any]) -> frozenset[str]:
    return frozenset(filter(None, map(_casefolded, values)))


def _casefolded(value: Any) -> str:
    return " ".join(value.split()).casefold() if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def shown_otherwise(shown: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[ValueChange]:
    """The deepest values that differ, in the order of the manifest's fields.

    Args:
        shown: The RDF of an item; before in the changes.
        said: The fields of its entry; after in the changes.
    """
    for name in dict.fromkeys((*said, *shown)):
        if name in _OF_THE_SITE:
            continue
        before, after = (_filled(_own(name, side.get(name))) for side in (shown, said))
        if before is not ABSENT and after is not ABSENT:
            after = _spelled_as(before, after)
        if before is not after:
            yield from value_changes((name,), before, after)


def _own(name: str, value: Any) -> Any:
    """A field without what publishing writes into it."""
    if name != "config" or not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if key != "bioimageio" and not str(key).startswith("_")}


def _filled(value: Any) -> Any:
    """A value without its empty members; ABSENT for nothing. A date is its text, as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        value = {key: full for key, one in value.items() if (full := _filled(one)) is not ABSENT}
    elif isinstance(value, list):
        value = [full for one in value if (full := _filled(one)) is not ABSENT]
    return ABSENT if value is None or value in ("", [], {}) else value


def _spelled_as(shown: Any, said: Any) -> Any:
    """What the manifest says, in the site's spelling where it is the same: a copied file, a name, a number, another order."""
    if isinstance(shown, dict):
        if isinstance(said, str) and shown == {"name": said}:
            return shown
        if isinstance(said, dict):
            return {key: _spelled_as(shown[key], one) if key in shown else one for key, one in said.items()}
    elif isinstance(shown, list) and isinstance(said, list) and len(shown) == len(said):
        if all(isinstance(one, str) for one in (*shown, *said)) and sorted(shown) == sorted(said):
            return shown
        return [_spelled_as(before, after) for before, after in zip(shown, said, strict=True)]
    elif not isinstance(said, dict | list) and not isinstance(shown, list):
        same_words = str(shown).split() == str(said).split()
        if same_words or (isinstance(said, str) and isinstance(shown, str) and _is_copy(shown, said)):
            return shown
    return said


def _is_copy(shown: str, said: str) -> bool:
    """Whether a file of the item is the copy of what the manifest names: another folder, the same name."""
    return is_path(shown) and "." in shown and shown.rpartition("/")[2] == said.rpartition("/")[2]
