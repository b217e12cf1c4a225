"""Pictures of the clone to choose from, and a picture of this machine copied into it.

What is copied is a picture of a bounded size under a name that is free; nothing is overwritten, and nothing is written
outside the clone. The copy and the field, or cover, that names it are one step. Everything here blocks.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from posixpath import relpath
from urllib.parse import quote

from partner_tui.addresses.forge import GITHUB, SIDE_DOORS, raw_url
from partner_tui.addresses.urls import is_url
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.edits import Add, Edit, Insert, Move, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import Resolved
from partner_tui.pictures.decoder import decode_picture
from partner_tui.pictures.raster import SIZE_LIMIT, PictureError
from partner_tui.pictures.references import PICTURE_SUFFIXES
from partner_tui.pictures.source import resolve_picture
from partner_tui.plain import visible
from partner_tui.repository.clone_files import contained, is_ignored, present_files
from partner_tui.repository.user_path import expanded
from partner_tui.splash.card import read_card
from partner_tui.splash.edits import config_edits
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace

MOST_FILES = 50_000
"""Files that are looked at in a folder without git."""
CHECKED_PIXELS = 10_000
_SIGNS = {
    b"\x89PNG": (".png",),
    b"\xff\xd8\xff": (".jpg", ".jpeg"),
    b"GIF8": (".gif",),
    b"RIFF": (".webp",),
}


def find_pictures(workspace: Workspace) -> tuple[str, ...]:
    """The pictures of the clone by their names, tracked ones and new ones that are not ignored, sorted."""
    names = present_files(workspace.folder) if workspace.in_repository else _walk(workspace.folder)
    return tuple(sorted((name for name in names if _is_named(name)), key=str.casefold))


def usual_folder(current: str, names: Iterable[str]) -> str:
    """The folder of the field's picture, else of most of the pictures that are in one; ``images`` where none is."""
    if "/" in current:
        return current.rpartition("/")[0]
    folders = Counter(folder for name in names if (folder := name.rpartition("/")[0]))
    return max(folders, key=lambda folder: folders[folder], default="images")


def picture_url(workspace: Workspace, path: str, url_root: str) -> str:
    """What a field says of a picture of the clone: its URL below the partner's `url_root` where that is this clone, else its raw
    URL on GitHub; for any other remote, its path, which the site cannot load.
    """
    steps = quote(path)
    if url_root and path_in_clone(below := f"{url_root.rstrip('/')}/{steps}", workspace.files) == path:
        return below
    repository = workspace.repository
    remote = repository.remote_parts if repository else None
    host = remote.host if remote else ""  # none for a mirror, which says what it is one of
    slug = workspace.files.slug
    if repository is None or slug is None or SIDE_DOORS.get(host, host) not in ("", GITHUB):
        return path
    branch = repository.default_branch() or repository.branch or "main"
    return raw_url(slug, f"{quote(branch)}/{steps}")


