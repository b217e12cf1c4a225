"""Takes a picture of the demo's splash studio in a real kitty, with pictures by its graphics protocol: screenshots/studio.png.

`python screenshots/graphics.py`, where kitty, Xvfb, xwd and xdotool are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from partner_tui.demo.build import build_demo  # noqa: E402
from tests.ui.graphics.real_terminals import real_terminal  # noqa: E402

SIZE = (1500, 840)
SECONDS = 25
"""Until everything is checked, and after the keys until pictures are drawn."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = build_demo(Path(folder) / "demo").clone
        with real_terminal("kitty", Path(folder), "-m", "partner_tui", str(clone), size=SIZE) as terminal:
            time.sleep(SECONDS)
            terminal.press("3")
            time.sleep(SECONDS / 2)
            terminal.press("F4", "F4")
            time.sleep(SECONDS / 2)
            terminal.pixels().quantize(200).save(HERE / "studio.png", optimize=True)


if __name__ == "__main__":
    main()
