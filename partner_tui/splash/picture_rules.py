"""What the sites make of a picture's pixels and file, once it is decoded; `site_rules` says what its reference tells alone.

Source: the current strip shows icons in squares of 48 px on white, the classic page logos on white and the background contained
in half of the window's width. The spec asks for covers of 1:1 to 2:1 and at most 500 KB; cards show them cropped to 16:9.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from partner_tui.addresses.urls import suffix
from partner_tui.pictures.facts import PictureFacts
from partner_tui.pictures.references import PICTURE_SUFFIXES
from partner_tui.splash.fields import SplashField, field
from partner_tui.splash.notices import Notice, Notices

if TYPE_CHECKING:
    from partner_tui.splash.scene.blocks import Picture

PictureCheck: TypeAlias = Callable[[str, PictureFacts], Notices]
"""What there is to say of a picture, by its reference."""
ICON_PX = 48
BACKGROUND_PX = 600
"""A background narrower than this is blurred in a window of 1366 px."""
LARGE, LARGE_ICON = 1 << 20, 256 << 10
"""Bytes from which on visitors wait for a picture."""
LARGE_COVER, COVER_PX = 500_000, 200
OBLONG = 1.15
"""How much longer one side may be than the other of what counts as square."""


def check_picture(known: SplashField, reference: str, facts: PictureFacts) -> Notices:
    """Everything to say about the picture of a field."""
    is_background = known.key == "background_image"
    return (
        *_type(reference, facts),
        *(_background(facts) if is_background else _small_one(known, facts)),
        *_bytes(facts, LARGE if is_background else LARGE_ICON),
    )


def check_cover(reference: str, facts: PictureFacts) -> Notices:
    """Everything to say about a cover of an entry."""
    notices = [*_type(reference, facts)]
    width, height = facts.width, facts.height
    if facts.form == "WEBP":
        notices.append(
            Notice("warning", "The spec does not allow WebP covers.", "Use PNG, JPEG, GIF or SVG.")
        )
    if width and not 1 / OBLONG <= width / height <= 2 * OBLONG:
        text = f"The cover is {width} x {height} px: cards show it cropped to 16:9."
        notices.append(Notice("warning", text, "Use a picture of 1:1 to 2:1."))
    if width and width < COVER_PX:
        text = f"The cover is {width} x {height} px: it is shown blurred."
        notices.append(Notice("warning", text, f"Use at least {COVER_PX} px of width."))
    return (*notices, *check_size(facts.size))


def check_shown(picture: Picture, facts: PictureFacts) -> Notices:
    """Everything to say about a picture of a scene; nothing about the logos of other partners."""
    keys = {"background": "background_image", "logo-own": "logo", f"icon-{ICON_PX}": "icon"}
    if known := field(keys.get(picture.name, "")):
        return check_picture(known, picture.reference, facts)
    return check_cover(picture.reference, facts) if picture.fit == "cover" else ()


def check_size(size: int) -> Notices:
    """What to say about the bytes of a cover; 0 for not known."""
    if size <= LARGE_COVER:
        return ()
    text = f"The cover has {size / 1e6:.1f} MB: visitors wait for it, and the spec asks for less."
    return (Notice("warning", text, f"Keep it below {LARGE_COVER // 1000} KB."),)


def check_problem(problem: str) -> Notices:
    """What to say about a picture that could not be read, which visitors do not see either."""
    return (Notice("warning", f"The picture cannot be shown: {problem.rstrip('.')}."),) if problem else ()


def _type(reference: str, facts: PictureFacts) -> Notices:
    named = suffix(reference).lower().replace(".jpeg", ".jpg")
    meant = f".{facts.form.lower()}".replace(".jpeg", ".jpg")
    if named == meant or named not in PICTURE_SUFFIXES:
        return ()
    article = "an" if facts.form == "SVG" else "a"
    who = "browsers may not show" if ".svg" in (named, meant) else "some programs do not open"
    text = f"The file is {article} {facts.form}, which its name does not say: {who} it."
    return (Notice("warning", text, f"Rename it to end in {meant}."),)


def _small_one(known: SplashField, facts: PictureFacts) -> Notices:
    notices: list[Notice] = []
    width, height, name = facts.width, facts.height, known.key
    if width and name == "icon" and max(width, height) > OBLONG * min(width, height):
        text = f"The icon is {width} x {height} px: it is shown in a square."
        notices.append(Notice("warning", text, "Use a square picture."))
    if width and max(width, height) < ICON_PX:
        text = f"The {name} is {width} x {height} px: it is shown blurred."
        notices.append(Notice("warning", text, f"Use at least {ICON_PX} x {ICON_PX} px."))
    if facts.is_light:
        text = f"The {name} is nearly white on a transparent ground: visitors cannot see it on white."
        notices.append(Notice("warning", text, "Use a darker picture, or a coloured ground."))
    return tuple(notices)


def _background(facts: PictureFacts) -> Notices:
    if not facts.width or facts.width >= BACKGROUND_PX:
        return ()
    text = f"The background is {facts.width} x {facts.height} px: it is shown blurred."
    return (Notice("warning", text, f"Use at least {BACKGROUND_PX} px of width, or an SVG."),)


def _bytes(facts: PictureFacts, most: int) -> Notices:
    if facts.size <= most:
        return ()
    text = f"The picture has {facts.size / (1 << 20):.1f} MiB: visitors wait for it."
    return (Notice("warning", text, f"Keep it below {most >> 10} KiB."),)
