"""Decides, for every command and before it is started, whether git may run with a folder's own settings.

The rule: without a `Guard` no git starts (see ``process.child``), and only this module makes guards. A folder whose settings
are all harmless is used as it is. Any other one is used without them until the user trusts them, as they are now; when
they change they are untrusted again.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from partner_tui.errors import GitError, Untrusted
from partner_tui.repository.fingerprint import stamp_of
from partner_tui.repository.process.options import Guard
from partner_tui.repository.stale_files import temporary_prefix
from partner_tui.repository.trust.concern import EVERYTHING, Concern
from partner_tui.repository.trust.git_folder import GitFolder, find_git_folder
from partner_tui.repository.trust.local_settings import LocalSettings, SettingsReader
from partner_tui.repository.trust.plain_config import Setting, list_settings, read_plain, write_settings

_NO_FOLDER = Path("/")
_FOLDERS = ("info", "logs", "objects", "refs", "reftable", "rr-cache", "worktrees")
_FILES = ("packed-refs", "shallow")
# The work tree is the folder that was opened, and settings of a linked work tree are among the others already.
_LEFT_OUT = frozenset({"core.bare", "core.worktree", "extensions.worktreeconfig"})
_BAD_LINE = re.compile(r"bad config line (\d+) in file ([^\n]*)")


_known: dict[str, LocalSettings] = {}
"""As each folder was read last, by its real path."""
_trusted: dict[str, str] = {}
"""The fingerprint that the user trusts, by the folder's real path."""


def trust(root: Path, fingerprint: str) -> None:
    """From now on, and until they change, git uses the settings of this fingerprint; an empty one takes it back."""
    _trusted[os.path.realpath(root)] = fingerprint


def trusted_fingerprint(root: Path) -> str:
    """Of the settings that the user trusts here; empty where that are none."""
    return _trusted.get(os.path.realpath(root), "")


def fingerprint(root: Path) -> str:
    """Of the settings that need trust, as they are now; empty when there is none. Raises GitError."""
    known = _look(root)
    return known.fingerprint if known else ""


def needing_trust(root: Path) -> tuple[Concern, ...]:
    """The settings that need trust, whether they have it or not. Raises GitError."""
    known = _look(root)
    return known.concerns if known else ()


def untrusted(root: Path) -> tuple[Concern, ...]:
    """What the folder asks for and git does not do, since the user does not trust it (yet). Raises GitError."""
    concerns = needing_trust(root)
    return () if fingerprint(root) == trusted_fingerprint(root) else concerns


@contextmanager
def guarded(arguments: Sequence[str], cwd: Path) -> Iterator[Guard]:
    """How one git command is run in a folder.

    Raises:
        GitError: The configuration is none.
        Untrusted: The command needs what is not trusted.
    """
    known = _look(cwd)
    if known is None:
        # Nor may git see a repository where none was seen here.
        nothing = {"GIT_DIR": os.devnull} if os.path.lexists(cwd / ".git") else {}
        yield Guard(_within(cwd) | nothing)
        return
    concerns = untrusted(cwd)
    environment = _within(cwd) | ({"GIT_DIR": str(known.folder.own.absolute())} if known.folder.bare else {})
    if not concerns:
        yield Guard(environment)
        return
    _refuse(arguments, concerns)
    settings: list[Setting] = [("core.bare", "true" if known.folder.bare else "false")]
    settings += [one for one in known.harmless if one[0] not in _LEFT_OUT]
    with _neutral_folder(known.folder, settings) as place:
        config = place / "config"
        before = stamp_of([str(config)])
        yield Guard(environment | {"GIT_COMMON_DIR": str(place)})
        if stamp_of([str(config)]) != before:
            _carry_over(settings, _list(config), known.folder.common / "config")


@contextmanager
def _neutral_folder(folder: GitFolder, settings: list[Setting]) -> Iterator[Path]:
    """The folder for ``GIT_COMMON_DIR``, with these settings alone in its ``config``; gone when the command is done.

    Git has no way to leave out a repository's configuration, but it reads it where ``GIT_COMMON_DIR`` says. So each command is
    given a folder of ours: a configuration with what is harmless, and links to the repository's own objects and branches. No
    setting can slip through, since git never sees the folder's own file.
    """
    with tempfile.TemporaryDirectory(prefix=temporary_prefix("git"), ignore_cleanup_errors=True) as name:
        place = Path(name)
        for link in (*_FOLDERS, *_FILES):
            target = folder.common.absolute() / link
            if link in _FILES or target.is_dir():
                (place / link).symlink_to(target)
        (place / "config").write_bytes(os.fsencode(write_settings(settings)))
        yield place


def require(cwd: Path, *arguments: str) -> None:
    """Raise Untrusted for a git command that would be refused, before another one that leads up to it is run."""
    _refuse(arguments, untrusted(cwd))


def _refuse(arguments: Sequence[str], concerns: Sequence[Concern]) -> None:
    command = _command(arguments)
    needed = [concern for concern in concerns if concern.stops == EVERYTHING or command in concern.stops]
    if needed:
        raise Untrusted(f"git {command}", [concern.label for concern in needed])


def _command(arguments: Sequence[str]) -> str:
    words = iter(arguments)
    for word in words:
        if word == "-c":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _look(cwd: Path) -> LocalSettings | None:
    """What is known of the repository in this folder itself, read again if one of its files has changed."""
    key = os.path.realpath(cwd)
    known = _known.get(key)
    if known is not None and stamp_of([path for path, _ in known.stamp]) == known.stamp:
        return known
    folder = find_git_folder(cwd)
    if folder is None:
        _known.pop(key, None)
        return None
    known = _known[key] = SettingsReader(folder, _list).read()
    return known


def _list(path: Path) -> list[Setting]:
    try:
        text = os.fsdecode(path.read_bytes())
    except OSError as error:
        raise GitError(
            f"{path} cannot be read: {error.strerror}.", "Check the file's permissions."
        ) from error
    plain = read_plain(text)
    if plain is not None:
        return plain
    try:
        printed = _run(["config", "--file", str(path), "--no-includes", "--list", "-z"])
    except GitError as error:
        # Git lists what comes before the bad line, and that may hold secrets: only the line's number is passed on.
        bad = _BAD_LINE.search(error.output)
        file, where = (bad[2], f" (line {bad[1]})") if bad else (path, "")
        raise GitError(
            f"{file} is not a valid git configuration{where}.", "Correct the line, then try again."
        ) from None
    return list_settings(os.fsdecode(printed))


def _run(arguments: Sequence[str]) -> bytes:
    """Run a git that reads and writes the file it is told, in no repository."""
    from partner_tui.repository.process.child import Process  # late: most folders need no git here

    return Process(arguments, _NO_FOLDER, None, {}, Guard(_within(_NO_FOLDER))).complete().output


def _within(cwd: Path) -> dict[str, str]:
    """Git looks for a repository in this folder and not above it."""
    return {"GIT_CEILING_DIRECTORIES": str(Path(os.path.realpath(cwd)).parent)}


def _carry_over(before: Sequence[Setting], after: Sequence[Setting], config: Path) -> None:
    """Write what a command wrote to the neutral configuration to the folder's own, such as a branch's upstream."""
    for key in dict.fromkeys(key for key, _ in (*before, *after)):
        old, new = ([value for name, value in settings if name == key] for settings in (before, after))
        if old == new:
            continue
        if old:
            _run(["config", "--file", str(config), "--unset-all", key])
        for value in new:
            _run(["config", "--file", str(config), "--add", key, "true" if value is None else value])
