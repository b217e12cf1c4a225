"""Where a picture comes from, and its pixels where they are at hand: in the clone, or drawn for this project.

Nothing is fetched, and a picture of somebody else's site is never asked for: what is elsewhere is said to be elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Literal

from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.splash.decoding import SIZE_LIMIT, PictureError, decode_raster
from partner_tui.splash.references import is_emoji, is_site_path, is_url

if TYPE_CHECKING:
    from PIL import Image

PictureKind = Literal["file", "remote", "site", "emoji", "missing", "none"]


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where a referenced picture is.

    Args:
        kind: ``file`` in the clone, ``remote`` elsewhere, ``site`` a picture of the website, ``emoji``, ``missing`` named
            as a file of the clone that is not there, ``none`` for an empty reference.
        reference: As written.
        path: The path in the clone, for ``file`` and ``missing``.
    """

    kind: PictureKind
    reference: str
    path: str = ""


def resolve_picture(reference: str, files: CloneFiles, base: str = "") -> PictureSource:
    """Tell where a picture is, by its spelling and the names of the clone's files alone.

    Args:
        reference: An address, a path, or an emoji.
        files: The files of the clone.
        base: The folder, in the clone, from which relative paths are taken.
    """
    reference = reference.strip()
    if not reference:
        return PictureSource("none", reference)
    if is_emoji(reference):
        return PictureSource("emoji", reference)
    path = path_in_clone(reference, files, base)
    if path is not None and files.exists(path):
        return PictureSource("file", reference, path)
    if is_site_path(reference):
        return PictureSource("site", reference)
    if path is None:
        return PictureSource("remote" if is_url(reference) else "missing", reference)
    return PictureSource("missing", reference, path)


def load_picture(source: PictureSource, files: CloneFiles, max_pixels: int) -> Image.Image:
    """The pixels of a picture of the clone, or of the stand-in for a picture of the website.

    Args:
        max_pixels: The area of the result; a larger picture is scaled down.

    Raises:
        PictureError: It is elsewhere, missing, too large, or no picture.
    """
    match source.kind:
        case "file":
            data = files.read_bytes(source.path, SIZE_LIMIT)
            if data is None:
                raise PictureError(f"{source.path} cannot be read or is larger than {SIZE_LIMIT >> 20} MiB")
            return decode(data, source.path.rpartition(".")[2], max_pixels)
        case "site":
            return decode(site_background(), "svg", max_pixels)
        case "missing":
            raise PictureError(f"{source.path or source.reference} is not in this repository")
        case "remote":
            raise PictureError("this picture is elsewhere, and nothing is fetched unasked")
    raise PictureError("there is no picture")


def site_background() -> bytes:
    """An SVG that stands in for the website's own background: drawn for this project, 1200 x 400, flat shapes."""
    return resources.files("partner_tui.splash").joinpath("data", "background.svg").read_bytes()


def decode(data: bytes, suffix: str, max_pixels: int) -> Image.Image:
    """Decode a PNG, JPEG, GIF (its first frame), WebP or SVG to an RGBA picture of at most `max_pixels`.

    What the bytes are counts, not the suffix: many files carry a wrong one. The suffix only names the failure.

    Raises:
        PictureError: Too large, broken, or of another format.
    """
    if len(data) > SIZE_LIMIT:
        raise PictureError(f"the picture has {len(data) >> 20} MiB; {SIZE_LIMIT >> 20} are the limit")
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from partner_tui.splash.vector import render_svg

        data = render_svg(data, max_pixels)
    return decode_raster(data, suffix, max_pixels)
