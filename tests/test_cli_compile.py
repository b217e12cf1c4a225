"""`compile`: what the manifest of a clone or of a file by itself becomes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli

MANIFEST = """\
format_version: 0.2.2
type: collection
name: Meadow
description: Plants
config: {id: meadow, logo: logo.png}
collection:
- {id: fern, type: dataset, name: Fern, covers: ["https://x.org/fern.png"]}
- {id: moss, name: Moss}
- {id: ivy, rdf_source: "https://example.org/ivy.yaml"}
"""


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "zoo" / "collection.yaml"
    path.parent.mkdir()
    path.write_text(MANIFEST)
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["compile", *map(str, arguments)], prog_name="partner-tui")


def test_each_entry_is_told_with_what_becomes_of_it(manifest: Path) -> None:
    done = run(manifest)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "Rules of 2022 to 2024. Nothing pulls manifests today: this is what those rules give."
    assert lines[1].split() == ["item", "meadow/fern"]
    assert lines[2].split() == ["dropped", "meadow/moss", "line", "8,", "no-type"]
    assert "It has no type" in lines[3]
    assert any(line.split()[:2] == ["unknown", "meadow/ivy"] for line in lines)
    assert lines[-1] == "1 item, 1 dropped, 1 not known"


def test_the_json_is_as_documented(manifest: Path) -> None:
    done = run(manifest, "--format", "json")
    shape = json.loads(done.stdout)
    assert done.exit_code == 1
    assert list(shape) == ["schema", "rules", "partner", "items", "dropped", "unknown", "ignored"]
    assert (shape["schema"], shape["rules"], shape["ignored"]) == (1, "2024", None)
    assert shape["partner"]["id"] == "meadow"
    assert [item["id"] for item in shape["items"]] == ["meadow/fern"]
    (dropped,) = shape["dropped"]
    assert list(dropped) == ["index", "id", "line", "rule", "why", "hint"]
    assert (dropped["index"], dropped["id"], dropped["line"], dropped["rule"]) == (
        1,
        "meadow/moss",
        8,
        "no-type",
    )


def test_the_json_goes_to_a_file(manifest: Path, tmp_path: Path) -> None:
    written = tmp_path / "items.json"
    done = run(manifest, "--output", written, "--format", "json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert [item["id"] for item in json.loads(written.read_text())["items"]] == ["meadow/fern"]


def test_it_exits_with_0_where_nothing_is_dropped(manifest: Path) -> None:
    manifest.write_text(MANIFEST.replace("id: moss,", "id: moss, type: dataset,"))
    assert run(manifest.parent).exit_code == 0


def test_a_manifest_that_is_ignored_says_why(manifest: Path) -> None:
    manifest.write_text(MANIFEST.replace("type: collection\n", ""))
    done = run(manifest)
    assert done.exit_code == 1
    assert "The whole manifest is ignored" in done.stdout and "Add type: collection" in done.stdout
    assert json.loads(run(manifest, "--format", "json").stdout)["ignored"] == "The root's type is missing"


def test_the_other_rules_are_those_of_2019_to_2021(manifest: Path) -> None:
    manifest.write_text("config: {id: meadow}\ndataset:\n- {id: fern, name: Fern}\n")
    shape = json.loads(run(manifest, "--rules", "2021", "--format", "json").stdout)
    assert (shape["rules"], [item["id"] for item in shape["items"]]) == ("2021", ["meadow/fern"])


def test_a_file_that_does_not_parse_is_unreadable_and_ignored(manifest: Path) -> None:
    manifest.write_text("a: b: c\n")
    done = run(manifest, "--format", "json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["ignored"].startswith("The CI could not read the manifest")
    assert run(manifest).exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--rules", "2020"), 2), (("--format", "yaml"), 2), (("--manifest", "none.yaml"), 3)],
)
def test_wrong_usage_and_what_is_not_there(manifest: Path, arguments: tuple[str, ...], code: int) -> None:
    assert run(manifest.parent, *arguments).exit_code == code


def test_an_rdf_is_not_compiled(manifest: Path) -> None:
    rdf = manifest.with_name("rdf.yaml")
    rdf.write_text("type: dataset\nname: Fern\ndescription: d\nformat_version: 0.3.0\n")
    assert run(rdf).exit_code == 2


def test_numbers_that_are_none_become_texts(manifest: Path) -> None:
    manifest.write_text(
        MANIFEST.replace("name: Fern,", "name: Fern, config: {bioimageio: {owners: [.nan]}},")
    )
    item = json.loads(run(manifest, "--format", "json").stdout)["items"][0]
    assert item["owners"] == ["nan"]
