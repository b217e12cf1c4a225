"""Whether there is something at an address, asked once because the user said so; nothing is downloaded.

As for downloads: public hosts alone, no credentials, no cookies. HEAD is asked, and one byte where a host refuses that; a
redirect is followed five times, and never from https to http.
"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Unpack
from urllib.parse import urldefrag, urljoin, urlsplit

from partner_tui.addresses.answer import Answer
from partner_tui.errors import RemoteFileError
from partner_tui.repository.remotes.remote_file import (
    ABSENT,
    MAX_REDIRECTS,
    MOVED,
    Connection,
    Reach,
    check_address,
    limit_wait,
    reason_of,
    shown_address,
    with_end,
)

SCHEMES = ("https", "http")
_FOR_EVER = frozenset((301, 308))


def ask_address(url: str, **reach: Unpack[Reach]) -> Answer:
    """Ask for an address, which may block for as many seconds."""
    shared, until = with_end(reach)
    asked, moved, is_for_ever, status = url, "", True, 0
    for _ in range(MAX_REDIRECTS + 1):
        try:
            asked = check_address(asked, SCHEMES)
            reply = _ask(asked, shared, until)
            to = urljoin(asked, reply.location) if reply.status in MOVED and reply.location else ""
        except RemoteFileError as error:
            return Answer("unknown", why=error.message, status=status)
        except (OSError, http.client.HTTPException, ValueError) as error:
            # ValueError: a host name or a Location that is none. What the first host answered is no silence.
            return Answer("unknown", why=reason_of(error, until), status=status)
        status = reply.status
        if not to:
            return _judge(url, moved, reply)
        if asked.startswith("https:") and not to.startswith("https:"):
            why = f"it is redirected to {shown_address(to)}, which is not https"
            return Answer("unknown", why=why, status=reply.status)
        is_for_ever = is_for_ever and reply.status in _FOR_EVER
        if is_for_ever:
            moved = to
        asked = to
    return Answer("unknown", why="it is redirected too often", status=reply.status)


def _judge(url: str, moved: str, reply: _Reply) -> Answer:
    status = reply.status
    answer = Answer("reachable", status=status, kind=reply.kind, size=reply.size)
    if not 200 <= status < 300:
        why = f"the host answers {status} {reply.reason}".rstrip()
        return Answer("gone" if status in ABSENT else "unknown", why=why, status=status)
    if not moved or urldefrag(moved)[0] == urldefrag(url)[0]:
        return answer
    if urlsplit(url).path.strip("/") and not urlsplit(moved).path.strip("/"):
        # What a host does with pages that it has no more; its start page is not what was meant.
        why = f"it is redirected to the start page {shown_address(moved)}"
        return Answer("unknown", why=why, status=status)
    fragment = urldefrag(url)[1]
    return replace(
        answer, state="moved", address=moved if "#" in moved or not fragment else f"{moved}#{fragment}"
    )


def _ask(url: str, reach: Reach, until: float) -> _Reply:
    """A host that refuses HEAD, or says nothing to it, is asked for one byte."""
    try:
        found = _request("HEAD", url, reach, until)
        if 200 <= found.status < 300 or found.status in MOVED:
            return found
    except _Refused:
        pass
    found = _request("GET", url, reach, until)
    return replace(found, status=200) if found.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE else found


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    reason: str
    location: str
    kind: str
    size: int


class _Refused(Exception):
    """The host was reached and ended the connection without an answer to HEAD."""


def _request(method: str, url: str, reach: Reach, until: float) -> _Reply:
    connection = Connection(url, reach, until)
    try:
        answer = connection.ask(method, **({"Range": "bytes=0-0"} if method == "GET" else {}))
        limit_wait(None, until)  # or its headers are what came until the connection was ended
        # Of a single byte the size of the whole is behind the slash: bytes 0-0/1234.
        size = (answer.getheader("Content-Range") or answer.getheader("Content-Length") or "").rpartition(
            "/"
        )[2]
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        return _Reply(
            answer.status,
            answer.reason,
            answer.getheader("Location") or "",
            kind,
            int(size) if size.isascii() and size.isdigit() and len(size) < 20 else 0,
        )
    except (ConnectionError, http.client.HTTPException) as error:
        if method == "HEAD" and connection.was_made and time.monotonic() < until:
            raise _Refused from error
        raise
    finally:
        connection.close()
