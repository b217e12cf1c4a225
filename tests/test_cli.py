"""The command line: exit codes, the JSON that programs read, lossless writing, and errors of one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from partner_tui import __version__
from partner_tui.cli import SHELLS, cli
from partner_tui.manifest.text.document import Document
from tests.small_partner import MANIFEST, git, make_repository

BROKEN = "config:\n  id: x\n  name: a: b\ncollection: []\n"


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for all tests here, so that the spec library judges the same entries once."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PARTNER_TUI_HOME", str(folder))
        yield folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="partner-tui")


def run_really(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "partner_tui", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )


def test_check_prints_the_documented_json(repository: Path) -> None:
    done = run_really("check", repository, "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert report["schema"] == 1
    assert report["manifest"] == "collection.yaml"
    assert report["dialect"] == "collection"
    assert report["partner"] == {"id": "meadow", "name": "Microscopy Meadow"}
    assert report["summary"]["entries"] == 2
    assert [entry["id"] for entry in report["entries"]] == ["petal-nuclei", "leaf-veins"]
    assert {entry["status"] for entry in report["entries"]} <= {"outdated", "invalid"}


def test_findings_set_the_exit_code_only_at_their_level(repository: Path) -> None:
    assert run("check", repository, "--fail-on", "outdated").exit_code == 1
    assert run("check", repository, "--fail-on", "never").exit_code == 0


def test_a_manifest_outside_any_repository_is_checked(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("config: {id: x}\ncollection:\n  - 7\n")
    assert run("check", tmp_path / "mine.yaml").exit_code == 1


def test_a_long_finding_stays_on_its_line_in_a_pipe(tmp_path: Path) -> None:
    link = "petal-" * 40
    (tmp_path / "mine.yaml").write_text(f"config: {{id: x}}\ncollection:\n- id: a\n  links: [{link}]\n")
    lines = run("check", tmp_path / "mine.yaml").stdout.splitlines()
    assert any(
        "mine.yaml:4:" in line and line.endswith("does not match any entry in this manifest")
        for line in lines
    )


def test_a_file_that_does_not_parse_says_where_as_json(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(BROKEN)
    done = run("check", tmp_path / "mine.yaml", "--format", "json")
    error = json.loads(done.stdout)["error"]
    assert done.exit_code == 3
    assert set(error) == {"kind", "line", "column", "message", "context", "hint"}
    assert (error["kind"], error["line"]) == ("yaml", 3)
    assert "  name: a: b" in error["context"]
    assert error["hint"]


def test_a_file_that_does_not_parse_says_where_as_text(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(BROKEN)
    done = run("check", tmp_path / "mine.yaml")
    assert done.exit_code == 3
    assert "3 │   name: a: b" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "/no/such/folder"], 3, "No file or folder"),
        (["check", "nobody-knows-this"], 3, "not a known partner"),
        (["check", "ext::sh -c touch"], 3, "would run a program"),
        (["nobody-knows-this"], 3, "not a known partner"),
        (["check"], 2, "Missing argument"),
        (["check", ".", "--format", "xml"], 2, "xml"),
        (["completion", "csh"], 2, "csh"),
        ([], 2, "needs a terminal"),
    ],
)
def test_what_a_user_gets_wrong_is_one_line_and_a_code(arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "https://ada:hunter2@"],
        ["check", "https:/ada:hunter2@host.invalid/o/n"],
        ["https//ada:hunter2@host.invalid/o/n"],
        ["check", ".", "https://ada:hunter2@host.invalid/o/n"],
        ["check", "--https://ada:hunter2@host.invalid/o/n"],
        ["open", ".", "ada:hunter2@host.invalid"],
        ["check", ".", "--format", "https://ada:hunter2@host.invalid/o/n"],
    ],
)
def test_no_message_quotes_a_password(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code in (2, 3) and done.stderr
    assert "hunter2" not in done.output + done.stderr


@pytest.mark.parametrize("command", ["check", "upgrade", "repair"])
def test_without_a_source_as_json_the_error_is_json_too(command: str) -> None:
    done = run(command, "/no/such/folder", "--format", "json")
    error = json.loads(done.stdout)["error"]
    assert done.exit_code == 3
    assert set(error) == {"kind", "line", "column", "message", "context", "hint"}
    assert (error["kind"], error["line"]) == ("source", None)


def test_set_changes_the_line_of_that_field_alone(repository: Path) -> None:
    done = run("set", repository, "splash_title", "A zoo: of models")
    assert done.exit_code == 0, done.stderr
    changed = [line for line in git(repository, "diff", "-U0").splitlines() if line[:1] in "+-"][2:]
    assert [line[0] for line in changed] == ["-", "+"]
    assert "# on the site" in changed[1]
    assert all(line in done.stdout for line in changed)


def test_set_adds_a_list_from_yaml(repository: Path) -> None:
    assert run("set", repository, "splash_feature_list", "[Fast, Free]").exit_code == 0
    assert "Free" in (repository / "collection.yaml").read_text()


def test_set_to_the_same_value_writes_nothing(repository: Path) -> None:
    before = (repository / "collection.yaml").read_bytes()
    done = run("set", repository, "splash_title", "Microscopy Meadow")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (repository / "collection.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "text", ["No", "12:30", "Fast # x", "null", "~", "1e3", "[a]", "- x", "a: b: c", "two\nlines", "-m"]
)
def test_set_writes_a_text_field_exactly_as_given(repository: Path, text: str) -> None:
    done = run("set", repository, "splash_title", text)
    assert done.exit_code == 0, done.stderr
    written = (repository / "collection.yaml").read_text()
    assert yaml.safe_load(written)["config"]["splash_title"] == text
    assert Document.parse(written).data["config"]["splash_title"] == text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("nope", "x", "splash_title"), ("tags", "a: b: c", "not YAML"), ("tags", "meadow", "[one, two]")],
)
def test_set_refuses_unknown_fields_and_lists_that_are_none(
    repository: Path, field: str, value: str, said: str
) -> None:
    before = (repository / "collection.yaml").read_bytes()
    done = run("set", repository, field, value)
    assert done.exit_code == 2
    assert said in done.stderr
    assert (repository / "collection.yaml").read_bytes() == before


@pytest.mark.parametrize("value", ["-", "- ", "- a\n-", '[""]', "['']", "[[]]", "[a, {}]"])
def test_set_writes_no_empty_member_into_a_list(repository: Path, value: str) -> None:
    before = (repository / "collection.yaml").read_bytes()
    done = run("set", repository, "tags", value)
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: A member of tags is empty.\nHint: Leave it out; an empty list is written as '[]'.\n",
    )
    assert (repository / "collection.yaml").read_bytes() == before


def test_several_manifests_are_named_and_one_can_be_chosen(tmp_path: Path) -> None:
    names = {"collection.yaml": MANIFEST, "manifest.bioimage.io.yaml": MANIFEST}
    root = make_repository(tmp_path / "two", names)
    done = run("check", root)
    assert done.exit_code == 3
    assert "manifest.bioimage.io.yaml" in done.stderr
    assert run("check", root, "--manifest", "collection.yaml").exit_code == 0


@pytest.mark.parametrize("command", [["check"], ["upgrade"], ["set", "splash_title", "Zoo"]])
def test_a_lost_manifest_is_told_with_the_way_back(repository: Path, command: list[str]) -> None:
    git(repository, "branch", "with-it")
    git(repository, "rm", "--quiet", "collection.yaml")
    git(repository, "commit", "--quiet", "--message", "Remove it")
    made = git(repository, "rev-parse", "--short=7", "HEAD").strip()
    done = run(command[0], repository, *command[1:])
    assert done.exit_code == 3
    assert f"main has no manifest: commit {made}" in done.stderr and "removed collection.yaml" in done.stderr
    assert f"git checkout {made}^ -- collection.yaml" in done.stderr and "with-it" in done.stderr


def test_a_lost_manifest_is_told_as_json_too(repository: Path) -> None:
    (repository / "collection.yaml").unlink()
    done = run("check", repository, "--format", "json")
    error = json.loads(done.stdout)["error"]
    assert (done.exit_code, error["kind"]) == (3, "source")
    assert (
        "still in the last commit" in error["message"] and "git restore -- collection.yaml" in error["hint"]
    )


def test_what_the_remote_has_regained_is_told(tmp_path: Path, repository: Path) -> None:
    git(repository, "rm", "--quiet", "collection.yaml")
    git(repository, "commit", "--quiet", "--message", "Remove it")
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "regained.git")
    address = (tmp_path / "regained.git").as_uri()
    assert "origin/main" not in run("check", address).stderr
    git(repository, "revert", "--no-edit", "HEAD")
    git(repository, "push", "--quiet", str(tmp_path / "regained.git"), "main")
    assert "Branches with a manifest: origin/main." in run("check", address).stderr


def test_a_remote_is_cloned_once(tmp_path: Path, repository: Path, home: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "remote.git")
    address = (tmp_path / "remote.git").as_uri()
    assert run("check", address).exit_code == 0
    assert run("check", address, "--format", "json").exit_code == 0
    assert len(list((home / "data" / "clones").rglob("collection.yaml"))) == 1
    assert not list((home / "data" / "clones").rglob(".partner-tui-clone-*"))


def test_help_and_version_of_every_command() -> None:
    assert run("--version").output == f"partner-tui {__version__}\n"
    for name in ("", *cli.list_commands(click.Context(cli))):
        done = run(*filter(None, [name]), "--help")
        assert done.exit_code == 0
        assert "Usage: partner-tui" in done.output


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_prints_a_script(shell: str) -> None:
    assert "_PARTNER_TUI_COMPLETE" in run("completion", shell).output


def test_fields_and_partners_are_completed() -> None:
    words = {
        "COMP_WORDS": "partner-tui set . splash_t",
        "COMP_CWORD": "3",
        "_PARTNER_TUI_COMPLETE": "bash_complete",
    }
    assert "splash_title" in CliRunner().invoke(cli, env=words, prog_name="partner-tui").output
    words |= {"COMP_WORDS": "partner-tui ila", "COMP_CWORD": "1"}
    assert "plain,ilastik" in CliRunner().invoke(cli, env=words, prog_name="partner-tui").output


def test_a_reader_that_leaves_early_is_no_error(repository: Path) -> None:
    command = f"{sys.executable} -m partner_tui check {repository} --format json --fail-on never | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_importing_the_command_line_is_cheap() -> None:
    code = "import sys, partner_tui.cli; print({'textual', 'rich', 'git', 'sqlite3'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.slow
def test_check_reads_a_folder_without_its_own_git_settings_and_asks_nothing(
    repository: Path, tmp_path: Path
) -> None:
    from tests.repository.plants import PLANTS, make_program

    PLANTS["filter.clean"].put(repository, make_program(tmp_path / "witness"))
    done = run_really("check", repository, "--format", "json")
    assert done.returncode == 0 and json.loads(done.stdout)["summary"]["entries"] == 2
    assert done.stderr.strip().splitlines() == [
        "Ignored, since this folder is not trusted: filter.strip.clean (--trust uses them)."
    ]
    assert run_really("set", repository, "splash_title", "New").returncode == 0
    assert run_really("upgrade", repository).stdout
    assert not (tmp_path / "witness").exists()
    assert run_really("check", repository, "--trust").stderr == ""
    assert run_really("check", repository).stderr == "", "trust is kept"
