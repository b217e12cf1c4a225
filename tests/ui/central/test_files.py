"""The page Files says which checksums are wrong, and writes the right ones as one step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.files_page import FilesPage
from partner_tui.ui.central.view import CentralView
from tests.small_partner import make_repository
from tests.ui.waiting import opened_frame, until

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
        await opened_frame(pilot)
        await pilot.press("4")
        await until(pilot, lambda: bool(app.screen.query(FilesPage)))
        app.screen.query_one(CentralView).tab = "files"
        page = app.screen.query_one(FilesPage)
        await until(pilot, lambda: len(page.files.named) == 3 and page._is_read)
        assert [(one.file, one.state) for one in page.files.named] == [
            ("fern/w.onnx", "wrong"),
            ("fern/gone.pt", "absent"),
            ("fern/big.h5", "unstated"),
        ]
        page.focus_main()
        await pilot.press("w")
        meant = RDF.replace("sha256: 0123", f"sha256: {actual}").replace(
            "source: big.h5", f"source: big.h5, sha256: {STORED}"
        )
        await until(pilot, lambda: (clone / "fern/rdf.yaml").read_text() == meant)
        await until(pilot, lambda: [one.state for one in page.files.named] == ["absent", "right", "right"])
        assert page.disabled_reason("write") == "Every sha256 is right."
        await pilot.press("ctrl+z")
        await until(pilot, lambda: (clone / "fern/rdf.yaml").read_text() == RDF)
