"""URLs and paths taken apart as the spec does it; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

_BLOB = re.compile(r"https?://(?:www\.)?github\.com/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?")
_COLAB = re.compile(r"https?://colab\.research\.google\.com/github/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?")
_NBVIEWER = re.compile(
    r"https?://nbviewer\.(?:jupyter\.org|org)/github/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?"
)
_BINDER = re.compile(
    r"https?://mybinder\.org/v2/gh/([^/]+/[^/]+)/([^/?#]+)/?\?(?:filepath|labpath)=([^&#]+)(?:[&#].*)?"
)
_TRAILING = re.compile(r"(https?://\S+?)(?:[,;.>\"'\]|]+|\)+)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_url(value: Any) -> bool:
    """Whether a value is an http(s) URL with a host."""
    if not isinstance(value, str) or not re.match(r"https?://[^\s/?#]+", value) or re.search(r"\s", value):
        return False
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


def is_path(value: Any) -> bool:
    """Whether a value can be a path relative to the RDF."""
    return (
        isinstance(value, str)
        and bool(value.strip())
        and not _SCHEME.match(value)
        and not value.startswith(("/", "\\", "~"))
        and "\n" not in value
    )


def suffix(value: str) -> str:
    """The suffix of the file that a URL or path names, with its dot and as written; "" for none."""
    try:
        path = urlsplit(value).path if is_url(value) else value
    except ValueError:
        return ""
    if value.startswith("https://zenodo.org/api/records/"):
        path = path.removesuffix("/content")
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def raw_of_blob(value: str) -> str | None:
    """The file behind a GitHub page that shows it; None for any other URL."""
    found = _BLOB.fullmatch(value.strip())
    return f"https://raw.githubusercontent.com/{found[1]}/{found[2]}" if found else None


def notebook_behind(value: Any) -> str | None:
    """The .ipynb file behind a link to it, to Colab, Binder or nbviewer; None for any other."""
    if not isinstance(value, str):
        return None
    link = value.strip()
    if found := _BINDER.fullmatch(link):
        target = f"https://raw.githubusercontent.com/{found[1]}/{found[2]}/{quote(unquote(found[3]))}"
    elif found := _COLAB.fullmatch(link) or _NBVIEWER.fullmatch(link):
        target = f"https://raw.githubusercontent.com/{found[1]}/{found[2]}"
    else:
        target = raw_of_blob(link) or link
    return target if suffix(target) == ".ipynb" and (is_url(target) or is_path(target)) else None


def opens_in_colab(value: str) -> bool:
    """Whether a link opens a notebook of GitHub in Colab."""
    return _COLAB.fullmatch(value.strip()) is not None


def without_punctuation(value: str) -> str:
    """A URL without what was written behind it and became part of it."""
    text = value.strip()
    found = _TRAILING.fullmatch(text)
    if found and not (text.endswith(")") and text.count("(") >= text.count(")")):
        return found[1]
    return text if is_url(text) else value


def strings(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
