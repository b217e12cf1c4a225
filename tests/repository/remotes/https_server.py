"""A real https server on this machine, with a certificate of its own: what is fetched is fetched from it."""

from __future__ import annotations

import ipaddress
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def https_server(pages: type[BaseHTTPRequestHandler], folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Its address, and the arguments with which it is trusted and this machine may be reached.

    Args:
        folder: Where its certificate is made.
    """
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    _make_certificate(key, certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    trust = {
        "context": ssl.create_default_context(cafile=str(certificate)),
        "is_allowed": lambda address: ipaddress.ip_address(address).is_loopback,
    }
    yield f"https://127.0.0.1:{server.server_address[1]}", trust
    server.shutdown()
    server.server_close()


def _make_certificate(key: Path, certificate: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=local"]
    files = ["-keyout", str(key), "-out", str(certificate), "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, *files], check=True, capture_output=True)
