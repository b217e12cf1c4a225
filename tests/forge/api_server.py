"""A small HTTP server in the place of GitHub's API: it answers as it is told, and keeps what it was asked with which token."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from partner_tui.forge.hosts import Forge

HEAD = "a" * 40


@dataclass(frozen=True)
class Answer:
    """One answer; `is_lost` closes the connection without any."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    is_endless: bool = False
    is_lost: bool = False


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    token: str
    body: Any


class ApiServer:
    """Answers what `answers` has for ``METHOD /path``; a callable gets the request. 404 for anything else."""

    def __init__(self, answers: dict[str, Answer | Callable[[Asked], Answer]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.api = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def forge(self) -> Forge:
        return Forge("localhost", self.url, "o/r")

    def __enter__(self) -> ApiServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def _serve(self) -> None:
        api: ApiServer = self.server.api  # type: ignore[attr-defined]
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(
            self.command, self.path, self.headers.get("Authorization", ""), json.loads(raw) if raw else None
        )
        api.asked.append(asked)
        found = api.answers.get(
            f"{self.command} {self.path.partition('?')[0]}", Answer(404, {"message": "Not Found"})
        )
        answer = found(asked) if callable(found) else found
        if answer.is_lost:
            self.close_connection = True
            return
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.is_endless:
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * 1_000_000)
            except OSError:
                self.close_connection = True
            return
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = _serve


def pull(number: int = 7, url: str = "", **more: Any) -> dict[str, Any]:
    """A pull request as the API gives it."""
    return {
        "url": f"{url}/repos/o/r/pulls/{number}",
        "html_url": f"https://example.org/o/r/pull/{number}",
        "number": number,
        "title": "Add a model",
        "body": "It segments nuclei.",
        "state": "open",
        "draft": False,
        "merged_at": None,
        "user": {"login": "ada"},
        "labels": [{"name": "new model"}],
        "head": {"sha": HEAD, "ref": "model"},
        **more,
    }
