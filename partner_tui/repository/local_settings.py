"""A folder's own git settings, read without running anything of it: which are harmless, and which need trust.

Included files count as part of it, whatever their condition says. What is found has a fingerprint: of names, values, and
the contents of those files in the folder that would be run or read.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.plain import visible
from partner_tui.repository.git_folder import GitFolder, leads_elsewhere
from partner_tui.repository.harmless import Surroundings, is_harmless, pattern, split_key
from partner_tui.repository.plain_config import Setting
from partner_tui.repository.redact import redact

EVERYTHING = "*"
_REMOTE = frozenset({"fetch", "ls-remote", "pull", "push"})
_REMOTE_SECTIONS = frozenset({"branch", "credential", "http", "protocol", "remote", "ssh", "url"})
_WRITES_FILES = frozenset({"checkout", "merge", "rebase", "reset", "restore"})
_SECRET = re.compile(r"(?i)extraheader|password|secret|token")
_PASSWORD = re.compile(r"(?i)\b((?:password|passwd|token|secret)=)[^\s;'\"}]+")
_LARGEST_CONFIG = 1 << 20
_LARGEST_PROGRAM = 16 << 20
_DEEPEST_INCLUDE = 10
_LONGEST_SHOWN = 4000

ListSettings = Callable[[Path], list[Setting]]
"""Lists one configuration file alone, without what it includes."""
Stamp = tuple[tuple[str, tuple[int, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that git would do for the folder and that needs the user's trust.

    Args:
        name: The setting as a person writes it, such as ``filter.strip.clean``, or a file of the git folder.
        value: In full; may hold secrets and escapes.
        stops: The git commands that cannot be run without it; ``EVERYTHING`` for all.
    """

    name: str
    value: str
    stops: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The name for the screen."""
        return visible(redact(self.name))

    @property
    def shown(self) -> str:
        """Name and value in one line for the screen: escapes as signs, secrets left out."""
        value = _PASSWORD.sub(r"\1***", redact(self.value))
        if _SECRET.search(self.name):
            value = "***"
        sign = "→" if EVERYTHING in self.stops else "="
        return f"{self.label} {sign} {visible(value, _LONGEST_SHOWN)}"


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """What a folder's own git configuration holds.

    Args:
        harmless: Settings that need no trust, in git's order.
        concerns: The others.
        fingerprint: Of the concerns; empty when there is none.
        stamp: The files that were read, and what tells that one has changed.
    """

    harmless: tuple[Setting, ...]
    concerns: tuple[Concern, ...]
    fingerprint: str
    stamp: Stamp


def read_local_settings(folder: GitFolder, list_settings: ListSettings) -> LocalSettings:
    """Read all of it.

    Raises:
        GitError: A configuration file is none that git could read.
    """
    return _Reading(folder, list_settings).read()


def stamp_of(paths: list[str]) -> Stamp:
    """What changes when one of the files does."""
    return tuple((path, _stamp(path)) for path in paths)


def _stamp(path: str) -> tuple[int, ...] | None:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_mode


@dataclass(frozen=True, slots=True)
class _Found:
    """One setting, the file that holds it, and whether git would take it only under a condition."""

    key: str
    value: str | None
    path: Path
    conditional: bool


@dataclass
class _Reading:
    """One look at a folder: collects settings, concerns, and what they depend on."""

    folder: GitFolder
    list_settings: ListSettings
    paths: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)

    def read(self) -> LocalSettings:
        folder = self.folder
        dot_git = folder.root / ".git"
        for path in (
            *([dot_git] if dot_git.is_file() else []),
            folder.own / "commondir",
            folder.own / "gitdir",
        ):
            self._depends_on(path)
        self._depends_on(folder.common / "objects/info/alternates")
        found = list(self._settings(folder.common / "config"))
        if any(one.key == "extensions.worktreeconfig" for one in found):
            found += self._settings(folder.own / "config.worktree")
        remotes = frozenset(
            split_key(one.key)[1] or "" for one in found if pattern(one.key) == "remote.*.url"
        )
        around = Surroundings(folder.root, folder.common, remotes)
        harmless = [one for one in found if is_harmless(one.key, one.value, around)]
        concerns = [self._concern(one) for one in found if not is_harmless(one.key, one.value, around)]
        owned = any(one.key == "core.worktree" for one in harmless)  # as submodules say whose they are
        concerns += [
            Concern(name, where, frozenset({EVERYTHING}))
            for name, where in leads_elsewhere(folder)
            if not (name == ".git" and owned)
        ]
        for kind in ("remotes", "branches"):
            self._depends_on(folder.common / kind)
            concerns += self._old_remotes(folder.common / kind)
        kept = tuple((one.key, one.value) for one in harmless if not one.conditional)
        return LocalSettings(kept, tuple(concerns), self._fingerprint(concerns), tuple(self.paths.items()))

    def _settings(self, path: Path, depth: int = 0, conditional: bool = False) -> Iterator[_Found]:
        """A file's settings, each include followed by what it brings, as git reads them."""
        for key, value in self._listed(path):
            found = _Found(key, value, path, conditional)
            yield found
            if _is_include(key) and value and "\0" not in value and depth < _DEEPEST_INCLUDE:
                target = path.parent / _expanded(value)
                self._takes_in(target)
                yield from self._settings(target, depth + 1, conditional or key.startswith("includeif."))

    def _listed(self, path: Path) -> list[Setting]:
        self._depends_on(path)
        try:
            status = path.stat()
        except OSError:
            return []
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_CONFIG:
            raise GitError(f"{path} is not a git configuration.", "Replace it with a plain file of settings.")
        return self.list_settings(path)

    def _concern(self, found: _Found) -> Concern:
        key, value = found.key, "true" if found.value is None else found.value
        section = split_key(key)[0]
        stops: frozenset[str] = frozenset()
        if section in _REMOTE_SECTIONS or key in ("core.sshcommand", "core.gitproxy"):
            stops = _REMOTE
        elif section == "includeif":
            stops = _REMOTE | {"commit"}  # whose name and address may be in there
        elif section == "filter":
            stops = _WRITES_FILES
        if pattern(key) in ("remote.*.url", "remote.*.pushurl"):
            self._takes_in_repository(value)
        elif key == "core.attributesfile":
            self._takes_in(self.folder.root / _expanded(value))
        else:
            self._takes_in_programs(value)
        return Concern(_spelled(key, found.path), value, stops)

    def _old_remotes(self, folder: Path) -> list[Concern]:
        """Remotes written in the way of before git 1.5, which git still reads."""
        try:
            files = sorted(entry for entry in folder.iterdir() if entry.is_file())
        except OSError:
            return []
        for file in files:
            self._takes_in(file)
        return [Concern(f".git/{folder.name}/{file.name}", _first_line(file), _REMOTE) for file in files]

    # What it depends on

    def _depends_on(self, path: Path) -> None:
        self.paths.setdefault(str(path), _stamp(str(path)))

    def _takes_in(self, path: Path) -> None:
        """Let the fingerprint change with the content of a file."""
        self._depends_on(path)
        self.contents[str(path)] = _digest(path)

    def _takes_in_programs(self, value: str) -> None:
        """The files of the folder that a command names, among its words."""
        try:
            words = shlex.split(value.removeprefix("!"))
        except ValueError:
            words = value.split()
        for word in words:
            path = self.folder.root / word.rpartition("=")[2]
            if (
                path.is_relative_to(self.folder.root)
                and (found := _stamp(str(path)))
                and stat.S_ISREG(found[-1])
            ):
                self._takes_in(path)

    def _takes_in_repository(self, address: str) -> None:
        """The configuration and the hooks of a repository that lies in the folder."""
        place = self.folder.root / address.removeprefix("file://")
        for git_folder in (place, place / ".git"):
            if (git_folder / "HEAD").is_file():
                self._takes_in(git_folder / "config")
                self._depends_on(git_folder / "hooks")
                for hook in sorted((git_folder / "hooks").glob("*")):
                    self._takes_in(hook)

    def _fingerprint(self, concerns: list[Concern]) -> str:
        if not concerns:
            return ""
        told = [[concern.name.lower(), concern.value] for concern in concerns]
        text = json.dumps([sorted(told), sorted(self.contents.items())])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_include(key: str) -> bool:
    return pattern(key) in ("include.path", "includeif.*.path")


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # no such user
        return Path(name)


def _spelled(key: str, path: Path) -> str:
    """The key with its name in the letters that the file has it in: git lists it in lower case."""
    start, _, name = key.rpartition(".")
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return key
    found = re.search(rf"(?im)^[ \t]*({re.escape(name)})[ \t]*(?:=|$)", text)
    return f"{start}.{found[1]}" if found else key


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_SHOWN).decode("utf-8", "replace").partition("\n")[0]
    except OSError:
        return ""


def _digest(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "not a file"
        if status.st_size > _LARGEST_PROGRAM:
            return f"large {status.st_size} {status.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"
