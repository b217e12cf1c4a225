"""Asks hosts for the files that entries name, once the user agreed, and keeps what they said with its date.

At most eight addresses at once and two of a host; a host that does not answer is left alone after three. What was not
answered is told as not known, and why.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

from partner_tui.addresses.answer import Answer
from partner_tui.addresses.urls import host_of
from partner_tui.central.remote_files import RemoteFile, remote_files
from partner_tui.errors import RemoteFileError
from partner_tui.repository.private_files import keep_private, read_kept
from partner_tui.workspace.central.editing import entries_of
from partner_tui.workspace.workspace import Workspace

Ask = Callable[[str], Answer]
AT_ONCE, OF_A_HOST, FAILURES = 8, 2, 3
_PATIENCE = 20.0
"""Seconds after which an address is given up whose question does not end by itself, such as a name that is looked up for ever."""
_MOST, _LARGEST = 10_000, 8 << 20
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address answered, and when."""

    answer: Answer
    date: datetime


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What hosts answered, by address, of all repositories; what cannot be read is asked again."""

    path: Path

    def read(self) -> dict[str, Asked]:
        kept = read_kept(self.path, _LARGEST)
        found: dict[str, Asked] = {}
        for address, one in kept.items() if isinstance(kept, dict) else ():
            with suppress(TypeError, ValueError, KeyError, AttributeError):
                date = datetime.fromisoformat(one.pop("date"))
                found[address] = Asked(Answer(**one), date)
        return found

    def keep(self, new: Mapping[str, Asked]) -> None:
        """Keep answers beside those that were kept; the oldest go."""
        known = sorted({**self.read(), **new}.items(), key=lambda one: one[1].date)[-_MOST:]
        data = {address: {**asdict(one.answer), "date": one.date.isoformat()} for address, one in known}
        keep_private(self.path, json.dumps(data).encode())


def list_remote(workspace: Workspace, cancelled: threading.Event) -> list[RemoteFile]:
    """The files of other hosts that all entries name, in file order. Raises Cancelled."""
    entries = entries_of(workspace, cancelled)
    return [file for one in entries for file in remote_files(one, workspace.manifest, workspace.files)]


def ask_all(
    addresses: Collection[str],
    cancelled: threading.Event,
    on_answer: Callable[[int], None] = lambda done: None,
    ask: Ask | None = None,
) -> dict[str, Asked]:
    """Ask for each address once; when it was told to stop, what was answered by then.

    Args:
        on_answer: Told how many are answered.
        ask: For tests.
    """
    return _Round(dict.fromkeys(addresses), ask).run(cancelled, on_answer)


class _Round:
    """One round of questions; each has a thread of its own, which nobody waits for who stops."""

    def __init__(self, addresses: Collection[str], ask: Ask | None) -> None:
        # ssl takes a while to import
        from partner_tui.repository.remotes.remote_file import SCHEMES, ask_address, check_address

        self._ask = ask or ask_address
        self._waiting: dict[str, deque[str]] = {}
        self._found: dict[str, Asked] = {}
        for address in addresses:
            try:
                check_address(address, SCHEMES)
            except RemoteFileError as error:  # which is no silence of its host
                self._found[address] = Asked(Answer("unknown", why=error.message), datetime.now(UTC))
            else:
                self._waiting.setdefault(host_of(address), deque()).append(address)
        self._since: dict[str, float] = {}
        self._busy: Counter[str] = Counter()
        self._silent: Counter[str] = Counter()
        self._answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()

    def run(self, cancelled: threading.Event, on_answer: Callable[[int], None]) -> dict[str, Asked]:
        while (self._since or any(self._waiting.values())) and not cancelled.is_set():
            self._begin()
            with suppress(Empty):
                self._take(*self._answers.get(timeout=0.1))
            for address, since in list(self._since.items()):
                if time.monotonic() - since > _PATIENCE:
                    self._take(address, Answer("unknown", why="timed out"))
            on_answer(len(self._found))
        return self._found

    def _begin(self) -> None:
        for host, some in self._waiting.items():
            while some and self._busy[host] < OF_A_HOST and len(self._since) < AT_ONCE:
                address = some.popleft()
                self._busy[host] += 1
                self._since[address] = time.monotonic()
                # Not of a pool, whose threads the interpreter waits for: nobody quits for a slow host.
                threading.Thread(target=self._question, args=(address,), daemon=True).start()

    def _question(self, address: str) -> None:
        try:
            answer = self._ask(address)
        except Exception as error:  # a thread of its own tells nobody else
            answer = Answer("unknown", why=type(error).__name__)
        self._answers.put((address, answer))

    def _take(self, address: str, answer: Answer) -> None:
        if self._since.pop(address, None) is None:
            return  # it was given up
        host = host_of(address)
        self._busy[host] -= 1
        self._found[address] = Asked(answer, datetime.now(UTC))
        self._silent[host] = 0 if answer.status else self._silent[host] + 1
        if self._silent[host] >= FAILURES or answer.status == _TOO_MANY_REQUESTS:
            left_alone = Answer("unknown", why=f"not asked, since {host} does not answer")
            while self._waiting[host]:
                self._found[self._waiting[host].popleft()] = Asked(left_alone, datetime.now(UTC))
