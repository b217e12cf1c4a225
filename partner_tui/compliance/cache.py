"""The spec library's verdicts on disk, so that a second start shows every status without starting the library.

What is kept is the verdict on an entry's resolved data alone: positions, words and our own rules are worked out anew,
so that moving an entry or rewording a message makes nothing stale. Losing the file loses a few seconds.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from partner_tui.compliance.verdict import Verdict
from partner_tui.private import private_file

CHECKER_VERSION = 5
"""Raised with every change of `spec` that changes its answers."""
_MOST = 50_000
_AT_ONCE = 500


def key_of(encoded: str, library_version: str) -> str:
    """The key of an entry's verdict; see `protocol.encode`."""
    return hashlib.sha256(f"{CHECKER_VERSION} {library_version} {encoded}".encode()).hexdigest()


class StatusCache:
    """Verdicts by `key_of`, in one SQLite file; several apps may use it at once.

    Nothing here raises: a cache that cannot be read is empty, one that cannot be written forgets, and a file that is
    no database is put aside and begun anew.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._broken = False

    def get(self, keys: Iterable[str]) -> dict[str, Verdict]:
        """The verdicts that are known, read in batches."""
        known: dict[str, Verdict] = {}
        read = functools.cache(lambda kept: Verdict.from_json(json.loads(kept)))  # many entries have the same
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), _AT_ONCE):
            batch = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(batch))
            for key, verdict in self._run(f"SELECT key, verdict FROM verdicts WHERE key IN ({marks})", batch):
                with contextlib.suppress(KeyError, TypeError, ValueError):
                    known[key] = read(verdict)
        return known

    def put(self, verdicts: Mapping[str, Verdict]) -> None:
        """Keep verdicts; the oldest are forgotten beyond some ten thousands."""
        now = int(time.time())
        rows = [
            (key, json.dumps(verdict.to_json(), separators=(",", ":")), now)
            for key, verdict in verdicts.items()
        ]
        with self._transaction() as connection:
            if connection is not None:
                connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?)", rows)
                connection.execute(
                    "DELETE FROM verdicts WHERE rowid <= (SELECT max(rowid) FROM verdicts) - ?", (_MOST,)
                )

    def close(self) -> None:
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _run(self, statement: str, values: list[str]) -> list[tuple[str, str]]:
        with self._transaction() as connection:
            return connection.execute(statement, values).fetchall() if connection is not None else []
        return []

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection | None]:
        """The open database, committed at the end; None where there can be none. Swallows its errors."""
        with self._lock:
            connection = self._open()
            try:
                yield connection
                if connection is not None:
                    connection.commit()
            except sqlite3.OperationalError:  # locked, full or read-only: this once without
                if connection is not None:
                    with contextlib.suppress(sqlite3.Error):
                        connection.rollback()
            except sqlite3.DatabaseError:
                self._reset()

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._broken:
            try:
                self._connection = self._connect()
            except sqlite3.DatabaseError:
                self._reset()
            except OSError:
                self._broken = True
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        private_file(self.path)  # and what SQLite keeps beside it has the same permissions
        connection = sqlite3.connect(self.path, timeout=2, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS verdicts (key TEXT UNIQUE NOT NULL, verdict TEXT NOT NULL, time INTEGER NOT NULL)"
            )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _reset(self) -> None:
        """Remove a file that is no database of ours, once; after that, go without."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        if self._broken:
            return
        try:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self._connection = self._connect()
        except (OSError, sqlite3.Error):
            self._broken = True
