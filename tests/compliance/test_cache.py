from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from partner_tui.compliance import cache as module
from partner_tui.compliance import protocol
from partner_tui.compliance.cache import StatusCache, key_of
from partner_tui.compliance.protocol import encoded
from partner_tui.compliance.verdict import SpecError, Verdict

VERDICT = Verdict("0.3.4", (SpecError(("cite", 0), "wrong", "value_error"),), (), ())


def test_a_verdict_is_known_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "status.db"
    with StatusCache(path) as cache:
        assert cache.get(["a"]) == {}
        cache.put({"a": VERDICT})
    with StatusCache(path) as cache:
        assert cache.get(["a", "b"]) == {"a": VERDICT}


def test_thousands_are_read_in_batches(tmp_path: Path) -> None:
    with StatusCache(tmp_path / "status.db") as cache:
        cache.put({str(number): VERDICT for number in range(1700)})
        assert len(cache.get(str(number) for number in range(2000))) == 1700


@pytest.mark.parametrize("content", [b"no database", b"", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "status.db"
    path.write_bytes(content)
    with StatusCache(path) as cache:
        assert cache.get(["a"]) == {}
        cache.put({"a": VERDICT})
        assert cache.get(["a"]) == {"a": VERDICT}


def test_another_shape_in_the_file_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "status.db"
    with StatusCache(path) as cache:
        cache.put({"a": VERDICT})
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE verdicts SET verdict = '[1]'")
    with StatusCache(path) as cache:
        assert cache.get(["a"]) == {}


def test_a_cache_that_cannot_be_written_forgets(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with StatusCache(tmp_path / "file" / "status.db") as cache:
        cache.put({"a": VERDICT})
        assert cache.get(["a"]) == {}


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 10)
    with StatusCache(tmp_path / "status.db") as cache:
        for number in range(30):
            cache.put({str(number): VERDICT})
        assert set(cache.get(map(str, range(30)))) == set(map(str, range(20, 30)))


def test_two_caches_on_one_file_see_each_other(tmp_path: Path) -> None:
    with StatusCache(tmp_path / "status.db") as one, StatusCache(tmp_path / "status.db") as other:
        one.put({"a": VERDICT})
        assert other.get(["a"]) == {"a": VERDICT}


def test_a_key_depends_on_the_data_and_the_library_and_not_on_the_order() -> None:
    assert key_of(encoded({"a": 1, "b": [2]}), "1") == key_of(encoded({"b": [2], "a": 1}), "1")
    keys = {
        key_of(encoded(data), version)
        for data in ({"a": 1}, {"a": "1"}, {"a": True}, {"a": 1.0}, {1: "a"})
        for version in "12"
    }
    assert len(keys) == 10


@pytest.mark.parametrize(
    "value",
    [
        {"a": [None, True, 1, 1.5, "text", "\u2028", "\ud7ff"]},
        {1: "a", None: 2, False: 3.5, (1, 2): "pair"},
        {"when": datetime.datetime(2020, 1, 2, 3, 4, tzinfo=datetime.UTC), "day": datetime.date(2020, 1, 2)},
        {"raw": b"\x00\xff", "set": {"a", "b"}, "pairs": [("a", 1)]},
        {"\0": 1},  # what marks our own values is a key of the entry
        {"\0": ["map", []], "name": "x"},
    ],
)
def test_what_goes_over_the_wire_arrives_as_it_was(value: Any) -> None:
    line = protocol.encode(value)
    assert "\n" not in line
    assert protocol.decode(line) == value
