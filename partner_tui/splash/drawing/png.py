"""A scene of a window as PNG: its SVG drawn by resvg, which loads and runs nothing; no browser is needed.

Letters are of the app's own font; those that it does not have are of a font of the system, where there is one.
"""

from __future__ import annotations

from importlib import resources

from partner_tui.splash.drawing.svg import as_svg
from partner_tui.splash.drawing.terminal import Pixels, no_pixels
from partner_tui.splash.scene.blocks import Scene
from partner_tui.splash.scene.font import FAMILY


def as_png(scene: Scene, pixels: Pixels = no_pixels) -> bytes:
    """One pixel for each CSS pixel of the window."""
    import resvg_py

    font = resources.files("partner_tui.splash.scene").joinpath("data", "Roboto.ttf")
    with resources.as_file(font) as path:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=as_svg(scene, pixels), font_files=[str(path)], sans_serif_family=FAMILY
            )
        )
