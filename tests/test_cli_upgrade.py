"""`upgrade` and `repair`: exit codes, the JSON that programs read, one step that is taken back, nothing written unasked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partner_tui.cli import cli
from partner_tui.compliance.checker import Checker
from partner_tui.manifest.text.document import Document
from partner_tui.settings import Directories
from partner_tui.workspace.opening import opening
from partner_tui.workspace.opening.opening import open_at_once
from tests.small_partner import git, make_repository

MANIFEST = """\
# looked after by hand
format_version: 0.2.2
config:
  id: meadow
collection:
  - id: petal-nuclei
    type: dataset
    name: Petal nuclei
    description: Nuclei of petals
    format_version: 0.2.2
    authors: [{name: A. Botanist}]
    cite:
      - text: On petals   # read this first
        doi: https://doi.org/10.1000/petals
    documentation: docs/petals.md
  - id: Leaf_Veins
    type: dataset
    name: Leaf veins
    description: Veins of leaves
    format_version: 0.2.2
    authors: [{name: A. Botanist}]
    cite: [{text: On leaves, url: https://example.org/leaves}]
    documentation: docs/leaves.md
"""
RDF = """\
type: dataset
format_version: 0.2.2
name: Petal nuclei  # short
description: Nuclei of petals
authors: [{name: A. Botanist}]
cite: [{text: On petals, doi: 'https://doi.org/10.1000/petals'}]
documentation: README.md
"""
BROKEN = "config:\n  id: x\n  name: a: b\ncollection: []\n"
TWICE = "collection:\n  - id: a\nname: X\ncollection:\n  - id: b  # second\n"


class StaysOpen(Checker):
    """The spec library takes a second to start: once for all tests here."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    checker = StaysOpen()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PARTNER_TUI_HOME", str(folder))
        patched.setattr(opening, "open_checker", lambda directories, judges=1: checker)
        yield folder
    Checker.close(checker)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {"collection.yaml": MANIFEST, "docs/petals.md": "# Petals\n", "docs/leaves.md": "# Leaves\n"}
    return make_repository(tmp_path / "meadow", files)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="partner-tui")


def test_without_write_the_plan_is_printed_and_nothing_written(repository: Path) -> None:
    done = run("upgrade", repository)
    assert done.exit_code == 1, done.output
    assert "doi-prefix" in done.stdout
    assert "-        doi: https://doi.org/10.1000/petals" in done.stdout
    assert "Open questions" in done.stdout
    assert "Dry run: no files written" in done.stdout
    assert git(repository, "status", "--porcelain") == ""


def test_with_every_proposal_all_is_latest_and_one_step_takes_it_back(repository: Path) -> None:
    done = run("upgrade", repository, "--answers", "defaults", "--write")
    assert done.exit_code == 0, done.output
    written = (repository / "collection.yaml").read_text()
    assert "    cite:\n      - text: On petals   # read this first\n        doi: 10.1000/petals\n" in written
    assert "# looked after by hand" in written
    workspace = open_at_once(str(repository), None, Directories.of_user())
    assert workspace is not None
    assert len(workspace.steps.done) == 1
    workspace.undo()
    assert git(repository, "status", "--porcelain") == ""
    workspace.checker.close()


def test_the_json_is_the_documented_one(repository: Path) -> None:
    done = run("upgrade", repository, "--entry", "Leaf_Veins", "--format", "json")
    report = json.loads(done.stdout)
    assert report["schema"] == 1
    assert report["manifest"] == "collection.yaml"
    assert [entry["id"] for entry in report["entries"]] == ["Leaf_Veins"]
    assert report["entries"][0]["index"] == 1
    assert report["entries"][0]["open"] == [report["questions"][0]["key"]]
    assert report["summary"]["questions"] == 1
    assert report["questions"][0]["answer"] is None


def test_answers_of_a_file_are_kept_for_the_repository(repository: Path, tmp_path: Path) -> None:
    kind = json.loads(run("upgrade", repository, "--format", "json").stdout)["questions"][0]
    answers = tmp_path / "answers.yaml"
    answers.write_text(json.dumps({"kinds": {kind["kind"]: kind["proposal"]}}))
    assert run("upgrade", repository, "--answers", answers, "--write").exit_code == 0
    git(repository, "checkout", "--quiet", ".")
    assert run("upgrade", repository).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--entry", "nobody"], 2, "no entry 'nobody'"),
        (["--answers", "/no/such/file"], 2, "cannot be read"),
        (["--manifest", "other.yaml"], 3, "no other.yaml"),
        (["--dialect", "grouped"], 2, "grouped"),
    ],
)
def test_what_a_user_gets_wrong_is_one_line_and_a_code(
    repository: Path, arguments: list[str], code: int, said: str
) -> None:
    done = run("upgrade", repository, *arguments)
    assert (done.exit_code, said in done.stderr) == (code, True), done.output


