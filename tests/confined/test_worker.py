"""What a child owes an earlier request is waited for within the time of that request, and a stopped child is gone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from partner_tui.confined import worker as worker_module
from partner_tui.confined.worker import Worker, WorkerFailed
from partner_tui.errors import Cancelled

ECHO = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
starts = folder / "starts"
starts.write_text(number := str(int(starts.read_text()) + 1 if starts.exists() else 1))
(folder / ("started" + number)).touch()
if (folder / ("fails" + number)).exists():
    sys.exit("no")
while (folder / ("waits" + number)).exists():
    time.sleep(0.01)
print("ready", flush=True)
for line in sys.stdin:
    (folder / "begun").touch()
    if line == "die\\n":
        sys.exit(1)
    while line == "hang\\n" and not (folder / "go").exists():
        time.sleep(0.01)
    print(number, line, sep=" ", end="", flush=True)
"""


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    made = Worker("", 600, (sys.executable, "-c", ECHO, str(tmp_path)))
    yield made
    made.close()


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)


def cancel(worker: Worker, request: bytes, once: Path) -> None:
    """Ask, and want no answer any more once a file is there."""
    stop = Event()

    def stop_then() -> None:
        wait_for(once)
        time.sleep(0.2)
        stop.set()

    Thread(target=stop_then, daemon=True).start()
    with pytest.raises(Cancelled):
        worker.ask(request, stop)


def test_what_hangs_is_waited_for_no_longer_than_its_request_may_take(worker: Worker, tmp_path: Path) -> None:
    worker.seconds = 3.0
    began = time.monotonic()
    cancel(worker, b"hang", tmp_path / "begun")
    for _ in range(3):  # who waits for the child gives up as well: that gives it no more time
        cancel(worker, b"a", tmp_path / "begun")
    assert worker.ask(b"b") == b"2 b"
    assert time.monotonic() - began < 15, "it was waited for longer than a request may take"


def test_a_child_that_starts_slowly_is_kept_though_nobody_waits_so_long(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "_SECONDS_TO_FINISH", 0.1)
    (tmp_path / "waits1").touch()
    for _ in range(3):
        cancel(worker, b"a", tmp_path / "started1")
    (tmp_path / "waits1").unlink()
    assert worker.ask(b"b") == b"1 b"


def test_a_start_that_nobody_waited_for_is_no_failed_one(worker: Worker, tmp_path: Path) -> None:
    for name in ("fails1", "waits2", "fails3"):
        (tmp_path / name).touch()
    with pytest.raises(WorkerFailed, match="while starting"):
        worker.ask(b"a")
    cancel(worker, b"a", tmp_path / "started2")
    (tmp_path / "waits2").unlink()
    assert worker.ask(b"b") == b"2 b"
    with pytest.raises(WorkerFailed, match="stopped unexpectedly"):
        worker.ask(b"die")
    with pytest.raises(WorkerFailed, match="while starting"):
        worker.ask(b"c")
    assert worker.ask(b"d") == b"4 d"


def test_a_child_at_work_for_nobody_is_ended_and_one_without_work_stays(
    worker: Worker, tmp_path: Path
) -> None:
    assert worker.ask(b"a") == b"1 a"
    worker.stop()
    (tmp_path / "begun").unlink()
    cancel(worker, b"hang", tmp_path / "begun")
    worker.stop()
    assert worker.ask(b"b") == b"2 b"


def test_what_another_thread_waits_for_is_not_ended(worker: Worker, tmp_path: Path) -> None:
    said: list[bytes] = []
    other = Thread(target=lambda: said.append(worker.ask(b"hang")), daemon=True)
    other.start()
    wait_for(tmp_path / "begun")
    worker.stop()
    (tmp_path / "go").touch()
    other.join(60)
    assert said == [b"1 hang"]


@pytest.mark.parametrize("end", [Worker.stop, Worker.close])
def test_a_child_that_could_not_be_started_is_tried_again_once_nobody_asks(
    end: Callable[[Worker], None], worker: Worker, tmp_path: Path
) -> None:
    for number in (1, 2):
        (tmp_path / f"fails{number}").touch()
    for problem in ("while starting", "while starting", "cannot be started"):
        with pytest.raises(WorkerFailed, match=problem):
            worker.ask(b"x")
    assert (tmp_path / "starts").read_text() == "2"
    end(worker)
    assert worker.ask(b"x") == b"3 x"
