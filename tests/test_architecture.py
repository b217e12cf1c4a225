"""The house rules that a machine can keep: imports, types, style, module sizes and start-up cost."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from partner_tui.manifest.resource_types import TYPE_NAMES

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "partner_tui").rglob("*.py"))


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_import_downwards_only() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


MAY = {
    "Only the ui knows of textual": {"__main__", "cli", "ui"},
    "Only the repository runs git": {"repository"},
    "Only the judge's child imports the spec library": {"compliance"},
}
"""Who may do what a contract forbids to all the others."""


def test_a_contract_binds_everybody_but_those_it_names() -> None:
    """A new room is bound by being there: one that nobody thought of would be free to do anything."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    bound = {contract["name"]: contract.get("source_modules", []) for contract in contracts}
    rooms = {module.relative_to(ROOT / "partner_tui").parts[0].removesuffix(".py") for module in MODULES}
    for name, free in MAY.items():
        assert {f"partner_tui.{room}" for room in rooms - free - {"__init__"}} <= set(bound[name]), name


def _imports(module: Path) -> set[str]:
    """The modules of the package that a module names, also for its types alone, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_module_needs_one_that_needs_it() -> None:
    """Two modules that know each other are one, cut in two; so a type that both name stands below both."""
    names = {".".join(m.relative_to(ROOT).with_suffix("").parts): m for m in MODULES if m.stem != "__init__"}
    needs = {name: _imports(module) & names.keys() for name, module in names.items()}
    TopologicalSorter(needs).prepare()  # raises a CycleError that names the circle


@pytest.mark.slow
def test_every_name_has_a_type() -> None:
    run("mypy")


def test_the_code_is_linted_and_formatted() -> None:
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


def test_a_module_says_what_it_is_for_and_stays_readable() -> None:
    for module in MODULES:
        text = module.read_text("utf-8")
        assert text.startswith('"""') or module.name == "__init__.py", module
        assert text.count("\n") <= 400, f"{module} has a second purpose: split it; a class stays whole"
        assert module.stem not in {"utils", "helpers", "misc", "common"}, module


def test_yaml_is_read_and_written_in_one_room() -> None:
    """What a value is decides what is valid and what is written; the user's own settings are nobody else's YAML."""
    elsewhere = [
        module.name
        for module in MODULES
        if "manifest" not in module.parts
        and re.search(r"yaml\.(?:safe_)?(?:load|dump|compose)", module.read_text("utf-8"))
    ]
    assert elsewhere == ["settings.py"]


WRITERS = {
    "workspace/steps/writing.py": "the files of steps, in the work tree: nothing else writes there",
    "workspace/steps/journal.py": "the steps, in the state folder",
    "workspace/steps/form_drafts.py": "drafts, in the state folder",
    "workspace/opening/trusting.py": "which folders are trusted, in the state folder",
    "private.py": "the app's own folders",
    "repository/private_files.py": "the app's own files",
    "repository/atomic.py": "what others ask it to",
    "workspace/headless/splash.py": "the drawing of the splash, to the file that the user named",
    "repository/stale_files.py": "removes what killed processes left, by its name",
    "repository/clones/clone.py": "a new clone",
    "repository/process/credentials.py": "a temporary folder",
    "repository/trust/decision.py": "a temporary folder",
    "repository/commits/diff.py": "a temporary folder",
    "repository/commits/line_merge.py": "a temporary folder",
    "repository/patches/applying.py": "a temporary folder",
    "repository/commits/tree_changes.py": "an index of its own in git's folder",
    "compliance/cache.py": "known verdicts, in the cache folder",
    "cli/arguments.py": "the file that --output names",
    "workspace/entries/remote_pictures.py": "removes the oldest downloaded pictures, in the cache folder",
    "workspace/central/spec_release.py": "environments of other releases of the spec library, in the cache folder",
    "workspace/central/joining.py": "the folder of a new repository; the request to join, to a new file",
    "demo/build.py": "a new sample",
    "terminal.py": "the log",
    "settings_file.py": "the settings file",
}
_WRITES = re.compile(
    r"\b(?:replace_file|stage_file|write_bytes|write_text|unlink|mkdir|rmdir|rmtree|rename|touch|mkstemp|symlink_to)\("
    r"|\bopen\([^)\n]*[\"'][wax]b?[\"']"
)


def test_who_writes_files_is_known() -> None:
    """A step is written by one place alone: a second one would neither be undone nor survive a crash as a whole."""
    found = {
        module.relative_to(ROOT / "partner_tui").as_posix()
        for module in MODULES
        if _WRITES.search(re.sub(r"def \w+\(", "", module.read_text("utf-8")))
    }
    assert found - {"confined/sandbox.py"} <= WRITERS.keys()


@pytest.mark.parametrize(
    ("call", "only"),
    [
        (r"\brepository\.commit\(", "workspace/changes/committing.py"),
        (r"\bpushing\.push\b|\bpushing import .*\bpush\b", "workspace/changes/soundness.py"),
    ],
)
def test_one_place_commits_and_one_pushes(call: str, only: str) -> None:
    """Both ask first whether what goes out can be read."""
    found = {
        module.relative_to(ROOT / "partner_tui").as_posix()
        for module in MODULES
        if re.search(call, re.sub(r"`[^`]*`", "", module.read_text("utf-8")))
    }
    assert found == {only}


def test_no_two_widgets_have_one_name() -> None:
    """Textual's stylesheets know a widget by its class's name: one would be drawn by the rules of the other."""
    classes = [
        node.name
        for module in MODULES
        if "ui" in module.relative_to(ROOT).parts
        for node in ast.parse(module.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert [name for name, count in Counter(classes).items() if count > 1] == []


def test_what_a_first_table_needs_leaves_the_heavy_libraries_alone() -> None:
    code = (
        "import sys; import partner_tui.ui.app, partner_tui.ui.workspace.screen, partner_tui.workspace.opening.opening;"
        "heavy = {'bioimageio', 'pydantic', 'git', 'jsonschema', 'PIL', 'resvg_py', 'tree_sitter', 'github', 'keyring', 'requests',"
        "         'partner_tui.comparison.merge', 'partner_tui.manifest.editing.patch', 'partner_tui.splash.share_links',"
        "         'partner_tui.splash.scene', 'partner_tui.compliance.rules'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_resource_types_are_listed_once() -> None:
    """A new type is one line; what names three of them is a second list. Which the CI of 2024 knew changes no more."""
    found = {
        module.relative_to(ROOT / "partner_tui").as_posix()
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and len({one.value for one in node.elts if isinstance(one, ast.Constant)} & set(TYPE_NAMES)) > 2
    }
    assert found == {"central/listing.py"}


def test_forges_are_known_in_one_place() -> None:
    """Another host is one line; all others ask `addresses.forge`. What a form gives as an example is no rule."""
    host = re.compile(r"(?:github|githubusercontent|gitlab|bitbucket|codeberg)\\?\.(?:com|org)")
    found: set[str] = set()
    for module in MODULES:
        tree = ast.parse(module.read_text("utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said
        ]
        if any(isinstance(text, str) and "<owner>" not in text and host.search(text) for text in texts):
            found.add(module.relative_to(ROOT / "partner_tui").as_posix())
    assert found == {"addresses/forge.py"}
