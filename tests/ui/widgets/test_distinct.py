"""No two entries look the same in the table, however alike their ids are and however little room there is."""

from __future__ import annotations

import time
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.ui.entries.table_lines import column_widths
from partner_tui.ui.widgets.distinct import cut, cut_all
from tests.corpus import manifests, needs_corpus

TABLE_WIDTHS = {"80x24": 75, "120x36": 67, "200x60": 95}
"""Cells of a line of the table, by the terminal's size."""


def assert_told_apart(ids: Sequence[str], width: int) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for text, shown in zip(ids, cut_all(ids, width), strict=True):
        assert cell_len(shown) <= width
        seen[unicodedata.normalize("NFC", shown).strip()].add(text)
    assert not {shown: texts for shown, texts in seen.items() if len(texts) > 1}


def test_a_text_is_cut_in_the_middle() -> None:
    assert cut("Dataset_StarDist_Fluo_ZeroCostDL4Mic", 17) == "Dataset_…stDL4Mic"
    assert cut("short", 17) == "short"


def test_pairs_that_differ_in_one_place_differ_when_cut() -> None:
    ids = [
        f"Notebook_{name}_{dims}_ZeroCostDL4Mic" for name in ("StarDist", "Cellpose") for dims in ("2D", "3D")
    ]
    shown = cut_all(ids, 17)
    assert [("2D" in text, "3D" in text) for text in shown] == [(True, False), (False, True)] * 2
    assert_told_apart(ids, 17)


@pytest.mark.parametrize("width", [12, 17, 24, 48])
@pytest.mark.parametrize(
    "ids",
    [
        [f"{'a' * 30}{dims}{'b' * 30}" for dims in ("2d", "3d")],
        [f"{'a' * n}x{'b' * (80 - n)}" for n in range(81)],
        ["x" * n for n in range(1, 200)],
        [f"{'x' * 500}{n}{'y' * 500}" for n in range(12)],
        ["a b", "a  b", "a\tb"],
        ["caf\u00e9", "cafe\u0301", "a\u200bb", "ab", " ab", "ab "],
        ["模型" * 20 + "二" + "型" * 20, "模型" * 20 + "三" + "型" * 20],
        ["", "–", "…"],
        ["model", "model", "a" * 60, "a" * 60, "a" * 61],
        ["a" * 30 + "1" + "b" * 30, "a" * 30 + "2" + "b" * 30, cut("a" * 30 + "1" + "b" * 30, 17)],
    ],
    ids=lambda ids: f"{len(ids)}-{ids[0][:8]}",
)
def test_ids_that_are_nearly_the_same_are_told_apart(ids: list[str], width: int) -> None:
    assert_told_apart(ids, width)


@pytest.mark.slow
@settings(max_examples=200)
@given(
    st.lists(st.text(st.sampled_from("ab_2\u0301é模 "), min_size=1, max_size=40), max_size=12),
    st.integers(12, 30),
)
def test_any_ids_are_told_apart(ids: list[str], width: int) -> None:
    assert_told_apart(ids, width)


@needs_corpus
@pytest.mark.parametrize("size", TABLE_WIDTHS)
def test_every_id_of_the_corpus_is_whole(size: str) -> None:
    for path in manifests():
        ids = _ids(path)
        widths = column_widths(TABLE_WIDTHS[size], max(map(cell_len, ids), default=0), 11)
        assert cut_all(ids, widths["id"]) == ids, path.name
        assert_told_apart(ids, 14)


def test_a_large_manifest_is_cut_at_once() -> None:
    ids = [f"dataset_{'x' * 30}_{number}_{'y' * 30}" for number in range(10_000)]
    start = time.process_time()
    cut_all(ids, 24)
    assert time.process_time() - start < 5


def _ids(path: Path) -> list[str]:
    try:
        return [entry.id or "" for entry in read_manifest(Document.parse(path.read_text("utf-8"))).entries]
    except ManifestParseError:
        return []
