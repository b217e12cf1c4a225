"""GitHub Actions workflows that check each push and review each pull request with this program.

Nine partner repositories run `bioimageio validate-partner-collection`, which no longer exists: such a job is replaced where it
stands, under its own key, since branch protection and other jobs refer to it; not a line of the rest of its workflow changes.

Pull requests come from people who may not write: nothing of theirs is checked out, and what reads it has no write access. The
comment is posted by a job of its own that runs nothing but the forge's command line. `workflow_run` would do no better: it has
the same rights, is as dangerous to zizmor, and needs a second file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

import yaml

from partner_tui import __version__
from partner_tui.errors import ManifestParseError, UsageError
from partner_tui.manifest.text.document import Document

FOLDER = ".github/workflows"
FILE = f"{FOLDER}/partner-tui.yml"
DEAD = "validate-partner-collection"
MOST_SHARDS = 256
"""Jobs of one matrix that GitHub allows."""
VARIABLE = "PARTNER_TUI"
"""The repository's variable on GitHub that says what is installed where this program cannot say it."""
_PLAIN = re.compile(r"[A-Za-z0-9_][\w./-]*", re.ASCII)
"""Names that mean nothing to a shell, to YAML, or to an expression of a workflow."""
_COMMIT = re.compile(r"git\+https://[\w.-]+/[\w./-]+@[0-9a-f]{40,64}", re.ASCII)
"""A commit that anybody can install, in letters that mean nothing to a shell."""
_WRITTEN_BY = "# Written by `partner-tui ci`"
_KEPT = ("name", "if", "needs")
"""What a replaced job keeps: what it is called and when it runs; split over runners, the parts wait for what it waited for."""
_INDENT = "  "
_SETTING_UP = ("actions/checkout", "actions/setup-python", "actions/cache")
_INSTALLING = re.compile(r"((python3?|sudo) (-m )?)*(pip3?|conda|mamba) ")
"""What a job that is replaced may do besides, one command a line."""
_JOINS_COMMANDS = re.compile(r"[&|;`]|\$\(")

_ACTIONS = {
    "checkout": "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
    "python": "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",
    "upload": "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "download": "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0",
}

_JOB = """\
runs-on: ubuntu-latest
timeout-minutes: 30
permissions:
  contents: read
"""
_CHECKOUT = """\
  - uses: <checkout>
    with:
      persist-credentials: false
"""
_INSTALL = """\
  - uses: <python>
    with:
      python-version: "3.13"
<install>\
"""
_INSTALL_FROM = """\
  - run: pip install <requirement>
"""
_INSTALL_SET = f"""\
  # There is no release of partner-tui to install yet, and anybody could publish something of that name. Set the variable
  # {VARIABLE} (in the repository's settings: Secrets and variables, Actions) to where it is installed from: git+https://…@COMMIT
  - env:
      {VARIABLE}: ${{{{ vars.{VARIABLE} }}}}
    run: pip install "${{{VARIABLE}:?is not set, see the workflow}}"
"""
_CHECK = f"""\
{_JOB}\
steps:
{_CHECKOUT}{_INSTALL}\
  - run: partner-tui check . --manifest <manifest>
"""
_SHARD = f"""\
{_JOB}\
strategy:
  fail-fast: false
  matrix:
    shard: [<shards>]
steps:
{_CHECKOUT}{_INSTALL}\
  - env:
      SHARD: ${{{{ matrix.shard }}}}
    run: partner-tui check . --manifest <manifest> --shard "$SHARD/<count>" --format json --fail-on never > "report-$SHARD.json"
  - uses: <upload>
    with:
      name: <part>-${{{{ matrix.shard }}}}
      path: report-*.json
"""
_REPORT = f"""\
needs: <part>
if: always() && needs.<part>.result != 'skipped'
{_JOB}\
steps:
{_INSTALL}\
  - uses: <download>
    with:
      pattern: <part>-*
      merge-multiple: true
  - run: partner-tui report report-*.json
"""
_REVIEW = f"""\
name: Review the pull request
if: github.event_name == 'pull_request_target'
{_JOB}\
steps:
  - uses: <checkout>
    with:
      fetch-depth: 0
      persist-credentials: false
{_INSTALL}\
  - env:
      NUMBER: ${{{{ github.event.pull_request.number }}}}
    run: |
      status=0
      partner-tui review . "$NUMBER" --manifest <manifest> --format markdown > review.md || status=$?
      cat review.md >> "$GITHUB_STEP_SUMMARY"
      exit "$status"
  - if: always()
    uses: <upload>
    with:
      name: review
      path: review.md
"""
_COMMENT = """\
name: Comment on the pull request
needs: review
if: always() && contains(fromJSON('["success", "failure"]'), needs.review.result)
runs-on: ubuntu-latest
timeout-minutes: 5
permissions:
  pull-requests: write
steps:
  - uses: <download>
    with:
      name: review
  - env:
      GH_TOKEN: ${{ github.token }}
      REPOSITORY: ${{ github.repository }}
      NUMBER: ${{ github.event.pull_request.number }}
    run: |
      # One comment a pull request: the one from before is replaced. GitHub takes 65,536 characters.
      { echo "<!-- partner-tui review -->"; head -c 60000 review.md; } > comment.md
      comment=$(gh api "repos/$REPOSITORY/issues/$NUMBER/comments" --paginate --jq '.[]
        | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- partner-tui review -->"))) | .id' | head -n 1)
      if [ -n "$comment" ]; then
        gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$comment" -F body=@comment.md
      else
        gh api --silent "repos/$REPOSITORY/issues/$NUMBER/comments" -F body=@comment.md
      fi
"""
_WORKFLOW = """\
<written by> <version>; run it again to update this file.
name: partner-tui

on:
<push>  # Pull requests from forks get the comment, too. Nothing of a pull request is checked out or run: its files are read from
  # git's objects, by a job without write access.
  pull_request_target: # zizmor: ignore[dangerous-triggers]

permissions: {}

concurrency:
  group: ${{ github.workflow }}-${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: true

jobs:
"""


