"""What can be read from a remote's URL without asking anybody: the host, owner and name, and its web pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_SCP_LIKE = re.compile(r"^(?:[\w.+-]+@)?(?P<host>[\w.-]+|\[[\da-fA-F:]+\]):(?P<path>(?!//)[^\s]+)$")


@dataclass(frozen=True, slots=True)
class RemoteUrl:
    """A remote, taken apart.

    Args:
        host: Lower case, without port; empty for a path on this machine.
        path: Without a leading slash and ``.git``; ``owner/name`` on most forges, deeper on GitLab.
    """

    host: str
    path: str

    @property
    def slug(self) -> str | None:
        """``owner/name`` where the URL has that form (on any host), else None."""
        parts = self.path.split("/")
        return self.path if self.host and len(parts) == 2 and all(parts) else None

    @property
    def web_url(self) -> str | None:
        """The repository's page, or None for a path on this machine."""
        return f"https://{self.host}/{quote(self.path)}" if self.host and self.path else None

    def compare_url(self, base: str, branch: str) -> str | None:
        """The page that opens a pull (or merge) request from the branch, or None where no forge is known."""
        page, base, head = self.web_url, quote(base), quote(branch)
        if page is None:
            return None
        if "gitlab" in self.host:
            return f"{page}/-/merge_requests/new?merge_request[source_branch]={head}&merge_request[target_branch]={base}"
        if "bitbucket" in self.host:
            return f"{page}/pull-requests/new?source={head}&dest={base}"
        if self.slug is None:
            return None
        suffix = "?expand=1" if self.host == "github.com" else ""
        return f"{page}/compare/{base}...{head}{suffix}"


def read_remote_url(url: str) -> RemoteUrl | None:
    """The parts of an https, http, ssh, git or file URL, of ``user@host:path``, or None for anything else."""
    if "://" in url:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        if parts.scheme not in ("https", "http", "ssh", "git+ssh", "ssh+git", "git", "file"):
            return None
        return RemoteUrl("" if parts.scheme == "file" else host, _bare(unquote(parts.path)))
    if match := _SCP_LIKE.match(url):
        return RemoteUrl(match["host"].lower(), _bare(match["path"]))
    return RemoteUrl("", _bare(url)) if url.startswith("/") else None


def _bare(path: str) -> str:
    return path.strip("/").removesuffix(".git").rstrip("/")
