"""Pixels of several pictures, looked up once each; where there are none, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Protocol

from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.files import CloneFiles
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.raster import STANDS_IN
from partner_tui.pictures.source import PictureKind, resolve_picture

if TYPE_CHECKING:
    from PIL import Image


class Referring(Protocol):
    """What refers to a picture: as written, and the folder from which a relative path is taken."""

    @property
    def reference(self) -> str: ...

    @property
    def base(self) -> str: ...


Key = tuple[str, str]


@dataclass(slots=True)
class Pictures:
    """What is known of referenced pictures, each by its reference and folder."""

    kinds: dict[Key, PictureKind] = field(default_factory=dict)
    images: dict[Key, Image.Image] = field(default_factory=dict)
    problems: dict[Key, str] = field(default_factory=dict)

    def __call__(self, picture: Referring) -> Image.Image | None:
        """The RGBA pixels, as a drawing asks for them; None where there are none, yet or at all."""
        return self.images.get((picture.reference, picture.base))

    def problem_of(self, picture: Referring) -> str:
        """Why a picture is not shown as it is; empty when it is, or is not looked up yet."""
        key = (picture.reference, picture.base)
        return (
            STANDS_IN if self.kinds.get(key) == "site" and key in self.images else self.problems.get(key, "")
        )

    def missing(self, pictures: Iterable[Referring]) -> frozenset[Key]:
        """Those that have not been looked up yet."""
        wanted = {(one.reference, one.base) for one in pictures if one.reference}
        return frozenset(wanted - self.kinds.keys())

    def forget_missing(self) -> bool:
        """Look those up again that are not there; whether there are any."""
        gone = tuple(self.problems)
        for key in gone:
            del self.kinds[key], self.problems[key]
        return bool(gone)

    def update(self, other: Pictures) -> None:
        self.kinds.update(other.kinds)
        self.images.update(other.images)
        self.problems.update(other.problems)


def load_pictures(
    wanted: Iterable[Key], files: CloneFiles, max_pixels: int, cancelled: Event | None = None
) -> Pictures:
    """Look pictures up; blocks, for git may be asked.

    Args:
        max_pixels: The area of each; a larger picture is scaled down.

    Raises:
        Cancelled: `cancelled` was set.
    """
    found = Pictures()
    for reference, base in wanted:
        source = resolve_picture(reference, files, base)
        found.kinds[reference, base] = source.kind
        if source.kind in ("emoji", "none"):
            continue
        try:
            found.images[reference, base] = load_picture(source, files, max_pixels, cancelled)
        except Cancelled:
            raise
        except PartnerTuiError as error:
            found.problems[reference, base] = error.message
    return found
