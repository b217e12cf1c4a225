"""One file fetched from a public https address, because the user said so; never on our own account.

Only https, also behind redirects; no private, loopback or otherwise internal address; of a bounded size; no credentials,
no cookies, no proxies that the address could choose. The address was shown before, and is what is fetched.
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
from typing import Any, TypedDict, Unpack
from urllib.parse import urljoin, urlsplit, urlunsplit

from partner_tui.errors import RemoteFileAbsent, RemoteFileError

MAX_BYTES = 2 * 1024 * 1024
MAX_REDIRECTS = 5
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
ABSENT = frozenset((404, 410))
MOVED = frozenset((301, 302, 303, 307, 308))


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


def with_end(reach: Reach) -> tuple[Reach, float]:
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
    asked, (shared, until) = url, with_end(reach)
    for _ in range(MAX_REDIRECTS + 1):
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
        if answer.status in MOVED:
            return urljoin(url, answer.getheader("Location") or "")
        if answer.status != 200:
            kind = RemoteFileAbsent if answer.status in ABSENT else RemoteFileError
            raise kind(
                f"{shown_address(url)} answers {answer.status} {answer.reason}.", "Open the URL in a browser."
            )
        return _content(answer, url, limit, connection, until)
    except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: a host name that is none
        raise RemoteFileError(
            f"{shown_address(url)} cannot be reached: {reason_of(error, until)}.",
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
        limit_wait(connection.sock, until)
    limit_wait(None, until)  # or it is what came until the connection was ended
    return content


def reason_of(error: Exception, until: float) -> str:
    """Why nothing was answered, in a few words."""
    if isinstance(error, TimeoutError) or time.monotonic() >= until:
        return "timed out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ValueError):
        return "a host name is invalid"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def limit_wait(sock: Any, until: float) -> None:
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
