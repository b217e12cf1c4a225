"""What the sites show of a partner, as values without a place: the classic page, today's strip, and the partner's cards.

The rules were read from the sites themselves, each stands in a docstring. Texts are safe to draw: signs stand for control
characters and for what would reorder them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from partner_tui.manifest.partner import Partner
from partner_tui.manifest.partners import KNOWN_PARTNERS
from partner_tui.pictures.references import is_emoji
from partner_tui.plain import plural, visible
from partner_tui.splash.card import Link, read_card
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS, field
from partner_tui.splash.notices import Notice, is_blank
from partner_tui.splash.scene.blocks import Window
from partner_tui.splash.scene.figures import is_narrow
from partner_tui.splash.share_links import Listed, Selection, today_type, without_link
from partner_tui.splash.site_rules import check_field, icon_fallback

SITE_NAME = "🦒 BioImage.IO"
CARDS_ON_A_PAGE = 12
TAGS_ON_A_CARD = 3
MAX_TEXT = 400
MAX_NAME = 80

READ_TODAY = ("id", "name", "icon", "docs", "splash_subtitle")
"""The fields that today's strip reads; the others are for the classic page."""

_SEEN_ON_THE_PAGE = (
    "resource_types",
    "default_type",
    "splash_title",
    "splash_feature_list",
    "explore_button_text",
    "background_image",
    "logo",
)
_SEVERITIES = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Button:
    """A white pill; `url` is None for the one that scrolls down to the resources."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StripLogo:
    """One partner's logo in the strip at the bottom; `current` is the partner whose splash this is.

    `logo` is as written; empty where it is not known.
    """

    name: str
    logo: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ClassicPage:
    """The classic page of one partner, down to the strip.

    Args:
        name: The partner's; the bar at the top shows it beside the site's own.
        features: The bullets; an empty one has no text.
        buttons: From left to right.
        background: The reference of the picture as written; empty for none.
        strip: The partners' logos; this one's first.
        problems: What makes the page fail, or look broken, of the site's rules; errors first.
    """

    name: str
    title: str
    subtitle: str
    features: tuple[str, ...]
    buttons: tuple[Button, ...]
    background: str
    strip: tuple[StripLogo, ...]
    problems: tuple[Notice, ...]

    @property
    def background_name(self) -> str:
        """What stands for the background where it is not here."""
        return _file_name(self.background)

    def navbar(self, window: Window) -> str:
        """The text of the bar at the top, which has no room for the partner's name in a narrow window."""
        return f"{SITE_NAME} | {self.name}" if self.name and not is_narrow(window) else SITE_NAME


@dataclass(frozen=True, slots=True)
class TodayPage:
    """A partner in the strip of today's site.

    Args:
        icon: The picture's reference; empty where the site falls back to its own icon.
        docs_link: Behind "Read more"; empty for no link.
        tooltip: The text under the resting mouse.
        ignored: Labels of the fields that are filled in and that this site does not read.
    """

    id: str
    name: str
    icon: str
    docs_link: str
    tooltip: str
    ignored: tuple[str, ...]
    problems: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class CardTile:
    """One card.

    Args:
        picture: The first cover, else the icon, as written; empty for none.
        base: The folder of the clone from which its relative path is taken.
        is_cover: Whether the picture is cropped to 16:9, else all of it is shown.
        text: What stands for the picture where there is none: its name, or the entry's emoji.
        linked: Whether today's site shows it among the partner's.
    """

    id: str
    name: str
    description: str
    tags: tuple[str, ...]
    badges: tuple[Link, ...]
    picture: str
    base: str
    is_cover: bool
    text: str
    linked: bool


@dataclass(frozen=True, slots=True)
class CardsPage:
    """A page of the partner's resources, as a visitor lands on it.

    Args:
        type: The type of all of them, which the address names.
        page, pages: From 1; at least one page.
        total: How many entries have this type.
    """

    type: str
    cards: tuple[CardTile, ...]
    page: int
    pages: int
    total: int
    problems: tuple[Notice, ...]


def read_classic(
    config: Mapping[str, Any], partners: Sequence[Mapping[str, Any]] | None = None
) -> ClassicPage:
    """The classic page of a partner.

    The site's rules: the navbar joins its own name and the partner's with a bar; the About button is there only with
    `about_url`, left of the other; the explore button is there even without a text; without `resource_types` the page fails.

    Args:
        config: The partner's `config`; anything may be missing or of a wrong type.
        partners: The `config` of all partners of the site, for the strip; the partner itself is added where missing. None
            where they are not known: their names alone are shown then, and it is said.
    """
    about = _text(config.get("about_url"))
    explore = Button(visible(_text(config.get("explore_button_text")), MAX_NAME))
    return ClassicPage(
        name=visible(_text(config.get("name")), MAX_NAME),
        title=visible(_text(config.get("splash_title")), MAX_TEXT),
        subtitle=visible(_text(config.get("splash_subtitle")), MAX_TEXT),
        features=_features(config.get("splash_feature_list")),
        buttons=(Button("About", about), explore) if about else (explore,),
        background=_text(config.get("background_image")),
        strip=_strip(config, _KNOWN if partners is None else partners),
        problems=_problems(_SEEN_ON_THE_PAGE, config) + (_NAMES_ALONE if partners is None else ()),
    )


