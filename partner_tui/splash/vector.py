"""SVG to PNG by resvg, after taking out what could reach outside the file or blow up when it is drawn.

resvg runs no scripts and fetches nothing, but it does load pictures by path from this disk: those are removed first.
"""

from __future__ import annotations

import base64
import binascii
import re
from xml.etree import ElementTree

from partner_tui.splash.decoding import PictureError, raster_size

#: How many elements an SVG may come to once its references (use, patterns, masks) are followed.
EXPANDED_ELEMENTS = 200_000

#: The largest raster picture inside an SVG that is drawn, in pixels.
EMBEDDED_PIXELS = 4_000_000

#: Width and height of the drawing, at most, in pixels.
LARGEST_SIDE = 2400

#: Nested deeper than this nothing is drawn; it also keeps the recursion below flat.
DEPTH = 200

_LOCAL_REFERENCE = re.compile(r"""(?:^|url\(\s*['"]?)#([^\s'")]+)""")
_LOADING = {"image", "feImage", "foreignObject", "script"}
_EMBEDDED = ("data:image/png", "data:image/jpeg", "data:image/gif")


def render_svg(data: bytes, max_pixels: int) -> bytes:
    """Draw an SVG as a PNG, contained in a square of four times `max_pixels` (scaling it down smooths it).

    Raises:
        PictureError: Not an SVG, or one that refers to itself so often that drawing it would not end.
    """
    import resvg_py

    root = _parse(data)
    _drop_loading(root)
    _refuse_bombs(root)
    side = min(LARGEST_SIDE, max(1, int(2 * max_pixels**0.5)))
    text = ElementTree.tostring(root, encoding="unicode")
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=side, height=side, skip_system_fonts=True))
    except (ValueError, RuntimeError) as error:
        raise PictureError("this SVG cannot be drawn") from error


def _parse(data: bytes) -> ElementTree.Element:
    if b"<!ENTITY" in data:
        raise PictureError("an SVG with entities is not drawn")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise PictureError("this is no SVG: the XML is broken") from error
    if _local(root) != "svg":
        raise PictureError(f"this is no SVG: its root is <{_local(root)[:20]}>")
    return root


def _drop_loading(root: ElementTree.Element) -> None:
    """Remove what loads or embeds documents; raster pictures inside the SVG stay while they are small."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child) in _LOADING and not _is_small_embedded(child):
                parent.remove(child)


def _is_small_embedded(element: ElementTree.Element) -> bool:
    if _local(element) != "image":
        return False
    links = [value for name, value in element.attrib.items() if name.rpartition("}")[2] == "href"]
    if len(links) != 1 or not links[0].startswith(_EMBEDDED):
        return False
    try:
        width, height = raster_size(base64.b64decode(links[0].partition(",")[2]))
    except (PictureError, binascii.Error):
        return False
    return width * height <= EMBEDDED_PIXELS


def _refuse_bombs(root: ElementTree.Element) -> None:
    """Count the elements with every reference followed; a chain of ten references of ten each is ten thousand million."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    counted: dict[ElementTree.Element, int] = {}

    def count(element: ElementTree.Element, depth: int, above: frozenset[str]) -> int:
        if element in counted:
            return counted[element]
        if depth > DEPTH:
            raise PictureError("this SVG is nested too deeply to be drawn")
        own_id = element.get("id")
        above = above | {own_id} if own_id else above
        total = 1 + sum(count(child, depth + 1, above) for child in element)
        for value in element.attrib.values():
            for name in _LOCAL_REFERENCE.findall(value):
                if name in by_id and name not in above:
                    total += count(by_id[name], depth + 1, above)
        if total > EXPANDED_ELEMENTS:
            raise PictureError("this SVG refers to itself too often to be drawn")
        counted[element] = total
        return total

    count(root, 0, frozenset())


def _local(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
