"""How the tests run: all of them side by side and measured; those that are named, in this process and without a measure.

A whole run waits a good part of its time for a terminal, a child process or git, so several processes share it; one that has
nothing left takes over from the end of another's list, which keeps together what a module's tests share. A run of one file is
over sooner than other processes have started, and belongs to a debugger. `coverage report` tells the last measure by file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import coverage
import pytest
from hypothesis import HealthCheck, settings

from partner_tui.compliance import checker
from partner_tui.compliance.spec_worker import SpecWorker
from tests.corpus import CORPUS

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


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    for_whole_run = getattr(config, "workerinput", None)
    if for_whole_run is not None:
        if "cov_master_host" in for_whole_run:
            _measure(config, start=False)  # when the session starts
        return
    is_part = (
        option.keyword
        or option.markexpr
        or option.collectonly
        or option.usepdb
        or getattr(option, "lf", False)
    )
    if is_part or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    if option.numprocesses is None:
        option.numprocesses, option.dist = (os.cpu_count() or 1) * 3 // 2, "worksteal"
    if not option.no_cov:
        _measure(config, start=True)


def _measure(config: pytest.Config, *, start: bool) -> None:
    """As `--cov` does, which cannot be said for whole runs alone: it is read before this file."""
    from pytest_cov.plugin import CovPlugin

    config.option.cov_source, config.option.cov_report = ["partner_tui"], {"": ""}
    config.pluginmanager.register(CovPlugin(config.option, config.pluginmanager, start=start), "_cov")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip("the corpus is not on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Leave out of the measure what is marked so: tracing every line nearly doubles what a test takes."""
    left_out = any(item.get_closest_marker(name) for name in ("unmeasured", "corpus"))
    measure = coverage.Coverage.current() if left_out else None
    if measure is None:
        return (yield)
    measure.stop()
    try:
        return (yield)
    finally:
        measure.start()


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
