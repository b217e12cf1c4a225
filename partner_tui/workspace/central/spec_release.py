"""Other releases of the spec library: their wheels, the schema in a wheel, and their full rules in an environment of their own.

The rule: nothing of another release is installed into this environment, none of its code is run unless its full rules were
asked for, and what a wheel holds is read within bounds. pip asks the package index that the user configured it for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import venv
import zipfile
import zlib
from contextlib import suppress
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from partner_tui.errors import Cancelled, NeedsConsent, SourceError, UsageError
from partner_tui.repository.process.redact import address
from partner_tui.repository.stale_files import remove_leftovers, temporary_prefix

_PACKAGE = "bioimageio.spec"
_SCHEMA = "bioimageio/spec/static/bioimageio_schema.json"
_LARGEST_WHEEL, _LARGEST_SCHEMA = 100_000_000, 20_000_000
_SECONDS = 900
_LOOK_SECONDS = 0.1
"""Between two looks at whether pip is to be stopped."""
_READY = "ready"
_WHEELS = "bioimageio[._]spec-*.whl"
"""Before 0.5.4 their names had a dot."""
_PIP = ("-P", "-m", "pip")
"""pip itself: without -P, Python would run a pip.py of the folder that it is started in, which is a contributor's."""
_NAMED = "Or download the wheel, and name its file with --against."


def installed_schema() -> Any:
    """The schema of the installed release, which is not imported for that."""
    return _parsed(
        Path(str(distribution(_PACKAGE).locate_file(_SCHEMA))).read_bytes(), "the installed release"
    )


def read_schema(wheel: Path) -> Any:
    """The schema in a wheel.

    Raises:
        SourceError: It cannot be read, is too large, or has no schema.
    """
    try:
        if wheel.stat().st_size > _LARGEST_WHEEL:
            raise SourceError(f"{wheel.name} is too large to be a wheel of {_PACKAGE}.")
        with zipfile.ZipFile(wheel) as packed, packed.open(_SCHEMA) as file:
            content = file.read(_LARGEST_SCHEMA + 1)  # however large the archive says that it is
    except KeyError:
        hint = "Wheels have one since 0.5.5.4; compare an older release with --full."
        raise SourceError(f"{wheel.name} has no schema.", hint) from None
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{wheel.name} cannot be read: {error}", "Name a wheel (.whl).") from None
    return _parsed(content, wheel.name)


def _parsed(content: bytes, name: str) -> Any:
    try:
        if len(content) > _LARGEST_SCHEMA:
            raise ValueError("it is too large")
        schema = json.loads(content)
        if not isinstance(schema, dict) or not isinstance(schema.get("$defs"), dict):
            raise ValueError("it defines nothing")
        return schema
    except (ValueError, RecursionError) as error:
        raise SourceError(f"The schema of {name} cannot be read: {error}") from None


def version_of(wheel: Path) -> str:
    """The release that a wheel is of. Raises UsageError where its name is not that of a wheel of the spec library."""
    try:
        name, version, _, _ = parse_wheel_filename(wheel.name)
        if name == "bioimageio-spec":
            return str(version)
    except (InvalidWheelFilename, InvalidVersion):
        pass
    raise UsageError(
        f"{wheel.name} is not a wheel of {_PACKAGE}.", "Its file is named bioimageio_spec-VERSION-….whl."
    )


def kept_wheel(cache: Path, version: str | None) -> Path | None:
    """The wheel of a release that was downloaded before. Raises UsageError where that is no version."""
    try:
        wanted = Version(version) if version else None
    except InvalidVersion:
        raise UsageError(
            f"{version!r} is not a version, and no file.", "Write a version such as 0.5.14.3."
        ) from None
    wheels = sorted((cache / "spec").glob(_WHEELS))
    return next((one for one in wheels if Version(version_of(one)) == wanted), None)


