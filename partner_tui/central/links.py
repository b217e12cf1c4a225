"""Who links to whom, both ways, by the ids as the central CI spells them; and what a wrong link most likely means.

A link is corrected unasked only where its letters and digits are those of one known id. Any other likeness is a guess, which
somebody has to choose; names that differ in a number are never taken for each other, since 2D is not 3D.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import Literal, TypeVar

from partner_tui.manifest.editing.edits import Edit, Remove, Replace
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.partners import KNOWN_PARTNERS, keyword, known_partner, public_link
from partner_tui.manifest.resolve import written_in
from partner_tui.manifest.text.document import Path
from partner_tui.splash.share_links import Listed

_Key = TypeVar("_Key")
Kind = Literal["own", "partner", "other", "wrong"]
_NUMBER = re.compile(r"\d+")
_DASHED = re.compile(r"([^-_/]+)[-_](\S+)")
_LEAST_ALIKE = 0.7
_LONGEST = 200
"""A longer name is no misspelt one."""
_COMPARED = 8
"""How many names are compared letter by letter with one that is not known: those that share most pairs of letters."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an entry.

    Attributes:
        entry: The index of the entry.
        text: As it is written.
        target: As the CI spells it: with the partner's id in front where it has no slash.
        kind: `own`: an entry of this manifest; `partner`: the link that the site's filter looks for; `other`: of another
            partner; `wrong`: nothing has this id.
        document: The file that it is written in, relative to the clone; "" where that cannot be edited here.
        path: From the root of that file.
        line: 1-based; 0 without a document.
        right: What should be written; "" where it is right, or nothing is like it.
        is_sure: Whether `right` needs nobody's choice.
    """

    entry: int
    text: str
    target: str
    kind: Kind = "own"
    document: str = ""
    path: Path = ()
    line: int = 0
    right: str = ""
    is_sure: bool = False

    @property
    def is_fixable(self) -> bool:
        return bool(self.right and self.document)


@dataclass(frozen=True)
class Linking:
    """The links of all entries.

    Attributes:
        keyword: The link by which the site's filter finds the partner's entries; "" for a partner without an id.
        site: Ids of other partners that the site is known to list.
    """

    listed: tuple[Listed, ...]
    keyword: str
    links: tuple[Link, ...]
    site: frozenset[str] = frozenset()

    @cached_property
    def by_entry(self) -> Mapping[int, Sequence[Link]]:
        return _grouped((link.entry, link) for link in self.links)

    @cached_property
    def by_target(self) -> Mapping[str, Sequence[Link]]:
        """Who links to an id, which may be another partner's; a wrong link leads to none."""
        return _grouped((link.target, link) for link in self.links if link.kind != "wrong")

    @cached_property
    def unlinked(self) -> tuple[Listed, ...]:
        """The entries that the site's filter of this partner does not show."""
        return tuple(one for one in self.listed if self.keyword and self.keyword not in one.links)

    @property
    def surely_wrong(self) -> tuple[Link, ...]:
        """The wrong links that are corrected without a choice."""
        return tuple(link for link in self.links if link.kind == "wrong" and link.is_sure and link.is_fixable)

    def corrections(self, chosen: Iterable[Link]) -> dict[str, list[Edit]]:
        """The edits that write links as they should be, by the file that they are in.

        A link that its list has already is removed instead; one that several entries inherit is written once.
        """
        wanted = {(one.document, one.path): one for one in chosen if one.is_fixable}
        stays = {
            (one.document, one.path[:-1], one.target)
            for one in self.links
            if (one.document, one.path) not in wanted and one.kind != "wrong"
        }
        found: dict[str, list[Edit]] = defaultdict(list)
        twice = []
        for (document, path), one in wanted.items():
            place = (document, path[:-1], one.right)
            if place in stays and isinstance(path[-1], int):
                twice.append(one)
            else:
                found[document].append(Replace(path, one.right))
                stays.add(place)
        for document, edits in removals(twice).items():
            found[document] += edits
        return dict(found)


def removals(chosen: Iterable[Link]) -> dict[str, list[Edit]]:
    """The edits that remove links, by the file that they are in; the last of a list first, so that the others stay where they are."""
    found: dict[str, list[Edit]] = defaultdict(list)
    places = {(one.document, one.path) for one in chosen if one.document}
    for document, path in sorted(places, key=str):
        found[document].append(Remove(path))
    for edits in found.values():
        edits.sort(key=lambda edit: edit.path[-1] if isinstance(edit.path[-1], int) else -1, reverse=True)
    return dict(found)


def read_links(manifest: Manifest, listed: Sequence[Listed], site: Iterable[str] = ()) -> Linking:
    """Read the links of all entries.

    Args:
        listed: Every entry of the manifest, see `share_links.listed`.
        site: The ids that the site lists, as far as that is known here.
    """
    partner_id = manifest.partner.id
    written = [link for one in listed for link in _written(one, manifest)]
    known = _KnownIds(partner_id, (one.id for one in listed), (link.target for link in written), site)
    judged: dict[str, tuple[Kind, str, bool]] = {}
    links = []
    for link in written:
        text = link.text
        if text not in judged:
            judged[text] = known.judge(text.strip(), link.target)
        kind, right, is_sure = judged[text]
        links.append(replace(link, kind=kind, right=right, is_sure=is_sure))
    return Linking(tuple(listed), keyword(partner_id) if partner_id else "", tuple(links), known.site)


