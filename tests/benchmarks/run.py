"""The figures that the app is held to, as ratios in one run: `python -m tests.benchmarks.run [section ...]`.

Nothing here is a test: machines differ, so the app is measured beside a plain Textual app that shows the same table, turn
by turn, and the fastest of each is compared. All input is generated.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from partner_tui.compliance.cache import StatusCache, key_of
from partner_tui.compliance.protocol import encoded
from partner_tui.compliance.spec_worker import SpecWorker, library_version
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import Append, Edit, Insert, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from tests.benchmarks import clone_filter
from tests.benchmarks.contributions import listed, review, sent
from tests.benchmarks.figure import Figure, key_figure
from tests.benchmarks.headless import slope, wide
from tests.benchmarks.history import history
from tests.benchmarks.manifests import entry_id, manifest, rows
from tests.benchmarks.preview import preview
from tests.benchmarks.watched import Plain, Watched, walk
from tests.real_git import git, write

TURNS = 5
FEW, MANY = 60, 10_000


@dataclass(frozen=True, slots=True)
class Bench:
    """One section's folder: settings and state below `home`, the rows of the plain app, a repository."""

    home: Path
    clone: Path
    rows: Path

    def app(self) -> Watched:
        return Watched(str(self.clone), home=self.home)

    def plain(self) -> Plain:
        return Plain(str(self.rows), home=self.home)


def start() -> Iterator[Figure]:
    """The second start, statuses known, beside the plain app."""
    with _bench(FEW) as bench:
        with bench.app() as app:
            app.seconds_until(_all_checked(FEW))
        ours, plain = _by_turns(bench, _first_row)
        yield Figure(
            "start",
            "first rows, second start, against plain",
            ours / plain,
            1.8,
            "x",
            f"{ours:.2f} s / {plain:.2f} s",
        )


def cold() -> Iterator[Figure]:
    """The first start: nothing is known, the spec library is imported by the child."""
    shown: list[float] = []
    checked: list[float] = []
    for _ in range(3):
        with _bench(FEW) as bench, bench.app() as app:
            shown.append(app.seconds_until(_first_row))
            checked.append(app.seconds_until(_all_checked(FEW)))
    yield Figure("cold", f"{FEW} entries all checked", min(checked), 3, "s", f"rows after {min(shown):.2f} s")
    with _bench(FEW) as bench, bench.app() as app:
        app.seconds_until(_first_row)
        yield key_figure("cold", walk(app, until=_all_checked(FEW)))


def many() -> Iterator[Figure]:
    """Ten thousand entries, first unknown and then all known."""
    with _bench(MANY) as bench:
        ours, plain = _by_turns(bench, _first_row, turns=3)
        yield Figure(
            "many",
            f"{MANY:,} entries, first rows, against plain",
            ours / plain,
            1.8,
            "x",
            f"{ours:.2f} s / {plain:.2f} s",
        )
        with bench.app() as app:
            app.seconds_until(_first_row)
            yield key_figure("many", walk(app), "from the first rows on")
            app.seconds_until(lambda one: f"/{MANY}" in one.line(0))
            app.idle(1)
            yield key_figure("many", walk(app), "while unknown entries are judged")
            yield Figure("many", "peak memory of the app", app.peak_mib(), None, "MiB")


def known() -> Iterator[Figure]:
    """Ten thousand entries whose verdicts are all known: when they are shown, and what keys take meanwhile."""
    with _bench(MANY) as bench:
        _know_all(bench)
        arrived: list[float] = []
        for _ in range(3):
            with bench.app() as app:
                first = app.seconds_until(_first_row)
                arrived.append(app.seconds_until(_all_checked(MANY)) - first)
        told = f"{', '.join(f'{one:.2f}' for one in arrived)} s"
        yield Figure("known", f"{MANY:,} known statuses, after the first rows", min(arrived), 3, "s", told)
        with bench.app() as app:
            app.seconds_until(_first_row)
            yield key_figure("known", walk(app, until=_all_checked(MANY)), "while known statuses arrive")
            app.seconds_until(_all_checked(MANY))
            yield key_figure("known", walk(app), "once they are there")


