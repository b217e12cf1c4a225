"""Implements `splash` without UI: a scene of a manifest's pages, its pictures, and the file that it is exported to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.sound import partner_manifest
from partner_tui.pictures.facts import facts_of
from partner_tui.pictures.loading import Pictures, load_pictures
from partner_tui.pictures.raster import NOT_DOWNLOADED, STANDS_IN
from partner_tui.repository.atomic import replace_file
from partner_tui.repository.process.progress import Progress
from partner_tui.settings import Directories, Settings
from partner_tui.splash.drawing.exports import format_of
from partner_tui.splash.notices import Notice
from partner_tui.splash.picture_rules import check_shown
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import Scene, Size, View
from partner_tui.splash.share_links import list_entries
from partner_tui.workspace.central.config_sides import site_partners
from partner_tui.workspace.entries.remote_pictures import RemotePictures, by_host
from partner_tui.workspace.opening.opening import ManifestLocation, check_readable, open_overlay

MAX_PIXELS = 2_000_000
"""Of one picture."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene, and the pixels of its pictures, which are in the clone or were downloaded."""

    scene: Scene
    files: CloneFiles
    pictures: Pictures

    def hosts(self) -> Mapping[str, int]:
        """How many of its pictures are on each host that nobody agreed to ask yet."""
        kinds, problems = self.pictures.kinds, self.pictures.problems
        return by_host(
            reference
            for (reference, base), why in problems.items()
            if kinds[reference, base] == "remote" and why.startswith(NOT_DOWNLOADED)
        )

    def download(self, remote: RemotePictures, on_progress: Callable[[Progress], None]) -> None:
        """Ask the hosts that were agreed to for the pictures that are not here; blocks."""
        self._look_again()
        if remote.is_downloading:
            on_progress(Progress("Downloading pictures"))
        remote.wait()
        self._look_again()

    def _look_again(self) -> None:
        if self.pictures.forget_missing():
            missing = self.pictures.missing(self.scene.pictures)
            self.pictures.update(load_pictures(missing, self.files, MAX_PIXELS))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What will look wrong of the page, and of the pictures that are known."""
        pictures = (
            (one, self.pictures(one)) for one in self.scene.pictures if not self.pictures.problem_of(one)
        )
        return (
            *self.scene.notices,
            *(
                replace(notice, text=f"{one.reference}: {notice.text}")
                for one, image in pictures
                if image is not None and (facts := facts_of(image))
                for notice in check_shown(one, facts)
            ),
        )

    @property
    def unseen(self) -> tuple[str, ...]:
        """Which pictures are not shown as they are, and why, one sentence each."""
        why = {(one.reference, self.pictures.problem_of(one)): None for one in self.scene.pictures}
        return tuple(
            f"{reference}: {text}." if text == STANDS_IN else f"{reference} is not shown: {text}."
            for reference, text in why
            if text
        )


def lay_out(
    place: ManifestLocation,
    view: View,
    size: Size,
    page: int,
    directories: Directories,
    remote: RemotePictures,
) -> Shown:
    """Lay out what the sites show of a manifest, and look its pictures up: those that are elsewhere as far as they are kept.

    Raises:
        ManifestParseError: The manifest cannot be read as YAML.
        UsageError: It is the RDF of one resource.
    """
    manifest = partner_manifest(check_readable(place).read_bytes(), place.manifest_name)
    files = open_overlay(place, directories, remote)
    entries = list_entries(manifest, files) if view == "cards" else ()
    partners = None
    if view == "classic":
        with suppress(PartnerTuiError):  # else only the names of the known ones are shown
            partners = site_partners(Settings.load(directories.settings_file).central, directories)
    return look_up(make_scene(view, manifest.partner.config, entries, size, page, partners), files)


def look_up(scene: Scene, files: CloneFiles) -> Shown:
    """Read the pictures of a scene; blocks."""
    return Shown(scene, files, load_pictures(Pictures().missing(scene.pictures), files, MAX_PIXELS))


def export(shown: Shown, path: Path) -> None:
    """Write a scene to a file, in the format of its suffix.

    Raises:
        UsageError: No format has this suffix.
        PartnerTuiError: It cannot be written; what was there is.
    """
    replace_file(path, format_of(path.name).draw(shown.scene, shown.pictures))
