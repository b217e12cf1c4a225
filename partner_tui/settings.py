"""The user's settings file and the folders that the app keeps things in.

The file is YAML and read once at start; `settings_file` writes it. What the app remembers itself (recent repositories) is in the
state folder, not beside the settings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
import yaml

from partner_tui.addresses.forge import SAID
from partner_tui.errors import PartnerTuiError
from partner_tui.private import private_folder

APP = "partner-tui"
HOME_VARIABLE = "PARTNER_TUI_HOME"
PICTURES = ("auto", "kitty", "sixel", "blocks", "off")
"""How pictures can be drawn; `ui.graphics.terminal` finds out what `auto` is."""


@dataclass(frozen=True, slots=True)
class Directories:
    """Where things are kept; all below PARTNER_TUI_HOME when that is set."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @classmethod
    def of_user(cls) -> Directories:
        if home := os.environ.get(HOME_VARIABLE):
            root = Path(home)
            return cls(root / "config", root / "data", root / "state", root / "cache")
        dirs = platformdirs.PlatformDirs(APP, appauthor=False)
        return cls(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path)

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.yaml"

    @property
    def log_file(self) -> Path:
        return self.state / "partner-tui.log"

    @property
    def clones(self) -> Path:
        return self.data / "clones"

    def close_to_others(self) -> None:
        """Let nobody else into what is kept, and into clones, whose URLs may hold a password; never raises."""
        for folder in (self.data, self.state, self.cache):
            with suppress(OSError):
                private_folder(folder)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set."""

    theme: str = "partner-dark"
    """The theme: partner-dark, partner-light, or any of Textual's."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys by binding id, as the help lists them: `entries.filter: "/"`; several keys with commas."""

    editor: str = ""
    """The editor's command; $VISUAL, then $EDITOR, when empty."""

    fetch_on_open: bool = True
    """Whether an opened clone is fetched in the background."""

    github_api: str = ""
    """The API of a GitHub Enterprise server, such as https://github.example.org/api/v3; github.com needs none."""

    pictures: str = "auto"
    """How pictures are drawn, one of `PICTURES`."""

    forges: Mapping[str, str] = field(default_factory=dict)
    """What hosts run whose name does not say it, by host: `git.example.org: gitlab`."""

    central: str = ""
    """Where the central repository is read from: a folder or a git URL; bioimage-io/collection on GitHub when empty."""

    @property
    def hosts(self) -> Mapping[str, str]:
        """What hosts run: those of `forges`, and that of `github_api`."""
        try:
            host = urlsplit(self.github_api).hostname
        except ValueError:
            host = None  # what is wrong with it is said where it is used
        return {
            **({host: "github"} if host else {}),
            **{host.lower(): kind for host, kind in self.forges.items()},
        }

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read the settings file; the defaults when there is none. Raises PartnerTuiError."""
        try:
            text = path.read_text("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return cls()
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from error
        return cls.parse(text, path)

    @classmethod
    def parse(cls, text: str, path: Path) -> Settings:
        """Read the text of a settings file. Raises as `load`."""
        try:
            data = yaml.safe_load(text)
        except (ValueError, yaml.YAMLError) as error:
            raise _unreadable(path, error) from error
        return cls._from_data(data or {}, path)

    @classmethod
    def _from_data(cls, data: Any, path: Path) -> Settings:
        defaults = cls()
        known = {name: getattr(defaults, name) for name in cls.__dataclass_fields__}
        if not isinstance(data, dict):
            raise PartnerTuiError(
                f"The settings file is not a mapping: {path}", f"Known settings: {', '.join(known)}."
            )
        if data.get("pictures") is False:
            data["pictures"] = "off"  # which YAML 1.1 takes for a truth value
        for name, value in data.items():
            if name not in known:
                raise PartnerTuiError(
                    f"Unknown setting {name!r} in {path}", f"Known settings: {', '.join(known)}."
                )
            if not isinstance(value, type(known[name])):
                kind = type(known[name]).__name__
                raise PartnerTuiError(f"The setting {name!r} in {path} is not of type {kind}.", "")
        if data.get("pictures", "auto") not in PICTURES:
            raise PartnerTuiError(
                f"The setting 'pictures' in {path} is {data['pictures']!r}.",
                f"Choose one of: {', '.join(PICTURES)}.",
            )
        for host, said in data.get("forges", {}).items():
            if not isinstance(host, str) or not isinstance(said, str) or said not in SAID:
                raise PartnerTuiError(
                    f"The setting 'forges' in {path} has an unknown kind for {host}: {said}",
                    f"Known: {', '.join(SAID)}.",
                )
        return cls(**data)


def _unreadable(path: Path, error: Exception) -> PartnerTuiError:
    return PartnerTuiError(f"The settings file cannot be read: {path}", str(error).splitlines()[0])


@dataclass(frozen=True, slots=True)
class Recent:
    """A repository that was open before: what opens it again, the partner's name, its last sum of statuses in words."""

    source: str
    name: str
    summary: str = ""


class RecentRepositories:
    """The repositories opened last, newest first; a lost or torn file is an empty list."""

    LIMIT = 12

    def __init__(self, state: Path) -> None:
        self._path = state / "recent.json"

    def load(self) -> tuple[Recent, ...]:
        try:
            return tuple(Recent(**shape) for shape in json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return ()

    def remember(self, recent: Recent) -> None:
        """Put a repository first; without a summary it keeps the one that it has."""
        before = self.load()
        summary = recent.summary or next((one.summary for one in before if one.source == recent.source), "")
        recent = replace(recent, summary=summary)
        others = [known for known in before if known.source != recent.source]
        self._keep((recent, *others)[: self.LIMIT])

    def forget(self, source: str) -> None:
        """Take a repository off the list."""
        self._keep([known for known in self.load() if known.source != source])

    def _keep(self, recent: Sequence[Recent]) -> None:
        from partner_tui.repository.private_files import keep_private

        keep_private(self._path, json.dumps([asdict(one) for one in recent], ensure_ascii=False).encode())
