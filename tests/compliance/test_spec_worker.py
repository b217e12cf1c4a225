from __future__ import annotations

import datetime
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from partner_tui.compliance.protocol import encoded
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import Status
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import Cancelled, CheckerFailed

DATASET: dict[str, Any] = {
    "type": "dataset",
    "format_version": "0.2.1",
    "id": "cells",
    "name": "Cells in a dish",
    "description": "Pictures of cells.",
}


def status(judge: SpecWorker, **fields: Any) -> Status:
    data = {**DATASET, **fields}
    return judge.judge(data).status(data.get("format_version"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Status.OUTDATED),
        ({"format_version": "0.2.4"}, Status.OUTDATED),
        ({"format_version": "0.3.0"}, Status.OUTDATED),
        ({"format_version": "0.3.4"}, Status.LATEST),
        ({"format_version": "0.3.99"}, Status.LATEST),
        ({"format_version": "0.1.0"}, Status.OUTDATED),
        ({"type": "workflow"}, Status.OUTDATED),
        ({"type": "workflow", "format_version": "0.3.4"}, Status.LATEST),
        ({"type": "collection"}, Status.INVALID),
        ({"format_version": "0.3.4", "documentation": "a.md"}, Status.INVALID),
        ({"format_version": "nonsense"}, Status.INVALID),
        ({"name": None}, Status.INVALID),
    ],
)
def test_a_status_follows_the_library(judge: SpecWorker, fields: dict[str, Any], expected: Status) -> None:
    assert status(judge, **fields) is expected


@pytest.mark.parametrize(
    "fields",
    [
        {"type": None},
        {"type": 3},
        {"format_version": None},
        {"format_version": 0.3},
        {"id": 5869899},
        {"version": "not a version"},
        {"tags": {1, 2}},
        {"timestamp": datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)},
        {"date": datetime.date(2021, 1, 1)},
        {"covers": [b"bytes"]},
        {"rating": float("nan")},
    ],
)
def test_values_that_make_the_library_raise_are_invalid_and_not_a_crash(
    judge: SpecWorker, fields: dict[str, Any]
) -> None:
    assert status(judge, **fields) is Status.INVALID


def test_a_key_that_is_no_text_is_told(judge: SpecWorker) -> None:
    verdict = judge.judge({**DATASET, True: "yes"})
    assert [error.kind for error in verdict.declared] == ["invalid_key"]


def test_missing_type_and_version_are_two_errors(judge: SpecWorker) -> None:
    assert [error.loc for error in judge.judge({"id": "x"}).declared] == [("type",), ("format_version",)]


def test_absolute_paths_are_not_looked_up_on_this_disk(judge: SpecWorker, tmp_path: Path) -> None:
    there = tmp_path / "cover.png"
    there.write_bytes(b"")
    verdict = judge.judge({**DATASET, "format_version": "0.3.4", "covers": [{"source": str(there)}]})
    assert {error.kind for error in verdict.declared} >= {"path_not_file"}


def test_a_tif_cover_is_not_fetched_and_keeps_its_verdict(judge: SpecWorker) -> None:
    judge.judge(DATASET)  # it is there
    started = time.monotonic()
    verdict = judge.judge({**DATASET, "covers": ["https://example.invalid/a.tif"]})
    assert verdict.declared == ()
    assert verdict.current[0].loc[:2] == ("covers", 0)
    assert time.monotonic() - started < 5


def test_an_entry_of_very_many_fields_is_judged_in_time(judge: SpecWorker) -> None:
    many = {f"field{number}": number for number in range(200_000)}
    assert status(judge, **many) is status(judge, field0=0) is Status.INVALID
    assert ("name",) in {error.loc for error in judge.judge({**many, **DATASET, "name": None}).declared}


def test_the_license_message_is_short(judge: SpecWorker) -> None:
    verdict = judge.judge({**DATASET, "format_version": "0.3.4", "license": "CC BY"})
    assert verdict.declared
    assert all(len(error.message) <= 800 for error in verdict.declared)


def test_the_app_never_imports_the_library(judge: SpecWorker) -> None:
    judge.judge(DATASET)
    assert "bioimageio.spec" not in sys.modules


def test_data_that_hold_themselves_are_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(CheckerFailed), SpecWorker(command=("false",)) as judge:
        judge.judge({"a": loop})


def test_a_child_that_dies_is_started_anew(judge: SpecWorker) -> None:
    judge.judge(DATASET)
    child = judge._worker._child
    assert child is not None
    child._process.kill()
    with pytest.raises(CheckerFailed, match="stopped unexpectedly"):
        judge.judge(DATASET)
    assert judge.judge(DATASET).declared == ()


_READY = "import sys, time, os; print('{\"ready\":true}', flush=True); "


def test_a_child_that_hangs_is_given_up_for_this_entry() -> None:
    with (
        SpecWorker(seconds=0.3, command=(sys.executable, "-c", _READY + "time.sleep(60)")) as judge,
        pytest.raises(CheckerFailed, match=r"longer than 0\.3 s"),
    ):
        judge.judge(DATASET)


