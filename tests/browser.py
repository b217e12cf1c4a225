"""A real browser without a screen, driven through a pipe: what it lays out, and what it paints.

Chromium of the system, by the DevTools protocol: no driver, no port. Tests that need it are skipped where there is none.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")

_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
_BOXES = """
JSON.stringify(Object.fromEntries([...document.querySelectorAll('[id]')].map(element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return [element.id, {box: [box.x + scrollX, box.y + scrollY, box.width, box.height], text: element.innerText || '',
    color: style.color, ground: style.backgroundColor, size: parseFloat(style.fontSize), opacity: style.opacity,
    shown: element.getClientRects().length > 0}];
})))
"""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page, as it is laid out.

    Attributes:
        box: x, y, width and height, in CSS pixels of the page.
        color, ground: As ``rgb(…)``.
    """

    box: tuple[float, float, float, float]
    text: str
    color: str
    ground: str
    size: float
    opacity: str
    shown: bool


class Browser:
    """One page of a running browser."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._number = 0
        self._waiting = b""
        self._session = ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def open(self, page: Path, width: int, height: int) -> None:
        """Show a file in a window of this size, with its font at hand."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        self._ask("Page.navigate", url=page.as_uri())
        ready = "new Promise(done => addEventListener('load', done)).then(() => document.fonts.ready)"
        ready = f"(document.readyState === 'complete' ? document.fonts.ready : {ready}).then(() => 0)"
        self._ask("Runtime.evaluate", expression=ready, awaitPromise=True)

    def elements(self) -> dict[str, Element]:
        """What is laid out, by id."""
        answer = self._ask("Runtime.evaluate", expression=_BOXES)["result"]["value"]
        return {
            name: Element(**{**one, "box": tuple(one["box"])}) for name, one in json.loads(answer).items()
        }

    def screenshot(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._waiting:
                received = os.read(self._reading, 1 << 16)
                assert received, "the browser ended"
                self._waiting += received
            line, _, self._waiting = self._waiting.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Run a browser whose profile is a new folder; nothing is resolved, so that nothing can be loaded."""
    assert CHROMIUM is not None
    to_browser, writing = os.pipe()
    reading, from_browser = os.pipe()

    def give() -> None:
        # The browser reads at 3 and writes at 4; neither may be overwritten before it is copied.
        first, second = os.dup(to_browser), os.dup(from_browser)
        first, second = (os.dup(first) if first < 5 else first), (os.dup(second) if second < 5 else second)
        os.dup2(first, 3)
        os.dup2(second, 4)

    process = subprocess.Popen(
        [CHROMIUM, *_OPTIONS, f"--user-data-dir={profile}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=give,
    )
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(reading, writing)
    finally:
        os.close(writing)
        os.close(reading)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
