"""The URLs of forges by their form alone: the file behind a page, the repository of a page, the page of a repository.

A new forge, or another host of a known one, is a change in this file. Nobody is asked: where a branch ends and a path begins
is only known to the remote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast, get_args
from urllib.parse import quote, unquote, urlsplit

from partner_tui.addresses.urls import is_path, is_url, suffix

Kind: TypeAlias = Literal["github", "gitlab", "gitea", "bitbucket", "azure", "other"]
"""What a host runs: Forgejo counts as Gitea; ``other`` has no page for pull requests that we know."""
SAID: Final[Mapping[str, str]] = {
    "github": "GitHub Enterprise",
    "gitlab": "GitLab",
    "gitea": "Gitea or Forgejo",
    "bitbucket": "Bitbucket Server",
    "other": "Something else",
}
"""What a user can say of a host whose name does not say it, and how it is called."""
GITHUB = "github.com"
GITHUB_API = "https://api.github.com"
FORGES = frozenset({GITHUB, "gitlab.com", "codeberg.org", "bitbucket.org"})
"""Forges that are known by their host; others by the form of their pages."""
RAW_HOST = "raw.githubusercontent.com"
SIDE_DOORS = {
    "www.github.com": GITHUB,
    "ssh.github.com": GITHUB,
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
"""Other hosts of a forge, for networks that let only port 443 out."""

_SLUG = re.compile(r"[A-Za-z0-9][\w.-]*/(?!\.{1,2}$)[\w.-]+", re.ASCII)
_RAW_HOSTS = (RAW_HOST, "raw.github.com")
_VIEWS = ("raw", "blob", "tree")
_BLOB = re.compile(r"https?://(?:www\.)?github\.com/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?")
_COLAB = re.compile(r"https?://colab\.research\.google\.com/github/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?")
_NBVIEWER = re.compile(
    r"https?://nbviewer\.(?:jupyter\.org|org)/github/([^/]+/[^/]+)/blob/([^?#]+)(?:[?#].*)?"
)
_BINDER = re.compile(
    r"https?://mybinder\.org/v2/gh/([^/]+/[^/]+)/([^/?#]+)/?\?(?:filepath|labpath)=([^&#]+)(?:[&#].*)?"
)
_SHOWN = frozenset({"tree", "blob", "raw", "src", "edit", "blame", "commits"})
"""What stands before a branch's name; of GitLab after ``-``, of Gitea with ``branch`` behind it."""
_GITEA = re.compile(r"(?:^|\.)codeberg\.org$|(?:^|[.-])(?:gitea|forgejo)(?:[.-]|$)")
_WITHOUT_PULL_REQUESTS = ("amazonaws.com", "git.sr.ht", "googlesource.com", "source.developers.google.com")
_BITBUCKET = "bitbucket.org"
_AZURE_SSH = ("ssh.dev.azure.com", "vs-ssh.visualstudio.com")


def is_slug(text: str) -> bool:
    """Whether a text is ``owner/name``, which leads nowhere else in the path of a URL."""
    return _SLUG.fullmatch(text) is not None


def clone_url(slug: str) -> str:
    """The URL to clone ``owner/name`` of GitHub from."""
    return f"https://{GITHUB}/{slug}.git"


def web_url(slug: str, page: str = "") -> str:
    """The page of a repository on GitHub, or one below it."""
    return f"https://{GITHUB}/{slug}/{page}".rstrip("/")


def raw_url(slug: str, path: str) -> str:
    """The file itself.

    Args:
        path: The branch, tag or commit, and the file's path below it, both as a URL has them.
    """
    return f"https://{RAW_HOST}/{slug}/{path}"


