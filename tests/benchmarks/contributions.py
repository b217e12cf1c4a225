"""Many open contributions to a large manifest: the list, a review, and keys while all of them are reviewed.

The clone is made anew for each section, and nothing is known of it.
"""

from __future__ import annotations

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
_LONG = 1_200.0
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
        for when, limit in (("after the fetch", 2.0), ("on a second start", 0.5)):
            seconds = _seconds(lambda: Contributions(sent.clone, checker, state=sent.home / "state").listed())
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
    """What a person sees: the view, keys while all are reviewed, and a review that is known."""
    with _sent() as sent:
        with sent.app() as app:
            shown = app.key_seconds("2", lambda one: one.sees_near_top(f"#{CONTRIBUTIONS}"), within=_LONG)
            yield Figure("sent", f"{CONTRIBUTIONS} rows, fetched first, from the key on", shown, None, "s")
            began = time.perf_counter()
            yield key_figure("sent", walk(app, look=_selected), "while all are reviewed")
            app.seconds_until(lambda one: "reviewing" not in one.line(0), _LONG)
            yield Figure("sent", f"all {CONTRIBUTIONS} reviewed", time.perf_counter() - began, None, "s")
            yield Figure("sent", "peak memory of the app", app.peak_mib(), None, "MiB")
            opened = [_opened(app) for _ in range(REVIEWS)]
            told = f"{REVIEWS} reviews, most {max(opened):.0f} ms"
            yield Figure(
                "sent", "a known review opens, the median", statistics.median(opened), 300, "ms", told
            )
        with sent.app() as app:
            shown = app.key_seconds(
                "2", lambda one: "+" in one.line(5) and one.sees_near_top(f"#{CONTRIBUTIONS}")
            )
            yield Figure("sent", f"{CONTRIBUTIONS} rows on a second start, from the key on", shown, 1, "s")


def _opened(app: Watched) -> float:
    """Milliseconds until what a review is about is shown; the next contribution is selected then."""
    seconds = app.key_seconds("enter", _is_read, within=_LONG)
    app.key_seconds("escape", lambda one: "Overview" in one.line(3))
    app.key_seconds("j", _selected)
    return 1000 * seconds


def _is_read(app: Watched) -> bool:
    """Whether the list of a review has what the contribution touches."""
    return any(word in app.line(y, 20) for y in range(3, 8) for word in ("Entries", "Files"))


def _selected(app: Watched) -> str:
    return app.line(4)[_RIGHT:]


@contextmanager
def _sent() -> Iterator[Sent]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bare = make_contributed(home, ENTRIES, CONTRIBUTIONS)
        yield Sent(home, clone_contributed(bare, home / "clone"))


def _seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
