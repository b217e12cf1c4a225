"""Asking whether there is something at an address: against real servers, one with a certificate and one without."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from partner_tui.addresses.answer import Answer
from partner_tui.repository.remotes.remote_file import ask_address
from tests.repository.remotes.https_server import https_server

Ask = Callable[..., Answer]
REDIRECTS = {
    "/moved": (301, "/here"),
    "/moved-again": (308, "/moved"),
    "/for-now": (302, "/here"),
    "/moved-then-for-now": (301, "/for-now"),
    "/to-gone": (301, "/gone"),
    "/to-start": (301, "/"),
    "/round": (301, "/round"),
    "/to-ftp": (301, "ftp://127.0.0.1/here"),
    "/nowhere": (301, ""),
}
STATUS = {"/": 200, "/here": 200, "/gone": 410, "/not-found": 404, "/private": 403, "/broken": 500}


class Pages(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []
    headers_of: dict[str, dict[str, str]] = {}
    stop = threading.Event()
    plain = ""

    def do_HEAD(self) -> None:
        self.asked.append(("HEAD", self.path))
        self.headers_of[self.path] = dict(self.headers)
        match self.path:
            case "/no-head" | "/no-range":
                self._answer(405)
            case "/hides":
                self._answer(404)
            case "/hangs-up":
                self.close_connection = True
            case _:
                self._serve()

    def do_GET(self) -> None:
        self.asked.append(("GET", self.path))
        match self.path:
            case "/no-head" | "/hides" | "/hangs-up":
                self._answer(206 if self.headers["Range"] == "bytes=0-0" else 500, size="bytes 0-0/1234")
            case "/no-range":
                self._answer(416)
            case _:
                self._serve()

    def _serve(self) -> None:
        if self.path in REDIRECTS:
            self._answer(*REDIRECTS[self.path])
        elif self.path == "/to-http":
            self._answer(301, f"{self.plain}/here")
        elif self.path == "/slow":
            self.stop.wait(30)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            self._drip(b"x" * 65536)
        elif self.path == "/drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self._drip(b"X-More: x\r\n", 0.05)
        else:
            self._answer(STATUS.get(self.path, 404))

    def _drip(self, piece: bytes, seconds: float = 0) -> None:
        with contextlib.suppress(OSError):  # the client has gone
            while not self.stop.wait(seconds):
                self.wfile.write(piece)

    def _answer(self, status: int, location: str = "", size: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "image/PNG; x=y")
        if size:
            self.send_header("Content-Range", size)
        if location:
            self.send_header("Location", location)
        self.send_header("Set-Cookie", "id=1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Ask, dict[str, Any]]]:
    """The addresses of the server with a certificate and of the one without, and how both are asked."""
    plain = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    plain.daemon_threads = True
    threading.Thread(target=plain.serve_forever, args=(0.05,), daemon=True).start()
    Pages.plain = f"http://127.0.0.1:{plain.server_port}"
    with https_server(Pages, tmp_path_factory.mktemp("certificate")) as (address, trust):
        yield address, Pages.plain, partial(ask_address, **trust), trust
        Pages.stop.set()
    plain.shutdown()
    plain.server_close()


@pytest.mark.parametrize(
    ("path", "state", "new"),
    [
        ("/here", "reachable", ""),
        ("/no-head", "reachable", ""),
        ("/no-range", "reachable", ""),
        ("/hides", "reachable", ""),
        ("/hangs-up", "reachable", ""),
        ("/endless", "reachable", ""),
        ("/for-now", "reachable", ""),
        ("/moved", "moved", "/here"),
        ("/moved-again", "moved", "/here"),
        ("/moved#part", "moved", "/here#part"),
        ("/moved-then-for-now", "moved", "/for-now"),
        ("/gone", "gone", ""),
        ("/not-found", "gone", ""),
        ("/to-gone", "gone", ""),
    ],
)
def test_what_is_at_an_address_is_told(
    servers: tuple[str, str, Ask, dict[str, Any]], path: str, state: str, new: str
) -> None:
    address, plain, ask, _ = servers
    for base in (address, plain):
        found = ask(f"{base}{path}")
        assert (found.state, found.address) == (state, f"{base}{new}" if new else "")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/private", "answers 403"),
        ("/broken", "answers 500"),
        ("/nowhere", "answers 301"),
        ("/round", "too often"),
        ("/to-ftp", "not https"),
        ("/to-http", "not https"),
        ("/to-start", "start page"),
    ],
)
def test_what_cannot_be_said_is_told_with_the_reason(
    servers: tuple[str, str, Ask, dict[str, Any]], path: str, why: str
) -> None:
    address, _, ask, _ = servers
    found = ask(f"{address}{path}")
    assert found.state == "unknown"
    assert why in found.why


@pytest.mark.parametrize("path", ["/slow", "/drips"])
def test_a_host_that_does_not_come_to_an_end_is_given_up(
    servers: tuple[str, str, Ask, dict[str, Any]], path: str
) -> None:
    for base in servers[:2]:
        assert servers[2](f"{base}{path}", seconds=0.5) == Answer("unknown", why="timed out")


def test_size_and_type_of_what_is_there_are_told(servers: tuple[str, str, Ask, dict[str, Any]]) -> None:
    address, _, ask, _ = servers
    assert ask(f"{address}/no-head") == Answer("reachable", status=206, kind="image/png", size=1234)
    assert ask(f"{address}/moved").kind == "image/png"


def test_nothing_of_the_user_is_sent(servers: tuple[str, str, Ask, dict[str, Any]]) -> None:
    address, _, ask, _ = servers
    ask(f"{address}/here")
    ask(f"{address}/here")
    assert set(Pages.headers_of["/here"]) == {"Host", "Accept-Encoding", "Accept", "User-Agent"}
    assert Pages.headers_of["/here"]["User-Agent"] == "partner-tui"


def test_what_is_reachable_by_head_is_not_asked_again(servers: tuple[str, str, Ask, dict[str, Any]]) -> None:
    address, _, ask, _ = servers
    Pages.asked.clear()
    ask(f"{address}/here?once")
    ask(f"{address}/")
    assert Pages.asked == [("HEAD", "/here?once"), ("GET", "/here?once"), ("HEAD", "/")]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://localhost/x", "not a public host"),
        ("http://127.0.0.1:9/x", "not a public host"),
        ("http://169.254.169.254/latest", "not a public host"),
        ("file:///etc/passwd", "only https and http"),
        ("ftp://example.org/x", "only https and http"),
        ("https://u:secret@example.org/x", "host name is invalid"),
        ("https://example.org/\r\nHost: x", "invalid characters"),
        ("https://a..b/x", "a host name is invalid"),
    ],
)
def test_other_addresses_are_not_asked(url: str, why: str) -> None:
    found = ask_address(url)
    assert found.state == "unknown"
    assert why in found.why
    assert "secret" not in found.why


def test_a_certificate_is_asked_for_and_has_to_be_known(
    servers: tuple[str, str, Ask, dict[str, Any]],
) -> None:
    address, plain, ask, trust = servers
    found = ask_address(f"{address}/here", is_allowed=trust["is_allowed"])
    assert found.state == "unknown"
    assert "its certificate is not valid" in found.why
    assert ask(f"{plain.replace('http', 'https')}/here").state == "unknown"


def test_nobody_at_the_port_is_not_known(servers: tuple[str, str, Ask, dict[str, Any]]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages, bind_and_activate=False) as free:
        free.server_bind()  # nobody listens
        found = servers[2](f"http://127.0.0.1:{free.socket.getsockname()[1]}/here")
    assert (found.state, found.why) == ("unknown", "Connection refused")
