"""Finds the API that serves a remote, from its URL and the settings alone.

The rule: only github.com and the one host that the settings name are ever asked, whatever a clone's remotes say.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from partner_tui.addresses.forge import GITHUB, GITHUB_API, is_slug
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.remotes.remote import RemoteUrl

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository on a forge that has an API.

    Attributes:
        host: Of its pages, which tokens belong to.
        api: The URL that the API's paths follow.
        slug: ``owner/name``.
    """

    host: str
    api: str
    slug: str


def forge_of(remote: RemoteUrl | None, enterprise_api: str = "") -> Forge | None:
    """The forge of a remote; None for one that has no API that we know.

    Args:
        enterprise_api: The setting `github_api`.

    Raises:
        PartnerTuiError: The setting is not a URL, or one that would send a token readable by others.
    """
    if remote is None or remote.slug is None or not is_slug(remote.slug):
        return None
    if remote.host == GITHUB:
        return Forge(GITHUB, GITHUB_API, remote.slug)
    api = enterprise_api.strip().rstrip("/")
    if api and remote.host == _host_served(api):
        return Forge(remote.host, api, remote.slug)
    return None


def _host_served(api: str) -> str:
    try:
        parts = urlsplit(api)
        host = (parts.hostname or "").lower()
    except ValueError:
        host = ""
    if not host or parts.username is not None or parts.query or parts.fragment:
        raise PartnerTuiError(
            f"The setting 'github_api' is not the URL of an API: {api}",
            "It is like https://github.example.org/api/v3.",
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise PartnerTuiError(f"The setting 'github_api' must start with https://: {api}")
    return host.removeprefix("api.") if host.endswith(".ghe.com") else host
