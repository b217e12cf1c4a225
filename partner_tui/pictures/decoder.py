"""The app's end of picture decoding: bytes in, pixels or a sentence out, and nothing decoded in this process.

Nothing is fetched here: what is elsewhere is there when the user had it downloaded.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
from collections import OrderedDict
from importlib import resources
from threading import Event
from typing import TYPE_CHECKING

from partner_tui.addresses.urls import suffix
from partner_tui.confined.worker import Worker, WorkerFailed
from partner_tui.manifest.files import fetched_name
from partner_tui.manifest.stored_files import absent, lfs_pointer, unread
from partner_tui.pictures.facts import keep_facts
from partner_tui.pictures.raster import NOT_DOWNLOADED, SIZE_LIMIT, PictureError

if TYPE_CHECKING:
    from PIL import Image

    from partner_tui.manifest.files import CloneFiles
    from partner_tui.pictures.source import PictureSource

SECONDS = 5.0
"""What one picture may take."""
_KEPT = 64


class Decoder:
    """Decodes pictures in a child process; started at the first one.

    Results are kept by content, problems included: a picture that takes too long does so once.

    Args:
        seconds: What one picture may take.
        command: The child; for tests that need one that misbehaves.
    """

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] | None = None) -> None:
        self._worker = Worker("partner_tui.pictures.decoding", seconds, command)
        self._known: OrderedDict[tuple[bytes, int], Image.Image | PictureError] = OrderedDict()

    def decode(self, data: bytes, kind: str, max_pixels: int, cancelled: Event | None = None) -> Image.Image:
        """The RGBA picture, scaled down to at most `max_pixels`. Do not change it: it is kept.

        Args:
            kind: The suffix of its name; it only names a failure.

        Raises:
            PictureError: Too large, broken, of another format, or too slow to decode.
            Cancelled: `cancelled` was set.
        """
        key = (hashlib.sha256(data).digest(), max_pixels)
        known = self._known.get(key)
        if known is None:
            try:
                known = self._ask(data, kind, max_pixels, cancelled)
            except WorkerFailed as error:
                known = PictureError(f"decoding the picture {error.message}")
                if error.is_gone:  # which may pass
                    raise known from error
            except PictureError as error:
                known = error
            self._known[key] = known
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        if isinstance(known, PictureError):
            raise known
        return known

    def _ask(self, data: bytes, kind: str, max_pixels: int, cancelled: Event | None) -> Image.Image:
        if len(data) > SIZE_LIMIT:
            raise PictureError(f"the picture has {len(data) >> 20} MiB; the limit is {SIZE_LIMIT >> 20} MiB")
        from PIL import Image

        request = {"data": base64.b64encode(data).decode("ascii"), "suffix": kind, "max_pixels": max_pixels}
        try:
            answer = json.loads(self._worker.ask(json.dumps(request).encode("ascii"), cancelled))
            if "problem" not in answer:
                width, height = answer["size"]
                image = Image.frombytes("RGBA", (width, height), base64.b64decode(answer["rgba"]))
                across, down = map(int, answer["source"])
                keep_facts(image, str(answer["form"]), across, down, len(data))
                return image
        except (LookupError, TypeError, ValueError) as error:
            self._worker.close()
            raise PictureError("the picture cannot be decoded") from error
        raise PictureError(str(answer["problem"])[:200])

    def close(self) -> None:
        """End the child, if there is one; the decoder can be used again."""
        self._worker.close()


_decoder = Decoder()
atexit.register(_decoder.close)


def load_picture(
    source: PictureSource, files: CloneFiles, max_pixels: int, cancelled: Event | None = None
) -> Image.Image:
    """The pixels of a picture of the clone, of one that was downloaded, or of the stand-in for one of the website. Blocks.

    Args:
        max_pixels: The area of the result; a larger picture is scaled down.

    Raises:
        PartnerTuiError: It is not in the clone and not downloaded, too large, not a picture, or too slow to decode.
        Cancelled: `cancelled` was set.
    """
    match source.kind:
        case "file":
            data = files.read_bytes(source.path, SIZE_LIMIT)
            if data is None:
                raise PictureError(f"{source.path} cannot be read or is larger than {SIZE_LIMIT >> 20} MiB")
            if lfs_pointer(data):
                raise PictureError(unread(source.path, files, source.path))
            return _decoder.decode(data, source.path.rpartition(".")[2], max_pixels, cancelled)
        case "site":
            return _decoder.decode(site_background(), "svg", max_pixels, cancelled)
        case "missing":
            raise PictureError(absent(source.path or source.reference, files))
        case "remote":
            data = files.read_bytes(fetched_name(source.reference), SIZE_LIMIT)
            if data is None:
                raise PictureError(NOT_DOWNLOADED)
            return _decoder.decode(data, suffix(source.reference)[1:], max_pixels, cancelled)
    raise PictureError("there is no picture")


def decode_picture(data: bytes, suffix: str, max_pixels: int, cancelled: Event | None = None) -> Image.Image:
    """The pixels of a picture that is in no clone. Blocks; see `Decoder.decode`."""
    return _decoder.decode(data, suffix, max_pixels, cancelled)


def site_background() -> bytes:
    """An SVG that stands in for the website's own background: drawn for this project, 1200 x 400, flat shapes."""
    return resources.files("partner_tui.pictures").joinpath("data", "background.svg").read_bytes()
