from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.report import check_source
from partner_tui.compliance.report_text import fails, report_text
from partner_tui.compliance.shards import join_reports, parse_shard, read_shard
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.errors import SourceError, UsageError
from partner_tui.manifest.text.document import Document
from tests.compliance.test_checker import FILES, MANIFEST


def checked(judge: SpecWorker, shard: tuple[int, int] | None = None) -> dict[str, Any]:
    report = check_source(Document.parse(MANIFEST, "collection.yaml"), FILES, Checker(None, judge), shard)
    shape: dict[str, Any] = json.loads(json.dumps(report.to_json()))
    return shape


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_the_shards_of_a_check_join_to_the_whole(count: int, judge: SpecWorker, tmp_path: Path) -> None:
    files = []
    for number in range(count, 0, -1):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(checked(judge, (number, count))))
    whole = checked(judge)
    joined = join_reports([read_shard(file) for file in files])
    assert joined == whole
    assert report_text(joined).plain == report_text(whole).plain
    assert fails(joined, "error")
    assert not fails(joined, "never")


def test_shards_that_are_not_all_of_one_check_are_refused(judge: SpecWorker) -> None:
    one, two = checked(judge, (1, 2)), checked(judge, (2, 2))
    for reports, why in (
        ([one], "Shard 2 of 2 is missing."),
        ([two, two], "Shard 1 of 2 is missing."),
        ([one, two, two], "A shard is there twice."),
        ([one, {**two, "partner": {"id": "other", "name": ""}}], "different checks"),
        ([one, {**two, "shard": {"number": 2, "of": 3}}], "different checks"),
    ):
        with pytest.raises(UsageError) as told:
            join_reports(reports)
        assert why in told.value.message


@pytest.mark.parametrize(("text", "shard"), [("1/1", (1, 1)), ("2/3", (2, 3))])
def test_a_shard_is_a_part_of_a_number(text: str, shard: tuple[int, int]) -> None:
    assert parse_shard(text) == shard


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "a/b", "1/", "-1/3", "1/2/3", "1 / 2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_shard(text)


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000, '{"schema": 1}', "\x00"])
def test_what_is_no_report_is_said(content: str, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with pytest.raises(SourceError, match="cannot be read"):
        read_shard(file)
    file.write_text(content)
    with pytest.raises(SourceError, match="is not the report of a shard"):
        read_shard(file)