def file_on_forge(url: str) -> tuple[str, list[str]] | None:
    """The ``owner/name`` in lower case, and the steps of branch and path, of a file's URL on GitHub; None for any other URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    steps = [unquote(step) for step in parts.path.strip("/").split("/") if step]
    host = (parts.hostname or "").lower()
    if SIDE_DOORS.get(host, host) == GITHUB and len(steps) > 3 and steps[2] in _VIEWS:
        del steps[2]
    elif host not in _RAW_HOSTS:
        return None
    if parts.scheme.lower() not in ("http", "https") or len(steps) < 4:
        return None
    rest = steps[2:]
    if len(rest) > 3 and rest[0] == "refs" and rest[1] in ("heads", "tags"):
        rest = rest[2:]
    return "/".join(steps[:2]).lower(), rest


def raw_of_blob(value: str) -> str | None:
    """The file behind a GitHub page that shows it; None for any other URL."""
    found = _BLOB.fullmatch(value.strip())
    return raw_url(found[1], found[2]) if found else None


def notebook_behind(value: Any) -> str | None:
    """The .ipynb file behind a link to it, to Colab, Binder or nbviewer; None for any other."""
    if not isinstance(value, str):
        return None
    link = value.strip()
    if found := _BINDER.fullmatch(link):
        target = raw_url(found[1], f"{found[2]}/{quote(unquote(found[3]))}")
    elif found := _COLAB.fullmatch(link) or _NBVIEWER.fullmatch(link):
        target = raw_url(found[1], found[2])
    else:
        target = raw_of_blob(link) or link
    return target if suffix(target) == ".ipynb" and (is_url(target) or is_path(target)) else None


def opens_in_colab(value: str) -> bool:
    """Whether a link opens a notebook of GitHub in Colab."""
    return _COLAB.fullmatch(value.strip()) is not None


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
    if host == RAW_HOST:
        host, names, page = GITHUB, names[:2], "/".join(("raw", *names[2:]))
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


def kind_of(host: str, path: str, said: Mapping[str, str] | None = None) -> Kind | None:
    """What a host runs, by what the user said of it, by its name, or by the form of a path; None where none of them says it.

    Args:
        host: Lower case, without port.
        path: As the remote's URL has it, without ``.git``.
        said: By host; see `SAID`.
    """
    kind: str | None = (said or {}).get(host)
    if kind in get_args(Kind):
        return cast(Kind, kind)
    if any(host == known or host.endswith(f".{known}") for known in _WITHOUT_PULL_REQUESTS):
        return "other"
    if "github" in host or host.endswith(".ghe.com"):
        return "github"
    if host in _AZURE_SSH or "/_git/" in path:
        return "azure"
    if "bitbucket" in host or path.startswith("scm/"):
        return "bitbucket"
    if "gitlab" in host or path.count("/") > 1:  # no other forge has groups within groups
        return "gitlab"
    return "gitea" if _GITEA.search(host) else None


def repository_page(site: str, host: str, path: str, kind: Kind | None) -> str:
    """The repository's page.

    Args:
        site: Where the host's pages begin, such as ``https://host:8443``.
        host, path: As for `kind_of`.
    """
    parts = path.split("/")
    if host in _AZURE_SSH and len(parts) == 4:
        _, organisation, project, name = parts
        return f"https://dev.azure.com/{quote(f'{organisation}/{project}/_git/{name}')}"
    if kind == "bitbucket" and host != _BITBUCKET:
        *_, project, name = ["", *parts]
        group, owner = ("users", project[1:]) if project.startswith("~") else ("projects", project)
        return f"{site}/{group}/{quote(owner)}/repos/{quote(name)}"
    return f"{site}/{quote(path)}"


def compare_page(
    site: str, host: str, path: str, kind: Kind | None, base: str, branch: str, owner: str = ""
) -> str | None:
    """The page that opens a pull (or merge) request; None where the kind of forge is not known, or the path fits none.

    Args:
        site, host, path: As for `repository_page`.
        owner: Of the fork that has the branch; where the page of the fork itself opens the request, there is none.
    """
    page, base, head = repository_page(site, host, path, kind), quote(base), quote(branch)
    if "/" not in path or (owner and kind not in ("github", "gitea")):
        return None
    match kind:
        case "azure":
            return f"{page}/pullrequestcreate?sourceRef={head}&targetRef={base}"
        case "bitbucket" if host == _BITBUCKET:
            return f"{page}/pull-requests/new?source={head}&dest={base}"
        case "bitbucket":
            refs = f"sourceBranch=refs/heads/{head}&targetBranch=refs/heads/{base}"
            return f"{page}/pull-requests?create&{refs}"
        case "gitlab":
            refs = f"merge_request[source_branch]={head}&merge_request[target_branch]={base}"
            return f"{page}/-/merge_requests/new?{refs}"
        case "github" | "gitea":
            suffix = "?expand=1" if kind == "github" else ""
            return f"{page}/compare/{base}...{f'{quote(owner)}:' if owner else ''}{head}{suffix}"
    return None


def contribution_page(site: str, host: str, path: str, kind: Kind | None, what: str, name: str) -> str | None:
    """The page of a pull or merge request, a commit, or a branch; None where the host is known to have none.

    Args:
        site, host, path: As for `repository_page`.
        what: ``pull``, ``merge-requests`` or ``branch``, as refs of forges have it, or ``commit``.
        name: The number, the branch, or the full hash.
    """
    page, name = repository_page(site, host, path, kind), quote(name)
    match what:
        case "merge-requests":
            return f"{page}/-/merge_requests/{name}"
        case "pull":
            # Gitea and Forgejo have it with an s, and forward the other spelling.
            return f"{page}/pull/{name}"
        case "commit" if kind == "gitlab":
            return f"{page}/-/commit/{name}"
        case "commit":
            return f"{page}/{'commits' if kind == 'bitbucket' else 'commit'}/{name}"
    return f"{page}/tree/{name}" if kind == "github" else None
