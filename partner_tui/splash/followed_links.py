"""Links to bioimage.io as visitors have them, and the entries of a manifest that each shows. The inverse of `share_links`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from partner_tui.manifest.partner import Partner
from partner_tui.manifest.partners import keyword
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.splash.fields import ALL_TYPES
from partner_tui.splash.share_links import Listed, Selection, shown

HOSTS = ("bioimage.io", "www.bioimage.io")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link, read.

    Attributes:
        selection: What it selects; its type is "" for every type.
        partner: The id of the partner in it; "" for none.
        entry: The id of the one entry that it leads to; "" for a list.
        is_classic: Whether it is of the classic page.
    """

    selection: Selection
    partner: str = ""
    entry: str = ""
    is_classic: bool = False


def read_link(text: str) -> SiteLink | None:
    """The link in a text; None for any other text."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.hostname not in HOSTS or " " in text.strip():
        return None
    path, _, query = parts.fragment.partition("?")
    values = {key: found[-1] for key, found in parse_qs(query, max_num_fields=20).items()}
    tags = tuple(tag for tag in values.get("tags", "").split(",") if tag)
    partner, kind = values.get("partner", ""), path.strip("/")
    if kind.startswith("artifacts/"):
        return SiteLink(Selection(by_partner=False), entry=unquote(kind.removeprefix("artifacts/")))
    if kind.removesuffix("s") in SITE_TYPES:
        wanted = Selection(kind.removesuffix("s"), tags, values.get("q", ""), bool(partner))
        return SiteLink(wanted, partner)
    if kind:
        return None
    named = values.get("type", ALL_TYPES)
    wanted = Selection(named if named != ALL_TYPES else "", tags, by_partner=bool(partner))
    return SiteLink(wanted, partner, values.get("id", ""), is_classic=True)


def entries_of(link: SiteLink, partner: Partner, entries: Sequence[Listed]) -> tuple[Listed, ...]:
    """The entries of a partner that a link shows.

    Of a classic link, a tag that no entry has is a text, as the search box takes it.
    """
    if link.entry:
        return tuple(
            one for one in entries if link.entry in (one.id, one.id.replace("/", ":", 1), one.nickname)
        )
    if not link.is_classic:
        key = keyword(link.partner) if link.partner else ""
        return tuple(one for one in entries if shown(one, link.selection, key))
    if link.partner not in ("", partner.id):
        return ()
    known = {tag for one in entries for tag in one.tags}
    words = [tag for tag in link.selection.tags if tag not in known]
    tags = tuple(tag for tag in link.selection.tags if tag in known)
    kind = link.selection.type
    return tuple(
        one for one in entries if all(shown(one, Selection(kind, tags, word), "") for word in words or [""])
    )
