"""The splash as the site makes it of a partner's `config`, as values: the classic splash and the current partner strip.

The rules were read from the sites themselves, each stands in a docstring; the UI draws these values and adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.splash.fields import ALL_TYPES
from partner_tui.splash.notices import Notice
from partner_tui.splash.site_rules import check_field, icon_fallback

SITE_NAME = "🦒 BioImage.IO"

#: The colours of the classic site; navbar and hero share one blue.
NAVBAR_COLOR = "#2196f3"
HERO_COLOR = "#2196f3"
TITLE_COLOR = "#ffffff"
SUBTITLE_COLOR = "#e9f5fe"
BUTTON_COLOR = "#ffffff"
BUTTON_TEXT_COLOR = "#363636"
STRIP_COLOR = "#fdfdfd"

#: The background picture is contained in this share of the hero, at its bottom right.
BACKGROUND_WIDTH = 0.55
BACKGROUND_HEIGHT = 0.30
BACKGROUND_OPACITY = 0.8

#: A viewport of this height (px) or lower shows no features: a media query of the site.
FEATURES_HIDDEN_AT_PX = 700

_SEEN_ON_THE_PAGE = ("resource_types", "default_type", "splash_title", "explore_button_text")


@dataclass(frozen=True, slots=True)
class Button:
    """A white pill; `url` is None for the one that scrolls down to the resources."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StripLogo:
    """One partner's logo in the strip below the hero; `current` is the partner whose splash this is."""

    id: str
    name: str
    logo: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ClassicScene:
    """The classic splash of one partner.

    Args:
        navbar_text: Left in the bar at the top.
        features: The bullets; none are shown in a window of `FEATURES_HIDDEN_AT_PX` or less.
        buttons: From left to right.
        background: The reference of the picture as written; empty for none.
        tabs: The types of resources, in order.
        default_tab: The tab that is open at first.
        strip: The partners' logos below the hero.
        problems: What makes the page fail, or look broken, of the site's rules.
    """

    navbar_text: str
    title: str
    subtitle: str
    features: tuple[str, ...]
    buttons: tuple[Button, ...]
    background: str
    tabs: tuple[str, ...]
    default_tab: str
    strip: tuple[StripLogo, ...]
    problems: tuple[Notice, ...]

    @property
    def fails(self) -> bool:
        """True where the page does not open at all: it reads `resource_types` without asking whether it is there."""
        return not self.tabs


@dataclass(frozen=True, slots=True)
class TodayScene:
    """A partner in the strip of today's site.

    Args:
        icon: The picture's reference; empty where the site falls back to its own icon.
        fallback: Why it falls back; empty where it does not.
        docs_link: Behind "Read more"; empty for no link.
        tooltip: The text under the resting mouse.
    """

    id: str
    name: str
    icon: str
    fallback: str
    docs_link: str
    tooltip: str


def classic_scene(config: Mapping[str, Any], partners: Sequence[Mapping[str, Any]] = ()) -> ClassicScene:
    """The classic splash of a partner.

    The site's rules: the navbar joins its own name and the partner's with a bar; the About button is there only with
    `about_url`, left of the other; the explore button is there even without a text; an absent `default_type` opens all
    resources; without `resource_types` the page fails.

    Args:
        config: The partner's `config`; anything may be missing or of a wrong type.
        partners: The `config` of all partners of the site, for the strip; the partner itself is added where missing.
    """
    name = _text(config.get("name"))
    about = _text(config.get("about_url"))
    tabs = _texts(config.get("resource_types"))
    default_tab = _text(config.get("default_type")) or ALL_TYPES
    explore = Button(_text(config.get("explore_button_text")))
    return ClassicScene(
        navbar_text=f"{SITE_NAME} | {name}" if name else SITE_NAME,
        title=_text(config.get("splash_title")),
        subtitle=_text(config.get("splash_subtitle")),
        features=_texts(config.get("splash_feature_list")),
        buttons=(Button("About", about), explore) if about else (explore,),
        background=_text(config.get("background_image")),
        tabs=tabs,
        default_tab=default_tab,
        strip=_strip(config, partners),
        problems=tuple(
            notice
            for key in _SEEN_ON_THE_PAGE
            for notice in check_field(key, config.get(key), config)
            if notice.severity != "info"
        ),
    )


def today_scene(config: Mapping[str, Any]) -> TodayScene:
    """A partner in today's strip.

    The site's rules: it reads `id`, `name`, `icon`, `docs` and `splash_subtitle`, nothing else; the icon is loaded as a
    picture, so that an emoji ends in the fallback; the tooltip is the subtitle, else the name.
    """
    name = _text(config.get("name"))
    icon = _text(config.get("icon"))
    fallback = icon_fallback(icon)
    return TodayScene(
        id=_text(config.get("id")),
        name=name,
        icon="" if fallback else icon,
        fallback=fallback,
        docs_link=_text(config.get("docs")),
        tooltip=_text(config.get("splash_subtitle")) or name,
    )


def _strip(config: Mapping[str, Any], partners: Sequence[Mapping[str, Any]]) -> tuple[StripLogo, ...]:
    own = _text(config.get("id"))
    everyone = list(partners)
    if own and all(_text(partner.get("id")) != own for partner in everyone):
        everyone.append(config)
    logos: list[StripLogo] = []
    for partner in everyone:
        partner_id = _text(partner.get("id"))
        shown = config if own and partner_id == own else partner  # the edited values, not the published ones
        name = _text(shown.get("name")) or partner_id
        logos.append(StripLogo(partner_id, name, _text(shown.get("logo")), bool(own) and partner_id == own))
    return tuple(logos)


def _text(value: Any) -> str:
    """A value as the site's template prints it: on one line, nothing for nothing; a number as it is read."""
    if value is None or isinstance(value, list | Mapping):
        return ""
    return " ".join(str(value).split())


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(text for text in map(_text, value) if text)
