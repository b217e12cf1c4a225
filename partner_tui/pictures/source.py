"""Classifies the reference to a picture, by its spelling and the names of the clone's files alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partner_tui.addresses.urls import is_url
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.pictures.references import is_emoji, is_site_path

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
