"""What is not understood is said, by every command and with exit code 3; what one command reads, the others read too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from tests.manifest.test_recognise import NEITHER, RDFS


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="partner-tui")


@pytest.mark.parametrize("command", ["check", "upgrade", "repair"])
@pytest.mark.parametrize("text", [text for text, _ in NEITHER])
def test_nothing_understood_is_exit_3_and_says_what_was_expected(
    command: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "rdf.yaml"
    file.write_text(text)
    done = run(command, file)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "rdf.yaml is neither a manifest nor an RDF" in done.stderr
    assert "A manifest has a collection: list of entries" in done.stderr
    answer = run(command, file, "--format", "json")
    assert (answer.exit_code, json.loads(answer.stdout)["error"]["kind"]) == (3, "content")


@pytest.mark.parametrize("command", ["check", "upgrade", "repair"])
def test_a_binary_and_a_folder_without_a_manifest_are_exit_3(command: str, tmp_path: Path) -> None:
    (tmp_path / "rdf.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert run(command, tmp_path / "rdf.yaml").exit_code == 3
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README.md").write_text("# Models\n")
    done = run(command, tmp_path / "empty")
    assert done.exit_code == 3
    assert "There is no manifest" in done.stderr


@pytest.mark.parametrize("command", ["check", "upgrade", "repair"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_text_of_another_encoding_is_told_with_or_without_a_mark(
    command: str, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "rdf.yaml").write_bytes("type: model\n".encode(encoding))
    done = run(command, tmp_path / "rdf.yaml")
    assert done.exit_code == 3
    assert f"rdf.yaml is {encoding[:6].upper()} and not UTF-8 text." in done.stderr


@pytest.mark.parametrize("text", RDFS)
def test_an_rdf_is_checked_and_upgraded_alike_under_any_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "my-resource.yaml"
    file.write_text(text)
    report = json.loads(run("check", file, "--format", "json").stdout)
    assert (report["dialect"], report["summary"]["entries"]) == ("rdf", 1)
    assert report["findings"] == []
    plan = json.loads(run("upgrade", file, "--format", "json").stdout)
    assert [entry["before"] for entry in plan["entries"]] == [report["entries"][0]["status"]]


def test_the_fields_of_an_rdf_are_no_splash(tmp_path: Path) -> None:
    file = tmp_path / "rdf.yaml"
    file.write_text(RDFS[0])
    for command in (("set", file, "splash_title", "x"), ("splash", file), ("link", file), ("compile", file)):
        done = run(*command)
        assert done.exit_code == 2, command
        assert "is the RDF of one resource" in done.stderr
        assert "--manifest" in done.stderr
        assert done.stdout == ""
    assert file.read_text() == RDFS[0]


@pytest.mark.slow
@pytest.mark.parametrize(("encoding", "is_json"), [("ascii", False), ("ascii", True), ("cp1252", False)])
def test_a_terminal_of_another_encoding_gets_every_word(encoding: str, is_json: bool, tmp_path: Path) -> None:
    file = tmp_path / "rdf.yaml"
    file.write_text("type: dataset\nname: Zellen \u65e5\U0001f600 \xe9\nformat_version: 0.2.4\n", "utf-8")
    options = ("--format", "json") if is_json else ()
    done = subprocess.run(
        [sys.executable, "-m", "partner_tui", "upgrade", file, *options],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if is_json:
        assert "\u65e5\U0001f600 \xe9" in str(json.loads(done.stdout.decode(encoding)))


def test_a_folder_where_an_rdf_should_be_is_told_of_its_entry(tmp_path: Path) -> None:
    (tmp_path / "a/rdf.yaml").mkdir(parents=True)
    manifest = tmp_path / "collection.yaml"
    manifest.write_text("config: {id: x}\ncollection:\n- {id: a, rdf_source: a/rdf.yaml}\n- {id: b}\n")
    report = json.loads(run("check", manifest, "--format", "json").stdout)
    assert [entry["status"] for entry in report["entries"]] == ["unresolved", "invalid"]
    assert run("upgrade", manifest).exit_code == 1
