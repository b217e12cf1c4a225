"""What `check` and `upgrade` take without a terminal: for an entry as manifests grow, and for one that is very wide.

The processor's time of the program and its children is told, since it says the same on a busy machine; what all runs
have in common, such as importing the spec library, is measured with one entry and taken off.
"""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.benchmarks.manifests import manifest

SIZES = (100, 1_000, 5_000, 20_000)
COMMANDS = {"check": ("check", "--format", "json"), "upgrade": ("upgrade",)}
WIDE = 200_000
_SECONDS = 60
_SMALL = 1_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that a run took: `cpu` of all its processes, `wall` by the clock."""

    cpu: float
    wall: float


def slope() -> Iterator[Figure]:
    """Milliseconds an entry from 100 to 20,000, and the exponent with which the whole grows (1: linear)."""
    for command in COMMANDS:
        start = _best(command, 1)
        whole: dict[int, float] = {}
        for size in SIZES:
            spent = _best(command, size)
            whole[size] = max(spent.cpu - start.cpu, 1e-3)
            limit = _SECONDS if size == SIZES[-1] else None
            yield Figure(
                "slope", f"{command}, {size:,} entries, an entry", 1000 * whole[size] / size, None, "ms"
            )
            told = f"cpu of all processes {spent.cpu:.1f} s"
            yield Figure("slope", f"{command}, {size:,} entries, by the clock", spent.wall, limit, "s", told)
        yield Figure(
            "slope", f"{command}, exponent from {SIZES[0]} to {SIZES[-1]:,}", exponent(whole), 1.1, ""
        )


def wide() -> Iterator[Figure]:
    """One entry with 200,000 keys of its own."""
    text = (
        manifest(1).rstrip("\n") + "\n" + "".join(f"    key_{number}: {number}\n" for number in range(WIDE))
    )
    for command in COMMANDS:
        spent = _run(command, text)
        yield Figure(
            "wide",
            f"{command}, an entry with {WIDE:,} keys",
            spent.wall,
            _SECONDS,
            "s",
            f"cpu {spent.cpu:.1f} s",
        )


def exponent(whole: dict[int, float]) -> float:
    """The slope of the best line through the points' logarithms."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in whole.items()]
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    across: float = sum((x - middle[0]) ** 2 for x, _ in points)
    along: float = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return along / across


def _best(command: str, size: int) -> Spent:
    """The cheapest of some runs where the start is most of them, else of one."""
    runs = [_run(command, manifest(size)) for _ in range(3 if size <= _SMALL else 1)]
    return min(runs, key=lambda spent: spent.cpu)


def _run(command: str, text: str) -> Spent:
    """A run with an empty home, so that nothing is known."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        clone = home / "clone"
        clone.mkdir()
        (clone / "collection.yaml").write_text(text, "utf-8")
        kept = {
            name: str(home / name)
            for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        }
        env = {**os.environ, **kept, "HOME": folder, "PYTHONPATH": str(Path.cwd())}
        began, before = time.perf_counter(), _cpu()
        done = subprocess.run(
            [sys.executable, "-m", "partner_tui", *COMMANDS[command], str(clone)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        spent = Spent(_cpu() - before, time.perf_counter() - began)
    if done.returncode not in (0, 1):
        raise AssertionError(done.stderr.decode("utf-8", "replace"))
    return spent


def _cpu() -> float:
    """Seconds of the processor that ended children took, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
