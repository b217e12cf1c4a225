"""What will look wrong of the pictures of a clone is said by `check` and by `splash`, as in the app, with one severity."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from partner_tui.cli import cli

MANIFEST = """\
config:
  id: meadow
  name: Meadow
  resource_types: [model]
  icon: wide.png
  logo: photo.png
  background_image: static/img/zoo-background.svg
collection:
  - {id: fern, type: model, name: Fern, covers: [fine.png, strip.png]}
  - {id: moss, type: model, name: Moss, covers: gone.png}
  - {id: reed, type: model, name: Reed, covers: [broken.png, "https://pictures.invalid/a.png"]}
"""
IN_CONFIG = [
    ("photo.png", "The file is a JPEG, which its name does not say: some programs do not open it"),
    ("wide.png", "The icon is 300 x 60 px: it is shown in a square"),
]
STRIP = "The cover is 900 x 100 px: cards show it cropped to 16:9"


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    for name, size, form in (
        ("wide.png", (300, 60), "PNG"),
        ("photo.png", (200, 200), "JPEG"),
        ("fine.png", (600, 400), "PNG"),
        ("strip.png", (900, 100), "PNG"),
    ):
        Image.new("RGB", size, "green").save(tmp_path / name, form)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG no picture")
    path = tmp_path / "collection.yaml"
    path.write_text(MANIFEST)
    return path


def run(*arguments: str | Path) -> tuple[str, str]:
    done = CliRunner().invoke(cli, [*map(str, arguments)], prog_name="partner-tui")
    return done.stdout, done.stderr


def test_check_says_it_at_the_place_of_each_picture(manifest: Path) -> None:
    report = json.loads(run("check", manifest, "--format", "json")[0])
    found = [one for one in report["findings"] if one["rule"] == "picture"]
    assert [one["message"] for one in found] == [f"{name}: {text}" for name, text in IN_CONFIG]
    assert [one["path"] for one in found] == [["config", "logo"], ["config", "icon"]]
    covers = [[one for one in entry["findings"] if one["rule"] == "picture"] for entry in report["entries"]]
    assert [len(some) for some in covers] == [1, 0, 1]
    (strip,), _, (broken,) = covers
    assert (strip["message"], strip["path"], strip["line"]) == (
        f"strip.png: {STRIP}",
        ["collection", 0, "covers", 1],
        9,
    )
    assert broken["message"].startswith("broken.png: The picture cannot be shown: ")
    assert {one["severity"] for one in (*found, strip, broken)} == {"warning"}


def test_splash_says_the_same_of_what_it_shows(manifest: Path) -> None:
    classic, cards = (
        run("splash", manifest, "--offline", "--view", view)[1] for view in ("classic", "cards")
    )
    (photo, of_photo), (_, of_wide) = IN_CONFIG
    assert f"warning: {photo}: {of_photo}. " in classic and of_wide not in classic
    assert "strip.png" not in cards  # a card shows the first cover
    manifest.write_text(MANIFEST.replace("[fine.png, strip.png]", "[strip.png]"))
    assert f"warning: strip.png: {STRIP}. " in run("splash", manifest, "--offline", "--view", "cards")[1]


def test_what_the_app_draws_in_place_of_a_picture_of_the_site_is_not_judged(manifest: Path) -> None:
    said = run("splash", manifest, "--offline")[1]
    assert "zoo-background.svg: it is on the site; other hills are drawn instead." in said
    assert "The background" not in said


ODD_COVERS = """\
collection:
  - id: fern
    type: model
    covers:
      - ''
      - {odd: 1}
      - strip.png
  - {id: moss, type: model, covers: strip.png}
  - {id: reed, rdf_source: reed/rdf.yaml}
  - id: rush
    covers: {source: strip.png}
"""


def test_a_cover_is_named_at_the_line_it_is_written_on(manifest: Path) -> None:
    (manifest.parent / "reed").mkdir()
    Image.new("RGB", (900, 100)).save(manifest.parent / "reed" / "strip.png")
    (manifest.parent / "reed" / "rdf.yaml").write_text("type: model\ncovers:\n  - strip.png\nid: 1\n")
    manifest.write_text(ODD_COVERS)
    report = json.loads(run("check", manifest, "--format", "json")[0])
    places = []
    for entry in report["entries"]:
        found = entry["findings"]
        ranks = [["error", "warning", "info"].index(one["severity"]) for one in found]
        assert ranks == sorted(ranks)
        places += [(one.get("file"), one["path"], one["line"]) for one in found if one["rule"] == "picture"]
    assert places == [
        (None, ["collection", 0, "covers", 2], 7),
        (None, ["collection", 1, "covers"], 8),
        ("reed/rdf.yaml", ["covers", 0], 3),
        (None, ["collection", 3, "covers"], 11),
    ]
