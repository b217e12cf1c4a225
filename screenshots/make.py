"""Draw every screen of the demo as SVG and PNG: `python screenshots/make.py [NAME ...]`, all of them by default.

The pictures are of the real app over the real sample partner, made without a terminal; only the folder is a temporary one.
The PNGs need the font Fira Code.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import resvg_py
from textual.pilot import Pilot

from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp

FOLDER = Path(__file__).parent
WIDTH = 1600
SETTLE_SECONDS = 0.6

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the terminal's size, the keys that lead there (or `wait`), and the theme."""

    name: str
    size: tuple[int, int]
    keys: Keys
    theme: str = "partner-dark"
    source: bool = True


WIDE, NORMAL, SMALL = (200, 60), (120, 36), (80, 24)
SHOTS = (
    Shot("start", NORMAL, (), source=False),
    Shot("entries", NORMAL, ("j", "j", "j")),
    Shot("entries-light", NORMAL, ("j", "j", "j"), theme="partner-light"),
    Shot("entries-wide", WIDE, ("j", "j", "j")),
    Shot("entries-small", SMALL, ("j", "j", "j")),
    Shot("splash", NORMAL, ("3",)),
    Shot("splash-light", NORMAL, ("3",), theme="partner-light"),
    Shot("splash-wide", WIDE, ("3",)),
    Shot("splash-small", SMALL, ("3",)),
    Shot("history", NORMAL, ("j", "j", "h", "wait")),
    Shot("history-small", SMALL, ("j", "j", "h", "wait")),
    Shot(
        "upgrade",
        NORMAL,
        ("U", "wait", "f6", "wait", *"2", "full_stop", *"10", "enter", "wait", "tab", *"k" * 21, "wait"),
    ),
    Shot("upgrade-question", NORMAL, ("U", "wait", "2")),
    Shot("upgrade-small", SMALL, ("U", "wait", "f6")),
    Shot("contributions", NORMAL, ("2", "wait", "down")),
    Shot("contributions-light", NORMAL, ("2", "wait", "down"), theme="partner-light"),
    Shot("contributions-wide", WIDE, ("2", "wait", "down")),
    Shot("contributions-small", SMALL, ("2", "wait", "down")),
    Shot("review", NORMAL, ("2", "wait", "down", "enter", "wait", "enter", "right", "wait")),
    Shot("review-light", NORMAL, ("2", "wait", "enter", "wait", "enter"), theme="partner-light"),
    Shot("review-small", SMALL, ("2", "wait", "down", "enter", "wait")),
    # The last, since they change the sample: nothing becomes of its manifest before it is repaired.
    Shot("central", NORMAL, ("4", "wait", "f", "wait", "ctrl+s", "wait", "G", *"k" * 4, "wait")),
    Shot(
        "changes",
        NORMAL,
        ("U", "wait", "a", "wait", "2", "full_stop", "9", "enter", "wait", "y", "wait", "ctrl+s", "wait"),
    ),
    Shot("changes-small", SMALL, ("5", "wait")),
)


async def draw(shot: Shot, source: str, directories: Directories) -> None:
    """Run the app, press the keys, and keep the screen as NAME.svg and NAME.png."""
    app = PartnerApp(Settings(theme=shot.theme), directories, source if shot.source else None)
    async with app.run_test(size=shot.size) as pilot:
        await settle(pilot)
        for key in shot.keys:
            await (settle(pilot) if key == "wait" else pilot.press(key))
        await settle(pilot)
        svg = app.export_screenshot(title="partner-tui", simplify=True)
    path = FOLDER / f"{shot.name}.svg"
    path.write_text(svg, "utf-8")
    picture = resvg_py.svg_to_bytes(
        svg_path=str(path), width=WIDTH, font_family="Fira Code", monospace_family="Fira Code"
    )
    path.with_suffix(".png").write_bytes(picture)
    print(path.name)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing runs any more and the last of it is on the screen."""
    app = pilot.app
    assert isinstance(app, PartnerApp)
    await pilot.pause(SETTLE_SECONDS)
    for _ in range(200):
        await pilot.pause(0.1)
        if not app.background.running:
            break
    await pilot.pause(SETTLE_SECONDS)


async def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GIT_CONFIG_GLOBAL"] = os.devnull  # so that the sample's own maintainer is the author
        directories = Directories(*(folder / kind for kind in ("config", "data", "state", "cache")))
        demo = build_demo(folder, directories)
        for shot in SHOTS:
            if not names or shot.name in names:
                await draw(shot, str(demo.clone), directories)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
