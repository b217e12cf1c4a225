"""What the README says installs the program is what CI runs, with the releases that were tested."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pinned() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pins}


def test_every_dependency_is_pinned_to_a_release_that_the_project_allows() -> None:
    named = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    every = [Requirement(one) for names in named for one in names]
    wanted = [one for one in every if one.name != PROJECT["name"]]  # one extra names another by it
    pins = pinned()
    assert [str(one) for one in wanted if pins[canonicalize_name(one.name)] not in one.specifier] == []


def test_constraints_name_releases_and_no_addresses() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert re.findall(r"(?m)^(?!#|[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*$).+$", text) == []


def test_ci_runs_the_commands_of_the_readme() -> None:
    command = "-m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/pytest"
    for page in ("README.md", "CONTRIBUTING.md"):
        assert f"\npython3 {command}\n" in (ROOT / page).read_text("utf-8")
    steps = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if "venv" in line]
    assert f'python3 {command} "$@"' == " && ".join(step.replace(" --quiet", "") for step in steps)
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    assert re.findall(r"(?m)^ +- run: (.+)$", workflow) == [".ci/run ${{ matrix.slow }}"]
    assert re.findall(r"(?m)^ +slow: (.+)$", workflow) == ['[""]', "--slow"]


def test_ci_runs_on_every_python_that_the_package_names() -> None:
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    (versions,) = re.findall(r"python: (\[.+\])", workflow)
    named = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert json.loads(versions) == named
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_an_action_is_the_commit_that_was_looked_at() -> None:
    """A tag can be moved to another program; who may push here would run it."""
    workflows = [path.read_text("utf-8") for path in (ROOT / ".github" / "workflows").iterdir()]
    used = [line for text in workflows for line in re.findall(r"uses: (.+)", text)]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
    assert all("permissions:\n  contents: read\n" in text for text in workflows)
