"""Each entry is judged once for all upgrade tests."""

from __future__ import annotations

import pytest

from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.upgrade.verdict_cache import CachedJudge


@pytest.fixture(scope="session")
def judge(shared_judge: SpecWorker) -> CachedJudge:
    return CachedJudge(shared_judge.judge_all)
