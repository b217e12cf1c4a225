"""One file fetched from a public https address, or only asked for, because the user said so; never on our own account.

Only https, also behind redirects; no private, loopback or otherwise internal address; of a bounded size; no credentials,
no cookies, no proxies that the address could choose. The address was shown before, and is what is fetched. Where it is only
asked whether there is something, http will do too, and a redirect is never followed from https to http.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, TypedDict, Unpack
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from partner_tui.addresses.answer import Answer
from partner_tui.errors import RemoteFileAbsent, RemoteFileError

MAX_BYTES = 2 * 1024 * 1024
_MAX_REDIRECTS = 5
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ABSENT = frozenset((404, 410))
_MOVED = frozenset((301, 302, 303, 307, 308))
SCHEMES = ("https", "http")
_FOR_EVER = frozenset((301, 308))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False  # an IPv4 address in disguise
    return ip.is_global and not ip.is_multicast


class Reach(TypedDict, total=False):
    """How hosts are reached; any of it may be left out.

    Keys:
        context: For certificates; the system's by default.
        is_allowed: Whether an IP address may be connected to; those of the public internet by default.
        seconds: For all of it, redirects included.
    """

    context: ssl.SSLContext
    is_allowed: Callable[[str], bool]
    seconds: float


def _with_end(reach: Reach) -> tuple[Reach, float]:
    """The same with the context that all of its connections share, and when the last of them ends."""
    return {"context": ssl.create_default_context(), **reach}, time.monotonic() + reach.get("seconds", 15.0)


def fetch_text(url: str, **reach: Unpack[Reach]) -> str:
    """The text at an address.

    Raises:
        RemoteFileError: It is refused, cannot be reached, is larger than 2 MiB, or no UTF-8 text.
    """
    try:
        text = fetch_bytes(url, MAX_BYTES, **reach).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise RemoteFileError(f"{shown_address(url)} is not UTF-8 text.", "This is not an RDF.")
    return text


def fetch_bytes(url: str, limit: int, **reach: Unpack[Reach]) -> bytes:
    """What is at an address, of at most `limit` bytes; else as `fetch_text`."""
    asked, (shared, until) = url, _with_end(reach)
    for _ in range(_MAX_REDIRECTS + 1):
        found = _ask(asked, limit, shared, until)
        if isinstance(found, bytes):
            return found
        asked = found
    raise RemoteFileError(f"{shown_address(url)}: it is redirected too often.", "Open the URL in a browser.")


def check_address(url: str, schemes: Sequence[str] = ("https",)) -> str:
    """The address as it will be fetched, without a fragment. Raises RemoteFileError: another scheme, a user name, no host."""
    if not url.isascii() or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise RemoteFileError("This URL contains invalid characters.", "Correct it in the entry.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RemoteFileError(f"{url} is not a URL.", "Correct it in the entry.") from None
    scheme = parts.scheme.lower()
    if scheme not in schemes:
        raise RemoteFileError(
            f"{shown_address(url)} is not downloaded: only {' and '.join(schemes)} URLs are allowed.",
            "Download it into the repository instead.",
        )
    if not parts.hostname or "@" in parts.netloc or port == 0:
        raise RemoteFileError(
            f"{shown_address(url)} is not downloaded: its host name is invalid.", "Correct it in the entry."
        )
    return urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _ask(url: str, limit: int, reach: Reach, until: float) -> bytes | str:
    """The content, or the address that it is redirected to."""
    connection = Connection(check_address(url), reach, until)
    try:
        answer = connection.ask("GET")
        if answer.status in _MOVED:
            return urljoin(url, answer.getheader("Location") or "")
        if answer.status != 200:
            kind = RemoteFileAbsent if answer.status in _ABSENT else RemoteFileError
            raise kind(
                f"{shown_address(url)} answers {answer.status} {answer.reason}.", "Open the URL in a browser."
            )
        return _content(answer, url, limit, connection, until)
    except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: a host name that is none
        raise RemoteFileError(
            f"{shown_address(url)} cannot be reached: {_reason_of(error, until)}.",
            "Check the URL and the network.",
        ) from error
    finally:
        connection.close()


def _content(
    answer: http.client.HTTPResponse, url: str, limit: int, connection: Connection, until: float
) -> bytes:
    content = b""
    while chunk := answer.read1(65536):
        content += chunk
        if len(content) > limit:
            raise RemoteFileError(
                f"{shown_address(url)} is larger than {limit >> 20} MiB.", "Open it in a browser."
            )
        _limit_wait(connection.sock, until)
    _limit_wait(None, until)  # or it is what came until the connection was ended
    return content


def _reason_of(error: Exception, until: float) -> str:
    """Why nothing was answered, in a few words."""
    if isinstance(error, TimeoutError) or time.monotonic() >= until:
        return "timed out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ValueError):
        return "a host name is invalid"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _limit_wait(sock: Any, until: float) -> None:
    """Let a socket wait until then and no longer. Raises TimeoutError when that is over."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    if sock is not None:
        sock.settimeout(left)