def _written(one: Listed, manifest: Manifest) -> Iterator[Link]:
    """The links that hold for an entry, with the place of each."""
    resolved = one.resolved
    if resolved is None:
        return
    value = resolved.data.get("links")
    document, path = written_in(resolved, manifest, "links")
    members = value if isinstance(value, list) else [value]
    for at, text in enumerate(members):
        if isinstance(text, str) and text.strip():
            place = (*path, at) if isinstance(value, list) else path
            link = Link(one.index, text, public_link(text.strip(), manifest.partner.id))
            if document is not None:
                line = document.position(place).line
                link = replace(link, document=document.name, path=place, line=line)
            yield link


class _KnownIds:
    """The ids that a link can mean: the own entries', those that partners are known by, and others that are linked to.

    Args:
        targets: What links name, once for each link.
        site: What the site lists, of anybody.
    """

    def __init__(
        self, partner_id: str, own: Iterable[str], targets: Iterable[str], site: Iterable[str]
    ) -> None:
        self._partner_id = partner_id
        self._own = frozenset(own)
        self._keyword = keyword(partner_id) if partner_id else ""
        self._partners = {keyword(one.id) for one in KNOWN_PARTNERS} | {self._keyword} - {""}
        self.site = frozenset(filter(self._is_other, site))
        self._used = Counter(target for target in targets if self._is_other(target))
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for id in sorted(self._own | self._partners | self.site | self._used.keys()):
            self._by_letters[_letters(id)].append(id)
            self._by_name[_letters(_name(id))].append(id)
        for name in self._by_name:
            for pair in _pairs(name):
                self._by_pair[pair].append(name)

    def judge(self, text: str, target: str) -> tuple[Kind, str, bool]:
        """What a link is, what should be written instead ("" for nothing else), and whether that is sure."""
        if target in self._own:
            return "own", target if text != target else "", True
        if target == self._keyword:
            return "partner", target if text != target else "", True
        if "://" in text:
            return "wrong", "", False
        if self._is_other(target):
            if target in self.site or target in self._partners:
                return "other", "", False
            alike = self._by_letters[_letters(target)]
            if len(listed := [id for id in alike if id in self.site]) == 1:
                return "wrong", listed[0], True
            # Not the link to that partner: its application may be spelled in another way, as fiji/Fiji is.
            usual = self._most_used([id for id in alike if id in self._used])
            return ("other", "", False) if usual in ("", target) else ("wrong", usual, False)
        right, is_sure = self._meant(text, target)
        is_own = "/" not in text or target.partition("/")[0] == self._partner_id
        return ("wrong" if is_own or right else "other"), right, is_sure

    def _is_other(self, target: str) -> bool:
        """Whether an id is of another partner that is known."""
        prefix = target.partition("/")[0]
        known = known_partner(prefix)
        return known is not None and known.id == prefix != self._partner_id

    def _meant(self, text: str, target: str) -> tuple[str, bool]:
        """The id that an unknown one most likely means, and whether nothing else is possible."""
        parts = target.split("/")
        once = "/".join(part for at, part in enumerate(parts) if not at or part != parts[at - 1])
        for spelled in (target, text, once):
            if found := self._best(self._by_letters.get(_letters(spelled), ())):
                return found, found in self._own or found == self._keyword
        if found := self._best(self._by_name.get(_letters(_name(target)), ())):
            return found, False
        partners = {one.id for one in KNOWN_PARTNERS} - {self._partner_id}
        prefix, slash, name = text.partition("/")
        if slash and name:
            if prefix not in (*partners, self._partner_id):
                for id in get_close_matches(prefix.lower(), sorted(partners), 1, _LEAST_ALIKE):
                    return f"{id}/{name}", False
        elif (dashed := _DASHED.fullmatch(text)) and dashed[1] in partners:
            return f"{dashed[1]}/{dashed[2]}", False
        return self._near(_letters(_name(target))), False

    def _near(self, name: str) -> str:
        if len(name) > _LONGEST:
            return ""
        shared = Counter(other for pair in _pairs(name) for other in self._by_pair.get(pair, ()))
        numbers, matcher = _NUMBER.findall(name), SequenceMatcher(b=name, autojunk=False)
        alike = []
        for other, _ in shared.most_common(_COMPARED):
            matcher.set_seq1(other)
            letters = len(name) + len(other)
            unlike = letters * (1 - (ratio := matcher.ratio()))
            if (
                _NUMBER.findall(other) == numbers
                and unlike <= max(2, letters // 10)
                and ratio >= _LEAST_ALIKE
            ):
                alike.append((ratio, other))
        return self._best(self._by_name[max(alike)[1]]) if alike else ""

    def _best(self, ids: Sequence[str]) -> str:
        """The one that is meant of ids of the same letters: an own entry, a partner, what the site lists, what most
        links name; "" for a draw."""
        for known in (self._own, self._partners, self.site):
            if some := [id for id in ids if id in known]:
                return some[0] if len(some) == 1 else ""
        return self._most_used(ids)

    def _most_used(self, ids: Sequence[str]) -> str:
        used = sorted(((self._used[id], id) for id in ids), reverse=True)
        is_draw = len(used) > 1 and used[0][0] == used[1][0]
        return used[0][1] if used and not is_draw else ""


def _letters(text: str) -> str:
    """The letters and digits of an id, in one case: what is left of it in every spelling."""
    return "".join(filter(str.isalnum, text.casefold()))


def _name(id: str) -> str:
    return id.rpartition("/")[2]


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring letters, the ends marked."""
    ended = f" {name} "
    return {ended[at : at + 2] for at in range(len(ended) - 1)}


def _grouped(pairs: Iterable[tuple[_Key, Link]]) -> Mapping[_Key, Sequence[Link]]:
    found: dict[_Key, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return dict(found)