def test_answers_that_do_not_serve_are_told(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("questions: {nonsense: 1}\n")
    assert "nonsense" in run("upgrade", repository, "--answers", tmp_path / "answers.yaml").stderr
    (tmp_path / "answers.yaml").write_text("[1]\n")
    assert run("upgrade", repository, "--answers", tmp_path / "answers.yaml").exit_code == 2


def test_an_rdf_outside_any_repository_is_upgraded(tmp_path: Path) -> None:
    (tmp_path / "rdf.yaml").write_text(RDF)
    (tmp_path / "README.md").write_text("# Petals\n")
    done = run("upgrade", tmp_path / "rdf.yaml", "--write")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "rdf.yaml").read_text()
    assert "name: Petal nuclei  # short\n" in text
    assert "doi: '10.1000/petals'" in text


def test_groups_become_a_collection_alone_or_with_the_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "manifest.bioimage.io.yaml"
    file.write_text(
        "format_version: 0.2.2\nconfig: {id: x}\ndataset:\n  # ours\n  - id: a\n    name: Petals\n"
    )
    done = run("upgrade", file, "--dialect", "collection", "--no-fixes", "--write")
    assert done.exit_code == 1, done.output
    assert file.read_text() == (
        "format_version: 0.2.2\nconfig: {id: x}\ncollection:\n  # ours\n  - id: a\n    type: dataset\n"
        "    name: Petals\n"
    )
    assert "already is a collection" in run("upgrade", file, "--dialect", "collection").stderr


def test_what_does_not_parse_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(BROKEN)
    done = run("upgrade", tmp_path / "mine.yaml")
    assert done.exit_code == 3
    assert "partner-tui repair" in done.stderr
    assert json.loads(run("upgrade", tmp_path / "mine.yaml", "--format", "json").stdout)["error"]["line"] == 3


# repair


def test_the_only_proposal_is_shown_and_written(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(BROKEN)
    done = run("repair", file)
    assert done.exit_code == 1
    assert '+  name: "a: b"' in done.stdout
    assert file.read_text() == BROKEN
    assert run("repair", file, "--write").exit_code == 0
    assert Document.parse(file.read_text()).data["config"]["name"] == "a: b"
    assert run("repair", file).exit_code == 0


def test_what_is_not_clear_needs_a_choice(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(TWICE)
    done = run("repair", file, "--write")
    assert done.exit_code == 2
    assert "--choice" in done.stderr
    assert file.read_text() == TWICE
    assert run("repair", file, "--choice", "9").exit_code == 2
    assert run("repair", file, "--write", "--choice", "1").exit_code == 0
    assert file.read_text() == "collection:\n  - id: a\n  - id: b  # second\nname: X\n"


def test_proposals_as_json(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(TWICE)
    report = json.loads(run("repair", file, "--format", "json").stdout)
    assert [one["title"].split()[0] for one in report["proposals"]] == ["Merge", "Keep", "Keep"]
    assert not report["clear"]
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe")
    assert run("repair", tmp_path / "bad.yaml").exit_code == 3


def test_what_was_repaired_in_a_clone_is_a_step_of_the_app(repository: Path) -> None:
    (repository / "collection.yaml").write_text(MANIFEST.replace("name: Leaf veins", "name: Leaf: veins"))
    assert run("repair", repository, "--write").exit_code == 0
    workspace = open_at_once(str(repository), None, Directories.of_user())
    assert workspace is not None
    assert workspace.steps.done[-1].title.startswith("repair: Line 18: quote")
    workspace.checker.close()


BEYOND_REPAIR = {
    "broken": b"a: !!python/x 1\n<<<<<<< a\n",
    "empty": b"",
    "no manifest": b"hello\n",
    "other encoding": b"\xff\xfea\0",
}


@pytest.mark.parametrize("content", BEYOND_REPAIR.values(), ids=BEYOND_REPAIR)
def test_where_nothing_repairs_it_the_committed_version_is_offered(content: bytes, repository: Path) -> None:
    file = repository / "collection.yaml"
    committed = file.read_bytes()
    file.write_bytes(content)
    done = run("repair", repository)
    title = f"1. Restore it as of commit {git(repository, 'rev-parse', '--short=7', 'HEAD').strip()} ("
    assert (done.exit_code, title in done.stdout) == (1, True), done.output
    done = run("repair", repository, "--write")
    assert (done.exit_code, file.read_bytes()) == (2, content)
    assert "Hint: Choose it: --choice 1." in done.stderr
    assert run("repair", repository, "--write", "--choice", "1").exit_code == 0
    assert file.read_bytes() == committed


def test_an_rdf_in_a_folder_is_offered_as_it_was_committed(tmp_path: Path) -> None:
    rdf = "type: dataset\nname: Alpha\n"
    root = make_repository(tmp_path / "clone", {"collection.yaml": MANIFEST, "m/rdf.yaml": rdf})
    (root / "m" / "rdf.yaml").write_text('a: [}{\n"')
    assert run("repair", root / "m" / "rdf.yaml", "--write", "--choice", "1").exit_code == 0
    assert (root / "m" / "rdf.yaml").read_text() == rdf