def read_today(config: Mapping[str, Any]) -> TodayPage:
    """A partner in today's strip.

    The site's rules: it reads `id`, `name`, `icon`, `docs` and `splash_subtitle`, nothing else; the icon is loaded as a
    picture, so that an emoji ends in the fallback; the tooltip is the subtitle, else the name.
    """
    name = visible(_text(config.get("name")), MAX_NAME)
    icon = _text(config.get("icon"))
    return TodayPage(
        id=visible(_text(config.get("id")), MAX_NAME),
        name=name,
        icon="" if icon_fallback(icon) else icon,
        docs_link=_text(config.get("docs")),
        tooltip=visible(_text(config.get("splash_subtitle")), MAX_TEXT) or name,
        ignored=tuple(
            known.label
            for known in SPLASH_FIELDS
            if known.key not in READ_TODAY and not is_blank(config.get(known.key))
        ),
        problems=_problems(READ_TODAY, config),
    )


def read_cards(config: Mapping[str, Any], entries: Sequence[Listed], page: int = 1) -> CardsPage:
    """The cards that a visitor of the partner's link lands on, those without a link to the partner included.

    The site's rules: 12 cards a page; a card shows the first cover, else the icon, else the `id_emoji`; three tags; all
    badges.

    Args:
        page: From 1; the nearest one where there is no such page.
    """
    partner, wanted = Partner(config), Selection()
    kind = today_type(partner, entries, wanted)
    ofs = [one for one in entries if one.type == kind]
    missing = {one.index for one in without_link(partner, entries, wanted)}
    pages = max(1, -(-len(ofs) // CARDS_ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = ofs[(page - 1) * CARDS_ON_A_PAGE : page * CARDS_ON_A_PAGE]
    return CardsPage(
        type=kind,
        cards=tuple(_card(one, one.index not in missing) for one in shown),
        page=page,
        pages=pages,
        total=len(ofs),
        problems=_of_links(partner, kind, len(ofs), len(missing)),
    )


def _of_links(partner: Partner, kind: str, total: int, missing: int) -> tuple[Notice, ...]:
    if not total:
        return (Notice("warning", f"There is no {kind} among the entries: the page is empty."),)
    if not partner.id or not missing:
        return ()
    which = f"{total - missing} of {plural(total, kind)} here: the others do not link"
    if missing == total:
        which = (
            f"no {kind} here: none of the {total} links" if total > 1 else f"no {kind} here: it does not link"
        )
    text = f"Today's site shows {which} to the partner."
    return (Notice("warning", text, "Add the links: l in Splash (3), then a."),)


def _card(one: Listed, linked: bool) -> CardTile:
    resolved = one.resolved
    data = resolved.data if resolved else {}
    card = read_card(data)
    icon = "" if is_emoji(card.icon) else card.icon
    field = "covers" if card.covers else "icon"
    picture = card.covers[0] if card.covers else icon
    emoji = card.icon if is_emoji(card.icon) else data.get("id_emoji")
    emoji = visible(emoji, 12) if isinstance(emoji, str) else ""
    return CardTile(
        id=visible(one.id, MAX_NAME),
        name=visible(one.name or one.id, MAX_TEXT),
        description=visible(one.description, MAX_TEXT),
        tags=tuple(visible(tag, 30) for tag in one.tags[:TAGS_ON_A_CARD]),
        badges=tuple(Link(visible(badge.label, 40), badge.url) for badge in card.badges[:20]),
        picture=picture,
        base=resolved.base(field) if resolved else "",
        is_cover=bool(card.covers),
        text=_file_name(picture) or emoji or "no picture",
        linked=linked,
    )


_NAMES_ALONE = (
    Notice(
        "info",
        "The logos of other partners are not known.",
        "Fetch the central repository in Central (4), Config.",
    ),
)
_KNOWN: tuple[Mapping[str, Any], ...] = tuple({"id": known.id, "name": known.id} for known in KNOWN_PARTNERS)


def _problems(keys: Sequence[str], config: Mapping[str, Any]) -> tuple[Notice, ...]:
    every = (_named(key, notice) for key in keys for notice in check_field(key, config.get(key), config))
    found = [notice for notice in every if not notice.is_length]  # the scene shows what wraps
    return tuple(notice for severity in _SEVERITIES for notice in found if notice.severity == severity)


def _named(key: str, notice: Notice) -> Notice:
    """What is said of a picture, with the field that it is in: a page has several."""
    known = field(key)
    if known is None or known.kind not in PICTURE_KINDS or known.label.casefold() in notice.text.casefold():
        return notice
    return replace(notice, text=f"{known.label}: {notice.text}")


def _strip(config: Mapping[str, Any], partners: Sequence[Mapping[str, Any]]) -> tuple[StripLogo, ...]:
    """This partner first, with the edited values and not the published ones."""
    own = _text(config.get("id"))
    others = [partner for partner in partners if not own or _text(partner.get("id")) != own]
    return tuple(
        StripLogo(
            visible(_text(one.get("name")) or _text(one.get("id")), 40), _text(one.get("logo")), one is config
        )
        for one in ([config] if own else []) + others
    )


def _text(value: Any) -> str:
    """A value as the site's template prints it: on one line, nothing for nothing; a number as it is read."""
    if value is None or isinstance(value, list | Mapping):
        return ""
    return " ".join(str(value).split())


def _file_name(reference: str) -> str:
    """What stands for a picture that is not here; nothing for one that is written in place."""
    if reference.startswith("data:"):
        return ""
    return visible(reference.partition("?")[0].rstrip("/").rpartition("/")[2], MAX_NAME)


def _features(value: Any) -> tuple[str, ...]:
    return tuple(visible(_text(one), MAX_TEXT) for one in value) if isinstance(value, list) else ()
