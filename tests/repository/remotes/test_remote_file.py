"""Fetching what lies elsewhere: https alone, public hosts alone, bounded; against a real server with a certificate."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler

import pytest

from partner_tui.errors import RemoteFileError
from partner_tui.repository.remotes.remote_file import (
    MAX_BYTES,
    check_address,
    fetch_text,
    is_public,
)
from tests.repository.remotes.https_server import https_server

Fetch = Callable[..., str]


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        moved = {
            "/moved": "/rdf.yaml",
            "/to-http": "http://127.0.0.1/rdf.yaml",
            "/to-file": "file:///etc/passwd",
            "/round": "/round",
        }
        body = {"/rdf.yaml": b"name: Bl\xc3\xbcten\n", "/large": b"x" * (MAX_BYTES + 1), "/binary": b"\xff\0"}
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
        elif self.path == "/slow":
            time.sleep(1.5)
        elif self.path == "/drips":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):  # the client has gone
                for _ in range(30):
                    self.wfile.write(b"a")
                    time.sleep(0.05)
        elif self.path in body:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Fetch]]:
    """The server's address, and `fetch_text` that trusts it and may reach this machine."""
    with https_server(Pages, tmp_path_factory.mktemp("certificate")) as (address, trust):
        yield address, partial(fetch_text, **trust)


def test_a_text_is_fetched_redirects_followed(base: tuple[str, Fetch]) -> None:
    address, fetch = base
    assert fetch(f"{address}/rdf.yaml#part") == "name: Blüten\n"
    assert fetch(f"{address}/moved") == "name: Blüten\n"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/to-http", "only https"),
        ("/to-file", "only https"),
        ("/round", "too often"),
        ("/large", "larger than 2 MiB"),
        ("/binary", "not UTF-8 text"),
        ("/missing", "404"),
    ],
)
def test_what_is_no_bounded_text_by_https_is_refused(base: tuple[str, Fetch], path: str, said: str) -> None:
    address, fetch = base
    with pytest.raises(RemoteFileError, match=said):
        fetch(f"{address}{path}")


@pytest.mark.parametrize("path", ["/slow", "/drips"])
def test_a_slow_server_is_given_up(base: tuple[str, Fetch], path: str) -> None:
    address, fetch = base
    with pytest.raises(RemoteFileError, match="timed out"):
        fetch(f"{address}{path}", seconds=0.5)


def test_internal_addresses_are_never_connected_to(base: tuple[str, Fetch]) -> None:
    address, _ = base
    with pytest.raises(RemoteFileError, match="not a public host"):
        fetch_text(f"{address}/rdf.yaml")
    with pytest.raises(RemoteFileError, match="not a public host"):
        fetch_text("https://localhost/rdf.yaml")


def test_an_unknown_certificate_is_refused(base: tuple[str, Fetch]) -> None:
    address, _ = base
    with pytest.raises(RemoteFileError, match="cannot be reached"):
        fetch_text(f"{address}/rdf.yaml", is_allowed=lambda address: True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
        "nonsense",
    ],
)
def test_such_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are() -> None:
    assert is_public("140.82.121.4")
    assert is_public("2606:4700::6810:84e5")


@pytest.mark.parametrize(
    "url",
    [
        "http://x.org/a",
        "file:///etc/passwd",
        "ftp://x.org/a",
        "https:///a",
        "https://u:p@x.org/a",
        "https://[x/a",
        "https://x.org/a b",
        "https://x.org/\r\nHost: y",
        "https://x.org:0/",
        "https://x.org:99999/",
    ],
)
def test_other_addresses_are_not_fetched(url: str) -> None:
    with pytest.raises(RemoteFileError) as caught:
        check_address(url)
    assert ":p@" not in caught.value.message
