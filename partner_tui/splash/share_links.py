"""Links that bring a visitor to the partner's resources on bioimage.io, and the entries that each link selects.

Two schemes (domain.md, section 4). Today's site needs the type in the path, finds a partner's resources by a link to
`<id>/<id>` in their `links`, and matches text and tags of the cards. The classic page opens with the partner's splash and
fills its search box with the tags. Values in, values out: nothing asks the sites.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import quote

from partner_tui.manifest.editing.edits import Add, Append, Edit, Replace
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.partners import keyword, public_link
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.splash.card import SITE, read_card, site_link, texts
from partner_tui.splash.fields import ALL_TYPES

_MARKUP = re.compile(r"[\\\[\]<>`*_]")
_BADGE = (
    "display:inline-block;padding:.3em .8em;border-radius:.4em;background:#2196f3;color:#fff;"
    "font-family:sans-serif;text-decoration:none"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a visitor is to see.

    Attributes:
        type: One of `SITE_TYPES`; "" for the partner's default, which is all resources on the classic page.
        tags: All of them are required.
        query: A text in the id, name, description or a tag.
        by_partner: Whether only the partner's resources are shown.
    """

    type: str = ""
    tags: tuple[str, ...] = ()
    query: str = ""
    by_partner: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """What a site looks at of one entry.

    Attributes:
        id: Its public id, `<partner>/<entry>`; the entry's place in the manifest where it has none.
        index: Its place among the manifest's entries, from 0.
        nickname: The id that today's site gave it, as far as the entry tells; "" otherwise.
        links: As the central CI spells them: a link without a slash is one of the partner's own.
    """

    id: str
    index: int
    type: str
    name: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    nickname: str = ""
    resolved: Resolved | None = field(default=None, repr=False, compare=False)


def listed(resolved: Resolved, partner: Partner) -> Listed:
    """An entry as the sites list it, with the fields that it inherits."""
    card, entry = read_card(resolved.data), resolved.entry
    return Listed(
        id=entry.public_id(partner) or f"entry {entry.index + 1}",
        index=entry.index,
        type=resolved.type or "",
        name=card.name,
        description=card.description,
        tags=card.tags,
        links=tuple(public_link(link, partner.id) for link in card.links),
        nickname=card.nickname,
        resolved=resolved,
    )


def list_entries(manifest: Manifest, files: CloneFiles) -> tuple[Listed, ...]:
    """All entries as the sites list them."""
    return tuple(listed(resolve(entry, manifest, files), manifest.partner) for entry in manifest.entries)


def today_type(partner: Partner, entries: Iterable[Listed], wanted: Selection) -> str:
    """The type in the path of today's link: without one, today's site drops the rest of the address.

    Where neither the link nor the config names one, it is the type of most entries.
    """
    for named in (wanted.type, partner.default_type):
        if named in SITE_TYPES:
            return named
    counts = Counter(one.type for one in entries)
    return max(SITE_TYPES, key=lambda name: counts[name])


def today_url(partner: Partner, entries: Iterable[Listed], wanted: Selection) -> str:
    """The link for today's site."""
    values = {
        "partner": quote(partner.id, safe="") if wanted.by_partner else "",
        "tags": ",".join(quote(tag, safe="") for tag in wanted.tags),
        "q": quote(wanted.query, safe=""),
    }
    return f"{SITE}/{today_type(partner, entries, wanted)}s{_query(values)}"


def classic_url(partner: Partner, wanted: Selection) -> str:
    """The link for the classic page, which has no search text of its own: the text is one more tag of its search box."""
    tags = (*wanted.tags, wanted.query) if wanted.query else wanted.tags
    values = {
        "partner": quote(partner.id, safe="") if wanted.by_partner else "",
        "tags": ",".join(quote(tag, safe="") for tag in tags),
        "type": wanted.type or ALL_TYPES,
    }
    return f"{SITE}/{_query(values)}"


def entry_today_url(one: Listed) -> str:
    """One entry on today's site: its page, else a search for its name (see `entry_note`)."""
    if _has_page(one):
        return site_link(one.id, one.nickname)
    return f"{SITE}/{one.type}s{_query({'q': quote(one.name, safe='')})}"


