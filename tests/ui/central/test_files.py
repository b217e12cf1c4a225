"""The page Files says which files are not right, asks hosts for theirs when the user agrees, and writes what is right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from partner_tui.central.checksums import NamedFile
from partner_tui.errors import Cancelled
from partner_tui.repository.remotes import remote_file
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.files_page import FilesList, FilesPage
from partner_tui.ui.central.view import CentralView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.workspace.workspace import Workspace
from tests.repository.remotes.https_server import https_server
from tests.small_partner import make_repository
from tests.ui.central.driving import open_page
from tests.ui.waiting import screen_text, until

MakeApp = Callable[..., PartnerApp]
MANIFEST = """\
config: {id: meadow}
collection:
- {id: fern, rdf_source: fern/rdf.yaml}
"""
RDF = """\
type: model
format_version: 0.4.10
weights:
  onnx: {source: w.onnx, sha256: 0123}
  torchscript: {source: gone.pt}
  keras_hdf5: {source: big.h5}
"""
STORED = "ab" * 32
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{STORED}\nsize 12\n"


def states(page: FilesPage) -> list[tuple[str, str]]:
    return [(row.name, row.sign[2]) for row in page.files.rows]


@pytest.mark.slow
async def test_wrong_and_missing_checksums_are_written_as_one_step(make_app: MakeApp, tmp_path: Path) -> None:
    files = {
        "collection.yaml": MANIFEST,
        "fern/rdf.yaml": RDF,
        "fern/w.onnx": "weights",
        "fern/big.h5": POINTER,
    }
    clone = make_repository(tmp_path / "meadow", files)
    actual = hashlib.sha256(b"weights").hexdigest()
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        page = await open_page(pilot, FilesPage, "files")
        await until(pilot, lambda: page._found is not None and not app.background.running)
        assert states(page) == [
            ("fern/w.onnx", "wrong sha256"),
            ("fern/gone.pt", "no such file"),
            ("fern/big.h5", "no sha256"),
        ]
        await until(pilot, lambda: page.files.has_focus)
        await pilot.press("w")
        meant = RDF.replace("sha256: 0123", f"sha256: {actual}").replace(
            "source: big.h5", f"source: big.h5, sha256: {STORED}"
        )
        await until(pilot, lambda: (clone / "fern/rdf.yaml").read_text() == meant)
        await until(pilot, lambda: [words for _, words in states(page)] == ["no such file", "right", "right"])
        assert page.disabled_reason("write") == "Every sha256 is right."
        await pilot.press("ctrl+z")
        await until(pilot, lambda: (clone / "fern/rdf.yaml").read_text() == RDF)


@pytest.mark.slow
async def test_a_click_selects_a_file_and_enter_shows_the_entries_that_name_it(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "fern/rdf.yaml": RDF}))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_page(pilot, FilesPage, "files")
        await until(pilot, lambda: page.files.has_focus and page._found is not None)
        await pilot.click(FilesList, offset=(4, 2))
        await until(pilot, lambda: page.files.chosen is not None and page.files.chosen.name == "fern/gone.pt")
        await pilot.pause()
        assert page.files.has_focus
        await pilot.press("enter")
        await until(pilot, lambda: "id:fern" in screen_text(app))


@pytest.mark.slow
async def test_files_whose_reading_was_stopped_say_so_and_are_read_with_a_reload(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def read_until_stopped(workspace: Workspace, cancelled: Event, tell: object) -> list[NamedFile]:
            cancelled.wait()
            raise Cancelled

        patch.setattr("partner_tui.ui.central.files_page.read_named", read_until_stopped)
        app = make_app(
            make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "fern/rdf.yaml": RDF})
        )
        async with app.run_test(size=(80, 24)) as pilot:
            page = await open_page(pilot, FilesPage, "files")
            await until(pilot, lambda: any(one.title == "reading files" for one in app.background.running))
            assert page.disabled_reason("write") == "Files: still being read."
            await until(pilot, lambda: len(app.background.running) == 1)
            await pilot.press("escape")
            await until(pilot, lambda: page.disabled_reason("write") == "Stopped. Press ctrl+r to reload.")
            patch.undo()
            await pilot.press("ctrl+r")
            await until(pilot, lambda: [name for name, _ in states(page)][:1] == ["fern/w.onnx"])


class Pages(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        status = {"/old.md": 301, "/new.md": 200, "/cover.png": 200, "/gone.zip": 404}[self.path]
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new.md")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.slow
async def test_hosts_are_asked_once_agreed_to_and_what_moved_is_written(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(Pages, tmp_path) as (address, trust):
        monkeypatch.setattr(remote_file, "ask_address", partial(remote_file.ask_address, **trust))
        text = (
            "config: {id: meadow}\ncollection:\n- id: fern\n"
            f"  covers: [small.png, tall.png, 'lost.png', '{address}/cover.png']\n"
            f"  documentation: {address}/old.md  # kept\n"
            f"- {{id: moss, rdf_source: moss/rdf.yaml, download_url: '{address}/gone.zip'}}\n"
        )
        rdf = f"type: dataset\ndocumentation: {address}/old.md\n"
        files = {"collection.yaml": text, "moss/rdf.yaml": rdf}
        clone = make_repository(tmp_path / "meadow", files)
        for name, size in (("small.png", (300, 200)), ("tall.png", (200, 500))):
            Image.new("RGB", size).save(clone / name)
        app = make_app(clone)
        async with app.run_test(size=(120, 36)) as pilot:
            page = await open_page(pilot, FilesPage, "files")
            await until(pilot, lambda: page._found is not None and not app.background.running)
            assert states(page) == [
                ("lost.png", "not shown"),
                ("tall.png", "looks wrong"),
                ("small.png", "right"),
                (f"{address}/cover.png", "not asked"),
                (f"{address}/old.md", "not asked"),
                (f"{address}/gone.zip", "not asked"),
            ]

            await until(pilot, lambda: page.files.has_focus)
            await pilot.press("c")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            shown = screen_text(app)
            assert "127.0.0.1: 3 requests" in shown
            assert all(f"{address}/{name}" in shown for name in ("cover.png", "old.md", "gone.zip"))
            assert Pages.asked == []  # nobody agreed yet
            await pilot.press("y")
            await until(pilot, lambda: "gone" in [words for _, words in states(page)])
            await until(pilot, lambda: not app.background.running)
            assert states(page)[3:] == [
                (f"{address}/gone.zip", "gone"),
                (f"{address}/old.md", "moved"),
                (f"{address}/cover.png", "looks wrong"),
            ]
            assert sorted(Pages.asked) == ["/cover.png", "/gone.zip", "/gone.zip", "/new.md", "/old.md"]

            await pilot.press("F")
            moved = text.replace("/old.md", "/new.md")
            await until(pilot, lambda: (clone / "collection.yaml").read_text() == moved)
            assert (clone / "moss/rdf.yaml").read_text() == rdf.replace("/old.md", "/new.md")
            await until(pilot, lambda: page._found is not None and not app.background.running)
            assert (f"{address}/new.md", "not asked") in states(page)
            await pilot.press("ctrl+z")
            await until(pilot, lambda: (clone / "collection.yaml").read_text() == text)
            await until(pilot, lambda: not app.background.running)
            # What was answered is kept: nobody is asked for it again.
            await until(pilot, lambda: (f"{address}/old.md", "moved") in states(page))
            assert len(Pages.asked) == 5


@pytest.mark.slow
async def test_a_page_that_is_passed_over_before_it_is_laid_out_reads_all_the_same(
    make_app: MakeApp, tmp_path: Path
) -> None:
    clone = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "fern/rdf.yaml": RDF})
    app = make_app(clone)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_page(pilot, FilesPage, "compiled")
        central = pilot.app.screen.query_one(CentralView)
        central.tab = "files"
        central.tab = "trend"
        await until(pilot, lambda: bool(page.files.rows))
        assert [page.files.draw(row).plain.split()[0] for row in page.files.rows] == ["?"] * 3
