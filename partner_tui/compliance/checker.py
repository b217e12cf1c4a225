"""Checks a manifest: our own rules at once, the spec library's verdict from the cache or from the judge.

Everything here is meant for a worker thread. Entries whose verdict is known are reported first, and without starting
the library; between entries it gives way, since the app has keys to answer. The rules and what words findings are
imported when the first check begins: the first rows do not wait for them.
"""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from partner_tui.compliance.cache import StatusCache, key_of
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.giving_way import GiveWay, let_others_run
from partner_tui.compliance.protocol import TOGETHER, encoded
from partner_tui.compliance.spec_worker import SpecWorker, library_version
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import Cancelled, CheckerFailed
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved, resolve

OnChecked = Callable[[EntryCheck], None]
OnKnown = Callable[[], None]
_Own = dict[int | None, list[Finding]]
_Unknown = tuple[str, str, Resolved]
"""The key of a verdict that is not known, what the judge is told, and the entry."""
_READ_TOGETHER = 100
_KEPT_TOGETHER = 20
_A_FEW = 8
"""So many entries take about a millisecond with their findings."""
_MANY = 24
"""So many take as long without."""


class Checker:
    """Checks manifests, with judges that are started when they are first needed.

    Args:
        cache: Where verdicts are kept; None to judge every time.
        judge: For tests; the checker closes it.
        judges: How many entries are judged at a time. One where a screen is to be drawn meanwhile.

    Attributes:
        yield_to_keys: Called now and then while entries are checked, from the thread that checks.
    """

    def __init__(
        self, cache: StatusCache | None = None, judge: SpecWorker | None = None, judges: int = 1
    ) -> None:
        self._cache = cache
        self._judges = [judge or SpecWorker(), *(SpecWorker() for _ in range(judges - 1))]
        self._idle: SimpleQueue[SpecWorker] = SimpleQueue()
        for one in self._judges:
            self._idle.put(one)
        self.yield_to_keys: GiveWay = let_others_run
        # By `check_manifest`, for the check of entries after it, and of which entries.
        self._found: tuple[Manifest, frozenset[int] | None, _Own] | None = None

    @property
    def verdicts(self) -> Path | None:
        """The file that verdicts are kept in."""
        return self._cache.path if self._cache else None

    @cached_property
    def library_version(self) -> str:
        """Of bioimageio.spec, which judges."""
        return library_version()

    def check_manifest(
        self, manifest: Manifest, files: CloneFiles, entries: Iterable[int] | None = None
    ) -> tuple[Finding, ...]:
        """Findings about the root, `config` and the file as a whole.

        Args:
            entries: The entries that are checked next, where these are a few of many.
        """
        wanted = None if entries is None else frozenset(entries)
        found = self._own_findings(manifest, files, wanted)
        self._found = (manifest, wanted, found)
        return tuple(found[None])

    def check_entries(
        self,
        manifest: Manifest,
        files: CloneFiles,
        indices: Iterable[int] | None = None,
        on_checked: OnChecked = lambda check: None,
        cancelled: threading.Event | None = None,
        on_known: OnKnown = lambda: None,
    ) -> None:
        """Check entries, known verdicts first, and report each as it is done.

        Args:
            indices: Which entries; None for all.
            on_checked: Called from this thread, once for each entry.
            on_known: Called from this thread, once all entries are reported that need no judge.
            cancelled: Ends the check between two entries, without an error.
        """
        cancelled = cancelled or threading.Event()
        wanted = list(range(len(manifest.entries)) if indices is None else indices)
        known, self._found = self._found, None
        if known and known[0] is manifest and (known[1] is None or known[1].issuperset(wanted)):
            own = known[2]
        else:
            own = self._own_findings(manifest, files, None if indices is None else frozenset(wanted))
        if wanted:  # which has all entries found: the table would, while a key waits
            manifest.document.position(manifest.entries[wanted[-1]].path)
        unknown: list[_Unknown] = []
        reported: list[EntryCheck] = []
        for check in self._known(wanted, manifest, files, own, unknown):
            if cancelled.is_set():
                return
            on_checked(check)
            reported.append(check)
        on_known()
        self._judge_entries(unknown, manifest, own, on_checked, cancelled)
        for place, check in enumerate(reported):  # what takes longer than a status, before it is asked for
            if cancelled.is_set():
                return
            _ = check.findings
            if place % _A_FEW == 0:
                self.yield_to_keys()

    def known_checks(self, manifest: Manifest, files: CloneFiles) -> Iterator[EntryCheck]:
        """Check the entries whose verdict is known or needs no library; the others are left out."""
        own = self._own_findings(manifest, files)
        return self._known(range(len(manifest.entries)), manifest, files, own, [])

    def statuses(
        self,
        manifest: Manifest,
        files: CloneFiles,
        known: dict[str, Status],
        cancelled: threading.Event | None = None,
    ) -> tuple[Status, ...]:
        """The statuses of all entries, in file order, without what is found in them.

        Args:
            known: Statuses by the keys of what was judged, for the next version of the manifest; added to.

        Raises:
            Cancelled: `cancelled` was set.
        """
        keyed: list[_Unknown] = []
        for number, entry in enumerate(manifest.entries):
            resolved, line = resolve(entry, manifest, files), ""
            if not entry.problem and resolved.missing is None:
                with contextlib.suppress(CheckerFailed):
                    line = encoded(resolved.judged)
            keyed.append((key_of(line, self.library_version) if line else "", line, resolved))
            if number % _MANY == 0:
                self.yield_to_keys()
        new = {key: (line, resolved) for key, line, resolved in keyed if key and key not in known}
        verdicts: dict[str, Verdict | CheckerFailed] = {**(self._cache.get(new) if self._cache else {})}
        waiting = [key for key in new if key not in verdicts]
        for start in range(0, len(waiting), TOGETHER):
            some = waiting[start : start + TOGETHER]
            said = self.judge_all([new[key][0] for key in some], cancelled)
            fresh = dict(zip(some, said, strict=True))
            verdicts |= fresh
            self._keep({key: verdict for key, verdict in fresh.items() if isinstance(verdict, Verdict)})
        for key, verdict in verdicts.items():
            version = new[key][1].judged.get("format_version")
            known[key] = verdict.status(version) if isinstance(verdict, Verdict) else Status.UNCHECKED
        return tuple(known[key] if key else _unjudged(resolved) for key, _, resolved in keyed)

    def _own_findings(
        self, manifest: Manifest, files: CloneFiles, wanted: frozenset[int] | None = None
    ) -> _Own:
        """What our rules find, by the entry that it lies in; None for the manifest itself."""
        from partner_tui.compliance.own_findings import own_findings

        entries = {entry.path: entry.index for entry in manifest.entries}
        found: _Own = defaultdict(list)
        for finding in own_findings(manifest, files, self.yield_to_keys, entries=wanted):
            path = finding.path
            found[entries.get(path[:2], entries.get(path[:3], entries.get(())))].append(finding)
        return found

    def _known(
        self,
        wanted: Sequence[int],
        manifest: Manifest,
        files: CloneFiles,
        own: _Own,
        unknown: list[_Unknown],
    ) -> Iterator[EntryCheck]:
        """Check the entries that need no judge; add the others to `unknown`."""
        for start in range(0, len(wanted), _READ_TOGETHER):
            entries = [manifest.entries[index] for index in wanted[start : start + _READ_TOGETHER]]
            yield from self._known_of(entries, manifest, files, own, unknown)

    def _known_of(
        self,
        entries: list[Entry],
        manifest: Manifest,
        files: CloneFiles,
        own: _Own,
        unknown: list[_Unknown],
    ) -> Iterator[EntryCheck]:
        from partner_tui.compliance.outcome import checked, failed, without_judge

        waiting: list[_Unknown] = []
        for entry in entries:
            resolved = resolve(entry, manifest, files)
            if (check := without_judge(resolved, manifest, own[entry.index])) is not None:
                yield check
            else:
                try:
                    line = encoded(resolved.judged)
                except CheckerFailed as error:
                    yield failed(error, resolved, manifest, own[entry.index])
                else:
                    waiting.append((key_of(line, self.library_version), line, resolved))
            if entry.index % _MANY == 0:
                self.yield_to_keys()
        known = self._cache.get(key for key, _, _ in waiting) if self._cache else {}
        for key, line, resolved in waiting:
            if key in known:
                yield checked(known[key], resolved.judged, resolved, manifest, own[resolved.entry.index])
            else:
                unknown.append((key, line, resolved))

    def _judge_entries(
        self,
        waiting: list[_Unknown],
        manifest: Manifest,
        own: _Own,
        on_checked: OnChecked,
        cancelled: threading.Event,
    ) -> None:
        from partner_tui.compliance.outcome import checked, failed

        def ask(some: Sequence[_Unknown]) -> list[Verdict | CheckerFailed | Cancelled]:
            try:
                return [*self.judge_all([line for _, line, _ in some], cancelled)]
            except Cancelled as error:
                return [error for _ in some]

        fresh: dict[str, Verdict] = {}
        try:
            with ThreadPoolExecutor(len(self._judges), "judge") as pool:
                for start in range(0, len(waiting), _READ_TOGETHER):
                    some = waiting[start : start + _READ_TOGETHER]
                    asked = [some[at : at + TOGETHER] for at in range(0, len(some), TOGETHER)]
                    said = chain.from_iterable(pool.map(ask, asked))
                    for (key, _, resolved), verdict in zip(some, said, strict=True):
                        own_findings = own[resolved.entry.index]
                        if isinstance(verdict, Cancelled) or cancelled.is_set():
                            return
                        if isinstance(verdict, CheckerFailed):
                            on_checked(failed(verdict, resolved, manifest, own_findings))
                            continue
                        fresh[key] = verdict
                        on_checked(checked(verdict, resolved.judged, resolved, manifest, own_findings))
                        if len(fresh) >= _KEPT_TOGETHER:
                            self._keep(fresh)
        finally:
            self._keep(fresh)

    def _keep(self, fresh: dict[str, Verdict]) -> None:
        if self._cache and fresh:
            self._cache.put(fresh)
        fresh.clear()

    @property
    def judges(self) -> int:
        """How many threads can ask at a time."""
        return len(self._judges)

    def judge_all(
        self, entries: Sequence[str], cancelled: threading.Event | None = None
    ) -> list[Verdict | CheckerFailed]:
        """The library's verdicts, not cached. See `SpecWorker.judge_all`.

        Raises:
            Cancelled: `cancelled` was set.
        """
        return self._ask(entries, cancelled, warnings=True)

    def errors_of(self, entries: Sequence[str]) -> list[Verdict | CheckerFailed]:
        """The library's verdicts without warnings, not cached: what the upgrade asks about what it would write."""
        return self._ask(entries, None, warnings=False)

    def _ask(
        self, entries: Sequence[str], cancelled: threading.Event | None, *, warnings: bool
    ) -> list[Verdict | CheckerFailed]:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        one = self._idle.get()
        try:
            return one.judge_all(entries, cancelled, warnings=warnings)
        finally:
            self._idle.put(one)

    def close(self) -> None:
        """End the judges' child processes; the cache is its owner's to close."""
        for one in self._judges:
            one.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _unjudged(resolved: Resolved) -> Status:
    """The status of an entry that there is nothing to judge of, or that the judge cannot read."""
    if resolved.entry.problem:
        return Status.INVALID
    return Status.UNRESOLVED if resolved.missing else Status.UNCHECKED
