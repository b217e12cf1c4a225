"""One judge for all upgrade tests: its child takes seconds to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from partner_tui.compliance.judge import Judge
from partner_tui.upgrade.verdict_cache import CachedJudge


@pytest.fixture(scope="package")
def judge() -> Iterator[CachedJudge]:
    with Judge(seconds=60) as judge:
        yield CachedJudge(judge.judge)