def splice() -> Iterator[Figure]:
    """One edit of a manifest of 2,000 lines: spliced, parsed again and compared."""
    text = "".join(manifest(80).splitlines(keepends=True)[:2000])
    document = Document.parse(text)
    edits: dict[str, Edit] = {
        "replace a splash title": Replace(("config", "splash_title"), "Another"),
        "append a tag of the last whole entry": Append(("collection", 50, "tags"), "new"),
        "insert an entry": Insert(("collection",), 10, {"id": "new", "type": "dataset", "name": "New"}),
    }
    for what, edit in edits.items():
        seconds = min(_timed(partial(apply, document, [edit])) for _ in range(20))
        yield Figure("splice", f"{what}, {text.count(chr(10)):,} lines", seconds * 1000, 30, "ms")


def memory() -> Iterator[Figure]:
    """The most memory with every view visited, while the child judges."""
    with _bench(FEW) as bench, bench.app() as app:
        app.seconds_until(_all_checked(FEW))
        child = app.children_peak_mib()
        for key in ("2", "3", "4", "5", "1"):
            app.keys(key)
            app.idle(0.5)
        yield Figure("memory", f"{FEW} entries, all checked, each view visited", app.peak_mib(), 160, "MiB")
        yield Figure("memory", "the judge's child", child, None, "MiB")


def clone() -> Iterator[Figure]:
    """A repository with 200 MB of history over HTTP, where the server allows filters."""
    with tempfile.TemporaryDirectory() as folder:
        ours, full = clone_filter.measure(200, Path(folder))
    yield Figure(
        "clone", "transferred, against a full clone", 100 * ours / full, 2, "%", f"{ours:,} / {full:,} bytes"
    )


SECTIONS: dict[str, Callable[[], Iterator[Figure]]] = {
    section.__name__: section
    for section in (
        start,
        cold,
        many,
        known,
        slope,
        wide,
        splice,
        memory,
        clone,
        listed,
        review,
        sent,
        preview,
        history,
    )
}


@contextmanager
def _bench(entries: int) -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Path(folder) / "clone", Path(folder) / "rows.json")
        bench.rows.write_text(json.dumps(rows(entries)), "utf-8")
        git("init", "--quiet", "--initial-branch=main", str(bench.clone), cwd=bench.home)
        write(bench.clone, "collection.yaml", manifest(entries))
        git("add", "--all", cwd=bench.clone)
        git(
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@example.org",
            "commit",
            "--quiet",
            "--message=Begin",
            cwd=bench.clone,
        )
        yield bench


def _know_all(bench: Bench) -> None:
    """Put a verdict into the cache for every entry, judged for the first few and the same for those like them."""
    whole = read_manifest(Document.decode((bench.clone / "collection.yaml").read_bytes()))
    data = [resolve(entry, whole, NoFiles()).judged for entry in whole.entries]
    with StatusCache(bench.home / "cache" / "verdicts.sqlite") as cache, SpecWorker() as judge:
        verdicts = [judge.judge(one) for one in data[:28]]
        cache.put(
            {key_of(encoded(one), library_version()): verdicts[index % 28] for index, one in enumerate(data)}
        )


def _by_turns(bench: Bench, look: Callable[[Watched], object], turns: int = TURNS) -> tuple[float, float]:
    """The fastest of some starts of the app and of the plain one, in seconds."""
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(turns):
        for make, seconds in ((bench.plain, plain), (bench.app, ours)):
            with make() as program:
                seconds.append(program.seconds_until(look))
    return min(ours), min(plain)


def _first_row(program: Watched) -> bool:
    return program.sees_near_top(entry_id(0))


def _all_checked(entries: int) -> Callable[[Watched], object]:
    """Whether the bar's statuses add up to all entries; the generated ones are outdated or invalid."""

    def look(program: Watched) -> bool:
        bar = program.line(1).split()
        known = [
            int(bar[at - 1].replace(",", ""))
            for at, word in enumerate(bar)
            if word in ("outdated", "invalid", "latest")
        ]
        return sum(known) == entries

    return look


def _timed(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def main() -> None:
    wanted = sys.argv[1:] or list(SECTIONS)
    if unknown := [name for name in wanted if name not in SECTIONS]:
        sys.exit(f"No section {', '.join(unknown)}; there are {', '.join(SECTIONS)}.")
    for name in wanted:
        for figure in SECTIONS[name]():
            print(figure, flush=True)


if __name__ == "__main__":
    main()