def newest_kept(cache: Path) -> Path | None:
    """The wheel of the newest release of those that were downloaded before; None where none is newer than the installed one."""
    releases = {Version(version_of(one)): one for one in (cache / "spec").glob(_WHEELS)}
    newest = max(releases, default=None)
    return releases[newest] if newest and newest > Version(distribution(_PACKAGE).version) else None


def consent(version: str | None = None) -> NeedsConsent:
    """What has to be agreed to before a release, or the newest one, is downloaded."""
    what = f"bioimageio.spec {version}" if version else "The newest bioimageio.spec"
    return NeedsConsent(f"{what} is downloaded by pip from {package_indexes()}.")


def package_indexes() -> str:
    """Where pip would download from, as it is configured."""
    settings = [line.partition("=") for line in _pip(["config", "list"], 60).splitlines()]
    found = {name.rpartition(".")[2]: value.strip("'\"").split() for name, _, value in settings}
    configured = (one for key in ("index-url", "extra-index-url", "find-links") for one in found.get(key, ()))
    default = [] if "index-url" in found else ["pip's default package index"]
    return ", ".join([*default, *dict.fromkeys(map(address, configured))])


def download(cache: Path, version: str | None, cancelled: Event | None = None) -> Path:
    """Download the wheel of a release, or the newest one, into the cache; the user agreed.

    Raises:
        Cancelled: The event was set.
        SourceError: pip cannot.
    """
    target = cache / "spec"
    target.mkdir(parents=True, exist_ok=True)
    requirement = f"{_PACKAGE}=={version}" if version else _PACKAGE
    remove_leftovers(target, "save")
    with TemporaryDirectory(prefix=temporary_prefix("save"), dir=target) as folder:
        options = ["--no-deps", "--only-binary", ":all:", "--dest", folder]
        _pip(["download", "--quiet", *options, requirement], _SECONDS, cancelled)
        for wheel in Path(folder).glob(_WHEELS):
            return wheel.replace(target / wheel.name)
    raise SourceError("pip downloaded no wheel.", _NAMED)


def full_rules(cache: Path, wheel: Path) -> tuple[str, ...]:
    """The command of a judge of a wheel's release, in an environment of its own that is made once; the user agreed.

    Raises:
        SourceError: It cannot be made.
    """
    folder = cache / "spec" / f"environment-{version_of(wheel)}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (folder / _READY).exists():
        try:
            venv.create(folder, clear=True, with_pip=True)
        except (OSError, subprocess.SubprocessError) as error:
            hint = "Install Python's venv and ensurepip."
            raise SourceError(f"No environment can be made: {error}", hint) from None
        _run([str(python), *_PIP, "install", "--quiet", str(wheel.absolute())], _SECONDS)
        (folder / _READY).touch()
    return (str(python), "-m", "partner_tui.compliance.spec")


def _pip(arguments: list[str], seconds: int, cancelled: Event | None = None) -> str:
    """What pip prints: this environment's own, else the user's."""
    found = shutil.which("pip3") or shutil.which("pip")
    command = [sys.executable, *_PIP] if find_spec("pip") else [found] if found else None
    if command is None:
        raise SourceError("pip is not installed.", _NAMED)
    return _run([*command, "--disable-pip-version-check", "--no-input", *arguments], seconds, cancelled)


def _run(command: list[str], seconds: int, cancelled: Event | None = None) -> str:
    until, pipe = time.monotonic() + seconds, subprocess.PIPE
    try:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True
        ) as process:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    printed, complained = process.communicate(timeout=_LOOK_SECONDS)
                    break
                if (stopped := cancelled is not None and cancelled.is_set()) or time.monotonic() > until:
                    process.kill()
                    raise Cancelled if stopped else SourceError(f"pip took longer than {seconds} s.", _NAMED)
    except OSError as error:
        raise SourceError(f"pip did not answer: {error}", _NAMED) from None
    if process.returncode:
        said = [line for line in complained.splitlines() if line.strip()]
        raise SourceError(f"pip failed: {said[-1] if said else process.returncode}", _NAMED)
    return printed
