"""A scene of a window as one HTML file: pictures and font in it, a policy that lets nothing be loaded or run.

The classic page is laid out by the browser itself, by the site's figures, so that it fits any window; the other views have
the places of the scene.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from partner_tui.addresses.urls import is_url
from partner_tui.splash.drawing.embedding import data_uri, markup, picture_uri
from partner_tui.splash.drawing.style_sheet import CLASSIC, OTHERS, font_face, place_rule
from partner_tui.splash.drawing.terminal import Pixels, no_pixels
from partner_tui.splash.scene.blocks import Area, Picture, Scene, Text
from partner_tui.splash.scene.font import font_bytes
from partner_tui.splash.scene.pages import SITE_NAME


def as_html(scene: Scene, pixels: Pixels = no_pixels) -> str:
    """The page; of the classic one, all that a higher window shows."""
    if scene.view == "classic":
        style, body = CLASSIC, "\n".join(_classic(scene, pixels))
    else:
        style, body = OTHERS + _places(scene), "\n".join(_placed(scene, pixels))
    style = font_face(data_uri("font/ttf", font_bytes())) + style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = _whole(scene, "navbar-text") or SITE_NAME
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{markup(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _classic(scene: Scene, pixels: Pixels) -> Iterator[str]:
    yield f'<nav id="navbar"><div id="navbar-text">{_navbar(_whole(scene, "navbar-text"))}</div></nav>'
    yield '<main id="hero">'
    for background in scene.pictures:
        if background.name == "background":
            yield _picture(background, pixels)
    yield '<div class="container">'
    for tag, name in (("h1", "title"), ("h2", "subtitle")):
        if text := _whole(scene, name):
            yield f'<{tag} id="{name}">{markup(text)}</{tag}>'
    features = [text for text in scene.texts if text.name.startswith("feature-")]
    if features:
        yield '<ul class="features">'
        for feature in features:
            yield f'<li id="{feature.name}">{markup(feature.whole if isinstance(feature, Text) else "")}</li>'
        yield "</ul>"
    yield '<div class="buttons">'
    for area in scene.blocks:
        if isinstance(area, Area) and area.pill:
            yield _button(area.name, _find(scene, f"{area.name}-text"))
    yield "</div>\n</div>"
    yield '<div id="strip">'
    for logo in scene.pictures:
        if logo.name.startswith("logo-"):
            name = markup(_whole(scene, f"{logo.name}-name"))
            yield f'<div class="logo">{_picture(logo, pixels)}<span id="{logo.name}-name">{name}</span></div>'
    yield "</div>\n</main>"


def _navbar(text: str) -> str:
    """The bar's text; narrow windows have the site's name alone."""
    rest = text.removeprefix(SITE_NAME)
    return f'{markup(SITE_NAME)}<span class="wide">{markup(rest)}</span>' if rest != text else markup(text)


def _placed(scene: Scene, pixels: Pixels) -> Iterator[str]:
    yield '<main id="page">'
    for block in scene.blocks:
        match block:
            case Area():
                yield f'<div id="{block.name}"></div>'
            case Picture():
                yield _picture(block, pixels)
            case Text():
                lines = "".join(f"<span>{markup(line)}</span>" for line in block.lines)
                if is_url(block.link):
                    lines = f'<a href="{markup(block.link)}" rel="noopener noreferrer">{lines}</a>'
                yield f'<div id="{block.name}" class="text">{lines}</div>'
    yield "</main>"


def _places(scene: Scene) -> str:
    height = scene.height + round(scene.below)
    page = f"body{{background:{scene.paper}}}#page{{width:{scene.width}px;height:{height}px}}"
    return page + "".join(map(place_rule, scene.blocks))


def _picture(picture: Picture, pixels: Pixels) -> str:
    image = pixels(picture)
    if image is not None:
        kind = f"{picture.fit} bottom" if picture.bottom else picture.fit
        return f'<img id="{picture.name}" class="{kind}" alt="" src="{picture_uri(image, picture.box)}">'
    if not picture.text:
        return ""
    return f'<div id="{picture.name}" class="placeholder"><span>{markup(picture.text)}</span></div>'


def _button(name: str, label: Text | None) -> str:
    text = f'<span id="{name}-text">{markup(label.whole if label else "")}</span>'
    if label is not None and is_url(label.link):
        return (
            f'<a id="{name}" class="button" href="{markup(label.link)}" rel="noopener noreferrer">{text}</a>'
        )
    return f'<span id="{name}" class="button">{text}</span>'


def _find(scene: Scene, name: str) -> Text | None:
    return next((one for one in scene.texts if one.name == name and isinstance(one, Text)), None)


def _whole(scene: Scene, name: str) -> str:
    found = _find(scene, name)
    return found.whole if found else ""