def shown_address(url: str) -> str:
    """An address for a message, without what could be a credential."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))[:200]


class Connection(http.client.HTTPConnection):
    """Connects to an address that was looked at: the name is resolved once, so that it cannot change in between.

    At `until` it ends, whatever the host sends by then, and how slowly.

    Attributes:
        was_made: Whether the host was reached.
    """

    def __init__(self, url: str, reach: Reach, until: float) -> None:
        parts = urlsplit(url)
        self._tls = reach["context"] if parts.scheme == "https" else None
        self.default_port = 443 if self._tls else 80
        super().__init__(str(parts.hostname), parts.port or self.default_port)
        self._page = urlunsplit(("", "", parts.path, parts.query, ""))
        self._is_allowed = reach.get("is_allowed", is_public)
        self._until = until
        self._end: threading.Timer | None = None
        self.was_made = False

    def ask(self, method: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for the address."""
        self.request(method, self._page, headers={"Accept": "*/*", "User-Agent": "partner-tui", **headers})
        return self.getresponse()

    def connect(self) -> None:
        addresses = [
            str(info[4][0]) for info in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        ]
        if not addresses or not all(map(self._is_allowed, addresses)):
            raise RemoteFileError(
                f"{self.host} is not a public host, so nothing is downloaded from it.",
                "Correct the URL.",
            )
        left = max(0.001, self._until - time.monotonic())
        plain = socket.create_connection((addresses[0], self.port), timeout=left)
        self._end = threading.Timer(left, _shut_down, [plain])
        self._end.daemon = True
        self._end.start()
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain
            self._end.args = [self.sock]
            self.was_made = True
        except BaseException:
            self._end.cancel()
            plain.close()
            raise

    def close(self) -> None:
        if self._end is not None:
            self._end.cancel()
        super().close()


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def ask_address(url: str, **reach: Unpack[Reach]) -> Answer:
    """Ask for an address, which may block for as many seconds."""
    shared, until = _with_end(reach)
    asked, moved, is_for_ever, status = url, "", True, 0
    for _ in range(_MAX_REDIRECTS + 1):
        try:
            asked = check_address(asked, SCHEMES)
            reply = _reply(asked, shared, until)
            to = urljoin(asked, reply.location) if reply.status in _MOVED and reply.location else ""
        except RemoteFileError as error:
            return Answer("unknown", why=error.message, status=status)
        except (OSError, http.client.HTTPException, ValueError) as error:
            # ValueError: a host name or a Location that is none. What the first host answered is no silence.
            return Answer("unknown", why=_reason_of(error, until), status=status)
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
        return Answer("gone" if status in _ABSENT else "unknown", why=why, status=status)
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


def _reply(url: str, reach: Reach, until: float) -> _Reply:
    """A host that refuses HEAD, or says nothing to it, is asked for one byte."""
    try:
        found = _request("HEAD", url, reach, until)
        if 200 <= found.status < 300 or found.status in _MOVED:
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
        _limit_wait(None, until)  # or its headers are what came until the connection was ended
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
