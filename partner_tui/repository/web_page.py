"""A page of a forge, as it is in a browser's address bar: which repository it belongs to, and which branch and file it shows.

Nobody is asked: where a branch ends and a path begins is only known to the remote, so the path is kept for the clone to try.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

RAW = "raw.githubusercontent.com"
FORGES = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org"})
_SHOWN = frozenset({"tree", "blob", "raw", "src", "edit", "blame", "commits"})
"""What stands before a branch's name; of GitLab after ``-``, of Gitea with ``branch`` behind it."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """One page.

    Args:
        url: The repository's, to clone.
        branch: The first part of the branch's name.
        rest: What follows: more of the branch's name, the path of a file or folder, or both.
    """

    url: str
    branch: str | None = None
    rest: str = ""


def read_web_page(url: str) -> WebPage | None:
    """The page that an http(s) URL leads to; None where the URL is not known to be a page and is cloned as it is."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path, is_gitlab, page = unquote(parts.path).strip("/").partition("/-/")
    names = path.split("/")
    if parts.scheme not in ("https", "http") or len(names) < 2:
        return None
    if host == RAW:
        host, names, page = "github.com", names[:2], "/".join(("raw", *names[2:]))
    elif not is_gitlab:
        if host not in FORGES or (len(names) == 2 and not (parts.query or parts.fragment)):
            return None
        if host != "gitlab.com":
            names, page = names[:2], "/".join(names[2:])
    names[-1] = names[-1].removesuffix(".git")
    repository = f"{parts.scheme}://{host}{port}/{'/'.join(names)}.git"
    kind, *shown = page.split("/")
    if kind == "src" and shown[:1] == ["branch"]:
        del shown[0]
    if kind == "raw" and shown[:2] == ["refs", "heads"]:
        del shown[:2]
    if kind not in _SHOWN or not shown:
        return WebPage(repository)
    return WebPage(repository, shown[0], "/".join(shown[1:]))
