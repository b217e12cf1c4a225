"""The style sheets of the HTML, made of the figures that the scene is laid out by."""

from __future__ import annotations

from partner_tui.splash.scene import figures as f
from partner_tui.splash.scene.blocks import Area, Block, Picture, Style, Text, Window
from partner_tui.splash.scene.font import FAMILY

_SMALL = Window(f.NARROW, 1080)


def font_face(uri: str) -> str:
    return f"@font-face{{font-family:{FAMILY};font-weight:400 700;src:url({uri})}}"


def _font(style: Style) -> str:
    return f"font-size:{style.size:g}px;line-height:{style.line_height:g}px;font-weight:{style.weight};color:{style.color}"


_BASE = f"""
*{{box-sizing:border-box}}
body{{margin:0;font:16px/1.5 {FAMILY},Helvetica,Arial,sans-serif;text-rendering:geometricPrecision;overflow-x:hidden}}
h1,h2,ul{{margin:0;padding:0;overflow-wrap:anywhere}}
a{{color:inherit;text-decoration:none}}
.contain{{object-fit:contain}}
.cover{{object-fit:cover}}
.bottom{{object-position:50% 100%}}
.placeholder{{background:{f.PLACEHOLDER};display:flex;align-items:center;justify-content:center;color:{f.QUIET};font-size:14px}}
"""

CLASSIC = (
    _BASE
    + f"""
body{{background:{f.BLUE}}}
#navbar{{position:fixed;top:0;left:0;right:0;height:{f.NAVBAR:g}px;background:{f.BLUE};z-index:2}}
#navbar-text{{padding:0 {f.BUTTON_PADDING:g}px;{_font(f.NAVBAR_TEXT)};white-space:pre;overflow:hidden;text-overflow:ellipsis}}
#hero{{position:relative;margin-top:{f.NAVBAR:g}px;min-height:calc(100vh - {f.NAVBAR:g}px);background:{f.BLUE};
padding:{f.HERO_PADDING[0]:g}px {f.HERO_PADDING[1]:g}px;display:flex;align-items:center}}
.container{{position:relative;z-index:1;width:{f.CONTAINER:.0%};margin:0 auto {f.BELOW_TEXTS:g}px}}
#title{{{_font(f.TITLE)}}}
#subtitle{{{_font(f.SUBTITLE)};margin-top:{f.SUBTITLE_MARGIN:g}px}}
.features{{{_font(f.FEATURE)};list-style:disc;padding-left:{f.FEATURES_INDENT:g}px;margin-top:{f.FEATURES_MARGIN:g}px}}
.features li{{min-height:1.5em}}
.buttons{{display:flex;flex-wrap:wrap;gap:{f.BUTTON_GAP:g}px;margin-top:{f.BUTTONS_MARGIN:g}px}}
.button{{{_font(f.BUTTON)};height:{f.BUTTON_HEIGHT:g}px;padding:0 {f.BUTTON_PADDING:g}px;border-radius:{f.BUTTON_HEIGHT / 2:g}px;
background:{f.WHITE};white-space:pre;max-width:100%;overflow:hidden;text-overflow:ellipsis}}
#background{{position:absolute;right:0;bottom:{f.STRIP:g}px;width:{f.BACKGROUND_WIDTH:.0%};height:{f.BACKGROUND_HEIGHT:.0%}}}
img#background{{opacity:{f.BACKGROUND_OPACITY:g}}}
#strip{{position:absolute;left:0;right:0;bottom:0;height:{f.STRIP:g}px;background:{f.STRIP_COLOR};overflow:hidden;
display:flex;flex-wrap:wrap}}
.logo{{width:{f.LOGO_STEP:g}px;height:{f.STRIP:g}px;padding-top:{f.LOGO_TOP:g}px;text-align:center}}
.logo>:first-child{{display:flex;width:{f.LOGO:g}px;height:{f.LOGO:g}px;margin:0 auto 8px}}
.logo>span{{display:block;margin:0 4px;{_font(f.LOGO_NAME)};white-space:pre;overflow:hidden;text-overflow:ellipsis}}
@media (max-width:{f.NARROW}px){{
.wide{{display:none}}
#navbar-text{{{_font(f.navbar(_SMALL))}}}
#title{{{_font(f.title(_SMALL))}}}
#subtitle{{{_font(f.subtitle(_SMALL))}}}
.features{{{_font(f.feature(_SMALL))}}}
.button{{{_font(f.button(_SMALL))}}}
}}
@media (max-height:{f.FEATURES_HIDDEN_AT}px){{.features{{display:none}}}}
"""
)

OTHERS = (
    _BASE
    + """
#page{position:relative;margin:0 auto;overflow:hidden}
#page>*{position:absolute}
.text span{display:block;white-space:pre}
"""
)


def place_rule(block: Block) -> str:
    """Where a block is, and how it looks."""
    box = block.box
    rule = f"left:{box.x:.2f}px;top:{box.y:.2f}px;width:{max(0, box.width):.2f}px;height:{max(0, box.height):.2f}px"
    match block:
        case Area():
            rule += f";background:{block.color};border-radius:{block.radius:g}px"
        case Text():
            rule += f";{_font(block.style)};text-align:{block.align}"
            rule += ";text-decoration:underline" if block.style.underline else ""
        case Picture() if block.opacity < 1:
            rule += f";opacity:{block.opacity:g}"
    return f"#{block.name}{{{rule}}}"
