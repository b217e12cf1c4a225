"""`link`: the address of a partner's resources, on standard output alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli

MANIFEST = """\
config: {id: meadow, name: "Meadow & Co", default_type: model}
collection:
  - {id: fern, type: model, name: Fern, tags: [plants], links: [meadow/meadow]}
  - {id: moss, type: model, name: Moss, tags: [plants]}
"""


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "collection.yaml"
    path.write_text(MANIFEST)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        cli, ["link", *(str(argument) for argument in arguments)], prog_name="partner-tui"
    )


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ((), "https://bioimage.io/#/models?partner=meadow"),
        (("--site", "classic"), "https://bioimage.io/#/?partner=meadow&type=model"),
        (
            ("--type", "notebook", "--site", "classic"),
            "https://bioimage.io/#/?partner=meadow&type=notebook",
        ),
        (
            ("--tags", " plants, ,a b", "--query", "fern", "--format", "markdown"),
            "[Meadow & Co on BioImage.IO](https://bioimage.io/#/models?partner=meadow&tags=plants,a%20b&q=fern)",
        ),
        (("--entry", "fern"), "https://bioimage.io/#/models?q=Fern"),
        (
            ("--entry", "meadow/fern", "--site", "classic"),
            "https://bioimage.io/#/?partner=meadow&type=model&id=meadow/fern",
        ),
    ],
)
def test_the_link_alone_is_on_standard_output(manifest: Path, options: tuple[str, ...], printed: str) -> None:
    done = run(manifest, *options)
    assert (done.exit_code, done.stdout) == (0, f"{printed}\n")


def test_what_it_selects_and_what_it_misses_is_told_apart_from_it(manifest: Path) -> None:
    done = run(manifest, "--format", "json")
    assert json.loads(done.stdout) == {
        "schema": 1,
        "today": "https://bioimage.io/#/models?partner=meadow",
        "classic": "https://bioimage.io/#/?partner=meadow&type=model",
        "selects": ["meadow/fern"],
    }
    assert done.stderr == (
        "Selects 1 entry. 1 entry does not link to the partner, so today's site does not show it here.\n"
    )


def test_that_the_link_of_an_entry_without_a_known_page_is_a_search_is_said(manifest: Path) -> None:
    assert "today's link searches for its name" in run(manifest, "--entry", "fern").stderr
    manifest.write_text(MANIFEST.replace("name: Fern,", "name: Fern, nickname: kind-fern,"))
    done = run(manifest, "--entry", "fern")
    assert (done.stdout, done.stderr) == ("https://bioimage.io/#/artifacts/kind-fern\n", "")


def test_a_link_that_selects_nothing_says_so_once(manifest: Path) -> None:
    done = run(manifest, "--tags", "trees")
    assert done.stderr == "This link selects none of the entries.\n"


@pytest.mark.parametrize("option", ["--tags", "--query"])
def test_an_option_that_is_not_utf_8_is_wrong_usage(manifest: Path, option: str) -> None:
    done = run(manifest, option, "fern\udcff")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: 'fern\\udcff' is not valid UTF-8 text.\n"


def test_an_unknown_entry_is_an_error_with_the_nearest_ids(manifest: Path) -> None:
    done = run(manifest, "--entry", "frn")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: No entry has the id 'frn'.\nHint: Did you mean meadow/fern?\n"


def test_a_partner_without_an_id_has_no_links(manifest: Path) -> None:
    manifest.write_text("config: {name: x}\ncollection: []\n")
    done = run(manifest)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: The partner has no id, which every link contains.")


@pytest.mark.parametrize("option", [("--tags", "2d"), ("--query", "fern"), ("--type", "dataset")])
def test_one_entry_is_not_selected_further(manifest: Path, option: tuple[str, str]) -> None:
    done = run(manifest, "--entry", "fern", *option)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Leave out --type, --tags and --query." in done.stderr