def read_picture(typed: str) -> bytes:
    """A picture of this machine.

    Raises:
        PartnerTuiError: It is no file, is too large, or is no picture that the sites show.
    """
    if not typed.strip():
        raise PartnerTuiError("No file is given.", "Enter the path of a picture.")
    path = expanded(typed.strip())
    shown = visible(str(path), 100)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file name"
        raise PartnerTuiError(f"{shown} cannot be read: {why}.", "Check the path.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise PartnerTuiError(f"{shown} is not a file.", "Give the path of a picture.")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    try:
        decode_picture(data, path.suffix.removeprefix("."), CHECKED_PIXELS)
    except PictureError as error:
        raise PartnerTuiError(f"{shown}: {error.message}.", "Give a PNG, JPEG, GIF, WebP or SVG.") from error
    return data


def free_name(files: CloneFiles, folder: str, name: str) -> str:
    """A path in the clone for a picture, with a number where its name is taken."""
    name = PurePosixPath(name.replace("\\", "/")).name or "picture.png"
    pure = PurePosixPath(folder) / name
    for number in range(2, 1000):
        if not files.exists(pure.as_posix()):
            break
        pure = pure.with_name(f"{PurePosixPath(name).stem}-{number}{pure.suffix}")
    return pure.as_posix()


def copy_picture(
    workspace: Workspace, data: bytes, target: str, title: str, edits: Callable[[str], Sequence[Edit]]
) -> Step | None:
    """Copy a picture into the clone and let the manifest name it, as one step.

    Args:
        title: What it is for, as the step's title begins.
        edits: Those that name a picture, by its path in the clone.

    Raises:
        PartnerTuiError: As `checked_target` or `Workspace.save`.
    """
    path = checked_target(workspace, data, target)
    patched = apply(workspace.document, edits(path))
    return workspace.save(f"{title}, {path} copied", {path: data, workspace.manifest_name: patched.encode()})


def field_edits(workspace: Workspace, key: str, path: str) -> tuple[Edit, ...]:
    """A picture of the clone as the value of a field of `config`."""
    url = picture_url(workspace, path, workspace.manifest.partner.text("url_root"))
    return config_edits(workspace.document, {key: url})


def cover_edits(workspace: Workspace, resolved: Resolved, path: str) -> tuple[Edit, ...]:
    """A picture of the clone as the first cover of an entry, which cards show; those that it has, or inherits, follow.

    Raises:
        PartnerTuiError: The entry inherits covers that cannot be named from here.
    """
    entry, at = resolved.entry, (*resolved.entry.path, "covers")
    base = "" if entry.path else resolved.folder

    def reference(path: str) -> str:
        url = picture_url(workspace, path, workspace.manifest.partner.text("url_root"))
        return url if is_url(url) else relpath(path, base or ".")

    first, own = reference(path), entry.own.get("covers")
    if isinstance(own, list) and own:
        there = (number for number, one in enumerate(own) if _leads_to(one, path, workspace, base))
        number = next(there, None)
        return (Insert(at, 0, first) if number is None else Move(at, number, 0),)
    covers = read_card(resolved.data).covers
    if "covers" in entry.own:
        return (Replace(at, [first, *(one for one in covers if one != first)]),)
    if resolved.remote and resolved.origins.get("covers") == "rdf" and not all(map(is_url, covers)):
        raise PartnerTuiError(
            "The covers of this entry are files beside its RDF, which is not in this repository.",
            "Write their URLs as covers of the entry first.",
        )
    inherited = (resolve_picture(one, workspace.files, resolved.base("covers")) for one in covers)
    others = (reference(one.path) if one.kind == "file" else one.reference for one in inherited)
    return (Add(at, [first, *(one for one in others if one != first)]),)


def _leads_to(reference: object, path: str, workspace: Workspace, base: str) -> bool:
    """Whether a cover is a picture of the clone, however it is named."""
    return isinstance(reference, str) and resolve_picture(reference, workspace.files, base).path == path


def checked_target(workspace: Workspace, data: bytes, target: str) -> str:
    """The path in the clone that a picture can be copied to.

    Raises:
        PartnerTuiError: The target is no path of the clone, is there already, cannot be committed, or has the suffix of
            another type.
    """
    target = target.strip()
    pure = PurePosixPath(target)
    shown = visible(target, 100)
    folder = workspace.folder
    if not pure.name or contained(folder, target) is None or "\\" in target or shown != target:
        raise PartnerTuiError(
            f"{shown or 'The path'} is not a path in this repository.", "Give one such as images/logo.png."
        )
    path = pure.as_posix()
    suffixes = next((known for sign, known in _SIGNS.items() if data.startswith(sign)), (".svg",))
    if pure.suffix.lower() not in suffixes:
        raise PartnerTuiError(
            f"{shown} does not end in {suffixes[0]}, as its type is.",
            f"Write {pure.with_suffix(suffixes[0])}.",
        )
    if os.path.lexists(folder / path) or workspace.files.exists(path):
        raise PartnerTuiError(f"{shown} exists already.", "Give another name: nothing is overwritten.")
    if file := next((one for one in pure.parents if (folder / one).is_file()), None):
        raise PartnerTuiError(f"{file} is a file, not a folder.", "Give another path.")
    if workspace.in_repository and is_ignored(folder, path):
        raise PartnerTuiError(f"{shown} is ignored by git: no commit would contain it.", "Give another path.")
    return path


def _is_named(name: str) -> bool:
    return name.lower().endswith(PICTURE_SUFFIXES)


def _walk(folder: Path) -> Iterator[str]:
    count = 0
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            count += 1
            if count > MOST_FILES:
                return
            yield (Path(here) / name).relative_to(folder).as_posix()
