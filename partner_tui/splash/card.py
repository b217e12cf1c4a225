"""Data of an entry's website card, read leniently.

Fields come in every form that years of hand-written YAML hold (authors as texts or mappings, one citation or a list, null);
what cannot be read is left out here and named by the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from partner_tui.addresses.urls import is_url

SITE = "https://bioimage.io/#"
MAX_LINKS = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A label and an http(s) address; the address is "" where there is none."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as its card tells it; texts are "" and tuples empty where it says nothing.

    `nickname` is the id that the site gave it, as far as the entry itself tells.
    """

    name: str
    description: str
    authors: tuple[str, ...]
    maintainers: tuple[str, ...]
    tags: tuple[str, ...]
    license: str
    version: str
    nickname: str
    icon: str
    badges: tuple[Link, ...]
    citations: tuple[Link, ...]
    links: tuple[str, ...]
    covers: tuple[str, ...]
    documentation: str


def read_card(data: Mapping[str, Any]) -> Card:
    """Read the fields of an entry, resolved or its own."""
    return Card(
        name=_text(data.get("name")),
        description=_text(data.get("description")),
        authors=tuple(_people(data.get("authors"))),
        maintainers=tuple(_people(data.get("maintainers"))),
        tags=texts(data.get("tags")),
        license=", ".join(texts(data.get("license"))),
        version=_text(data.get("version")),
        nickname=_nickname(data),
        icon=_text(data.get("icon")) or _text(data.get("id_emoji")),
        badges=tuple(_badges(data.get("badges"))),
        citations=tuple(_citations(data.get("cite"))),
        links=texts(data.get("links")),
        covers=files(data.get("covers")),
        documentation="".join(files(data.get("documentation"))[:1]),
    )


def site_link(public_id: str, nickname: str = "") -> str:
    """The page of one entry on today's site, which names a partner's entry `<partner>:<entry>` (domain.md, section 4)."""
    return f"{SITE}/artifacts/{quote(nickname or public_id.replace('/', ':', 1), safe=':/')}"


def find_urls(data: Any) -> tuple[Link, ...]:
    """Every http(s) address in an entry, in its order, each once, labelled by where it stands."""
    found: dict[str, Link] = {}
    for label, text in _strings(data, ""):
        url = text.strip()
        if label.endswith("doi") and url and not is_url(url):
            url = f"https://doi.org/{url.removeprefix('doi:')}"
        if is_url(url) and len(found) < MAX_LINKS:
            found.setdefault(url, Link(label, url))
    return tuple(found.values())


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list; one text counts as a list of one, a number as its digits."""
    members = value if isinstance(value, list) else [value]
    return tuple(text for member in members if (text := _text(member)))


def files(value: Any) -> tuple[str, ...]:
    """The addresses or paths of files, which newer formats write as mappings with a `source`."""
    members = value if isinstance(value, list) else [value]
    return texts([member.get("source") if isinstance(member, dict) else member for member in members])


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _nickname(data: Mapping[str, Any]) -> str:
    config = data.get("config")
    own = config.get("bioimageio") if isinstance(config, Mapping) else None
    return _text(data.get("nickname")) or _text(own.get("nickname") if isinstance(own, Mapping) else None)


def _people(value: Any) -> Iterator[str]:
    for member in value if isinstance(value, list) else [value]:
        name = (
            _text(member.get("name") or member.get("github_user"))
            if isinstance(member, dict)
            else _text(member)
        )
        if name:
            yield name


def _badges(value: Any) -> Iterator[Link]:
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, dict) and (label := _text(member.get("label")) or _text(member.get("url"))):
            yield Link(label, _address(member.get("url")))


def _citations(value: Any) -> Iterator[Link]:
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, dict):
            doi = _text(member.get("doi")).removeprefix("https://doi.org/").removeprefix("http://doi.org/")
            url = f"https://doi.org/{doi}" if doi else _address(member.get("url"))
            if text := _text(member.get("text")) or url:
                yield Link(text, url)
        elif text := _text(member):
            yield Link(text, text if is_url(text) else "")


def _address(value: Any) -> str:
    text = _text(value)
    return text if is_url(text) else ""


def _strings(value: Any, label: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield label, value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _strings(member, f"{label}.{key}" if label else str(key))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _strings(member, f"{label}[{place}]" if len(value) > 1 else label)
