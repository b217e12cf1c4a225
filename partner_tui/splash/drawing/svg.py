"""A scene of a window as SVG: places as in the scene, the width of each line held, nothing loaded and nothing run.

The PNG is that SVG drawn by resvg, so that no browser is needed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from importlib import resources

from partner_tui.splash.drawing.embedding import markup, picture_uri
from partner_tui.splash.drawing.terminal import Pixels, no_pixels
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Box, Letters, Picture, Scene, Style, Text
from partner_tui.splash.scene.font import ASCENT, DESCENT, FAMILY, FONT, runs, text_width

_FALLBACK = Style(figures.QUIET, 14, 21)


def as_svg(scene: Scene, pixels: Pixels = no_pixels) -> str:
    """The part of the page that the window shows."""
    size = f'width="{scene.width}" height="{scene.height}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {scene.width} {scene.height}" '
            f'font-family="{FAMILY}, Helvetica, Arial, sans-serif">',
            f'<rect {size} fill="{scene.paper}"/>',
            *(line for block in scene.blocks for line in _draw(block, pixels)),
            "</svg>\n",
        )
    )


def as_png(scene: Scene, pixels: Pixels = no_pixels) -> bytes:
    """One pixel for each CSS pixel of the window; letters that the app's font does not have are of a font of the system."""
    import resvg_py

    with resources.as_file(FONT) as path:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=as_svg(scene, pixels), font_files=[str(path)], sans_serif_family=FAMILY
            )
        )


def _draw(block: Block, pixels: Pixels) -> Iterator[str]:
    match block:
        case Area():
            radius = f' rx="{block.radius:g}"' if block.radius else ""
            yield f'<rect id="{block.name}" {_place(block.box)}{radius} fill="{block.color}"/>'
        case Text():
            yield from _text(block)
        case Letters():
            raise ValueError("a scene of a pane has no places in pixels")
        case Picture():
            image = pixels(block)
            if image is not None:
                side = "xMidYMax" if block.bottom else "xMidYMid"
                fit = "slice" if block.fit == "cover" else "meet"
                opacity = f' opacity="{block.opacity:g}"' if block.opacity < 1 else ""
                yield (
                    f'<image id="{block.name}" {_place(block.box)} preserveAspectRatio="{side} {fit}"{opacity} '
                    f'href="{picture_uri(image, block.box)}"/>'
                )
            elif block.text:
                yield f'<rect id="{block.name}" {_place(block.box)} fill="{figures.PLACEHOLDER}"/>'
                top = block.box.y + (block.box.height - _FALLBACK.line_height) / 2
                place = Box(block.box.x, top, block.box.width, _FALLBACK.line_height)
                yield from _text(Text(f"{block.name}-text", place, (block.text,), _FALLBACK, "center"))


def _text(block: Text) -> Iterator[str]:
    style, box = block.style, block.box
    look = f'font-size="{style.size:g}" fill="{style.color}"'
    look += f' font-weight="{style.weight}"' if style.weight != 400 else ""
    look += ' text-decoration="underline"' if style.underline else ""
    baseline = box.y + (style.line_height - (ASCENT + DESCENT) * style.size) / 2 + ASCENT * style.size
    yield f'<g id="{block.name}" {look}>'
    if block.bullet:
        middle, radius = baseline - 0.32 * style.size, 0.17 * style.size
        yield f'<circle cx="{box.x - 0.67 * style.size:.2f}" cy="{middle:.2f}" r="{radius:.2f}" fill="{style.color}"/>'
    for number, line in enumerate(block.lines):
        width = text_width(line, style.size, style.weight)
        x = box.x + ((box.width - width) / 2 if block.align == "center" else 0)
        y = baseline + number * style.line_height
        for start, run, length in _runs(line, style):
            # Held, so that another font of whoever looks at it cannot leave the place.
            held = f' textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"' if len(run) > 1 else ""
            yield f'<text x="{x + start:.2f}" y="{y:.2f}"{held} xml:space="preserve">{markup(run)}</text>'
    yield "</g>"


def _runs(line: str, style: Style) -> Iterator[tuple[float, str, float]]:
    """Parts of one font, each with its place and width; a line in which letters go to the left is one part."""
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in line):
        yield 0, line, text_width(line, style.size, style.weight)
        return
    start = 0.0
    for _, run in runs(line):
        width = text_width(run, style.size, style.weight)
        yield start, run, width
        start += width


def _place(box: Box) -> str:
    return (
        f'x="{box.x:.2f}" y="{box.y:.2f}" width="{max(0, box.width):.2f}" height="{max(0, box.height):.2f}"'
    )
