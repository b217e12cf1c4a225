"""SVG to PNG by resvg, after taking out what could reach outside the file or keep a processor busy for minutes.

resvg runs no scripts and fetches nothing, but it loads pictures by path from this disk, and it draws whatever refers to
itself a thousand million times: the first are removed, the second is counted before anything is drawn. What is still
slow ends with the child that it is drawn in.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from partner_tui.pictures.raster import PictureError, raster_header

Element = ElementTree.Element

#: How many elements an SVG may come to once its references (use, patterns, masks) are followed.
EXPANDED_ELEMENTS = 20_000

#: The largest raster picture inside an SVG that is drawn, in pixels.
EMBEDDED_PIXELS = 4_000_000

#: Width and height of the drawing, at most, in pixels.
LARGEST_SIDE = 2400

#: Nested deeper than this nothing is drawn; it also keeps the recursion below flat.
DEPTH = 200

_REFERENCE = re.compile(r"""(?:^|url\(\s*['"]?)#([^\s'")]+)""")
_CLASS = re.compile(r"\.([\w-]+)")
_FILTER = re.compile(r"\bfilter\s*:[^;}\"']*;?")
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
    _drop_filters(root)
    _refuse_bombs(root)
    side = min(LARGEST_SIDE, max(1, int(2 * max_pixels**0.5)))
    text = ElementTree.tostring(root, encoding="unicode")
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=side, height=side, skip_system_fonts=True))
    except (ValueError, RuntimeError) as error:
        raise PictureError("this SVG cannot be drawn") from error


def _parse(data: bytes) -> Element:
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise PictureError("an SVG with entities is not drawn") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise PictureError("this is not an SVG: the XML is broken") from error
    if _local(root.tag) != "svg":
        raise PictureError(f"this is not an SVG: its root is <{_local(root.tag)[:20]}>")
    return root


def _drop_loading(root: Element) -> None:
    """Remove what loads or embeds documents; raster pictures inside the SVG stay while they are small."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in _LOADING and not _is_small_embedded(child):
                parent.remove(child)


def _is_small_embedded(element: Element) -> bool:
    if _local(element.tag) != "image":
        return False
    links = [value for name, value in element.attrib.items() if _local(name) == "href"]
    if len(links) != 1 or not links[0].startswith(_EMBEDDED):
        return False
    try:
        _, (width, height) = raster_header(base64.b64decode(links[0].partition(",")[2]))
    except (PictureError, binascii.Error):
        return False
    return width * height <= EMBEDDED_PIXELS


def _drop_filters(root: Element) -> None:
    """Leave shadows and blurs out: a chain of wide ones takes minutes, and at a terminal's size none is seen."""
    for element in root.iter():
        element.attrib.pop("filter", None)
        if "style" in element.attrib:
            element.set("style", _FILTER.sub("", element.attrib["style"]))
        if _local(element.tag) == "style" and element.text:
            element.text = _FILTER.sub("", element.text)


def _refuse_bombs(root: Element) -> None:
    """Count the elements with every reference followed: ten chained references of ten each are ten thousand million."""
    by_id = {element.get("id"): element for element in root.iter()}
    by_class = _style_references(root)
    counted: dict[Element, int] = {}

    def count(element: Element, depth: int, above: frozenset[str | None]) -> int:
        if element in counted:
            return counted[element]
        if depth > DEPTH:
            raise PictureError("this SVG is nested too deeply to be drawn")
        above = above | {element.get("id")}
        total = 1 + sum(count(child, depth + 1, above) for child in element)
        for name in _references(element, by_class):
            if name in by_id and name not in above:
                total += count(by_id[name], depth + 1, above)
            if total > EXPANDED_ELEMENTS:
                raise PictureError("this SVG refers to itself too often to be drawn")
        counted[element] = total
        return total

    if count(root, 0, frozenset()) > EXPANDED_ELEMENTS:
        raise PictureError("this SVG has too many parts to be drawn")


def _references(element: Element, by_class: dict[str, set[str]]) -> Iterator[str]:
    """The ids that an element refers to, by its attributes and by its classes."""
    for value in element.attrib.values():
        yield from _REFERENCE.findall(value)
    for name in ("", *element.get("class", "").split()):
        yield from by_class.get(name, ())


def _style_references(root: Element) -> dict[str, set[str]]:
    """The ids that style rules refer to, by class; under "" those of rules for something other than classes."""
    found: dict[str, set[str]] = defaultdict(set)
    for style in root.iter():
        if _local(style.tag) == "style":
            for rule in (style.text or "").split("}"):
                selector, _, body = rule.rpartition("{")
                for name in _CLASS.findall(selector) or [""]:
                    found[name].update(_REFERENCE.findall(body))
    return found


def _local(name: object) -> str:
    """A tag or attribute without its namespace; empty for a comment."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
