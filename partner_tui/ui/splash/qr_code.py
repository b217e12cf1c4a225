"""A link as a QR code that a phone can read from the terminal: dark on light, whatever the theme."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.dialog import Dialog

QUIET_ZONE = 2
"""Light modules around the code, at least: fewer than the standard's four, which readers accept, so that 24 rows hold it."""


def code_lines(text: str) -> list[str]:
    """The code in half blocks, two modules a row: what is drawn is light."""
    import segno

    code = segno.make(text, error="l", micro=False)
    rows = [list(map(bool, row)) for row in code.matrix_iter(border=QUIET_ZONE)]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return [
        "".join(signs[above, below] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]


class QrScreen(Dialog[None]):
    """One code, and the address that it holds."""

    TITLE = "QR code"
    HELP = "Point a phone's camera at the code. Any key goes back."
    CSS = """
    QrScreen {
        background: $background;
        #code { width: auto; height: auto; color: #ffffff; background: #000000; }
        #address { width: auto; max-width: 100%; height: auto; margin-top: 1; }
    }
    """
    BINDINGS = [bind("escape,enter,q,r", "dismiss", "Back", "qr.back", "Back to the links")]

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def compose(self) -> ComposeResult:
        lines = code_lines(self._url)
        size = self.app.size
        if len(lines) > size.height or len(lines[0]) > size.width:
            needed = f"{len(lines[0])} x {len(lines)}"
            yield Static(f"The code needs a terminal of {needed} cells.", id="too-small", markup=False)
        else:
            yield Static(Content("\n".join(lines)), id="code")
        if len(lines) + 2 <= size.height:
            yield Static(visible(self._url, 400), id="address", markup=False)
