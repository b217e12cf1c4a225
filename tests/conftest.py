"""How the tests run: side by side and measured; those that are named, in this process and without a measure.

A whole run leaves out those that are marked as slow, six in a hundred, which take two thirds of the time: the same at other sizes
or with other files, or many steps through the app. `--slow` has them too; a run that names its tests always has.

A whole run waits a good part of its time for a terminal, a child process or git, so several processes share it; one that has
nothing left takes over from the end of another's list, which keeps together what a module's tests share. A run of one file is
over sooner than other processes have started, and belongs to a debugger. What a whole run reached of the package is measured
by SlipCover, which changes the package's own code: to trace whatever runs took half as long again as the tests. Its
plugin is for runs that SlipCover starts; a whole run says the same to it in the environment. `coverage.txt` tells it by file.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from partner_tui.compliance import checker
from partner_tui.compliance.spec_worker import SpecWorker
from tests.corpus import CORPUS

ROOT = Path(__file__).resolve().parents[1]
MEASURE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["slipcover"]
REACHED = pytest.StashKey[str]()

if {"PYTEST_XDIST_WORKER", "SLIPCOVER_ENABLED"} <= os.environ.keys():
    import slipcover

    # What was reached is still asked about. To change the code back, it walks through all modules, which took longer than to
    # ask, and failed where a thread imported one meanwhile.
    slipcover.Slipcover.deinstrument_seen = lambda self: None

# A child would compile all it imports anew, and so would the next run; each test has one or more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("new"), derandomize=True)
settings.load_profile("same")
"""Each run tries the same examples, however long one takes; `--hypothesis-profile=new` looks for others."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept-screens",
        action="store_true",
        help="keep the screens as they are now (tests/ui/test_screens.py)",
    )
    parser.addoption(
        "--slow", action="store_true", help="a whole run with the tests that are marked as slow, too"
    )


def is_whole(config: pytest.Config) -> bool:
    """Whether nothing but the command was named. Processes that share a run are asked as it is: they have its arguments."""
    option = config.option
    is_part = option.keyword or option.markexpr or option.usepdb or getattr(option, "lf", False)
    return not is_part and config.args_source is pytest.Config.ArgsSource.TESTPATHS


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    if option.collectonly or hasattr(config, "workerinput") or not is_whole(config):
        return
    if option.numprocesses is None:
        option.numprocesses, option.dist = (os.cpu_count() or 1) * 2, "worksteal"
    if option.numprocesses:
        if not config.pluginmanager.has_plugin("slipcover"):
            raise pytest.UsageError("A whole run is measured by SlipCover: install the extra `test`.")
        os.environ["SLIPCOVER_ENABLED"] = "1"
        os.environ["SLIPCOVER_BRANCH"] = str(int(MEASURE["branch"]))
        os.environ["SLIPCOVER_SOURCE"] = str(ROOT / MEASURE["source"])
        os.environ["SLIPCOVER_EXCLUDE_LINES"] = "\n".join(MEASURE["exclude-lines"])


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Tell what was reached once all processes have said it; too little fails the run."""
    yield
    is_measured = "SLIPCOVER_ENABLED" in os.environ and not hasattr(session.config, "workerinput")
    if not is_measured:
        return
    told = Path(os.environ["SLIPCOVER_COVERAGE_DIR"])
    try:
        reached = json.loads((told / "merged.json").read_text("utf-8"))
    except OSError:  # no process has said it
        reached = None
    finally:
        shutil.rmtree(told, ignore_errors=True)
    if session.exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return
    if reached is None:
        session.config.stash[REACHED] = "What was reached was not measured"
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return
    import slipcover  # a run of one test goes without

    with (ROOT / "coverage.txt").open("w", encoding="utf-8") as file:
        slipcover.print_coverage(reached, outfile=file, skip_covered=MEASURE["skip-covered"])
    percent, floor = reached["summary"]["percent_covered"], MEASURE["fail-under"]
    session.config.stash[REACHED] = (
        f"{percent:.2f} % of lines and branches were reached, of {floor} % asked for"
    )
    if percent < floor:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if REACHED in config.stash:
        terminalreporter.write_line(config.stash[REACHED])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_whole(config) and not config.option.slow:
        slow = [item for item in items if item.get_closest_marker("slow")]
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it for garbage again and again took a tenth of what the tests take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip("the corpus is not on this machine")


@pytest.fixture(scope="session")
def shared_judge() -> Iterator[SpecWorker]:
    """One child with the spec library for all tests of a process: to start it takes longer than most of them."""

    class SharedSpecWorker(SpecWorker):
        def close(self) -> None:
            """Another test needs it."""

    judge = SharedSpecWorker(seconds=60)
    yield judge
    SpecWorker.close(judge)


@pytest.fixture(autouse=True)
def judges_are_shared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every checker ask the shared child, but where the life of the child itself is tested."""
    if not {"compliance", "confined"} & set(request.path.parts):
        judge = request.getfixturevalue("shared_judge")
        monkeypatch.setattr(checker, "SpecWorker", lambda: judge)
