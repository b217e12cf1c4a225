"""A folder's own git settings, read without running anything of it: which are harmless, and which need trust.

Included files count as part of it, whatever their condition says. What is found has a fingerprint: of names, values, and
the contents of those files in the folder that would be run or read.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.fingerprint import Basis, Stamp
from partner_tui.repository.trust.concern import EVERYTHING, REMOTE, Concern, concern_of
from partner_tui.repository.trust.git_folder import GitFolder, leads_elsewhere
from partner_tui.repository.trust.harmless import Surroundings, is_harmless, pattern, split_key
from partner_tui.repository.trust.plain_config import Setting
from partner_tui.repository.user_path import expanded

_LARGEST_CONFIG = 1 << 20
_MOST_FILES = 100
_LONGEST_ADDRESS = 4000

ListSettings = Callable[[Path], list[Setting]]
"""Lists one configuration file alone, without what it includes."""


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """What a folder's own git configuration holds.

    Args:
        folder: Where it was read.
        harmless: Settings that need no trust, in git's order.
        concerns: The others.
        fingerprint: Of the concerns; empty when there is none.
        stamp: The files that were read, and what tells that one has changed.
    """

    folder: GitFolder
    harmless: tuple[Setting, ...]
    concerns: tuple[Concern, ...]
    fingerprint: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class _Found:
    """One setting, the file that holds it, and whether git would take it only under a condition."""

    key: str
    value: str | None
    path: Path
    conditional: bool


class SettingsReader:
    """One look at a folder: collects settings, concerns, and what they rest on."""

    def __init__(self, folder: GitFolder, list_settings: ListSettings) -> None:
        self._folder = folder
        self._list_settings = list_settings
        self._basis = Basis(folder.root)
        self._read: set[tuple[Path, bool]] = set()

    def read(self) -> LocalSettings:
        """Read all of it. Raises GitError where a file is none that git could read."""
        folder, basis = self._folder, self._basis
        if (dot_git := folder.root / ".git").is_file():
            basis.rests_on(dot_git)
        basis.rests_on(folder.own / "commondir", folder.own / "gitdir")
        basis.rests_on(folder.common / "objects/info/alternates")
        found = list(self._settings(folder.common / "config", False))
        if any(one.key == "extensions.worktreeconfig" for one in found):
            found += self._settings(folder.own / "config.worktree", False)
        named = (split_key(one.key)[1] for one in found if pattern(one.key) == "remote.*.url")
        formats = [
            one.value
            for one in found
            if one.key == "core.repositoryformatversion" and one.path == folder.common / "config"
        ]
        # Git reads it of this file alone, and not of what it includes.
        format = formats[-1] if formats else "0"
        around = Surroundings(folder.root, folder.common, frozenset(filter(None, named)), format)
        harmless = [one for one in found if is_harmless(one.key, one.value, around)]
        concerns = [self._concern(one) for one in found if not is_harmless(one.key, one.value, around)]
        is_owned = any(one.key == "core.worktree" for one in harmless)  # as submodules say whose they are
        concerns += [
            Concern(name, where, EVERYTHING)
            for name, where in leads_elsewhere(folder)
            if not (name == ".git" and is_owned)
        ]
        concerns += self._old_remotes(folder.common / "remotes")
        concerns += self._old_remotes(folder.common / "branches")
        told = [(concern.name.lower(), concern.value) for concern in concerns]
        kept = tuple((one.key, one.value) for one in harmless if not one.conditional)
        mark = basis.fingerprint(told) if told else ""
        return LocalSettings(folder, kept, tuple(concerns), mark, basis.stamp)

    def _settings(self, path: Path, conditional: bool) -> Iterator[_Found]:
        """A file's settings, each include followed by what it brings, as git reads them."""
        for key, value in self._listed(path, conditional):
            yield _Found(key, value, path, conditional)
            if pattern(key) in ("include.path", "includeif.*.path") and value and "\0" not in value:
                target = path.parent / expanded(value)
                self._basis.takes_in(target)
                yield from self._settings(target, conditional or key.startswith("includeif."))

    def _listed(self, path: Path, conditional: bool) -> list[Setting]:
        self._basis.rests_on(path)
        try:
            status = path.stat()
        except OSError:
            return []
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_CONFIG:
            raise GitError(f"{path} is not a git configuration.", "Replace it with a plain file of settings.")
        if (path.resolve(), conditional) in self._read:
            return []  # included again, maybe by itself
        self._read.add((path.resolve(), conditional))
        if len(self._read) > _MOST_FILES:
            raise GitError(
                f"The git configuration of {self._folder.root} includes too many files.", "Include fewer."
            )
        return self._list_settings(path)

    def _concern(self, found: _Found) -> Concern:
        key, value = found.key, "true" if found.value is None else found.value
        if pattern(key) in ("remote.*.url", "remote.*.pushurl"):
            self._basis.takes_in_repository(value)
        elif key == "core.attributesfile":
            self._basis.takes_in(self._folder.root / expanded(value))
        else:
            self._basis.takes_in_programs(value)
        return concern_of(key, value, found.path)

    def _old_remotes(self, folder: Path) -> list[Concern]:
        """Remotes written in the way of before git 1.5, which git still reads."""
        self._basis.rests_on(folder)
        try:
            files = sorted(entry for entry in folder.iterdir() if entry.is_file())
        except OSError:
            return []
        for file in files:
            self._basis.takes_in(file)
        return [Concern(f".git/{folder.name}/{file.name}", _first_line(file), REMOTE) for file in files]


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_ADDRESS).decode("utf-8", "replace").partition("\n")[0]
    except OSError:
        return ""
