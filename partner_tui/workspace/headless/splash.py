"""Implements `splash` without UI: a scene of a manifest's pages, its pictures, and the file that it is exported to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import UsageError
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.sound import sound_manifest
from partner_tui.pictures.loading import Pictures, load_pictures
from partner_tui.repository.atomic import replace_file
from partner_tui.splash.drawing.exports import format_of
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import Scene, Size, View
from partner_tui.splash.share_links import list_entries
from partner_tui.workspace.opening.opening import ManifestLocation, check_readable, open_files

MAX_PIXELS = 2_000_000
"""Of one picture."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene, and the pixels of its pictures."""

    scene: Scene
    pictures: Pictures

    @property
    def unseen(self) -> tuple[str, ...]:
        """Which pictures are not shown, and why, one sentence each."""
        return tuple(
            f"{reference} is not shown: {why}." for (reference, _), why in self.pictures.problems.items()
        )


def show(place: ManifestLocation, view: View, size: Size) -> Shown:
    """Lay out what the sites show of a manifest, and look its pictures up.

    Raises:
        ManifestParseError: The manifest cannot be read as YAML.
    """
    manifest = sound_manifest(check_readable(place).read_bytes(), place.manifest_name)
    files = open_files(place)
    entries = list_entries(manifest, files) if view == "cards" else ()
    return look_up(make_scene(view, manifest.partner.config, entries, size), files)


def look_up(scene: Scene, files: CloneFiles) -> Shown:
    """Read the pictures of a scene; blocks."""
    return Shown(scene, load_pictures(Pictures().missing(scene.pictures), files, MAX_PIXELS))


def export(shown: Shown, path: Path) -> None:
    """Write a scene to a file, in the format of its suffix.

    Raises:
        UsageError: No format has this suffix, or there is no such folder.
        PartnerTuiError: It cannot be written; what was there is.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is not a folder.", "Create it first.")
    replace_file(path, format_of(path.name).draw(shown.scene, shown.pictures))
