"""What a key in the splash form takes until the preview shows it, with the demo's pictures drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories
from tests.benchmarks.figure import Figure, key_figure
from tests.benchmarks.watched import Watched

SIZES = ((120, 36), (200, 60))
KEYS = 40
_NAME = "BioImage.IO | Microscopy Meadow"


def preview() -> Iterator[Figure]:
    """Letters typed into the title, which stands in large ones below the page's bar."""
    for width, height in SIZES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            home = Path(folder)
            demo = build_demo(home / "demo", Directories.of_user())
            with Watched(str(demo.clone), home=home, size=(width, height)) as app:
                app.seconds_until(lambda one: "Entries" in one.line(1))
                app.keys("3")
                app.seconds_until(lambda one: _bar(one) is not None)
                app.idle(2)  # the pictures are drawn
                app.keys("j", "enter")
                app.seconds_until(lambda one: "Leave field" in one.line(one.screen.lines - 1))
                yield key_figure("preview", _typed(app), f"in the preview at {width}x{height}", 100)


def _typed(app: Watched) -> list[float]:
    """Milliseconds of each letter and of each backspace."""
    top = _bar(app)
    assert top is not None

    def title(one: Watched) -> list[str]:
        return [_page(one, y) for y in range(top + 1, one.screen.lines // 2)]

    app.keys("x")  # the first edit brings the pane of unsaved changes up, and one line less for the page
    app.idle(1)
    presses: list[float] = []
    for number in range(KEYS):
        presses.append(1000 * app.key_seconds("backspace" if number % 2 else "x", title))
        app.idle(0.15)
    return presses


def _bar(app: Watched) -> int | None:
    """The line of the preview with the page's bar."""
    return next((y for y in range(2, 8) if _NAME in _page(app, y)), None)


def _page(app: Watched, y: int) -> str:
    """A line of the preview: what is right of the form's border."""
    return app.line(y).rpartition("││")[2]
