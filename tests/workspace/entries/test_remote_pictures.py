"""Pictures of other hosts: none is asked unasked, each is bounded and kept, and what fails says why; by a real https server."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PIL import Image

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.files import FetchedOverlay, NoFiles
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.raster import NOT_DOWNLOADED, SIZE_LIMIT
from partner_tui.pictures.source import resolve_picture
from partner_tui.repository.remotes.remote_file import fetch_bytes
from partner_tui.settings import Directories
from partner_tui.splash.scene.blocks import Window
from partner_tui.workspace.entries.remote_pictures import RemotePictures, by_host
from partner_tui.workspace.headless.splash import lay_out
from partner_tui.workspace.opening.opening import ManifestLocation
from tests.repository.remotes.https_server import https_server

Fetch = Callable[[str, int], bytes]


def _png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (3, 2), (10, 200, 30)).save(data, format="png")
    return data.getvalue()


class Pages(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        bodies = {"/a.png": _png(), "/text.png": b"no picture", "/large.png": b"x" * (SIZE_LIMIT + 1)}
        if self.path not in bodies:
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(bodies[self.path])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Fetch]]:
    with https_server(Pages, tmp_path_factory.mktemp("certificate")) as (address, trust):
        yield address, partial(fetch_bytes, **trust)


class Looking:
    """Looks at pictures as a view does: again when it is told that something changed."""

    def __init__(self, state: Path, fetch: Fetch | None) -> None:
        self.pictures = RemotePictures(state, fetch=fetch)
        self.files = FetchedOverlay(NoFiles(), lambda address: None, self.pictures.read)
        self._changed = threading.Event()
        self.pictures.on_change = self._changed.set

    def look(self, address: str) -> Image.Image:
        return load_picture(resolve_picture(address, self.files), self.files, 10_000)

    def said(self, address: str) -> str:
        """What is said in the end of a picture that is not shown."""
        with pytest.raises(PartnerTuiError) as first:
            self.look(address)
        if "downloading" not in first.value.message:
            return first.value.message
        assert self._changed.wait(60)
        self._changed.clear()
        with pytest.raises(PartnerTuiError) as last:
            self.look(address)
        return last.value.message


def test_a_picture_is_asked_for_once_after_its_host_was_agreed_to(
    server: tuple[str, Fetch], tmp_path: Path
) -> None:
    address, fetch = server
    Pages.asked.clear()
    looking = Looking(tmp_path, fetch)
    assert looking.said(f"{address}/a.png") == NOT_DOWNLOADED
    assert Pages.asked == []
    looking.pictures.agree(["127.0.0.1"])
    with pytest.raises(PartnerTuiError, match=r"downloading the picture from 127\.0\.0\.1"):
        looking.look(f"{address}/a.png")
    assert looking._changed.wait(60)
    assert looking.look(f"{address}/a.png").getpixel((0, 0)) == (10, 200, 30, 255)
    looking.pictures.close()
    # The next session asks nobody: neither the user nor the server.
    assert Looking(tmp_path, fetch).look(f"{address}/a.png").size == (3, 2)
    assert Pages.asked == ["/a.png"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/text.png", "this image format is not supported"),
        ("/large.png", "is larger than 8 MiB"),
        ("/missing.png", "answers 404"),
    ],
)
def test_what_is_no_bounded_picture_says_so(
    server: tuple[str, Fetch], tmp_path: Path, path: str, said: str
) -> None:
    address, fetch = server
    looking = Looking(tmp_path, fetch)
    looking.pictures.agree(["127.0.0.1"])
    if path == "/text.png":  # it comes, and is none
        with pytest.raises(PartnerTuiError, match="downloading"):
            looking.look(address + path)
        assert looking._changed.wait(60)
    assert said in looking.said(address + path)


def test_a_private_address_is_refused_though_its_host_was_agreed_to(
    server: tuple[str, Fetch], tmp_path: Path
) -> None:
    address, _ = server
    looking = Looking(tmp_path, None)
    looking.pictures.agree(["127.0.0.1"])
    assert "not a public host" in looking.said(f"{address}/a.png")


def test_http_is_never_asked(tmp_path: Path) -> None:
    looking = Looking(tmp_path, lambda address, limit: pytest.fail(address))
    looking.pictures.agree(["example.org"])
    assert "only https URLs" in looking.said("http://example.org/a.png")


def test_hosts_are_counted_with_their_different_pictures() -> None:
    addresses = [
        "https://b.org/1",
        "https://B.org/2",
        "https://b.org/1",
        "https://a.org/1",
        "http://c.org/1",
        "x",
    ]
    assert list(by_host(addresses).items()) == [("b.org", 2), ("a.org", 1)]


def test_where_pictures_cannot_be_kept_a_host_is_asked_once_and_it_is_said(
    server: tuple[str, Fetch], tmp_path: Path
) -> None:
    address, fetch = server
    Pages.asked.clear()
    looking = Looking(tmp_path, fetch)
    looking.pictures.agree(["127.0.0.1"])
    looking.pictures.folder.write_text("a file is in the way")
    assert "downloading" not in looking.said(f"{address}/a.png")
    assert "downloading" not in looking.said(f"{address}/a.png")
    assert Pages.asked == ["/a.png"]


def test_a_splash_is_drawn_with_what_its_hosts_send(tmp_path: Path, server: tuple[str, Fetch]) -> None:
    address, fetch = server
    (tmp_path / "collection.yaml").write_text(
        f"config: {{resource_types: [model], background_image: {address}/a.png}}\n"
    )
    directories = Directories(*(tmp_path / name for name in ("config", "data", "state", "cache")))
    remote = RemotePictures(tmp_path / "state", fetch=fetch)
    place = ManifestLocation(tmp_path, "collection.yaml", in_repository=False)
    shown = lay_out(place, "classic", Window(), 1, directories, remote)
    assert list(shown.hosts()) == ["127.0.0.1"] and not shown.pictures.images
    remote.agree(shown.hosts())
    told: list[str] = []
    shown.download(remote, lambda progress: told.append(progress.words))
    assert [image.size for image in shown.pictures.images.values()] == [(3, 2)]
    assert told == ["Downloading pictures"] and not shown.hosts() and not shown.unseen