@dataclass(frozen=True, slots=True)
class Workflows:
    """What a repository's workflows become.

    Attributes:
        files: The new text of each file that changes, by path; none where nothing is to be done.
        replaced: Path and key of each job that ran the command that no longer exists.
        left: Path and reason of each such job that has to be replaced by hand.
    """

    files: Mapping[str, str]
    replaced: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


def plan_workflows(files: Mapping[str, str], manifest: str, branch: str, shards: int = 1) -> Workflows:
    """The workflows that check and review a repository.

    Args:
        files: The text of each workflow that is there, by path.
        manifest: The manifest's path in the repository.
        branch: The default branch, whose pushes are checked.
        shards: On how many runners the entries are checked.

    Raises:
        UsageError: A name cannot stand in a workflow, or there are too many shards, or the file to write is somebody else's.
    """
    for what, name in (("The manifest's path", manifest), ("The branch name", branch)):
        if not _PLAIN.fullmatch(name):
            raise UsageError(
                f"{what} {name!r} cannot be written into a workflow.",
                "Rename it: letters, digits, dots, dashes and slashes are safe.",
            )
    if not 1 <= shards <= MOST_SHARDS:
        raise UsageError(f"{shards} is not a number of runners.", f"Use 1 to {MOST_SHARDS}.")
    if not files.get(FILE, _WRITTEN_BY).startswith(_WRITTEN_BY):
        raise UsageError(f"{FILE} exists and was not written by partner-tui ci.", "Rename or remove it.")
    changed, replaced, left = dict[str, str](), list[tuple[str, str]](), list[tuple[str, str]]()
    checks = False
    for path, text in sorted(files.items()):
        if path == FILE:
            continue
        try:
            document = Document.parse(text, path)
        except ManifestParseError as error:
            if DEAD in text:
                left.append((path, error.message))
            continue
        for key in [key for key, job in _jobs(document).items() if _runs(job, DEAD)]:
            after = _replace(document, key, manifest, shards)
            if isinstance(after, str):
                left.append((path, f"the job {key} {after}"))
                continue
            document = after
            replaced.append((path, key))
        checks = checks or _checks_pushes(document)
        if document.text != text:
            changed[path] = document.text
    own = _own(manifest, branch, shards, checks=not checks)
    if files.get(FILE) != own:
        changed[FILE] = own
    return Workflows(changed, tuple(replaced), tuple(left))


def requirement() -> str:
    """What pip installs to get this very program on another machine; "" where a release or a public commit is not known."""
    try:
        said = distribution("partner_tui").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    if said is None:  # from a package index
        return f"partner-tui=={__version__}"
    origin = json.loads(said)
    found = f"git+{origin['url']}@{origin.get('vcs_info', {}).get('commit_id', '')}"
    return found if _COMMIT.fullmatch(found) else ""


def to_set() -> str:
    """What a maintainer has to do on GitHub before the workflows run; "" for nothing."""
    return (
        ""
        if requirement()
        else f"Set the variable {VARIABLE} of the repository on GitHub: the workflow says how."
    )


def _jobs(document: Document) -> dict[str, Any]:
    """The jobs of a workflow, by key."""
    jobs = document.data.get("jobs") if isinstance(document.data, dict) else None
    return {key: job for key, job in jobs.items() if isinstance(key, str)} if isinstance(jobs, dict) else {}


def _runs(job: Any, command: str) -> bool:
    """Whether a step of a job runs a command."""
    return any(command in line for step in _steps(job) for line in _lines(step.get("run")))


