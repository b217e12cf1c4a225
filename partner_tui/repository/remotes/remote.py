"""A clone's remote, and what its URL says without asking anybody: host, owner and name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from partner_tui.addresses.forge import (
    SIDE_DOORS,
    Kind,
    compare_page,
    contribution_page,
    kind_of,
    repository_page,
)
from partner_tui.repository.branches.branch_names import fetched_branches
from partner_tui.repository.branches.tracking import HEADS, Settings, remote_branch
from partner_tui.repository.git import run

_SCP_LIKE = re.compile(r"^(?:(?P<user>[\w.+-]+)@)?(?P<host>[\w.-]+|\[[\da-fA-F:]+\]):(?P<path>(?!//)[^\s]+)$")
_SCP_WITH_PORT = re.compile(r"^\[(?:(?P<user>[\w.+-]+)@)?(?P<host>[\w.-]+):(?P<port>\d+)\]:(?P<path>[^\s]+)$")
_SCHEMES = {"git+ssh": "ssh", "ssh+git": "ssh"}
_PORTS = {"https": 443, "http": 80, "ssh": 22, "git": 9418}


@dataclass(frozen=True, slots=True)
class RemoteUrl:
    """A remote, taken apart.

    Args:
        host: Lower case, without port; empty for a path on this machine.
        path: Without a leading slash and ``.git``; ``owner/name`` on most forges, deeper on GitLab.
        scheme: ``https``, ``http``, ``ssh`` (also for ``user@host:path``), ``git`` or ``file``.
        port: None for the scheme's own.
        user: Who logs in; never a password.
        kind: What the host runs; None where nobody said it.
    """

    host: str
    path: str
    scheme: str = "https"
    port: int | None = None
    user: str = ""
    kind: Kind | None = None

    @property
    def slug(self) -> str | None:
        """``owner/name`` where the URL has that form (on any host), else None."""
        parts = self.path.split("/")
        return self.path if self.host and len(parts) == 2 and all(parts) else None

    @property
    def site(self) -> str:
        """Where the host's web pages begin: ssh's port says nothing about theirs."""
        scheme = "http" if self.scheme == "http" else "https"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (
            f"{scheme}://{host}:{self.port}"
            if self.port and self.scheme in ("https", "http")
            else f"{scheme}://{host}"
        )

    @property
    def page(self) -> str:
        """The repository's page; "" for a path on this machine."""
        return repository_page(self.site, self.host, self.path, self.kind) if self.host and self.path else ""

    def contribution_url(self, kind: str, name: str) -> str | None:
        """The page of a contribution, see `contribution_page`; None for a path on this machine."""
        if not (self.host and self.path):
            return None
        return contribution_page(self.site, self.host, self.path, self.kind, kind, name)

    def compare_url(self, base: str, branch: str, fork: RemoteUrl | None = None) -> str | None:
        """The page that opens a pull (or merge) request from the branch, or None where no forge is known.

        Args:
            fork: The repository that has the branch, when it is another one.
        """
        if not (self.host and self.path) or (fork and fork.host != self.host):
            return None
        owner = fork.path.rpartition("/")[0] if fork else ""
        page = compare_page(self.site, self.host, self.path, self.kind, base, branch, owner)
        return page or (fork.compare_url(base, branch) if fork else None)


def read_remote_url(url: str, said: Mapping[str, str] | None = None) -> RemoteUrl | None:
    """The parts of an https, http, ssh, git or file URL, of ``user@host:path``, or None for anything else.

    Args:
        said: What the user said that hosts run, see `kind_of`.
    """
    found = _read(url)
    return replace(found, kind=kind_of(found.host, found.path, said)) if found and found.host else found


def _read(url: str) -> RemoteUrl | None:
    if "://" in url:
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return None
        scheme = _SCHEMES.get(parts.scheme, parts.scheme)
        if scheme == "file":
            return RemoteUrl("", _bare(unquote(parts.path)), scheme)
        return (
            _at_host(scheme, host, port, parts.username, unquote(parts.path))
            if host and scheme in _PORTS
            else None
        )
    if match := _SCP_WITH_PORT.match(url) or _SCP_LIKE.match(url):
        said = match.groupdict().get("port")
        return _at_host(
            "ssh", match["host"].lower(), int(said) if said else None, match["user"], match["path"]
        )
    return RemoteUrl("", _bare(url), "file") if url.startswith("/") else None


def _at_host(scheme: str, host: str, port: int | None, user: str | None, path: str) -> RemoteUrl:
    host = host.strip("[]")
    if host in SIDE_DOORS:
        host, port = SIDE_DOORS[host], None
    return RemoteUrl(host, _bare(path), scheme, None if port == _PORTS[scheme] else port, user or "")


def _bare(path: str) -> str:
    return path.strip("/").removesuffix(".git").rstrip("/")


def remote_address(root: Path, remote: str) -> str | None:
    """A remote's URL as git uses it; may hold credentials."""
    return run(["remote", "get-url", "--end-of-options", remote], cwd=root).strip() or None


def default_branch(root: Path, remote: str) -> str | None:
    """The remote's default branch as of the clone; ``main`` or ``master`` where git does not know."""
    known = fetched_branches(root, remote)
    return next(
        (name for name in (stored_default_branch(root, remote), "main", "master") if name in known), None
    )


def stored_default_branch(root: Path, remote: str) -> str | None:
    """What this clone has noted as the remote's default branch; None where it has noted nothing."""
    start = f"refs/remotes/{remote}/"
    noted = run(["symbolic-ref", "--quiet", f"{start}HEAD"], cwd=root, says_no=1).strip()
    return noted.removeprefix(start) or None


def set_default_branch(root: Path, settings: Settings, remote: str, name: str) -> None:
    """Note the remote's default branch, as ``git remote set-head`` does; only one that was fetched."""
    tracking = remote_branch(settings, remote, HEADS + name).tracking
    if run(["for-each-ref", "--format=%(refname)", tracking], cwd=root).strip() == tracking:
        run(["symbolic-ref", f"refs/remotes/{remote}/HEAD", tracking], cwd=root)


def push_address(root: Path, remote: str) -> str:
    """What to ask about the branches that a push meets: the remote's name, or the URL of its pushes where that is another one."""
    urls = [
        run(["remote", "get-url", *push, "--end-of-options", remote], cwd=root) for push in ([], ["--push"])
    ]
    return remote if urls[0] == urls[1] else urls[1].splitlines()[0]
