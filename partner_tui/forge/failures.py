"""Errors of an API in one line with what to do next; never the library's own words about a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from partner_tui.errors import ForgeError, HeadMoved, PartnerTuiError, TokenRefused
from partner_tui.forge.hosts import Forge
from partner_tui.plain import visible

_LONGEST = 200


@contextmanager
def told(forge: Forge, act: str) -> Iterator[None]:
    """Turn what the library raises into a `ForgeError`.

    Args:
        act: What was asked for, such as ``post the review``.
    """
    import github
    import requests
    import urllib3

    try:
        yield
    except PartnerTuiError:
        raise
    except github.IncompletableObject:
        raise _no_api(forge) from None
    except github.GithubException as error:
        raise _refused(forge, act, error.status, error.data, error.headers or {}) from None
    except requests.exceptions.SSLError:
        raise ForgeError(
            f"{forge.host} could not be asked to {act}: its certificate is not valid.",
            "A proxy of your network may be the cause.",
        ) from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError):
        raise ForgeError(
            f"{forge.host} could not be asked to {act}: the connection failed.",
            "Try again when you are online. Nothing you wrote is lost.",
        ) from None
    except RuntimeError:  # of PyGithub: a redirect to another host or without end
        raise ForgeError(
            f"{forge.host} could not be asked to {act}: it redirects to another URL.",
            "Set the URL of the remote, or the setting github_api, to the new one.",
        ) from None
    except (ValueError, TypeError, AttributeError, KeyError, AssertionError, github.BadAttributeException):
        raise _no_api(forge) from None


def _no_api(forge: Forge) -> ForgeError:
    return ForgeError(f"{forge.host} did not answer as GitHub's API does.", "Check the setting github_api.")


def _refused(forge: Forge, act: str, status: int, data: Any, headers: Mapping[str, str]) -> ForgeError:
    said = _words(data)
    if status in (403, 429) and _is_rate_limit(said, headers):
        return ForgeError(
            f"{forge.host} limits requests for now.",
            f"Try again {_when(headers)}."
            + ("" if headers.get("x-ratelimit-limit") != "60" else " A token raises the limit."),
        )
    if status == 401:
        return TokenRefused(f"{forge.host} rejected the token.", "Enter another token, or run: gh auth login")
    if status == 403:
        return TokenRefused(
            f"The token does not allow to {act}.",
            _join(said, f"Enter one that may {act}, or do it on the page of {forge.slug}."),
        )
    if status == 404:
        return TokenRefused(
            f"{forge.host} does not show {forge.slug}, or not with this token.",
            "Check the URL of the remote, and whether the token may read it.",
        )
    if status == 409 or (status in (405, 422) and "head" in said.lower() and "modified" in said.lower()):
        return HeadMoved(
            f"{forge.host} did not {act}: the contribution has new commits.",
            "Fetch and look at what changed, then try again.",
        )
    if status >= 500:
        return ForgeError(
            f"{forge.host} failed to {act} (HTTP {status}).", "Try again later. Nothing you wrote is lost."
        )
    return ForgeError(f"{forge.host} did not {act} (HTTP {status}).", said)


def _is_rate_limit(said: str, headers: Mapping[str, str]) -> bool:
    return (
        headers.get("x-ratelimit-remaining") == "0"
        or "retry-after" in headers
        or "rate limit" in said.lower()
    )


def _when(headers: Mapping[str, str]) -> str:
    """``after 14:05``, as far as the forge says it."""
    now = datetime.now(UTC).timestamp()
    for name, start in (("retry-after", now), ("x-ratelimit-reset", 0.0)):
        text = headers.get(name, "")
        if text.isdecimal() and len(text) < 12 and now <= start + int(text) < now + 86_400:
            return f"after {datetime.fromtimestamp(start + int(text)):%H:%M}"
    return "in a few minutes"


def _words(data: Any) -> str:
    """What the API says, in one line."""
    if not isinstance(data, dict):
        return ""
    errors = data.get("errors")
    told_more = errors[:3] if isinstance(errors, list) else []
    parts = [
        data.get("message"),
        *(one.get("message") if isinstance(one, dict) else one for one in told_more),
    ]
    return visible(_join(*(part for part in parts if isinstance(part, str))), _LONGEST)


def _join(*sentences: str) -> str:
    return " ".join(f"{one.rstrip('. ')}." for one in sentences if one.strip())