def entry_note(one: Listed) -> str:
    """Why the link to an entry on today's site is a search; "" where it is the entry's page."""
    text = f"The site gave this {one.type} an id of its own, which the entry does not name: today's link searches for its name."
    return "" if _has_page(one) else text


def _has_page(one: Listed) -> bool:
    """Whether the id of its page is known: only applications kept their own (domain.md, section 4)."""
    return bool(one.nickname) or one.type not in SITE_TYPES or one.type == "application" or not one.name


def entry_classic_url(partner: Partner, one: Listed) -> str:
    """One entry on the classic page."""
    values = {
        "partner": quote(partner.id, safe=""),
        "type": one.type if one.type in SITE_TYPES else ALL_TYPES,
        "id": quote(one.id, safe="/"),
    }
    return f"{SITE}/{_query(values)}"


def selected(partner: Partner, entries: Sequence[Listed], wanted: Selection) -> tuple[Listed, ...]:
    """The entries that today's site shows for a link."""
    typed = replace(wanted, type=today_type(partner, entries, wanted))
    key = keyword(partner.id) if wanted.by_partner else ""
    return tuple(one for one in entries if shown(one, typed, key))


def shown(one: Listed, wanted: Selection, key: str) -> bool:
    """Whether today's site shows an entry for a selection; "" as its type is every type.

    Args:
        key: What the entry has to link to; "" for nothing.
    """
    query, looked_at = wanted.query.casefold(), (one.id, one.nickname, one.name, one.description, *one.tags)
    return (
        wanted.type in ("", one.type)
        and (not key or key in one.links)
        and set(wanted.tags) <= set(one.tags)
        and any(query in text.casefold() for text in looked_at)
    )


def without_link(partner: Partner, entries: Sequence[Listed], wanted: Selection) -> tuple[Listed, ...]:
    """The entries that a link would show if they linked to their partner."""
    every = selected(partner, entries, replace(wanted, by_partner=False))
    return tuple(one for one in every if keyword(partner.id) not in one.links)


def warning_of(shown: Sequence[Listed], missing: Sequence[Listed]) -> str:
    """What a visitor of today's site does not see, in a sentence; "" where nothing is left out."""
    if missing:
        count = "1 entry does" if len(missing) == 1 else f"{len(missing)} entries do"
        return f"{count} not link to the partner, so today's site does not show {'it' if len(missing) == 1 else 'them'} here."
    return "" if shown else "This link selects none of the entries."


def link_edits(manifest: Manifest, entries: Sequence[Listed]) -> tuple[Edit, ...]:
    """The edits that make entries link to their partner; what they link to already stays, inherited links too."""
    key = keyword(manifest.partner.id)
    edits: list[Edit] = []
    for one in entries:
        if one.resolved is None or key in one.links:
            continue
        entry = one.resolved.entry
        own, path = entry.own.get("links"), (*entry.path, "links")
        if isinstance(own, list):
            edits.append(Append(path, key))
        elif "links" in entry.own:
            edits.append(Replace(path, [*texts(own), key]))
        else:
            edits.append(Add(path, [*texts(one.resolved.data.get("links")), key]))
    return tuple(edits)


def as_markdown(label: str, url: str) -> str:
    """A link for a README."""
    text = _MARKUP.sub(lambda sign: "\\" + sign[0], label)
    return f"[{text}]({url})"


def as_html(label: str, url: str) -> str:
    """A badge for a web page, which loads nothing from elsewhere."""
    return f'<a href="{escape(url)}" style="{_BADGE}">{escape(label)}</a>'


def why_no_links(partner: Partner) -> str:
    """Why there are no links to the partner's resources; "" where there are."""
    return "" if partner.id else "The partner has no id, which every link contains. Enter it in Splash (3)."


def _query(values: Mapping[str, str]) -> str:
    given = "&".join(f"{key}={value}" for key, value in values.items() if value)
    return f"?{given}" if given else ""
