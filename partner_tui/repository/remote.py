"""A clone's remote, and what its URL says without asking anybody: host, owner and name, web pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from partner_tui.repository.config import read_config
from partner_tui.repository.git import run

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


def find_remote(root: Path, branch: str | None) -> str | None:
    """The remote that a branch follows, else ``origin``, else the first one, else None."""
    names = run(["remote"], cwd=root).split()
    followed = read_config(root, f"branch.{branch}.remote") if branch else None
    return next((name for name in (followed, "origin", *names) if name in names), None)


def remote_address(root: Path, remote: str) -> str | None:
    """A remote's URL as git uses it; may hold credentials."""
    return run(["remote", "get-url", "--end-of-options", remote], cwd=root).strip() or None


def default_branch(root: Path, remote: str) -> str | None:
    """The remote's default branch as of the clone; ``main`` or ``master`` where git does not know."""
    start = f"refs/remotes/{remote}/"
    lines = run(["for-each-ref", "--format=%(refname) %(symref)", start], cwd=root).splitlines()
    known = dict(line.split(" ", 1) for line in lines)
    if head := known.get(f"{start}HEAD"):
        return head.removeprefix(start)
    return next((name for name in ("main", "master") if f"{start}{name}" in known), None)
