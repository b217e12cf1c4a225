"""URLs and paths: whether a text is one, what it ends in, and what is wrong with its spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

_TRAILING = re.compile(r"(https?://\S+?)(?:[,;.>\"'\]|]+|\)+)")
_AFTER_URL = ",;\"'<> "
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ZENODO, _CONTENT = "https://zenodo.org/api/records/", "/content"
"""What stands around the path of a file in Zenodo's API."""


def is_url(value: Any) -> bool:
    """Whether a value is one http or https URL with a host, and nothing around it."""
    # Most texts are none: what begins otherwise is not taken apart. Of what can be printed, only " " is a space.
    if not isinstance(value, str) or not _HTTP.match(value) or not value.isprintable() or " " in value:
        return False
    return _has_host(str(value))  # one that remembers its source would be remembered with all of its manifest


@lru_cache(1024)
def _has_host(value: str) -> bool:
    """Whether a URL names a host; several rules and fixes ask of each."""
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host of a URL, in lower case; "" where it has none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def by_host(addresses: Iterable[str]) -> Mapping[str, int]:
    """How many different URLs each host has, the hosts with most first."""
    counts = Counter(map(host_of, dict.fromkeys(addresses)))
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def names_file(reference: str, *suffixes: str) -> bool:
    """Whether a path, or the path of a URL, ends with one of some suffixes in lower case."""
    whole = reference.strip().lower()
    if not any(one in whole for one in suffixes):  # nearly always, and quicker than to take a URL apart
        return False
    try:
        return urlsplit(whole).path.endswith(suffixes)
    except ValueError:
        return whole.endswith(suffixes)


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
    if value.startswith(_ZENODO):
        path = path.removesuffix(_CONTENT)
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2]}" if "." in name else ""


def beside(url: str, path: str) -> str:
    """The URL of a file by its path from the folder of another one, of which the URL is given.

    The path may be percent-encoded or not; a "#" or "?" in it belongs to a file's name.
    """
    name = quote(unquote(path))
    is_of_zenodo = url.startswith(_ZENODO) and urlsplit(url).path.endswith(_CONTENT)
    return urljoin(url, f"../{name}{_CONTENT}" if is_of_zenodo else f"./{name}")


def without_punctuation(value: str) -> str:
    """A URL without what was written behind it and became part of it."""
    text = value.strip()
    found = _TRAILING.fullmatch(text)
    if found and not (text.endswith(")") and text.count("(") >= text.count(")")):
        return found[1]
    return text if is_url(text) else value


def url_flaw(text: str) -> str | None:
    """What is wrong with the spelling of an address, as a sentence; None when nothing is."""
    if is_url(text):
        if text[-1] in _AFTER_URL:
            return f"The URL ends in {text[-1]!r}, which becomes part of it."
        return None
    if any(map(str.isspace, text.strip())):
        return "URLs cannot contain spaces."
    if text != text.strip():
        return "Leading or trailing spaces around the URL."
    if "://" not in text:
        return "Not a URL: it must start with https://."
    if text.startswith(("http://", "https://")):
        return "The URL has no host."
    return f"The site links http and https URLs, not {text.split(':', 1)[0]}."
