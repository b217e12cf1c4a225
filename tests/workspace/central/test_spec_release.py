"""Wheels of other releases: read within bounds, and never taken for something else."""

from __future__ import annotations

import stat
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Event, Timer

import pytest

from partner_tui.errors import Cancelled, PartnerTuiError, SourceError, UsageError
from partner_tui.workspace.central import spec_release
from partner_tui.workspace.central.spec_release import (
    download,
    installed_schema,
    kept_wheel,
    newest_kept,
    package_indexes,
    read_schema,
    version_of,
)
from tests.workspace.central.wheels import make_wheel


def test_the_schema_of_a_wheel_is_read_and_the_installed_one_is_there(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path)
    assert version_of(wheel) == "0.6.0.0"
    assert read_schema(wheel)["$defs"].keys() == installed_schema()["$defs"].keys()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"[" * 100_000, None, "cannot be read"),
        (b"[]", None, "it defines nothing"),
        (b" " * 30_000_000, None, "it is too large"),
        (b"{}", "bioimageio/spec/other.json", "has no schema"),
    ],
)
def test_a_hostile_wheel_is_refused(tmp_path: Path, content: bytes, name: str | None, words: str) -> None:
    wheel = make_wheel(tmp_path, content=content, **({"name": name} if name else {}))
    with pytest.raises(PartnerTuiError, match=words):
        read_schema(wheel)


def test_what_is_no_wheel_of_the_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bioimageio_spec-0.6.0.0-py3-none-any.whl"
    path.write_bytes(b"no archive")
    with pytest.raises(PartnerTuiError, match="cannot be read"):
        read_schema(path)
    for name in ("other-1.0-py3-none-any.whl", "bioimageio_spec.whl", "notes.txt"):
        with pytest.raises(UsageError):
            version_of(tmp_path / name)


def test_a_wheel_that_was_downloaded_is_found_by_its_version(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    wheel = make_wheel(tmp_path / "spec")
    assert kept_wheel(tmp_path, "0.6.0.0") == wheel
    assert kept_wheel(tmp_path, "0.6") == wheel
    assert kept_wheel(tmp_path, "0.5.9.0") is None
    assert kept_wheel(tmp_path, None) is None
    with pytest.raises(UsageError):
        kept_wheel(tmp_path, "--index-url=http://localhost")


def test_only_a_release_that_is_newer_than_the_installed_one_is_compared_by_itself(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    assert newest_kept(tmp_path) is None
    make_wheel(tmp_path / "spec", "0.5.3.2")
    make_wheel(tmp_path / "spec", version("bioimageio.spec"))
    assert newest_kept(tmp_path) is None
    make_wheel(tmp_path / "spec", "99.0.0.0")
    newest = make_wheel(tmp_path / "spec", "100.0.0.0")
    assert newest_kept(tmp_path) == newest


def test_a_wheel_of_an_old_release_whose_name_has_a_dot_is_found(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    wheel = make_wheel(tmp_path / "spec", "0.5.3.2")
    old = wheel.rename(wheel.with_name(wheel.name.replace("bioimageio_spec", "bioimageio.spec")))
    assert kept_wheel(tmp_path, "0.5.3.2") == old


def test_a_pip_of_the_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "pip.py").write_text(f"open({str(ran)!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    with suppress(SourceError):  # there is no pip here
        package_indexes()
    assert not ran.exists()


def test_a_download_that_is_stopped_ends_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "pip"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 100\n")
    slow.chmod(stat.S_IRWXU)
    monkeypatch.setattr(spec_release, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("shutil.which", lambda name: str(slow))
    cancelled = Event()
    Timer(0.5, cancelled.set).start()
    with pytest.raises(Cancelled):
        download(tmp_path / "cache", None, cancelled)
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()