def _steps(job: Any) -> list[dict[str, Any]]:
    steps = job.get("steps") if isinstance(job, dict) else None
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def _lines(script: Any) -> list[str]:
    """The lines of a script that do something."""
    lines = script.splitlines() if isinstance(script, str) else ()
    return [line for line in map(str.strip, lines) if line and not line.startswith("#")]


def _does_more(job: dict[str, Any]) -> bool:
    """Whether a job does more than to set up and to run the command that no longer exists, or hands something on."""
    return "outputs" in job or any(
        str(step["uses"]).partition("@")[0] not in _SETTING_UP
        if "uses" in step
        else not all(_is_replaced(line) for line in _lines(step.get("run")))
        for step in _steps(job)
    )


def _is_replaced(line: str) -> bool:
    """Whether a line of a script does nothing that is lost with the dead command."""
    return not _JOINS_COMMANDS.search(line) and (DEAD in line or _INSTALLING.match(line) is not None)


def _checks_pushes(document: Document) -> bool:
    """Whether a workflow that runs on pushes checks the manifest."""
    return "push" in _events(document) and any(
        _runs(job, "partner-tui check") for job in _jobs(document).values()
    )


def _events(document: Document) -> Collection[str]:
    """What a workflow runs on."""
    events = document.data.get("on") if isinstance(document.data, dict) else None
    return events if isinstance(events, list | dict) else (str(events),)


def _replace(document: Document, key: str, manifest: str, shards: int) -> Document | str:
    """A workflow with one job replaced; or why it has to be replaced by hand."""
    if _does_more(_jobs(document)[key]):
        return "does more than that"
    if not requirement() and "pull_request" in _events(document):
        return (
            f"runs on pull requests from forks, which do not get the variable {VARIABLE}: install partner-tui "
            "with pip from its git URL, and run this again"
        )
    slot, node = document.slot(("jobs", key)), document.node(("jobs", key))
    if slot is None or slot.alias or not isinstance(node, yaml.MappingNode) or node.flow_style:
        return "is not written in block style"
    layout, text = document.layout, document.text
    outer, inner = layout.column(slot.start) * " ", layout.column(slot.value_start) * " "
    kept = {
        name: f"{inner}{text[one.start : one.value_end]}"
        for name in _KEPT
        if (one := document.slot(("jobs", key, name))) is not None
    }
    lines: list[str] = []
    jobs = list(_check_jobs(key, manifest, shards))
    if taken := [name for name, *_ in jobs if name != key and name in _jobs(document)]:
        return f"would need another of the name {taken[0]}"
    for name, body, begins in jobs:
        takes = (*(["name"] if name == key else []), *(["if", "needs"] if begins else []))
        head = [] if name == key else [f"{outer}{name}:"]
        lines += [*head, *(kept[part] for part in takes if part in kept)]
        lines += [f"{inner}{line}" for line in body.splitlines()]
    block = layout.newline.join(lines).removeprefix(inner)
    try:
        return Document.parse(text[: slot.value_start] + block + text[slot.value_end :], document.name)
    except ManifestParseError:
        return "has an anchor (&name) that another one uses"


def _check_jobs(key: str, manifest: str, shards: int) -> Iterator[tuple[str, str, bool]]:
    """The jobs that check a manifest: key, the lines below it, and whether it says when the check runs.

    The first fails when the manifest has errors, or when a part was not checked: what joins the parts only waits for them.
    """
    if shards == 1:
        yield key, _filled(_CHECK, manifest=manifest), True
        return
    part = f"{key}-shard"
    numbers = ", ".join(str(number) for number in range(1, shards + 1))
    yield key, _filled(_REPORT, part=part), False
    yield part, _filled(_SHARD, part=part, manifest=manifest, shards=numbers, count=str(shards)), True


def _own(manifest: str, branch: str, shards: int, *, checks: bool) -> str:
    """The workflow that this program writes."""
    jobs: list[tuple[str, str]] = []
    if checks:
        pushed = "if: github.event_name == 'push'\n"
        checking = _check_jobs("check", manifest, shards)
        jobs += [(key, pushed + body if begins else body) for key, body, begins in checking]
    jobs += [("review", _filled(_REVIEW, manifest=manifest)), ("comment", _filled(_COMMENT))]
    push = f"  push:\n    branches: [{branch}]\n" if checks else ""
    head = _filled(_WORKFLOW, push=push, **{"written by": _WRITTEN_BY})
    return head + "\n".join(f"{_INDENT}{key}:\n{_indented(body)}" for key, body in jobs)


def _indented(body: str) -> str:
    return "".join(f"{_INDENT * 2}{line}\n" if line else "\n" for line in body.splitlines())


def _filled(template: str, **values: str) -> str:
    known = requirement()
    install = _INSTALL_FROM if known else _INSTALL_SET
    program = {"install": install, "requirement": known, "version": __version__}
    for name, value in {**program, **_ACTIONS, **values}.items():
        template = template.replace(f"<{name}>", value)
    return template
