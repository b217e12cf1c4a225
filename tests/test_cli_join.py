"""`join`: a new partner's repository is valid and listed at once, and its object is on a branch of the central repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.central.joining import DUTIES, WHO_MAY_JOIN
from partner_tui.central.partners_json import FILE
from partner_tui.cli import cli
from tests.small_partner import MANIFEST, git, make_repository

ANSWERS = {
    "id": "fern",
    "name": "Fern",
    "description": "Plants: in pictures",
    "website": "https://fern.org",
    "repository": "fern/resources",
    "author": "Ada Lovelace",
}
OPTIONS = [word for name, value in ANSWERS.items() for word in (f"--{name}", value)]
CENTRAL = '{"collection_template": {"config": {"partners": [\n    {"id": "moss"}\n]}}}\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_TUI_HOME", str(tmp_path / "home"))
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\ttemplateDir = /nowhere\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], prog_name="partner-tui")


def test_a_new_repository_is_valid_and_its_entry_is_listed(tmp_path: Path) -> None:
    folder, central = tmp_path / "new" / "fern", make_repository(tmp_path / "central", {FILE: CENTRAL})
    request = tmp_path / "request.md"
    assert run("join", folder, *OPTIONS, "--dry-run").exit_code == 0
    assert not folder.exists()
    done = run("join", folder, *OPTIONS, "--central", central, "--request", request)
    assert done.exit_code == 0, done.output
    assert git(folder, "remote", "get-url", "origin").strip() == "https://github.com/fern/resources.git"
    assert "git init" in done.stderr
    report = json.loads(run("check", folder, "--format", "json").stdout)
    assert (report["summary"]["entries"], report["summary"]["latest"]) == (1, 1)
    assert report["findings"] == []
    assert report["entries"][0]["findings"] == []
    compiled = run("compile", folder, "--format", "json")
    assert (compiled.exit_code, json.loads(compiled.stdout)["dropped"]) == (0, [])
    assert git(central, "rev-parse", "--abbrev-ref", "HEAD").strip() == "main"
    partners = json.loads(git(central, "show", f"partner-fern:{FILE}"))["collection_template"]["config"][
        "partners"
    ]
    assert [one["id"] for one in partners] == ["moss", "fern"]
    assert partners[1]["splash_subtitle"] == "Plants: in pictures"
    assert "## Planned resources" in request.read_text()


def test_an_existing_repository_gets_what_it_lacks_and_is_asked_for_nothing_that_it_says(
    tmp_path: Path,
) -> None:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "README.md": "# Mine\n"})
    before = {path: (folder / path).read_bytes() for path in ("collection.yaml", "README.md")}
    given = ["--description", "x", "--website", "https://x.org", "--repository", "a/b", "--author", "Ada"]
    done = run("join", folder, *given)
    assert done.exit_code == 0, done.output
    assert {path: (folder / path).read_bytes() for path in before} == before
    assert (folder / "LICENSE").exists()
    assert (folder / ".github/workflows/partner-tui.yml").exists()
    again = run("join", folder, *given)
    assert (again.exit_code, "Added" in again.stderr) == (0, False)


def test_who_may_join_is_asked_in_a_terminal_and_goes_into_the_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partner_tui.terminal.is_interactive", lambda: True)
    words = ["join", str(tmp_path / "new"), *OPTIONS[2:], "--request", str(tmp_path / "request.md")]
    done = CliRunner().invoke(
        cli, words, input="y\nn\ny\ny\nn\nfern\nThree models\n\n", prog_name="partner-tui"
    )
    assert done.exit_code == 0, done.output
    request = (tmp_path / "request.md").read_text()
    said = [*WHO_MAY_JOIN, *DUTIES]
    assert [claim in done.stderr for claim in said] == [True] * 5
    assert "## Planned resources\n\nThree models\n\nModels, applications, listed in" in request
    assert "## Maintenance\n\nContributions are reviewed" in request
    assert [f"- {claim}\n" in request for claim in said] == [True, False, True, True, False]


def test_an_answer_that_does_not_fit_is_asked_for_again_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partner_tui.terminal.is_interactive", lambda: True)
    typed = ["n"] * 5 + ["Leaf Lab", "leaf", "leaf.org", "https://leaf.org", "", ""]
    options = [
        word
        for name in ("name", "description", "repository", "author")
        for word in (f"--{name}", ANSWERS[name])
    ]
    words = ["join", str(tmp_path / "new"), *options]
    done = CliRunner().invoke(cli, words, input="\n".join(typed) + "\n", prog_name="partner-tui")
    assert done.exit_code == 0, done.output
    assert "a-z" in done.stderr and "begins with https://" in done.stderr
    assert "id: leaf\n" in (tmp_path / "new" / "collection.yaml").read_text()


@pytest.mark.parametrize(
    ("option", "value"), [("--id", "Bad Id"), ("--website", "leaf.org"), ("--remote", "/nowhere/at/all")]
)
def test_an_option_that_does_not_fit_is_said_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, value: str
) -> None:
    monkeypatch.setattr("partner_tui.terminal.is_interactive", lambda: True)
    done = CliRunner().invoke(cli, ["join", str(tmp_path / "new"), option, value], prog_name="partner-tui")
    assert done.exit_code != 0 and "[y/N]" not in done.output
    assert (option in done.stderr or value in done.stderr) and not (tmp_path / "new").exists()


def test_a_missing_answer_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    done = run("join", tmp_path / "new", "--id", "fern")
    assert (done.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "--name is missing" in done.stderr


def test_what_is_no_central_repository_is_said(tmp_path: Path) -> None:
    other = make_repository(tmp_path / "other", {"a": "b"})
    for clone in (other, tmp_path):
        done = run("join", tmp_path / "new", *OPTIONS, "--central", clone)
        assert done.exit_code != 0
        assert "bioimage-io/collection" in done.stderr
        assert not (tmp_path / "new").exists()


def test_a_central_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    central = make_repository(tmp_path / "central", {FILE: CENTRAL})
    (central / FILE).write_bytes(b'{"name": "\xff"}')
    git(central, "commit", "--quiet", "--all", "--message", "latin-1")
    done = run("join", tmp_path / "new", *OPTIONS, "--central", central)
    assert done.exit_code != 0
    assert "UTF-8" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_manifest_behind_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(MANIFEST)
    folder = make_repository(tmp_path / "meadow", {"README.md": "# Mine\n"})
    (folder / "collection.yaml").symlink_to(outside)
    done = run("join", folder, *OPTIONS)
    assert done.exit_code == 3
    assert outside.read_text() == MANIFEST
    assert not (folder / "LICENSE").exists()
