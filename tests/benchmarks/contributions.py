"""Many open contributions to a large manifest: the list, a review, and keys while all of them are reviewed.

The clone is made anew for each section, and nothing is known of it.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from partner_tui.compliance.checker import Checker
from partner_tui.workspace.contributions.contributions import Contributions
from tests.benchmarks.contributed import clone_contributed, make_contributed
from tests.benchmarks.figure import Figure, key_figure
from tests.benchmarks.manifests import entry_id
from tests.benchmarks.watched import Watched, walk

ENTRIES = 1_000
CONTRIBUTIONS = 300
REVIEWS = 20
_LONG = 120.0
_A_WHILE = 60.0
_COUNTER = re.compile(r"reviewing contributions (\d+)/")
_RIGHT = 72
"""The column from which on the contribution is shown that is selected."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A clone whose remote has the contributions, and a home in which nothing is known of them."""

    home: Path
    clone: Path

    def app(self) -> Watched:
        """The app with the contributions shown, as soon as its first rows are."""
        app = Watched(str(self.clone), home=self.home)
        app.seconds_until(lambda one: one.sees_near_top(entry_id(0)))
        return app


def listed() -> Iterator[Figure]:
    """The list after a fetch, and again as a second start makes it."""
    with _sent() as sent, Checker() as checker:
        Contributions(sent.clone, checker).fetch()
        for when, at_once, limit in (
            ("after the fetch", True, 2.0),
            ("each with its state", False, None),
            ("on a second start", False, 0.5),
        ):
            known = Contributions(sent.clone, checker, state=sent.home / "state")
            seconds = _seconds(partial(known.listed, at_once=at_once))
            yield Figure("listed", f"{CONTRIBUTIONS} contributions, {when}", seconds, limit, "s")


def review() -> Iterator[Figure]:
    """Contributions that nobody looked at, reviewed one by one."""
    with _sent() as sent, Checker() as checker:
        contributions = Contributions(sent.clone, checker)
        contributions.fetch()
        first, *some = contributions.listed()[:: CONTRIBUTIONS // (REVIEWS + 1)]
        contributions.review(first)  # imports what all of them need, and starts the child that judges
        for what, function, limit in (
            ("what an unknown one changes, the median", contributions.outline, 300),
            ("all of it, the median", contributions.review, None),
        ):
            spent = time.process_time()
            times = [1000 * _seconds(partial(function, one)) for one in some]
            each = 1000 * (time.process_time() - spent) / len(some)
            beside = f"{len(some)} of them, most {max(times):.0f} ms; cpu of each {each:.0f} ms"
            yield Figure("review", what, statistics.median(times), limit, "ms", beside)


def sent() -> Iterator[Figure]:
    """What a person sees: the view, keys while some are reviewed, reviews that open, and the list of a second start."""
    with _sent() as sent:
        with sent.app() as app:
            shown = app.key_seconds("2", _is_listed, within=_LONG)
            yield Figure("sent", f"{CONTRIBUTIONS} rows, fetched first, from the key on", shown, None, "s")
            yield key_figure("sent", walk(app, look=_selected), "while others are reviewed")
            yield Figure("sent", "contributions reviewed in a second", _reviewed_in_a_second(app), None, "")
            yield Figure("sent", "peak memory of the app", app.peak_mib(), 300, "MiB")
            yield Figure(
                "sent", "peak memory of the child that reviews", app.children_peak_mib(), None, "MiB"
            )
            app.keys("g")
            yield _opening(app, "a review opens whose numbers are known")
            app.keys("G")
            yield _opening(app, "a review opens of which nothing is known", back="k")
        with sent.app() as app:
            known = partial(_is_listed_with, "✓ by git")
            shown = app.key_seconds("2", known, within=_LONG)
            yield Figure("sent", f"{CONTRIBUTIONS} rows on a second start, from the key on", shown, 1, "s")


def _is_listed(app: Watched) -> bool:
    return app.sees_near_top(f"#{CONTRIBUTIONS}")


def _is_listed_with(numbers: str, app: Watched) -> bool:
    """Whether the first ones are listed with what is known of them."""
    return _is_listed(app) and any(numbers in app.line(y) for y in range(5, 12))


def _reviewed_in_a_second(app: Watched) -> float:
    """From two looks at the counter in the top line, some reviews or a minute apart."""
    count = _counter(app)
    began, most = time.perf_counter(), time.perf_counter() + _A_WHILE
    while (now := _counter(app)) < count + REVIEWS and time.perf_counter() < most:
        app.idle(0.2)
    return (now - count) / (time.perf_counter() - began)


def _counter(app: Watched) -> int:
    """How many are reviewed, once the top line says so."""
    app.seconds_until(lambda one: _COUNTER.search(one.line(0)), _LONG)
    found = _COUNTER.search(app.line(0))
    return int(found[1]) if found else 0


def _opening(app: Watched, what: str, back: str = "j") -> Figure:
    """Reviews opened one after the other."""
    app.idle(2)
    opened = [_opened(app, back) for _ in range(REVIEWS)]
    told = f"{REVIEWS} reviews, most {max(opened):.0f} ms"
    return Figure("sent", f"{what}, the median", statistics.median(opened), 300, "ms", told)


def _opened(app: Watched, on: str) -> float:
    """Milliseconds until what a review is about is shown; the next contribution is selected then."""
    seconds = app.key_seconds("enter", _is_read, within=_LONG)
    app.key_seconds("escape", lambda one: "Overview" in one.line(3), within=_LONG)
    app.key_seconds(on, _selected, within=_LONG)
    return 1000 * seconds


def _is_read(app: Watched) -> bool:
    """Whether the list of a review has what the contribution touches."""
    return any(word in app.line(y, 20) for y in range(3, 8) for word in ("Entries  ", "Files  "))


def _selected(app: Watched) -> str:
    return app.line(4)[_RIGHT:]


@contextmanager
def _sent() -> Iterator[Sent]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        bare = make_contributed(home, ENTRIES, CONTRIBUTIONS)
        yield Sent(home, clone_contributed(bare, home / "clone"))


def _seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