def test_an_entry_that_ends_the_child_is_alone_in_having_no_verdict() -> None:
    script = (
        "for line in sys.stdin:\n"
        "    entries = json.loads(line)['entries']\n"
        "    any(entry.get('bad') for entry in entries) and os._exit(1)\n"
        "    print(json.dumps([dict(latest=entry['v'], declared=[], current=[], warnings=[]) for entry in entries]), flush=True)"
    )
    ready = "import json, os, sys; print('ready', flush=True)\n"
    with SpecWorker(command=(sys.executable, "-c", ready + script)) as judge:
        said = judge.judge_all([encoded({"v": "1"}), encoded({"v": "2", "bad": True}), encoded({"v": "3"})])
    first, failed, last = said
    assert isinstance(failed, CheckerFailed) and "stopped unexpectedly" in failed.message
    assert [one.latest for one in (first, last) if isinstance(one, Verdict)] == ["1", "3"]


def test_a_child_that_talks_nonsense_is_given_up() -> None:
    with (
        SpecWorker(
            command=(sys.executable, "-c", _READY + "sys.stdin.readline(); print('hello', flush=True)")
        ) as judge,
        pytest.raises(CheckerFailed),
    ):
        judge.judge(DATASET)


def test_a_child_that_cannot_start_says_why_and_is_not_tried_for_ever() -> None:
    with SpecWorker(command=(sys.executable, "-c", "raise SystemExit('no library here')")) as judge:
        with pytest.raises(CheckerFailed) as failure:
            judge.judge(DATASET)
        assert failure.value.hint == "no library here"
        for _ in range(2):
            with pytest.raises(CheckerFailed) as failure:
                judge.judge(DATASET)
        assert "cannot be started" in failure.value.message


def test_cancelling_returns_at_once() -> None:
    cancelled = threading.Event()
    with SpecWorker(command=(sys.executable, "-c", _READY + "time.sleep(60)")) as judge:
        threading.Timer(0.2, cancelled.set).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            judge.judge(DATASET, cancelled)
        assert time.monotonic() - started < 30


_ANSWERS = (
    "import json, pathlib, sys, time\n"
    "print('ready', flush=True)\n"
    "for line in sys.stdin:\n"
    "    entry = json.loads(line)['entries'][0]\n"
    "    pathlib.Path(entry['begun']).touch() if entry.get('begun') else None\n"
    "    while entry.get('until') and not pathlib.Path(entry['until']).exists(): time.sleep(0.01)\n"
    "    print(json.dumps([dict(latest=entry['v'], declared=[], current=[], warnings=[])]), flush=True)\n"
)


def _wait_for(path: Path, then: threading.Event | None = None) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    if then is not None:
        then.set()


def test_what_nobody_waits_for_any_more_is_no_answer_to_the_next_and_the_child_stays(tmp_path: Path) -> None:
    begun, until, stop = tmp_path / "begun", tmp_path / "until", threading.Event()
    with SpecWorker(command=(sys.executable, "-c", _ANSWERS)) as judge:
        threading.Thread(target=_wait_for, args=(begun, stop), daemon=True).start()
        with pytest.raises(Cancelled):
            judge.judge({"v": "first", "begun": str(begun), "until": str(until)}, stop)
        child = judge._worker._child
        until.touch()
        assert judge.judge({"v": "second"}).latest == "second"
        assert judge._worker._child is child is not None


def test_who_waits_for_another_request_can_be_stopped(tmp_path: Path) -> None:
    begun, until, stop = tmp_path / "begun", tmp_path / "until", threading.Event()
    answers: list[Verdict] = []
    with SpecWorker(command=(sys.executable, "-c", _ANSWERS)) as judge:
        entry = {"v": "first", "begun": str(begun), "until": str(until)}
        first = threading.Thread(target=lambda: answers.append(judge.judge(entry)))
        first.start()
        _wait_for(begun)
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(Cancelled):
            judge.judge({"v": "second"}, stop)
        assert not answers
        until.touch()
        first.join(60)
        assert [one.latest for one in answers] == ["first"]


def test_the_child_ends_when_its_requests_do(judge: SpecWorker) -> None:
    with SpecWorker(command=(sys.executable, "-c", _READY + "sys.stdin.read(); time.sleep(0)")) as own:
        own._worker._started(threading.Event())
        child = own._worker._child
        assert child is not None and child._process.stdin is not None
        child._process.stdin.close()
        assert child._process.wait(timeout=10) == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at /proc")
def test_the_child_ends_when_the_app_is_killed() -> None:
    script = (
        "import os, signal; from partner_tui.compliance.spec_worker import SpecWorker; judge = SpecWorker(); "
        "judge.judge({'type': 'dataset', 'format_version': '0.3.4'}); "
        "print(judge._worker._child._process.pid, judge._worker._child._folder.name, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = str(Path(__file__).resolve().parents[2])
    run = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": root}, capture_output=True, text=True, check=False
    )
    pid, folder = run.stdout.split()
    child = int(pid)
    until = time.monotonic() + 10
    while time.monotonic() < until and _runs(child):
        time.sleep(0.05)
    assert not _runs(child)
    assert not Path(folder).exists()


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_secrets_of_the_environment_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("BIOIMAGEIO_PERFORM_IO_CHECKS", "1")
    script = (
        "import os, sys, json; "
        "sys.exit(0 if not {'GITHUB_TOKEN', 'BIOIMAGEIO_PERFORM_IO_CHECKS'} & set(os.environ) and not os.listdir('.') else 'leaked')"
    )
    with SpecWorker(command=(sys.executable, "-c", script)) as judge, pytest.raises(CheckerFailed) as failure:
        judge.judge(DATASET)
    assert failure.value.hint == "Reinstall bioimageio.spec.", "the child had something to say"
    assert os.environ["GITHUB_TOKEN"] == "secret"
