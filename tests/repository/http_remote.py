"""A git remote over HTTP on this machine: git's own http-backend behind a threaded server, for tests of every part.

with HttpRemote(folder_of_bare_repositories, user="ada", password="secret") as remote:
    clone(parse_source(remote.url("partner.git")), target, credentials=...)
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit


class HttpRemote:
    """Serves the bare repositories below a folder.

    Args:
        user: With ``password``, asked for by basic authentication, for reading too; None to let everybody in.
        delay: Seconds to wait after each piece of ``piece`` bytes of a pack, to make a transfer slow.
        status: Answers every request with this instead, such as 403.

    ``served`` counts the bytes of all answers.
    """

    def __init__(
        self,
        folder: Path,
        *,
        user: str | None = None,
        password: str | None = None,
        delay: float = 0,
        piece: int = 1024,
        status: int | None = None,
    ) -> None:
        self.folder = folder
        self.login = base64.b64encode(f"{user}:{password}".encode()).decode() if user is not None else None
        self.delay = delay
        self.piece = piece
        self.status = status
        self.served = 0
        self.requests: list[str] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.remote = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def url(self, name: str, user_info: str = "") -> str:
        """The URL of one repository, with ``user_info`` such as ``ada:secret@`` in front of the host."""
        return f"http://{user_info}127.0.0.1:{self._server.server_port}/{name}"

    def __enter__(self) -> HttpRemote:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    @property
    def remote(self) -> HttpRemote:
        found: HttpRemote = self.server.remote  # type: ignore[attr-defined]
        return found

    def _serve(self) -> None:
        body = b"".join(self._body())
        self.remote.requests.append(f"{self.command} {self.path}")
        if self.remote.status is not None:
            self._refuse(self.remote.status)
        elif (
            self.remote.login is not None
            and self.headers.get("Authorization") != f"Basic {self.remote.login}"
        ):
            self._refuse(401)
        else:
            self._run_backend(body)

    def _body(self) -> Iterator[bytes]:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while size := int(self.rfile.readline().split(b";")[0], 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            yield self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="test"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _run_backend(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.remote.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_CONFIG_KEY_1": "http.receivepack",
            "GIT_CONFIG_VALUE_1": "true",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_ADDR": "127.0.0.1",
        }
        git = shutil.which("git")
        assert git is not None
        backend = subprocess.Popen(
            [git, "http-backend"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
        )
        assert backend.stdin is not None and backend.stdout is not None
        feeder = threading.Thread(target=self._feed, args=(backend, body), daemon=True)
        feeder.start()
        with backend:
            try:
                self._answer(backend)
            except ConnectionError:
                backend.kill()
            feeder.join()  # or the pipe that it writes to would be closed under it

    @staticmethod
    def _feed(backend: subprocess.Popen[bytes], body: bytes) -> None:
        assert backend.stdin is not None
        try:
            backend.stdin.write(body)
            backend.stdin.close()
        except BrokenPipeError:
            pass

    def _answer(self, backend: subprocess.Popen[bytes]) -> None:
        assert backend.stdout is not None
        headers = []
        # Unbuffered, so that what follows the headers is still in the pipe.
        while (line := backend.stdout.readline()).strip():
            name, _, value = line.decode().partition(":")
            headers.append((name, value.strip()))
        status = next((value for name, value in headers if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in headers:
            if name != "Status":
                self.send_header(name, value)
        self.end_headers()
        slow = self.remote.delay > 0 and self.path.endswith("git-upload-pack")
        while part := os.read(backend.stdout.fileno(), self.remote.piece if slow else 65536):
            self.wfile.write(part)
            self.wfile.flush()
            self.remote.served += len(part)
            if slow:
                if self.remote.stopping.is_set():
                    raise ConnectionAbortedError
                time.sleep(self.remote.delay)
