"""`splash`: what visitors see, printed or written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from partner_tui.cli import cli

MANIFEST = """\
config:
  id: meadow
  name: Meadow
  splash_title: Microscopy Meadow
  splash_subtitle: Everything that grows
  explore_button_text: Start
  resource_types: [model]
  default_type: model
  background_image: gone.png
collection:
  - {id: fern, type: model, name: Fern, tags: [plants], links: [meadow/meadow]}
"""


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "collection.yaml"
    path.write_text(MANIFEST)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["splash", *map(str, arguments)], prog_name="partner-tui")


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (("--size", "80x24"), "Everything that grows"),
        (("--view", "today"), "48 px"),
        (("--view", "cards"), "meadow/fern"),
    ],
)
def test_a_view_is_printed_and_what_is_wrong_is_told_apart_from_it(
    manifest: Path, options: tuple[str, ...], shown: str
) -> None:
    done = run(manifest, *options)
    assert done.exit_code == 0
    assert shown in done.stdout
    assert "\x1b" not in done.stdout
    if "--size" in options:
        assert "gone.png is not shown: gone.png is not in this repository." in done.stderr


def test_a_file_is_written_by_its_suffix(manifest: Path, tmp_path: Path) -> None:
    for name in ("splash.txt", "splash.ANS"):
        done = run(manifest, "--export", tmp_path / name, "--size", "60x20")
        assert done.exit_code == 0
        assert f"Wrote {tmp_path / name}." in done.stderr
        assert done.stdout == ""
    for name in ("splash.svg", "splash.png", "splash.html"):
        assert run(manifest, "--export", tmp_path / name, "--window", "390x844").exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert "Microscopy Meadow" in (tmp_path / "splash.txt").read_text("utf-8")
    assert "\x1b[" in (tmp_path / "splash.ANS").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ("--size", "wide"),
        ("--size", "5x5"),
        ("--window", "100000x1"),
        ("--export", "splash.doc"),
        ("--export", "no/such/folder/splash.txt"),
    ],
)
def test_wrong_usage_is_one_line(manifest: Path, options: tuple[str, ...]) -> None:
    done = run(manifest, *options)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def with_picture(manifest: Path, host: str) -> None:
    manifest.write_text(MANIFEST.replace("gone.png", f"https://{host}/a.png"))


def test_no_host_is_asked_before_somebody_agreed(manifest: Path) -> None:
    with_picture(manifest, "pictures.invalid")
    for options in ((), ("--offline",), ("--offline", "--yes")):
        done = run(manifest, "--size", "80x24", *options)
        assert done.exit_code == 0
        assert "is not shown: external picture, not downloaded." in done.stderr
        asked = "Pictures were not downloaded from pictures.invalid (1 picture) (--yes downloads them)."
        assert (asked in done.stderr) is not bool(options)


def test_a_file_that_cannot_be_written_is_said_before_a_host_is_asked(manifest: Path) -> None:
    with_picture(manifest, "pictures.invalid")
    done = run(manifest, "--export", "no/such/folder/splash.txt", "--yes")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: no/such/folder is not a folder.\nHint: Create it first.\n",
    )


def test_what_a_host_that_was_agreed_to_answers_is_told_and_remembered(manifest: Path) -> None:
    with_picture(manifest, "pictures.invalid")
    for options in (("--yes",), ()):
        done = run(manifest, "--size", "80x24", *options)
        assert done.exit_code == 0
        assert "https://pictures.invalid/a.png is not shown: " in done.stderr
        assert "not downloaded" not in done.stderr


def test_another_page_of_cards_is_shown(manifest: Path) -> None:
    many = "".join(f"  - {{id: fern-{n}, type: model, name: Fern {n}}}\n" for n in range(14))
    manifest.write_text(MANIFEST + many)
    done = run(manifest, "--view", "cards", "--page", "2", "--size", "120x40")
    assert "15 models, page 2 of 2" in done.stdout
    assert "meadow/fern-13" in done.stdout and "meadow/fern-1 " not in done.stdout


def test_two_pictures_of_one_name_in_two_folders_are_told_apart(tmp_path: Path, manifest: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        rdf = f"type: model\nid: {folder}\nname: In {folder}\ncovers: [cover.png]\n"
        (tmp_path / folder / "rdf.yaml").write_text(rdf)
    Image.new("RGB", (640, 360), "green").save(tmp_path / "b" / "cover.png")
    entries = "".join(f"  - {{id: {one}, rdf_source: {one}/rdf.yaml}}\n" for one in "ab")
    manifest.write_text(MANIFEST.replace("  - {id: fern", f"{entries}  - {{id: fern"))
    done = run(manifest, "--view", "cards", "--offline")
    assert "a/cover.png is not in this repository" in done.stderr


def test_settings_that_cannot_be_read_keep_no_page_back(tmp_path: Path, manifest: Path) -> None:
    settings = tmp_path / "home" / "config" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("theme: [")
    assert "Everything that grows" in run(manifest, "--offline").stdout
